"""Findings stand at the very words, in every format and however a value is written there."""

import importlib.util
from collections.abc import Callable
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from qnphrase import new_pack
from qnphrase.errors import UnrepresentableError
from qnphrase.formats import rows as pack_rows
from qnphrase.lint.file import lint_file
from qnphrase.lint.options import LintOptions
from qnphrase.lint.rule import Rule
from qnphrase.lint.rule import Sample
from qnphrase.lint.rules import all_rules
from qnphrase.lint.settings import Settings
from qnphrase.pack import load
from qnphrase.schedule import Schedule


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


layouts = _module("layouts")
RULES = [rule for rule in all_rules() if rule.check_file is None and any(sample.spans for sample in rule.samples)]
OPTIONS = Settings(today=date(2026, 11, 21))


RowsOf = Callable[[Rule, Sample], "list[layouts.Row]"]


@pytest.fixture(scope="module")
def rows_of(sample_book: Callable[..., Any]) -> RowsOf:
    """Return the phrases of a sample with marks; where the sample is one text, as a phrase with a code and a group."""
    return partial(_rows, sample_book)


def _rows(sample_book: Callable[..., Any], rule: Rule, sample: Sample) -> "list[layouts.Row]":
    book = sample_book(rule, sample)
    single = rule.check_book is None or "," not in sample.text
    rows = []
    for subject, origin in zip(book.subjects, book.origins, strict=True):
        values = {name: getattr(subject, name) for name in ("code", "text", "group", "scenario")}
        if single:
            rows.append(layouts.Row("bm1", layouts.marked(subject.text, sample.spans, 0), "组一"))
            continue
        cells = {name: layouts.marked(values[name], sample.spans, origin[name]) for name in values if name in origin}
        hours = _written(subject.schedule) if subject.schedule else ""
        told = (cells.get(name, "") for name in ("code", "text", "group", "scenario"))
        rows.append(layouts.Row(*told, hours))
    return rows


def _written(schedule: Schedule) -> str:
    """Return the hours as they are written in a book."""
    ends = [[divmod(minute, 60) for minute in hours] for hours in schedule.hours]
    return ", ".join("-".join(f"{hour:02}:{minute:02}" for hour, minute in pair) for pair in ends)


def _check(rule: Rule, file: "layouts.File", name: str, rows: "Sequence[layouts.Row]") -> None:
    data = _bytes(file.text, name)
    pack = load(data, name=name)
    assert pack.document.text == file.text
    held = [(subject.group, subject.code, subject.text) for subject in pack.reading.subjects()]
    assert held == [row.plain() for row in rows], "the layout doesn't say what the sample says"
    found = lint_file(data, LintOptions(OPTIONS, select=[rule.code]), name=name)
    places = sorted((one.start, one.end) for one in found.diagnostics if one.code == rule.code)
    assert places == file.spans, [file.text[slice(*place)] for place in places]
    for one in found.diagnostics:
        if one.code == rule.code:
            assert (one.line, one.column) == layouts.position(file.text, one.start)
            assert (one.end_line, one.end_column) == layouts.position(file.text, one.end)


def _bytes(text: str, name: str) -> bytes:
    if not name.endswith(".csv"):
        return text.encode()
    try:
        return text.encode("gbk")
    except UnicodeEncodeError:
        return text.encode("utf-8-sig", "surrogateescape")


@pytest.mark.parametrize("layout", layouts.LAYOUTS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_by_hand(rule: Rule, layout: str, rows_of: RowsOf) -> None:
    for sample in rule.samples:
        if sample.spans:
            rows = rows_of(rule, sample)
            text = layouts.LAYOUTS[layout](rows)
            if text is not None:
                _check(rule, layouts.file_of(text), f"样例.{layout.partition('-')[0]}", rows)


@pytest.mark.parametrize("suffix", ["csv", "xml", "yaml"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_as_qnphrase_writes(rule: Rule, suffix: str, rows_of: RowsOf) -> None:
    for sample in rule.samples:
        rows = rows_of(rule, sample) if sample.spans else []
        if not rows or any(row.scenario or row.group == "自动回复" for row in rows):
            continue
        book = pack_rows.book_of_rows([pack_rows.Row(row.group, row.code, row.text) for row in rows])
        plain = pack_rows.book_of_rows([pack_rows.Row(*row.plain()) for row in rows])
        try:
            text = new_pack(book, suffix, encoding="utf-8").document.text
            file = layouts.file_of(text)
            if file.text == new_pack(plain, suffix, encoding="utf-8").document.text:  # marks may change the quoting
                _check(rule, file, f"样例.{suffix}", rows)
        except UnrepresentableError:
            continue  # what no such file can hold


# What a format can't hold: packs know no scenarios and no hours; in a book the code of an auto-reply isn't written.
_NOWHERE = {
    **{code: {"csv", "xml"} for code in ("QN901", "QN902", "QN903", "QN904", "QN915")},
    **{code: {"yaml"} for code in ("QN911", "QN912", "QN913", "QN914", "QN916")},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_tried_in_every_format(rule: Rule, rows_of: RowsOf) -> None:
    samples = [rows_of(rule, sample) for sample in rule.samples if sample.spans]
    tried = {name.partition("-")[0] for name, write in layouts.LAYOUTS.items() if any(map(write, samples))}
    assert {"csv", "xml", "yaml"} - tried == _NOWHERE.get(rule.code, set())


def test_the_code_of_a_reply_is_where_a_book_says_when() -> None:
    text = "version: 1\nauto_replies:\n- {when: busy, text: 抱歉，马上回您}\n- when: busy\n  text: 抱歉，稍等一下\n"
    found = lint_file(text.encode(), LintOptions(OPTIONS, select=["QN912"]), name="本.yaml").diagnostics
    assert [(one.line, one.column, one.end_column) for one in found] == [(4, 9, 13)]
