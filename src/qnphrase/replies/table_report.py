"""The truth table for people, readable at a glance, and for machines."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from qnphrase.language import _
from qnphrase.replies.decision_report import profile_json
from qnphrase.replies.table import Band
from qnphrase.replies.table import Cell
from qnphrase.replies.table import Table
from qnphrase.replies.table import Times
from qnphrase.replies.words import day_word
from qnphrase.replies.words import moment
from qnphrase.replies.words import names_of
from qnphrase.replies.words import padded
from qnphrase.replies.words import status_word
from qnphrase.text.measure import columns


def render(table: Table) -> str:
    """Return the table and what is wrong with it."""
    return "".join(f"{line}\n" for line in _lines(table))


def _lines(table: Table) -> Iterator[str]:
    yield table.profile.caveat
    if _is_ordered(table):
        yield _("括号里的也满足条件，但没轮到；“无”是什么也不发；“空档”是有人在等，却什么也不发。不算冷却时间。")
    else:
        yield _("“无”是什么也不发；“空档”是有人在等，却什么也不发。不算冷却时间。")
    for times in table.times:
        yield ""
        yield _("{times}：{what}").format(times=_name(table, times), what=times_words(table, times))
        yield from _grid(table, [cell for cell in table.cells if cell.times is times])
    yield ""
    yield from _verdict(table)


def _grid(table: Table, cells: Sequence[Cell]) -> Iterator[str]:
    width = len(table.bands)
    rows = [[_("状态"), _("当天第一条"), *map(band_words, table.bands)]]
    for start in range(0, len(cells), width):
        row = cells[start : start + width]
        first = _("是") if row[0].first_today else _("否")
        rows.append([status_word(row[0].status), first, *(_cell_words(table, cell) for cell in row)])
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    for words in rows:
        yield "  " + "   ".join(map(padded, words, widths)).rstrip()


def _cell_words(table: Table, cell: Cell) -> str:
    names = names_of(table.rules.replies)
    if not cell.sent:
        return _("空档") if table.is_waiting(cell) else _("无")
    sent = " + ".join(names[index] for index in cell.sent)
    others = [names[index] for index in cell.holding if index not in cell.sent]
    return _("{sent}（{others}）").format(sent=sent, others=_("、").join(others)) if others else sent


def _name(table: Table, times: Times) -> str:
    return _("时段 {number}").format(number=table.times.index(times) + 1)


def times_words(table: Table, times: Times) -> str:
    """Return what tells these times from the others, with an example."""
    if len(table.times) == 1:
        return _("任何时候")
    ever = frozenset[int]().union(*(one.allowed for one in table.times))
    always = frozenset(ever).intersection(*(one.allowed for one in table.times))
    names = names_of(table.rules.replies)
    inside, outside = sorted(times.allowed - always), sorted(ever - times.allowed)
    parts = []
    if inside:
        parts.append(_("可以发 {names}").format(names=_("、").join(names[index] for index in inside)))
    if outside:
        parts.append(_("不发 {names}").format(names=_("、").join(names[index] for index in outside)))
    example = f"{moment(times.example)} {day_word(times.example.date())}"
    return _("{what}，例如 {example}").format(what=_("，").join(parts), example=example)


def band_words(band: Band) -> str:
    """Return numbers of contacts."""
    if band.high is None:
        return _("超过 {count} 人").format(count=band.low - 1) if band.low > 1 else _("不管几人")
    if band.low == 1:
        return _("{count} 人以内").format(count=band.high)
    if band.low == band.high:
        return _("{count} 人").format(count=band.low)
    return _("{low}-{high} 人").format(low=band.low, high=band.high)


def _is_ordered(table: Table) -> bool:
    """Whether some that hold aren't sent because others go before them."""
    return table.profile.at_most is not None


def _verdict(table: Table) -> Iterator[str]:
    names = names_of(table.rules.replies)
    for words in _merged(table, table.gaps):
        yield "× " + _("空档：{where}，买家什么也收不到").format(where=words)
    for index, by in table.shadowed:
        others = _("、").join(names[one] for one in by)
        yield "× " + _("{name} 永远发不出去：它能发的时候，总是先发 {others}").format(name=names[index], others=others)
    for index in table.never:
        if table.rules.rules[index].texts:
            yield "× " + _("{name} 永远发不出去：它的时段里没有一天一刻能发").format(name=names[index])
        else:
            yield "× " + _("{name} 永远发不出去：没有内容可发").format(name=names[index])
    for words in _merged(table, table.doubles):
        yield "× " + _("一条消息发出好几条：{where}").format(where=words)
    if table.contested and _is_ordered(table):
        yield "● " + _("{count} 种情况下不止一条满足条件，发哪条看千牛的优先顺序（上面括号里的就是）").format(
            count=len(table.contested)
        )
    if table.is_fine:
        yield "√ " + _("没有空档，没有发不出去的，也没有重复的")


def _merged(table: Table, cells: Iterable[Cell]) -> Iterator[str]:
    """Yield the situations in words; those that differ in nothing but contacts, or first or not, together."""
    rows: dict[tuple[Times, str, bool], list[Band]] = {}
    for cell in cells:
        rows.setdefault((cell.times, cell.status.value, cell.first_today), []).append(cell.band)
    for (times, status, first), bands in rows.items():
        same = rows.get((times, status, not first)) == bands
        if same and not first:
            continue  # said together with the first message
        parts = [_name(table, times)] if len(table.times) > 1 else []
        parts.append(status_word(next(one.status for one in table.cells if one.status.value == status)))
        if not same:
            parts.append(_("当天第一条消息") if first else _("不是当天第一条消息"))
        if len(bands) < len(table.bands):
            parts.append(_("、").join(map(band_words, bands)))
        yield _("，").join(parts)


def as_json(table: Table) -> dict[str, Any]:
    """Return the table for machines: JSON values under stable English keys."""
    names = names_of(table.rules.replies)

    def named(indices: Iterable[int]) -> list[str]:
        return [names[index] for index in indices]

    return {
        "profile": profile_json(table.profile),
        "fine": table.is_fine,
        "cells": [
            {
                "at": cell.times.example.isoformat(),
                "status": cell.status.value,
                "first_today": cell.first_today,
                "contacts": {"from": cell.band.low, "to": cell.band.high},
                "sent": named(cell.sent),
                "holding": named(cell.holding),
                "gap": cell in table.gaps,
            }
            for cell in table.cells
        ],
        "shadowed": [{"reply": names[one.index], "by": named(one.by)} for one in table.shadowed],
        "never": named(table.never),
    }
