from __future__ import annotations

import pytest

from qnphrase.text.emoticons import aliases
from qnphrase.text.emoticons import emoticons
from qnphrase.text.tokens import Token
from qnphrase.text.tokens import TokenKind
from qnphrase.text.tokens import tokenize


def written(text, kind):
    return [token.text for token in tokenize(text) if token.kind is kind]


def urls(text):
    return written(text, TokenKind.URL)


def placeholders(text):
    return written(text, TokenKind.PLACEHOLDER)


def codes(text):
    return [token.code for token in tokenize(text) if token.kind is TokenKind.EMOTICON]


def is_plain(text):
    return tokenize(text) == [Token(TokenKind.PLAIN, 0, len(text), text)]


def test_the_empty_text_has_no_tokens():
    assert tokenize("") == []


def test_a_whole_phrase():
    assert tokenize("您好{买家昵称}/:^_^看https://m.tb.cn/h.abc。") == [
        Token(TokenKind.PLAIN, 0, 2, "您好"),
        Token(TokenKind.PLACEHOLDER, 2, 8, "{买家昵称}"),
        Token(TokenKind.EMOTICON, 8, 13, "/:^_^", "/:^_^"),
        Token(TokenKind.PLAIN, 13, 14, "看"),
        Token(TokenKind.URL, 14, 35, "https://m.tb.cn/h.abc"),
        Token(TokenKind.PLAIN, 35, 36, "。"),
    ]


def test_offsets_count_code_points_not_bytes_or_utf16_units():
    assert [(token.start, token.end) for token in tokenize("😀𠮷/:Q\ud83d/:Y")] == [(0, 2), (2, 5), (5, 6), (6, 9)]


def test_kinds_read_as_words():
    assert [str(kind) for kind in TokenKind] == ["plain", "emoticon", "placeholder", "url"]


class TestEmoticons:
    @pytest.mark.parametrize("code", emoticons())
    def test_every_code_stands_alone_and_between_letters(self, code):
        assert tokenize(code) == [Token(TokenKind.EMOTICON, 0, len(code), code, code)]
        assert codes(f"亲{code}亲") == codes(f"x{code}x") == codes(f"9{code} 9") == [code]

    @pytest.mark.parametrize(("alias", "code"), aliases().items())
    def test_an_escaped_spelling_has_its_canonical_code(self, alias, code):
        assert tokenize(alias) == [Token(TokenKind.EMOTICON, 0, len(alias), alias, code)]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("/:O=O", ["/:O=O"]),
            ("/:O=", ["/:O"]),
            ("/:OO=O", ["/:O"]),
            ("/:O/:O=O/:O", ["/:O", "/:O=O", "/:O"]),
            ("/:(Zz...)", ["/:(Zz...)"]),
            ("/:(Zz..)", []),
            ('/:"', ['/:"']),
            ('/:\'""', ['/:\'""']),
            ('/:"""', ['/:"']),
            ("/:'\"", []),
            ("/:>O</:>o<", ["/:>O<"]),
            ("/:&gt;O&lt;/:&gt;O<", ["/:>O<"]),
            ("/:815", ["/:815"]),
            ("/:8150", ["/:815"]),
            ("/:081/:087", ["/:081", "/:087"]),
            ("/:girls/:mango", ["/:girl", "/:man"]),
            ("/:/:/:Q", ["/:Q"]),
        ],
    )
    def test_the_longest_code_wins_and_what_follows_is_left_alone(self, text, expected):
        assert codes(text) == expected

    @pytest.mark.parametrize("text", ["/::)", "/::~", "/:8-)", "/:,@P", "/::)/::~/:8-)/:,@P", "/::O", "/::P", "/::$"])
    def test_codes_of_wechat_are_plain(self, text):
        assert is_plain(text)

    def test_ours_beside_one_of_wechat(self):
        assert codes("/:8-)/:8*8/::)/:)-(") == ["/:8*8", "/:)-("]

    def test_a_code_that_begins_one_of_wechat_is_still_a_code(self):
        # The chat desk replaces the code and leaves the letters, so the buyer sees “强ye”.
        assert [token.text for token in tokenize("/:bye")] == ["/:b", "ye"]

    @pytest.mark.parametrize(
        "text", ["9:00/18:00", "(^_^)", "^_^", "https://", "24/7", "/:", "/:o", "：/^_^", "/：^_^"]
    )
    def test_lookalikes_are_plain(self, text):
        assert is_plain(text)


