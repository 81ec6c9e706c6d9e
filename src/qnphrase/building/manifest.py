"""What the last build has written: `manifest.json`, and the journal of an interrupted one: what it was about to write.

Both stand in the folder of the packs. The manifest holds no times: the same sources give the same bytes.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any

from qnphrase.document.replace import read_bytes
from qnphrase.errors import UsageError
from qnphrase.language import _

NAME = "manifest.json"
JOURNAL = ".build.json"
VERSION = 1


@dataclass(frozen=True)
class PackEntry:
    """A pack as it was written. `file` is its path in the folder of the packs, with `/`."""

    file: str
    format: str
    encoding: str
    sha256: str
    bytes: int
    phrases: int
    groups: int
    auto_replies: int
    disabled: int = 0
    expired: int = 0

    @property
    def left_out(self) -> int:
        """How many phrases of the shop's book are not in the pack."""
        return self.disabled + self.expired


@dataclass(frozen=True)
class SourceEntry:
    """A file that packs were made of, its path from the configuration, with `/`. `until` are the last days in it."""

    path: str
    sha256: str
    until: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShopEntry:
    """What was written for a shop, and of what. `expired` are the last days that were over then."""

    fingerprint: str
    packs: Sequence[PackEntry]
    sources: Sequence[SourceEntry]
    expired: Sequence[str] = ()

    def without(self, files: Iterable[str]) -> "ShopEntry":
        """Return the entry without packs that another shop has taken over."""
        gone = frozenset(files)
        return replace(self, packs=[pack for pack in self.packs if pack.file not in gone])


@dataclass(frozen=True)
class Manifest:
    """All that stands in the folder of the packs."""

    qnphrase: str = ""
    shops: Mapping[str, ShopEntry] = field(default_factory=dict)

    def hashes(self) -> dict[str, str]:
        """Return the hash of each pack by its file."""
        return {pack.file: pack.sha256 for shop in self.shops.values() for pack in shop.packs}

    def to_bytes(self) -> bytes:
        """Return the file."""
        shops = {name: _shop_json(shop) for name, shop in self.shops.items()}
        return _json_bytes({"version": VERSION, "qnphrase": self.qnphrase, "shops": shops})


def read_manifest(dist: str) -> Manifest | None:
    """Return what the last build has written; `None` where there was none. Raises `UsageError` for a broken one."""
    path = os.path.join(dist, NAME)
    if not os.path.exists(path):
        return None
    try:
        values = json.loads(read_bytes(path))
        if values["version"] != VERSION:
            raise ValueError(values["version"])
        return Manifest(_word(values["qnphrase"]), {name: _shop_of(shop) for name, shop in values["shops"].items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(
            _("{path} 读不懂，不知道上次做了哪些包").format(path=path),
            hint=_("从 git 里找回这个文件；或者删掉它，用 --force 重做一遍。"),
        ) from None


def read_journal(dist: str) -> dict[str, set[str]]:
    """Return the hashes that interrupted builds may have written, by file. What can't be read says nothing."""
    path = os.path.join(dist, JOURNAL)
    if not os.path.exists(path):
        return {}
    try:
        files = json.loads(read_bytes(path))["files"]
        return {_inside(file): set(map(str, hashes)) for file, hashes in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def journal_bytes(files: Mapping[str, Iterable[str]]) -> bytes:
    """Return the file of a journal."""
    return _json_bytes({"version": VERSION, "files": {file: sorted(hashes) for file, hashes in sorted(files.items())}})


def known_hashes(manifest: Manifest | None, journal: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return by file, without regard to case, what we may have written there ourselves."""
    ours: dict[str, set[str]] = defaultdict(set)
    for file, hashes in journal.items():
        ours[file.casefold()] |= hashes
    for file, sha256 in (manifest.hashes() if manifest else {}).items():
        ours[file.casefold()].add(sha256)
    return ours


def pack_json(pack: PackEntry) -> dict[str, Any]:
    """Return the entry of a pack as JSON values."""
    return {
        "file": pack.file,
        "format": pack.format,
        "encoding": pack.encoding,
        "sha256": pack.sha256,
        "bytes": pack.bytes,
        "phrases": pack.phrases,
        "groups": pack.groups,
        "auto_replies": pack.auto_replies,
        "left_out": {"disabled": pack.disabled, "expired": pack.expired},
    }


def _inside(file: str) -> str:
    """Return a path that leads nowhere but into the folder of the packs. Raises `ValueError` for others."""
    if set(file) & set("\\:") or {"", ".", ".."} & set(file.split("/")):
        raise ValueError(file)
    return file


def _pack_of(values: Any) -> PackEntry:
    _inside(values["file"])  # packs that nobody wants any more are deleted
    left_out = values["left_out"]
    plain = {name: value for name, value in values.items() if name != "left_out"}
    counts = {"bytes", "phrases", "groups", "auto_replies"}
    plain = {name: _number(value) if name in counts else _word(value) for name, value in plain.items()}
    return PackEntry(**plain, disabled=_number(left_out["disabled"]), expired=_number(left_out["expired"]))


def _word(value: Any) -> str:
    """Return a text. Raises `TypeError` for anything else: somebody edited the file."""
    if not isinstance(value, str):
        raise TypeError(value)
    value.encode("utf-8", "surrogateescape")  # half a character has no place in a file
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _shop_json(shop: ShopEntry) -> dict[str, Any]:
    return {
        "fingerprint": shop.fingerprint,
        "packs": [pack_json(pack) for pack in shop.packs],
        "sources": [_source_json(source) for source in shop.sources],
        "expired": list(shop.expired),
    }


def _source_json(source: SourceEntry) -> dict[str, Any]:
    plain: dict[str, Any] = {"path": source.path, "sha256": source.sha256}
    return {**plain, "until": list(source.until)} if source.until else plain


def _shop_of(values: Any) -> ShopEntry:
    return ShopEntry(
        fingerprint=_word(values["fingerprint"]),
        packs=[_pack_of(pack) for pack in values["packs"]],
        sources=[
            SourceEntry(_word(source["path"]), _word(source["sha256"]), tuple(map(_word, source.get("until", ()))))
            for source in values["sources"]
        ],
        expired=tuple(map(_word, values["expired"])),
    )


def _json_bytes(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogateescape")
