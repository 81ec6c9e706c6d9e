"""What the groups are called in the merged book: a renamed group carries what the other side put into it."""

from dataclasses import dataclass
from dataclasses import field

from qnphrase.merge.conflict import Conflict
from qnphrase.merge.conflict import Kind
from qnphrase.merge.side import Side


@dataclass
class Names:
    """For each book the merged names of those of its groups that are called otherwise there."""

    base: dict[str, str] = field(default_factory=dict)
    ours: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def merged_names(ours: Side, theirs: Side) -> Names:
    """Return the names. Where both sides renamed a group, each its own way, it goes by ours, as a conflict."""
    names = Names()
    for group in ours.base.groups:
        mine, other = _name(group, ours, theirs), _name(group, theirs, ours)
        is_disputed = group not in (mine, other) and mine != other
        if is_disputed and (mine in theirs.side.groups or other in ours.side.groups):
            # What one side called it is another group on the other side: neither name fits all; each phrase is asked.
            names.base[group] = group
            continue
        names.base[group] = mine if mine != group else other
        if is_disputed:
            names.conflicts.append(Conflict(Kind.GROUP_NAME, values=(group, mine, other)))
    names.ours = _of_side(ours, names.base)
    names.theirs = _of_side(theirs, names.base)
    return names


def _name(group: str, side: Side, other: Side) -> str:
    """Return what a side calls a group of the base. A group that the other side dissolved has no name to share."""
    after = side.new_names.get(group, group)
    is_gone = group not in other.groups and group not in other.new_names
    return group if is_gone else after


def _of_side(side: Side, base: dict[str, str]) -> dict[str, str]:
    found = {}
    for group in side.side.groups:
        before = side.renames.get(group, group)
        after = base.get(before, group)
        # A rename that isn't shared leaves the side's group what the side calls it.
        found[group] = group if after == before and group != before else after
    return found
