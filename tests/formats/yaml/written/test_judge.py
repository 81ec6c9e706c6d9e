"""PyYAML's base loaders, which take every scalar as text, judge our reading of good files and of broken ones.

There are two of them. libyaml's has the last word, since its parser is ours; PyYAML's own must agree in all values, but
may refuse what libyaml is known to be generous about.
"""

import random
import re
from contextlib import suppress
from typing import Any

import yaml
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.yaml import pack
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

_SNIPPETS = (
    "\n", " ", "  ", ":", ": ", "- ", "-", '"', "'", "|", ">", "#", " #", "[", "]", "{", "}", ",", "&a", "*a", "!x",
    "? ", "\t", "%", "@", "---\n", "...\n", "\\", "\r\n", "\x85", "\u2028", "\ufeff", "code: x\n", "text:\n",
    "phrases:\n", "<<: ", "=======\n", "\udc80", "\x01",
)  # fmt: skip
# A TAB as a separator, a comment without a blank before it, a question mark in flow.
_GENEROUS = re.compile(r"found (?:character )?'(?:\\t|#)'|but got '\?'")
_PHRASE_KEYS = {"code", "text", "replace", "scenario", "tags", "note", "until", "enabled", "extra"}
_REPLY_KEYS = {"when", "threshold", "enabled", "text", "phrase", "extra", "cooldown"}
_REPLY_KEYS |= {"days", "hours", "dates", "except_dates"}


class _Generous(Exception):  # noqa: N818 - it is no error
    """The stricter judge refuses what the other one takes."""


def _read(text: str) -> pack.YamlReading:
    return pack.read(Document.of_bytes(text.encode("utf-8", "surrogateescape"), encoding="utf-8"), ReadOptions())


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _judged(text: str, loader: Any = yaml.CBaseLoader) -> Any:
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - the base loaders make nothing but texts
    except (TypeError, ValueError) as error:  # a list as a key, half a surrogate pair
        raise yaml.YAMLError(str(error)) from error
    except yaml.YAMLError as error:
        raise _Generous if loader is yaml.BaseLoader and _GENEROUS.search(str(error)) else error from None


def _agrees(book: Phrasebook, text: str) -> None:
    """Hold `book` to both judges."""
    assert book == _book(_judged(text))
    with suppress(_Generous):
        assert book == _book(_judged(text, yaml.BaseLoader))


def _model(raw: dict[str, Any], model: type[Any]) -> Any:
    values = {name: each for name, each in raw.items() if each not in ("", [], {})}
    if "enabled" in raw:
        values["enabled"] = raw["enabled"] == "true"
    return model(**values)


def _book(data: dict[str, Any]) -> Phrasebook:
    """The book that the judge's texts are."""
    return Phrasebook(
        shop=data.get("shop", ""),
        signature=data.get("signature", ""),
        remove=data.get("remove") or (),
        phrases=[_model(phrase, Phrase) for phrase in data.get("phrases") or ()],
        groups=[
            Group(name=group["name"], phrases=[_model(phrase, Phrase) for phrase in group.get("phrases") or ()])
            for group in data.get("groups") or ()
        ],
        auto_replies=[_model(reply, AutoReply) for reply in data.get("auto_replies") or ()],
    )


@settings(max_examples=settings().max_examples * 5)  # 500 in `make test`, 20,000 in `make nightly`
@given(data=st.data())
def test_values_are_those_of_base_loader(data, files):
    text = data.draw(files)[1]
    if re.search("[\ud800-\udfff]", text):
        return
    _agrees(_read(text).book(), text)


def _mutated(text: str, seed: int) -> str:
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(text))
        match chance.randint(0, 3):
            case 0:
                text = text[:at] + chance.choice(_SNIPPETS) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randint(1, 3) :]
            case 2:
                lines = text.split("\n")
                line = chance.randrange(len(lines))
                lines.insert(chance.randrange(len(lines) + 1), lines.pop(line))
                text = "\n".join(lines)
            case 3:
                text = text[:at] + text[max(0, at - chance.randint(1, 9)) :]
    return text


def _is_plain_book(text: str, data: Any) -> bool:
    """Whether a judged text is a book beyond doubt: known keys, each once, right kinds, nothing that we don't take."""
    events = list(yaml.parse(text, Loader=yaml.CBaseLoader))
    if any(getattr(event, "anchor", None) or getattr(event, "tag", None) for event in events) or re.search(
        r"\?\s|<<|<{7}|={7}|>{7}|[\x85\u2028\u2029]", text
    ):
        return False
    if not isinstance(data, dict) or _has_duplicates(yaml.compose(text, Loader=yaml.CBaseLoader)):
        return False
    groups, loose, replies = (data.get(name) or [] for name in ("groups", "phrases", "auto_replies"))
    if (
        data.keys() - {"version", "shop", "signature", "remove", "groups", "phrases", "auto_replies"}
        or not _is_list_of_texts(data.get("remove") or [])
        or data.get("version") != "1"
    ):
        return False
    if not all(isinstance(each, list) for each in (groups, loose, replies)) or not _are_texts(
        data, ("shop", "signature")
    ):
        return False
    if not all(
        isinstance(group, dict)
        and set(group) <= {"name", "phrases"}
        and group.get("name")
        and _are_texts(group, ("name",))
        for group in groups
    ):
        return False
    lists = [group.get("phrases") or [] for group in groups]
    if len({_plain(group["name"]) for group in groups}) < len(groups) or not all(
        isinstance(each, list) for each in lists
    ):
        return False
    return all(map(_is_phrase, [*loose, *(phrase for phrases in lists for phrase in phrases)])) and not replies


def _has_duplicates(node: yaml.Node) -> bool:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
        return len(keys) != len(set(keys)) or any(_has_duplicates(value) for _key, value in node.value)
    return isinstance(node, yaml.SequenceNode) and any(map(_has_duplicates, node.value))


def _are_texts(mapping: dict[str, Any], names: tuple[str, ...]) -> bool:
    return all(isinstance(mapping.get(name, ""), str) for name in names)


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_phrase(phrase: Any) -> bool:
    if not isinstance(phrase, dict) or phrase.keys() - _PHRASE_KEYS or phrase.keys() & {"until", "enabled"}:
        return False
    extra = phrase.get("extra") or {}
    return (
        _are_texts(phrase, ("code", "text", "replace", "scenario", "note"))
        and _is_list_of_texts(phrase.get("tags") or [])
        and isinstance(extra, dict)
        and all(isinstance(value, str) and value for value in extra.values())
        and bool(phrase.get("code") or phrase.get("text") or extra)
    )


@settings(max_examples=settings().max_examples * 5)  # 500 in `make test`, 20,000 in `make nightly`
@given(data=st.data())
def test_broken_files_are_judged_alike(data, files):
    text = _mutated(data.draw(files)[1], data.draw(st.integers(0, 2**32)))
    book, error = None, None
    try:
        book = _read(text).book()
    except PackSyntaxError as found:
        error = found
    try:
        judged = _judged(text)
    except yaml.YAMLError:
        judged = None
    if error is not None:
        lines = re.split("\r\n|\n|\r", text)
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.column <= len(lines[error.line - 1]) + 2
        assert error.what
        assert error.hint
    if re.search("[\ud800-\udfff]|\ufeff", text):
        return
    if book is not None:
        _agrees(book, text)
    elif judged is not None:
        assert not _is_plain_book(text, judged)
