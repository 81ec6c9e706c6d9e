"""A phrase cut into emoticons, links, placeholders and the plain text between them.

Three laws hold for every text:

- The tokens are a partition: contiguous, none empty, together exactly the text. No two plain tokens are neighbours.
- An emoticon code wins wherever it stands, because the chat desk knows nothing of links or variables: a link or a
  placeholder never covers one. `https://m.tb.cn/h.abc/:^_^` is a link and a smile. The emoticon tokens are therefore
  exactly the matches of `emoticon_pattern(with_aliases=True)`.
- A link wins over a placeholder, so that braces can't hide it.

WeChat's codes look alike (`/::)`, `/:8-)`) and are plain text. Where a Wangwang code begins one of them (`/:b` in
`/:bye`), the code counts: letters that follow a code never change it.

One compiled pattern does the work, in linear time on any input: a repeated character is possessive, a repeated group
is bounded. Groups are never possessive, because Python 3.11.0 to 3.11.4 matches too much then (cpython#100061).
"""

from __future__ import annotations

import functools
import re
from enum import StrEnum
from typing import NamedTuple

from qnphrase.text.emoticons import aliases
from qnphrase.text.emoticons import emoticon_pattern
from qnphrase.text.emoticons import emoticons

# A named blank longer than this, in characters, is more likely prose in braces.
_PLACEHOLDER_MAX = 40

# A link is cut after so many parts (words or single signs); the bound keeps a hostile one cheap in memory.
_LINK_PARTS_MAX = 10_000

# What may end a link. The rest of ASCII that a link may hold, `_PUNCTUATION`, belongs to it only if more link follows:
# the sentence's full stop is not the link's, and clerks like to close a line with `~`.
_LINK_CHARACTER = r"[A-Za-z0-9\-_%=&+$@*]"
_PUNCTUATION = r"[.,;:!?()~]"

_SCHEME = r"(?ai:https?://)"
_NAMED_VARIABLE = r"(?:\#\#[A-Za-z][A-Za-z0-9_.]{2,39}+\#\#|\#[A-Z][A-Z0-9_]{2,39}+\#)"  # ##sellerNick##, #BUYER_NICK#

# Labels have at most 63 characters (RFC 1035); the bounds keep a hostile run of labels cheap.
_LABEL = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?"
# Hosts that are recognised without a scheme. `taobao.com.example.cn` is another host and must not pass.
_BARE_HOST = rf"""(?ai:
    (?: www (?:\.{_LABEL}){{2,8}}
      | (?:{_LABEL}\.){{0,8}} (?:taobao\.com | tmall\.com | tmall\.hk | (?<=\.)tb\.cn) (?!\.?[a-z0-9_]|-{{1,9}}[a-z0-9])
    )
    (?: :[0-9]{{1,5}} )?
)"""
_AUTHORITY = r"[A-Za-z0-9]++(?:[.:@_\-]++[A-Za-z0-9]++){0,127}"


class TokenKind(StrEnum):
    """What a token is to its reader."""

    PLAIN = "plain"
    EMOTICON = "emoticon"
    PLACEHOLDER = "placeholder"
    URL = "url"


class Token(NamedTuple):
    """One piece of a phrase."""

    kind: TokenKind

    start: int
    """Offset of the first character, in characters (code points) from the start of the phrase."""

    end: int
    """Offset behind the last character. Always greater than `start`."""

    text: str
    """The piece as it is written: the phrase from `start` to `end`."""

    code: str | None = None
    """Canonical code of an emoticon, None for all else. Differs from `text` where an HTML-escaped spelling stands."""


def tokenize(text: str) -> list[Token]:
    """Cut a phrase into tokens, in order; the empty text has none.

    - url: `http(s)://…` with an ASCII host, or a bare host of the platform (`m.tb.cn/h.xyz`, `detail.tmall.com`) or in
      `www.`. It ends before any character outside ASCII, whitespace, quotes, brackets and trailing punctuation.
    - placeholder: `{买家昵称}` `{$订单号}` `{@转接}` `{{agentName}}` of at most 40 characters, on one line, not blank;
      or `#BUYER_NICK#` or `##sellerNick##`. These are other desks' styles: Qianniu itself is not known to replace any
      of them.
    - emoticon: one of the 99 Wangwang codes or an escaped spelling of one.
    """
    tokens: list[Token] = []
    end = 0
    for match in _token_pattern().finditer(text):
        tokens += _plain(text, end, match.start())
        tokens.append(_token(match))
        end = match.end()
    return tokens + _plain(text, end, len(text))


def _plain(text: str, start: int, end: int) -> list[Token]:
    return [Token(TokenKind.PLAIN, start, end, text[start:end])] if start < end else []


def _token(match: re.Match[str]) -> Token:
    kind = TokenKind(match.lastgroup or "")
    code = aliases().get(match[0], match[0]) if kind is TokenKind.EMOTICON else None
    return Token(kind, match.start(), match.end(), match[0], code)


@functools.cache
def _token_pattern() -> re.Pattern[str]:
    code = f"(?:{emoticon_pattern(with_aliases=True).pattern})"
    bare_host = rf"(?=[A-Za-z0-9]){_host_boundary()}{_BARE_HOST}"
    return re.compile(
        rf"""
        (?P<emoticon> {code} )
        | (?P<url> (?: {_SCHEME}{_AUTHORITY} | {bare_host} ) {_link_tail(code)} )
        | (?P<placeholder> {_braced(rf"{code}|{_SCHEME}[A-Za-z0-9]|{bare_host}")} | {_NAMED_VARIABLE} )
        """,
        re.VERBOSE,
    )


def _host_boundary() -> str:
    """Match where a bare host may begin: not inside a word, longer host or mail address, but directly behind a code."""
    codes_by_length: dict[int, list[str]] = {}
    for code in emoticons():
        codes_by_length.setdefault(len(code), []).append(re.escape(code))
    # A lookbehind needs alternatives of one width.
    behind_code = "|".join(f"(?<={'|'.join(codes)})" for codes in codes_by_length.values())
    return rf"(?: (?<![A-Za-z0-9@]) (?<![A-Za-z0-9][._\-]) | {behind_code} )"


def _link_tail(code: str) -> str:
    """Match path, query and fragment, up to what is no part of a link, an emoticon code or a `#VARIABLE#`."""
    step = rf"(?: {_LINK_CHARACTER}++ | (?!{code})/ | (?!{_NAMED_VARIABLE})\# )"
    # Behind punctuation a second link begins (`…/a,https://…`); behind anything else it is a redirect's target.
    return rf"(?: (?=[/?\#]) (?: (?:{_PUNCTUATION}++(?!{_SCHEME}))? {step} ){{0,{_LINK_PARTS_MAX}}} )?"


def _braced(stronger: str) -> str:
    """Match `{name}` or `{{name}}`: not blank, on one line, without nested braces or a stronger token inside."""
    name = rf"(?!\s*+\}}) (?: (?!{stronger})[^{{}}\r\n] ){{1,{_PLACEHOLDER_MAX}}}"
    return rf"(?: \{{\{{{name}\}}\}} | \{{{name}\}} )"
