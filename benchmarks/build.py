"""`qnphrase build` on a repository of many shops: everything, nothing changed, one sentence, one shop's variable.

    python benchmarks/build.py [--shops 200] [--phrases 2000] [--rounds 3]

All shops take one book of so many phrases, one of five books of their trade, and every second one a small book of its
own; one phrase in ten holds a variable. Whole processes are measured; the medians of wall and processor seconds are
printed, the processor's of all processes together, and the peak memory of the largest.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from corpus import rows

TRADES = ("服饰", "食品", "数码", "家居", "美妆")


def write_repository(folder: Path, shops: int, phrases: int) -> None:
    """Write the books and the configuration."""
    _write_book(folder / "通用.yaml", [(f"t{at}", text, group) for at, (_c, text, group) in enumerate(rows(phrases))])
    for trade in TRADES:
        changed = [(f"t{at}", f"{trade}：{text}", group) for at, (_c, text, group) in enumerate(rows(40))]
        _write_book(folder / f"{trade}.yaml", changed)
    lines = ["variables: {店铺名: , 发货地: 杭州}", "shops:"]
    for number in range(shops):
        books = ["通用.yaml", f"{TRADES[number % len(TRADES)]}.yaml"]
        if number % 2:
            books.append(f"店铺 {number}.yaml")
            _write_book(folder / books[-1], [(f"s{at}", f"本店的第{at}句", "本店") for at in range(10)])
        lines += [f"  店铺{number}:", f"    books: [{', '.join(books)}]", f"    variables: {{店铺名: 第{number}家店}}"]
    (folder / "qnphrase.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_book(path: Path, phrases: list[tuple[str, str, str]]) -> None:
    groups: dict[str, list[str]] = {}
    for at, (code, text, group) in enumerate(phrases):
        text = f"{text}{{店铺名}}" if at % 10 == 0 else text
        said = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        groups.setdefault(group, []).append(f'  - {{code: {code}, text: "{said}", scenario: greet.first}}')
    lines = ["version: 1", "groups:"]
    for group, members in groups.items():
        lines += [f"- name: {group}", "  phrases:", *members]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def timed(folder: Path) -> tuple[float, float, float]:
    """Return the wall and processor seconds of a build, and the peak memory of its largest process in MB."""
    code = (
        "import resource, sys; from qnphrase.cli.main import run; code = run(['build']);"
        "peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)];"
        "print(max(peaks) / 1024, file=sys.stderr); sys.exit(code)"
    )
    before = os.times()
    start = perf_counter()
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, check=True)
    wall = perf_counter() - start
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, spent, float(done.stderr)


def change(path: Path, old: str, new: str) -> None:
    """Change a file in one place."""
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise SystemExit(f"{path} has no {old!r}")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shops", type=int, default=200)
    parser.add_argument("--phrases", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    found: dict[str, list[tuple[float, float, float]]] = {}
    for number in range(asked.rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_repository(folder, asked.shops, asked.phrases)
            found.setdefault("everything", []).append(timed(folder))
            found.setdefault("nothing changed", []).append(timed(folder))
            change(folder / "通用.yaml", 't99, text: "', f't99, text: "改{number}')
            found.setdefault("one sentence of the base book", []).append(timed(folder))
            change(folder / "qnphrase.yaml", "店铺名: 第1家店", "店铺名: 第一家店")
            found.setdefault("one variable of one shop", []).append(timed(folder))
    print(f"{asked.shops} shops, {asked.phrases} phrases each, {os.cpu_count()} processors; medians of {asked.rounds}")
    for what, runs in found.items():
        wall, spent, peak = (median(column) for column in zip(*runs, strict=True))
        print(f"{what:32} {wall:7.2f} s   {spent:7.2f} s of the processor   {peak:6.0f} MB")


if __name__ == "__main__":
    main()
