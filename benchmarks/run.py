"""Speed and memory beside the libraries' own work on the same files, in one run: `make bench`.

Each task runs in a process of its own, all tasks of a table in turn, several rounds; the medians are printed, and the
ratio to the first task, which is what can be compared across machines.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from corpus import write_csv
from corpus import write_xml
from corpus import write_yaml

HERE = Path(__file__).parent
TABLES = (
    (write_csv, "pack.csv", ("csv.reader", "load", "load+book", "convert")),
    (write_xml, "pack.xml", ("lxml", "load", "load+book", "convert")),
    (write_yaml, "book.yaml", ("yaml.CSafeLoader", "load", "load+book", "convert")),
)


def measured(task: str, path: Path) -> dict[str, float]:
    """Run one task once."""
    done = subprocess.run([sys.executable, HERE / "task.py", task, path], capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def table(path: Path, tasks: Sequence[str], rounds: int) -> None:
    """Print seconds, ratio and peak memory of each task."""
    results: dict[str, list[dict[str, float]]] = {task: [] for task in tasks}
    for _round in range(rounds):
        for task in tasks:
            results[task].append(measured(task, path))
    first = median(result["seconds"] for result in results[tasks[0]])
    size = results[tasks[0]][0]["size"]
    print(f"\n{path.name}, {size / 1e6:.1f} MB, medians of {rounds}")
    for task in tasks:
        seconds = median(result["seconds"] for result in results[task])
        peak = median(result["peak"] for result in results[task])
        print(f"  {task:<18} {seconds:7.3f} s  {seconds / first:6.2f} ×   peak {peak / size:5.1f} × the file")


def growth(folder: Path, sizes: Sequence[int]) -> None:
    """Print how the time of `load+book` grows with the number of phrases, as an exponent: 1 is linear."""
    print("\ngrowth of load+book")
    for write, name, _tasks in TABLES:
        points = []
        for size in sizes:
            write(folder / name, size)
            points.append(median(measured("load+book", folder / name)["seconds"] for _ in range(3)))
        exponent = math.log(points[-1] / points[0]) / math.log(sizes[-1] / sizes[0])
        shown = "  ".join(f"{size:,}: {seconds:.2f} s" for size, seconds in zip(sizes, points, strict=True))
        print(f"  {name:<10} exponent {exponent:.2f}   {shown}")


def starts(rounds: int) -> None:
    """Print whole-process times of small commands beside `python -c pass`."""
    sample = HERE.parent / "phrasebooks" / "samples" / "clerk-export.csv"
    commands = (
        ("python -c pass", ["-c", "pass"]),
        ("qnphrase --version", ["-m", "qnphrase", "--version"]),
        ("qnphrase inspect", ["-m", "qnphrase", "inspect", str(sample)]),
    )
    times: dict[str, list[float]] = {name: [] for name, _arguments in commands}
    for _round in range(rounds):
        for name, arguments in commands:
            start = perf_counter()
            subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
            times[name].append(perf_counter() - start)
    first = median(times["python -c pass"])
    print("\nstart-up")
    for name, taken in times.items():
        print(f"  {name:<18} {median(taken) * 1000:7.1f} ms {median(taken) / first:6.2f} ×")


def main() -> None:
    """Run all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phrases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true", help="also 10,000 to 1,000,000 phrases; takes minutes")
    chosen = parser.parse_args()
    starts(15)
    with tempfile.TemporaryDirectory() as folder:
        for write, name, tasks in TABLES:
            write(Path(folder, name), chosen.phrases)
            table(Path(folder, name), tasks, chosen.rounds)
        if chosen.growth:
            growth(Path(folder), (10_000, 100_000, 1_000_000))


if __name__ == "__main__":
    main()
