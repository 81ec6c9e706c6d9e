"""The manual pages of the rules, for the terminal and for `docs/rules.md`; both read the rules' own docstrings."""

from qnphrase.language import _
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Rule
from qnphrase.lint.rules import all_rules
from qnphrase.lint.unruled import UNRULED


def pages() -> tuple[Rule, ...]:
    """Return all that has a manual page, by code: the rules, and what is found beside them."""
    return tuple(sorted((*all_rules(), *UNRULED), key=lambda rule: rule.code))


def page_named(word: str) -> Rule | None:
    """Return what has a page under a code or a name."""
    wanted = word.strip()
    return next((rule for rule in pages() if wanted.upper() == rule.code or wanted.lower() == rule.name), None)


def severity_word(severity: Severity) -> str:
    """Return the severity in the user's language."""
    return {Severity.ERROR: _("错误"), Severity.WARNING: _("警告"), Severity.INFO: _("提示")}[severity]


def as_text(rule: Rule) -> str:
    """Return the page of a rule for a terminal."""
    return "\n".join((_heading(rule), "", _(rule.page)))


def _heading(rule: Rule) -> str:
    marks = [severity_word(rule.severity)]
    if rule.graver_in_replies and rule.severity is not Severity.ERROR:
        marks.append(_("自动回复里高一级"))
    if rule.fixable:
        marks.append(_("可自动修"))
    if not rule.on_by_default:
        marks.append(_("默认不跑"))
    return _("{rule}（{marks}）").format(rule=f"{rule.code} {rule.name}", marks=_("，").join(marks))


def as_markdown() -> str:
    """Return `docs/rules.md`: a table of all rules, then their pages."""
    lines = [_("# 规则"), "", _("这一页由 `make rules` 从规则自己的说明生成，请不要直接改。"), ""]
    lines += [_("| 编号 | 名字 | 级别 | 查什么 |"), "| --- | --- | --- | --- |"]
    for rule in pages():
        summary = _(rule.page).partition("\n")[0]
        lines.append(
            f"| [{rule.code}](#{rule.code.lower()}) | {rule.name} | {severity_word(rule.severity)} | {summary} |"
        )
    for rule in pages():
        lines += ["", f'<a id="{rule.code.lower()}"></a>', "", f"## {_heading(rule)}", "", *_page_lines(rule)]
    return "\n".join(lines) + "\n"


def _page_lines(rule: Rule) -> list[str]:
    lines: list[str] = []
    for line in _(rule.page).split("\n"):
        if line.startswith(("PASS: ", "FAIL: ")):
            kind, sample = line[:4], line[6:].replace("`", "\\`")
            lines.append(f"- {'√' if kind == 'PASS' else '×'} {sample}")
        else:
            lines.append(line)
    return lines
