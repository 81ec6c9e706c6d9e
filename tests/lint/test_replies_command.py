"""`qnphrase lint` on the auto-replies of real files, through real processes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

BOOK = """\
version: 1
phrases:
  - {code: hy, text: 您好亲，欢迎光临, until: 2026-01-31}
auto_replies:
  - {when: first_message, phrase: hy}
  - when: away  # 夜班
    hours: "22:00-09:00"
    text: 抱歉亲，客服已下班，在线时间早9点到晚11点
  - {when: away, text: 抱歉亲，教程在微信里也有，稍后回复您}
  - {when: away, days: sun, text: 抱歉亲，稍后回复您}
  - {when: busy, text: ""}
  - {when: contacts_over, threshold: 30, enabled: false, text: 抱歉亲，请稍等}
"""
PACK = (
    "快捷短语编码,快捷短语,快捷短语分组\r\n首次,您好亲，欢迎光临,自动回复\r\n忙碌,抱歉亲，马上回您,自动回复\r\n"
    "忙碌-2,抱歉亲，QQ上也能问，马上回您,自动回复\r\n离开→hy,,自动回复\r\n超9999人,抱歉亲，请稍等,自动回复\r\n"
)


def findings(folder: Path, name: str, data: bytes, *arguments: str) -> list[dict[str, Any]]:
    path = folder / "店铺 一号" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "qnphrase", "lint", str(path), "--format", "json", *arguments],
        capture_output=True,
        env={**os.environ, "QNPHRASE_LANG": "zh"},
        check=False,
    )
    assert done.returncode == 1, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def told(found: list[dict[str, Any]]) -> list[tuple[str, str, int, str]]:
    return [(one["code"], one["severity"], one["line"], one["text"]) for one in found]


def test_a_book(tmp_path: Path) -> None:
    found = findings(tmp_path, "本.yaml", BOOK.replace("\n", "\r\n").encode("utf-8-sig"), "--select", "QN2,QN91")
    assert told(found) == [
        ("QN916", "error", 5, "首次→hy"),
        ("QN915", "warning", 8, "早9点到晚11点"),
        ("QN207", "warning", 9, "微信"),
        ("QN913", "warning", 10, "离开-3"),
        ("QN914", "error", 11, "忙碌"),
    ]


def test_a_pack(tmp_path: Path) -> None:
    found = findings(tmp_path, "包.csv", PACK.encode("gbk"), "--select", "QN2,QN91")
    assert told(found) == [
        ("QN912", "warning", 4, "忙碌-2"),
        ("QN207", "warning", 4, "QQ"),
        ("QN916", "error", 5, "离开→hy"),
    ]


def test_the_user_has_the_last_word_on_severities(tmp_path: Path) -> None:
    folder = tmp_path / "店铺 一号"
    folder.mkdir()
    (folder / "qnphrase.yaml").write_text("severity: {QN207: info}\n", encoding="utf-8")
    found = findings(tmp_path, "包.csv", PACK.encode("gbk"), "--select", "QN207,QN912")
    assert [severity for code, severity, *_more in told(found) if code == "QN207"] == ["info"]


def test_a_book_of_auto_replies_only(tmp_path: Path) -> None:
    book = 'version: 1\nauto_replies:\n  - {when: busy, text: ""}\n'
    assert "QN914" in [code for code, *_more in told(findings(tmp_path, "本.yaml", book.encode()))]
