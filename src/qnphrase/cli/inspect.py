"""`qnphrase inspect FILE…`: what is this file, and why do we think so."""

from collections.abc import Iterable
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated
from typing import Any

import typer

from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import write_json
from qnphrase.language import _
from qnphrase.pack import Pack


class Report(StrEnum):
    """How the report is written."""

    text = "text"
    json = "json"


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help=_("要看的文件；- 是标准输入"))],
    report: Annotated[Report, typer.Option("--format", help=_("text 给人看，json 给程序看"))] = Report.text,
    input_encoding: options.InputEncoding = None,
    xml_map: options.Mapping = None,
) -> None:
    """Inspect files."""
    reports = [describe(options.read_pack(path, encoding=input_encoding, mapping=xml_map)) for path in files]
    if report is Report.json:
        write_json(reports if len(reports) > 1 else reports[0])
        return
    for one in reports:
        for line in lines_of(one):
            say(line)


command.__doc__ = _("看看一个文件是什么：格式、编码、换行、引号、表头、条数，以及为什么这么认为。")


def describe(pack: Pack) -> dict[str, Any]:
    """Return what `inspect` knows of a file; the keys are stable."""
    encoding = pack.document.encoding
    return {
        "path": pack.path,
        "format": pack.format,
        "encoding": {"name": encoding.label, "bom": bool(encoding.bom), "why": encoding.why},
        "counts": dict(pack.reading.counts()),
        **pack.reading.facts(),
        "warnings": [{"line": notice.line or None, "message": notice.message} for notice in pack.notices],
    }


def lines_of(report: Mapping[str, Any]) -> list[str]:
    """Return the report for people, a line each."""
    said = [
        (_("格式"), _format_line(report)),
        (_("编码"), _joined(part for part in (report["encoding"]["name"], report["encoding"]["why"]) if part)),
        (_("表头"), _header_line(report)),
        (_("结构"), _structure_line(report)),
        (_("写法"), _habit_line(report)),
        (_("内容"), _count_line(report["counts"])),
    ]
    lines = [report["path"] or "-", *(f"  {label}  {line}" for label, line in said if line)]
    notice = _("提醒")
    for warning in report["warnings"]:
        place = _("第 {line} 行：").format(line=warning["line"]) if warning["line"] else ""
        lines.append(f"  {notice}  {place}{warning['message']}")
    return lines


def _joined(parts: Iterable[str]) -> str:
    return _("，").join(parts)


def _format_line(report: Mapping[str, Any]) -> str:
    profiles = {
        "qianniu": _("千牛导出的表头"),
        "qianniu-clone": _("千牛同类软件的表头"),
        "shop-workbook": _("店铺自己的登记表，分组空着就跟上一行"),
        "kefubao": _("客服宝的表头"),
        "known-names": _("认得列名，但不是已知的导出表头"),
        "positional": _("没有表头，按列的位置读"),
    }
    kind = {"csv": _("CSV 导出包"), "xml": _("XML 导出包"), "yaml": _("YAML 短语本")}[report["format"]]
    profile = profiles.get(report.get("profile", ""), report.get("profile", ""))
    return _("{kind}（{profile}）").format(kind=kind, profile=profile) if profile else kind


def _header_line(report: Mapping[str, Any]) -> str:
    header = report.get("header")
    if not header:
        return ""
    line = _joined(header)
    return (
        line if report["header_row"] == 1 else _("第 {row} 行：{header}").format(row=report["header_row"], header=line)
    )


def _structure_line(report: Mapping[str, Any]) -> str:
    return str(report.get("mapping") or "")


def _habit_line(report: Mapping[str, Any]) -> str:
    newlines = {"crlf": "CRLF", "lf": "LF", "cr": "CR", "mixed": _("混用")}
    quotings = {
        "all": _("每一格都加引号"),
        "minimal": _("需要时才加引号"),
        "mixed": _("引号有的加、有的不加"),
        "none": _("不加引号"),
    }
    parts = []
    if report.get("newline"):
        parts.append(_("换行 {newline}").format(newline=newlines[report["newline"]]))
    if report.get("newline_in_cells"):
        parts.append(_("格子里的换行 {newline}").format(newline=newlines[report["newline_in_cells"]]))
    if report.get("quoting"):
        parts.append(quotings[report["quoting"]])
    if report.get("guard"):
        parts.append(_("格子前有 TAB 保护"))
    if report.get("escapes"):
        parts.append(_("换行和逗号写成 &#13; &#44;"))
    if report.get("final_newline") is False:
        parts.append(_("末尾没有换行"))
    return _joined(parts)


def _count_line(counts: Mapping[str, int]) -> str:
    return _("{phrases} 条短语（其中未分组 {ungrouped} 条），{groups} 个分组，{auto_replies} 条自动回复").format(
        **counts
    )
