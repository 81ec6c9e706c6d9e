"""Reading a whole file, and reading a piece of one again: errors of the parser become errors of ours."""

import re

import yaml

from qnphrase.errors import PackSyntaxError
from qnphrase.formats.base import Notice
from qnphrase.formats.yaml import wrong
from qnphrase.formats.yaml.complaints import UNSEEN_BREAKS
from qnphrase.formats.yaml.complaints import complaint
from qnphrase.formats.yaml.complaints import refuse_conflict_markers
from qnphrase.formats.yaml.complaints import unseen_break
from qnphrase.formats.yaml.keys import Kind
from qnphrase.formats.yaml.keys import Shape
from qnphrase.formats.yaml.nodes import Node
from qnphrase.formats.yaml.nodes import Table
from qnphrase.formats.yaml.reader import Reader
from qnphrase.formats.yaml.stream import Source

_EXPLICIT_KEY = re.compile(r"\?(?<=[\s\[{,]\?)(?=\s|\Z)")  # the literal first: it is searched for fast


def root_of(source: Source) -> tuple[Table, list[Notice]]:
    """Read a whole file. Raises `PackSyntaxError`."""
    refuse_conflict_markers(source.document)
    if source.text.startswith("\ufeff"):  # a second BOM: libyaml would skip it, and all its marks were off by one
        what, hint = wrong.second_bom()
        raise source.document.syntax_error(what, 0, hint=hint)
    try:
        reader = Reader(source, source.stream())
        _refuse_explicit_keys(source)
        _refuse_unseen_breaks(source)
        return reader.book(), reader.notices
    except yaml.YAMLError as error:
        raise complaint(source.document, error) from None


def _refuse_explicit_keys(source: Source) -> None:
    """`? key` can't be told from events, and there is no need for it."""
    if not source.text.startswith("?") and not _EXPLICIT_KEY.search(source.text):
        return
    for token, start, end in source.tokens():
        if isinstance(token, yaml.KeyToken) and end > start:
            what, hint = wrong.complex_key()
            raise source.document.syntax_error(what, start, hint=hint)


def _refuse_unseen_breaks(source: Source) -> None:
    """U+2028 and the like are taken inside of quotes only: elsewhere programs don't agree where a line ends."""
    if not any(character in source.text for character in "\x85\u2028\u2029"):
        return
    at = 0
    for token, start, end in source.tokens():
        is_quoted = isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')
        found = UNSEEN_BREAKS.search(source.text, at, start if is_quoted else end)
        if found:
            raise unseen_break(source.document, found.start())
        at = max(at, end)


def item_of(source: Source, shape: Shape, start: int, end: int) -> Table:
    """Read one item of a list again, with the places of all its parts."""
    return Reader(source, source.piece(start, end)).phrase(shape)


def piece_of(source: Source, kind: Kind) -> Node | None:
    """Read a text that is a list of this kind and nothing else; `None` where it is none."""
    try:
        return Reader(source, source.stream()).piece(kind)
    except (yaml.YAMLError, PackSyntaxError):
        return None
