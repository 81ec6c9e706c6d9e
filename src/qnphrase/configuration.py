"""A YAML file of settings: its values, and the place of each, so that what is wrong can be pointed at."""

import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from qnphrase.document.document import Document
from qnphrase.document.replace import read_bytes
from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UsageError
from qnphrase.language import _

if TYPE_CHECKING:
    from pydantic import ValidationError

NAME = "qnphrase.yaml"

Way = tuple[str | int, ...]

_TEXT = "tag:yaml.org,2002:str"


class Mark(NamedTuple):
    """Where a setting stands: line and column from 1, columns in characters."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Configuration(NamedTuple):
    """The values of a file as YAML has them, and the places of all keys and items by the way that leads there."""

    path: str
    values: Any
    marks: Mapping[Way, Mark]

    def mark(self, *way: str | int) -> Mark:
        """Return the place of what `way` leads to, or of what holds it as far as it is written."""
        ends = (way[:end] for end in range(len(way), -1, -1))
        return next((self.marks[end] for end in ends if end in self.marks), Mark(self.path, 1, 1))


def nearest_configuration(path: str) -> str | None:
    """Return the nearest configuration from the folder of `path` upwards; relative where it is below this folder."""
    path = os.path.abspath(path)
    folder = Path(path if os.path.isdir(path) else os.path.dirname(path))
    found = next((up / NAME for up in (folder, *folder.parents) if (up / NAME).is_file()), None)
    if found is None:
        return None
    here = Path.cwd()
    return str(found.relative_to(here) if found.is_relative_to(here) else found)


def read_configuration(path: str, is_text: Callable[[Way], bool]) -> Configuration:
    """Read a file of settings. What `is_text` says yes to is taken as it is typed: `9:30` is no number of seconds.

    Raises `UsageError` with the place, `UnreadableFileError` for a file that isn't there.
    """
    import yaml

    from qnphrase.formats.yaml.complaints import complaint

    document = None
    try:
        document = Document.of_bytes(read_bytes(path), path=path)
        loader = yaml.SafeLoader(document.text)
        node = loader.get_single_node()
        walk = _Walk(path, loader, is_text)
        walk.look_at(node, ())
        if walk.problems:
            raise refused(walk.problems)
        values = {} if node is None else loader.construct_document(node)
    except PackSyntaxError as error:
        raise UsageError(str(error)) from None
    except yaml.YAMLError as error:
        assert document is not None  # noqa: S101 - there was a text to complain of
        found = complaint(document, error)
        problem = _("配置文件不是合格的 YAML：{problem}").format(problem=found.what)
        raise UsageError(f"{found.place}: {problem}", hint=found.hint) from None
    except RecursionError:
        raise UsageError(f"{path}: " + _("括号套得太深了")) from None
    return Configuration(path, {} if values is None else values, walk.marks)


class _Walk:
    """Notes where everything stands, and what YAML lets pass though a setting would get lost by it."""

    def __init__(self, path: str, loader: Any, is_text: Callable[[Way], bool]) -> None:
        self.marks: dict[Way, Mark] = {}
        self.problems: list[tuple[Mark, str]] = []
        self._path = path
        self._loader = loader
        self._is_text = is_text
        self._open: set[int] = set()  # the nodes that we are in: an alias may lead back to one of them

    def look_at(self, node: Any, way: Way) -> None:
        if node is None:
            return
        self.marks[way] = self._mark(node)
        if node.id == "scalar":
            self._settle(node, way)
        elif id(node) in self._open:
            self.problems.append((self._mark(node), _("这里的 & 和 * 绕成了一圈")))
        else:
            self._open.add(id(node))
            if node.id == "mapping":
                self._look_at_keys(node, way)
            else:
                for index, value in enumerate(node.value):
                    self.look_at(value, (*way, index))
            self._open.remove(id(node))

    def _look_at_keys(self, node: Any, way: Way) -> None:
        seen: dict[str, Mark] = {}
        for key, value in node.value:
            if key.id != "scalar":
                self.problems.append((self._mark(key), _("冒号前面只能是一个名字；以 [ 或 { 开头的要加引号")))
                continue
            under = (*way, key.value)
            self.look_at(value, under)
            self.marks[under] = self._mark(key)
            if key.value in seen:
                message = _("“{name}”写了两次，前一个在第 {line} 行；请只留一个")
                self.problems.append((self._mark(key), message.format(name=key.value, line=seen[key.value].line)))
            seen.setdefault(key.value, self._mark(key))
            if self._is_text(under):
                key.tag = _TEXT

    def _settle(self, node: Any, way: Way) -> None:
        """Take a value as it is typed where that is meant; nothing at all is no text, `""` is one."""
        construct = self._loader.yaml_constructors.get(node.tag)
        if self._is_text(way):
            if node.value or node.style:
                node.tag = _TEXT
        elif construct is not None:
            try:
                construct(self._loader, node)
            except ValueError:  # it only looks like a day, as 2026-02-30 does
                node.tag = _TEXT

    def _mark(self, node: Any) -> Mark:
        return Mark(self._path, node.start_mark.line + 1, node.start_mark.column + 1)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question whether a known word was meant, to be put behind a message; empty where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, sorted(known), n=1)
    return _("，是不是“{name}”？").format(name=near[0]) if near else ""


def refused(problems: Iterable[tuple[Mark, str]]) -> UsageError:
    """Return the error that settings are wrong, each named with its place."""
    lines = [f"{mark}: {message}" for mark, message in sorted(problems)]
    return UsageError("\n".join(lines), hint=_("配置的写法见 qnphrase schema --config。"))


def refused_by_model(error: "ValidationError", configuration: Configuration) -> UsageError:
    """Return the error for what a pydantic model found wrong with the values."""
    return refused(_problem(problem, configuration) for problem in error.errors())


def _problem(problem: Any, configuration: Configuration) -> tuple[Mark, str]:
    way = tuple(problem["loc"])
    # A single item may be written without its list, which puts a number into the way that isn't in the file.
    shorter = tuple(part for part in way if part != 0)
    mark = configuration.mark(*(way if way in configuration.marks else shorter))
    key = ".".join(str(part) for part in way if part != "[key]")  # pydantic's own word for a key
    return mark, f"{key}: {_in_words(problem)}" if key else _in_words(problem)


def _in_words(problem: Any) -> str:
    kinds = {
        "extra_forbidden": _("没有这一项"),
        "invalid_key": _("没有这一项"),
        "missing": _("必须写这一项"),
        "int_parsing": _("要写整数"),
        "int_type": _("要写整数"),
        "bool_parsing": _("要写 true 或 false"),
        "bool_type": _("要写 true 或 false"),
        "string_type": _("要写文字（加引号）"),
        "list_type": _("要写成列表"),
        "dict_type": _("要写成一组“键: 值”"),
        "model_type": _("要写成一组“键: 值”"),
        "date_from_datetime_parsing": _("日期要写成 2026-12-31"),
        "enum": _("只能是 error、warning 或 info"),
    }
    if problem["type"] == "string_type" and problem["input"] is None:
        return _('没有写值；真的要空着，写成 ""')
    if problem["type"] == "literal_error":
        return _("只能是 {expected}").format(expected=problem["ctx"]["expected"].replace(" or ", _(" 或 ")))
    return kinds.get(problem["type"], str(problem["msg"]).removeprefix("Value error, "))
