"""Linting beside the linters that others use, on the same phrases in one run: `python benchmarks/lint.py`.

Whole processes are measured, with their start and their output to a file: seconds on the wall, and the greatest memory
of any one process. The tools take turns, several rounds; medians are printed, and the ratio to our own. AutoCorrect
(npm `autocorrect-node`) gets the texts as plain text, frictionless the CSV with a schema, yamllint the phrases as a
book (10,000 of them, for it takes its time); a tool that isn't on the PATH is left out.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple

from corpus import lint_rows
from corpus import write_csv
from corpus import write_yaml

# What frictionless is to check: what our own rules for broken packs check.
_SCHEMA = {
    "fields": [
        {"name": "快捷短语编码", "type": "string", "constraints": {"required": True, "maxLength": 20}},
        {"name": "快捷短语", "type": "string", "constraints": {"required": True, "maxLength": 600}},
        {"name": "快捷短语分组", "type": "string", "constraints": {"maxLength": 20}},
    ]
}


class Run(NamedTuple):
    """What one process took."""

    seconds: float
    megabytes: float
    processor: float


def measured(command: Sequence[str], folder: Path) -> Run:
    """Run one process in `folder` to its end. Only our own may fail, by its findings; others count none as failing."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ((0, 1) if command[0] == sys.executable else (0,)):
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def compared(commands: dict[str, list[str]], rounds: int, folder: Path) -> dict[str, Run]:
    """Return the medians of several rounds in which all commands take turns."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _round in range(rounds):
        for name, command in commands.items():
            runs[name].append(measured(command, folder))
    return {name: Run(*map(median, zip(*taken, strict=True))) for name, taken in runs.items()}


def show(title: str, results: dict[str, Run]) -> None:
    """Print a table, with the ratio of the first row to each of the others."""
    print(f"\n{title}")
    first = next(iter(results.values()))
    for name, run in results.items():
        ratio = f"ours is {first.seconds / run.seconds:5.2f} ×" if run is not first else ""
        print(
            f"  {name:<28} {run.seconds:7.2f} s  {run.processor:7.2f} s of processor  {run.megabytes:5.0f} MB  {ratio}"
        )


def ours(name: str, form: str = "json") -> list[str]:
    """Return our own command."""
    command = f"-m qnphrase lint {name} --isolated --format {form} --output-file report.{form}"
    return [sys.executable, *command.split()]


def theirs(tool: str, arguments: str) -> dict[str, list[str]]:
    """Return the command of another tool, if it is there."""
    program = shutil.which(tool)
    if program is None:
        print(f"{tool} isn't on the PATH: left out")
    return {tool: [program, *arguments.split()]} if program else {}


def beside_others(folder: Path, count: int, rounds: int) -> None:
    """Print the table of all tools. The names of files are relative, for frictionless refuses others."""
    written(folder, count)
    (folder / "schema.json").write_text(json.dumps(_SCHEMA), encoding="utf-8")
    commands = {"qnphrase lint, json": ours("pack.csv"), "qnphrase lint, text": ours("pack.csv", "text")}
    commands |= theirs("autocorrect", "--lint --format json pack.txt")
    commands |= theirs("frictionless", "validate pack.csv --schema schema.json --encoding gbk")
    size = (folder / "pack.csv").stat().st_size
    show(f"{count:,} phrases, {size / 1e6:.1f} MB, medians of {rounds}", compared(commands, rounds, folder))


def a_book(folder: Path, count: int, rounds: int) -> None:
    """Print what a book in YAML takes, beside yamllint, which looks at its form only."""
    written(folder, count)
    commands = {"qnphrase lint, a book": ours("book.yaml")} | theirs("yamllint", "-d relaxed book.yaml")
    size = (folder / "book.yaml").stat().st_size
    results = compared(commands, rounds, folder)
    show(f"{count:,} phrases in YAML, {size / 1e6:.1f} MB, medians of {rounds}", results)


def written(folder: Path, count: int) -> None:
    """Write all files in a process of its own: a child's memory counts from that of its parent."""
    process = get_context("spawn").Process(target=_write, args=(folder, count))
    process.start()
    process.join()


def _write(folder: Path, count: int) -> None:
    write_csv(folder / "pack.csv", count, of=lint_rows)
    write_yaml(folder / "book.yaml", count, of=lint_rows)
    (folder / "pack.txt").write_text("".join(text + "\n" for _code, text, _group in lint_rows(count)), "utf-8")


def growth(folder: Path, counts: Sequence[int]) -> None:
    """Print how the time grows with the number of phrases."""
    results: dict[str, Run] = {}
    for count in counts:
        written(folder, count)
        results[f"{count:,} phrases"] = measured(ours("pack.csv"), folder)
    show("growth", results)


def start(folder: Path, rounds: int) -> None:
    """Print what a clean small file takes beside Python's own start."""
    text = "快捷短语编码,快捷短语,快捷短语分组\r\nhy,您好亲，欢迎光临,售前\r\n"
    (folder / "small.csv").write_bytes(text.encode("gbk"))
    commands = {"a clean small file": ours("small.csv", "text"), "python -c pass": [sys.executable, "-c", "pass"]}
    show("start-up", compared(commands, rounds, folder))


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phrases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true", help="also 10,000 to 1,000,000 phrases; takes minutes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start(folder, 3 * chosen.rounds)
        beside_others(folder, chosen.phrases, chosen.rounds)
        a_book(folder, min(chosen.phrases, 10_000), min(chosen.rounds, 3))
        if chosen.growth:
            growth(folder, (10_000, 100_000, 1_000_000))


if __name__ == "__main__":
    main()
