"""Markdown for a merge request: what changed marked with <del> and <ins>, long lists folded.

Phrases stand in `<code>`, where neither GitHub nor GitLab looks for mentions, issues or emoji; elsewhere the sign of a
mention stands in an element of its own. What Markdown or HTML would take for its own is escaped everywhere.
"""

import re
from collections.abc import Iterable
from collections.abc import Iterator

from qnphrase.language import _
from qnphrase.merge.change import What
from qnphrase.merge.compare import Comparison
from qnphrase.merge.report.excerpt import around_changes
from qnphrase.merge.report.excerpt import of_whole
from qnphrase.merge.report.view import Entry
from qnphrase.merge.report.view import Line
from qnphrase.merge.report.view import Section
from qnphrase.merge.report.view import kind_words
from qnphrase.merge.report.view import view_of
from qnphrase.merge.report.visible import visible
from qnphrase.merge.report.visible import visible_change
from qnphrase.merge.words import Piece

_FOLDED_FROM = 12  # entries of a group
_SPECIAL = re.compile(r"[\\`*_{}\[\]()|~$^]")
_LINKING = re.compile(r"[<>&@:]|(?<=www)\.|(?<=WWW)\.")  # a backslash doesn't stop these everywhere
_REFERRING = re.compile(r"(&#(?:64|38);|#(?!\d+;)|!|%|\\[~$])(?=\w)")  # a person, an issue, a merge request and so on


def render(comparison: Comparison) -> str:
    """Return the report."""
    view = view_of(comparison)
    title = _("短语差异")
    lines = [f"## {title}", "", f"**{_prose(view.verdict)}**", ""]
    lines += [f"- {_prose(title)}" for title in (view.old, view.new)]
    lines.append("")
    if view.notes:
        lines += [f"> {_prose(note)}  " for note in view.notes] + [""]
    changes = [*(_field(line) for line in view.fields), *(f"- {_prose(words)}" for _kind, words in view.groups)]
    if changes:
        heading = _("店铺和分组")
        lines += [f"### {heading}", "", *changes, ""]
    for section in view.sections:
        lines += _section(section)
    return "\n".join(lines).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """Return text that Markdown and HTML show as it is, on one line."""
    shown = _LINKING.sub(lambda found: f"&#{ord(found[0])};", visible(text))
    # Entities come first, for what escapes the rest begins with a sign that is escaped itself.
    parts = re.split(r"(&#\d+;)", shown)
    parts[::2] = [_SPECIAL.sub(r"\\\g<0>", part) for part in parts[::2]]
    return "".join(parts).replace("\n", "<br>")


def _prose(text: str) -> str:
    """Return text that stands outside of `<code>`."""
    return _REFERRING.sub(r"<span>\1</span>", escaped(text))


def _field(line: Line) -> str:
    return f"- {_labelled(line, _changed(line.pieces))}"


def _section(section: Section) -> Iterator[str]:
    title = _prose(section.title)
    count = _("{count} 条").format(count=len(section.entries))
    yield f"### {title} {count}"
    yield ""
    is_folded = len(section.entries) >= _FOLDED_FROM
    if is_folded:
        unfold = _("展开 {count}").format(count=count)
        yield f"<details><summary>{unfold}</summary>"
        yield ""
    for entry in section.entries:
        yield from _entry(entry)
    if is_folded:
        yield ""
        yield "</details>"
    yield ""


def _entry(entry: Entry) -> Iterator[str]:
    words = kind_words()
    kinds = _("、").join(words[kind] for kind in entry.kinds)
    name = f"<code>{escaped(entry.name)}</code>" if entry.name else _("（没有编码）")
    yield " ".join(part for part in (f"- **{kinds}**", name, _prose(entry.place)) if part)
    for remark in entry.remarks:
        yield f"  - {'★ ' if entry.is_guess and remark == entry.remarks[-1] else ''}{_prose(remark)}"
    for line in entry.lines:
        is_whole = What.ADDED in entry.kinds or What.REMOVED in entry.kinds
        yield f"  - {_labelled(line, _whole(line) if is_whole else _changed(line.pieces))}"
    if entry.start:
        yield f"  - <code>{escaped(entry.start)}</code>"


def _labelled(line: Line, text: str) -> str:
    return _("{label}：").format(label=_prose(line.label)) + text if line.label else text


def _whole(line: Line) -> str:
    (piece,) = line.pieces
    tag = "ins" if piece.new else "del"
    return f"<code><{tag}>{escaped(of_whole(piece.new or piece.old))}</{tag}></code>"


def _changed(pieces: Iterable[Piece]) -> str:
    parts = []
    for piece in around_changes(list(pieces)):
        if piece.is_equal:
            parts.append(escaped(piece.new))
            continue
        shown = visible_change(piece)
        parts += [f"<{tag}>{escaped(text)}</{tag}>" for tag, text in (("del", shown.old), ("ins", shown.new)) if text]
    return f"<code>{''.join(parts)}</code>"