class TestUrls:
    @pytest.mark.parametrize(
        "url",
        [
            "https://m.tb.cn/h.abc",
            "http://a.cn",
            "HTTPS://M.TB.CN/H.Abc",
            "https://detail.tmall.com/item.htm?id=1&skuId=2#detail",
            "https://example.com:8080/a/b/?q=%E4%BD%A0",
            "https://example.com/?u=https://example.cn/x",
            "https://localhost/x",
            "http://1.2.3.4:80/",
            "m.tb.cn/h.xyz",
            "m.tb.cn",
            "e.tb.cn/h.xyz",
            "M.TB.cn/h.xyz?tk=AbC",
            "detail.tmall.com/item.htm?id=1",
            "taobao.com",
            "shop123.taobao.com",
            "my-shop.world.taobao.com/a",
            "detail.tmall.hk/x",
            "www.example.com",
            "www.example.com.cn:8080/x,y.html",
            "www.taobao.com?x=1",
        ],
    )
    def test_a_link_stands_whole_alone_and_between_chinese(self, url):
        assert urls(url) == urls(f"点{url}看") == urls(f"（{url}）") == urls(f"“{url}”") == [url]

    @pytest.mark.parametrize(
        "behind", [*".,;:!?)~", "...", "?!", ").", " x", "\n", "\u3000", "\xa0", '"', "'", "“", "’"]
    )
    @pytest.mark.parametrize("url", ["https://m.tb.cn/h.abc", "https://a.com", "m.tb.cn", "www.a.com/x?id=1"])
    def test_a_link_ends_before(self, url, behind):
        assert urls(url + behind) == urls(f"({url}{behind}亲") == [url]

    @pytest.mark.parametrize(
        "behind", ["，", "。", "！", "）", "】", "、", "亲", "😀", "\ud800", "<br>", "]", "}", "\\n", "|", "^_^"]
    )
    def test_a_link_ends_before_what_no_link_holds(self, behind):
        assert urls("https://m.tb.cn/h.abc" + behind) == ["https://m.tb.cn/h.abc"]

    @pytest.mark.parametrize("code", [*emoticons(), *aliases()])
    @pytest.mark.parametrize(
        "url", ["https://m.tb.cn/h.abc", "https://m.tb.cn", "m.tb.cn/", "www.a.com?x=1", "https://a.cn:80"]
    )
    def test_an_emoticon_directly_behind_a_link_is_one(self, url, code):
        assert [token.text for token in tokenize(url + code)] == [url, code]

    def test_an_emoticon_ends_a_link_even_in_its_middle(self):
        # A link that truly holds a code is far rarer than a clerk's smile behind one, and the desk shows the smile.
        text = "https://a.com/x!/:O=Ohttps://b.com/:"
        assert [token.text for token in tokenize(text)] == ["https://a.com/x", "!", "/:O=O", "https://b.com/", ":"]

    @pytest.mark.parametrize("code", emoticons())
    def test_a_bare_host_may_follow_an_emoticon_directly(self, code):
        assert [token.text for token in tokenize(code + "m.tb.cn/h.abc")] == [code, "m.tb.cn/h.abc"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("https://a.com/x,https://b.com/y", ["https://a.com/x", "https://b.com/y"]),
            ("https://a.com,https://b.com", ["https://a.com", "https://b.com"]),
            ("1.https://a.com/x", ["https://a.com/x"]),
            ("链接https://a.com/x链接m.tb.cn/y", ["https://a.com/x", "m.tb.cn/y"]),
            ("--m.tb.cn/x", ["m.tb.cn/x"]),
            ("a--m.tb.cn/x", ["a--m.tb.cn/x"]),
            ("-m.tb.cn/x-", ["m.tb.cn/x-"]),
            ("www.a.com-点", ["www.a.com"]),
            ("m.tb.cn-点", ["m.tb.cn"]),
            ("m.tb.cn/x(点", ["m.tb.cn/x"]),
            ("https://a.com?看", ["https://a.com"]),
        ],
    )
    def test_several_links_and_their_edges(self, text, expected):
        assert urls(text) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "https://",
            "https://中文.com",
            "http:/a.com",
            "ftp//a",
            "www.",
            "www.com",
            "tb.cn/x",
            "example.com/x",
            "shop@taobao.com",
            "shop@mail.taobao.com",
            "xtb.cn",
            "mytaobao.com",
            "taobao.company",
            "taobao.com.example.cn",
            "taobao.com-example.cn",
            "taobao.com_x",
            "-.-",
        ],
    )
    def test_no_link(self, text):
        assert is_plain(text)


