"""Reading tests of auto-replies from YAML: every value is a text, and each has its place."""

from collections.abc import Callable
from collections.abc import Collection
from typing import Any
from typing import TypeVar

import yaml

from qnphrase.document.document import Document
from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.replies.cases import Case
from qnphrase.replies.cases import Expected
from qnphrase.replies.cases import Suite
from qnphrase.replies.profile import DEFAULT_PROFILE
from qnphrase.replies.profile import profile_named
from qnphrase.replies.situation import Status
from qnphrase.replies.situation import moment_of
from qnphrase.replies.situation import status_of

_SUITE_KEYS = ("version", "book", "profile", "cases")
_CASE_KEYS = ("name", "at", "status", "contacts", "first_today", "last_sent", "reply", "text")
_NONE = ("none", "无", "")
_YES, _NO = ("true", "yes", "是"), ("false", "no", "否")
_MOST_CONTACTS = 1_000_000

T = TypeVar("T")
Entries = dict[str, yaml.Node]


def read_suite(document: Document) -> Suite:
    """Read a file of tests. Raises `PackSyntaxError` with the place of what is wrong."""
    reader = _Reader(document)
    root = reader.root()
    entries = reader.entries(root, _SUITE_KEYS)
    if "cases" not in entries:
        raise reader.error(root, _("没有写 cases（用例）"), _("请写 cases: ，下面每个用例以“- ”开头。"))
    version = reader.text_of(entries, "version", "1")
    if version != "1":
        raise reader.error(entries["version"], _("不认识版本 {version}，现在是 1").format(version=version))
    profile = reader.text_of(entries, "profile", DEFAULT_PROFILE)
    if "profile" in entries:
        reader.checked(entries["profile"], lambda name: profile_named(name).name)
    cases = tuple(reader.case(node) for node in reader.items(entries["cases"]))
    return Suite(document, cases, reader.text_of(entries, "book", ""), profile)


class _Reader:
    """One document, and what can be wrong with it."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def root(self) -> yaml.Node:
        """Return the outermost node."""
        try:
            node = yaml.compose(self._document.text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            raise self._no_yaml(error) from None
        except RecursionError:
            raise self._document.syntax_error(_("括号套得太深了"), 0) from None
        if node is None:
            raise self._document.syntax_error(_("这个测试文件是空的"), 0)
        return node

    def _no_yaml(self, error: yaml.YAMLError) -> PackSyntaxError:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = mark.index if mark is not None else getattr(error, "position", 0)  # of a character that YAML refuses
        hint = _("请看这一行和上一行：缩进、冒号后面的空格、引号和括号；内容里有冒号或 # 时要用引号括起来。")
        return self._document.syntax_error(_("这里不是合格的 YAML"), place, hint=hint)

    def error(self, node: yaml.Node, what: str, hint: str = "") -> PackSyntaxError:
        """Return (not raise) the error that `what` is wrong at a node."""
        return self._document.syntax_error(what, node.start_mark.index, hint=hint)

    def entries(self, node: yaml.Node, known: Collection[str] | None = None) -> Entries:
        """Return the values of a mapping by their keys; `known` are the keys that there may be."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, _("这里要写成一组“字段: 内容”"))
        found: Entries = {}
        for key, value in node.value:
            name = self.text(key)
            if known is not None and name not in known:
                raise self.error(key, _("没有“{name}”这个字段").format(name=name), _hint(name, known))
            if name in found:
                raise self.error(key, _("“{name}”写了两次").format(name=name))
            found[name] = value
        return found

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        """Return the items of a list; nothing at all is an empty one."""
        if isinstance(node, yaml.ScalarNode) and not node.value:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(node, _("这里要写成列表，每一项以“- ”开头"))
        return list(node.value)

    def text(self, node: yaml.Node) -> str:
        """Return a text."""
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(node, _("这里要写文字"))
        return str(node.value)

    def text_of(self, entries: Entries, name: str, otherwise: str) -> str:
        """Return the text under a key, or another where there is none."""
        return self.text(entries[name]) if name in entries else otherwise

    def checked(self, node: yaml.Node, parse: Callable[[str], T]) -> T:
        """Return what a text says. Its `ValueError` becomes an error with its place."""
        try:
            return parse(self.text(node))
        except UsageError as error:
            raise self.error(node, error.what, error.hint) from None
        except ValueError as error:
            raise self.error(node, str(error)) from None

    def case(self, node: yaml.Node) -> Case:
        """Return one case."""
        entries = self.entries(node, _CASE_KEYS)
        if "at" not in entries:
            raise self.error(node, _("这个用例没有写时间"), _("请加一行 at: 2026-11-11T23:50"))
        if ("reply" in entries) == ("text" in entries):
            raise self.error(
                node,
                _("每个用例要写 reply 或者 text，只写一个"),
                _("reply: 忙碌 是该发哪条，reply: none 是什么也不发；text: 是该发的原话。"),
            )
        last_sent = self.entries(entries["last_sent"]) if "last_sent" in entries else {}
        return Case(
            name=self.text_of(entries, "name", ""),
            at=self.checked(entries["at"], moment_of),
            status=self.checked(entries["status"], status_of) if "status" in entries else Status.ONLINE,
            contacts=self.checked(entries["contacts"], _contacts) if "contacts" in entries else 1,
            first_today=self.checked(entries["first_today"], _truth) if "first_today" in entries else False,
            last_sent={name: self.checked(value, moment_of) for name, value in last_sent.items()},
            expected=self.expected(entries),
            start=node.start_mark.index,
        )

    def expected(self, entries: Entries) -> Expected:
        """Return what must be sent."""
        by_text = "text" in entries
        node: Any = entries["text" if by_text else "reply"]
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.SequenceNode):
            return Expected(by_text, tuple(self.text(one) for one in node.value), start, end)
        value = self.text(node)
        if by_text:
            return Expected(True, (value,), start, end)
        return Expected(False, () if value.strip().lower() in _NONE else (value,), start, end)


def _contacts(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:8]) <= _MOST_CONTACTS):
        raise ValueError(_("人数要写成数字：{text}").format(text=text))
    return int(text)


def _truth(text: str) -> bool:
    if text.lower() in (*_YES, *_NO):
        return text.lower() in _YES
    raise ValueError(_("这里要写 true（是）或者 false（否）：{text}").format(text=text))


def _hint(name: str, known: Collection[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), known, 1)
    if near:
        return _("是不是想写 {name}？").format(name=near[0])
    return _("可以用：{names}").format(names=_("、").join(known))
