"""A comparison in words: what all reports for people say, each in its own clothes."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from qnphrase.language import _
from qnphrase.merge.change import Change
from qnphrase.merge.change import GroupChange
from qnphrase.merge.change import What
from qnphrase.merge.compare import Comparison
from qnphrase.merge.compare import Side
from qnphrase.merge.record import Record
from qnphrase.merge.record import fields_of
from qnphrase.merge.report.said import field_name
from qnphrase.merge.report.said import group_title
from qnphrase.merge.report.said import label_of
from qnphrase.merge.report.said import pieces_of
from qnphrase.merge.report.said import said
from qnphrase.merge.words import Piece

_START = 24  # characters of a text that name a phrase


@dataclass(frozen=True)
class Line:
    """A labelled text that changed; the label of a phrase's text is empty."""

    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Entry:
    """One phrase or auto-reply. `name` is its code, `start` the start of its text where no line shows it."""

    kinds: Sequence[What]
    name: str
    place: str
    remarks: Sequence[str] = ()
    lines: Sequence[Line] = ()
    start: str = ""
    is_guess: bool = False


@dataclass(frozen=True)
class Section:
    """What changed in one group."""

    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class View:
    """All that is said of a comparison. `fields` and `groups` are of the book, `notes` say what was not compared."""

    old: str
    new: str
    verdict: str
    notes: Sequence[str] = ()
    fields: Sequence[Line] = ()
    groups: Sequence[tuple[What, str]] = ()
    sections: Sequence[Section] = ()


def view_of(comparison: Comparison) -> View:
    """Put a comparison into words."""
    diff = comparison.diff
    return View(
        old=_title(comparison.old, _("旧")),
        new=_title(comparison.new, _("新")),
        verdict=verdict(comparison),
        notes=tuple(_notes(comparison)),
        fields=tuple(Line(field_name(one.name), pieces_of(one)) for one in diff.fields),
        groups=tuple((kind, words) for group in diff.groups for kind, words in _group_words(group)),
        sections=tuple(_sections(comparison)),
    )


def kind_words() -> dict[What, str]:
    """Return what became of a phrase, in a word."""
    return {
        What.ADDED: _("新增"),
        What.REMOVED: _("删除"),
        What.CHANGED: _("修改"),
        What.RENAMED: _("改名"),
        What.MOVED: _("移动"),
        What.REORDERED: _("调序"),
    }


def verdict(comparison: Comparison) -> str:
    """Return the whole comparison in a line."""
    diff = comparison.diff
    if diff.is_empty:
        return _("两边都装得下的内容没有差别") if comparison.is_partial else _("没有差别")
    parts = [_("{count} 条有变化（{details}）").format(count=len(diff.changes), details=counted(diff.counts))]
    groups = diff.group_counts
    words = {
        What.ADDED: _("新增 {count} 个分组"),
        What.REMOVED: _("删除 {count} 个分组"),
        What.RENAMED: _("{count} 个分组改名"),
        What.MOVED: _("{count} 个分组换了位置"),
    }
    parts = parts if diff.changes else []
    parts += [sentence.format(count=groups[kind]) for kind, sentence in words.items() if groups[kind]]
    parts += [_("改了{name}").format(name=field_name(one.name)) for one in diff.fields]
    return _("；").join(parts)


def counted(counts: Mapping[What, int]) -> str:
    """Return how many phrases were added, removed and so on, in words."""
    words = {
        What.ADDED: _("新增 {count}"),
        What.REMOVED: _("删除 {count}"),
        What.CHANGED: _("修改 {count}"),
        What.MOVED: _("换分组 {count}"),
        What.REORDERED: _("调整顺序 {count}"),
    }
    return _("，").join(sentence.format(count=counts[kind]) for kind, sentence in words.items() if counts.get(kind))


def _title(side: Side, label: str) -> str:
    counts = side.pack.reading.counts()
    return _("{label}：{path}（{format}，{phrases} 条短语，{replies} 条自动回复）").format(
        label=label,
        path=side.pack.path or _("标准输入"),
        format=side.pack.format.upper(),
        phrases=counts["phrases"],
        replies=counts["auto_replies"],
    )


