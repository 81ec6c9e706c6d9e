"""Numbers that name a person or an account, told by their own check digits."""

import datetime
import re

from qnphrase.text.pattern import lazy_pattern

# Two digits of a province or region (GB/T 2260), 83 for residents from Taiwan, 91 for abroad.
_PROVINCE = lazy_pattern("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

# Digits of any other number must not be taken for one of these, so all begin and end at a boundary.
MOBILE = lazy_pattern(
    r"(?<![0-9A-Za-z.])(?:(?:\+|00)?86[ \-]?)?1[3-9][0-9](?:[0-9]{8}|[ \-][0-9]{4}[ \-][0-9]{4})"
    r"(?![0-9A-Za-z]|[.\-][0-9])"
)
ID_CARD = lazy_pattern(r"(?<![0-9A-Za-z])[1-9][0-9]{5}[ \-]?[12][0-9]{7}[ \-]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])")
CARD_NUMBER = lazy_pattern(
    r"(?<![0-9A-Za-z])[3-69][0-9]{3}(?:[0-9]{11,15}|(?:[ \-][0-9]{4}){3}(?:[ \-]?[0-9]{1,3})?)(?![0-9A-Za-z])"
)


def is_id_card(number: str, today: datetime.date) -> bool:
    """Whether 18 characters are a resident's identity number: province, a real birthday, and MOD 11-2 (GB 11643)."""
    number = re.sub(r"[ \-]", "", number).upper()
    if not _PROVINCE.match(number):
        return False
    try:
        born = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if not datetime.date(1900, 1, 1) <= born <= today:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECKS[total % 11] == number[17]


def passes_luhn(number: str) -> bool:
    """Whether the digits end in the check digit of bank cards (ISO/IEC 7812-1)."""
    digits = [int(digit) for digit in reversed(re.sub(r"[ \-]", "", number))]
    return sum(digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits)) % 10 == 0
