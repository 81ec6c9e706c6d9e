"""Three-way merges side by side: `qnphrase merge`, `git merge-file` and daff on the same files, and how ours grows.

    python benchmarks/merge.py [--size 100000] [--rounds 5] [--daff]

Each side changes one phrase in a hundred. git merges the lines and knows no phrase; daff (PyPI) merges the rows of a
table. Whole processes are measured, in turn; the medians of wall and processor seconds are printed, and their ratios.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from corpus import rows as phrases_of

SIDES = ("base", "ours", "theirs")


def write_sides(folder: Path, size: int) -> None:
    """Write base, ours and theirs as GBK packs, and in UTF-8 for daff."""
    rows = [list(row) for row in phrases_of(size)]
    for seed, side in enumerate(SIDES):
        pick = random.Random(seed)
        changed = [_changed(row, seed, pick) for row in rows] if seed else rows
        lines = ["快捷短语编码,快捷短语,快捷短语分组", *(",".join(_cell(cell) for cell in row) for row in changed)]
        text = "".join(f"{line}\r\n" for line in lines)
        (folder / f"{side}.csv").write_bytes(text.encode("gbk"))
        (folder / f"{side}.utf8.csv").write_bytes(text.encode())


def _changed(row: list[str], seed: int, pick: random.Random) -> list[str]:
    """Change one row in a hundred; the sides never change the same."""
    code, text, group = row
    is_mine = sum(map(ord, code)) % 2 == seed % 2
    return [code, text + "哦", group] if pick.random() < 0.02 and is_mine else row


def _cell(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\r\n') else cell


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Return the wall and processor seconds of a process, in which Python may keep its compiled modules."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    start = perf_counter()
    subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    wall = perf_counter() - start
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, spent


def commands(*, with_daff: bool) -> dict[str, list[str]]:
    """Return the processes that are compared."""
    found = {
        "git merge-file": ["git", "merge-file", "-p", "ours.csv", "base.csv", "theirs.csv"],
        "qnphrase merge": [
            *(sys.executable, "-m", "qnphrase", "merge", "ours.csv", "theirs.csv"),
            *("--base", "base.csv", "--output", "merged.csv", "--force"),
        ],
    }
    daff = shutil.which("daff", path=str(Path(sys.executable).parent)) or shutil.which("daff")
    if with_daff and daff:
        found["daff merge"] = [
            daff, "merge", "--output", "merged.daff.csv", "base.utf8.csv", "ours.utf8.csv", "theirs.utf8.csv",
        ]  # fmt: skip
    return found


def side_by_side(size: int, rounds: int, *, with_daff: bool) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_sides(folder, size)
        results: dict[str, list[tuple[float, float]]] = {}
        for command in commands(with_daff=False).values():
            timed(command, folder)  # the first run of all finds nothing at hand
        for _round in range(rounds):
            for title, command in commands(with_daff=with_daff).items():
                results.setdefault(title, []).append(timed(command, folder))
        print(f"{size:,} phrases, 1 % changed on each side, medians of {rounds}")
        first = median(spent for _wall, spent in results["git merge-file"])
        for title, found in results.items():
            wall, spent = (median(values) for values in zip(*found, strict=True))
            print(f"  {title:<16} {wall:8.2f} s wall  {spent:8.2f} s processor  {spent / first:7.1f} ×")


def growth(sizes: tuple[int, ...]) -> None:
    """Print how the time of our merge grows."""
    print("growth of qnphrase merge")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            write_sides(Path(name), size)
            _wall, spent = timed(commands(with_daff=False)["qnphrase merge"], Path(name))
            print(f"  {size:>9,}  {spent:7.2f} s processor")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--daff", action="store_true", help="daff takes minutes")
    parser.add_argument("--growth", action="store_true")
    given = parser.parse_args()
    side_by_side(given.size, given.rounds, with_daff=given.daff)
    if given.growth:
        growth((10_000, 100_000, 500_000))


if __name__ == "__main__":
    main()
