"""Findings stand at the very words, in every format and however a value is written there."""

import importlib.util
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from qnphrase import new_pack
from qnphrase.errors import UnrepresentableError
from qnphrase.formats import rows as pack_rows
from qnphrase.lint.file import lint_file
from qnphrase.lint.options import LintOptions
from qnphrase.lint.rule import Rule
from qnphrase.lint.rule import Sample
from qnphrase.lint.rules import all_rules
from qnphrase.lint.sample import sample_book
from qnphrase.lint.settings import Settings
from qnphrase.pack import load


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


layouts = _module("layouts")
RULES = [rule for rule in all_rules() if any(sample.spans for sample in rule.samples)]
OPTIONS = Settings(today=date(2026, 11, 21))


def _rows(rule: Rule, sample: Sample) -> "list[layouts.Row]":
    """Return the phrases of a sample with marks; where the sample is one text, as a phrase with a code and a group."""
    book = sample_book(rule, sample)
    single = rule.check_book is None or "," not in sample.text
    rows = []
    for subject, origin in zip(book.subjects, book.origins, strict=True):
        values = {"code": subject.code, "text": subject.text, "group": subject.group}
        if single:
            rows.append(layouts.Row("bm1", layouts.marked(subject.text, sample.spans, 0), "组一"))
            continue
        cells = {name: layouts.marked(values[name], sample.spans, origin[name]) for name in values if name in origin}
        rows.append(layouts.Row(cells["code"], cells.get("text", ""), cells.get("group", ""), subject.scenario))
    return rows


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
def test_by_hand(rule: Rule, layout: str) -> None:
    for sample in rule.samples:
        if sample.spans:
            rows = _rows(rule, sample)
            text = layouts.LAYOUTS[layout](rows)
            if text is not None:
                _check(rule, layouts.file_of(text), f"样例.{layout.partition('-')[0]}", rows)


@pytest.mark.parametrize("suffix", ["csv", "xml", "yaml"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_as_qnphrase_writes(rule: Rule, suffix: str) -> None:
    for sample in rule.samples:
        rows = _rows(rule, sample) if sample.spans else []
        if not rows or any(row.scenario or row.group == "自动回复" for row in rows):
            continue
        if suffix == "xml" and any(layouts.BEGIN in row.group for row in rows):
            continue  # in a nested file a group's name stands around the records; the finding stands at the record
        book = pack_rows.book_of_rows([pack_rows.Row(row.group, row.code, row.text) for row in rows])
        plain = pack_rows.book_of_rows([pack_rows.Row(*row.plain()) for row in rows])
        try:
            text = new_pack(book, suffix, encoding="utf-8").document.text
            file = layouts.file_of(text)
            if file.text == new_pack(plain, suffix, encoding="utf-8").document.text:  # marks may change the quoting
                _check(rule, file, f"样例.{suffix}", rows)
        except UnrepresentableError:
            continue  # what no such file can hold


# What a format can't hold: packs know no scenarios; in a book the code of an auto-reply isn't written.
_NOWHERE = {
    **{code: {"csv", "xml"} for code in ("QN902", "QN903")},
    **{code: {"yaml"} for code in ("QN911", "QN912", "QN913", "QN914")},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_tried_in_every_format(rule: Rule) -> None:
    samples = [_rows(rule, sample) for sample in rule.samples if sample.spans]
    tried = {name.partition("-")[0] for name, write in layouts.LAYOUTS.items() if any(map(write, samples))}
    assert {"csv", "xml", "yaml"} - tried == _NOWHERE.get(rule.code, set())


def test_the_code_of_a_reply_is_where_a_book_says_when() -> None:
    text = "version: 1\nauto_replies:\n- {when: busy, text: 抱歉，马上回您}\n- when: busy\n  text: 抱歉，稍等一下\n"
    found = lint_file(text.encode(), LintOptions(OPTIONS, select=["QN912"]), name="本.yaml").diagnostics
    assert [(one.line, one.column, one.end_column) for one in found] == [(4, 9, 13)]
