"""The merge driver: what git calls for each file that both sides changed.

The result is a file merged phrase by phrase, with conflict markers between whole phrases where somebody has to choose.
What can't be merged like that is merged by lines. Either way the file is replaced in one step or stays as it was.
"""

import re
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from qnphrase.document.document import Document
from qnphrase.document.replace import read_bytes
from qnphrase.document.replace import replace_file
from qnphrase.errors import FileError
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.base import Notice
from qnphrase.formats.unmerged import unmerged
from qnphrase.language import _
from qnphrase.merge.conflict import Choice
from qnphrase.merge.conflict import Conflict
from qnphrase.merge.files import PackMerge
from qnphrase.merge.files import merge_packs
from qnphrase.merge.git.lines import Files
from qnphrase.merge.markers import Marked
from qnphrase.merge.markers import woven
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.pack import reencoded

_TAG = re.compile(r"<[^<>]*>")


class NotMergedError(Exception):
    """The file can't be merged phrase by phrase; `why` in words.

    Where `is_readable`, all three files can be read, so that a clean merge of their lines is still not what they say.
    """

    def __init__(self, why: str, *, is_readable: bool) -> None:
        super().__init__(why)
        self.why = why
        self.is_readable = is_readable


@dataclass(frozen=True)
class Outcome:
    """What the driver made of a file. `remarks` are comments and tags of a side that are in the markers only."""

    document: Document
    conflicts: Sequence[Conflict] = ()
    remarks: Sequence[str] = ()
    notices: Sequence[Notice] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nobody has to choose."""
        return not self.conflicts and not self.remarks


def merge_files(files: Files) -> Outcome:
    """Merge three files phrase by phrase. Raises `NotMergedError` where that can't be done; writes nothing."""
    try:
        ours = load(read_bytes(files.ours), name=files.path)
        theirs = load(read_bytes(files.theirs), name=files.path, near=ours)
        bases = _bases(read_bytes(files.base), files.path, ours)
    except FileError as error:
        raise NotMergedError(str(error), is_readable=False) from error
    try:
        return _agreed([_outcome(base, ours, theirs, files.marker_size) for base in bases])
    except FileError as error:
        raise NotMergedError(str(error), is_readable=True) from error


def write(outcome: Outcome, files: Files) -> None:
    """Write the result to where git expects it."""
    replace_file(files.ours, outcome.document.data)


def _bases(data: bytes, path: str, ours: Pack) -> list[Pack | None]:
    """Return what the base may have been.

    Git merges several bases into one, which may have conflicts; it may have been either way then. An empty one says
    that there is none: both sides added the file.
    """
    if not data.strip():
        return [None]
    document = Document.of_bytes(data, path=path)
    conflicts = unmerged(document.text)
    if not conflicts:
        return [load(data, name=path, near=ours)]
    marked = Marked(document, tuple(conflicts))
    settled = [marked.settled(dict.fromkeys(range(len(conflicts)), side)) for side in (Choice.OURS, Choice.THEIRS)]
    return [load(one.data, encoding=document.encoding.label, name=path) for one in settled]


def _agreed(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the outcome that doesn't depend on which base it was."""
    if len({outcome.document.data for outcome in outcomes}) > 1:
        raise NotMergedError(_("两边共同的老版本自己就有冲突"), is_readable=True)
    return outcomes[0]


def _outcome(base: Pack | None, ours: Pack, theirs: Pack, size: int) -> Outcome:
    merge = merge_packs(base, _in_encoding_of_both(base, ours, theirs), theirs)
    mine, other = (_decided(merge, dict.fromkeys(range(len(merge.conflicts)), side)) for side in _SIDES)
    remarks: list[str] = []
    dropped = [one for one in _dropped(merge, mine) if one not in other.document.text]
    if dropped:
        full, whole = _on_their_own(merge)
        remarks = [one for one in dropped if one in full.document.text or one in whole.document.text]
        mine, other = (full, whole) if remarks else (mine, other)
    notices = [Notice(_("和短语一起删掉了：{remark}").format(remark=one)) for one in dropped if one not in remarks]
    document = woven(mine, other, size=size)
    if not unmerged(document.text):  # both ways give the same file
        return Outcome(mine.document, notices=[*merge.notices, *notices])
    return Outcome(document, merge.conflicts, remarks, [*merge.notices, *notices])


_SIDES = (Choice.OURS, Choice.THEIRS)


def _decided(merge: PackMerge, choices: Mapping[int, Choice]) -> Pack:
    """Return our file with the merged book; their file, where ours hasn't room for it or can't carry its characters."""
    try:
        return merge.pack(choices)
    except UnrepresentableError:
        if merge.ours.format != merge.theirs.format:
            raise
        return merge.theirs.with_book(merge.merged.book(choices))


def _on_their_own(merge: PackMerge) -> tuple[Pack, Pack]:
    """Return the merged book in our file, decided for us, and in theirs, decided for them."""
    if merge.ours.format != merge.theirs.format:
        raise NotMergedError(_("对方的注释放不进我方的格式"), is_readable=True)
    choices = range(len(merge.conflicts))
    mine, other = (merge.merged.book(dict.fromkeys(choices, side)) for side in _SIDES)
    return merge.ours.with_book(mine), merge.theirs.with_book(other)


def _dropped(merge: PackMerge, result: Pack) -> list[str]:
    """Return comments and tags around phrases that a side added or changed and `result` hasn't got."""
    swapped = replace(merge, ours=merge.theirs, theirs=merge.ours)
    dropped = [*merge.lost_comments(result), *swapped.lost_comments(result)]
    known = merge.base.document.text if merge.base is not None else ""
    for pack in (merge.ours, merge.theirs):
        if pack.format == "xml":
            dropped += [tag for tag in _tags_around(pack) if tag not in known and tag not in result.document.text]
    return list(dict.fromkeys(dropped))


def _tags_around(pack: Pack) -> list[str]:
    """Return the tags of an XML file that belong to no phrase: merging phrases doesn't merge them."""
    text, at, between = pack.document.text, 0, []
    for span in sorted(pack.reading.entry(subject.place) for subject in pack.reading.subjects()):
        between.append(text[at : span.start])
        at = max(at, span.end)
    return _TAG.findall(" ".join([*between, text[at:]]))


def _in_encoding_of_both(base: Pack | None, ours: Pack, theirs: Pack) -> Pack:
    """Return our file in their encoding, where they changed it and we didn't."""
    before, mine, other = (_encoding(pack) for pack in (base, ours, theirs))
    if other is None or other == mine or (mine is not None and mine != before):
        return ours
    try:
        return reencoded(ours, other)
    except UnrepresentableError:
        return ours


def _encoding(pack: Pack | None) -> str | None:
    """Return the encoding of a file; `None` where it holds nothing that would tell."""
    if pack is None or (pack.document.encoding.label == "utf-8" and pack.document.text.isascii()):
        return None
    return pack.document.encoding.label
