"""Texts of a book that other programs retype: what is found, where, and that quoting changes nothing else."""

import time
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.formats.yaml.retyped import read_as
from qnphrase.formats.yaml.scalars import is_plain
from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.file import lint_file
from qnphrase.lint.fix import fix_pack
from qnphrase.lint.options import LintOptions
from qnphrase.pack import load

OPTIONS = LintOptions(select=["QN923"])
BOOK = """\
version: 1
shop: 007 # 店名
signature: "123"
groups:
  - name: 1_000
    phrases:
      - code: 0x1F
        text: 12:30
        tags: [on, 大促, "off"]
        note: 2026-11-11 10:00:00
        until: 2026-11-11
        enabled: false
        extra: {列: ~, 是: '1'}
      - {code: 1e5,text: 您好，到"1e5"}
      - {"code":.5, "text":"007"}
phrases:
  - code: >-
      1
    text: 您好
  - text: |
      no
  - code: hy
    text: 亲，007号
auto_replies:
  - when: contacts_over
    threshold: 30
    text: null
  - {when: busy, phrase: 0x1F}
"""


def _found(text: str, name: str = "本.yaml") -> list[Diagnostic]:
    return [one for one in lint_file(text.encode(), OPTIONS, name=name).diagnostics if one.code == "QN923"]


def test_each_one_is_found_at_its_place() -> None:
    found = [(one.line, one.column, one.text, one.phrase) for one in _found(BOOK)]
    assert found == [
        (2, 7, "007", ""),
        (5, 11, "1_000", ""),
        (7, 15, "0x1F", "0x1F"),
        (8, 15, "12:30", "0x1F"),
        (9, 16, "on", "0x1F"),
        (10, 15, "2026-11-11 10:00:00", "0x1F"),
        (13, 20, "~", "0x1F"),
        (14, 16, "1e5", "1e5"),
        (15, 17, ".5", ".5"),
        (27, 11, "null", "超30人"),
        (28, 26, "0x1F", "忙碌→0x1F"),
    ]
    for one in _found(BOOK):
        assert (one.end_line, one.end_column) == (one.line, one.column + len(one.text))
        assert BOOK[one.start : one.end] == one.text == one.context.text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("head", ["", "\ufeff"])
def test_quotes_are_all_that_the_fix_adds(newline: str, head: str) -> None:
    text = head + BOOK.replace("\n", newline)
    pack = load(text.encode(), name="本.yaml")
    fixed = fix_pack(pack, OPTIONS, unsafe=False)
    assert fixed.fixes == 11
    assert fixed.result.diagnostics == []
    wanted = text
    for one in reversed(_found(text)):
        at = one.start + len(head)
        wanted = wanted[:at] + f'"{one.text}"' + wanted[at + len(one.text) :]
    assert fixed.pack.to_bytes().decode() == wanted
    assert fixed.pack.book == pack.book


def test_texts_and_quotes_are_mended_together() -> None:
    text = "version: 1\nphrases:\n- code: 007\n  text: '您好/:&gt;_&lt;'\n"
    fixed = fix_pack(load(text.encode(), name="本.yaml"), LintOptions(), unsafe=False)
    assert fixed.pack.to_bytes().decode() == "version: 1\nphrases:\n- code: \"007\"\n  text: '您好/:>_<'\n"
    assert fixed.fixes == 2


def test_a_comment_and_the_configuration_let_pass() -> None:
    text = "version: 1\nphrases:\n- {code: 007, text: 您好} # qn: ignore QN923 脚本认得\n"
    result = lint_file(text.encode(), OPTIONS, name="本.yaml")
    assert (result.diagnostics, result.excused) == ([], 1)


def test_packs_know_nothing_but_texts() -> None:
    assert _found("编码,内容\n007,12:30\n", "包.csv") == []
    assert _found("<list><p code='007' content='12:30'/></list>", "包.xml") == []


PLAIN = [
    *(
        "09:30",
        "2026-1-1",
        "13:75",
        "1,000",
        "1.2.3",
        "0o8",
        "yEs",
        "nULL",
        "none",
        "1-2",
        "400-800-8888",
        "a007",
        "==",
    ),
    *("==", "1e", "e5", "+", "-", ".", "_1", "100%", "12：30", "007 号", "是"),
]


@pytest.mark.parametrize("value", PLAIN)
def test_what_is_text_to_everybody(value: str) -> None:
    assert read_as(value) is None


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        *((one, "number") for one in ("007", "08", "1e5", "1_000", "0x1F", "0o17", "0b1", "-1", "+86", ".5", ".inf")),
        *((one, "boolean") for one in ("yes", "No", "ON", "off", "true", "y", "N")),
        *((one, "null") for one in ("~", "null", "NULL")),
        *((one, "sixties") for one in ("12:30", "1:2:3", "09:30.5")),
        *((one, "date") for one in ("2026-11-11", "2026-1-1 1:00:00", "2026-11-11T10:00:00Z")),
    ],
)  # fmt: skip
def test_what_is_not(value: str, kind: str) -> None:
    assert read_as(value) == kind


@given(st.text(st.sampled_from("0179_.:-+eExXoObtTzZ~ynofrusNaliY "), min_size=1, max_size=12))
def test_pyyaml_agrees(value: str) -> None:
    try:
        is_text = isinstance(yaml.safe_load(f"[{value}]")[0], str)
    except (yaml.YAMLError, TypeError, IndexError):
        return
    except ValueError:  # no such day
        is_text = False
    if value == value.strip() and not is_text and not value.startswith(("-", "~ ")) and ": " not in value:
        assert read_as(value) is not None
    if read_as(value) is not None:
        assert not is_plain(value), "what we write ourselves is never retyped"


def test_many_values_and_values_on_two_lines() -> None:
    tags = ", ".join([*(f'"{n}"' for n in range(20)), "20"])
    assert [one.text for one in _found(f"version: 1\nphrases:\n- {{text: 您好, tags: [{tags}]}}\n")] == ["20"]
    text = "version: 1\nphrases:\n- text: 2026-11-11\n    10:00:00\n"
    assert [one.text for one in _found(text)] == ["2026-11-11\n    10:00:00"]
    assert fix_pack(load(text.encode(), name="本.yaml"), OPTIONS, unsafe=False).pack.document.text.endswith(
        '- text: "2026-11-11 10:00:00"\n'
    )


def test_time_grows_with_the_book(growth_of: Callable[[Callable[[int], float], int], float]) -> None:
    def seconds(count: int) -> float:
        phrases = "".join(f"- {{code: {n}, text: 12:30}}\n" for n in range(count))
        reading = load(f"version: 1\nphrases:\n{phrases}".encode(), name="本.yaml").reading
        start = time.process_time()
        assert len(reading.retyped()) == 2 * count
        return time.process_time() - start

    assert growth_of(seconds, 500) < 20
