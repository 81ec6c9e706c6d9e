"""Mending what a machine may mend: through the pack's own edits, so that nothing else moves.

Fixes that overlap wait for the next round; the file is linted again until nothing changes.
"""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from qnphrase.document.span import Edit
from qnphrase.document.span import Span
from qnphrase.formats.base import Subject
from qnphrase.lint.diagnostic import Diagnostic
from qnphrase.lint.diagnostic import Fix
from qnphrase.lint.file import FileResult
from qnphrase.lint.file import lint_pack
from qnphrase.lint.options import LintOptions
from qnphrase.pack import Pack

ROUNDS = 10  # fixes that don't settle by then contradict each other

Change = Mapping[tuple[str, str, str], str]  # (group, code, text) → the new text


class Fixed(NamedTuple):
    """A file after mending: the pack to be written, what is left to report, and how many fixes were made."""

    pack: Pack
    result: FileResult
    fixes: int


def fix_pack(pack: Pack, options: LintOptions, *, unsafe: bool) -> Fixed:
    """Mend what can be mended in `pack`; nothing is written."""
    total = 0
    result = lint_pack(pack, options)
    for _round in range(ROUNDS):
        changes, count = _changes(result.diagnostics, pack.reading.subjects(), unsafe=unsafe)
        if not changes:
            break
        pack = _changed(pack, changes)
        result = lint_pack(pack, options)
        total += count
    edits = _edits(result.diagnostics, unsafe=unsafe)
    if edits:  # they change no text, so nothing is left to do after them
        pack = pack.with_edits(edits)
        result = lint_pack(pack, options)
    return Fixed(pack, result, total + len(edits))


def _edits(diagnostics: Sequence[Diagnostic], *, unsafe: bool) -> list[Edit]:
    """Return the fixes that change how the file is written."""
    fixes = [one.fix for one in diagnostics if one.fix is not None and not one.field]
    return [Edit(Span(fix.start, fix.end), fix.text) for fix in fixes if fix.safe or unsafe]


def _changes(
    diagnostics: Sequence[Diagnostic], subjects: Sequence[Subject], *, unsafe: bool
) -> tuple[dict[tuple[str, str, str], str], int]:
    fixes: dict[int, list[Fix]] = defaultdict(list)
    for one in diagnostics:
        if one.fix is not None and one.field == "text" and (one.fix.safe or unsafe):
            fixes[one.subject].append(one.fix)
    changes: dict[tuple[str, str, str], str] = {}
    count = 0
    for index, wanted in fixes.items():
        subject = subjects[index]
        text, made = mended(subject.text, wanted)
        if text != subject.text and (text or not subject.text):
            changes[subject.group, subject.code, subject.text] = text
            count += made
    return changes, count


def mended(text: str, fixes: Sequence[Fix]) -> tuple[str, int]:
    """Return `text` with the fixes made from left to right, one that overlaps another left out; and how many."""
    parts: list[str] = []
    at = made = 0
    for fix in sorted(set(fixes)):
        if fix.start >= at and (made == 0 or fix.start > at or fix.start < fix.end):
            parts += [text[at : fix.start], fix.text]
            at = fix.end
            made += 1
    return "".join([*parts, text[at:]]), made


def _changed(pack: Pack, changes: Change) -> Pack:
    """Return the pack with the texts changed. Equal phrases of one group are changed alike, for they say the same."""
    from qnphrase.formats.autoreply_group import AUTO_REPLY_GROUP
    from qnphrase.model import Phrase

    def changed(group: str, phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        texts = [changes.get((group, phrase.code, phrase.text)) for phrase in phrases]
        return tuple(
            phrase if text is None else phrase.model_copy(update={"text": text})
            for phrase, text in zip(phrases, texts, strict=True)
        )

    book = pack.book
    replies = {text: new for (group, _code, text), new in changes.items() if group == AUTO_REPLY_GROUP}
    signatures = {text: new for (group, code, text), new in changes.items() if not group and not code}
    return pack.with_book(
        book.model_copy(
            update={
                "signature": signatures.get(book.signature, book.signature),
                "phrases": changed("", book.phrases),
                "groups": tuple(
                    group.model_copy(update={"phrases": changed(group.name, group.phrases)}) for group in book.groups
                ),
                "auto_replies": tuple(
                    reply.model_copy(update={"text": replies.get(reply.text, reply.text)}) if reply.text else reply
                    for reply in book.auto_replies
                ),
            }
        )
    )