class TestPlaceholders:
    @pytest.mark.parametrize(
        "text",
        [
            "{买家昵称}",
            "{订单编号}",
            "{$订单号}",
            "{@转接}",
            "#BUYER_NICK#",
            "#ABC#",
            "{{agentName}}",
            "{{ agentName }}",
            "{姓名/昵称}",
            "{12:30}",
            "{" + "名" * 40 + "}",
            "#A" + "B" * 39 + "#",
        ],
    )
    def test_a_placeholder_stands_whole(self, text):
        assert placeholders(text) == placeholders(f"亲{text}亲") == placeholders(f"x{text}x") == [text]

    @pytest.mark.parametrize(
        "text",
        [
            "{}",
            "{ }",
            "{\u3000}",
            "{{}}",
            "{{ }}",
            "{",
            "}",
            "}{",
            "{a",
            "a}",
            "{a\nb}",
            "{a\rb}",
            "{" + "名" * 41 + "}",
            "#AB#",
            "#buyer#",
            "#1AB#",
            "#_AB#",
            "##",
            "#BUYER NICK#",
            "#BUYER_NICK",
            "#A" + "B" * 40 + "#",
            "｛买家昵称｝",
        ],
    )
    def test_no_placeholder(self, text):
        assert is_plain(text)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("{a}{b}", ["{a}", "{b}"]),
            ("{ {a} }", ["{a}"]),
            ("{{a}", ["{a}"]),
            ("{a}}", ["{a}"]),
            ("{{{a}}}", ["{{a}}"]),
            ("{a{b}c}", ["{b}"]),
            ("{}{a}", ["{a}"]),
            ("#ABC#DEF#", ["#ABC#"]),
            ("##ABC##", ["##ABC##"]),
            ("#ABC##", ["#ABC#"]),
            ("###ABC##", ["##ABC##"]),
        ],
    )
    def test_neighbours_and_nested_braces(self, text, expected):
        assert placeholders(text) == expected

    @pytest.mark.parametrize("placeholder", ["{订单编号}", "{{id}}", "#ORDER_ID#"])
    def test_a_placeholder_ends_a_link(self, placeholder):
        for url in ["https://a.com/?id=1", "https://a.com/x", "m.tb.cn"]:
            assert [token.text for token in tokenize(url + placeholder)] == [url, placeholder]

    @pytest.mark.parametrize("inner", ["/:^_^", "https://a.com/x", "m.tb.cn/x", "www.a.com", "/:&quot;"])
    def test_braces_hide_neither_emoticons_nor_links(self, inner):
        assert [token.text for token in tokenize(f"{{{inner}}}")] == ["{", inner, "}"]
        assert inner in [token.text for token in tokenize(f"{{点 {inner} 看}}")]
