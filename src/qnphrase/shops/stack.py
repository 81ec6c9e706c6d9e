"""Books laid over each other: a later one overrides by code, replaces, removes and adds.

What of a book below is meant: a code (`hy1`), a group and a code (`售前-欢迎/hy1`), a whole group (`售前-欢迎/*`), the
auto-replies of a trigger (`自动回复/离开`) or all of them (`自动回复/*`), or the whole text of a phrase without a code.

* A phrase with the code of one below, in the same group, takes its place, as long as it is good: a phrase of last
  season gives the place back on the day after its `until`.
* A phrase with `replace` takes the place of what that means; in another group, it goes to the end of that one.
* What a book or a shop removes must be there.
* Auto-replies with `dates` go before the others of their trigger; those without take the place of all below that have
  none, for the replies of one trigger belong together.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from qnphrase.configuration import Mark
from qnphrase.document.span import Span
from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
from qnphrase.language import _
from qnphrase.model import AutoReply
from qnphrase.model import Phrase
from qnphrase.places import REPLIES
from qnphrase.shops.problem import Problem
from qnphrase.shops.problem import ProblemKind
from qnphrase.shops.problem import in_book
from qnphrase.shops.shelf import Book
from qnphrase.shops.shelf import Entry
from qnphrase.shops.shelf import Signature
from qnphrase.shops.shop import Given

_WHOLE_GROUP = "*"


class Removal(NamedTuple):
    """An entry that was left out, and the place that says so."""

    entry: Entry
    mark: Mark


class Stack:
    """The entries of books that were laid over each other, group by group. Entries are told apart by identity."""

    def __init__(self, today: datetime.date) -> None:
        self.today = today
        self.groups: dict[str, list[Entry]] = {}
        self.loose: list[Entry] = []
        self.replies: list[Entry] = []
        self.signature: Signature | None = None
        self.problems: list[Problem] = []
        self.removals: list[Removal] = []
        self.given_back: list[Entry] = []  # what would have taken a place, had its last day not been over

    def entries(self) -> list[Entry]:
        """Return all entries in the order of the book."""
        return [*(entry for group in self.groups.values() for entry in group), *self.loose, *self.replies]

    def lay(self, book: Book) -> None:
        """Lay one more book over the others."""
        if self.groups or self.loose or self.replies:
            _Layer(self, book).lay()
        else:
            self._begin(book)
        self.signature = book.signature or self.signature

    def _begin(self, book: Book) -> None:
        """The lowest book is taken as it is; there is nothing that it could replace."""
        self.groups = {group.name: [] for group in book.pack.book.groups}
        for entry in book.entries:
            self.lane(entry.group).append(entry)
            if isinstance(entry.value, Phrase) and entry.value.replace:
                self.problems.append(_nothing_there(entry.value.replace, book, _span_of_replace(entry)))
        for index, word in enumerate(book.pack.book.remove):
            self.problems.append(_nothing_there(word, book, book.pack.reading.removal(index)))

    def lane(self, group: str) -> list[Entry]:
        """Return the entries of a group, of the ungrouped phrases (`""`) or of the replies."""
        if group == REPLIES:
            return self.replies
        return self.groups.setdefault(group, []) if group else self.loose

    def remove(self, removals: Sequence[Given]) -> None:
        """Leave out what a shop doesn't want."""
        index = _Index(self)
        for word, mark in ((given.text, given.mark) for given in removals):
            meant = index.meant(word, groups=True)
            if not meant:
                message = _nothing_message(word)
                self.problems.append(Problem(ProblemKind.UNUSED_OVERRIDE, message, mark))
            self.drop(meant, word, mark)

    def drop(self, meant: Sequence[Entry], word: str, mark: Mark) -> None:
        """Take entries out, as `mark` says; a group that is removed as a whole is gone, too."""
        self.removals += [Removal(entry, mark) for entry in meant]
        for entry in meant:
            lane = self.lane(entry.group)
            lane[:] = [one for one in lane if one is not entry]
        group, _slash, rest = word.rpartition("/")
        if rest == _WHOLE_GROUP:
            self.groups.pop(group, None)


