"""The formats: CSV and XML packs, and the YAML book. One module each, one row each in `table`."""
