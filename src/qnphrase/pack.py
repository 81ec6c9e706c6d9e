"""A pack or book in hand: the file it came from, what it holds, and the edits from one book to the next.

    pack = load("导出.csv")
    edited = pack.with_book(new_book)      # plans the edits and verifies them; nothing is written yet
    save(edited, "导出.csv")               # replaces the file atomically

Edits are always planned against the file as it was loaded, so undoing one gives the original bytes.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from qnphrase.document.document import Document
from qnphrase.document.encoding import Encoding
from qnphrase.document.encoding import named_encoding
from qnphrase.document.replace import read_bytes
from qnphrase.document.replace import replace_file
from qnphrase.document.span import Edit
from qnphrase.errors import FileError
from qnphrase.errors import Unrepresentable
from qnphrase.errors import UnrepresentableError
from qnphrase.errors import VerificationError
from qnphrase.formats.base import Format
from qnphrase.formats.base import Notice
from qnphrase.formats.base import Reading
from qnphrase.formats.base import ReadOptions
from qnphrase.formats.base import Style
from qnphrase.formats.losses import Loss
from qnphrase.formats.losses import carried
from qnphrase.formats.patching import reread
from qnphrase.formats.table import format_named
from qnphrase.formats.table import format_of
from qnphrase.formats.unmerged import refuse_unmerged
from qnphrase.language import _
from qnphrase.text import unencodable

if TYPE_CHECKING:
    from qnphrase.model import Phrase
    from qnphrase.model import Phrasebook

Source = str | os.PathLike[str] | bytes


@dataclass(frozen=True)
class Pack:
    """A CSV or XML pack, or a YAML book: its file and what it holds. Frozen; `with_book` gives another."""

    reading: Reading
    format: str
    options: ReadOptions = field(default_factory=ReadOptions)
    origin: "Pack | None" = None

    @cached_property
    def book(self) -> "Phrasebook":
        """The book that the file holds."""
        return self.reading.book()

    @property
    def document(self) -> Document:
        """The file's bytes and text."""
        return self.reading.document

    @property
    def path(self) -> str:
        """Where the file was loaded from; empty for bytes."""
        return self.document.path

    @property
    def notices(self) -> Sequence[Notice]:
        """What the user should know of the file, though it can be read."""
        return self.reading.notices

    @property
    def loaded(self) -> "Pack":
        """The pack as it was loaded, before any `with_book`."""
        return self.origin or self

    def to_bytes(self) -> bytes:
        """Return the bytes of the file: unedited, the very bytes that were loaded."""
        return self.document.data

    def losses(self, book: "Phrasebook") -> tuple[Loss, ...]:
        """Return what of `book` this file has no room for."""
        return carried(book, self.loaded.reading.carries)[1]

    def with_book(self, book: "Phrasebook", *, allow_loss: bool = False) -> "Pack":
        """Return the pack that holds `book`, edited only where `book` differs from what the file holds.

        What the file has no room for is left out where `allow_loss` says so. Raises `UnrepresentableError` for that and
        for text that the file's encoding or format can't carry, `VerificationError` where the edited file doesn't read
        back as `book`. Writes nothing.
        """
        loaded = self.loaded
        wanted, lost = carried(book, loaded.reading.carries)
        if lost and not allow_loss:
            raise _no_room(lost, self.path)
        if wanted == loaded.book:
            return loaded
        module = format_named(self.format)
        if not module.WRITES_REFERENCES:
            _refuse_unencodable(wanted, loaded.book, loaded.document.encoding, self.path)
        document = loaded.document.edited(loaded.reading.edits(wanted))
        reading = _verified(module, document, self.options, wanted)
        return Pack(reading, self.format, self.options, origin=loaded)

    def with_edits(self, edits: Sequence[Edit]) -> "Pack":
        """Return the pack with other writing that says the same, such as quotes around a text.

        Raises `VerificationError` where the edited file says something else. Writes nothing.
        """
        document = self.document.edited(list(edits))
        reading = _verified(format_named(self.format), document, self.options, self.book)
        return Pack(reading, self.format, self.options, origin=self.loaded)


def load(
    source: Source,
    *,
    format: str | None = None,
    encoding: str | None = None,
    mapping: str | None = None,
    name: str = "",
    near: Pack | None = None,
) -> Pack:
    """Read a pack or book from a path, or from bytes that messages call `name`.

    `format` (`csv`, `xml`, `yaml`), `encoding` (a codec's name) and `mapping` (where an XML file keeps its fields) say
    what the file doesn't. Where the file is much like `near`, it is read quicker; nothing else hangs on that. Raises
    `UnreadableFileError` or `PackSyntaxError`.
    """
    path, data = (name, source) if isinstance(source, bytes) else (os.fspath(source), read_bytes(source))
    document = Document.of_bytes(data, encoding=encoding, path=path)
    refuse_unmerged(document)
    chosen = format_named(format).NAME if format else format_of(path, document.text)
    options = ReadOptions(mapping)
    is_near = near is not None and (near.format, near.options) == (chosen, options)
    known = reread(near.reading, document) if near is not None and is_near else None
    return Pack(known or format_named(chosen).read(document, options), chosen, options)


def save(pack: Pack, path: str | os.PathLike[str]) -> None:
    """Write the pack to `path`, atomically: the old file or the new one stands there, whole.

    Writing to where the pack was loaded from is refused if the file changed meanwhile. Raises `UnwritableFileError`.
    """
    same = bool(pack.path) and os.path.realpath(pack.path) == os.path.realpath(path)
    replace_file(path, pack.to_bytes(), expected=pack.loaded.document.data if same else None)


