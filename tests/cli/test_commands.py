"""The commands through real processes: bytes in, bytes out, exit codes, and what is said."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
HEADER = "快捷短语编码,快捷短语,快捷短语分组\r\n"


def _folder(qnphrase: Run) -> Path:
    folder: Path = qnphrase.folder  # type: ignore[attr-defined]
    return folder


def _said(done: "CompletedProcess[bytes]") -> str:
    return done.stderr.decode("utf-8")


def test_inspect_says_what_and_why(qnphrase: Run, samples: Path) -> None:
    done = qnphrase("inspect", samples / "clerk-export.csv", samples / "clerk.yaml")
    out = done.stdout.decode("utf-8")
    assert done.returncode == 0
    assert "gbk，不是 UTF-8，是合法的 GBK" in out
    assert "154 条短语（其中未分组 1 条），12 个分组，0 条自动回复" in out
    assert "YAML 短语本" in out


def test_inspect_json_is_stable_utf8(qnphrase: Run, samples: Path) -> None:
    done = qnphrase("inspect", samples / "clerk-export.csv", "--format", "json", PYTHONIOENCODING="gbk")
    report = json.loads(done.stdout.decode("utf-8"))
    assert report["format"] == "csv"
    assert report["profile"] == "qianniu"
    assert report["encoding"]["name"] == "gbk"
    assert report["encoding"]["bom"] is False
    assert report["newline"] == report["newline_in_cells"] == "crlf"
    assert report["quoting"] == "minimal"
    assert report["counts"] == {"phrases": 154, "groups": 12, "ungrouped": 1, "auto_replies": 0}
    assert report["warnings"] == []


def test_text_survives_a_gbk_pipe(qnphrase: Run) -> None:
    (_folder(qnphrase) / "坏.csv").write_bytes("😀姓名,电话,地址,邮编\r\n".encode())
    done = qnphrase("inspect", "坏.csv", PYTHONIOENCODING="gbk")
    assert done.returncode == 3
    assert "坏.csv:1:1: 认不出表头：<U+1F600>姓名" in done.stderr.decode("gbk")


def test_speaks_english_when_asked(qnphrase: Run, samples: Path) -> None:
    asked = ((("--lang", "en"), {}), ((), {"LANG": "en_US.UTF-8"}), (("--lang=en",), {"LANG": "zh_CN"}))
    for arguments, environ in asked:
        done = qnphrase("inspect", samples / "clerk-export.csv", *arguments, **environ)
        assert "154 phrases" in done.stdout.decode("utf-8")
    assert "154 条短语" in qnphrase("inspect", samples / "clerk-export.csv", LANG="C").stdout.decode("utf-8")


@pytest.mark.parametrize("name", ["clerk-export.csv", "clerk-export.xml", "clerk.yaml"])
def test_convert_to_the_same_format_gives_the_same_bytes(qnphrase: Run, samples: Path, name: str) -> None:
    done = qnphrase("convert", samples / name, f"另 存{Path(name).suffix}")
    assert (done.returncode, done.stderr) == (0, b"")
    assert (_folder(qnphrase) / f"另 存{Path(name).suffix}").read_bytes() == (samples / name).read_bytes()


def test_convert_through_standard_streams(qnphrase: Run, samples: Path) -> None:
    data = (samples / "clerk-export.csv").read_bytes()
    there = qnphrase("convert", "-", "-", "--to", "yaml", stdin=data)
    back = qnphrase("convert", "-", "-", "--from", "yaml", "--to", "csv", stdin=there.stdout)
    assert back.stdout == data
    assert qnphrase("convert", "-", "-", stdin=data).stdout == data


def test_import_change_export_like(qnphrase: Run, samples: Path) -> None:
    folder, sample = _folder(qnphrase), samples / "clerk-export.csv"
    assert qnphrase("import", sample, "短语本.yaml").returncode == 0
    assert (folder / "短语本.yaml").read_bytes() == (samples / "clerk.yaml").read_bytes()
    book = (folder / "短语本.yaml").read_bytes()
    (folder / "短语本.yaml").write_bytes(book.replace("您看中哪款了？".encode(), "您看中了哪款？".encode()))
    assert qnphrase("export", "短语本.yaml", "新包.csv", "--like", sample).returncode == 0
    expected = sample.read_bytes().replace("您看中哪款了？".encode("gbk"), "您看中了哪款？".encode("gbk"))
    assert (folder / "新包.csv").read_bytes() == expected != sample.read_bytes()


def test_export_like_an_xml_sample(qnphrase: Run, samples: Path) -> None:
    folder = _folder(qnphrase)
    head = '<?xml version="1.0" encoding="GBK"?>\r\n<短语库>\r\n\t<短语 编码="hy" 分组="售前'
    (folder / "样例.xml").write_bytes(f'{head}" 内容="您好"/>\r\n</短语库>\r\n'.encode("gbk"))
    done = qnphrase("export", samples / "clerk.yaml", "新.xml", "--like", "样例.xml")
    out = (folder / "新.xml").read_bytes().decode("gbk")
    assert done.returncode == 0
    assert out.startswith(f'{head}-欢迎" 内容="您好，欢迎')
    assert out.count("\r\n\t<短语 ") == 154


def test_export_for_excel_guards_every_cell(qnphrase: Run, samples: Path) -> None:
    assert qnphrase("export", samples / "clerk.yaml", "表.csv", "--excel").returncode == 0
    lines = (_folder(qnphrase) / "表.csv").read_bytes().decode("gbk")
    assert '"\t001","\t在的亲' in lines
    assert qnphrase("roundtrip", "表.csv").returncode == 0


def test_what_a_pack_has_no_room_for_is_said(qnphrase: Run) -> None:
    book = """version: 1
