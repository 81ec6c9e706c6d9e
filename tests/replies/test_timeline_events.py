"""Logs as they come: encodings, line ends, headers, spellings of times, and lines that are broken."""

import csv
import datetime
import io
import json
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UnreadableFileError
from qnphrase.replies.events import KEPT
from qnphrase.replies.events import Event
from qnphrase.replies.events import EventReader
from qnphrase.replies.log_lines import BLOCK
from qnphrase.replies.log_lines import text_lines
from qnphrase.replies.situation import Status

NOON = datetime.datetime(2026, 11, 11, 12, 0)
HEADER = "time,buyer,status,contacts\n"
CHINESE = "时间,买家,状态,人数\n2026-11-11 12:00:00,张三,忙碌,35\n"
CODECS = ("gbk", "utf-8", "utf-8-sig", "gb18030", "utf-16")


def read(text: str | bytes, **options: str) -> tuple[list[Event], EventReader]:
    reader = EventReader(io.BytesIO(text if isinstance(text, bytes) else text.encode()), **options)
    return list(reader), reader


def broken(text: str) -> list[str]:
    _events, reader = read(text)
    assert reader.broken.count == len(reader.broken.named)
    return [str(line) for line in reader.broken.named]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(codec: str, end: str) -> None:
    events, reader = read(CHINESE.replace("\n", end).encode(codec))
    assert events == [Event(2, NOON, "张三", Status.BUSY, 35)]
    assert (reader.broken.count, reader.assumed) == (0, set())


@pytest.mark.parametrize("codec", CODECS)
def test_json_lines(codec: str) -> None:
    lines = (
        '{"time": "2026-11-11T12:00:00", "buyer": "张三", "status": "忙碌", "contacts": 35}',
        "",
        '{"contacts": "3", "buyer": 10086, "time": "2026-11-11 12:00", "more": [1]}',
    )
    events, reader = read("\n".join(lines).encode(codec))
    assert events == [Event(1, NOON, "张三", Status.BUSY, 35), Event(3, NOON, "10086", Status.ONLINE, 3)]
    assert reader.assumed == {"status"}


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-11 12:00:00",
        "2026-11-11T12:00:00",
        "2026-11-11 12:00",
        "2026/11/11 12:00",
        "\t2026-11-11 12:00:00",
        "2026-11-11T04:00:00Z",
        "2026-11-11T04:00:00+00:00",
        "2026-11-10T20:00:00-08:00",
        '"2026-11-11 12:00:00"',
    ],
)
def test_spellings_of_a_time(said: str) -> None:
    events, _reader = read(f"{HEADER}{said},a,online,1\n")
    assert [event.at for event in events] == [NOON]


def test_a_leap_second_counts_as_the_second_before() -> None:
    events, _reader = read(f"{HEADER}2026-12-31 23:59:60,a,online,1\n")
    assert [event.at for event in events] == [datetime.datetime(2026, 12, 31, 23, 59, 59)]


def test_columns_in_any_order_and_further_ones() -> None:
    events, reader = read("店铺;Contacts;Buyer;Time\nx;7;a;2026-11-11 12:00\n")
    assert events == [Event(2, NOON, "a", Status.ONLINE, 7)]
    assert reader.assumed == {"status"}


def test_empty_cells_and_blank_lines() -> None:
    text = f'\n{HEADER}\n2026-11-11 12:00,a,,\n,,,\n2026-11-11 12:00,b,away,2,,\n,,\n"",,,,,\n \n'
    events, reader = read(text)
    assert reader.broken.count == 0
    assert events == [Event(4, NOON, "a", Status.ONLINE, 1), Event(6, NOON, "b", Status.AWAY, 2)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2026-02-29 12:00,a,online,1", "没有这个时间：2026-02-29 12:00"),
        ("2026-11-11,a,online,1", "看不懂这个时间：2026-11-11；请写成 2026-11-11T23:50"),
        ("2026-W46-3T12:00:00,a,online,1", "看不懂这个时间：2026-W46-3T12:00:00；请写成 2026-11-11T23:50"),
        ("2026-11-11 12:00,,online,1", "没有写买家"),
        ("2026-11-11 12:00,a,gone,1", "没有这个状态：gone；可以写 online（在线）、busy（忙碌）、away（离开）"),
        ("2026-11-11 12:00,a,online,many", "人数要写成数字：many"),
        ("2026-11-11 12:00,a,online,-1", "人数要写成数字：-1"),
        ("2026-11-11 12:00,a,online,1_0", "人数要写成数字：1_0"),
        ("2026-11-11 12:00,a", "有 2 格，表头有 4 格"),
        ("2026-11-11 12:00,a,b,online,1", "有 5 格，表头有 4 格"),
        ('2026-11-11 12:00,"a,online,1', "引号没有配对；一条记录只能占一行"),
    ],
)
def test_a_broken_line_is_named_and_the_next_one_is_read(line: str, why: str) -> None:
    text = f"{HEADER}{line}\n2026-11-11 12:00,b,online,1\n"
    assert broken(text) == [f"第 2 行：{why}"]
    assert [event.buyer for event in read(text)[0]] == ["b"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"time": "2026-11-11 12:00"}', "缺少：buyer"),
        ('{"time": "2026-11-11 12:00", "buyer": "a"', "不是一个 JSON 对象；一条记录只能占一行"),
        ("[" * 100_000, "不是一个 JSON 对象；一条记录只能占一行"),
        ("[1]", "不是一个 JSON 对象；一条记录只能占一行"),
        ('{"time": 5, "buyer": "a"}', "time 的值不对"),
        ('{"time": "2026-11-11 12:00", "buyer": "\\ud800"}', "buyer 的值不对"),
        ('{"time": "2026-11-11 12:00", "buyer": "a", "contacts": true}', "contacts 的值不对"),
        ('{"time": "2026-11-11 12:00", "buyer": "a", "contacts": 1.5}', "contacts 的值不对"),
    ],
)
def test_a_broken_object_is_named(line: str, why: str) -> None:
    good = '{"time": "2026-11-11 12:00", "buyer": "b"}'
    assert broken(f"{good}\n{line}\n{good}\n") == [f"第 2 行：{why}"]


