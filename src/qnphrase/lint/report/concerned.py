"""A message for people with the shops that it concerns."""

from qnphrase.language import _
from qnphrase.lint.diagnostic import Diagnostic

_NAMED = 3


def message_of(one: Diagnostic) -> str:
    """Return the message and, in brackets, the shops: all that there are up to three, else these and how many."""
    shops = one.shops
    if not shops or (len(shops) == 1 and shops[0] in one.message):
        return one.message
    names = _("、").join(shops[:_NAMED])
    if len(shops) > _NAMED:
        return _("{message}（{shops} 等 {count} 家店）").format(message=one.message, shops=names, count=len(shops))
    return _("{message}（{shops}）").format(message=one.message, shops=names)
