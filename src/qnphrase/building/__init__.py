"""Building: the packs of all shops, in one folder, of which only what changed is written.

chosen       which shops are built, and where to
made         what comes of one shop, as plain values
packing      the book of one shop as bytes: what travels, what stays behind
refused      what a pack can't hold, with its places
making       many shops, in several processes where that pays
sources      what a pack depends on, as hashes
manifest     what the last build has written; the journal of one that was interrupted
plan         what a build would do: new, changed and unchanged packs, ones that somebody edited, ones without a shop
writing      doing it
differences  what becomes of the packs, phrase by phrase, each change once for all shops that it concerns
provenance   where a phrase of a shop comes from
report       all of it in words, and for machines
"""