shop: 小店
groups:
  - name: 售前
    phrases:
      - {code: hy, text: 您好, note: 新客, tags: [问候]}
      - {code: no, text: 旧的, enabled: false}
"""
    (_folder(qnphrase) / "本.yaml").write_bytes(book.encode())
    done = qnphrase("export", "本.yaml", "包.csv")
    assert done.returncode == 0
    for loss in ("店铺名", "1 条短语的标签（tags）", "1 条短语的备注（note）", "1 条已停用（enabled: false）的短语"):
        assert loss in _said(done)
    assert (_folder(qnphrase) / "包.csv").read_bytes() == (HEADER + "hy,您好,售前\r\n").encode("gbk")


def test_an_existing_file_is_not_overwritten_unless_forced(qnphrase: Run, samples: Path) -> None:
    folder = _folder(qnphrase)
    (folder / "包.csv").write_bytes(b"precious")
    (folder / "本.yaml").write_bytes(b"precious")
    for done in (
        qnphrase("convert", samples / "clerk-export.csv", "包.csv"),
        qnphrase("export", samples / "clerk.yaml", "包.csv"),
    ):
        assert done.returncode == 2
        assert "已经存在" in _said(done)
    assert qnphrase("import", samples / "clerk-export.csv", "本.yaml", "--write").returncode == 3  # it is no book
    assert (folder / "包.csv").read_bytes() == (folder / "本.yaml").read_bytes() == b"precious"
    assert qnphrase("export", samples / "clerk.yaml", "包.csv", "--force").returncode == 0
    assert (folder / "包.csv").read_bytes() == (samples / "clerk-export.csv").read_bytes()


def test_exporting_into_its_own_sample_edits_it_in_place(qnphrase: Run, samples: Path) -> None:
    folder = _folder(qnphrase)
    (folder / "包.csv").write_bytes((samples / "clerk-export.csv").read_bytes())
    assert qnphrase("export", samples / "clerk.yaml", "包.csv", "--like", "包.csv").returncode == 0
    assert (folder / "包.csv").read_bytes() == (samples / "clerk-export.csv").read_bytes()


def test_roundtrip_tells_and_writes_nothing(qnphrase: Run, samples: Path) -> None:
    done = qnphrase("roundtrip", samples / "clerk-export.csv", samples / "clerk-export.xml", samples / "clerk.yaml")
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").count("√") == 12
    assert list(_folder(qnphrase).iterdir()) == []


def test_roundtrip_finds_the_first_difference(qnphrase: Run) -> None:
    (_folder(qnphrase) / "坏字节.csv").write_bytes(HEADER.encode("gbk") + b"a,\xff\xfe,b\r\n")
    done = qnphrase("roundtrip", "坏字节.csv")
    assert done.returncode == 1
    assert "√ 坏字节.csv  csv  一个字节也不差" in done.stdout.decode("utf-8")
    assert "×" in done.stdout.decode("utf-8")


def test_schema(qnphrase: Run) -> None:
    done = qnphrase("schema")
    assert json.loads(done.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert qnphrase("schema", "-o", "模式.json").returncode == 0
    assert (_folder(qnphrase) / "模式.json").read_bytes() == done.stdout


BAD = {
    "引号.csv": (HEADER + 'hy,"您好,售前\r\n', "引号.csv:2:4: 这一格以双引号开头"),
    "表头.csv": ("姓名,电话,地址\r\n张三,1,2\r\n", "表头.csv:1:1: 认不出表头"),
    "空.csv": ("", "空.csv:1:1: 文件是空的"),
    "断.xml": ('<a>\n<p code="x" text="y"/>\n', "断.xml:"),
    "炸弹.xml": (
        '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]>\n<a><p code="1" text="&z;"/></a>',
        "炸弹.xml:2:",
    ),
    "外部.xml": (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<a><p code="1" text="&x;"/></a>',
        "外部.xml:1:",
    ),
    "重复.yaml": ("version: 1\nshop: a\nshop: b\n", "重复.yaml:3:1: "),
    "缩进.yaml": ("version: 1\ngroups:\n\t- name: a\n", "缩进.yaml:3:1: "),
    "未知.yaml": ("version: 1\ngroup: []\n", "未知.yaml:2:1: "),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_its_place(qnphrase: Run, name: str) -> None:
    text, message = BAD[name]
    (_folder(qnphrase) / name).write_bytes(text.encode())
    done = qnphrase("convert", name, "out.csv")
    assert done.returncode == 3, _said(done)
    assert _said(done).startswith(f"错误：{message}")
    assert "Traceback" not in _said(done)
    assert not (_folder(qnphrase) / "out.csv").exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04rest", "Excel 工作簿"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG 文件"),
        (bytes(range(256)) * 4, "不是文本文件"),
    ],
)
def test_binary_files_are_refused(qnphrase: Run, data: bytes, message: str) -> None:
    (_folder(qnphrase) / "表.csv").write_bytes(data)
    done = qnphrase("inspect", "表.csv")
    assert done.returncode == 3
    assert message in _said(done)


def test_a_missing_file_and_a_folder(qnphrase: Run) -> None:
    missing, folder = qnphrase("inspect", "没有.csv"), qnphrase("inspect", ".")
    assert (missing.returncode, folder.returncode) == (3, 3)
    assert "找不到" in _said(missing)
    assert "文件夹" in _said(folder)


def test_what_gbk_cannot_carry_is_listed_completely(qnphrase: Run) -> None:
    book = "version: 1\nphrases:\n  - {code: a, text: 亲😀²}\n  - {code: b, text: 好的}\n  - {code: c, text: 5 m²}\n"
    (_folder(qnphrase) / "本.yaml").write_bytes(book.encode())
    done = qnphrase("export", "本.yaml", "包.csv")
    assert done.returncode == 3
    said = _said(done)
    assert "有 2 条短语含有 GBK 里没有的字符" in said
    assert "a 亲😀²: 😀(U+1F600) ²(U+00B2)" in said
    assert "c 5 m²: ²(U+00B2)" in said
    assert not (_folder(qnphrase) / "包.csv").exists()
    assert qnphrase("export", "本.yaml", "包.csv", "--encoding", "utf-8-sig").returncode == 0
    assert (_folder(qnphrase) / "包.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.skipif(os.name != "posix", reason="/dev/full is a device of Linux")
def test_a_full_disk(qnphrase: Run, samples: Path) -> None:
    done = qnphrase("convert", samples / "clerk-export.csv", "/dev/full", "--force", "--to", "csv")
    assert done.returncode == 3
    assert "磁盘满了" in _said(done)


def test_usage_errors_are_in_chinese(qnphrase: Run) -> None:
    for arguments, message in (
        (("inspect",), "少了参数：FILE"),
        (("inspekt", "a"), "没有这个命令：inspekt，是不是想写 inspect？"),
        (("inspect", "--formt", "json", "a"), "没有这个选项：--formt"),
        (("convert", "a", "b", "c"), "多了参数：c"),
        (("inspect", "a", "--format", "xls"), "--format"),
        (("convert", "-", "x.csv", "--encoding", "klingon"), "不认识的编码：klingon"),
        (("convert", "-", "x.csv", "--to", "doc"), "不认识的格式：doc"),
    ):
        done = qnphrase(*arguments, stdin=(HEADER + "a,b,c\r\n").encode("gbk"))
        assert done.returncode == 2, arguments
        assert message in _said(done), _said(done)


def test_every_command_has_help_in_chinese_and_english(qnphrase: Run) -> None:
    from qnphrase.cli.main import COMMANDS

    for name in COMMANDS:
        chinese, english = qnphrase(name, "--help"), qnphrase(name, "--help", "--lang", "en")
        assert chinese.returncode == english.returncode == 0
        assert "用法：qnphrase" in chinese.stdout.decode("utf-8")
        assert "Show this message" not in chinese.stdout.decode("utf-8")
        assert "Usage: qnphrase" in english.stdout.decode("utf-8")
        assert not any("\u4e00" <= character <= "\u9fff" for character in english.stdout.decode("utf-8"))
    assert all(name in qnphrase("--help").stdout.decode("utf-8") for name in COMMANDS)


def test_a_closed_pipe_is_no_error(samples: Path) -> None:
    import subprocess
    import sys

    files = " ".join([str(samples / "clerk-export.csv")] * 300)
    script = f"{sys.executable} -m qnphrase inspect {files} | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr == b""
