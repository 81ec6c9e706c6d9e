"""Shops: which books each takes, in which order, with which values, and what comes of them.

sections     what `qnphrase.yaml` may say of shops: pydantic models
shop         the same as plain values, checked: inheritance, values of variables, files
variables    what a variable may be, and how text is filled in
shelf        the books, each loaded once, with the place of each of their entries
stack        books laid over each other: what overrides, replaces, removes, adds
resolved     the book of one shop: stacked and filled in, each entry with its source
"""
