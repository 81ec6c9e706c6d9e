"""Making of a book what a diff says became of it: `apply_diff(diff_books(a, b), a) == b`, order included."""

from collections import defaultdict
from typing import Any

from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.merge.change import Change
from qnphrase.merge.change import Diff
from qnphrase.merge.fingerprint import fingerprint
from qnphrase.merge.record import Record
from qnphrase.merge.record import book_of
from qnphrase.merge.record import records_of
from qnphrase.model import Phrasebook
from qnphrase.places import REPLIES


def apply_diff(diff: Diff, book: Phrasebook) -> Phrasebook:
    """Return the book that `diff` leads to from `book`, which is the one that it starts from.

    Of a diff that ignores whitespace it is that book but for blanks. Raises `UsageError` for any other `book`.
    """
    if fingerprint(book) != diff.origin:
        raise UsageError(
            _("这份差异不是从这本短语本算出来的，不能用在它上面"),
            hint=_("请用算差异时的那份旧文件；它后来改过的话，请重新比较。"),
        )
    groups = _groups(diff, [group.name for group in book.groups])
    lanes = _lanes(diff, book)
    fields: dict[str, Any] = {"shop": book.shop, "signature": book.signature, "remove": book.remove}
    fields |= {change.name: change.after or type(fields[change.name])() for change in diff.fields}
    return book_of((record for name in (*groups, "", REPLIES) for record in lanes[name]), groups, **fields)


def _groups(diff: Diff, names: list[str]) -> list[str]:
    gone = {group.old for group in diff.groups if not group.new or group.is_moved}
    renamed = {before: after for after, before in diff.renames.items()}
    kept = [renamed.get(name, name) for name in names if name not in gone]
    arriving = [group for group in diff.groups if group.new and (group.is_moved or not group.old)]
    for group in sorted(arriving, key=lambda group: group.new_at):
        kept.insert(group.new_at, group.new)
    return kept


def _lanes(diff: Diff, book: Phrasebook) -> dict[str, list[Record]]:
    """Return the records of each group by its new name: first what stays, then the others at their places."""
    changed = {change.old_place.number: change for change in diff.changes if change.old_place is not None}
    renamed = {before: after for after, before in diff.renames.items()}
    lanes: dict[str, list[Record]] = defaultdict(list)
    for index, record in enumerate(records_of(book)):
        stays = record
        if index in changed:
            change = changed[index]
            if change.new is None or _arrives(change):
                continue
            stays = change.new
        lane = renamed.get(record.group, record.group)
        lanes[lane].append(stays._replace(group=lane))
    arriving = [(change.new_place.at, change.new) for change in diff.changes if change.new_place and _arrives(change)]
    for at, new in sorted(arriving, key=lambda item: item[0]):
        assert new is not None  # noqa: S101 - it has a place
        lanes[new.group].insert(at, new)
    return lanes


def _arrives(change: Change) -> bool:
    return change.old is None or change.is_moved or change.is_reordered
