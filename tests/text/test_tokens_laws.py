"""What holds for every text, however odd."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.text.emoticons import aliases
from qnphrase.text.emoticons import emoticon_pattern
from qnphrase.text.emoticons import emoticons
from qnphrase.text.tokens import TokenKind
from qnphrase.text.tokens import tokenize

SPELLINGS = [*emoticons(), *aliases()]
LINKS = ["https://m.tb.cn/h.abc", "http://", "https://a.com", "m.tb.cn/", "detail.tmall.com", "www.a.cn", "taobao.com"]
VARIABLES = ["{买家昵称}", "{{a}}", "{", "}", "#BUYER_NICK#", "#AB", "#"]
EDGES = [
    "/:",
    "/",
    ":",
    "/::)",
    "/:8-)",
    "=O",
    ".",
    "-",
    "@",
    "?x=1",
    "&gt;",
    " ",
    "\n",
    "亲",
    "。",
    "😀",
    "\ud800",
    "9:00/18:00",
]

TEXTS = st.lists(st.sampled_from([*SPELLINGS, *LINKS, *VARIABLES, *EDGES]) | st.text(max_size=4), max_size=12).map(
    "".join
)


def codes_by_naive_search(text):
    """Read from left to right and take the longest spelling at each place, the slow and obvious way."""
    found = []
    offset = 0
    while offset < len(text):
        spelling = max((s for s in SPELLINGS if text.startswith(s, offset)), key=len, default=None)
        if spelling is not None:
            found.append((offset, spelling, aliases().get(spelling, spelling)))
        offset += len(spelling or "x")
    return found


def codes_by_tokens(text):
    return [(token.start, token.text, token.code) for token in tokenize(text) if token.kind is TokenKind.EMOTICON]


@given(TEXTS)
def test_tokens_are_a_partition(text):
    tokens = tokenize(text)
    offset = 0
    for token in tokens:
        assert token.start == offset < token.end
        assert token.text == text[token.start : token.end]
        offset = token.end
    assert offset == len(text)


@given(TEXTS)
def test_no_two_plain_tokens_are_neighbours(text):
    kinds = [token.kind for token in tokenize(text)]
    assert (TokenKind.PLAIN, TokenKind.PLAIN) not in set(itertools.pairwise(kinds))


@given(TEXTS)
def test_a_code_belongs_to_emoticons_only(text):
    for token in tokenize(text):
        assert (token.kind is TokenKind.EMOTICON) == (token.code in emoticons()) == (token.code is not None)


@given(TEXTS)
def test_an_emoticon_wins_wherever_it_stands(text):
    found = codes_by_tokens(text)
    assert found == codes_by_naive_search(text)
    assert [code for _, code, _ in found] == emoticon_pattern(with_aliases=True).findall(text)


@given(TEXTS)
def test_every_token_but_plain_ones_is_the_same_token_alone(text):
    for token in tokenize(text):
        if token.kind is not TokenKind.PLAIN:
            assert tokenize(token.text) == [token._replace(start=0, end=len(token.text))]


def test_every_pair_of_spellings_is_read_as_the_naive_search_reads_it():
    for first, second in itertools.product(SPELLINGS, repeat=2):
        found = codes_by_tokens(first + second)
        assert found == codes_by_naive_search(first + second)
        assert [spelling for _, spelling, _ in found] == [first, second]


def test_every_torn_code_before_a_whole_one_is_read_as_the_naive_search_reads_it():
    torn = {spelling[:end] for spelling in SPELLINGS for end in range(1, len(spelling))}
    for start, code in itertools.product(sorted(torn), emoticons()):
        assert codes_by_tokens(start + code) == codes_by_naive_search(start + code)


@pytest.mark.parametrize(("head", "part"), [("https://a.com/", "x/"), ("https://a", ".a"), ("www", ".a")])
def test_an_endless_link_is_cut_not_refused(head, part):
    text = head + part * 20_000
    first, *_ = tokens = tokenize(text)
    assert (first.kind, first.start) == (TokenKind.URL, 0)
    assert "".join(token.text for token in tokens) == text


def seconds_to_tokenize(text):
    def once():
        start = time.process_time()
        tokenize(text)
        return time.process_time() - start

    return min(once() for _ in range(3))


HOSTILE = [
    ("", unit)
    for unit in [
        *["{", "{{", "}", "{}", "{ ", "{a", "{{a", "{/", "{m.", "{www.a", "#", "#A", "#ABC", "#ABC_", "#A" + "B" * 39],
        *["/:", "/", ":/", "/:O=", "/:(Zz..", "/:&gt;", "/::)", "/:Q", "/:Qa.", "/:b-a"],
        *[
            "a.",
            "a-",
            "a--",
            "a.-",
            "-a.a",
            "a@",
            "a_",
            "www.",
            "www.a.",
            "taobao.com.",
            "tb.cn.",
            "m.tb.cn-",
            "x" * 63 + ".",
        ],
        *["http", "http://", "https://a,", "https://a/!", "https://a/#A", "m.tb.cn/?", ",https://a", "https://a.!~"],
    ]
] + [
    ("{", " "),
    ("{", "a"),
    ("{{", "{m.tb.cn-"),
    ("https://a/", "!"),
    ("https://a/", "#"),
    ("https://a", "."),
    ("https://", "a-"),
    ("m.tb.cn", "-"),
    ("m.tb.cn/", "?/:"),
    ("www", ".a"),
    ("", "a"),
]


@pytest.mark.parametrize(("head", "unit"), HOSTILE)
def test_time_grows_with_the_length_of_hostile_text_not_with_its_square(head, unit):
    few, factor = 4_000 // len(unit), 16
    small = seconds_to_tokenize(head + unit * few)
    large = seconds_to_tokenize(head + unit * few * factor)
    # Linear time grows sixteenfold, quadratic time 256-fold. Under a millisecond the clock is too coarse to judge.
    assert large < 80 * max(small, 0.001)
