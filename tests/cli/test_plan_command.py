"""`qnphrase plan` through real processes: what is foreseen, in words and in JSON, and the files that it writes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
HEADER = "快捷短语编码,快捷短语,快捷短语分组"
CURRENT = (
    HEADER,
    "hy,您好亲，欢迎光临小店，请问有什么可以帮您？,售前",
    "fh,亲，拍下后48小时内发货哦,售前",
    ",这款面料是纯棉的，洗后不容易变形，可以放心拍,售前",
    "th,七天无理由退换，不影响二次销售就可以,售后",
    "zj,再见亲,结束语",
)
PACK = (
    HEADER,
    "hy,您好亲，欢迎光临小店，请问有什么可以帮您？,售前",
    'fh,"亲，拍下后 48小时内发货哦",售前',
    "mt,这款面料是纯棉的，洗后不容易变形，可以放心拍哦,售前",
    "th,退货请联系客服，我们会为您处理好的,售后",
    "yf,运费险已经为您赠送,物流",
    "离开,亲，我去吃饭了,自动回复",
)
APPENDING = """\
追加导入后：5 → 11 条；1 条会变成一模一样的重复，2 条和现有的几乎一样，2 个编码会撞车
  按“qianniu-unverified”推算：一模一样的短语也照样导入，不去重；新来的排在各分组的最后，新分组排在所有分组的最后
  未经验证：千牛没有公开过怎么处理导入。请先用几条短语在自己的千牛上试一次，再全部导入

会变成一模一样的重复（1）
  「售前」hy 您好亲，欢迎光临小店，请问有什么可以帮您？：第 1 条和第 4 条

和现有的几乎一样（2）
  现有：「售前」fh 亲，拍下后48小时内发货哦，第 2 条
  新包：「售前」fh 亲，拍下后 48小时内发货哦，第 5 条（只差空格或换行，编码一样）
  现有：「售前」- …变形，可以放心拍，第 3 条
  新包：「售前」mt …变形，可以放心拍哦，第 6 条（相似 97%）

编码撞车：同一个编码，不止一种说法或不止一个分组（1）
  th
    现有：「售后」th 七天无理由退换，不影响二次销售就可以，第 1 条
    新包：「售后」th 退货请联系客服，我们会为您处理好的，第 2 条

另有 1 个编码撞车，就是上面几乎一样、编码也一样的那些

导入后的分组，按先后顺序（5）
  「售前」 3 → 6 条
  「售后」 1 → 2 条
  「结束语」 1 条（不变）
  「物流」 1 条（新分组）
  「自动回复」 1 条（新分组）

说明
  新包里的 1 条自动回复，导入后只是分组“自动回复”里的短语，不会自动发；要请在千牛的自动回复里设置
  千牛对编码、分组、内容的长度有什么限制，没有公开过，这里不猜

建议
  同一条两边说法不同：先用 qnphrase import 把两边合成一本短语本，再导出，勾选“清空…”导入
  只加千牛还没有的 5 条：qnphrase plan "现 在.csv" 新包.csv --only-new 新增的短语.csv，再追加导入这个文件
"""
CLEARING = """\
清空后导入：5 → 6 条；1 条会消失，3 条会换成新包里的说法
  按“qianniu-unverified”推算：先清空现有的，再导入；一模一样的短语也照样导入，不去重
  未经验证：千牛没有公开过怎么处理导入。请先用几条短语在自己的千牛上试一次，再全部导入

会消失：新包里没有（1）
  「结束语」zj 再见亲

会换成新包里的说法（3）
  「售前」fh 亲，拍下后48小时内发货哦 → 亲，拍下后 48小时内发货哦（只差空格或换行）
  「售前」- …变形，可以放心拍 → …变形，可以放心拍哦（编码改为 mt，按内容相近认作同一条（相似 97%），请核对）
  「售后」th 七天无理由退换，不影响二次销售就可以 → 退货请联系客服，我们会为您处理好的

导入后的分组，按先后顺序（4）
  「售前」 3 条（不变）
  「售后」 1 条（不变）
  「物流」 1 条（新分组）
  「自动回复」 1 条（新分组）

会消失的分组（1）
  「结束语」 1 → 0 条

说明
  新包里的 1 条自动回复，导入后只是分组“自动回复”里的短语，不会自动发；要请在千牛的自动回复里设置
  千牛对编码、分组、内容的长度有什么限制，没有公开过，这里不猜

建议
  导入前先在千牛里再导出一份留底：清空了找不回来
  要留住会消失的：先用 qnphrase import 把两边合成一本短语本，再导出，勾选“清空…”导入
  或者不清空，只加千牛还没有的 5 条：qnphrase plan "现 在.csv" 新包.csv --only-new 新增的短语.csv，再追加导入这个文件
