"""The prose of a phrase: emoticon codes, links, placeholders and faces are blanked out, and nothing moves.

For rules about writing, which must neither complain of what isn't prose nor change it. Offsets in the prose are offsets
in the phrase.
"""

import re
from collections.abc import Iterator

from qnphrase.lint.diagnostic import Finding
from qnphrase.text.pattern import lazy_pattern
from qnphrase.text.tokens import Token
from qnphrase.text.tokens import TokenKind
from qnphrase.text.tokens import tokenize

HIDDEN = "\ue000"  # stands where a code, a link or a face was
WORD = "\ue001"  # stands where a placeholder was: it will be a word when the phrase is sent

# Without one of these there is nothing to tokenize; most phrases have none, and the tokenizer isn't free.
# One class comes first in such expressions, for then the C engine skips to it.
_TOKENS_POSSIBLE = lazy_pattern(r"[/{#.](?:(?<!\.)|[A-Za-z])")
_FACES_POSSIBLE = lazy_pattern(
    r"[(（^＾_&=>＞/:;：；\-TtoO0@]"
    r"(?:(?<=[(（^＾_&=>＞])|(?<=/):|(?<=[:;：；])[-'o*]?[)）(DPp]|(?<=[-TtoO0@])[.。_-])"
)
_LETTER = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_FACES = lazy_pattern(
    rf"""
      [(（] (?: (?![{_LETTER}]{{2}}) [^()（）\u4e00-\u9fff\n] ){{1,20}} [)）]  # (^_^) but not (XL)
    | [:;=：；] [-'^o*]? [)）DPp] (?![{_LETTER}])
    | : -? \( (?![^()（）\n]{{0,30}}[)）])
    | [\^＾] [_\-~oO.。﹏]? [\^＾]
    | [>＞] [_.。~﹏o] [<＜]
    | (?<![{_LETTER}]) (?: [Tt][._﹏][Tt] | -_+- | =[._]= | [oO0][._][oO0] | @_@ | Q[._]Q | QAQ ) (?![{_LETTER}])
    | /: [!-~]{{1,4}}  # the codes of WeChat
    | & (?: [A-Za-z]{{2,8}} | \#[0-9]{{1,6}} ) ;
    """,
    re.VERBOSE,
)


def prose(text: str) -> str:
    """Return `text` with `HIDDEN` for each character that isn't prose, and `WORD` for those of a placeholder."""
    tokens = special_tokens(text)
    if tokens:
        text = _without(text, tokens)
    if _FACES_POSSIBLE.search(text):
        text = _FACES.sub(lambda face: HIDDEN * len(face[0]), text)
    return text


def _without(text: str, tokens: list[Token]) -> str:
    parts: list[str] = []
    at = 0
    for token in tokens:
        blank = WORD if token.kind is TokenKind.PLACEHOLDER else HIDDEN
        parts += (text[at : token.start], blank * (token.end - token.start))
        at = token.end
    return "".join([*parts, text[at:]])


def special_tokens(text: str) -> list[Token]:
    """Return the emoticons, links and placeholders of a phrase."""
    if not _TOKENS_POSSIBLE.search(text):
        return []
    return [token for token in tokenize(text) if token.kind is not TokenKind.PLAIN]


def with_harmless_fixes(text: str, findings: list[Finding]) -> Iterator[Finding]:
    """Yield the findings in one text; without their fixes where those together would make or break what isn't prose.

    `Ｏ` behind `/:` becomes an emoticon when it is made half-width; words in braces that are too many for a placeholder
    become one when blanks are removed.
    """
    fixes = [finding.fix for finding in findings if finding.fix]
    if "{" in text or any(fix.text and fix.text[0].isascii() for fix in fixes):
        parts: list[str] = []
        at = 0
        for fix in fixes:
            parts += (text[at : fix.start], fix.text)
            at = fix.end
        fixed = "".join([*parts, text[at:]])
        if [token.text for token in special_tokens(text)] != [token.text for token in special_tokens(fixed)]:
            findings = [finding._replace(fix=None) for finding in findings]
    yield from findings
