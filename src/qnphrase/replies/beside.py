"""A book and the files of its tests: they stand beside each other and bear one name.

`店铺.replies-test.yaml` and `店铺.夜班.replies-test.yaml` are tests of `店铺.yaml` (or `.csv`, `.xml`), unless they
name another book themselves. Nothing is read here but names, for linting asks each time.
"""

import os

from qnphrase.formats.table import format_of_suffix

ENDINGS = (".replies-test.yaml", ".replies-test.yml")
_SUFFIXES = (".yaml", ".yml", ".csv", ".xml", ".tsv", ".txt")  # those that people edit first


def is_suite(path: str) -> bool:
    """Return whether a file bears the name of tests of auto-replies."""
    return path.lower().endswith(ENDINGS)


def suite_files(folder: str) -> list[str]:
    """Return the paths of all tests in a folder, by name."""
    return [os.path.join(folder, name) for name in _files(folder) if is_suite(name)]


def book_beside(path: str) -> str | None:
    """Return the book that the name of a file of tests says, or `None` where there is none."""
    folder, name = os.path.split(path)
    stem = name[: -len(next(ending for ending in ENDINGS if name.lower().endswith(ending)))]
    books = {one.lower(): one for one in _files(folder) if format_of_suffix(one) and not is_suite(one)}
    while stem:
        for suffix in _SUFFIXES:
            if (stem + suffix).lower() in books:
                return os.path.join(folder, books[(stem + suffix).lower()])
        stem = stem.rpartition(".")[0]
    return None


def is_same(one: str | None, other: str) -> bool:
    """Return whether two paths lead to one file."""
    return one is not None and os.path.realpath(one) == os.path.realpath(other)


def _files(folder: str) -> list[str]:
    try:
        with os.scandir(folder or ".") as entries:
            return sorted(entry.name for entry in entries if entry.is_file())
    except OSError:  # whoever opens a file in there says why it can't be read
        return []
