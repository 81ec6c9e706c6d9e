"""`qnphrase import PACK BOOK.yaml`: what Qianniu exported, into a new phrasebook or one that exists."""

import os
from typing import TYPE_CHECKING
from typing import Annotated

import typer

from qnphrase.cli import merging
from qnphrase.cli import options
from qnphrase.cli.output import say
from qnphrase.cli.output import tell
from qnphrase.errors import UsageError
from qnphrase.formats.table import format_of_suffix
from qnphrase.language import _
from qnphrase.merge.files import PackMerge
from qnphrase.pack import Pack
from qnphrase.pack import convert

if TYPE_CHECKING:
    from qnphrase.merge.importing import Import

_MOST_SUSPECTS = 20


def command(
    source: Annotated[str, typer.Argument(metavar="PACK", help=_("千牛导出的 CSV 或 XML；- 是标准输入"))],
    book: Annotated[str, typer.Argument(metavar="BOOK", help=_("短语本（.yaml），新的或已有的；- 是标准输出"))],
    write: Annotated[bool, typer.Option("--write", "-w", help=_("短语本已经有了时，写进去；不加就只预览"))] = False,
    base: Annotated[
        str | None,
        typer.Option("--base", "-b", metavar=_("文件"), help=_("上次导入的导出包；不给就用短语本旁边 .lock 里记的")),
    ] = None,
    delete: Annotated[
        bool, typer.Option("--delete", help=_("千牛里已经删掉的短语，短语本里也删；不加就都留着"))
    ] = False,
    conflicts: merging.Conflicts = merging.Policy.STOP,
    report: merging.Report = None,
    interactive: merging.Interactive = False,
    ignore_whitespace: merging.IgnoreWhitespace = False,
    input_encoding: options.InputEncoding = None,
    xml_map: options.Mapping = None,
) -> None:
    """Import a pack."""
    if book != options.STANDARD and format_of_suffix(book) != "yaml":
        raise UsageError(_("短语本的文件名要以 .yaml 结尾：{path}").format(path=book))
    if source == base == options.STANDARD:
        raise UsageError(_("标准输入只能当一个文件用"))
    merging.refuse_asking(source, base, interactive=interactive)
    pack = options.read_pack(source, encoding=input_encoding, mapping=xml_map)
    options.tell_notices(pack)
    if book == options.STANDARD or not os.path.lexists(book):
        _import_new(pack, book)
        return
    from qnphrase.merge.importing import import_into
    from qnphrase.merge.lock import read_lock
    from qnphrase.merge.lock import write_lock

    target = options.read_pack(book)
    options.tell_notices(target)
    last = options.read_pack(base) if base is not None else read_lock(book)
    if last is None:
        tell(_("没有上次导入的记录，按两方来比：不一样的地方，以导出包为准。"))
    done = import_into(target, pack, last, delete=delete, ignore_whitespace=ignore_whitespace)
    result = merging.decided(done.merge, conflicts, interactive=interactive, report=report)
    if isinstance(result, Pack):
        merging.preview(done.merge, result)
        _tell_suspects(done, result)
    _tell_missing(done.merge, delete=delete)
    if result is None:
        raise merging.stopped(done.merge)
    if not write:
        tell(_("这是预览，什么都没有写；加 -w 写进 {path}。").format(path=book))
    else:
        merging.write(result, book, target)
        if isinstance(result, Pack):
            write_lock(book, done.held)
            tell(_("写好了：{path}").format(path=book))
    if not isinstance(result, Pack):
        raise merging.marked(done.merge)


command.__doc__ = _("把千牛导出的 CSV 或 XML 收进 YAML 短语本：新建一本，或者并进已有的（先预览，加 -w 才写）。")


def _import_new(pack: Pack, book: str) -> None:
    options.write_pack(convert(pack, "yaml"), book)
    if book != options.STANDARD:
        from qnphrase.merge.lock import write_lock

        write_lock(book, pack.book.carried_by_packs())
    counts = pack.reading.counts()
    tell(_("导入了 {phrases} 条短语、{groups} 个分组、{auto_replies} 条自动回复：{path}").format(path=book, **counts))


def _tell_suspects(done: "Import", result: Pack) -> None:
    from qnphrase.merge.report.conflicts import shown_record

    suspects = done.suspects(result)
    if suspects:
        say(_("新增的短语里，{count} 条和已有的差不多，看看是不是重复：").format(count=len(suspects)))
    for added, there, likeness in suspects[:_MOST_SUSPECTS]:
        names = {"added": shown_record(added), "there": shown_record(there), "percent": int(likeness * 100)}
        say(_("  {added}  ≈  {there}（相似 {percent}%）").format(**names))
    if len(suspects) > _MOST_SUSPECTS:
        say(_("  还有 {count} 条").format(count=len(suspects) - _MOST_SUSPECTS))


def _tell_missing(merge: PackMerge, *, delete: bool) -> None:
    missing = merge.merged.missing
    if missing and not delete:
        say(_("导出包里没有、短语本里还留着的：{count} 条。要一起删掉，加 --delete。").format(count=len(missing)))
