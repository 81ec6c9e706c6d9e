"""Collect the messages of the source into the English catalogue, and compile it: `make messages`.

New messages come in untranslated, ones that are gone go. A test holds the source, the .po and the .mo to each other.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.messages.pofile import write_po

from qnphrase.lint.rules import all_rules
from qnphrase.lint.rules import characters
from qnphrase.lint.unruled import UNRULED
from qnphrase.scenarios.catalogue import scenarios
from qnphrase.scenarios.catalogue import stages
from qnphrase.scenarios.elements import element_names

SOURCE = Path(__file__).parents[1] / "src" / "qnphrase"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "qnphrase.po"


class Plain(Catalog):
    """A catalogue whose header holds nothing that changes with the day or with babel's version."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What gettext needs to know."""
        return [
            ("Language", "en"),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def empty() -> Catalog:
    """Return an English catalogue without messages."""
    return Plain(locale="en", header_comment="# English catalogue of qnphrase.", charset="utf-8", fuzzy=False)


def collected() -> Catalog:
    """Return a catalogue of all messages in the source, without translations."""
    catalogue = empty()
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords={"_": None})
    for path, _line, message, _comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        # Without line numbers, so that the catalogue changes only where a message does.
        catalogue.add(message, locations=[(Path(path).as_posix(), 0)], context=context)
    for message in _of_rules():
        catalogue.add(message, locations=[("lint/rules", 0)])
    return catalogue


def _of_rules() -> list[str]:
    """Return what is said beside the code: the manual pages, the messages of the lexicons, names in data."""
    pages = [rule.page for rule in (*all_rules(), *UNRULED)]
    lists = [rule.claims() for rule in all_rules() if rule.claims]
    messages = [text for claims in lists for text in (claims.message, *(claim.message for claim in claims.claims))]
    names = [*characters.NAMES.values(), *element_names(), *stages(), *(one.name for one in scenarios().values())]
    return sorted({text for text in (*pages, *messages, *names) if text})


def updated(catalogue: Catalog) -> Catalog:
    """Return the catalogue with exactly the messages of the source; translations of messages that stay are kept."""
    fresh = collected()
    for message in fresh:
        known = catalogue.get(message.id)
        if message.id and known is not None:
            message.string = known.string
    return fresh


def as_po(catalogue: Catalog) -> bytes:
    """Return the bytes of the .po file."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, omit_header=False, include_lineno=False, sort_output=True)
    return stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return the bytes of the .mo file."""
    compiled = empty()
    for message in catalogue:
        if message.id:
            compiled.add(message.id, message.string, context=message.context)
    stream = io.BytesIO()
    write_mo(stream, compiled)
    return stream.getvalue()


def main() -> None:
    """Update the .po and write the .mo."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    known = read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en") if CATALOGUE.exists() else Catalog(locale="en")
    catalogue = updated(known)
    CATALOGUE.write_bytes(as_po(catalogue))
    reread = read_po(io.BytesIO(as_po(catalogue)), locale="en")
    CATALOGUE.with_suffix(".mo").write_bytes(as_mo(reread))
    missing = [message.id for message in catalogue if message.id and not message.string]
    print(f"{len(catalogue)} messages, {len(missing)} without translation")
    for message in missing:
        print(f"  {message!r}")


if __name__ == "__main__":
    main()
