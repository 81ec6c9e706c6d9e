"""Messages of buyers as a log has them, one line each: time, buyer, status of the desk, contacts being served.

    time,buyer,status,contacts
    2026-11-11 23:50:07,tb_001,busy,35

CSV with a header (the order of its columns is free, further ones are left alone), or JSON lines with the same keys.
Lines are read as they come, so a log may be of any size. One event is one line: a quoted cell can't hold a line break,
so a quote that is never closed costs one line and not the rest of the file. A line that says nothing usable is named
and left out, and reading goes on.
"""

import csv
import datetime
import json
from collections.abc import Iterable
from collections.abc import Iterator
from itertools import chain
from typing import Any
from typing import BinaryIO
from typing import NamedTuple

from qnphrase.errors import PackSyntaxError
from qnphrase.language import _
from qnphrase.replies.log_lines import text_lines
from qnphrase.replies.situation import Status
from qnphrase.replies.situation import moment_of
from qnphrase.replies.situation import status_of

FIELDS = ("time", "buyer", "status", "contacts")
KEPT = 20  # broken lines that are named; all are counted
_NAMES = {
    **{field: field for field in FIELDS},
    **dict.fromkeys(("时间", "消息时间", "发送时间", "日期时间"), "time"),
    **dict.fromkeys(("买家", "买家昵称", "买家id", "顾客", "客户"), "buyer"),
    **dict.fromkeys(("状态", "客服状态"), "status"),
    **dict.fromkeys(("人数", "联系人数", "接待人数", "正在联系的人数"), "contacts"),
}
_NEEDED = ("time", "buyer")
_MOST_DIGITS = 9
_NUMBERS = {"": 1, **{str(number): number for number in range(10_000)}}


class Event(NamedTuple):
    """A buyer writes. `line` counts from 1, 0 where there is no file; `at` is a time of the shop's clock."""

    line: int
    at: datetime.datetime
    buyer: str
    status: Status
    contacts: int


class BrokenLine(NamedTuple):
    """A line that was left out, and why."""

    line: int
    why: str

    def __str__(self) -> str:
        return _("第 {line} 行：{message}").format(line=self.line, message=self.why)


class BrokenLines:
    """All lines that were left out: the first ones by name, all of them by number."""

    def __init__(self) -> None:
        self.named: list[BrokenLine] = []
        self.count = 0

    def add(self, line: int, why: str) -> None:
        """Put down one more."""
        self.count += 1
        if len(self.named) < KEPT:
            self.named.append(BrokenLine(line, why))


class EventReader:
    """The events of a log, to be gone through once.

    `broken` are the lines that were left out so far; `assumed` the fields among status and contacts that the log (or
    some line of it) doesn't have: then the desk is online and serves one contact.
    """

    def __init__(self, stream: BinaryIO, *, path: str = "", encoding: str | None = None) -> None:
        self._stream = stream
        self._path = path
        self._encoding = encoding
        self.broken = BrokenLines()
        self.assumed: set[str] = set()

    def __iter__(self) -> Iterator[Event]:
        """Read on. Raises `UnreadableFileError`, or `PackSyntaxError` where the header doesn't name what is needed."""
        lines: Iterator[tuple[int, str]]
        lines = enumerate(text_lines(self._stream, encoding=self._encoding, path=self._path), 1)
        for number, line in lines:
            if not line.strip():
                continue
            if line.lstrip().startswith("{"):
                form: _Table | _Objects = _Objects()
                lines = chain([(number, line)], lines)
            else:
                form = _Table(line, self._path, number)
            self.assumed = form.assumed
            yield from form.events(lines, self.broken)
            return
        raise PackSyntaxError(_("没有记录，文件是空的"), path=self._path, line=1, hint=_hint())


