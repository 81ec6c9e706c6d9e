"""Phrases that a pack can't hold, each with the place where it is written, or where the value in it is."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping

from qnphrase.building.made import Portion
from qnphrase.building.made import Refusal
from qnphrase.errors import Unrepresentable
from qnphrase.errors import UnrepresentableError
from qnphrase.model import AutoReply
from qnphrase.shops.resolved import Said
from qnphrase.shops.shelf import Entry
from qnphrase.shops.shop import Shop
from qnphrase.shops.variables import Variable


def refusals_of(
    error: UnrepresentableError, portion: Portion, shop: Shop, variables: Mapping[str, Variable]
) -> Iterator[Refusal]:
    """Yield what of a shop's book `error` says that a pack can't hold."""
    texts = {phrase.code: phrase.text for _group, phrase in portion.book.all_phrases()}
    places: dict[tuple[str, str], list[Said]] = {}
    for one in portion.said:
        if isinstance(one.source, Entry):
            text = texts.get(one.value.phrase, "") if isinstance(one.value, AutoReply) else ""
            places.setdefault((one.source.shown_group, one.text.text or text), []).append(one)
    seen: Counter[tuple[str, str]] = Counter()
    for refused in error.phrases:
        key = (refused.group, refused.text)
        among = places.get(key, [])
        said = among[min(seen[key], len(among) - 1)] if among else None
        seen[key] += 1
        yield _refusal(refused, error, said, shop, variables)
    if not error.phrases:
        yield Refusal("", "", "", "", "", error.what, error.hint)


def _refusal(
    one: Unrepresentable,
    error: UnrepresentableError,
    said: Said | None,
    shop: Shop,
    variables: Mapping[str, Variable],
) -> Refusal:
    why, hint = ("", "") if one.characters else (one.why or error.what, error.hint)
    if said is None or not isinstance(said.source, Entry):
        return Refusal("", one.group, one.code, one.text, one.characters, why, hint)
    entry = said.source
    culprits = one.characters or one.why.split()
    marks = [
        str((shop.given.get(blank.name) or variables[blank.name]).mark)
        for blank in said.text.blanks
        if any(culprit in shop.values[blank.name] for culprit in culprits)
    ]
    if marks:  # it stands in a value, not in the phrase
        return Refusal(marks[0], entry.shown_group, entry.code, one.text, one.characters, why, hint)
    text = entry.value.text or one.text
    return Refusal(entry.place, entry.shown_group, entry.code, text, one.characters, why, hint)
