"""The YAML phrasebook, kept in git: read through libyaml's events, edited through spans."""