class _Table:
    """CSV: the header says which cell is what."""

    def __init__(self, header: str, path: str, line: int) -> None:
        self._delimiter = max(",\t;", key=header.count)
        try:
            names = [_NAMES.get(cell.strip().lower(), "") for cell in self._cells(header)]
        except ValueError as error:
            raise PackSyntaxError(str(error), path=path, line=line) from None
        missing = [field for field in _NEEDED if field not in names]
        if missing:
            what = _("表头里没有这些列：{names}").format(names=_("、").join(missing))
            raise PackSyntaxError(what, path=path, line=line, hint=_hint())
        twice = next((field for field in FIELDS if names.count(field) > 1), None)
        if twice is not None:
            what = _("表头里有两列都是 {name}").format(name=twice)
            raise PackSyntaxError(what, path=path, line=line, hint=_hint())
        self._width = len(names)
        self.assumed = {field for field in FIELDS if field not in names}
        # A column that isn't there is the empty cell behind the last one.
        self._places = [names.index(field) if field in names else self._width for field in FIELDS]
        self._statuses: dict[str, Status] = {"": Status.ONLINE}

    def events(self, lines: Iterable[tuple[int, str]], broken: BrokenLines) -> Iterator[Event]:
        """Yield what the lines say; a million of them pass here."""
        statuses, delimiter, width = self._statuses, self._delimiter, self._width
        time_at, buyer_at, status_at, contacts_at = self._places
        make, numbers = tuple.__new__, _NUMBERS
        for number, line in lines:
            try:
                cells = line.split(delimiter) if '"' not in line else self._cells(line)
                if len(cells) != width:
                    self._fit(cells)
                cells.append("")
                word, contacts = cells[status_at], cells[contacts_at]
                at = _moment(cells[time_at])
                buyer = _buyer(cells[buyer_at])
                status = statuses[word] if word in statuses else self._status(word)
                count = numbers[contacts] if contacts in numbers else _contacts(contacts)
            except ValueError as error:
                if line.strip(f'{delimiter} \t"'):  # else a blank row
                    broken.add(number, str(error))
            else:
                yield make(Event, (number, at, buyer, status, count))  # twice as fast as to call it

    def _status(self, word: str) -> Status:
        status = self._statuses[word] = status_of(word) if word.strip() else Status.ONLINE
        return status

    def _cells(self, line: str) -> list[str]:
        try:
            return next(csv.reader([line], delimiter=self._delimiter, strict=True))
        except csv.Error:
            raise ValueError(_("引号没有配对；一条记录只能占一行")) from None

    def _fit(self, cells: list[str]) -> None:
        """Cut empty cells off that spreadsheets append. Raises `ValueError` where the number of cells is wrong."""
        if len(cells) < self._width or any(cell.strip() for cell in cells[self._width :]):
            raise ValueError(_("有 {count} 格，表头有 {width} 格").format(count=len(cells), width=self._width))
        del cells[self._width :]


class _Objects:
    """JSON lines."""

    def __init__(self) -> None:
        self.assumed: set[str] = set()

    def events(self, lines: Iterable[tuple[int, str]], broken: BrokenLines) -> Iterator[Event]:
        """Yield what the lines say."""
        for number, line in lines:
            if line.strip():
                try:
                    event = self._event(number, line)
                except ValueError as error:
                    broken.add(number, str(error))
                else:
                    yield event

    def _event(self, number: int, line: str) -> Event:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise ValueError(_("不是一个 JSON 对象；一条记录只能占一行"))
        said = {_NAMES.get(key.strip().lower(), ""): value[key] for key in value}
        missing = [field for field in _NEEDED if said.get(field) is None]
        if missing:
            raise ValueError(_("缺少：{names}").format(names=_("、").join(missing)))
        texts = {field: _text(field, said.get(field)) for field in FIELDS}
        self.assumed.update(field for field in FIELDS if not texts[field])
        status = status_of(texts["status"]) if texts["status"] else Status.ONLINE
        return Event(number, _moment(texts["time"]), _buyer(texts["buyer"]), status, _contacts(texts["contacts"]))


def _text(field: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and _is_text(value):
        return value.strip()
    if field in ("buyer", "contacts") and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ValueError(_("{name} 的值不对").format(name=field))


def _is_text(value: str) -> bool:
    """Return whether a string can be written again: JSON may spell half of a character by its number."""
    try:
        return bool(value.encode("utf-8", "surrogateescape")) or not value
    except UnicodeEncodeError:
        return False


def _moment(text: str) -> datetime.datetime:
    """Return what `moment_of` returns; the commonest spelling is read by the library, for a million lines."""
    if len(text) == 19 and text[7] == "-" and text[10] in " T":
        try:
            at = datetime.datetime.fromisoformat(text)
        except ValueError:
            return moment_of(text)
        if at.tzinfo is None:
            return at
    return moment_of(text)


def _buyer(text: str) -> str:
    name = text.strip()
    if not name:
        raise ValueError(_("没有写买家"))
    return name


def _contacts(text: str) -> int:
    """Return the number of contacts; where nothing is said there is this buyer."""
    number = text.strip()
    if not number:
        return 1
    if not number.isdecimal() or len(number) > _MOST_DIGITS:
        raise ValueError(_("人数要写成数字：{text}").format(text=number))
    return int(number)


def _hint() -> str:
    return _("第一行写表头 time,buyer,status,contacts（时间、买家、状态、人数），一条消息一行；或者一行一个 JSON。")
