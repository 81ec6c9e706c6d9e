"""`qnphrase simulate` through real processes: one situation, the table of all, the tests beside a book."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
BOOK = """\
version: 1
phrases:
  - {code: zs, text: "亲，我在休息，明早回您/:-F", until: 2026-12-31}
auto_replies:
  - {when: first_message, text: "您好亲，欢迎光临/:^_^"}
  - {when: busy, text: "人多回复慢，\\n请稍等😊", cooldown: 30}
  - {when: away, phrase: zs, hours: "22:00-08:00"}
  - {when: contacts_over, threshold: 30, text: 排队中}
  - {when: contacts_over, threshold: 50, text: 排长队中, enabled: false}
"""
BUSY = """\
2026-11-11 23:50 周三，忙碌，正在联系 35 人，买家当天的第一条消息
按 qianniu-unverified（未经验证）：先看离开、忙碌，再看人数（多的先），最后才是首次；同一种取靠前的，只发一条

买家收到忙碌：
  人多回复慢，
  请稍等😊

每一条自动回复：
  × 首次    第 5 行  条件也满足，但先发了忙碌
  √ 忙碌    第 6 行  条件满足，发出
  × 离开    第 7 行  现在是忙碌，要离开才发
  × 超30人  第 8 行  条件也满足，但先发了忙碌
  × 超50人  第 9 行  没有启用
"""
SITUATION = ("--status", "busy", "--contacts", "35", "--first-today", "--at", "2026-11-11T23:50")
PASSING = """\
cases:
  - name: 双十一晚上
    at: 2026-11-11T23:50
    status: busy
    reply: 忙碌
"""
FAILING = """\
cases:
  - name: 双十一晚上
    at: 2026-11-11T23:50
    status: away
    reply: 忙碌
