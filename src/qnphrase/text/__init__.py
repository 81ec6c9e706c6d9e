"""What one phrase says: its emoticons, its tokens and its measure.

The lowest floor of the house: it knows nothing of files, groups or rules. Importing it reads no data; the emoticon
tables are read on first use. The function `emoticons` deliberately takes the name of its module here: write
`from qnphrase.text.emoticons import …` to reach into the module.
"""

from __future__ import annotations

from qnphrase.text.emoticons import Emoticon
from qnphrase.text.emoticons import aliases
from qnphrase.text.emoticons import codes_named
from qnphrase.text.emoticons import emoticon_pattern
from qnphrase.text.emoticons import emoticons
from qnphrase.text.measure import length
from qnphrase.text.measure import unencodable
from qnphrase.text.measure import visible_length
from qnphrase.text.tokens import Token
from qnphrase.text.tokens import TokenKind
from qnphrase.text.tokens import tokenize

__all__ = [
    "Emoticon",
    "Token",
    "TokenKind",
    "aliases",
    "codes_named",
    "emoticon_pattern",
    "emoticons",
    "length",
    "tokenize",
    "unencodable",
    "visible_length",
]
