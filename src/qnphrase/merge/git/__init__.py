"""Git: the merge driver and the textconv that git calls, and setting them up in a repository."""
