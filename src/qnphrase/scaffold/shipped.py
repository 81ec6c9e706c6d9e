"""The phrasebooks that come with qnphrase: beside the code in a wheel, at the top of a checkout."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from qnphrase.configuration import NAME
from qnphrase.errors import UnreadableFileError
from qnphrase.language import _
from qnphrase.pack import load
from qnphrase.replies.beside import ENDINGS
from qnphrase.replies.beside import is_suite

BASE = "通用.yaml"
TRADES, PLATFORMS, SEASONS = "行业", "平台", "节日"


def shipped_folder() -> Path:
    """Return where they are. Raises `UnreadableFileError` where somebody has taken them away."""
    here = Path(__file__).resolve()
    places = (here.parents[1] / "phrasebooks", here.parents[3] / "phrasebooks")
    found = next((place for place in places if (place / BASE).is_file()), None)
    if found is None:
        raise UnreadableFileError(
            _("找不到 qnphrase 自带的短语本"), path=str(places[0]), hint=_("请重新安装 qnphrase。")
        )
    return found


def trades() -> list[str]:
    """Return the trades that there is a book for."""
    return _names(TRADES)


def platforms() -> list[str]:
    """Return the platforms that there is a book for; Taobao needs none."""
    return _names(PLATFORMS)


def seasons(today: datetime.date) -> list[str]:
    """Return the seasons that aren't over: no phrase of theirs is past its last day."""
    return [name for name in _names(SEASONS) if not _is_over(f"{SEASONS}/{name}.yaml", today)]


def configuration_path() -> str:
    """Return the configuration that declares their variables."""
    return str(shipped_folder() / NAME)


def text_of(book: str) -> str:
    """Return the text of a book, by its path in the folder."""
    return (shipped_folder() / book).read_text(encoding="utf-8")


def with_tests(book: str) -> Iterator[str]:
    """Yield a book and the tests of auto-replies beside it."""
    yield book
    suite = book.removesuffix(".yaml") + ENDINGS[0]
    if (shipped_folder() / suite).is_file():
        yield suite


def _names(room: str) -> list[str]:
    books = (shipped_folder() / room).glob("*.yaml")
    return sorted(path.stem for path in books if not is_suite(path.name))


def _is_over(book: str, today: datetime.date) -> bool:
    phrases = load(shipped_folder() / book).book.all_phrases()
    return any(phrase.until is not None and phrase.until < today for _group, phrase in phrases)
