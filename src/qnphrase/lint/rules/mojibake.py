"""Text that was decoded with the wrong encoding: proven by decoding it the right way.

Rare hanzi alone prove nothing. A run is mojibake where its bytes, in the encoding it was read in, are almost wholly
sequences of the encoding it was written in, and what they say is everyday Chinese.
"""

import re
from collections.abc import Iterator

from qnphrase.text.pattern import lazy_pattern

_NEVER = "[\ufffd]+|锟斤拷(?:[锟斤拷]{0,999})|锟斤|(?:锘[縲-縿匡挎])|ï»¿"
# Debuggers fill with 烫; three of them behind what may be hot are a clerk's warning.
_HOT = "很好太超会别要巨老汤水粥锅面茶油菜饭火杯碗壶盘炉炸是别还挺真够这那都特有点些，,！!"
_FILL = rf"烫{{5,}}|屯{{4,}}|(?<![烫{_HOT}])烫{{3,4}}(?![烫的哦了呢啊！!，,。嘴手伤])|屯屯屯|葺葺葺"

# UTF-8 read as GBK: its lead bytes E2 to E9 and EF with their trail bytes 80 to BF, as GBK reads them.
_LEADS = bytes((0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF))
_PAIRS = b" ".join(bytes((lead, trail)) for lead in _LEADS for trail in range(0x80, 0xC0))
_SUSPECTS = _PAIRS.decode("gbk", "ignore").replace(" ", "")
_UTF8 = lazy_pattern(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}|\xe2[\x80\x84-\x86\x94-\x98][\x80-\xbf]|\xc2\xb7)+")
_GBK_RUN = lazy_pattern("[^\x00-\x7f]{2,400}")

# GBK or UTF-8 read as Latin-1 or as Windows' code page 1252.
_CP1252 = {bytes((code,)).decode("cp1252", "ignore"): code for code in range(0x80, 0xA0)}
_CP1252.pop("", None)
_WESTERN = "".join(map(re.escape, _CP1252))
_LATIN_RUN = lazy_pattern(rf"[\x80-\xff{_WESTERN}]{{2,400}}")
_LATIN_LETTER = lazy_pattern("[À-ÖØ-öø-ÿ]")

_LOST = frozenset("? ,.!:;~\n")
# One class first, so that the C engine skips from character to character; `?` counts from three on.
TRIGGER = rf"[?\ufffd锟锘烫屯葺À-ÖØ-öø-ÿ{_SUSPECTS}](?:(?<!\?)|\?\?)"
_TRIGGER = lazy_pattern(TRIGGER)
_PLAIN = lazy_pattern(f"{_NEVER}|{_FILL}")


def mojibake_spans(text: str) -> list[tuple[int, int]]:
    """Return where mojibake stands in `text`; neighbouring pieces are one."""
    if _TRIGGER.search(text) is None:
        return []
    found = sorted([*(match.span() for match in _PLAIN.finditer(text)), *_misread(text)])
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    if not spans and _is_nothing_but_questions(text):
        spans.append((0, len(text)))
    return spans


def _is_nothing_but_questions(text: str) -> bool:
    """Whether every character was lost: an encoder that may not fail writes `?` for each."""
    return "???" in text and _LOST.issuperset(text)


def _misread(text: str) -> Iterator[tuple[int, int]]:
    for run in _GBK_RUN.finditer(text):
        yield from _utf8_read_as_gbk(run)
    runs = [run for run in _LATIN_RUN.finditer(text) if _LATIN_LETTER.search(run[0])]
    said = [_from_latin(run[0]) for run in runs]
    # Two letters that say a hanzi prove little; several such pairs in one text do.
    enough = 3 if sum(map(len, said)) < 3 else 1
    for run, words in zip(runs, said, strict=True):
        if words and (len(run[0]) > 3 or len(words) >= enough):
            yield run.span()


def _utf8_read_as_gbk(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a run of which the bytes are UTF-8."""
    words = run[0]
    if _SUSPECT.search(words) is None:
        return
    data = words.encode("gb18030", "replace")
    for sequence in _UTF8.finditer(data):
        if len(sequence[0]) >= 6 and _is_everyday(sequence[0].decode("utf-8", "ignore"), 2):
            start = len(data[: sequence.start()].decode("gb18030", "ignore"))
            end = len(data[: sequence.end() + 1].decode("gb18030", "ignore"))
            end += _SUSPECT.match(words, end) is not None  # half a character that was cut off
            yield run.start() + start, run.start() + end


_SUSPECT = lazy_pattern(f"[{_SUSPECTS}]")


def _latin_bytes(words: str) -> bytes:
    return bytes(_CP1252.get(character, ord(character) & 0xFF) for character in words)


def _from_latin(words: str) -> str:
    """Return what a run of Western letters says as UTF-8 or GBK; empty where that is nothing."""
    data = _latin_bytes(words)
    as_utf8 = "".join(part.decode("utf-8", "ignore") for part in _UTF8.findall(data))
    if len(as_utf8.encode()) * 10 >= len(data) * 8 and _is_everyday(as_utf8, 1):
        return as_utf8
    even = data[: len(data) & ~1]
    if min(even, default=0) < 0xA1:
        return ""
    as_gbk = even.decode("gb2312", "ignore")
    return as_gbk if len(as_gbk) * 2 == len(even) and _is_everyday(as_gbk, 1) else ""


def _is_everyday(words: str, least: int) -> bool:
    """Whether `words` are common hanzi (the first level of GB 2312) and Chinese punctuation, at least so many hanzi.

    Of two or three hanzi none may be rare. From four on half of them may: bytes of real Chinese aren't by chance so
    many sequences of the other encoding, and everyday words hold rare hanzi, too (温馨提示), or are traditional.
    """
    hanzi = common = 0
    for character in words:
        if "\u4e00" <= character <= "\u9fff":
            hanzi += 1
            code = character.encode("gb2312", "ignore")
            common += len(code) == 2 and code[0] < 0xD8
        elif character not in "，。！？：；、“”‘’（）《》【】…—～·￥「」　":
            common -= 1
    return hanzi >= least and common * 10 >= hanzi * (8 if hanzi < 4 else 5)


def recovered(words: str) -> str:
    """Return what mojibake once said, as far as its bytes are there; empty where they are lost."""
    if _LATIN_RUN.fullmatch(words):
        return _from_latin(words)
    data = words.encode("gb18030", "replace")
    return "".join(part.decode("utf-8", "ignore") for part in _UTF8.findall(data))
