"""What a replay counts: by buyer, by reply, and by the minutes of the day."""

import datetime
import operator
from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple

from qnphrase.model import AutoReply
from qnphrase.replies.events import BrokenLines
from qnphrase.replies.events import Event
from qnphrase.replies.profile import Profile
from qnphrase.replies.promises import Promise
from qnphrase.replies.situation import Status

BUCKET = 5  # minutes that are counted together
STATUSES = tuple(Status)


class Person:
    """What is known of one buyer: what was sent and when, how often nothing was, and how often the same again."""

    __slots__ = ("day", "got", "last", "messages", "repeated", "today", "unanswered", "until")

    def __init__(self) -> None:
        self.day = -1
        self.last = datetime.datetime.min
        self.messages = 0
        self.unanswered = 0
        self.repeated = 0
        self.got: dict[int, int] = {}
        self.today = 0  # a bit for each text that was sent today
        self.until: dict[int, datetime.datetime] = {}  # when a cool-down is over


class Contradiction(NamedTuple):
    """A reply promises what the clock contradicts: where it was seen first, and how often in all."""

    reply: int
    promise: Promise
    first: Event
    times: int


@dataclass
class Sendings:
    """How often one reply of the book was sent, `repeats` times to a buyer who had read that text already that day."""

    reply: AutoReply
    text: str = ""
    count: int = 0
    repeats: int = 0
    buyers: int = 0
    most: int = 0  # to one buyer


class Bucket:
    """A few minutes: messages and those without a reply, by status; what was sent, by reply; the most contacts."""

    __slots__ = ("contacts", "messages", "sent", "unanswered")

    def __init__(self, replies: int) -> None:
        self.messages = [0] * len(STATUSES)
        self.unanswered = [0] * len(STATUSES)
        self.sent = [0] * replies
        self.contacts = 0

    def add(self, other: "Bucket") -> None:
        """Count another one's minutes, too."""
        for mine, others in (
            (self.messages, other.messages),
            (self.unanswered, other.unanswered),
            (self.sent, other.sent),
        ):
            mine[:] = map(operator.add, mine, others)
        self.contacts = max(self.contacts, other.contacts)

    @property
    def usual_status(self) -> Status:
        """The status at most of the messages."""
        return STATUSES[self.messages.index(max(self.messages))]


@dataclass
class Timeline:
    """What became of all messages. `buckets` are told by the minute at which they begin."""

    profile: Profile
    replies: list[Sendings]
    people: dict[str, Person] = field(default_factory=dict)
    buckets: dict[datetime.datetime, Bucket] = field(default_factory=dict)
    contradictions: list[Contradiction] = field(default_factory=list)
    late: BrokenLines = field(default_factory=BrokenLines)
    messages: dict[Status, int] = field(default_factory=dict)
    unanswered: dict[Status, int] = field(default_factory=dict)
    first: datetime.datetime | None = None
    last: datetime.datetime | None = None

    @property
    def without_reply(self) -> list[str]:
        """The buyers who never got one, in the order in which they came."""
        return [name for name, person in self.people.items() if not person.got]

    @property
    def repeats(self) -> int:
        """How many replies went to buyers who had read the same text already that day."""
        return sum(reply.repeats for reply in self.replies)
