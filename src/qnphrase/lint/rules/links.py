"""Links in a phrase that lead to hosts outside of the platform."""

import re
from collections.abc import Iterator

from qnphrase.text import TokenKind
from qnphrase.text import tokenize
from qnphrase.text.pattern import lazy_pattern

# The platform's own hosts, with all below them: shops and items, short links, payment, parcels, pictures.
PLATFORM_HOSTS = ("taobao.com", "tmall.com", "tmall.hk", "tb.cn", "alipay.com", "cainiao.com", "alicdn.com")

_ENDINGS = "com|cn|net|org|cc|top|xyz|vip|shop|club|ltd|io|link|site|tv|hk|store|info|online|fun|live"
# Without such letters there is no link at all. One class comes first, for then the C engine skips to it.
TRIGGER = rf"[hHwW.](?:(?<=[hH])[tT][tT][pP]|(?<=[wW])[wW]{{2}}\.|(?<=\.)(?i:{_ENDINGS}))"
_LABEL = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?"
_BARE_HOST = lazy_pattern(
    rf"(?<![a-z0-9@._\-])(?:{_LABEL}\.){{1,5}}(?:{_ENDINGS})(?![a-z0-9@\-]|\.[a-z0-9])(?::[0-9]{{1,5}})?"
    r"(?:/[a-z0-9\-_%=&+$@*/.?#]{0,200}(?<![.?]))?",
    re.IGNORECASE | re.ASCII,
)


def outside(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and host of each link whose host isn't the platform's, in order."""
    for token in tokenize(text):
        if token.kind is TokenKind.URL:
            host = host_of(token.text)
            if not is_platform(host):
                yield token.start, token.end, host
        elif token.kind is TokenKind.PLAIN:
            yield from _bare_hosts(text, token.start, token.end)


def host_of(link: str) -> str:
    """Return the host that a browser would open: behind any `user@`, without port."""
    authority = re.split(r"[/?#\\]", re.sub(r"(?i)^https?://", "", link), maxsplit=1)[0]
    return authority.rpartition("@")[2].partition(":")[0].rstrip(".").lower()


def is_platform(host: str) -> bool:
    """Whether a host is one of the platform's or stands below one."""
    return any(host == own or host.endswith(f".{own}") for own in PLATFORM_HOSTS)


def _bare_hosts(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield hosts that are written without a scheme, such as `weidian.com/s/66`."""
    for found in _BARE_HOST.finditer(text, start, end):
        host = host_of(found[0])
        name = host.rpartition(".")[0]
        # `50.cc` is a measure; only the great endings have hosts of digits alone (`1688.com`).
        is_measure = name.replace(".", "").isdigit() and not host.endswith((".com", ".cn", ".net"))
        if not is_measure and not is_platform(host):
            yield found.start(), found.end(), host
