"""Linting beside the linters that others use, on the same phrases in one run: `python benchmarks/lint.py`.

Whole processes are measured, with their start and their output to a file: seconds on the wall, and the greatest memory
of any one process. The tools take turns, several rounds; medians are printed, and the ratio to our own. AutoCorrect
(npm `autocorrect-node`) gets the texts as plain text, frictionless the CSV with a schema; a tool that isn't on the PATH
is left out.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from corpus import lint_rows
from corpus import write_csv

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


def measured(command: Iterable[str | Path]) -> Run:
    """Run one process to its end; findings may make it fail, nothing else may."""
    start = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{process.args!r} ended with {process.returncode}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def compared(commands: dict[str, list[str | Path]], rounds: int) -> dict[str, Run]:
    """Return the medians of several rounds in which all commands take turns."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _round in range(rounds):
        for name, command in commands.items():
            runs[name].append(measured(command))
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


def ours(path: Path, form: str = "json") -> list[str | Path]:
    """Return our own command."""
    output = ("--output-file", path.with_suffix(f".{form}"))
    return [sys.executable, "-m", "qnphrase", "lint", path, "--isolated", "--format", form, *output]


def beside_others(folder: Path, count: int, rounds: int) -> None:
    """Print the table of all tools."""
    path = written(folder, count)
    path.with_suffix(".txt").write_text("".join(text + "\n" for _code, text, _group in lint_rows(count)), "utf-8")
    (folder / "schema.json").write_text(json.dumps(_SCHEMA), encoding="utf-8")
    commands: dict[str, list[str | Path]] = {
        "qnphrase lint, json": ours(path),
        "qnphrase lint, text": ours(path, "text"),
    }
    for tool, arguments in (
        ("autocorrect", ["--lint", "--format", "json", path.with_suffix(".txt")]),
        ("frictionless", ["validate", path, "--schema", folder / "schema.json", "--encoding", "gbk"]),
    ):
        program = shutil.which(tool)
        if program is None:
            print(f"{tool} isn't on the PATH: left out")
        else:
            commands[tool] = [program, *arguments]
    show(f"{count:,} phrases, {path.stat().st_size / 1e6:.1f} MB, medians of {rounds}", compared(commands, rounds))


def written(folder: Path, count: int) -> Path:
    """Write a GBK pack and return its path."""
    path = folder / f"{count}.csv"
    write_csv(path, count, of=lint_rows)
    return path


def growth(folder: Path, counts: Iterable[int]) -> None:
    """Print how the time grows with the number of phrases."""
    results = {f"{count:,} phrases": measured(ours(written(folder, count))) for count in counts}
    show("growth", results)


def start(folder: Path, rounds: int) -> None:
    """Print what a clean small file takes beside Python's own start."""
    path = folder / "small.csv"
    path.write_bytes("快捷短语编码,快捷短语,快捷短语分组\r\nhy,您好亲，欢迎光临,售前\r\n".encode("gbk"))
    commands: dict[str, list[str | Path]] = {
        "a clean small file": [sys.executable, "-m", "qnphrase", "lint", path, "--isolated"],
        "python -c pass": [sys.executable, "-c", "pass"],
    }
    show("start-up", compared(commands, rounds))


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
        if chosen.growth:
            growth(folder, (10_000, 100_000, 1_000_000))


if __name__ == "__main__":
    main()