def new_pack(
    book: "Phrasebook",
    format: str,
    *,
    encoding: str | None = None,
    guard: bool = False,
    allow_loss: bool = False,
) -> Pack:
    """Return a new pack that holds `book`, in the form that qnphrase itself gives to `format`.

    `guard` writes the cells of a CSV pack so that Excel leaves them alone. Errors as of `Pack.with_book`.
    """
    module = format_named(format)
    target = named_encoding(encoding or module.DEFAULT_ENCODING)
    style = Style(encoding_label=target.label, newline=module.DEFAULT_NEWLINE, guard=guard)
    room = module.room()
    wanted, lost = carried(book, room)
    if lost and not allow_loss:
        raise _no_room(lost, "")
    if not module.WRITES_REFERENCES:
        _refuse_unencodable(wanted, None, target, "")
    document = Document.of_text(module.new(wanted, style), target)
    document.check()
    return Pack(_verified(module, document, ReadOptions(), wanted), module.NAME)


def convert(
    pack: Pack,
    format: str | None = None,
    *,
    like: Pack | None = None,
    encoding: str | None = None,
    guard: bool = False,
    allow_loss: bool = False,
) -> Pack:
    """Return the same book in another form: in another `format`, `like` a sample file, in another `encoding`.

    Like a sample means: the sample, edited to hold the book, so that what both hold keeps the sample's bytes. Where
    nothing changes, the pack itself comes back. Errors as of `Pack.with_book`.
    """
    if like is not None:
        return reencoded(like.with_book(pack.book, allow_loss=allow_loss), encoding)
    if format is None or format_named(format).NAME == pack.format:
        return reencoded(pack, encoding)
    return new_pack(pack.book, format, encoding=encoding, guard=guard, allow_loss=allow_loss)


def reencoded(pack: Pack, encoding: str | None) -> Pack:
    """Return the pack with the same text in another encoding; `None` or the one it has: the pack itself."""
    if encoding is None:
        return pack
    target = named_encoding(encoding)
    current = pack.document.encoding
    if (target.name, target.bom) == (current.name, current.bom):
        return pack
    module = format_named(pack.format)
    if not module.WRITES_REFERENCES:
        _refuse_unencodable(pack.book, None, target, pack.path)
    text = module.relabelled(pack.document.text, target)
    document = Document.of_text(text, target, path=pack.path)
    return Pack(_verified(module, document, pack.options, pack.book), pack.format, pack.options)


def same_in_packs(a: "Phrasebook", b: "Phrasebook") -> bool:
    """Return whether two books are the same to Qianniu: equal in all that a CSV or XML pack carries."""
    return a.carried_by_packs() == b.carried_by_packs()


def _verified(module: Format, document: Document, options: ReadOptions, wanted: "Phrasebook") -> Reading:
    """Read a file that is to be written, and make sure that it holds what is wanted."""
    try:
        reading = module.read(document, options)
        if reading.book() == wanted:
            return reading
        why = _("内容和要写的不一样")
    except FileError as error:
        why = error.what
    raise VerificationError(
        _("改好的文件读回来对不上（{why}），没有写入").format(why=why),
        path=document.path,
        hint=_("这是 qnphrase 的问题，请把文件（去掉顾客信息）发给我们。"),
    )


def _no_room(lost: Sequence[Loss], path: str) -> UnrepresentableError:
    return UnrepresentableError(
        _("目标文件装不下这些内容：{losses}").format(losses=_("；").join(map(str, lost))),
        [],
        path=path,
        hint=_("确认可以不要，就允许丢弃（allow_loss=True）。"),
    )


def _refuse_unencodable(wanted: "Phrasebook", there: "Phrasebook | None", encoding: Encoding, path: str) -> None:
    """Name every phrase that the encoding can't carry, before a byte is written. What already stands there may stay:
    lone surrogates are bytes that could not be decoded.
    """
    rows = _texts(wanted)
    if there is None and not _strangers("".join(part for row in rows for part in row), encoding):
        return  # as nearly always: asked once for all
    known = set(_texts(there)) if there is not None else set()
    refused = []
    for group, code, text, extra in rows:
        if (group, code, text, extra) in known:
            continue
        characters = dict.fromkeys(_strangers(group + code + text + extra, encoding))
        if characters:
            refused.append(Unrepresentable(group, code, text, "".join(characters)))
    if refused:
        raise UnrepresentableError(
            _("有 {count} 条短语含有 {encoding} 里没有的字符").format(
                count=len(refused), encoding=encoding.label.upper()
            ),
            refused,
            path=path,
            hint=_("可以换掉这些字符，或者用 --encoding gb18030 或 utf-8-sig 输出（先确认千牛能导入）。"),
        )


def _texts(book: "Phrasebook") -> list[tuple[str, str, str, str]]:
    from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP

    texts = [(group, phrase.code, phrase.text, "".join(_besides(phrase))) for group, phrase in book.all_phrases()]
    texts += [
        (AUTO_REPLY_GROUP, reply.phrase, reply.text, "".join([*reply.extra, *reply.extra.values()]))
        for reply in book.auto_replies
    ]
    texts += [(group.name, "", "", "") for group in book.groups if not group.phrases]
    texts += [("", "", part, "") for part in (book.shop, book.signature, *book.remove) if part]
    return texts


def _besides(phrase: "Phrase") -> list[str]:
    return [*phrase.extra, *phrase.extra.values(), *phrase.tags, phrase.note, phrase.replace]


def _strangers(text: str, encoding: Encoding) -> list[str]:
    """Return the characters that the encoding can't carry; a lone surrogate is none of any encoding."""
    if encoding.name == "cp936":
        return [character for _offset, character in unencodable(text.replace("€", ""), "gbk")]
    return [character for _offset, character in unencodable(text, encoding.name)]
