"""The fields of a phrase in words: what they are called and what they say."""

from collections.abc import Hashable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date

from qnphrase.formats.autoreply_group import trigger_word
from qnphrase.language import _
from qnphrase.merge.change import FieldChange
from qnphrase.merge.record import EXTRA
from qnphrase.merge.words import Piece
from qnphrase.merge.words import word_diff
from qnphrase.places import REPLIES


def pieces_of(change: FieldChange) -> Sequence[Piece]:
    """Return a field that changed, piece by piece."""
    if change.name in ("tags", "remove") and (pieces := list(_entries(change.before or (), change.after or ()))):
        return pieces
    before, after = said(change.name, change.before), said(change.name, change.after)
    return [Piece(before, after)] if change.name == "enabled" else word_diff(before, after)


def _entries(before: Hashable, after: Hashable) -> Iterator[Piece]:
    """Yield tags, or other texts, as the set that they are; nothing where only their order changed."""
    assert isinstance(before, tuple)  # noqa: S101 - so are they
    assert isinstance(after, tuple)  # noqa: S101
    if set(before) == set(after):
        return
    entries = [Piece(entry, entry if entry in after else "") for entry in before]
    entries += [Piece("", entry) for entry in after if entry not in before]
    for at, piece in enumerate(entries):
        if at:
            yield Piece(_("、"), _("、"))
        yield piece


def said(name: str, value: object) -> str:
    """Return the value of a field as people read it."""
    if name == "enabled":
        return _("启用") if value else _("停用")
    if value is None:
        return ""
    if name == "when" and isinstance(value, tuple):
        return trigger_word(*value)
    if name == "text" and isinstance(value, tuple):
        kind, content = value
        return _("→短语「{code}」").format(code=content) if kind == "phrase" else str(content)
    if isinstance(value, tuple):
        return _("、").join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def label_of(name: str) -> str:
    """Return how a field is called where it is shown; the text of a phrase needs no name."""
    return "" if name == "text" else field_name(name)


def field_name(name: str) -> str:
    """Return how a field of a record, or of the book, is called."""
    if name.startswith(EXTRA):
        return _("附加列“{name}”").format(name=name.removeprefix(EXTRA))
    names = {
        "group": _("分组"),
        "code": _("快捷编码"),
        "text": _("内容").strip(),
        "when": _("触发条件"),
        "replace": _("替换的短语"),
        "scenario": _("场景"),
        "tags": _("标签"),
        "note": _("备注"),
        "until": _("最后使用日期"),
        "enabled": _("状态"),
        "days": _("星期几"),
        "hours": _("时间段"),
        "dates": _("日期"),
        "except_dates": _("除外的日期"),
        "cooldown": _("间隔（分钟）"),
        "shop": _("店铺名"),
        "signature": _("个性签名"),
        "remove": _("叠加时去掉的内容"),
    }
    return names[name]


def group_title(name: str) -> str:
    """Return how a group is called."""
    if name == REPLIES:
        return _("自动回复")
    return _("「{group}」").format(group=name) if name else _("未分组")
