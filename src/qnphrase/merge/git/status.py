"""What is set up in a repository, what isn't, and what is odd."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qnphrase.formats.table import format_of_suffix
from qnphrase.language import _
from qnphrase.merge.git.attributes import foreign_lines
from qnphrase.merge.git.attributes import our_lines
from qnphrase.merge.git.attributes import pattern_of
from qnphrase.merge.git.program import driver_command
from qnphrase.merge.git.program import program_in
from qnphrase.merge.git.program import shell_program
from qnphrase.merge.git.program import starts
from qnphrase.merge.git.program import textconv_command
from qnphrase.merge.git.repository import Repository
from qnphrase.merge.git.repository import config_value
from qnphrase.merge.git.setup import DRIVER_KEY
from qnphrase.merge.git.setup import TEXTCONV_KEY

_NAMED = 3  # files of one kind that are named


@dataclass(frozen=True)
class Finding:
    """One thing about a repository. `kind` is `ok`, `missing`, `odd` or `tip`; `hint` says what to do."""

    kind: str
    message: str
    hint: str = ""


def status_of(repository: Repository) -> list[Finding]:
    """Return what there is to say of a repository, in the order in which people want to know."""
    return [*_commands(repository.root), *_attributes(repository)]


def _commands(folder: Path) -> Iterator[Finding]:
    for key, name, command in (
        (DRIVER_KEY, _("按短语合并"), driver_command),
        (TEXTCONV_KEY, _("git diff 看得懂导出包"), textconv_command),
    ):
        value = config_value(key, folder)
        if value is None:
            yield Finding("missing", _("{name}：没有设置").format(name=name), _again())
            continue
        program = program_in(value)
        known = shell_program()
        if not starts(program):
            message = _("{name}：设置的程序已经不在了：{program}").format(name=name, program=program)
            yield Finding("odd", message, _again())
        elif program == program_in(known) and value != command(known):
            yield Finding("odd", _("{name}：是另一个版本写的，或者被改过").format(name=name), _again())
        else:
            is_local = config_value(key, folder, "--local") is not None
            where = _("只在这个仓库") if is_local else _("所有的仓库")
            yield Finding("ok", _("{name}：设好了（{where}）").format(name=name, where=where))


def _again() -> str:
    return _("运行 qnphrase git install")


def _attributes(repository: Repository) -> Iterator[Finding]:
    data = repository.attributes_bytes() or b""
    lines = our_lines(data)
    if not lines:
        yield Finding("missing", _(".gitattributes：还没有写哪些文件归 qnphrase 管"), _again())
        return
    patterns = [pattern_of(line) for line in lines]
    paths = repository.tracked(patterns)
    found = repository.attributes_of(paths, "merge", "diff", "text") if paths else {}
    held = [path for path in paths if found[path]["merge"] == "qnphrase"]
    said = _(".gitattributes：{patterns}，现在有 {count} 个文件归 qnphrase 管")
    yield Finding("ok", said.format(patterns=_("、").join(patterns), count=len(held)))
    if repository.is_changed(repository.attributes_file):
        yield Finding("odd", _(".gitattributes 还没有提交，同事那边不起作用"), _("git add .gitattributes，再提交"))
    if any(not path.isascii() for path in paths) and config_value("core.quotePath", repository.root) != "false":
        message = _("中文文件名在 git 里会显示成 \\345\\217 这样的数字")
        yield Finding("tip", message, _("想看见中文：git config core.quotePath false"))
    yield from _overruled(repository, data, patterns, [path for path in paths if path not in set(held)])
    yield from _converted(repository, [path for path in held if _is_pack(path) and found[path]["text"] != "unset"])


def _is_pack(path: str) -> bool:
    return format_of_suffix(path) in ("csv", "xml")


def _overruled(repository: Repository, data: bytes, patterns: list[str], paths: list[str]) -> Iterator[Finding]:
    """Yield what other lines or files say of the files that should be ours."""
    for line in foreign_lines(data):
        names = {attribute.lstrip("-!").partition("=")[0] for attribute in line.attributes}
        if line.pattern.strip('"') in patterns and names & {"merge", "diff", "binary"}:
            message = _(".gitattributes 第 {line} 行对 {pattern} 另有安排：{attributes}").format(
                line=line.number, pattern=line.pattern, attributes=" ".join(line.attributes)
            )
            yield Finding("odd", message, _("写在后面的一行说了算；不要的那一行请删掉"))
    if paths:
        found = repository.attributes_of(paths, "merge")
        drivers = _("、").join(dict.fromkeys(found[path]["merge"] for path in paths))
        message = _("{files} 归了别的合并方式：{drivers}").format(files=_some(paths), drivers=drivers)
        yield Finding("odd", message, _("看看后面几行、文件夹里的 .gitattributes 和 .git/info/attributes"))


def _converted(repository: Repository, paths: list[str]) -> Iterator[Finding]:
    if not paths:
        return
    setting = config_value("core.autocrlf", repository.root)
    message = _("{files} 没有 -text，git 会改它们的换行").format(files=_some(paths))
    if setting not in (None, "false"):
        message = _("{message}（core.autocrlf 是 {setting}）").format(message=message, setting=setting)
    yield Finding("odd", message, _("导出包是一个字节也不能动的：给它们加上 -text"))


def _some(paths: list[str]) -> str:
    named = _("、").join(paths[:_NAMED])
    return _("{named} 等 {count} 个文件").format(named=named, count=len(paths)) if len(paths) > _NAMED else named
