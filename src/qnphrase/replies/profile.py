"""What is sent when several auto-replies hold at once. Nobody outside of Qianniu knows for sure, so it has a name.

A profile is a row of a table: another order, or one that was tried out on a real Qianniu, is another row, and a Python
program may bring its own.
"""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass

from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.model import AutoReply
from qnphrase.model import Trigger

DEFAULT_PROFILE = "qianniu-unverified"

_BOOK_ORDER: tuple[Trigger, ...] = ()
_GUESSED_ORDER = (Trigger.AWAY, Trigger.BUSY, Trigger.CONTACTS_OVER, Trigger.FIRST_MESSAGE)


@dataclass(frozen=True, eq=False)  # looked up at every message of a million
class Profile:
    """Which of the replies that hold are sent, and in what order.

    `triggers` come first in this order, those of one trigger by their threshold, the highest first, then as in the
    book; no triggers: all as in the book. `at_most` says how many are sent, one or more; `None`: all. `says` gives it
    in words. `is_verified` tells whether it was seen on a real Qianniu.
    """

    name: str
    says: Callable[[], str]
    triggers: tuple[Trigger, ...] = _BOOK_ORDER
    at_most: int | None = 1
    is_verified: bool = False

    @property
    def title(self) -> str:
        """Its name, and that it is a guess where it is one."""
        return self.name if self.is_verified else _("{profile}（未经验证）").format(profile=self.name)

    @property
    def caveat(self) -> str:
        """A sentence for every output: whose order this is."""
        return _("按 {profile}：{says}").format(profile=self.title, says=self.says())

    def order(self, replies: Sequence[AutoReply]) -> list[int]:
        """Return the indices of the replies of a book, those that go before others first."""
        if not self.triggers:
            return list(range(len(replies)))
        rank = {trigger: place for place, trigger in enumerate(self.triggers)}
        last = len(rank)
        return sorted(
            range(len(replies)), key=lambda at: (rank.get(replies[at].when, last), -(replies[at].threshold or 0), at)
        )


def _guess() -> str:
    return _("先看离开、忙碌，再看人数（多的先），最后才是首次；同一种取靠前的，只发一条")


def _first() -> str:
    return _("按短语本里的先后，第一条满足的发出，只发一条")


def _all() -> str:
    return _("满足的全都发，按短语本里的先后")


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(DEFAULT_PROFILE, _guess, _GUESSED_ORDER),
        Profile("first-match", _first),
        Profile("all", _all, at_most=None),
    )
}
DEFAULT = PROFILES[DEFAULT_PROFILE]


def profile_named(name: str) -> Profile:
    """Return a profile that comes with qnphrase. Raises `UsageError`."""
    if name not in PROFILES:
        raise UsageError(
            _("没有叫“{name}”的优先顺序").format(name=name),
            hint=_("可以用：{names}").format(names=_("、").join(PROFILES)),
        )
    return PROFILES[name]
