"""Random books, and small changes of them."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger

TRAPS = (
    "no", "007", "12:30", "0x1F", "~", "null", "1e3", "2026-12-31", "true", "亲 #1", "[微笑]", "{买家昵称}您好",
    "@客服", "*x", "&x", "!x", "%", "`", "- a", "? a", "a: b", "亲:", ": ", "#", '/:"', "/:^_^", "it's", "a\nb",
    "a\n", "\n", "a\n\n", " a\nb", "\ta", "a \nb", "a\n\nb", "\na", "---", "...", "=======\n", "<<", "=", "\\",
    "\\n", "a\tb", "x\u3000", "\ufeff", "a\u2028b", "\x85", "\x00", "😀", "\x7f", "\udc80", "a\n# b", "a\n- b: c\n",
    "|", ">", "| x", "'", '"', ",", "a, b", "[]", "{}", "a\n  b\n c", "亲\xa0",
)  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(TRAPS),
    st.sampled_from(("您好", "亲", "欢迎光临", "hy", "a1")),
    st.text("亲您a1 :#-?,[]{}&*!|>'\"%@`\\~=\n/^_.😀\t", max_size=12),
)
RAW = st.one_of(TEXT, st.sampled_from(("a\rb", "\r\n")))
WORD = TEXT.filter(bool)
EXTRA = st.dictionaries(TEXT, WORD, max_size=3)
PHRASE = st.builds(
    Phrase,
    code=st.one_of(st.sampled_from(("", "hy", "001", "a")), TEXT),
    text=WORD,
    replace=st.one_of(st.just(""), TEXT),
    scenario=st.sampled_from(("", "greet.first")),
    tags=st.lists(RAW, max_size=3).map(tuple),
    note=st.one_of(st.just(""), RAW),
    until=st.one_of(st.none(), st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))),
    enabled=st.booleans(),
    extra=st.one_of(st.just({}), EXTRA),
)
SMALL_PHRASE = st.one_of(
    st.builds(
        Phrase, code=st.sampled_from(("", "hy", "a", "b")), text=st.sampled_from(("您好", "a\nb", "亲 #1", "no"))
    ),
    PHRASE,
)
PHRASES = st.lists(SMALL_PHRASE, max_size=4).map(tuple)
GROUPS = st.lists(
    st.builds(Group, name=st.one_of(st.sampled_from(("售前", "售后")), WORD), phrases=PHRASES),
    max_size=3,
    unique_by=lambda group: group.name,
).map(tuple)


SCHEDULE: dict[str, tuple[str, ...]] = {
    "days": ("", "mon-fri", "Sun", "周六，周日", "周一至周五", "星期天、mon"),
    "hours": ("", "22:00-08:00", "9：00～18：30", "00:00-24:00", "12:30-13:30, 18:00-20:00"),
    "dates": ("", "2026-12-31", "2026-10-01..2026-10-08", "2024-02-29 至 2024-03-01，2026-11-11"),
    "except_dates": ("", "2026-11-11", "2026-01-01 ~ 2026-01-03"),
}
TIMES = st.one_of(
    st.just({}), st.fixed_dictionaries({name: st.sampled_from(texts) for name, texts in SCHEDULE.items()})
)
COOLDOWN = st.one_of(st.none(), st.sampled_from((1, 60, 43_200)))


def _reply(
    trigger: Trigger,
    threshold: int,
    enabled: bool,
    text: str,
    pointer: bool,
    times: dict[str, str],
    cooldown: int | None,
    extra: dict[str, str],
) -> AutoReply:
    return AutoReply(
        when=trigger,
        threshold=threshold if trigger is Trigger.CONTACTS_OVER else None,
        enabled=enabled,
        text="" if pointer else text,
        phrase=text if pointer else "",
        cooldown=cooldown,
        extra=extra,
        **times,  # type: ignore[arg-type]
    )


REPLY = st.builds(
    _reply,
    st.sampled_from(Trigger),
    st.integers(1, 9999),
    st.booleans(),
    TEXT,
    st.booleans(),
    TIMES,
    COOLDOWN,
    st.one_of(st.just({}), EXTRA),
)
REMOVE = st.lists(st.one_of(st.sampled_from(("zp3", "售前-议价/*", "自动回复/离开")), TEXT), max_size=3).map(tuple)
BOOKS = st.builds(
    Phrasebook,
    shop=st.one_of(st.just(""), RAW),
    signature=st.one_of(st.just(""), TEXT),
    remove=REMOVE,
    phrases=PHRASES,
    groups=GROUPS,
    auto_replies=st.lists(REPLY, max_size=3).map(tuple),
)


@pytest.fixture(scope="session")
def books() -> st.SearchStrategy[Phrasebook]:
    """Return a strategy of books."""
    return BOOKS


def _with(model: Any, **changes: Any) -> Any:
    """Return `model` with `changes`, checked; `None` where the model refuses them."""
    values = {name: getattr(model, name) for name in type(model).model_fields}
    try:
        return type(model)(**values | changes)
    except ValueError:
        return None


_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "code": TEXT,
    "text": TEXT,
    "replace": TEXT,
    "scenario": TEXT,
    "tags": st.lists(RAW, max_size=3).map(tuple),
    "note": RAW,
    "until": st.one_of(st.none(), st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))),
    "enabled": st.booleans(),
    "extra": EXTRA,
}


@st.composite
def _changed_phrases(draw: st.DrawFn, phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """One phrase in, out, moved, or changed in one field."""
    rows = list(phrases)
    at = draw(st.integers(0, len(rows)))
    what = draw(st.sampled_from(("insert", "delete", "move", "change", "change", "change")))
    if what == "insert" or at == len(rows):
        rows.insert(at, draw(SMALL_PHRASE))
    elif what == "delete":
        del rows[at]
    elif what == "move":
        rows.insert(draw(st.integers(0, len(rows))), rows.pop(at))
    else:
        name = draw(st.sampled_from(sorted(_FIELDS)))
        rows[at] = _with(rows[at], **{name: draw(_FIELDS[name])}) or rows[at]
    return tuple(rows)


@st.composite
def _changed_groups(draw: st.DrawFn, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """One group in, out, moved, renamed, or with other phrases; or a phrase moved to the next group."""
    rows = list(groups)
    at = draw(st.integers(0, len(rows)))
    what = draw(st.sampled_from(("insert", "delete", "move", "rename", "regroup", "phrases", "phrases")))
    if what == "insert" or at == len(rows):
        rows.insert(at, Group(name=draw(WORD), phrases=draw(PHRASES)))
    elif what == "delete":
        del rows[at]
    elif what == "move":
        rows.insert(draw(st.integers(0, len(rows))), rows.pop(at))
    elif what == "rename":
        rows[at] = _with(rows[at], name=draw(WORD))
    elif what == "regroup" and at + 1 < len(rows) and rows[at].phrases:
        moved = rows[at].phrases[-1:]
        rows[at : at + 2] = [
            _with(rows[at], phrases=rows[at].phrases[:-1]),
            _with(rows[at + 1], phrases=moved + rows[at + 1].phrases),
        ]
    else:
        rows[at] = _with(rows[at], phrases=draw(_changed_phrases(rows[at].phrases)))
    return tuple(rows)


_REPLY_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    **{name: st.sampled_from(texts) for name, texts in SCHEDULE.items()},
    "cooldown": COOLDOWN,
    "text": TEXT,
    "phrase": TEXT,
    "enabled": st.booleans(),
    "extra": EXTRA,
}


@st.composite
def _changed_replies(draw: st.DrawFn, replies: tuple[AutoReply, ...]) -> tuple[AutoReply, ...]:
    """One auto-reply in and out, all in another order, or one of them changed in one field."""
    if not replies or draw(st.booleans()):
        return tuple(draw(st.permutations([*replies, draw(REPLY)]))[1:])
    rows = list(replies)
    at = draw(st.integers(0, len(rows) - 1))
    name = draw(st.sampled_from(sorted(_REPLY_FIELDS)))
    rows[at] = _with(rows[at], **{name: draw(_REPLY_FIELDS[name])}) or rows[at]
    return tuple(rows)


@st.composite
def _changed_entries(draw: st.DrawFn, entries: tuple[str, ...]) -> tuple[str, ...]:
    """One entry in, out or moved, or another one in its place."""
    rows = list(entries)
    at = draw(st.integers(0, len(rows)))
    taken, put = draw(st.sampled_from(((0, 1), (1, 0), (1, 1))))
    gone, rows[at : at + taken] = rows[at : at + taken], [draw(TEXT)] * put
    return (*rows, *gone) if draw(st.booleans()) else tuple(rows)


@st.composite
def changed(draw: st.DrawFn, book: Phrasebook) -> Phrasebook:
    """Return `book` after one or two changes."""
    for _ in range(draw(st.integers(1, 2))):
        what = draw(st.sampled_from(("groups", "groups", "phrases", "auto_replies", "shop", "signature", "remove")))
        value = {
            "groups": _changed_groups(book.groups),
            "phrases": _changed_phrases(book.phrases),
            "auto_replies": _changed_replies(book.auto_replies),
            "shop": RAW,
            "signature": TEXT,
            "remove": _changed_entries(book.remove),
        }[what]
        book = _with(book, **{what: draw(value)}) or book
    return book


@pytest.fixture(scope="session")
def changes() -> Callable[[Phrasebook], st.SearchStrategy[Phrasebook]]:
    """Return how a book is changed a little."""
    return changed
