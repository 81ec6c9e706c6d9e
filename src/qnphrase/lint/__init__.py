"""The linter: finds what would cost the shop a penalty, a customer or a broken pack."""
