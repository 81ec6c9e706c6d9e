"""A random writer of YAML that knows nothing of ours: it writes one book in very many ways."""

import random
import re

import pytest
from hypothesis import strategies as st

from qnphrase.model import AutoReply
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook

_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_SAFE = re.compile(r"[亲您好欢迎光临a-z售前后][亲您好欢迎光临a-z0-9售前后/^_.]*")


_NEVER_EMPTY = ("days", "hours", "dates", "except_dates")


def _says_something(value: object) -> bool:
    return value is not True and value not in ("", [], {})


class Writer:
    """Writes a book in a way that the seed decides."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.comments = 0
        self.newline = self.random.choice(("\n",) * 6 + ("\r\n",) * 3 + ("\r",))
        self.busy = self.random.random()
        self.list_indent = self.random.choice((0, 2, 2, 3))
        self.dash = self.random.choice((2, 2, 4))
        self.step = self.random.choice((2, 2, 4))
        self.json = self.random.random() < 0.15
        self.keep = self.random.random() < 0.3
        self.open_end = False  # whether the last text is a `|+`, to which blank lines would belong

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def comment(self) -> str:
        self.comments += 1
        return f"#c{self.comments}~ : - x"

    def end_comment(self, least: int = 1) -> str:
        return " " * self.random.choice((least, 1, 2)) + self.comment() if self.chance(self.busy * 0.3) else ""

    def noise(self, lines: list[str], column: int, deepest: int | None = None) -> None:
        """Add blank lines and comments; deeper than `column` only where the line before isn't a block scalar's."""
        while self.chance(self.busy * 0.3):
            if self.chance(0.5) and not self.open_end:
                lines.append(" " * self.random.choice((0, 0, column)))
            else:
                lines.append(" " * self.random.randint(0, column if deepest is None else deepest) + self.comment())

    def quoted(self, value: str, double: bool = False) -> str:
        if not double and not _UNPRINTABLE.search(value) and "\n" not in value and self.chance(0.5):
            return "'" + value.replace("'", "''") + "'"
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return '"' + _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04X}", escaped) + '"'

    def inline(self, value: str) -> str:
        if self.json:
            return self.quoted(value, double=True)
        return value if _SAFE.fullmatch(value) and self.chance(0.8) else self.quoted(value)

    def typed(self, value: object) -> str:
        if self.json and not isinstance(value, bool | int):
            return f'"{value}"'
        return str(value).lower() if isinstance(value, bool) else str(value)

    def scalar(self, value: str, column: int) -> list[str]:
        """Return the lines of a value of a block mapping at `column`, the first without its key."""
        if self.chance(0.6) and (block := self.block(value, column)):
            return block
        if value == "" and self.chance(0.5):
            return [self.end_comment()]
        written = self.inline(value)
        return [" " + written + self.end_comment(0 if written[0] in "'\"" else 1)]

    def block(self, value: str, column: int) -> list[str] | None:
        content = value.rstrip("\n")
        ends = len(value) - len(content)
        if (
            not content
            or _UNPRINTABLE.search(value)
            or (ends > 1 and not self.keep)
            or content.split("\n")[0][:1] == "\t"
        ):
            return None
        if any(not line.strip(" ") and line for line in value.split("\n")):
            return None
        indent = self.random.choice((1, 2, 4))
        digit = str(indent) if content.lstrip("\n")[0] in " \t" or self.chance(0.2) else ""
        folded = "\n" not in content and content[0] != " " and self.chance(0.3)
        sign = ("-", "", "+")[min(ends, 2)]
        sign = "+" if ends == 1 and self.keep and self.chance(0.5) else sign
        self.open_end = sign == "+"
        head = (">" if folded else "|") + (digit + sign if self.chance(0.5) else sign + digit) + self.end_comment(0)
        lines = value.split("\n") if ends == 0 else value.split("\n")[:-1]
        return [
            " " + head,
            *(" " * (column + indent) + line if line else "" for line in lines),
            *([] if sign == "+" else self.blanks()),
        ]

    def blanks(self) -> list[str]:
        return [""] if self.chance(0.2) else []

    def key(self, name: str) -> str:
        return (
            self.quoted(name, double=True)
            if self.json
            else name
            if _SAFE.fullmatch(name) and self.chance(0.9)
            else self.quoted(name)
        )

    def flow(self, value: object) -> str:
        pad = " " if self.chance(0.3) else ""
        if isinstance(value, dict):
            return (
                "{"
                + pad
                + self.joined([f"{self.key(name)}: {self.flow(each)}" for name, each in value.items()])
                + pad
                + "}"
            )
        if isinstance(value, list):
            return "[" + pad + self.joined([self.flow(each) for each in value]) + pad + "]"
        return self.inline(value) if isinstance(value, str) else self.typed(value)

    def joined(self, parts: list[str]) -> str:
        separator = self.random.choice((", ", ", ", ",", "," + self.newline + "        ", " , "))
        if self.chance(self.busy * 0.1):
            separator = ", " + self.comment() + self.newline + "        "
        trailing = "," if parts and not self.json and self.chance(0.1) else ""
        return separator.join(parts) + trailing

    def mapping(self, entries: dict[str, object], column: int) -> list[str]:
        lines: list[str] = []
        for name, value in entries.items():
            if lines:
                self.noise(lines, column)
            rest = self.value(value, column)
            lines += [" " * column + self.key(name) + ":" + rest[0], *rest[1:]]
            if len(rest) == 1 and rest[0][:2] not in (" |", " >") and self.chance(self.busy * 0.2):
                lines.append(" " * (column + self.random.choice((1, 2, 6))) + self.comment())
        return lines

    def value(self, value: object, column: int) -> list[str]:
        self.open_end = False
        if isinstance(value, str):
            return self.scalar(value, column)
        if isinstance(value, dict | list) and value and self.chance(0.7) and not self.json:
            inner = column + self.step if isinstance(value, dict) else column + self.list_indent
            lines = self.mapping(value, inner) if isinstance(value, dict) else self.items(value, inner)
            return [self.end_comment(), *lines]
        if value == [] and self.chance(0.5):
            return [self.end_comment()]
        return [" " + (self.flow(value) if isinstance(value, dict | list) else self.typed(value)) + self.end_comment()]

    def items(self, items: list[object], dash: int) -> list[str]:
        lines: list[str] = []
        for item in items:
            self.noise(lines, dash)
            mark = " " * dash + "-" + " " * (self.dash - 1)
            if isinstance(item, dict) and self.chance(0.8):
                body = self.mapping(item, dash + self.dash)
                head = (
                    [" " * dash + "-" + self.end_comment(), body[0]]
                    if self.chance(0.1)
                    else [mark + body[0].lstrip(" ")]
                )
                lines += [*head, *body[1:]]
            elif isinstance(item, str) and self.chance(0.2) and (block := self.block(item, dash)):
                lines += [mark.rstrip() + block[0], *block[1:]]
            else:
                self.open_end = False
                lines.append(mark + self.flow(item) + self.end_comment())
        return lines

    def shuffled(self, entries: dict[str, object]) -> dict[str, object]:
        names = list(entries)
        if self.chance(0.3):
            self.random.shuffle(names)
        return {name: entries[name] for name in names}

    def fields(self, entries: dict[str, object]) -> dict[str, object]:
        """Leave out what says nothing, mostly."""
        return self.shuffled(
            {name: each for name, each in entries.items() if _says_something(each) or (each != {} and self.chance(0.1))}
        )

    def phrase(self, phrase: Phrase) -> dict[str, object]:
        day = {"until": phrase.until} if phrase.until else {}
        fields = phrase.model_dump(exclude={"until", "tags"}) | {"tags": list(phrase.tags)}
        return self.fields(fields) | day

    def reply(self, reply: AutoReply) -> dict[str, object]:
        fields = {
            name: each
            for name, each in reply.model_dump().items()
            if each is not None and (each or name not in _NEVER_EMPTY)
        }
        return self.fields(fields | {"when": reply.when.value})

    def entries(self, book: Phrasebook) -> dict[str, object]:
        groups = [
            self.shuffled({"name": group.name, "phrases": [self.phrase(p) for p in group.phrases]})
            for group in book.groups
        ]
        texts = {"shop": book.shop, "signature": book.signature}
        lists = {
            "remove": list(book.remove),
            "groups": groups,
            "phrases": [self.phrase(phrase) for phrase in book.phrases],
            "auto_replies": [self.reply(reply) for reply in book.auto_replies],
        }
        return {"version": 1} | self.fields(texts | lists)

    def write(self, book: Phrasebook) -> str:
        lines: list[str] = ["---"] if self.chance(0.1) else []
        self.noise(lines, 4)
        entries = self.entries(book)
        lines += [self.flow(entries)] if self.json and self.chance(0.7) else self.mapping(entries, 0)
        self.noise(lines, 0)
        if self.chance(0.05):
            lines.append("...")
        final = "" if self.chance(0.1) and not lines[-1].startswith(" ") and lines[-1] else self.newline
        return self.newline.join(lines) + final


@pytest.fixture(scope="session")
def files(books) -> st.SearchStrategy[tuple[Phrasebook, str]]:
    """Return a strategy of books with a text that says them."""
    return st.builds(lambda book, seed: (book, Writer(seed).write(book)), books, st.integers(0, 2**32))
