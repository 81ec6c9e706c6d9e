"""How auto-replies travel in packs, which know phrases only: as the group 自动回复, the code naming the trigger.

The grammar of a code: `[停用-]首次|忙碌|离开|超N人[-K][→phrase]`. `停用-` switches the reply off, `-K` is the K-th
reply of one trigger (from 2), `→hy` says that the reply points to the phrase `hy`, whose text the row repeats.
"""

import re
from typing import NamedTuple

from qnphrase.text.pattern import lazy_pattern

AUTO_REPLY_GROUP = "自动回复"

_WORDS = {"first_message": "首次", "busy": "忙碌", "away": "离开"}
_TRIGGERS = {word: when for when, word in _WORDS.items()}
_CODE = lazy_pattern(
    r"(停用-)?(首次|忙碌|离开|超([1-9][0-9]{0,3})人)(?:-([2-9]|[1-9][0-9]{1,5}))?(?:→(.+))?", re.DOTALL
)


class ReplyCode(NamedTuple):
    """What the code of an auto-reply row says. `number` counts the replies of one trigger from 1."""

    trigger_word: str
    number: int
    enabled: bool
    phrase: str

    @property
    def when(self) -> str:
        """The trigger by its name in the model."""
        return _TRIGGERS.get(self.trigger_word, "contacts_over")

    @property
    def threshold(self) -> int | None:
        """The number of contacts of `contacts_over`, else `None`."""
        return None if self.trigger_word in _TRIGGERS else int(self.trigger_word[1:-1])

    @property
    def written(self) -> str:
        """The code as it stands in a pack."""
        return "".join(
            (
                "" if self.enabled else "停用-",
                self.trigger_word,
                f"-{self.number}" if self.number > 1 else "",
                f"→{self.phrase}" if self.phrase else "",
            )
        )


def trigger_word(when: str, threshold: int | None) -> str:
    """Return the word for a trigger: `忙碌`, `超30人`."""
    return _WORDS.get(when) or f"超{threshold}人"


def parse(code: str) -> ReplyCode | None:
    """Return what `code` says, or `None` where it is no code of an auto-reply."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    off, word, _threshold, number, phrase = found.groups()
    return ReplyCode(word, int(number or 1), not off, phrase or "")