class _Index:
    """What words mean in the books below; made once for each book that is laid over them."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._groups = dict.fromkeys(stack.groups)
        self.by_code: dict[str, list[Entry]] = defaultdict(list)
        self._by_text: dict[str, list[Entry]] = defaultdict(list)
        for entry in stack.entries():
            if isinstance(entry.value, Phrase):
                if entry.value.code:
                    self.by_code[entry.value.code].append(entry)
                else:
                    self._by_text[entry.value.text].append(entry)

    def meant(self, word: str, *, groups: bool) -> list[Entry]:
        """Return the entries that a word means; whole groups and replies only where those can be meant."""
        if word in self.by_code:
            return self.by_code[word]
        group, slash, code = word.rpartition("/")
        if slash and groups and code == _WHOLE_GROUP and group in (*self._groups, AUTO_REPLY_GROUP):
            replies = self._stack.replies if group == AUTO_REPLY_GROUP else ()
            return [*self._stack.groups.get(group, ()), *replies]
        if slash and groups and group == AUTO_REPLY_GROUP:
            found = [entry for entry in self._stack.replies if entry.code == code]
            if found:
                return found
        # A slash may belong to the name of the group or to the code: every cut is tried.
        cuts = [(word[:at], word[at + 1 :]) for at, character in enumerate(word) if character == "/"]
        found = [entry for left, right in cuts for entry in self.by_code.get(right, ()) if entry.group == left]
        return found or self._by_text.get(word, [])


class _Layer:
    """One book on its way over the others. All that it says of them is judged by what was there before it came."""

    def __init__(self, stack: Stack, book: Book) -> None:
        self._stack = stack
        self._book = book
        self._index = _Index(stack)
        self._removed: set[int] = set()
        self._taken: dict[int, Entry] = {}  # what was replaced, and by which entry

    def lay(self) -> None:
        self._remove()
        self._keep_groups_in_order()
        replies = []
        for entry in self._book.entries:
            if entry.group == REPLIES:
                replies.append(entry)
            else:
                self._lay_phrase(entry)
        self._lay_replies(replies)
        self._refuse_taken_codes()

    def _remove(self) -> None:
        for number, word in enumerate(self._book.pack.book.remove):
            meant = self._index.meant(word, groups=True)
            span = self._book.pack.reading.removal(number)
            if not meant:
                self._stack.problems.append(_nothing_there(word, self._book, span))
            self._removed.update(map(id, meant))
            document = self._book.pack.document
            line, column = document.position(span.start)
            self._stack.drop(meant, word, Mark(document.path, line, column))

    def _keep_groups_in_order(self) -> None:
        """A new group goes behind the one that it follows in its own book."""
        names = list(self._stack.groups)
        before = ""
        for group in self._book.pack.book.groups:
            if group.name not in self._stack.groups:
                names.insert(names.index(before) + 1 if before in names else len(names), group.name)
            before = group.name
        self._stack.groups = {name: self._stack.groups.get(name, []) for name in names}

    def _lay_phrase(self, entry: Entry) -> None:
        assert isinstance(entry.value, Phrase)  # noqa: S101 - replies are laid elsewhere
        word = entry.value.replace
        if word:
            meant = self._still_there(self._index.meant(word, groups=False))
            if not meant:
                self._say(_nothing_there(word, self._book, _span_of_replace(entry)))
        else:
            meant = self._still_there(self._index.by_code.get(entry.value.code, ()))
            elsewhere = [one for one in meant if one.group != entry.group]
            meant = [one for one in meant if one.group == entry.group]
            if elsewhere and not meant:
                self._clash(entry, _in_another_group(entry, elsewhere[0]))
        if len(meant) > 1:
            places = _("、").join(one.place for one in meant)
            message = _("“{word}”在下面的书里有 {count} 条（{places}），不知道换哪一条；请写成 分组/编码")
            self._clash(entry, message.format(word=word or entry.code, count=len(meant), places=places))
        if len(meant) == 1 and entry.value.until and entry.value.until < self._stack.today:
            self._stack.given_back.append(entry)
        elif len(meant) == 1:
            self._take_place(entry, meant[0])
        else:
            self._stack.lane(entry.group).append(entry)

    def _refuse_taken_codes(self) -> None:
        """A phrase that replaces another one brings its own code, which nothing else that stands there may have."""
        coming = [entry for entry in self._taken.values() if isinstance(entry.value, Phrase) and entry.value.replace]
        codes = {entry.code for entry in coming if entry.code}
        if not codes:
            return
        there: dict[str, Entry] = {}
        for entry in self._stack.entries():
            if isinstance(entry.value, Phrase) and entry.code in codes and entry.book is not self._book:
                there.setdefault(entry.code, entry)
        for entry in coming:
            if entry.code in there:
                self._clash(entry, _already_there(entry, there[entry.code]))

    def _still_there(self, entries: Sequence[Entry]) -> list[Entry]:
        return [entry for entry in entries if id(entry) not in self._removed]

    def _take_place(self, entry: Entry, below: Entry) -> None:
        first = self._taken.setdefault(id(below), entry)
        if first is not entry:
            message = _("{place} 已经换掉了同一条，这里又换一次").format(place=first.place)
            self._clash(entry, message)
            return
        entry = replace(entry, over=(below, *below.over))
        lane = self._stack.lane(below.group)
        at = next(index for index, one in enumerate(lane) if one is below)
        if below.group == entry.group:
            lane[at] = entry
        else:
            del lane[at]
            self._stack.lane(entry.group).append(entry)

    def _lay_replies(self, entries: Sequence[Entry]) -> None:
        by_trigger: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_trigger[entry.code].append(entry)
        for trigger, ours in by_trigger.items():
            below = [entry for entry in self._stack.replies if entry.code == trigger]
            rest = [entry for entry in self._stack.replies if entry.code != trigger]
            at = next((i for i, entry in enumerate(self._stack.replies) if entry.code == trigger), len(rest))
            if not all(map(_is_dated, ours)):
                replaced = tuple(entry for entry in below if not _is_dated(entry))
                ours = [entry if _is_dated(entry) else replace(entry, over=replaced) for entry in ours]
                below = [entry for entry in below if _is_dated(entry)]
            always = [entry for entry in (*ours, *below) if not _is_dated(entry)]
            dated = [entry for entry in (*ours, *below) if _is_dated(entry)]
            self._stack.replies = [*rest[:at], *dated, *always, *rest[at:]]

    def _say(self, problem: Problem) -> None:
        self._stack.problems.append(problem)

    def _clash(self, entry: Entry, message: str) -> None:
        span = self._book.pack.reading.locate(entry.subject.place, "code", 0, len(entry.code))
        self._say(in_book(ProblemKind.CLASH, message, self._book, span, group=entry.group, code=entry.code))


def _is_dated(entry: Entry) -> bool:
    return isinstance(entry.value, AutoReply) and bool(entry.value.dates)


def _span_of_replace(entry: Entry) -> Span:
    assert isinstance(entry.value, Phrase)  # noqa: S101 - replies replace nothing by name
    return entry.book.pack.reading.locate(entry.subject.place, "replace", 0, len(entry.value.replace))


def _nothing_message(word: str) -> str:
    return _("下面的书里没有“{word}”，改了名还是删掉了？").format(word=word)


def _nothing_there(word: str, book: Book, span: Span) -> Problem:
    return in_book(ProblemKind.UNUSED_OVERRIDE, _nothing_message(word), book, span)


def _already_there(entry: Entry, below: Entry) -> str:
    return _("编码 {code} 在「{group}」里已经有了（{place}），换掉另一条以后就有两条了；请换个编码").format(
        code=entry.code, group=below.shown_group or _("未分组"), place=below.place
    )


def _in_another_group(entry: Entry, below: Entry) -> str:
    return _(
        "编码 {code} 在「{group}」里已经有了（{place}）。"
        "要换掉那一条，加一行 replace: {group}/{code}；要另加一条，换个编码"
    ).format(code=entry.code, group=below.shown_group or _("未分组"), place=below.place)
