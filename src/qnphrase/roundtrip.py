"""Does a file survive? Through its own format to the byte, through the others in all that packs carry."""

from typing import TYPE_CHECKING
from typing import NamedTuple

from qnphrase.errors import QnphraseError
from qnphrase.formats.table import NAMES
from qnphrase.language import _
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.pack import new_pack

if TYPE_CHECKING:
    from qnphrase.model import Phrasebook

# Carries every character, so that a journey tells of the formats and not of an encoding.
_WIDE = "utf-8"


class Journey(NamedTuple):
    """One way through the formats; `difference` is empty where everything came back."""

    route: str
    difference: str


def journeys(pack: Pack) -> list[Journey]:
    """Take `pack` through its own format and through every other one and back; return how each went."""
    results = [Journey(pack.format, _bytes_difference(pack))]
    for name in NAMES:
        route = f"{pack.format} → {name} → {pack.format}"
        results.append(Journey(route, _difference_through(pack, name)))
    return results


def _bytes_difference(pack: Pack) -> str:
    """Decode, read, plan for the same book, encode: not a byte may differ."""
    again = load(
        pack.document.encoding.whole(pack.document.text),
        format=pack.format,
        encoding=pack.document.encoding.label,
        mapping=pack.options.mapping,
    )
    edits = again.reading.edits(again.book)
    before, after = pack.to_bytes(), again.document.edited(edits).data
    if before == after and again.book == pack.book:
        return ""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    return _("从第 {offset} 个字节起不一样").format(offset=at)


def _difference_through(pack: Pack, name: str) -> str:
    try:
        there = load(new_pack(pack.book, name, encoding=_WIDE, allow_loss=True).to_bytes(), format=name, encoding=_WIDE)
        back = new_pack(there.book, pack.format, encoding=_WIDE, allow_loss=True)
    except QnphraseError as error:
        return str(error)
    return first_difference(pack.book.carried_by_packs(), back.book.carried_by_packs())


def first_difference(a: "Phrasebook", b: "Phrasebook") -> str:
    """Return in words where two books first differ; empty where they don't."""
    if a == b:
        return ""
    names_a, names_b = ([group.name for group in book.groups] for book in (a, b))
    if names_a != names_b:
        return _("分组不一样：{a} ≠ {b}").format(a=_("、").join(names_a), b=_("、").join(names_b))
    for one, other in zip(a.all_phrases(), b.all_phrases(), strict=False):
        if one != other:
            return _("短语不一样：{a} ≠ {b}").format(a=_shown(one), b=_shown(other))
    if a.auto_replies != b.auto_replies:
        return _("自动回复不一样")
    return _("短语的条数不一样")


def _shown(place: tuple[str, object]) -> str:
    group, phrase = place
    return f"「{group}」{phrase!r}"