def _notes(comparison: Comparison) -> Iterator[str]:
    sides = (
        (comparison.old.left_out, _("新文件里没有放这些内容的地方，没有比较：旧文件的{losses}")),
        (comparison.new.left_out, _("旧文件里没有放这些内容的地方，没有比较：新文件的{losses}")),
    )
    for losses, sentence in sides:
        if losses:
            yield sentence.format(losses=_("、").join(map(str, losses)))
    if comparison.diff.ignores_whitespace:
        yield _("内容里只有空格和换行不同的，没有算作差别")
    guesses = len(comparison.diff.guesses)
    if guesses:
        yield _("有 {count} 条是按内容相近认作同一条的，请核对").format(count=guesses)


def _group_words(group: GroupChange) -> Iterator[tuple[What, str]]:
    names = {"old": group_title(group.old), "new": group_title(group.new)}
    sentences = {
        What.ADDED: _("新增分组{new}"),
        What.REMOVED: _("删除分组{old}"),
        What.RENAMED: _("分组{old}改名为{new}"),
        What.MOVED: _("分组{new}从第 {before} 个移到第 {after} 个"),
    }
    for kind in group.kinds:
        yield kind, sentences[kind].format(**names, before=group.old_at + 1, after=group.new_at + 1)


def _sections(comparison: Comparison) -> Iterator[Section]:
    diff = comparison.diff
    new_names = {before: after for after, before in diff.renames.items()}
    gone = {group.old for group in diff.groups if not group.new}
    fresh = {group.new for group in diff.groups if not group.old}

    def lane(change: Change) -> str:
        group = change.record.group
        return group if change.new is not None else new_names.get(group, group)

    for group, changes in groupby(diff.changes, key=lane):
        title = group_title(group)
        if group in diff.renames:
            title = _("{group}（原名{before}）").format(group=title, before=group_title(diff.renames[group]))
        elif group in gone:
            title = _("{group}（分组已删除）").format(group=title)
        elif group in fresh:
            title = _("{group}（新分组）").format(group=title)
        yield Section(title, [_entry(change, comparison) for change in changes])


def _entry(change: Change, comparison: Comparison) -> Entry:
    if change.old is None or change.new is None:
        lines = list(_whole(change.record, is_new=change.old is None))
    else:
        # The text comes first: it is what buyers read.
        ordered = sorted(change.fields, key=lambda one: one.name != "text")
        lines = [Line(label_of(one.name), pieces_of(one)) for one in ordered]
    shows_text = any(not line.label for line in lines)
    return Entry(
        kinds=change.kinds,
        name=change.record.code,
        place=_place(change, comparison),
        remarks=tuple(_remarks(change)),
        lines=lines,
        start="" if shows_text else _start(change.record.text),
        is_guess=change.is_guess,
    )


def _whole(record: Record, *, is_new: bool) -> Iterator[Line]:
    """Return all that a record says, as added or removed."""
    fields = fields_of(record)
    shown = sorted(fields.items(), key=lambda one: one[0] != "text")
    for name, value in shown:
        if name in ("group", "code", "when") or (name == "enabled" and value):
            continue
        text = said(name, value)
        yield Line(label_of(name), [Piece("", text) if is_new else Piece(text, "")])
    if "enabled" not in fields:
        text = said("enabled", None)
        yield Line(label_of("enabled"), [Piece("", text) if is_new else Piece(text, "")])


def _start(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _START else line[:_START] + "…"


def _place(change: Change, comparison: Comparison) -> str:
    before = comparison.old.position(change.old_place)
    after = comparison.new.position(change.new_place)
    if before and after:
        return _("旧文件第 {before} 行，新文件第 {after} 行").format(before=before.line, after=after.line)
    if after:
        return _("新文件第 {line} 行").format(line=after.line)
    return _("旧文件第 {line} 行").format(line=before.line) if before else ""


def _remarks(change: Change) -> Iterator[str]:
    if change.is_moved and change.old is not None:
        yield _("从{group}移到这里").format(group=group_title(change.old.group))
    if change.is_reordered and change.old_place and change.new_place:
        yield _("在组里从第 {before} 条移到第 {after} 条").format(
            before=change.old_place.at + 1, after=change.new_place.at + 1
        )
    if change.is_guess:
        yield _("按内容相近认作同一条（相似 {percent}%），请核对").format(percent=int(change.likeness * 100))
