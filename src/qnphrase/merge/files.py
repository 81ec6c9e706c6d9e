"""Merging files: the result is our file, edited only where the merged book differs from what it holds."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property

from qnphrase.document.document import Document
from qnphrase.errors import FileError
from qnphrase.formats.base import Carries
from qnphrase.formats.base import Notice
from qnphrase.formats.losses import Loss
from qnphrase.formats.quiet import quiet_collector
from qnphrase.formats.table import format_named
from qnphrase.language import _
from qnphrase.merge.change import What
from qnphrase.merge.conflict import Choice
from qnphrase.merge.conflict import Conflict
from qnphrase.merge.merged import Merged
from qnphrase.merge.quick import Quick
from qnphrase.merge.quick import doubled_codes
from qnphrase.merge.quick import quick_merge
from qnphrase.merge.side import Input
from qnphrase.merge.text import merge_texts
from qnphrase.merge.three_way import merge_books
from qnphrase.model import Phrasebook
from qnphrase.pack import Pack


@dataclass(frozen=True)
class PackMerge:
    """The merge of two files with the one that both came from. `base` is `None` where there is none.

    `quick` is what came of it without building the books, if that could be; `merge_whole` merges them.
    """

    base: Pack | None
    ours: Pack
    theirs: Pack
    merge_whole: Callable[[], Merged] = field(repr=False)
    quick: Quick | None = field(default=None, repr=False)

    @cached_property
    def merged(self) -> Merged:
        """The merge of the whole books."""
        with quiet_collector():
            return self.merge_whole()

    @property
    def _told(self) -> Merged:
        """What tells of all that isn't the same in all files."""
        return self.merged if self.quick is None else self.quick.merged

    @property
    def conflicts(self) -> list[Conflict]:
        """The conflicts for which somebody has to choose."""
        return self._told.conflicts

    def tally(self) -> Counter[What]:
        """Return how many records of ours a merge without conflicts changed, as of `Merged.tally`."""
        return self._told.tally()

    def pack(
        self, choices: Mapping[int, Choice] | None = None, default: Choice = Choice.OURS, *, allow_loss: bool = False
    ) -> Pack:
        """Return our file with the merged book, with choices as of `Merged.book`.

        Where the lines of the files merge to just this book, the merged lines are it, so that the comments and the
        layout of both sides stay. Errors as of `Pack.with_book`.
        """
        if self.quick is not None:
            return self.quick.pack
        book = self.merged.book(choices, default)
        if self.merged.is_clean and (merged := self._merged_lines(book)) is not None:
            return merged
        return self.ours.with_book(book, allow_loss=allow_loss)

    def _merged_lines(self, book: Phrasebook) -> Pack | None:
        base, ours, theirs = self.base, self.ours, self.theirs
        if base is None or not base.format == ours.format == theirs.format:
            return None
        merged = merge_texts(base.document.text, ours.document.text, theirs.document.text)
        if merged is None:
            return None
        text = merged.text
        if text == ours.document.text:
            return ours if book == ours.book else None
        try:
            document = Document.of_text(text, ours.document.encoding, path=ours.path)
            document.check()
            reading = format_named(ours.format).read(document, ours.options)
        except FileError:  # the lines of two files that can be read needn't be one
            return None
        pack = Pack(reading, ours.format, ours.options, origin=ours.loaded)
        return pack if pack.book == book else None

    @cached_property
    def notices(self) -> list[Notice]:
        """What the user should know though nothing is in conflict."""
        merged = self._told
        notices = [
            Notice(_("分组“{group}”里两边都调了顺序，按我方的排").format(group=name or _("未分组")))
            for name in merged.disputed_orders
        ]
        notices += [
            Notice(
                _("按文字相似（{share:.0%}）认作同一条，请看一眼：{before} → {after}").format(
                    share=guess.likeness, before=_start(guess.base.text), after=_start(guess.record.text)
                )
            )
            for guess in merged.guesses
        ]
        return notices

    def losses(self, pack: Pack, choices: Mapping[int, Choice] | None = None) -> tuple[Loss, ...]:
        """Return what of the merged book `pack`, which is made with `choices`, has no room for."""
        if self._is_quick(pack):
            return ()
        book = self.merged.book(choices)
        return () if pack.book == book else pack.losses(book)

    def lost_comments(self, result: Pack) -> list[str]:
        """Return the comments that a side added or changed and `result` doesn't have: edits of a book have none."""
        known = {*(_comments(self.base) if self.base is not None else ()), *_comments(result)}
        comments = dict.fromkeys(comment for pack in (self.theirs, self.ours) for comment in _comments(pack))
        return [one for one in comments if one not in known]

    def pointing_nowhere(self, result: Pack) -> list[str]:
        """Return the codes that auto-replies of `result` point to and no phrase of it has, though one of a side had."""
        if self._is_quick(result):  # where there are auto-replies, it isn't
            return []
        wanted = dict.fromkeys(reply.phrase for reply in result.book.auto_replies if reply.phrase)
        if not wanted:
            return []
        there = set(_codes(result))
        known = {*_codes(self.ours), *_codes(self.theirs)}
        return [code for code in wanted if code in known and code not in there]

    def doubled_codes(self, result: Pack) -> dict[str, int]:
        """Return the codes that more phrases of `result` have than of either side, and how many: both were kept."""
        if self.quick is not None and self._is_quick(result):
            return self.quick.doubled
        return doubled_codes(self.ours.book, self.theirs.book, result.book)

    def _is_quick(self, pack: Pack) -> bool:
        return self.quick is not None and pack is self.quick.pack


def merge_packs(
    base: Pack | Phrasebook | None,
    ours: Pack,
    theirs: Pack,
    *,
    ignore_whitespace: bool = False,
    keep_missing: bool = False,
    notes_go_along: bool = False,
) -> PackMerge:
    """Merge what `ours` and `theirs` made of `base`, whatever formats they are in.

    What a file has no room for it doesn't contradict; a base that is a mere book is what a pack can carry. Without a
    base all that both have is taken as added by both. Options as of `merge_books`.
    """
    quick = None
    if isinstance(base, Pack) and not (keep_missing or notes_go_along):
        with quiet_collector():
            quick = quick_merge(base, ours, theirs, ignore_whitespace=ignore_whitespace)

    def whole() -> Merged:
        return merge_books(
            _base(base),
            Input(ours.book, ours.reading.carries),
            Input(theirs.book, theirs.reading.carries),
            ignore_whitespace=ignore_whitespace,
            keep_missing=keep_missing,
            notes_go_along=notes_go_along,
        )

    return PackMerge(base if isinstance(base, Pack) else None, ours, theirs, whole, quick)


def _base(base: Pack | Phrasebook | None) -> Input:
    if isinstance(base, Pack):
        return Input(base.book, base.reading.carries)
    return Input(Phrasebook()) if base is None else Input(base, Carries())


def _start(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= 20 else line[:20] + "…"


def _codes(pack: Pack) -> list[str]:
    return [phrase.code for _group, phrase in pack.book.all_phrases()]


def _comments(pack: Pack) -> list[str]:
    pattern = format_named(pack.format).COMMENT
    return [] if pattern is None else [found[0].strip() for found in pattern.finditer(pack.document.text)]
