"""Which groups were renamed: the same phrases under a name that the other book doesn't know."""

from collections import Counter
from collections import defaultdict
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Sequence

from qnphrase.merge.record import Record


def renamed_groups(
    old: Sequence[Record], new: Sequence[Record], old_groups: Iterable[str], new_groups: Iterable[str]
) -> dict[str, str]:
    """Return new name → old name of the groups that were renamed; the others go by their names.

    A group that is gone was renamed to a new one where at least half of the phrases of the smaller of both are the
    same, and no other pair of them shares more.
    """
    gone = set(old_groups) - set(new_groups)
    fresh = set(new_groups) - set(old_groups)
    if not (gone and fresh):
        return {}
    left, right = _contents(old, gone), _contents(new, fresh)
    shared = _shared(left, right)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for (before, after), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        smaller = min(left[before].total(), right[after].total())
        if before not in taken and after not in found and count * 2 >= smaller:
            found[after] = before
            taken.add(before)
    return found


def _contents(records: Sequence[Record], groups: set[str]) -> dict[str, Counter[Hashable]]:
    contents: dict[str, Counter[Hashable]] = defaultdict(Counter)
    for record in records:
        if record.group in groups:
            contents[record.group][record.code, record.text] += 1
    return contents


def _shared(left: dict[str, Counter[Hashable]], right: dict[str, Counter[Hashable]]) -> Counter[tuple[str, str]]:
    """Count the phrases that each pair of groups has in common, going by the phrases and not by the pairs."""
    where: dict[Hashable, list[tuple[str, int]]] = defaultdict(list)
    for group, contents in left.items():
        for phrase, count in contents.items():
            where[phrase].append((group, count))
    shared: Counter[tuple[str, str]] = Counter()
    for group, contents in right.items():
        for phrase, count in contents.items():
            for other, there in where.get(phrase, ()):
                shared[other, group] += min(count, there)
    return shared
