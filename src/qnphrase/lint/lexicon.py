"""Closed lists as data files, each with its version, source and licence.

    # rule: QN101
    # version: 1
    # source: 广告法第九条(三)；……
    # licence: CC0-1.0 (words and facts)
    message: “{words}”是绝对化用语
    negation: 8
    let 名次: (?:第一|榜首|冠军)
    [claims]
    全网最低价
    /(?:全国|全网|行业)?销量{名次}/
    [claims error firm] 这里写这一节命中时的另一句提示（可省略）
    国家级
    [except]
    最近
    /最好(?:先|用|是)/

A plain line is a literal, a line between slashes a regular expression on the folded text (lower case, half-width). Keys
before the first section are those of `Claims`; `let` names a part of an expression that is used by `{name}` below it.
The words behind `claims` are a severity, `firm` and `loose`, which are those of a `Claim`.
Nothing else is allowed: a typo is an error.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from qnphrase.lint.anchors import conditions_of
from qnphrase.lint.context import Claim
from qnphrase.lint.context import Claims
from qnphrase.lint.context import Hit
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.scan import WordSearch
from qnphrase.text.fold import folded

FOLDER = Path(__file__).with_name("lexicons")
_META = ("rule", "version", "source", "licence")
_NUMBERS = ("negation",)
_WORDS = ("message", "disqualifier", "needs", "negators", "excuse", "excuse_after")
_SEVERITIES = {severity.value: severity for severity in Severity}


@cache
def lexicon(name: str) -> Claims:
    """Return the claims of the data file `lexicons/NAME.txt`."""
    return parse(FOLDER.joinpath(f"{name}.txt").read_text(encoding="utf-8"), name)


def hits_of(name: str, text: str) -> Iterator[Hit]:
    """Yield what a data file claims of one folded text: for a rule that asks what another one finds in it."""
    return lexicon(name).hits(text, _search(name).numbers(text))


@cache
def _search(name: str) -> WordSearch:
    search = WordSearch([conditions_of(claim.pattern, name) for claim in lexicon(name).claims])
    search.prepare()
    return search


def parse(text: str, name: str = "") -> Claims:
    """Return the claims that a data file lists. Raises `ValueError` with the line that is no line of such a file."""
    settings: dict[str, str] = {}
    parts: dict[str, str] = {}
    claims: list[Claim] = []
    excepts: list[str] = []
    section: Claim | None = None
    in_excepts = False
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if line.startswith("#"):
            continue
        if line.startswith("["):
            section, in_excepts = _section(line)
        elif in_excepts:
            excepts.append(_entry(line, parts))
        elif section is not None:
            claims.append(section._replace(pattern=_entry(line, parts)))
        else:
            key, colon, value = line.partition(":")
            if colon and key.startswith("let "):
                parts[key.removeprefix("let ")] = _with_parts(value.strip(), parts)
            elif colon and key in (*_NUMBERS, *_WORDS):
                settings[key] = value.strip() if key == "message" else _with_parts(value.strip(), parts)
            else:
                raise ValueError(f"not a line of a lexicon: {line!r}")
    return Claims(
        message=settings.get("message", ""),
        claims=tuple(claims),
        excepts=tuple(excepts),
        negation=int(settings.get("negation", "0")),
        disqualifier=settings.get("disqualifier", ""),
        needs=settings.get("needs", ""),
        negators=settings.get("negators", ""),
        excuse=settings.get("excuse", ""),
        excuse_after=settings.get("excuse_after", ""),
        name=name,
    )


def _entry(line: str, parts: dict[str, str]) -> str:
    return entry_pattern(_with_parts(line, parts) if line.startswith("/") else line)


def _with_parts(line: str, parts: dict[str, str]) -> str:
    """Return an expression with each `{name}` replaced by what it stands for; `{2,3}` is no name."""

    def part(found: re.Match[str]) -> str:
        if found[1] not in parts:
            raise ValueError(f"no part of a lexicon is called {found[1]!r}")
        return parts[found[1]]

    return re.sub(r"\{([^\W\d]\w*)\}", part, line)


def _section(line: str) -> tuple[Claim | None, bool]:
    found = re.fullmatch(r"\[(claims|except)((?: \w+)*)\] ?(.*)", line)
    if found is None:
        raise ValueError(f"not a section of a lexicon: {line!r}")
    kind, flags, message = found.groups()
    words = flags.split()
    unknown = [word for word in words if word not in ("firm", "loose") and word not in _SEVERITIES]
    if unknown or (kind == "except" and (words or message)):
        raise ValueError(f"not a section of a lexicon: {line!r}")
    if kind == "except":
        return None, True
    severity = next((_SEVERITIES[word] for word in words if word in _SEVERITIES), None)
    return Claim("", message, severity, "firm" in words, "loose" in words), False


def entry_pattern(entry: str) -> str:
    """Return the regular expression of one line: what stands between slashes, else the literal, folded."""
    if len(entry) > 2 and entry[0] == entry[-1] == "/":
        return entry[1:-1]  # compiled when it is needed: compiling all takes longer than linting a small file
    return re.escape(folded(entry))
