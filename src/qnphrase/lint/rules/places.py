"""How a message names another place of the book."""

from qnphrase.language import _
from qnphrase.lint.subject import Subject

_BEGINNING = 10


def place_of(subject: Subject) -> str:
    """Return group and code of a phrase, as in 「售前」hy; without a code, how its text begins."""
    start = " ".join(subject.text[: _BEGINNING * 2].split())[:_BEGINNING]
    more = "…" if len(subject.text) > _BEGINNING else ""
    return f"「{subject.group or _('未分组')}」{subject.code.strip() or f'“{start}{more}”'}"
