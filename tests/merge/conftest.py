"""Books for the laws of merging: few words, so that records meet, and sides that grew out of a base by edits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import strategies as st

from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger

CODES = st.sampled_from(["", "", "hy", "fh", "th", "zx", "gn"])
TEXTS = st.sampled_from(
    [
        "您好亲，欢迎光临",
        "您好亲， 欢迎光临",
        "您好亲，欢迎光临小店，请问有什么可以帮您",
        "您好亲，欢迎光临本店，请问有什么可以帮您",
        "亲，今天下单明天发货",
        "亲，拍下后48小时内发货哦",
        "亲，拍下后24小时内发货哦",
        "好的",
        "好的\n谢谢亲",
        "再见",
    ]
)
NAMES = st.sampled_from(["售前", "售后", "物流", "结束语"])
REMOVED = st.lists(st.sampled_from(["zp3", "售前/zp3", "售后/*"]), unique=True).map(tuple)
PHRASES = st.builds(
    Phrase,
    code=CODES,
    text=TEXTS,
    replace=st.sampled_from(["", "", "", "hy1", "售前/fh"]),
    note=st.sampled_from(["", "", "", "新客", "老客"]),
    tags=st.sampled_from([(), (), (), ("欢迎",), ("欢迎", "常用"), ("常用",)]),
    until=st.sampled_from([None, None, date(2026, 12, 31)]),
    enabled=st.sampled_from([True, True, True, False]),
    extra=st.sampled_from([{}, {}, {"图片": "a.png"}, {"图片": "b.png", "备用": "1"}]),
)
PLAIN_PHRASES = st.builds(Phrase, code=CODES, text=TEXTS)


def _reply(when: Trigger, threshold: int, text: str, hours: str, *, points: bool, enabled: bool) -> AutoReply:
    limit = threshold if when is Trigger.CONTACTS_OVER else None
    if points:
        return AutoReply(when=when, threshold=limit, phrase="hy", enabled=enabled)
    return AutoReply(when=when, threshold=limit, text=text, hours=hours, enabled=enabled)


def _replies(*, is_plain: bool) -> st.SearchStrategy[AutoReply]:
    return st.builds(
        _reply,
        st.sampled_from(Trigger),
        st.sampled_from([20, 30]),
        TEXTS,
        st.just("") if is_plain else st.sampled_from(["", "", "22:00-08:00"]),
        points=st.sampled_from([False, False, True]),
        enabled=st.sampled_from([True, True, False]),
    )


def _groups(names: list[str], phrases: list[list[Phrase]]) -> tuple[Group, ...]:
    return tuple(Group(name=name, phrases=tuple(held)) for name, held in zip(names, phrases, strict=False))


def _books(phrases: st.SearchStrategy[Phrase], *, is_plain: bool) -> st.SearchStrategy[Phrasebook]:
    return st.builds(
        Phrasebook,
        shop=st.just("") if is_plain else st.sampled_from(["", "示例店", "样板店"]),
        signature=st.just("") if is_plain else st.sampled_from(["", "在线"]),
        remove=st.just(()) if is_plain else REMOVED,
        phrases=st.lists(phrases, max_size=3).map(tuple),
        groups=st.builds(
            _groups,
            st.lists(NAMES, unique=True, max_size=4),
            st.lists(st.lists(phrases, min_size=1 if is_plain else 0, max_size=5), min_size=4, max_size=4),
        ),
        auto_replies=st.lists(_replies(is_plain=is_plain), max_size=3).map(tuple),
    )


@dataclass
class _Draft:
    """A book that is edited in place."""

    shop: str
    signature: str
    remove: tuple[str, ...]
    lanes: dict[str, list[Phrase]]
    replies: list[AutoReply]

    @classmethod
    def of(cls, book: Phrasebook) -> "_Draft":
        lanes = {group.name: list(group.phrases) for group in book.groups}
        lanes[""] = list(book.phrases)
        return cls(book.shop, book.signature, book.remove, lanes, list(book.auto_replies))

    def book(self) -> Phrasebook:
        groups = {name: phrases for name, phrases in self.lanes.items() if name}
        return Phrasebook(
            shop=self.shop,
            signature=self.signature,
            remove=self.remove,
            phrases=tuple(self.lanes[""]),
            groups=_groups(list(groups), list(groups.values())),
            auto_replies=tuple(self.replies),
        )


@st.composite
def _edited(draw: st.DrawFn, book: Phrasebook, phrases: st.SearchStrategy[Phrase], *, is_plain: bool) -> Phrasebook:
    """Draw a book that somebody made of `book` in a few steps."""
    draft = _Draft.of(book)
    for _step in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["phrase", "phrase", "phrase", "group", "reply", "book"]))
        if kind == "phrase":
            _edit_phrase(draw, draft, phrases, is_plain=is_plain)
        elif kind == "group":
            _edit_groups(draw, draft)
        elif kind == "reply":
            at = draw(st.integers(0, len(draft.replies)))
            draft.replies[at : at + draw(st.integers(0, 1))] = draw(st.lists(_replies(is_plain=is_plain), max_size=1))
        elif not is_plain:
            draft.shop = draw(st.sampled_from(["", "示例店", "样板店"]))
            draft.remove = draw(REMOVED)
    return draft.book()


def _edit_phrase(draw: st.DrawFn, draft: _Draft, phrases: st.SearchStrategy[Phrase], *, is_plain: bool) -> None:
    held = draft.lanes[draw(st.sampled_from(sorted(draft.lanes)))]
    place = draw(st.integers(0, max(0, len(held) - 1)))
    what = draw(st.sampled_from(["edit", "edit", "delete", "add", "move"])) if held else "add"
    if what == "add":
        held.insert(place, draw(phrases))
    elif what == "delete":
        del held[place]
    elif what == "move":
        draft.lanes[draw(st.sampled_from(sorted(draft.lanes)))].append(held.pop(place))
    else:
        field = draw(
            st.sampled_from(["code", "text"] if is_plain else ["code", "text", "text", "replace", "note", "tags"])
        )
        held[place] = held[place].model_copy(update={field: getattr(draw(phrases), field)})


def _edit_groups(draw: st.DrawFn, draft: _Draft) -> None:
    lane = draw(st.sampled_from(sorted(draft.lanes)))
    what = draw(st.sampled_from(["rename", "sort groups", "sort phrases"]))
    name = draw(NAMES)
    if what == "rename" and lane and name not in draft.lanes:
        draft.lanes = {name if old == lane else old: value for old, value in draft.lanes.items()}
    elif what == "sort groups":
        draft.lanes = {group: draft.lanes[group] for group in draw(st.permutations(list(draft.lanes)))}
    elif what == "sort phrases":
        draft.lanes[lane] = draw(st.permutations(draft.lanes[lane]))


Triples = st.SearchStrategy[tuple[Phrasebook, Phrasebook, Phrasebook]]


def _triples(*, is_plain: bool = False) -> Triples:
    phrases = PLAIN_PHRASES if is_plain else PHRASES
    books = _books(phrases, is_plain=is_plain)

    @st.composite
    def triple(draw: st.DrawFn) -> tuple[Phrasebook, Phrasebook, Phrasebook]:
        base = draw(books)
        strangers = draw(st.sampled_from([False] * 9 + [True]))
        sides = books if strangers else _edited(base, phrases, is_plain=is_plain)
        return base, draw(sides), draw(sides)

    return triple()


@pytest.fixture(scope="session")
def triples() -> Callable[..., Triples]:
    """Base, ours and theirs; `is_plain` keeps to what a pack can carry."""
    return _triples