"""


def _bytes(lines: tuple[str, ...]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("gbk")


@pytest.fixture
def folder(qnphrase: Run) -> Path:
    """The folder of the runs, with both packs in GBK."""
    here: Path = qnphrase.folder  # type: ignore[attr-defined]
    (here / "现 在.csv").write_bytes(_bytes(CURRENT))
    (here / "新包.csv").write_bytes(_bytes(PACK))
    return here


def _out(done: "CompletedProcess[bytes]") -> str:
    return done.stdout.decode("utf-8").replace(os.linesep, "\n")


@pytest.mark.parametrize(("options", "expected"), [((), APPENDING), (("--clear",), CLEARING)])
def test_what_is_foreseen_in_words(qnphrase: Run, folder: Path, options: tuple[str, ...], expected: str) -> None:
    before = sorted(folder.iterdir())
    done = qnphrase("plan", "现 在.csv", "新包.csv", *options)
    assert (done.returncode, done.stderr) == (1, b"")
    assert _out(done) == expected
    assert sorted(folder.iterdir()) == before


def test_words_survive_a_gbk_pipe(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("plan", "现 在.csv", "新包.csv", PYTHONIOENCODING="gbk")
    assert done.stdout.decode("gbk").replace(os.linesep, "\n") == APPENDING


def test_json_is_stable(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("plan", "现 在.csv", "新包.csv", "--format", "json", PYTHONIOENCODING="gbk")
    plan = json.loads(done.stdout.decode("utf-8"))
    assert done.returncode == 1
    assert list(plan) == [
        *("mode", "profile", "harmless", "current", "pack", "result", "duplicates", "near_duplicates", "near_search"),
        *("clashes", "vanishing", "rewrites", "skipped", "groups_gone", "groups_renamed", "groups_reordered"),
        "phrases_reordered",
    ]
    assert (plan["mode"], plan["harmless"], plan["profile"]["verified"]) == ("append", False, False)
    assert plan["profile"]["name"] == "qianniu-unverified"
    assert plan["result"]["phrases"] == 11
    text = CURRENT[1].split(",")[1]
    spot = {"from": "current", "group": "售前", "number": 1, "code": "hy", "text": text}
    again = {**spot, "from": "pack", "number": 4}
    like = {"ratio": 1.0, "same_group": True, "same_code": True, "only_blanks": False}
    assert plan["duplicates"] == [{"held": spot, "new": again, **like}]
    assert [(one["ratio"], one["same_code"], one["only_blanks"]) for one in plan["near_duplicates"]] == [
        (0.963, True, True),
        (0.9778, False, False),
    ]
    assert [clash["code"] for clash in plan["clashes"]] == ["fh", "th"]
    cleared = json.loads(qnphrase("plan", "现 在.csv", "新包.csv", "--clear", "--format=json").stdout)
    assert [one["code"] for one in cleared["vanishing"]] == ["zj"]
    assert [(one["fields"], one["matched_by"]) for one in cleared["rewrites"]] == [
        (["text"], "code-in-group"),
        (["code", "text"], "similarity"),
        (["text"], "code-in-group"),
    ]
    assert cleared["groups_gone"] == [{"name": "结束语", "before": 1, "after": 0, "new": False}]


def test_only_new_keeps_the_bytes_of_the_pack(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("plan", "现 在.csv", "新包.csv", "--only-new", "新增 的.csv")
    assert done.returncode == 1
    assert "新增 的.csv：写了千牛还没有的 5 条" in done.stderr.decode("utf-8")
    assert (folder / "新增 的.csv").read_bytes() == _bytes(PACK[:1] + PACK[2:])
    again = json.loads(qnphrase("plan", "现 在.csv", "新增 的.csv", "--format", "json").stdout)
    assert again["duplicates"] == []


def test_an_import_that_does_no_harm(qnphrase: Run, folder: Path) -> None:
    (folder / "运费.csv").write_bytes(_bytes((HEADER, PACK[5])))
    done = qnphrase("plan", "现 在.csv", "运费.csv", "--only-new", "-")
    assert (done.returncode, done.stdout) == (0, _bytes((HEADER, PACK[5])))
    said = done.stderr.decode("utf-8").replace(os.linesep, "\n")
    assert said.startswith("追加导入后：5 → 6 条；没有重复，编码不撞车，什么也不会丢\n")
    assert "未经验证" in said
    assert "建议" not in said
    assert qnphrase("plan", "现 在.csv", "现 在.csv", "--clear").returncode == 0


def test_the_predicted_pack_is_written_like_the_current_one(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("plan", "现 在.csv", "新包.csv", "--profile", "skip-identical", "-o", "之后.csv")
    assert done.returncode == 1
    assert "已经有了，跳过不导（1）\n  「售前」hy 您好亲" in _out(done)
    fh = PACK[2].replace('"', "")
    expected = (*CURRENT[:4], fh, PACK[3], CURRENT[4], PACK[4], CURRENT[5], PACK[5], PACK[6])
    assert (folder / "之后.csv").read_bytes() == _bytes(expected)


def test_the_report_can_be_cut_short(qnphrase: Run, folder: Path) -> None:
    """The files are written though nobody reads the report to its end."""
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-m", "qnphrase", "plan", "现 在.csv", "新包.csv", "-o", "之后.csv"]
    with subprocess.Popen(words, cwd=folder, env=environ, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.wait(60)
    assert (folder / "之后.csv").read_bytes().count(b"\r\n") == 12


def test_yaml_books_on_either_side(qnphrase: Run, folder: Path) -> None:
    book = "version: 1\nshop: 小店\ngroups:\n  - name: 售前\n    phrases:\n"
    book += "      - {code: hy, text: 您好亲, note: 新客}\n      - {code: zz, text: 停用的, enabled: false}\n"
    (folder / "本.yaml").write_bytes(book.encode())
    there = qnphrase("plan", "现 在.csv", "本.yaml", "--only-new", "新.yaml")
    assert there.returncode == 1
    assert "导出包里放不下、千牛收不到的：店铺名、1 条短语的备注（note）、1 条已停用" in _out(there)
    assert (folder / "新.yaml").read_bytes() == "".join(book.splitlines(keepends=True)[:-1]).encode()
    back = qnphrase("plan", "本.yaml", "新包.csv", "--clear", "-o", "之后.yaml")
    assert _out(back).startswith("清空后导入：1 → 6 条；1 条会换成新包里的说法\n")
    assert "提醒：千牛里没有这些，写出的文件里也没有：店铺名" in back.stderr.decode("utf-8")
    assert "退货请联系客服" in (folder / "之后.yaml").read_text(encoding="utf-8")


def test_long_lists_are_cut_unless_all_are_asked_for(qnphrase: Run, folder: Path) -> None:
    rows = tuple(f"c{number},第{number}句话,售前" for number in range(15))
    (folder / "长.csv").write_bytes(_bytes((HEADER, *rows)))
    cut, whole = (_out(qnphrase("plan", "长.csv", "长.csv", *more)) for more in ((), ("--all",)))
    assert "还有 5 条（加 --all 全部列出）" in cut
    assert cut.count("「售前」c") == 10
    assert whole.count("「售前」c") == 15
    assert "新包里的短语千牛都有了：不用导入" in whole


def test_what_makes_no_sense_is_refused(qnphrase: Run, folder: Path) -> None:
    (folder / "在.csv").write_bytes(b"precious")
    both = ("plan", "现 在.csv", "新包.csv")
    for arguments, said in (
        (("plan", "-", "-"), "两个文件不能都从标准输入读"),
        ((*both, "--profile", "x"), "没有叫“x”的导入方式"),
        ((*both, "-o", "在.csv"), "已经存在"),
        ((*both, "-o", "新包.csv", "--force"), "要推算的两个文件不能覆盖"),
        ((*both, "-o", "a.csv", "--only-new", "a.csv"), "不能写到同一个文件"),
        ((*both, "--format", "json", "-o", "-"), "标准输出只能有一样"),
    ):
        done = qnphrase(*arguments)
        assert (done.returncode, done.stdout) == (2, b"")
        assert said in done.stderr.decode("utf-8")
    assert (folder / "在.csv").read_bytes() == b"precious"
    assert (folder / "新包.csv").read_bytes() == _bytes(PACK)


def test_what_cannot_be_read_or_written(qnphrase: Run, folder: Path) -> None:
    assert qnphrase("plan", "现 在.csv", "没有.csv").returncode == 3
    (folder / "表情.csv").write_bytes(f"{HEADER}\r\nxx,您好😀,售前\r\n".encode("utf-8-sig"))
    done = qnphrase("plan", "现 在.csv", "表情.csv", "-o", "之后.csv", "--only-new", "新.csv")
    assert done.returncode == 3
    assert _out(done).startswith("追加导入后：5 → 6 条")
    assert "U+1F600" in done.stderr.decode("utf-8")
    assert not (folder / "之后.csv").exists()
    assert not (folder / "新.csv").exists()


def test_in_english(qnphrase: Run, folder: Path) -> None:
    done = qnphrase("--lang", "en", "plan", "现 在.csv", "新包.csv")
    assert _out(done).startswith("after appending: 5 → 11 phrases; 1 will be exact duplicates, ")
    assert "not verified" in _out(done)
