"""What the packs of a shop depend on: its books and samples, its settings, and which last days are over."""

import hashlib
import json
import os
from collections.abc import Iterable
from collections.abc import Sequence

import qnphrase
from qnphrase.building.manifest import Manifest
from qnphrase.building.manifest import SourceEntry
from qnphrase.document.replace import read_bytes
from qnphrase.shops.shop import PackForm
from qnphrase.shops.shop import Shop
from qnphrase.shops.shop import Shops

_METHOD = 1  # counts up when packs are made in another way than before


def hash_of(data: bytes) -> str:
    """Return the hash under which bytes are known."""
    return hashlib.sha256(data).hexdigest()


def paths_of(shop: Shop) -> list[str]:
    """Return the files that the packs of a shop are made of."""
    books = [book.text for book in shop.books]
    return [*books, *dict.fromkeys(form.like for form in shop.packs if form.like is not None)]


def shown_path(path: str, shops: Shops) -> str:
    """Return a path from the folder of the configuration, the same on every system."""
    try:
        path = os.path.relpath(path, shops.folder or ".")
    except ValueError:  # another drive
        path = os.path.abspath(path)
    return path.replace(os.sep, "/")


class Sources:
    """The files as they are now, each read once. The last days in a file that didn't change are known already."""

    def __init__(self, shops: Shops, last: Manifest | None) -> None:
        self._shops = shops
        self._now: dict[str, SourceEntry | None] = {}
        entries = last.shops.values() if last else ()
        self._known = {(source.path, source.sha256): source for entry in entries for source in entry.sources}

    def of_shop(self, shop: Shop) -> list[SourceEntry] | None:
        """Return the sources of a shop; `None` where one is new or changed. Raises `UnreadableFileError`."""
        found = [self._source(path) for path in paths_of(shop)]
        known = [source for source in found if source is not None]
        return known if len(known) == len(found) else None

    def _source(self, path: str) -> SourceEntry | None:
        if path not in self._now:
            self._now[path] = self._known.get((shown_path(path, self._shops), hash_of(read_bytes(path))))
        return self._now[path]


def expired(sources: Iterable[SourceEntry], shops: Shops) -> list[str]:
    """Return the last days that are over, of all phrases of some sources."""
    today = shops.today.isoformat()
    return sorted({day for source in sources for day in source.until if day < today})


def fingerprint(shop: Shop, shops: Shops, sources: Sequence[SourceEntry]) -> str:
    """Return a hash over all that the packs of a shop depend on.

    Where it is that of the last build, nothing can be wrong with the shop that wasn't wrong then: what is missing,
    unused or in each other's way depends on the same books, words, values and days.
    """
    hashes = {source.path: source.sha256 for source in sources}
    values = {
        "method": _METHOD,
        "qnphrase": qnphrase.__version__,
        "books": [(path, hashes[path]) for path in (shown_path(book.text, shops) for book in shop.books)],
        "removed": [removed.text for removed in shop.removed],
        "values": sorted(shop.values.items()),
        "given": sorted((name, given.text, name in shops.variables) for name, given in shop.given.items()),
        "own": sorted(shop.own),
        "left": sorted(shops.left),
        "packs": [_form(form, shops, hashes) for form in shop.packs],
        "expired": expired(sources, shops),
    }
    return hash_of(json.dumps(values).encode())


def _form(form: PackForm, shops: Shops, hashes: dict[str, str]) -> Sequence[object]:
    like = "" if form.like is None else hashes[shown_path(form.like, shops)]
    return (form.file, form.format, form.encoding, like, form.excel, form.auto_replies)
