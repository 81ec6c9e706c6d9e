"""The declarations of variables, by the text that declares them, so that notes and comments go along."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass

from qnphrase.configuration import Configuration
from qnphrase.configuration import read_configuration
from qnphrase.document.document import Document
from qnphrase.document.replace import read_bytes
from qnphrase.model import Phrasebook
from qnphrase.shops.sections import VariableSection
from qnphrase.shops.sections import is_text
from qnphrase.shops.variables import Variable
from qnphrase.shops.variables import blanks_of

_SECTION = "variables"


@dataclass(frozen=True)
class Declarations:
    """Declared variables, and the lines of each: its comments, its key, its settings."""

    variables: Mapping[str, Variable]
    blocks: Mapping[str, str]

    def needed(self, books: Iterable[Phrasebook]) -> list[str]:
        """Return the declared names that books use, those that stand in fallbacks included, as they are declared."""
        waiting = {name for book in books for name in names_in(book)}
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in self.variables and name not in found:
                found.add(name)
                waiting.update(blank.name for blank in blanks_of(self.variables[name].default or ""))
        return [name for name in self.variables if name in found]

    def text(self, names: Iterable[str]) -> str:
        """Return the section that declares `names`."""
        return f"{_SECTION}:\n" + "\n".join(self.blocks[name] for name in names).lstrip("\n") + "\n"


def read_declarations(path: str) -> Declarations:
    """Read what a configuration declares. Raises `UsageError` as reading a configuration does."""
    configuration = read_configuration(path, is_text)
    sections = configuration.values.get(_SECTION) or {}
    variables = {name: _variable(name, value, configuration) for name, value in sections.items()}
    lines = Document.of_bytes(read_bytes(path), path=path).text.replace("\r\n", "\n").split("\n")
    starts = {name: variable.mark.line - 1 for name, variable in variables.items()}
    ends = [*list(starts.values())[1:], len(lines)]
    blocks = {
        name: "\n".join(_block(lines, start, end)) for (name, start), end in zip(starts.items(), ends, strict=True)
    }
    return Declarations(variables, blocks)


def names_in(book: Phrasebook) -> Iterator[str]:
    """Yield the names in braces of all texts of a book."""
    texts = [phrase.text for _group, phrase in book.all_phrases()]
    texts += [book.signature, *(reply.text for reply in book.auto_replies)]
    for text in texts:
        yield from (blank.name for blank in blanks_of(text))


def _variable(name: str, value: object, configuration: Configuration) -> Variable:
    said = VariableSection.model_validate(value or {})
    mark = configuration.mark(_SECTION, name)
    return Variable(name, mark, said.type, said.default, tuple(said.choices), said.max, said.note)


def _block(lines: list[str], start: int, end: int) -> list[str]:
    """Return the lines from `start`, with the comments right above and a blank line above those, up to the next key."""
    while lines[start - 1].lstrip().startswith("#"):
        start -= 1
    start -= not lines[start - 1].strip()
    block = lines[start:end]
    rest = next((at for at, line in enumerate(block) if line and not line[0].isspace() and line[0] != "#"), len(block))
    block = block[:rest]
    while block and (not block[-1].strip() or block[-1].lstrip().startswith("#")):
        block.pop()  # what stands right above the next key belongs to that
    return block