def test_all_broken_lines_are_counted_the_first_named() -> None:
    _events, reader = read(HEADER + "x\n" * 1_000)
    assert (reader.broken.count, len(reader.broken.named)) == (1_000, KEPT)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "没有记录，文件是空的"),
        ("\n \n", "没有记录，文件是空的"),
        ("2026-11-11 12:00,a,online,1\n", "表头里没有这些列：time、buyer"),
        ("time,buyer,时间\n", "表头里有两列都是 time"),
        ('time,"buyer\n', "引号没有配对"),
    ],
)
def test_a_header_that_cannot_be_used(text: str, what: str) -> None:
    with pytest.raises(PackSyntaxError, match=what):
        read(text, path="log.csv")


@pytest.mark.parametrize("data", [b"PK\x03\x04\0\0", b"\x89PNG\r\n\x1a\n\0\0", b"\0\1\2\3" * 99])
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read(data)


def test_a_line_without_an_end() -> None:
    with pytest.raises(UnreadableFileError, match="没有尽头"):
        read(b"a" * (4 * BLOCK + 2_000_000))


def test_the_first_chinese_name_may_stand_far_behind() -> None:
    plain = HEADER + "2026-11-11 12:00:00,tb0001,online,1\n" * (2 * BLOCK // 36)
    events, _reader = read((plain + "2026-11-11 12:00:00,张三,online,1\n").encode("gbk"))
    assert events[-1].buyer == "张三"


def test_a_byte_that_no_codec_reads_stays_what_it_is() -> None:
    rows = "2026-11-11 12:00:00,张三丰的小店,online,1\n" * 20
    data = (HEADER + rows).encode() + b"2026-11-11 12:00:00,\xff,online,1\n"
    events, reader = read(data)
    assert (len(events), events[-1].buyer, reader.broken.count) == (21, "\udcff", 0)


TEXTS = st.lists(st.text(st.sampled_from("ab张€é\u2028\x85\x0b,\n\r"), max_size=8), max_size=20)


@given(parts=TEXTS, fill=st.integers(0, 12), codec=st.sampled_from(["utf-8-sig", "utf-16"]))
def test_lines_are_those_of_the_whole_text(parts: list[str], fill: int, codec: str) -> None:
    """Wherever a block ends, in a character or between CR and LF."""
    text = "a" * (BLOCK - fill) + "".join(parts)
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not expected[-1]:
        expected.pop()
    assert list(text_lines(io.BytesIO(text.encode(codec)))) == expected


CELLS = st.text(st.sampled_from('ab"张 ,;'), min_size=1, max_size=6).filter(str.strip)


@given(buyers=st.lists(CELLS, max_size=6))
def test_what_a_spreadsheet_writes_is_read_as_it_was(buyers: list[str]) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["time", "buyer", "status", "contacts"])
    for buyer in buyers:
        writer.writerow([NOON, buyer, "away", 9])
    events, reader = read(stream.getvalue())
    assert [event.buyer for event in events] == [buyer.strip() for buyer in buyers]
    assert reader.broken.count == 0


@given(buyers=st.lists(st.text(min_size=1, max_size=6).filter(str.strip), max_size=6), ascii_only=st.booleans())
def test_what_json_writes_is_read_as_it_was(buyers: list[str], ascii_only: bool) -> None:
    rows = [json.dumps({"time": str(NOON), "buyer": buyer}, ensure_ascii=ascii_only) for buyer in buyers]
    lines = "\n".join([*rows, json.dumps({"time": str(NOON), "buyer": "b"})])
    events, _reader = read(lines.encode("utf-8-sig"))
    assert [event.buyer for event in events] == [*(buyer.strip() for buyer in buyers), "b"]


def test_time_grows_with_the_lines(growth_of: Callable[[Callable[[int], float], int], float]) -> None:
    def seconds(count: int) -> float:
        data = (HEADER + '2026-11-11 12:00:00,"tb,1",online,1\n2026-11-11 12:00:00,tb,busy,1\n' * count).encode()
        begun = time.process_time()
        for _event in EventReader(io.BytesIO(data)):
            pass
        return time.process_time() - begun

    assert growth_of(seconds, 5_000) < 25
