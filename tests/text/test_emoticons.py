from __future__ import annotations

import re
from importlib.resources import files

import pytest

from qnphrase.text.emoticons import Emoticon
from qnphrase.text.emoticons import aliases
from qnphrase.text.emoticons import codes_named
from qnphrase.text.emoticons import emoticon_pattern
from qnphrase.text.emoticons import emoticons


def test_there_are_99_with_contiguous_indices_in_order():
    assert [emoticon.index for emoticon in emoticons().values()] == list(range(99))


def test_each_is_found_under_its_own_code():
    assert all(code == emoticon.code for code, emoticon in emoticons().items())


def test_codes_begin_alike_and_names_are_not_blank():
    assert all(code.startswith("/:") and len(code) > 2 for code in emoticons())
    assert all(emoticon.name.strip() for emoticon in emoticons().values())


def test_codes_never_overlap_except_as_prefixes():
    # The tokenizer's law “an emoticon wins wherever it stands” has one meaning only because of this.
    assert all(spelling.rfind("/") == 0 for spelling in [*emoticons(), *aliases()])


def test_no_code_holds_a_comma_brace_or_hash():
    # So neither a CSV separator nor a placeholder can begin inside a code.
    assert not set("".join(emoticons())) & set(",{}#")


@pytest.mark.parametrize(
    ("code", "name", "index"),
    [
        ("/:^_^", "微笑", 0),
        ('/:\'""', "无奈", 41),
        ("/:(Zz...)", "困了", 44),
        ('/:"', "好累", 55),
        ("/:O", "惊愕", 60),
        ("/:O=O", "老大", 70),
        ("/:8*8", "鼓掌", 81),
        ("/:075", "支付宝", 98),
    ],
)
def test_sample_rows(code, name, index):
    assert emoticons()[code] == Emoticon(code, name, index)


def test_ten_escaped_spellings_are_the_code_with_html_entities():
    entities = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#39;": "'", "&amp;": "&"}
    assert len(aliases()) == 10
    for alias, code in aliases().items():
        assert re.sub("|".join(entities), lambda entity: entities[entity[0]], alias) == code
        assert code in emoticons()
        assert alias not in emoticons()


@pytest.mark.parametrize("table", [emoticons, aliases])
def test_tables_are_read_only(table):
    with pytest.raises(TypeError):
        table()["/:new"] = None


def test_goodbye_names_two_codes():
    assert codes_named("再见") == ("/:804", "/:085")


def test_all_other_names_are_unique():
    names = [emoticon.name for emoticon in emoticons().values()]
    assert {name for name in names if len(codes_named(name)) != 1} == {"再见"}


def test_an_unknown_name_has_no_code():
    assert codes_named("没有这个") == ()


def test_pattern_finds_every_code_whole():
    assert all(emoticon_pattern().fullmatch(code) for code in emoticons())
    assert all(emoticon_pattern().match(code + "=O)OKz9")[0] == code for code in emoticons() if code != "/:O")


def test_pattern_takes_the_longest_code():
    assert emoticon_pattern().findall('/:O=O/:O/:O=/:\'""/:""') == ["/:O=O", "/:O", "/:O", '/:\'""', '/:"']


@pytest.mark.parametrize("text", ["/:o", "/:p", "/:GIRL", "/:q", "/:(ok)", "/:^w^"])
def test_pattern_is_case_sensitive(text):
    assert not emoticon_pattern(with_aliases=True).search(text)


def test_only_the_wider_pattern_finds_aliases():
    for alias in aliases():
        assert emoticon_pattern(with_aliases=True).fullmatch(alias)
        assert not emoticon_pattern().search(alias)


def test_pattern_has_no_groups_and_survives_verbose_mode():
    for pattern in (emoticon_pattern(), emoticon_pattern(with_aliases=True)):
        verbose = re.compile(pattern.pattern, re.VERBOSE)
        assert pattern.groups == 0
        assert all(verbose.fullmatch(code) for code in emoticons())


@pytest.mark.parametrize("filename", ["wangwang_emoticons.csv", "wangwang_emoticon_aliases.csv"])
def test_tables_are_utf8_without_bom_and_with_one_kind_of_newline(filename):
    content = files("qnphrase.text").joinpath("data", filename).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    # A checkout on Windows may have turned LF into CRLF; a mixture would mean a damaged table.
    assert content.count(b"\r") in (0, content.count(b"\n"))
    content.decode("utf-8")
