"""How texts are written: the cheapest style that reads back exactly, and as text in every YAML program."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.formats.yaml.scalars import Bare
from qnphrase.formats.yaml.scalars import Manner
from qnphrase.formats.yaml.scalars import inline
from qnphrase.formats.yaml.scalars import is_plain
from qnphrase.formats.yaml.scalars import spelled

RETYPED = (
    "y", "N", "yes", "No", "on", "OFF", "true", "False", "null", "~", "NULL", "007", "1", "-1", "+1", "1_000", "1,000",
    "0b1", "0o17", "0x1F", "1e3", "1.5", ".5", "1.", "-.inf", ".NaN", "12:30", "1:2:3", "2026-12-31", "2026-1-1",
    "2026-12-31 10:00:00", "2026-12-31T10:00:00Z", "=", "<<",
)  # fmt: skip


@pytest.mark.parametrize("value", RETYPED)
def test_what_is_no_text_elsewhere_is_quoted(value):
    assert spelled(value, Manner()).head == f'"{value}"'


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("您好", "您好"),
        ("7天无理由", "7天无理由"),
        ("12:30前", "12:30前"),
        ("/:^_^", "/:^_^"),
        ('/:"', '/:"'),
        ("亲#1", "亲#1"),
        ("v1.0", "v1.0"),
        ("亲 #1", '"亲 #1"'),
        ("a: b", '"a: b"'),
        ("亲:", '"亲:"'),
        (" x", '" x"'),
        ("x\u3000", '"x\u3000"'),
        ("", '""'),
        ("@客服", '"@客服"'),
        ("- a", '"- a"'),
        ("{店铺名}", '"{店铺名}"'),
        ('"亲"', "'\"亲\"'"),
        ("\\ #", "'\\ #'"),
        ("a\tb", '"a\\tb"'),
        ("\ufeff", '"\\uFEFF"'),
        ("a\u2028b", '"a\\u2028b"'),
        ("a\x85b", '"a\\u0085b"'),
    ],
)
def test_one_line(value, written):
    assert spelled(value, Manner()) == (written, ())


@pytest.mark.parametrize(
    ("value", "head", "body"),
    [
        ("a\nb", "|-", ("a", "b")),
        ("a\nb\n", "|", ("a", "b")),
        ("a\n\nb", "|-", ("a", "", "b")),
        ("\na", "|-", ("", "a")),
        (" a\nb", "|2-", (" a", "b")),
        ("# a\n- b: c", "|-", ("# a", "- b: c")),
        ("a\n\n", '"a\\n\\n"', ()),
        ("\n", '"\\n"', ()),
        ("a \nb", '"a \\nb"', ()),
        ("a\n\tb", '"a\\n\\tb"', ()),
        ("a\u2028\nb", '"a\\u2028\\nb"', ()),
    ],
)
def test_lines(value, head, body):
    assert spelled(value, Manner()) == (head, body)


@pytest.mark.parametrize(
    ("style", "was", "value", "head"),
    [
        ("", "a", "b", "b"),
        ("", "a", "b: c", '"b: c"'),
        ("'", "a", "b", "'b'"),
        ("'", "a", "it's", "'it''s'"),
        ("'", "a", "b\tc", '"b\\tc"'),
        ('"', "a", "b", '"b"'),
        ('"', "a\nb", "c\nd", '"c\\nd"'),
        ('"', "a", "c\nd", "|-"),
        ("|", "a\nb\n", "c\nd\n", "|"),
        ("|", "a\nb\n", "c\nd", "|-"),
        ("|", "a\nb\n", "c", "c"),
        ("|", "a\n", "c\n", "|"),
        ("|", "a", "c", "|-"),
        ("|", "a\n\n", "c\n\n", "|+"),
        (">", "a", "c", ">-"),
        (">", "a b\n", "c\nd\n", "|"),
    ],
)
def test_old_style_is_kept_where_it_can_be(style, was, value, head):
    assert spelled(value, Manner(style, was)).head == head


def test_more_than_text_is_written_as_it_is():
    assert spelled(Bare("false"), Manner()) == ("false", ())


@given(st.text(max_size=30), st.booleans())
def test_one_line_reads_back(value, flow):
    written = inline(value, Manner(flow=flow))
    assert "\n" not in written
    text = f"{{k: {written}, l: 1}}" if flow else f"k: {written} # c\nl: 1"
    for loader in (yaml.CBaseLoader, yaml.BaseLoader):
        assert yaml.load(text, Loader=loader)["k"] == value  # noqa: S506 - the base loaders make nothing but texts


@given(st.text(st.sampled_from("0123456789.:-+_eExXobaftrunyls~ TZ<="), max_size=12))
def test_plain_is_text_for_other_programs(value):
    if is_plain(value):
        assert yaml.safe_load(value) == value