"""


@pytest.fixture
def shop(qnphrase: Run) -> Path:
    """A folder with a book."""
    folder: Path = qnphrase.folder  # type: ignore[attr-defined]
    (folder / "店铺 甲.yaml").write_bytes(BOOK.encode())
    return folder


def test_one_situation(qnphrase: Run, shop: Path) -> None:
    done = qnphrase("simulate", "店铺 甲.yaml", *SITUATION)
    assert done.stdout.decode() == BUSY
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_gbk_pipe(qnphrase: Run, shop: Path) -> None:
    done = qnphrase("simulate", "店铺 甲.yaml", *SITUATION, PYTHONIOENCODING="gbk")
    assert done.stdout.decode("gbk") == BUSY.replace("😊", "<U+1F60A>")
    assert done.returncode == 0


def test_emoticons_are_shown_by_their_names(qnphrase: Run, shop: Path) -> None:
    done = qnphrase("simulate", "店铺 甲.yaml", "--status", "离开", "--at", "2026-11-12 07:59")
    assert "  亲，我在休息，明早回您[玫瑰]" in done.stdout.decode().splitlines()


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-12T08:00", "现在不在它的时段里（22:00-08:00）"),
        ("2026-11-12T00:00Z", "现在不在它的时段里（22:00-08:00）"),
        ("2027-01-01T07:00", "短语“zs”只能用到 2026-12-31，已经过期"),
    ],
)
def test_nothing_fires(qnphrase: Run, shop: Path, at: str, words: str) -> None:
    done = qnphrase("simulate", "店铺 甲.yaml", "--status", "away", "--at", at)
    assert "买家什么也收不到" in done.stdout.decode()
    assert words in done.stdout.decode()
    assert done.returncode == 0


def test_what_this_buyer_got_before(qnphrase: Run, shop: Path) -> None:
    arguments = ("simulate", "店铺 甲.yaml", "--status", "busy", "--at", "2026-11-11 12:00")
    cooling = qnphrase(*arguments, "--sent", "忙碌=2026-11-11 11:31")
    assert "这位买家 2026-11-11 11:31 收到过，30 分钟内不再发" in cooling.stdout.decode()
    over = qnphrase(*arguments, "--sent", "忙碌=2026-11-11 11:30")
    assert "买家收到忙碌：" in over.stdout.decode()


def test_without_a_time_it_is_now(qnphrase: Run, shop: Path) -> None:
    found = json.loads(qnphrase("simulate", "店铺 甲.yaml", "--first-today", "--format", "json").stdout)
    assert [one["reply"] for one in found["sent"]] == ["首次"]


def test_json(qnphrase: Run, shop: Path) -> None:
    done = qnphrase("simulate", "店铺 甲.yaml", *SITUATION, "--format", "json", PYTHONIOENCODING="gbk")
    found = json.loads(done.stdout.decode())
    assert found["path"] == "店铺 甲.yaml"
    assert found["profile"] == {"name": "qianniu-unverified", "verified": False}
    assert found["situation"] == {
        "at": "2026-11-11T23:50:00",
        "status": "busy",
        "contacts": 35,
        "first_today": True,
        "last_sent": {},
    }
    assert found["sent"] == [
        {"number": 2, "reply": "忙碌", "text": "人多回复慢，\n请稍等😊", "shown": "人多回复慢，\n请稍等😊"}
    ]
    reasons = [(one["reply"], one["reason"], one["line"]) for one in found["replies"]]
    assert reasons == [
        ("首次", "precedence", 5),
        ("忙碌", "sent", 6),
        ("离开", "status", 7),
        ("超30人", "precedence", 8),
        ("超50人", "disabled", 9),
    ]


@pytest.mark.parametrize(
    ("profile", "sent"),
    [("qianniu-unverified", ["忙碌"]), ("first-match", ["首次"]), ("all", ["首次", "忙碌", "超30人"])],
)
def test_profiles(qnphrase: Run, shop: Path, profile: str, sent: list[str]) -> None:
    done = qnphrase("simulate", "店铺 甲.yaml", *SITUATION, "--profile", profile, "--format", "json")
    assert [one["reply"] for one in json.loads(done.stdout)["sent"]] == sent
    told = qnphrase("simulate", "店铺 甲.yaml", *SITUATION, "--profile", profile).stdout.decode()
    assert f"按 {profile}（未经验证）：" in told


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
def test_a_pack_in_any_encoding(qnphrase: Run, shop: Path, encoding: str) -> None:
    rows = (
        "快捷短语编码,快捷短语,快捷短语分组",
        "hy,您好亲/:^_^,售前",
        "离开→hy,您好亲/:^_^,自动回复",
        "停用-忙碌,忙,自动回复",
    )
    (shop / "导出 包.csv").write_bytes("".join(f"{row}\r\n" for row in rows).encode(encoding))
    done = qnphrase("simulate", "导出 包.csv", "--status", "away", "--at", "2026-11-11 12:00", "--format", "json")
    found = json.loads(done.stdout)
    assert [one["text"] for one in found["sent"]] == ["您好亲/:^_^"]
    assert [one["line"] for one in found["replies"]] == [3, 4]


def test_standard_input(qnphrase: Run, shop: Path) -> None:
    done = qnphrase("simulate", "-", *SITUATION, stdin=BOOK.encode())
    assert done.stdout.decode() == BUSY


def test_a_book_without_replies(qnphrase: Run, shop: Path) -> None:
    done = qnphrase("simulate", "-", *SITUATION, stdin=b"version: 1\n")
    assert "没有自动回复" in done.stdout.decode()
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--status", "忙"), "没有这个状态：忙"),
        (("--at", "明天"), "看不懂这个时间：明天"),
        (("--at", "2026-02-29T12:00"), "没有这个时间"),
        (("--contacts", "-1"), "--contacts"),
        (("--contacts", "三十"), "--contacts 的值不对：“三十”不是数字"),
        (("--contacts", "0"), "0 不在 x>=1 的范围里"),
        (("--format", "htm"), "没有“htm”"),
        (("--sent", "忙碌-2=2026-11-11 12:00"), "忙碌-2"),
        (("--sent", "忙碌"), "--sent: 没有写什么时候收到的“忙碌”"),
        (("--profile", "qianniu"), "可以用：qianniu-unverified、first-match、all"),
        (("--table", "--test"), "只能写一个"),
        (("--table", "--status", "busy"), "请去掉"),
        (("--test", "--first-today"), "请去掉"),
        (("--test",), "店铺 甲.replies-test.yaml"),
    ],
)
def test_usage(qnphrase: Run, shop: Path, arguments: tuple[str, ...], words: str) -> None:
    done = qnphrase("simulate", "店铺 甲.yaml", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()


def test_unreadable(qnphrase: Run, shop: Path) -> None:
    assert qnphrase("simulate", "没有.yaml").returncode == 3
    assert qnphrase("simulate", "没有.replies-test.yaml", "--test").returncode == 3
    assert qnphrase("simulate", "-", "--test", stdin=BOOK.encode()).returncode == 2


def test_the_table(qnphrase: Run, shop: Path) -> None:
    done = qnphrase("simulate", "店铺 甲.yaml", "--table", PYTHONIOENCODING="gbk")
    told = done.stdout.decode("gbk")
    assert "未经验证" in told
    assert "  忙碌   是           忙碌（首次）   忙碌（首次、超30人）\n" in told
    assert "× 空档：时段 2，离开，不是当天第一条消息，30 人以内，买家什么也收不到\n" in told
    assert done.returncode == 1
    found = json.loads(qnphrase("simulate", "店铺 甲.yaml", "--table", "--format", "json").stdout)
    assert found["fine"] is False
    assert len(found["cells"]) == 2 * 3 * 2 * 2  # by night, else; a phrase that has expired is as one by day


def test_a_table_without_findings(qnphrase: Run, shop: Path) -> None:
    book = "version: 1\nauto_replies:\n" + "".join(
        f"  - {{when: {when}, text: 您好}}\n" for when in ("first_message", "busy", "away")
    )
    done = qnphrase("simulate", "-", "--table", stdin=book.encode())
    assert "√ 没有空档" in done.stdout.decode()
    assert done.returncode == 0


def test_tests_that_pass(qnphrase: Run, shop: Path) -> None:
    (shop / "店铺 甲.replies-test.yaml").write_bytes(PASSING.encode("gbk"))
    for named in ("店铺 甲.yaml", "店铺 甲.replies-test.yaml"):
        done = qnphrase("simulate", named, "--test", PYTHONIOENCODING="gbk")
        assert done.stdout.decode("gbk").splitlines()[-1] == "√ 1 个用例全部通过"
        assert "未经验证" in done.stdout.decode("gbk")
        assert done.returncode == 0


def test_tests_that_fail_are_shown_with_the_trace(qnphrase: Run, shop: Path) -> None:
    (shop / "店铺 甲.replies-test.yaml").write_bytes(FAILING.replace("\n", "\r\n").encode("utf-8-sig"))
    done = qnphrase("simulate", "店铺 甲.yaml", "--test")
    told = done.stdout.decode()
    assert "× 2:5 双十一晚上" in told
    assert "应该是“忙碌”，实际是“离开”" in told
    assert "× 忙碌    现在是离开，要忙碌才发" in told
    assert done.returncode == 1
    found = json.loads(qnphrase("simulate", "店铺 甲.yaml", "--test", "--format", "json").stdout)
    assert (found["cases"], found["failed"]) == (1, 1)


def test_another_profile_for_all_tests(qnphrase: Run, shop: Path) -> None:
    both = PASSING.replace("status: busy", "status: busy\n    first_today: true")
    (shop / "店铺 甲.replies-test.yaml").write_bytes(both.encode())
    assert qnphrase("simulate", "店铺 甲.yaml", "--test").returncode == 0
    assert qnphrase("simulate", "店铺 甲.yaml", "--test", "--profile", "first-match").returncode == 1


def test_lint_runs_them(qnphrase: Run, shop: Path) -> None:
    tests = shop / "店铺 甲.replies-test.yaml"
    tests.write_bytes(FAILING.encode())
    for named in ("店铺 甲.yaml", ".", "店铺 甲.replies-test.yaml"):
        done = qnphrase("lint", named, "--select", "QN919", "--format", "json")
        (found,) = json.loads(done.stdout)
        assert (found["code"], found["severity"]) == ("QN919", "error")
        assert Path(found["path"]).name == tests.name
        assert (found["line"], found["column"], found["end_column"], found["text"]) == (5, 12, 14, "忙碌")
        assert "用例“双十一晚上”没通过：应该是“忙碌”，实际是“离开”" in found["message"]
        assert done.returncode == 1


def test_lint_says_where_in_a_gbk_pipe(qnphrase: Run, shop: Path) -> None:
    (shop / "店铺 甲.replies-test.yaml").write_bytes(FAILING.encode("gbk"))
    told = qnphrase("lint", ".", "--select", "QN919", PYTHONIOENCODING="gbk").stdout.decode("gbk")
    assert "5:12    错误 QN919" in told
    assert "^^^^" in told


@pytest.mark.parametrize(
    "arguments",
    [("--ignore", "QN919"), ("--ignore", "failed-reply-test"), ("--select", "QN101"), ("--config", "c.yaml")],
)
def test_lint_leaves_them_out_where_it_is_told_to(qnphrase: Run, shop: Path, arguments: tuple[str, ...]) -> None:
    (shop / "店铺 甲.replies-test.yaml").write_bytes(FAILING.encode())
    (shop / "c.yaml").write_bytes(b"ignore: [QN919]\n")
    done = qnphrase("lint", ".", *arguments)
    assert b"QN919" not in done.stdout
    assert (done.returncode, done.stderr) in ((0, b""), (1, b""))


def test_lint_passes_where_they_pass(qnphrase: Run, shop: Path) -> None:
    (shop / "店铺 甲.replies-test.yaml").write_bytes(PASSING.encode())
    assert qnphrase("lint", ".", "--select", "QN919").returncode == 0


def test_lint_does_not_run_the_tests_of_books_that_are_not_linted(qnphrase: Run, shop: Path) -> None:
    (shop / "别家.yaml").write_bytes(BOOK.encode())
    (shop / "店铺 甲.replies-test.yaml").write_bytes(FAILING.encode())
    assert qnphrase("lint", "别家.yaml", "--select", "QN919").returncode == 0
    assert qnphrase("lint", ".", "--select", "QN919").returncode == 1


def test_lint_complains_of_tests_that_test_nothing(qnphrase: Run, shop: Path) -> None:
    (shop / "没有.replies-test.yaml").write_bytes(PASSING.encode())
    done = qnphrase("lint", ".", "--select", "QN919")
    assert "找不到这些用例要测的短语本" in done.stdout.decode()
    assert done.returncode == 3
    (shop / "没有.replies-test.yaml").write_bytes(b"case: []\n")
    done = qnphrase("lint", ".", "--select", "QN919", "--format", "jsonl")
    found = json.loads(done.stdout)
    assert (found["code"], found["line"], found["column"]) == ("QN921", 1, 1)
    assert done.returncode == 3


def test_tests_are_no_book_to_the_linter(qnphrase: Run, shop: Path) -> None:
    (shop / "店铺 甲.replies-test.yaml").write_bytes(f"# auto_replies: 的用例\nversion: 1\n{PASSING}".encode())
    assert qnphrase("lint", ".", "--select", "QN919").returncode == 0
