"""Most phrases are found where they stand without parsing them again: at the very places that parsing gives."""

from typing import Any
from unittest.mock import patch

from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.errors import PackSyntaxError
from qnphrase.formats.yaml.spots import Spots
from qnphrase.pack import load

PARTS = (
    "a",
    "亲",
    "x y",
    "1",
    '"',
    "'",
    "''",
    "\\n",
    "#",
    " #",
    ": ",
    " ",
    "、",
    "{",
    "|",
    "-",
    "~",
    "\n      ",
    "\u2028",
)
VALUES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map("".join)
WRITTEN = st.one_of(VALUES, VALUES.map('"{}"'.format), VALUES.map("'{}'".format))


def _places(data: bytes) -> list[Any]:
    reading = load(data, format="yaml").reading
    values = [(one.place, field, len(getattr(one, field))) for one in reading.subjects() for field in ("text", "code")]
    spans = [(0, 0), (0, 1), (0, None), (1, None)]
    return [
        reading.locate(place, field, start, length if end is None else end)
        for place, field, length in values
        for start, end in spans
        if start <= length
    ]


@given(
    WRITTEN,
    WRITTEN,
    st.sampled_from(("", " ", " # 注", "\n    # 注", "\n    note: b")),
    st.sampled_from(("\n", "\r\n")),
)
@example("hy", '"您好亲"', "", "\n")
@example("hy", "您好亲", "", "\r\n")
@example('"a\n    text: b"', "b", "", "\n")
def test_places_are_those_of_the_parser(code: str, text: str, behind: str, newline: str) -> None:
    book = f"version: 1\nphrases:\n  - code: {code}\n    text: {text}{behind}\n  - text: c\n".replace("\n", newline)
    try:
        found = _places(book.encode())
    except PackSyntaxError:
        return
    with patch.object(Spots, "_on_two_lines", return_value=None):
        assert found == _places(book.encode())


def test_plain_phrases_are_not_parsed_again() -> None:
    book = 'version: 1\nphrases:\n  - code: hy\n    text: "您好亲"\n  - code: zt\n    text: 在的亲\n'
    with patch.object(Spots, "_table", side_effect=AssertionError):
        assert [book[slice(*span)] for span in _places(book.encode())[2::4]] == ["您好亲", "hy", "在的亲", "zt"]
