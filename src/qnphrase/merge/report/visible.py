"""Showing what can't be seen: blanks, line breaks and characters without a shape, by their names in `<…>`."""

import unicodedata

from qnphrase.language import _
from qnphrase.merge.words import Piece
from qnphrase.text.pattern import lazy_pattern

# Between letters, digits and signs of ASCII a blank is seen; elsewhere it is not, or not how many.
_SEEN_BLANK = lazy_pattern(r"(?<=[!-~]) (?=[!-~])")
_EMOJI = lazy_pattern(r"[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_FILLER = "\u3164"  # a letter to Unicode, nothing to the eye


def visible(text: str) -> str:
    """Return `text` with what has no shape shown by its name; blanks and line breaks stay what they are."""
    if text.isprintable() and _FILLER not in text:
        return text
    return "".join(character if character in " \n\u3000" else _shown(text, at) for at, character in enumerate(text))


def visible_change(piece: Piece) -> Piece:
    """Return both sides of a change so that they don't look the same: blanks and line breaks by their names, too, and
    accents where nothing else differs.
    """
    is_fine = bool(piece.old and piece.new) and _bare(piece.old) == _bare(piece.new)
    return Piece(_exactly(piece.old, is_fine=is_fine), _exactly(piece.new, is_fine=is_fine))


def _exactly(text: str, *, is_fine: bool) -> str:
    seen = {found.start() for found in _SEEN_BLANK.finditer(text)}
    return "".join(
        _named(character)
        if (is_fine and _is_mark(character)) or (character in " \n\u3000" and at not in seen)
        else _shown(text, at)
        for at, character in enumerate(text)
    )


def _bare(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFD", text) if not _is_mark(character))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _shown(text: str, at: int) -> str:
    character = text[at]
    if character == "\u200d" and at and _EMOJI.match(text, at - 1):  # it joins two emoji into one
        return character
    return character if character == " " or (character.isprintable() and character != _FILLER) else _named(character)


def _named(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # a byte that could not be decoded
        return f"<{ord(character) - 0xDC00:02X}>"
    name = _names().get(character)
    return f"<{name}>" if name else f"<U+{ord(character):04X}>"


def _names() -> dict[str, str]:
    return {
        " ": _("空格"),
        "\n": _("换行"),
        "\t": "TAB",
        "\u3000": _("全角空格"),
        "\xa0": _("不换行空格"),
        "\u200b": _("零宽空格"),
        "\u200c": _("零宽不连字"),
        "\u200d": _("零宽连字"),
        "\ufeff": "BOM",
    }
