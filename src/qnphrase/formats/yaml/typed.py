"""Values that are more than text: the version, a trigger, a number of contacts, a switch, a day.

They are read strictly from what is written, never from what YAML makes of it.
"""

import datetime
import re
from collections.abc import Callable
from typing import Any

from qnphrase.formats.yaml.keys import LEAST_THRESHOLD
from qnphrase.formats.yaml.keys import MAX_COOLDOWN
from qnphrase.formats.yaml.keys import MAX_THRESHOLD
from qnphrase.formats.yaml.keys import TRIGGERS
from qnphrase.formats.yaml.keys import VERSION
from qnphrase.formats.yaml.keys import Kind
from qnphrase.formats.yaml.nodes import Scalar
from qnphrase.language import _
from qnphrase.schedule import parse_dates
from qnphrase.schedule import parse_days
from qnphrase.schedule import parse_hours

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_SWITCHES = {"true": True, "false": False}
_MINUTES = re.compile(r"[1-9][0-9]{0,4}")
_NEVER_QUOTED = frozenset((Kind.VERSION, Kind.THRESHOLD, Kind.SWITCH, Kind.MINUTES))
_SCHEDULES: dict[Kind, Callable[[str], object]] = {
    Kind.WEEKDAYS: parse_days,
    Kind.HOURS: parse_hours,
    Kind.DATES: parse_dates,
}


def typed_value(kind: Kind, scalar: Scalar) -> Any:
    """Return what `scalar` says, or `None` where it says nothing that `kind` knows."""
    text = scalar.value
    if kind in _NEVER_QUOTED and scalar.style:
        return None
    if kind is Kind.VERSION:
        return text if text == VERSION else None
    if kind is Kind.SWITCH:
        return _SWITCHES.get(text)
    if kind is Kind.TRIGGER:
        return text if text in TRIGGERS else None
    if kind is Kind.THRESHOLD:
        number = int(text) if _NUMBER.fullmatch(text) else 0
        return number if LEAST_THRESHOLD <= number <= MAX_THRESHOLD else None
    if kind is Kind.MINUTES:
        number = int(text) if _MINUTES.fullmatch(text) else 0
        return number if 1 <= number <= MAX_COOLDOWN else None
    if kind in _SCHEDULES:
        return text if text and not _complaint(kind, text) else None
    return _day(text)


def _complaint(kind: Kind, text: str) -> str:
    """Return what is wrong with the text of a schedule, or nothing."""
    try:
        _SCHEDULES[kind](text)
    except ValueError as error:
        return str(error)
    return ""


def _day(text: str) -> datetime.date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def what_is_wrong(kind: Kind, name: str, scalar: Scalar) -> tuple[str, str]:
    """Return what to say of a value that `typed_value` doesn't know, and what to write instead."""
    text = scalar.value
    if kind in _NEVER_QUOTED and scalar.style:
        return _("{name} 的值不要加引号").format(name=name), _("请写成 {name}: {text}").format(name=name, text=text)
    if kind is Kind.VERSION:
        what = _("不认识的短语本版本：{text}").format(text=text or _("（空）"))
        return what, _("请写成 version: 1；如果是更新的版本，请升级 qnphrase。")
    if not text:
        return _("{name} 后面是空的").format(name=name), _("请写上值，或者把这一行删掉。")
    if kind is Kind.SWITCH:
        return _("{name} 只能写 true 或 false").format(name=name), _switch_hint(name, text)
    if kind is Kind.TRIGGER:
        return _("不认识的触发条件：{text}").format(text=text), _trigger_hint(text)
    if kind is Kind.THRESHOLD:
        return _("{name} 要写 1 到 9999 的整数").format(name=name), _("例如 {name}: 30").format(name=name)
    if kind is Kind.MINUTES:
        return _("{name} 要写 1 到 43200 的整数（分钟）").format(name=name), _("例如 {name}: 60").format(name=name)
    if kind in _SCHEDULES:
        return _("{name} 写得不对").format(name=name), _complaint(kind, text)
    if _DAY.fullmatch(text):
        return _("没有 {text} 这一天").format(text=text), _("请检查年月日。")
    return _("{name} 要写成“年-月-日”").format(name=name), _("例如 {name}: 2026-12-31").format(name=name)


def _switch_hint(name: str, text: str) -> str:
    word = "true" if text.lower() in ("true", "yes", "on", "y", "1", "是", "启用", "开") else "false"
    return _("请写成 {name}: {word}").format(name=name, word=word)


_TRIGGER_WORDS = {
    "首次": "first_message",
    "第一次": "first_message",
    "first": "first_message",
    "忙碌": "busy",
    "离开": "away",
    "超": "contacts_over",
    "人数": "contacts_over",
    "over": "contacts_over",
}


def _trigger_hint(text: str) -> str:
    import difflib

    near = [trigger for word, trigger in _TRIGGER_WORDS.items() if word in text]
    near = near or difflib.get_close_matches(text, TRIGGERS, 1)
    if near:
        return _("是不是想写 {name}？").format(name=near[0])
    return _("可以写 {names}。").format(names=_("、").join(TRIGGERS))
