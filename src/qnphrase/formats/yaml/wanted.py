"""What a book says, as plain data: the mappings, lists and texts that its YAML is to hold. Defaults are left out."""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Union

from qnphrase.formats.yaml.keys import VERSION
from qnphrase.formats.yaml.scalars import Bare
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

Value = Union[str, tuple[str, ...], Mapping[str, str]]  # noqa: UP007 - a string can't be joined by |
Fields = dict[str, Value]
Entries = Mapping[str, Value | Sequence["Entries"]]


def phrase_fields(phrase: Phrase) -> Fields:
    """Return what a phrase says, by the keys in the order in which they are written."""
    fields: Fields = {
        "code": phrase.code,
        "text": phrase.text,
        "replace": phrase.replace,
        "scenario": phrase.scenario,
        "tags": phrase.tags,
        "note": phrase.note,
        "until": Bare(phrase.until.isoformat()) if phrase.until else "",
        "enabled": "" if phrase.enabled else Bare("false"),
        "extra": phrase.extra,
    }
    return {name: value for name, value in fields.items() if value}


def reply_fields(reply: AutoReply) -> Fields:
    """Return what an auto-reply says."""
    fields: Fields = {
        "when": Bare(reply.when.value),
        "threshold": "" if reply.threshold is None else Bare(reply.threshold),
        "enabled": "" if reply.enabled else Bare("false"),
        "text": reply.text,
        "phrase": reply.phrase,
        "days": reply.days,
        "hours": reply.hours,
        "dates": reply.dates,
        "except_dates": reply.except_dates,
        "cooldown": "" if reply.cooldown is None else Bare(reply.cooldown),
        "extra": reply.extra,
    }
    return {name: value for name, value in fields.items() if value}


def group_entries(group: Group) -> Entries:
    """Return what a group says."""
    return {"name": group.name, "phrases": [phrase_fields(phrase) for phrase in group.phrases]}


def book_entries(book: Phrasebook) -> Entries:
    """Return what a book says."""
    entries: dict[str, Value | Sequence[Entries]] = {
        "version": Bare(VERSION),
        "shop": book.shop,
        "signature": book.signature,
        "remove": book.remove,
        "groups": [group_entries(group) for group in book.groups],
        "phrases": [phrase_fields(phrase) for phrase in book.phrases],
        "auto_replies": [reply_fields(reply) for reply in book.auto_replies],
    }
    return {name: value for name, value in entries.items() if value}
