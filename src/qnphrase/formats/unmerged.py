"""Conflict markers: a file that holds them was not finished merging, and no command takes it for a pack.

They stand on lines of their own, as git writes them: `<<<<<<< ours`, `=======`, `>>>>>>> theirs`; git may be told to
write more than seven characters.
"""

import re
from typing import NamedTuple

from qnphrase.document.document import Document
from qnphrase.language import _

_OPENING, _CLOSING = "<<<<<<<", ">>>>>>>"
# Bounded parts only, and the three lines in order; what diff3 style adds (`|||||||`) belongs to our side's part.
_CONFLICT = re.compile(
    r"^(?P<mark><{7,80})(?: [^\r\n]*)?\r?\n(?P<ours>(?:(?!<{7}|>{7}|={7,80}\r?$)[^\n]*\n)*)={7,80}\r?\n"
    r"(?P<theirs>(?:(?!<{7}|>{7})[^\n]*\n)*)>{7,80}(?: [^\r\n]*)?(?:\r?\n|\Z)",
    re.MULTILINE,
)
# One that was left behind when a person took out the others; only such as no phrase would say.
_FORGOTTEN = re.compile(r"^(?:<{7} (?:ours|HEAD)|>{7} theirs)\r?$", re.MULTILINE)
_BASE = re.compile(r"^\|{7,80}(?: [^\r\n]*)?\r?\n", re.MULTILINE)


class Unmerged(NamedTuple):
    """One conflict in a text: the span of all of it, and what each side has there."""

    start: int
    end: int
    ours: str
    theirs: str


def unmerged(text: str) -> list[Unmerged]:
    """Return the conflicts that are marked in a text, in order."""
    if _OPENING not in text:
        return []
    return [
        Unmerged(found.start(), found.end(), _BASE.split(found["ours"])[0], found["theirs"])
        for found in _CONFLICT.finditer(text)
    ]


def refuse_unmerged(document: Document) -> None:
    """Raise `PackSyntaxError` where a file holds conflicts, or a marker that a person forgot to take out."""
    if _OPENING not in document.text and _CLOSING not in document.text:
        return
    conflicts = unmerged(document.text)
    if conflicts:
        raise document.syntax_error(
            _("这个文件还有 {count} 处合并冲突没有处理").format(count=len(conflicts)),
            conflicts[0].start,
            hint=_("先用 qnphrase resolve 选好每一处要哪边的，再用这个文件。"),
        )
    forgotten = _FORGOTTEN.search(document.text)
    if forgotten is not None:
        raise document.syntax_error(
            _("合并冲突的标记没有删干净"),
            forgotten.start(),
            hint=_("标记是 <<<<<<<、======= 和 >>>>>>> 开头的行，请在编辑器里删掉。"),
        )
