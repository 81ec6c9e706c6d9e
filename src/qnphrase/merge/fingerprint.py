"""Telling books apart by a short text: equal books share it, others don't."""

import json
from collections.abc import Iterable
from hashlib import blake2b

from qnphrase.merge.record import Record
from qnphrase.merge.record import records_of
from qnphrase.model import Phrasebook


def fingerprint(book: Phrasebook, records: Iterable[Record] | None = None) -> str:
    """Return the fingerprint of a book, of which `records` are the records, where somebody has them at hand."""
    keys = [record.key for record in (records_of(book) if records is None else records)]
    said = [book.shop, book.signature, book.remove, [group.name for group in book.groups], keys]
    text = json.dumps(said, ensure_ascii=False, default=_plain)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
