"""Which groups, phrases and auto-replies of a file the wanted ones are. Only locality hangs on it."""

from collections import Counter
from collections import defaultdict
from collections import deque
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Sequence
from typing import Any

from qnphrase.formats.align import pair_rows
from qnphrase.formats.rows import Row
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase

Pairs = list[int | None]


def pair_groups(old: Sequence[Group], new: Sequence[Group]) -> Pairs:
    """Pair groups by name; what is left by what they hold: a group with most of another's phrases was renamed."""
    by_name = {group.name: index for index, group in enumerate(old)}
    pairs: Pairs = [by_name.get(group.name) for group in new]
    taken = set(pairs)
    free = [index for index in range(len(old)) if index not in taken]
    empty = deque(index for index in free if not old[index].phrases)
    homes: dict[Hashable, set[int]] = defaultdict(set)
    for index in free:
        for phrase in old[index].phrases:
            homes[_content(phrase)].add(index)
    for at, group in enumerate(new):
        if pairs[at] is not None:
            continue
        nearest = empty.popleft() if empty and not group.phrases else None
        pairs[at] = _holding_most_of(group, old, homes, taken) if group.phrases else nearest
        taken.add(pairs[at])
    return pairs


def _content(phrase: Phrase) -> Hashable:
    return phrase.code, phrase.text


def _holding_most_of(
    group: Group, old: Sequence[Group], homes: dict[Hashable, set[int]], taken: set[int | None]
) -> int | None:
    shared = Counter(
        index for phrase in group.phrases for index in homes.get(_content(phrase), ()) if index not in taken
    )
    best = max(sorted(shared), key=lambda index: shared[index], default=None)
    if best is None or shared[best] * 2 <= max(len(group.phrases), len(old[best].phrases)):
        return None
    return best


def pair_phrases(old: Sequence[tuple[str, Phrase]], new: Sequence[tuple[str, Phrase]]) -> Pairs:
    """Pair phrases, each given with the name of its group; that of a renamed group is the new one on both sides."""
    return pair_rows(_rows(old), _rows(new))


def _rows(phrases: Sequence[tuple[str, Phrase]]) -> list[Row]:
    return [Row(group, phrase.code, phrase.text, phrase.extra) for group, phrase in phrases]


_REPLY_KEYS: tuple[Callable[[AutoReply], Hashable], ...] = (
    lambda reply: (*_trigger(reply), reply.enabled, reply.text, reply.phrase, frozenset(reply.extra.items())),
    lambda reply: (*_trigger(reply), reply.text, reply.phrase),
    lambda reply: _trigger(reply),
    lambda reply: (reply.when, reply.text, reply.phrase),
    lambda reply: reply.when,
)


def _trigger(reply: AutoReply) -> tuple[Any, ...]:
    return reply.when, reply.threshold


def pair_replies(old: Sequence[AutoReply], new: Sequence[AutoReply]) -> Pairs:
    """Pair auto-replies: equal ones, then by trigger and text, by trigger, by the kind of trigger; each in order."""
    pairs: Pairs = [None] * len(new)
    free = set(range(len(old)))
    for key in _REPLY_KEYS:
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for index in sorted(free):
            waiting[key(old[index])].append(index)
        for at, reply in enumerate(new):
            if pairs[at] is None and (queue := waiting.get(key(reply))):
                pairs[at] = queue.popleft()
        free.difference_update(pair for pair in pairs if pair is not None)
    return pairs
