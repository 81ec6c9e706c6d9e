"""What the reports of a timeline tell, whatever they look like."""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from qnphrase.language import _
from qnphrase.replies.events import BrokenLine
from qnphrase.replies.events import EventReader
from qnphrase.replies.profile import Profile
from qnphrase.replies.tally import Contradiction
from qnphrase.replies.tally import Person
from qnphrase.replies.tally import Timeline
from qnphrase.replies.words import moment
from qnphrase.replies.words import names_of
from qnphrase.replies.words import shown
from qnphrase.replies.words import status_word

SHOWN = 10  # buyers that are named
WORST = 3


@dataclass(frozen=True)
class View:
    """A timeline, its `source` in words, the lines that were left out of it, and the fields that were assumed.

    `path` is that of the log, `-` for standard input, empty where there is none.
    """

    timeline: Timeline
    source: str
    broken: Sequence[BrokenLine] = ()
    broken_count: int = 0
    assumed: Sequence[str] = ()
    path: str = ""

    @property
    def profile(self) -> Profile:
        """Whose order was followed."""
        return self.timeline.profile

    @property
    def names(self) -> list[str]:
        """How the replies are called."""
        return names_of([reply.reply for reply in self.timeline.replies])

    @property
    def messages(self) -> int:
        """How many messages were replayed."""
        return sum(self.timeline.messages.values())

    @property
    def is_fine(self) -> bool:
        """Whether the clock contradicts nothing and all lines could be read."""
        return not self.timeline.contradictions and not self.broken_count

    @property
    def worst(self) -> list[tuple[str, Person]]:
        """The buyers to whom most was repeated, at most `WORST`."""
        repeated = [(name, person) for name, person in self.timeline.people.items() if person.repeated]
        return sorted(repeated, key=lambda pair: -pair[1].repeated)[:WORST]


def view_of(timeline: Timeline, source: str, reader: EventReader | None = None, *, path: str = "") -> View:
    """Return the view of a timeline; `reader` is where its events were read, by now to the end."""
    named, count = list(timeline.late.named), timeline.late.count
    if reader is not None:
        named, count = sorted(named + reader.broken.named), count + reader.broken.count
    return View(timeline, source, named, count, sorted(reader.assumed) if reader is not None else (), path)


def headline(view: View) -> str:
    """Return what was replayed."""
    timeline = view.timeline
    if timeline.first is None or timeline.last is None:
        return _("一条消息也没有")
    return _("{start} 到 {end}：{messages:,} 条消息，{buyers:,} 位买家").format(
        start=moment(timeline.first), end=moment(timeline.last), messages=view.messages, buyers=len(timeline.people)
    )


def silence(view: View) -> str:
    """Return how many messages got no reply, by status."""
    told = [
        f"{status_word(status)} {view.timeline.unanswered[status]:,}/{count:,}"
        for status, count in view.timeline.messages.items()
        if count
    ]
    return _("没有自动回复的消息：{count:,} 条（{by_status}）").format(
        count=sum(view.timeline.unanswered.values()), by_status=_("、").join(told)
    )


def left_out(view: View) -> str:
    """Return how many buyers never got a reply, the first by name."""
    names = view.timeline.without_reply
    head = _("一条自动回复也没收到的买家：{count:,} 位").format(count=len(names))
    if not names:
        return head
    listed = _("、").join(map(shown, names[:SHOWN])) + ("…" if len(names) > SHOWN else "")
    return _("{head}（{names}）").format(head=head, names=listed)


def repetition(view: View) -> str:
    """Return how often the same was said again, and who read it most."""
    head = _("同一天里又发给同一位买家的同样的话：{count:,} 条").format(count=view.timeline.repeats)
    if not view.timeline.repeats:
        return head
    told = [
        _("{buyer} {count:,} 条").format(buyer=shown(name), count=person.repeated) for name, person in view.worst[:3]
    ]
    return _("{head}（最多的：{buyers}）").format(head=head, buyers=_("、").join(told))


def contradiction_words(view: View, found: Contradiction) -> str:
    """Return what is wrong, how often, and where it was seen first."""
    event = found.first
    place = _("第 {line} 行").format(line=event.line) if event.line else ""
    when = " ".join(filter(None, (place, moment(event.at), shown(event.buyer))))
    return _("{name}：{what}；{times:,} 次，第一次是 {when}").format(
        name=view.names[found.reply], what=shown(found.promise.says), times=found.times, when=when
    )


def notes(view: View) -> Iterator[str]:
    """Yield what the reader of the figures has to know."""
    if "status" in view.assumed:
        yield _("有的记录没有状态（status），都当作在线")
    if "contacts" in view.assumed:
        yield _("有的记录没有人数（contacts），都当作只有 1 人")
    if view.broken_count:
        yield _("跳过了 {count:,} 行看不懂的记录").format(count=view.broken_count)


def broken_lines(view: View) -> Iterator[str]:
    """Yield the lines that were left out, the first ones by name."""
    yield from (shown(str(line)) for line in view.broken)
    if view.broken_count > len(view.broken):
        yield _("……还有 {count:,} 行").format(count=view.broken_count - len(view.broken))
