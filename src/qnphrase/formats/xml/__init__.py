"""XML packs: any well-formed file whose records can be found, and qnphrase's own form; edited through spans only."""
