"""Where each character of a scalar stands, through quotes, escapes, indentation and folded lines."""

import re

from qnphrase.document.span import Span
from qnphrase.formats.yaml.nodes import Scalar

_BREAK = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
_FOLD = rf"[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*"
_PLAIN = re.compile(rf"(?P<fold>{_FOLD})|(?P<one>.)", re.DOTALL)
_SINGLE = re.compile(rf"(?P<fold>{_FOLD})|(?P<one>''|.)", re.DOTALL)
_DOUBLE = re.compile(
    rf"(?P<none>\\{_BREAK}[ \t]*)|(?P<one>\\(?:x..|u....|U........|.)|[^\\ \t\r\n\x85\u2028\u2029]|[ \t](?!{_FOLD}))"
    rf"|(?P<fold>{_FOLD})|(?P<blank>.)",
    re.DOTALL,
)
_ONE_BREAK = re.compile(_BREAK)
_BLANK_BREAK = re.compile(rf"[ \t]*({_BREAK})")
_HEADER = re.compile(rf"[|>][^\r\n\x85\u2028\u2029]*{_BREAK}")


def origins(scalar: Scalar, text: str) -> list[Span] | None:
    """Return for each character of the value the span that stands for it; `None` where that can't be told."""
    if scalar.is_block:
        found = _of_block(scalar, text)
    else:
        inner = 1 if scalar.style else 0
        pattern = {"'": _SINGLE, '"': _DOUBLE}.get(scalar.style, _PLAIN)
        found = _of_flow(pattern, text, scalar.start + inner, scalar.end - inner)
    return found if len(found) == len(scalar.value) else None


def _of_flow(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    for found in pattern.finditer(text, start, end):
        if found.lastgroup == "fold":
            breaks = [Span(*one.span()) for one in _ONE_BREAK.finditer(text, found.start(), found.end())]
            spans += breaks[1:] or [Span(*found.span())]  # one break is a blank, n of them are n - 1 breaks
        elif found.lastgroup != "none":
            spans.append(Span(*found.span()))
    return spans


def _of_block(scalar: Scalar, text: str) -> list[Span]:
    """Match the value line by line; what is skipped is indentation, and breaks that are folded away."""
    header = _HEADER.match(text, scalar.start)
    at = header.end() if header else scalar.end
    indent = _indent_of(scalar, text, at)
    spans: list[Span] = []
    for part in re.findall(r"\n+|[^\n]+", scalar.value):
        if part[0] == "\n":
            breaks, at = _breaks(text, at, scalar.end)
            # In a folded block the first of several breaks says nothing.
            spans += breaks[-len(part) :] if len(breaks) > len(part) and spans else breaks[: len(part)]
        else:
            at += min(indent, _blanks(text, at, scalar.end))
            line, at = _line(text, at, part, indent, scalar.end)
            spans += line
    return spans


def _breaks(text: str, at: int, end: int) -> tuple[list[Span], int]:
    """Return the line breaks from `at` on, empty lines between them, and where the last one ends."""
    breaks: list[Span] = []
    while found := _BLANK_BREAK.match(text, at, end):
        breaks.append(Span(found.start(1), found.end()))
        at = found.end()
    return breaks, at


def _line(text: str, at: int, part: str, indent: int, end: int) -> tuple[list[Span], int]:
    """Return the places of a line of the value, which a folded block may write on several lines."""
    spans: list[Span] = []
    for character in part:
        found = _ONE_BREAK.match(text, at, end)
        if found is not None and character == " ":
            spans.append(Span(*found.span()))
            at = found.end() + min(indent, _blanks(text, found.end(), end))
        else:
            spans.append(Span(at, at + 1))
            at += 1
    return spans, at


def _blanks(text: str, at: int, end: int) -> int:
    count = 0
    while at + count < end and text[at + count] == " ":
        count += 1
    return count


def _indent_of(scalar: Scalar, text: str, at: int) -> int:
    """Return by how many blanks the lines are indented: the first that says something tells."""
    first = scalar.value.lstrip("\n")
    own = len(first) - len(first.lstrip(" "))
    while found := re.compile(rf"[ ]*{_BREAK}").match(text, at, scalar.end):
        at = found.end()
    return _blanks(text, at, scalar.end) - own
