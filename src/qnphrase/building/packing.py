"""The book of one shop as packs: what of it travels, and the bytes."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from qnphrase.building.made import Made
from qnphrase.building.made import MadePack
from qnphrase.building.made import Portion
from qnphrase.building.made import Refusal
from qnphrase.building.made import Remark
from qnphrase.building.manifest import PackEntry
from qnphrase.building.manifest import SourceEntry
from qnphrase.building.refused import refusals_of
from qnphrase.building.sources import hash_of
from qnphrase.building.sources import shown_path
from qnphrase.errors import UnrepresentableError
from qnphrase.errors import UsageError
from qnphrase.formats.autoreply_group import trigger_word
from qnphrase.language import _
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.pack import new_pack
from qnphrase.pack import reencoded
from qnphrase.places import REPLIES
from qnphrase.shops.resolved import Resolved
from qnphrase.shops.resolved import Resolver
from qnphrase.shops.resolved import Said
from qnphrase.shops.shelf import Entry
from qnphrase.shops.shelf import Signature
from qnphrase.shops.shop import PackForm
from qnphrase.shops.shop import Shop
from qnphrase.shops.shop import Shops

Watch = Callable[[PackForm, Portion, Pack], None]


class Packer:
    """Makes packs; what several shops share is done once: books, samples, phrases without variables."""

    def __init__(self, shops: Shops) -> None:
        self.shops = shops
        self.resolver = Resolver(shops)
        self._samples: dict[str, Pack] = {}
        self._sources: dict[str, SourceEntry] = {}
        self._bare: dict[int, tuple[Phrase, Phrase]] = {}  # with the phrase itself, so that its id stays its own

    def made(self, shop: Shop, watch: Watch | None = None) -> Made:
        """Return the packs of a shop; `watch` sees each of them as it is made.

        Raises `FileError` for a book or a sample that can't be read.
        """
        resolved = self.resolver.resolved(shop)
        if resolved.problems:
            return Made(shop.name, problems=resolved.problems)
        kept = {form.auto_replies for form in shop.packs}
        portions = {replies: self.portion(resolved, replies=replies) for replies in kept}
        packs: list[MadePack] = []
        remarks: list[Remark] = []
        refusals: list[Refusal] = []
        for form in shop.packs:
            portion = portions[form.auto_replies]
            try:
                pack = self.pack(form, portion.book)
            except UnrepresentableError as error:
                refusals += refusals_of(error, portion, shop, self.shops.variables)
                continue
            packs.append(MadePack(_entry(form, pack, portion), pack.to_bytes()))
            remarks += _remarks(form, portion, self._sample(form))
            if watch is not None:
                watch(form, portion, pack)
        expired = portions[max(kept)].expired
        over = [(name_of(said.source, said.text.text), str(_last_day(said.value))) for said in expired]
        over += [(name_of(entry, entry.value.text), str(_last_day(entry.value))) for entry in resolved.given_back]
        sources = self._sources_of(shop)
        return Made(
            shop.name,
            packs=[] if refusals else packs,
            sources=sources,
            refusals=refusals,
            remarks=list(dict.fromkeys(remarks)),
            expired=over,
        )

    def portion(self, resolved: Resolved, *, replies: bool) -> Portion:
        """Return what of a shop's book travels; a group of which everything is over is left out with it."""
        today = self.shops.today
        lanes: dict[str, list[Said]] = {name: [] for name in (*resolved.groups, "", REPLIES)}
        disabled: list[Said] = []
        over: list[Said] = []
        for said in resolved.said:
            value = said.value
            if value is None:
                continue
            if isinstance(value, Phrase):
                if not value.enabled:
                    disabled.append(said)
                    continue
            elif not replies:
                continue
            if value.last_day is not None and value.last_day < today:
                over.append(said)
                continue
            lanes[said.group].append(said)
        ended = {said.group for said in over} | {entry.group for entry in resolved.given_back}
        ended = {name for name in ended if name in lanes and not lanes[name]} - {"", REPLIES}
        for name in ended:
            del lanes[name]
        loose, waiting = lanes.pop(""), lanes.pop(REPLIES)
        book = Phrasebook(
            groups=tuple(Group(name=name, phrases=self._phrases(lane)) for name, lane in lanes.items()),
            phrases=self._phrases(loose),
            auto_replies=tuple(said.value.carried_by_packs() for said in waiting if isinstance(said.value, AutoReply)),
        )
        order = [*(said for lane in lanes.values() for said in lane), *loose, *waiting]
        return Portion(book, order, disabled, over, resolved)

    def _phrases(self, lane: Sequence[Said]) -> tuple[Phrase, ...]:
        return tuple(self._carried(said) for said in lane)

    def _carried(self, said: Said) -> Phrase:
        value = said.value
        assert isinstance(value, Phrase)  # noqa: S101 - replies have a lane of their own
        if not (value.scenario or value.tags or value.note or value.until):
            return value
        if said.text.blanks:
            return _bare(value)
        known = self._bare.get(id(value))
        if known is None or known[0] is not value:
            known = self._bare[id(value)] = (value, _bare(value))
        return known[1]

    def pack(self, form: PackForm, book: Phrasebook) -> Pack:
        """Return the pack of this form that holds `book`. Raises `UnrepresentableError`."""
        sample = self._sample(form)
        if sample is not None:
            return reencoded(sample.with_book(book, allow_loss=True), form.encoding)
        return new_pack(book, form.format, encoding=form.encoding, guard=form.excel, allow_loss=True)

    def _sample(self, form: PackForm) -> Pack | None:
        if form.like is None:
            return None
        if form.like not in self._samples:
            self._samples[form.like] = load(form.like)
        sample = self._samples[form.like]
        if sample.format != form.format:
            message = _("{mark}: 样例 {path} 是 {actual}，这里要的是 {wanted}").format(
                mark=form.mark, path=form.like, actual=sample.format.upper(), wanted=form.format.upper()
            )
            raise UsageError(message)
        return sample

    def _source(self, path: str, pack: Pack) -> SourceEntry:
        """Return a file as it was read, which may be newer than what was looked at before."""
        if path not in self._sources:
            book = pack.book
            values: list[Phrase | AutoReply] = [phrase for _group, phrase in book.all_phrases()]
            values += book.auto_replies
            days = {value.last_day.isoformat() for value in values if value.last_day}
            entry = SourceEntry(shown_path(path, self.shops), hash_of(pack.document.data), tuple(sorted(days)))
            self._sources[path] = entry
        return self._sources[path]

    def _sources_of(self, shop: Shop) -> list[SourceEntry]:
        books = [self._source(given.text, self.resolver.shelf.book(given.text).pack) for given in shop.books]
        likes = dict.fromkeys(form.like for form in shop.packs if form.like is not None)
        return [*books, *(self._source(like, self._samples[like]) for like in likes)]


