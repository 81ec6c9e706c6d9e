"""The table of formats, and which of them a file is in. A format's module is imported when it is first needed."""

from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple
from typing import cast

from qnphrase.errors import UsageError
from qnphrase.formats.base import Format
from qnphrase.language import _


class _Entry(NamedTuple):
    name: str
    module: str
    suffixes: tuple[str, ...]


# In the order in which a file of unknown name is asked: what begins with `<` is XML, what has a book's keys is YAML,
# and any other text may be CSV, whose header decides.
_TABLE = (
    _Entry("xml", "qnphrase.formats.xml.pack", (".xml",)),
    _Entry("yaml", "qnphrase.formats.yaml.pack", (".yaml", ".yml")),
    _Entry("csv", "qnphrase.formats.csv.pack", (".csv", ".tsv", ".txt")),
)
NAMES = tuple(entry.name for entry in _TABLE)
_PROBE = 65_536  # characters of a text that are looked at


def format_named(name: str) -> Format:
    """Return the format called `name`. Raises `UsageError`."""
    for entry in _TABLE:
        if entry.name == name.lower():
            return cast("Format", import_module(entry.module))
    raise UsageError(_("不认识的格式：{name}，只有 {names}").format(name=name, names=_("、").join(NAMES)))


def format_of_suffix(path: str) -> str | None:
    """Return the name of the format that the ending of `path` says, or `None`."""
    suffix = PurePath(path).suffix.lower()
    return next((entry.name for entry in _TABLE if suffix in entry.suffixes), None)


def format_of(path: str, text: str) -> str:
    """Return the name of the format of a file: what its ending says, unless its text is plainly of another format."""
    probe = text[:_PROBE]
    said = format_of_suffix(path)
    if said is not None and (not probe.strip() or format_named(said).sniff(probe)):
        return said
    return next((name for name in NAMES if format_named(name).sniff(probe)), said or "csv")
