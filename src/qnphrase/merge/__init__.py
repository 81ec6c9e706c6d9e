"""What two or three books have in common: identity without ids, diff, three-way merge, and what an import will do."""