def _bare(phrase: Phrase) -> Phrase:
    if phrase.extra:
        return Phrase(code=phrase.code, text=phrase.text, extra=phrase.extra)
    return Phrase(code=phrase.code, text=phrase.text)


def _entry(form: PackForm, pack: Pack, portion: Portion) -> PackEntry:
    data = pack.to_bytes()
    counts: Mapping[str, Any] = pack.reading.counts()
    return PackEntry(
        file=form.file,
        format=pack.format,
        encoding=pack.document.encoding.label,
        sha256=hash_of(data),
        bytes=len(data),
        phrases=counts["phrases"],
        groups=counts["groups"],
        auto_replies=counts["auto_replies"],
        disabled=len(portion.disabled),
        expired=len(portion.expired),
    )


def _remarks(form: PackForm, portion: Portion, sample: Pack | None) -> Iterator[Remark]:
    replies = [said.value for said in portion.said if isinstance(said.value, AutoReply)]
    by_hand = [reply for reply in replies if reply.carried_by_packs() is not reply]
    if by_hand:
        triggers = dict.fromkeys(trigger_word(reply.when, reply.threshold) for reply in by_hand)
        words = _("自动回复 {triggers} 写了时间段、日期或间隔，包里带不走，请在千牛里照着设置")
        yield Remark("by_hand", words.format(triggers=_("、").join(triggers)))
    held = {phrase.code for _group, phrase in portion.book.all_phrases()}
    left_out = {said.source.code for said in (*portion.disabled, *portion.expired) if isinstance(said.source, Entry)}
    empty = (reply.phrase for reply in replies if reply.enabled and reply.phrase and reply.phrase not in held)
    for code in dict.fromkeys(empty):
        words = _("自动回复用的短语 {code} 停用或过期了，没有进包，这条自动回复是空的")
        if code not in left_out:
            words = _("自动回复用的短语 {code} 在这家店里没有，去掉了还是换了编码？这条自动回复是空的")
        yield Remark("empty_reply", words.format(code=code))
    if sample is not None:
        for loss in sample.losses(portion.book):
            words = _("样例 {path} 里没有地方放：{loss}").format(path=sample.path, loss=loss)
            yield Remark("no_room", words)
    elif form.format == "xml":
        words = _("XML 没有样例，用的是 qnphrase 自己的结构；导入千牛前，请在 pack 里写 like: 千牛导出的.xml")
        yield Remark("own_form", words)


def _last_day(value: Phrase | AutoReply | None) -> object:
    return value.last_day if value is not None else None


def name_of(entry: Entry | Signature, text: str) -> str:
    """Return how a phrase is named: group and code, or the start of its text."""
    if not isinstance(entry, Entry):
        return ""
    name = entry.code or text[:12].replace("\n", " ")
    return f"{entry.shown_group}/{name}" if entry.shown_group else name
