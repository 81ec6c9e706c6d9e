"""`qnphrase lint` through real processes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from qnphrase.lint import run
from qnphrase.lint.baseline import read_baseline
from qnphrase.lint.options import LintOptions

HEADER = "快捷短语编码,快捷短语,快捷短语分组\r\n"
BAD = "a,在的亲，加微信聊吧,售前\r\n"
GOOD = "b,您好，请问有什么可以帮您？,售前\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "店铺 一号"
    path.mkdir()
    return path


def lint(folder: Path, *arguments: str, stdin: bytes = b"", command: str = "lint") -> "CompletedProcess[bytes]":
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "QNPHRASE_", "PYTHONIO"))}
    return subprocess.run(
        [sys.executable, "-m", "qnphrase", command, *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env={**environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def _write(folder: Path, name: str, text: str, encoding: str = "gbk") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def _codes(done: "CompletedProcess[bytes]") -> list[str]:
    return [finding["code"] for finding in json.loads(done.stdout)]


def test_a_gbk_pack_gives_exact_positions(folder: Path) -> None:
    _write(folder, "包.csv", HEADER + GOOD + BAD)
    done = lint(folder, "包.csv", "--format", "json", "--select", "QN201")
    (finding,) = json.loads(done.stdout)
    assert done.returncode == 1
    assert (finding["line"], finding["column"], finding["text"]) == (3, 7, "加微信")
    assert finding["end_column"] == 10
    assert (finding["group"], finding["phrase"], finding["path"]) == ("售前", "a", "包.csv")


def test_exit_codes(folder: Path) -> None:
    _write(folder, "好.csv", HEADER + GOOD)
    _write(folder, "坏.csv", HEADER + BAD)
    _write(folder, "断.csv", HEADER + 'a,"b\r\n')
    assert lint(folder, "好.csv").returncode == 0
    assert lint(folder, "坏.csv").returncode == 1
    assert lint(folder, "断.csv", "好.csv").returncode == 3
    assert lint(folder, "没有.csv").returncode == 3
    assert lint(folder, "好.csv", "--select", "QN000").returncode == 2
    assert "是不是想写 QN201？" in lint(folder, "好.csv", "--ignore", "QN1,QN211").stderr.decode()
    assert lint(folder, "好.csv", "--fail-on", "fatal").returncode == 2
    assert "断.csv" in lint(folder, "断.csv").stdout.decode()


def test_fail_on(folder: Path) -> None:
    _write(folder, "提示.csv", HEADER + "a,有疑问也可以在旺旺或微信公众号里看介绍,售前\r\n")
    findings = json.loads(lint(folder, "提示.csv", "--format", "json").stdout)
    assert {finding["severity"] for finding in findings} == {"info"}
    assert lint(folder, "提示.csv").returncode == 0
    assert lint(folder, "提示.csv", "--fail-on", "info").returncode == 1


def test_folders_are_searched_and_foreign_files_left_alone(folder: Path) -> None:
    _write(folder, "a/坏.csv", HEADER + BAD)
    _write(folder, "b/本.yaml", "version: 1\nphrases:\n  - {code: a, text: 加微信聊}\n", "utf-8")
    _write(folder, "b/ci.yml", "jobs: [build]\n")
    _write(folder, ".hidden/坏.csv", HEADER + BAD)
    done = lint(folder, ".", "--format", "json", "--select", "QN201")
    assert sorted(finding["path"] for finding in json.loads(done.stdout)) == ["./a/坏.csv", "./b/本.yaml"]


def test_standard_input(folder: Path) -> None:
    done = lint(folder, "-", "--stdin-filename", "编辑中.csv", "--format", "json", stdin=(HEADER + BAD).encode("gbk"))
    assert "QN201" in _codes(done)
    assert json.loads(done.stdout)[0]["path"] == "编辑中.csv"


def test_the_nearest_configuration_counts(folder: Path) -> None:
    _write(folder, "qnphrase.yaml", "ignore: [QN201]\n", "utf-8")
    _write(folder, "a/坏.csv", HEADER + BAD)
    _write(folder, "b/qnphrase.yaml", "select: [QN2]\nseverity: {QN201: info}\nfail-on: error\n", "utf-8")
    _write(folder, "b/坏.csv", HEADER + BAD)
    assert "QN201" not in _codes(lint(folder, "a/坏.csv", "--format", "json"))
    done = lint(folder, "b/坏.csv", "--format", "json")
    assert done.returncode == 0
    assert [finding["severity"] for finding in json.loads(done.stdout)] == ["info"]
    assert "QN201" in _codes(lint(folder, "a/坏.csv", "--isolated", "--format", "json"))
    assert "QN201" in _codes(lint(folder, "a/坏.csv", "--config", "b/qnphrase.yaml", "--format", "json"))


def test_a_wrong_configuration_is_told_with_its_place(folder: Path) -> None:
    _write(folder, "qnphrase.yaml", "select: [QN2]\nlimits:\n  txt: 5\n", "utf-8")
    _write(folder, "坏.csv", HEADER + BAD)
    done = lint(folder, "坏.csv")
    assert done.returncode == 2
    assert "qnphrase.yaml:3:3: limits.txt: 没有这一项" in done.stderr.decode()


def test_words_and_exceptions_of_the_shop(folder: Path) -> None:
    _write(
        folder, "qnphrase.yaml", "select: [QN201]\nwords: {QN201: [来小群]}\nallow: {QN201: [加微信公众号]}\n", "utf-8"
    )
    _write(folder, "包.csv", HEADER + "a,欢迎来小群聊,售前\r\nb,也可以加微信公众号看说明,售前\r\n")
    findings = json.loads(lint(folder, "包.csv", "--format", "json").stdout)
    assert [(finding["phrase"], finding["text"]) for finding in findings] == [("a", "来小群")]


def test_entries_with_a_reason_let_pass(folder: Path) -> None:
    _write(folder, "包.csv", HEADER + BAD + BAD.replace("a,", "c,", 1))
    _write(
        folder, "qnphrase.yaml", "select: [QN201]\nignores:\n  - {rule: QN201, code: a, reason: 内部培训用}\n", "utf-8"
    )
    done = lint(folder, "包.csv", "--format", "json")
    assert [finding["phrase"] for finding in json.loads(done.stdout)] == ["c"]
    assert "1 个已说明放过" in lint(folder, "包.csv").stdout.decode()


def test_comments_in_a_book_let_pass_and_unused_ones_are_told(folder: Path) -> None:
    book = (
        "version: 1\nphrases:\n"
        "  - code: a  # qn: ignore QN201 客户自己要求的例子\n    text: 加微信聊\n"
        "  # qn: ignore QN201\n  - {code: b, text: 加微信吧}\n"
        "  - {code: c, text: 您好}  # qn: ignore QN201 多余的\n"
        "  - {code: d, text: '# qn: ignore QN201 这是内容，加微信聊'}\n"
    )
    _write(folder, "本.yaml", book, "utf-8")
    done = lint(folder, "本.yaml", "--format", "json", "--select", "QN201")
    found = {(finding["code"], finding["line"]) for finding in json.loads(done.stdout)}
    assert found == {("QN201", 8), ("QN992", 7), ("QN993", 5)}


def test_a_baseline_survives_moved_lines(folder: Path) -> None:
    path = _write(folder, "包.csv", HEADER + BAD)
    assert lint(folder, "包.csv", "--write-baseline", "基线.json").returncode == 0
    assert lint(folder, "包.csv", "--baseline", "基线.json").returncode == 0
    path.write_bytes((HEADER + GOOD * 3 + BAD).encode("gbk"))
    assert "QN201" not in _codes(lint(folder, "包.csv", "--baseline", "基线.json", "--format", "json"))
    path.write_bytes((HEADER + BAD + BAD).encode("gbk"))
    assert _codes(lint(folder, "包.csv", "--baseline", "基线.json", "--format", "json")).count("QN201") == 1
    (folder / "基线.json").write_text("{}")
    assert lint(folder, "包.csv", "--baseline", "基线.json").returncode == 2


def test_a_baseline_that_is_not_there(folder: Path) -> None:
    _write(folder, "包.csv", HEADER + BAD)
    done = lint(folder, "包.csv", "--baseline", "没有.json")
    assert done.returncode == 3
    assert "没有.json: 找不到基线文件" in done.stderr.decode()
    assert lint(folder, "-", "--baseline", "没有.json", stdin=b"a,b\r\n").returncode == 3
    assert lint(folder, "包.csv", "--baseline", "没有.json", "--write-baseline", "没有.json").returncode == 0


def test_a_baseline_is_read_once_and_counts_for_all_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [str(_write(folder, f"{name}.csv", HEADER + BAD)) for name in "甲乙丙"]
    assert lint(folder, "甲.csv", "丙.csv", "--write-baseline", "基线.json").returncode == 0
    read = []
    monkeypatch.setattr(run, "read_baseline", lambda path: read.append(path) or read_baseline(path))
    options = LintOptions(select=["QN201"], baseline=str(folder / "基线.json"))
    results = run.lint_jobs(run.jobs_of([*paths, *paths], lambda _path: options))
    assert [len(result.diagnostics) for result in results] == [0, 1, 0]
    assert len(read) == 1


def test_diff_reports_the_files_as_they_are(folder: Path) -> None:
    path = _write(folder, "包.csv", HEADER + "c,您好/:&gt;_&lt;,售后\r\n")
    plain = lint(folder, "包.csv")
    shown = lint(folder, "包.csv", "--diff")
    assert shown.stdout.decode().endswith(plain.stdout.decode())
    assert shown.returncode == plain.returncode == 1
    for_machines = lint(folder, "包.csv", "--diff", "--format", "json")
    assert for_machines.stdout == lint(folder, "包.csv", "--format", "json").stdout
    assert "+c,您好/:>_<" in for_machines.stderr.decode()
    mended = lint(folder, "包.csv", "--fix")
    assert mended.returncode == 0
    assert mended.stdout == lint(folder, "包.csv").stdout
    assert path.read_bytes().decode("gbk") == HEADER + "c,您好/:>_<,售后\r\n"


def test_standard_input_can_not_be_mended(folder: Path) -> None:
    for option in ("--fix", "--diff"):
        assert lint(folder, "-", option, stdin=(HEADER + BAD).encode("gbk")).returncode == 2


def test_fix_changes_only_what_it_mends(folder: Path) -> None:
    text = HEADER + GOOD + "c,您好&nbsp;/:&gt;_&lt;  ,售后\r\n" + BAD
    path = _write(folder, "包.csv", text)
    shown = lint(folder, "包.csv", "--diff", "--select", "QN704")
    assert path.read_bytes() == text.encode("gbk")
    assert "+c,您好&nbsp;/:>_<" in shown.stdout.decode()
    lint(folder, "包.csv", "--fix", "--select", "QN704")
    assert path.read_bytes() == text.replace("/:&gt;_&lt;", "/:>_<").encode("gbk")
    again = lint(folder, "包.csv", "--fix", "--select", "QN704")
    assert again.returncode == 0


def test_output_file_and_forms(folder: Path) -> None:
    _write(folder, "包.csv", HEADER + BAD)
    for form in ("json", "jsonl", "github", "gitlab", "sarif", "junit"):
        printed = lint(folder, "包.csv", "--format", form)
        lint(folder, "包.csv", "--format", form, "--output-file", "报告")
        assert (folder / "报告").read_bytes() == printed.stdout
        assert printed.stdout.decode("utf-8")


def test_explain(folder: Path) -> None:
    done = lint(folder, "QN201", command="explain")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("QN201 off-platform-contact（错误）")
    assert lint(folder, "QN999", command="explain").returncode == 2
    assert lint(folder, "--all", command="explain").stdout.decode().count("依据：") > 50
