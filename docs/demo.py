"""The main job on a real-looking pack, step by step, through the real command line: `make demo`.

A clerk's export comes in, becomes a phrasebook, one sentence is changed, and a pack goes out in which only that
sentence differs. Everything happens in a temporary folder.
"""

import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXPORT = ROOT / "phrasebooks" / "samples" / "clerk-export.csv"
OLD = "在的亲，您看中哪款了？"
NEW = "在的亲，您看上哪一款了？"


def step(title: str) -> None:
    """Print the title of a step."""
    print(f"\n── {title}", flush=True)


def qnphrase(*words: str) -> None:
    """Run the command line as a user would, showing the command; stop where it fails."""
    print("$ qnphrase", *words, flush=True)
    subprocess.run([sys.executable, "-m", "qnphrase", *words], check=True)


def change_a_sentence(book: Path) -> None:
    """Change one sentence of the phrasebook, as in an editor."""
    text = book.read_bytes().decode("utf-8")
    if text.count(OLD) != 1:
        raise SystemExit(f"{OLD} should stand in {book} once")
    book.write_bytes(text.replace(OLD, NEW).encode("utf-8"))
    print(f"- {OLD}\n+ {NEW}")


def show_changed_bytes(before: bytes, after: bytes) -> None:
    """Show what differs between two packs, and stop where it is more than the sentence."""
    head = next(at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    tail = next(at for at, (a, b) in enumerate(zip(reversed(before), reversed(after), strict=False)) if a != b)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    print(f"{len(before)} 字节 → {len(after)} 字节，从第 {head} 个字节起：")
    print(f"- {old.hex(' ')}  {old.decode('gbk')}")
    print(f"+ {new.hex(' ')}  {new.decode('gbk')}")
    if not (old in OLD.encode("gbk") and new in NEW.encode("gbk")):
        raise SystemExit("more than the sentence changed")
    print("√ 其余的字节一个也没有变")


def main() -> None:
    """Run the demo."""
    export, book, pack, xml = "千牛导出.csv", "短语本.yaml", "改好的.csv", "改好的.xml"
    with tempfile.TemporaryDirectory(prefix="qnphrase-demo-") as folder, contextlib.chdir(folder):
        shutil.copy(EXPORT, export)
        step("1. 千牛导出的是什么")
        qnphrase("inspect", export)
        step("2. 变成可以放进 git 的短语本")
        qnphrase("import", export, book)
        step("3. 改一句话")
        change_a_sentence(Path(book))
        step("4. 照原来的写法导出")
        qnphrase("export", book, pack, "--like", export)
        show_changed_bytes(Path(export).read_bytes(), Path(pack).read_bytes())
        step("5. CSV、XML、YAML 来回转，什么也不丢")
        qnphrase("convert", pack, xml)
        qnphrase("roundtrip", pack, xml, book)
        print("\n√ 完成：改了一句话，导出包里也只有这一句变了。", flush=True)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main()
