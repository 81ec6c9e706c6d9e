"""Linting many files and folders: which files, with which configuration, in how many processes."""

import os
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from qnphrase import configuration
from qnphrase.errors import UnreadableFileError
from qnphrase.formats.quiet import quiet_collector
from qnphrase.formats.table import format_of_suffix
from qnphrase.language import _
from qnphrase.language import current_language
from qnphrase.language import use_language
from qnphrase.lint.baseline import Entry
from qnphrase.lint.baseline import read_baseline
from qnphrase.lint.baseline import relative
from qnphrase.lint.baseline import without_known
from qnphrase.lint.file import FileResult
from qnphrase.lint.file import InShops
from qnphrase.lint.file import lint_file
from qnphrase.lint.options import LintOptions

if TYPE_CHECKING:
    from qnphrase.lint.shops import Beside

_SKIPPED_FOLDERS = frozenset(("node_modules", "__pycache__", "dist", "build"))
# From here on a second process pays for its start, which costs about as much as linting this many bytes.
_WORTH_A_PROCESS = 2_000_000
_BOOK_KEYS = (b"groups:", b"phrases:", b"auto_replies:")


@dataclass(frozen=True)
class Job:
    """One file and what it is linted with."""

    path: str
    options: LintOptions
    in_shops: InShops | None = None


def jobs_of(paths: Sequence[str], options_for: Callable[[str], LintOptions]) -> list[Job]:
    """Return the files that are meant: files as named, folders searched for packs and books.

    Raises `UnreadableFileError` for a path that doesn't exist: a missing file must never look clean.
    """
    jobs: dict[str, Job] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise UnreadableFileError(
                _("找不到这个文件或文件夹"), path=path, hint=_("请检查路径；路径里有空格时要加引号。")
            )
        for found in _files_in(path) if os.path.isdir(path) else (path,):
            options = options_for(found)
            if found == path or not (_is_excluded(found, options) or _is_built(found, path, options)):
                jobs.setdefault(os.path.realpath(found), Job(found, options))
    return list(jobs.values())


def _files_in(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED_FOLDERS)
        for name in sorted(names):
            path = os.path.join(parent, name)
            if not name.startswith(".") and name != configuration.NAME and _may_be_ours(path):
                yield path


def _may_be_ours(path: str) -> bool:
    """Whether a file found in a folder is a pack or a book; other YAML files are others' business."""
    kind = format_of_suffix(path)
    if kind is None or path.endswith((".txt", ".tsv")):
        return False
    if kind != "yaml":
        return True
    try:
        text = Path(path).read_bytes()
    except OSError:
        return True  # linting it says why it can't be read
    return b"version:" in text and any(key in text for key in _BOOK_KEYS)


def _is_excluded(path: str, options: LintOptions) -> bool:
    name = relative(path, options.folder) if options.folder else path
    return any(fnmatchcase(name, pattern) for pattern in options.exclude)


def _is_built(path: str, searched: str, options: LintOptions) -> bool:
    """Whether a file is a pack that was built; not where the folder of these is what is searched."""
    if options.shops is None:
        return False
    dist = Path(os.path.realpath(os.path.join(options.folder, options.shops.dist)))
    inside = (Path(os.path.realpath(one)).is_relative_to(dist) for one in (path, searched))
    return next(inside) and not next(inside)


def lint_jobs(jobs: Sequence[Job], *, done: Callable[[FileResult], None] | None = None) -> list[FileResult]:
    """Lint all files and return the results in the order of the jobs; in several processes where that pays.

    Behind them stand the results of files that aren't linted, but of which the books of shops have something to say:
    configurations, and books that can't be read.
    """
    with quiet_collector():
        jobs, beside = _with_shops(jobs)
        results = [*_lint_jobs(jobs, done), *(one.result for one in beside)]
        return without_baselines(results, [*jobs, *(Job(one.result.path, one.options) for one in beside)])


def _lint_jobs(jobs: Sequence[Job], done: Callable[[FileResult], None] | None) -> list[FileResult]:
    sizes = [os.path.getsize(job.path) if os.path.isfile(job.path) else 0 for job in jobs]
    workers = min(os.cpu_count() or 1, len(jobs), 1 + sum(sizes) // _WORTH_A_PROCESS)
    results: list[FileResult] = []
    for result in _in_processes(jobs, workers) if workers > 1 else map(_lint_with_help, jobs):
        results.append(result)
        if done is not None:
            done(result)
    return results


def _in_processes(jobs: Sequence[Job], workers: int) -> Iterable[FileResult]:
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers, initializer=use_language, initargs=(current_language(),)) as pool:
        yield from pool.map(_lint, jobs)


def _lint(job: Job) -> FileResult:
    return lint_file(job.path, job.options, in_shops=job.in_shops)


def _lint_with_help(job: Job) -> FileResult:
    return lint_file(job.path, job.options, in_shops=job.in_shops, processes=2)


def _with_shops(jobs: Sequence[Job]) -> tuple[Sequence[Job], "Sequence[Beside]"]:
    if not any(job.options.shops for job in jobs):
        return jobs, ()
    from qnphrase.lint.shops import findings_in_shops

    found, beside = findings_in_shops([(job.path, job.options) for job in jobs])
    return [replace(job, in_shops=one) for job, one in zip(jobs, found, strict=True)], beside


def without_baselines(results: Iterable[FileResult], jobs: Sequence[Job]) -> list[FileResult]:
    """Leave out what the baselines of the jobs know already; each of them is read once."""
    paths = {job.options.baseline for job in jobs if job.options.baseline is not None}
    known = {path: read_baseline(path) for path in sorted(paths) if os.path.exists(path)}
    return [_without_baseline(result, job.options.baseline, known) for result, job in zip(results, jobs, strict=True)]


def _without_baseline(result: FileResult, path: str | None, known: Mapping[str, Counter[Entry]]) -> FileResult:
    if path is None or path not in known:
        return result
    new = without_known(result.diagnostics, known[path], os.path.dirname(os.path.abspath(path)))
    return result._replace(diagnostics=new, excused=result.excused + len(result.diagnostics) - len(new))
