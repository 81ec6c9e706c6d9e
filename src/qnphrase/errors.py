"""The exceptions of qnphrase: what stops it, where, and the way out.

    QnphraseError                 every error that this package raises on purpose
     ├── UsageError               the call makes no sense; exit code 2
     └── FileError                a file can't be read, parsed, represented or written; exit code 3
          ├── UnreadableFileError      missing, no permission, not a text file at all
          ├── PackSyntaxError          its bytes are read, but it is not a pack or book: line and column are known
          ├── UnrepresentableError     the target can't carry something; every phrase and character is named
          ├── UnwritableFileError      no permission (open in Excel?), disk full, changed meanwhile
          └── VerificationError        an edit did not come back as wanted, so nothing was written; a bug of ours

Findings about the content of a phrase are values (`Diagnostic`), never exceptions.
"""

from collections.abc import Sequence
from typing import NamedTuple

from qnphrase.language import _


class QnphraseError(Exception):
    """Base of all errors that qnphrase raises on purpose."""

    exit_code = 3


class UsageError(QnphraseError):
    """The call itself makes no sense: options that contradict each other, an unknown format name."""

    exit_code = 2

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}\n{self.hint}" if self.hint else self.what


class FileError(QnphraseError):
    """A file stands in the way: `what` is wrong, where, and `hint` says what to do about it.

    `line` and `column` count from 1, columns in characters; `None` where the error has no place in the file.
    """

    def __init__(
        self, what: str, *, path: str = "", line: int | None = None, column: int | None = None, hint: str = ""
    ) -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.line = line
        self.column = column
        self.hint = hint

    @property
    def place(self) -> str:
        """`path:line:column`, as far as it is known; editors make it a link."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part not in ("", None))

    def __str__(self) -> str:
        head = f"{self.place}: {self.what}" if self.place else self.what
        return f"{head}\n{self.hint}" if self.hint else head


class UnreadableFileError(FileError):
    """The file is missing, may not be read, or is no text file."""


class PackSyntaxError(FileError):
    """The text is not a pack or a book; `line` and `column` say where it stops being one."""


class UnwritableFileError(FileError):
    """The target may not be written, the disk is full, or the file changed since it was read."""


class VerificationError(FileError):
    """The edited bytes don't read back as wanted. Nothing was written; please report it."""

    exit_code = 70


class Unrepresentable(NamedTuple):
    """One phrase that a target can't carry. `characters` are the culprits, each once, in order; `why` in words."""

    group: str
    code: str
    text: str
    characters: str
    why: str = ""

    def __str__(self) -> str:
        start = self.text[:12].replace("\n", " ") + ("…" if len(self.text) > 12 else "")
        group = self.group or _("未分组")
        name = _("「{group}」{code} {start}").format(group=group, code=self.code or "-", start=start)
        culprits = " ".join(f"{_visible(c)}(U+{ord(c):04X})" for c in self.characters)
        return ": ".join(part for part in (name, " ".join(p for p in (culprits, self.why) if p)) if part)


def _visible(character: str) -> str:
    return character if character.isprintable() else "?"


class UnrepresentableError(FileError):
    """The target can't carry some phrases; `phrases` lists every one of them."""

    def __init__(self, what: str, phrases: Sequence[Unrepresentable], *, path: str = "", hint: str = "") -> None:
        super().__init__(what, path=path, hint=hint)
        self.phrases = tuple(phrases)

    def __str__(self) -> str:
        head = f"{self.place}: {self.what}" if self.place else self.what
        lines = [head, *(f"  {phrase}" for phrase in self.phrases)]
        return "\n".join([*lines, self.hint] if self.hint else lines)
