"""A file's bytes, its text, and how one stands for the other; edited only through spans."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from qnphrase.document.encoding import Encoding
from qnphrase.document.guess import decode
from qnphrase.document.span import Edit
from qnphrase.document.span import LineIndex
from qnphrase.document.span import Position
from qnphrase.document.span import in_order
from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UnrepresentableError
from qnphrase.errors import VerificationError
from qnphrase.language import _


@dataclass(frozen=True)
class Document:
    """The bytes of one file and their text. `path` is only for messages; offsets count characters of `text`."""

    data: bytes
    text: str
    encoding: Encoding
    path: str = ""

    @classmethod
    def of_bytes(cls, data: bytes, *, encoding: str | None = None, path: str = "") -> "Document":
        """Decode `data`; see `guess.decode` for how and for the errors."""
        text, found = decode(data, encoding=encoding, path=path)
        return cls(data, text, found, path)

    @classmethod
    def of_text(cls, text: str, encoding: Encoding, *, path: str = "") -> "Document":
        """Make a new document. Raises `UnrepresentableError` where the encoding can't carry `text`."""
        try:
            return cls(encoding.whole(text), text, encoding, path)
        except UnicodeEncodeError as error:
            raise _unencodable(error, encoding, path) from None

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.text)

    def position(self, offset: int) -> Position:
        """Return line and column (from 1, in characters) of `offset`."""
        return self._lines.position(offset)

    def line_start(self, line: int) -> int:
        """Return the offset of the first character of a line, counted from 1."""
        return self._lines.line_start(line)

    def syntax_error(self, what: str, offset: int, *, hint: str = "") -> PackSyntaxError:
        """Return (not raise) the error that `what` is wrong at `offset`."""
        line, column = self.position(offset)
        return PackSyntaxError(what, path=self.path, line=line, column=column, hint=hint)

    def edited(self, edits: Sequence[Edit]) -> "Document":
        """Return the document with `edits` made and every byte outside of them kept.

        Raises `UnrepresentableError` for a character that the encoding can't carry, `VerificationError` where the new
        bytes don't read back as the new text: a broken byte just before an insertion can swallow what is inserted.
        """
        if not edits:
            return self
        texts: list[str] = []
        chunks = [self.encoding.bom]
        at = 0
        byte_at = len(self.encoding.bom)
        try:
            for edit in in_order(edits):
                kept = self.text[at : edit.span.start]
                kept_size = len(self.encoding.encode(kept))
                replaced_size = len(self.encoding.encode(edit.span.of(self.text)))
                chunks += [self.data[byte_at : byte_at + kept_size], self.encoding.encode(edit.text)]
                texts += [kept, edit.text]
                at = edit.span.end
                byte_at += kept_size + replaced_size
        except UnicodeEncodeError as error:
            raise _unencodable(error, self.encoding, self.path) from None
        chunks.append(self.data[byte_at:])
        texts.append(self.text[at:])
        new = Document(b"".join(chunks), "".join(texts), self.encoding, self.path)
        new.check()
        return new

    def check(self) -> None:
        """Make sure that the bytes read back as the text; raise `VerificationError` where they don't."""
        body = self.data[len(self.encoding.bom) : len(self.data) - len(self.encoding.tail)]
        if self.encoding.decode(body) != self.text:
            raise VerificationError(
                _("改好的内容写成 {name} 再读回来不一样，没有写入").format(name=self.encoding.label), path=self.path
            )


def _unencodable(error: UnicodeEncodeError, encoding: Encoding, path: str) -> UnrepresentableError:
    character = error.object[error.start]
    return UnrepresentableError(
        _("{name} 里没有这个字符：{character}（U+{code:04X}）").format(
            name=encoding.label, character=character if character.isprintable() else "?", code=ord(character)
        ),
        [],
        path=path,
        hint=_("可以改用 --encoding utf-8-sig 或 gb18030，或者换掉这个字符。"),
    )
