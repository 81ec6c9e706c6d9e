"""A phrasebook repository for a new user: `qnphrase init`.

shipped       the phrasebooks that come with qnphrase, in a wheel and in a checkout
declarations  the variables that they use, as the text that declares them
wish          what the user wants: shop, trade, platform, own words, values
settings      the `qnphrase.yaml` of the new repository
plan          all its files, in memory
making        writing them, all or none, and proof that the shop can be built
templates/    what is copied as it is
"""
