"""All files of a new repository, in memory: what would be written can be looked at first."""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from qnphrase import __version__
from qnphrase.formats.yaml.fresh import SCHEMA_LINE
from qnphrase.merge.git.attributes import attribute_line
from qnphrase.merge.git.attributes import with_lines
from qnphrase.merge.lock import SUFFIX
from qnphrase.merge.lock import lock_text
from qnphrase.pack import Pack
from qnphrase.pack import convert
from qnphrase.scaffold import shipped
from qnphrase.scaffold.settings import BOOKS
from qnphrase.scaffold.settings import OWN
from qnphrase.scaffold.settings import REFERENCE
from qnphrase.scaffold.settings import SAMPLES
from qnphrase.scaffold.settings import SCHEMA
from qnphrase.scaffold.settings import settings_text
from qnphrase.scaffold.wish import Wish

README = "说明.md"
_TEMPLATES = Path(__file__).with_name("templates")
_BOOK_SCHEMA = ".schema/phrasebook.json"
_PATTERNS = ("*.csv", "*.xml", f"{BOOKS}/**/*.yaml")
_AS_THEY_ARE = {
    ".gitignore": "gitignore",
    ".pre-commit-config.yaml": "pre-commit.yaml",
    ".github/workflows/phrases.yml": "github.yml",
    ".gitlab-ci.yml": "gitlab-ci.yml",
    ".vscode/extensions.json": "extensions.json",
    "检查并做包.bat": "check.bat",
}
# What the examples in the shop's own book speak of; all of it stands in the base.
EXAMPLES = {"GROUP": "售前-欢迎", "CODE": "hy1", "REPLACED": "hy2", "REMOVED": "hy3"}


@dataclass(frozen=True)
class Plan:
    """The files of a repository by their paths, with `/`; those that people work with come first."""

    wish: Wish
    files: Mapping[str, bytes] = field(default_factory=dict)


def planned(wish: Wish) -> Plan:
    """Return the repository that a user wants. Raises `UsageError`, or `FileError` for words that YAML can't carry."""
    return Plan(wish, dict(_files(wish)))


def _files(wish: Wish) -> Iterator[tuple[str, bytes]]:
    sample = _sample(wish.source)
    if wish.source is None:
        yield OWN, _filled("own.yaml", EXAMPLES)
    else:
        yield from _own_words(wish.source, sample)
    yield "qnphrase.yaml", settings_text(wish, sample).encode()
    yield README, _readme(wish, sample)
    folder = BOOKS if wish.source is None else REFERENCE
    for book in (*wish.layers, *wish.seasons):
        for path in shipped.with_tests(book):
            yield f"{folder}/{path}", _at_home(shipped.text_of(path), f"{folder}/{path}").encode()
    for path, template in _AS_THEY_ARE.items():
        data = _filled(template, {"VERSION": __version__})
        yield path, data.replace(b"\n", b"\r\n") if path.endswith(".bat") else data
    yield ".gitattributes", with_lines(b"*.bat text eol=crlf\n", [attribute_line(one) for one in _PATTERNS])
    yield from _schemas()


def _sample(source: Pack | None) -> str | None:
    """Return where the pack is kept that new ones are written like; a book in YAML is no pack."""
    return f"{SAMPLES}/导出.{source.format}" if source is not None and source.format != "yaml" else None


def _own_words(source: Pack, sample: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield the book, and beside it what Qianniu holds, as `qnphrase import` does it."""
    book = convert(source, "yaml")
    yield OWN, _at_home(book.document.text, OWN).encode("utf-8", "surrogateescape")
    if sample is not None:
        yield OWN + SUFFIX, lock_text(source.book.carried_by_packs()).encode()
        yield sample, source.to_bytes()


def _at_home(text: str, path: str) -> str:
    """Return a book that finds its schema here, without the net, and its own folder by its new name."""
    folder = path.partition("/")[0]
    schema = "../" * path.count("/") + _BOOK_SCHEMA
    text = text.replace(SCHEMA_LINE, SCHEMA_LINE.partition("$schema=")[0] + f"$schema={schema}", 1)
    return text.replace("phrasebooks/", f"{folder}/")


def _readme(wish: Wish, sample: str | None) -> bytes:
    name = "own" if wish.source is None else "from-export"
    words = {part: (_TEMPLATES / f"{name}-{part.lower()}.md").read_text("utf-8").strip() for part in ("LAYOUT", "FLOW")}
    pack = f"{wish.shop}.{(sample or '.csv').rpartition('.')[2]}"
    return _filled("readme.md", {**words, "SHOP": wish.shop, "PACK": pack, "SAMPLE": sample or ""})


def _filled(template: str, words: Mapping[str, str]) -> bytes:
    text = (_TEMPLATES / template).read_bytes().decode("utf-8")
    for word, value in words.items():
        text = text.replace(f"@@{word}@@", value)
    return text.encode("utf-8")


def _schemas() -> Iterator[tuple[str, bytes]]:
    import json

    from qnphrase.formats.yaml.schema import book_schema
    from qnphrase.lint.config import config_schema

    for path, schema in ((_BOOK_SCHEMA, book_schema()), (SCHEMA, config_schema())):
        yield path, json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"
