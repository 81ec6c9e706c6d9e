"""The page about auto-replies: its samples are run, and it leaves nothing out."""

import datetime
import re
from pathlib import Path

import pytest

from qnphrase.document.document import Document
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.replies.case_file import read_suite
from qnphrase.replies.cases import run_suite
from qnphrase.replies.decision_report import lines_of_replies
from qnphrase.replies.decision_report import render as render_decision
from qnphrase.replies.profile import DEFAULT
from qnphrase.replies.profile import PROFILES
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.semantics import decide
from qnphrase.replies.situation import Situation
from qnphrase.replies.situation import Status
from qnphrase.replies.table import table_of
from qnphrase.replies.table_report import render as render_table

PAGE = (Path(__file__).parents[2] / "docs" / "replies.md").read_bytes().decode()
NIGHT = Situation(datetime.datetime(2026, 11, 11, 23, 50), Status.BUSY, 35, True)


def _block(language: str, start: str) -> str:
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    (found,) = [block for block in blocks if block.startswith(start)]
    return str(found)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(_block("yaml", "# 店铺.yaml\n").encode(), name="店铺.yaml")


def test_the_sample_of_one_situation(pack: Pack) -> None:
    rules = ReplyRules.of(pack.book)
    decision = decide(rules, NIGHT)
    told = render_decision(rules, NIGHT, decision, DEFAULT, lines_of_replies(pack.reading))
    assert told == _block("text", "2026-11-11 23:50")


def test_the_sample_of_the_table(pack: Pack) -> None:
    assert render_table(table_of(ReplyRules.of(pack.book))) == _block("text", "按 qianniu-unverified")


def test_the_sample_of_tests_passes(pack: Pack) -> None:
    suite = read_suite(Document.of_bytes(_block("yaml", "# 店铺.replies-test.yaml").encode(), path="店铺.yaml"))
    run = run_suite(suite, pack.book)
    assert len(run.outcomes) == 3
    assert run.failed == []


def test_the_python_sample_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "店铺.yaml").write_bytes(_block("yaml", "# 店铺.yaml\n").encode())
    monkeypatch.chdir(tmp_path)
    exec(compile(_block("python", "import datetime"), "replies.md", "exec"), {})  # noqa: S102 - this is the sample
    assert "busy sent 亲，这会儿咨询的人多" in capsys.readouterr().out


def test_every_profile_is_described() -> None:
    section = PAGE.partition("\n## 几条都满足时发哪条\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z][a-z-]+)`", section, re.MULTILINE) == list(PROFILES)
