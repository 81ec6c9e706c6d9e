"""Replaying a day beside reading its CSV with `csv.reader`, side by side in one run: `python benchmarks/replies.py`.

Each task runs in a process of its own, all of them in turn, several rounds; seconds of the processor and peak memory,
medians, and the ratio to `csv.reader`. Then how both grow with events for the same buyers, and with buyers.
"""

import argparse
import csv
import datetime
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from qnphrase.model import AutoReply
from qnphrase.model import Phrasebook
from qnphrase.replies.events import EventReader
from qnphrase.replies.generate import as_csv
from qnphrase.replies.generate import generate
from qnphrase.replies.semantics import ReplyRules
from qnphrase.replies.timeline import replay

DAY = datetime.date(2026, 11, 11)
BOOK = Phrasebook(
    auto_replies=(
        AutoReply(when="first_message", text="您好亲，在的，请问有什么可以帮您？/:^_^"),
        AutoReply(when="busy", text="咨询的人多，回复慢请见谅，今晚11点前都会回复您", cooldown=30),
        AutoReply(when="away", text="亲，已下班，明早8点回复您", hours="22:00-08:00"),
        AutoReply(when="away", text="离开一下，很快回来", hours="08:00-22:00", cooldown=10),
        AutoReply(when="contacts_over", threshold=100, text="排队中，请稍等"),
        AutoReply(when="contacts_over", threshold=300, text="排队的人很多，请先看商品详情", days="mon-fri"),
    )
)


def _csv_reader(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        for _row in csv.reader(stream):
            pass


def _read(path: Path) -> None:
    with path.open("rb") as stream:
        for _event in EventReader(stream):
            pass


def _replay(path: Path) -> None:
    with path.open("rb") as stream:
        timeline = replay(ReplyRules.of(BOOK), EventReader(stream))
    assert sum(reply.count for reply in timeline.replies)


TASKS: dict[str, Callable[[Path], None]] = {"csv.reader": _csv_reader, "read": _read, "replay": _replay}


def work(task: str, path: Path) -> None:
    """Run one task in this process, and print what it took."""
    start = time.process_time()
    TASKS[task](path)
    seconds = time.process_time() - start
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def write(path: Path, events: int, buyers: int) -> None:
    """Write a log of about so many events. Some buyers come twice, and midnight cuts some visits short."""
    path.write_bytes(as_csv(generate(DAY, buyers=buyers, seed=1, messages=0.94 * events / buyers)))


def measured(path: Path, tasks: Sequence[str], rounds: int) -> dict[str, tuple[float, float]]:
    """Return seconds and megabytes of each task, medians."""
    runs: dict[str, list[list[float]]] = {task: [] for task in tasks}
    for _round in range(rounds):
        for task in tasks:
            command = [sys.executable, __file__, "--task", task, str(path)]
            runs[task].append(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))
    return {task: (median(run[0] for run in taken), median(run[1] for run in taken)) for task, taken in runs.items()}


def show(path: Path, events: int, buyers: int, rounds: int) -> None:
    """Print the table of one log."""
    writing = get_context("spawn").Process(target=write, args=(path, events, buyers))
    writing.start()  # a child's memory counts from that of its parent, so none of ours may be large
    writing.join()
    with path.open("rb") as stream:
        events = sum(1 for _line in stream) - 1
    results = measured(path, list(TASKS), rounds)
    first = results["csv.reader"][0]
    print(f"\n{events:,} events, {buyers:,} buyers, {path.stat().st_size / 1e6:.1f} MB, medians of {rounds}")
    for task, (seconds, megabytes) in results.items():
        print(f"  {task:<12} {seconds:7.2f} s  {seconds / first:6.2f} ×  {megabytes:6.0f} MB")


def main() -> None:
    """Print all tables, or run one task."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--buyers", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true", help="also a tenth of the events, and of the buyers")
    parser.add_argument("--task", nargs=2, metavar=("TASK", "FILE"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.task:
        work(chosen.task[0], Path(chosen.task[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.csv")
        show(path, chosen.events, chosen.buyers, chosen.rounds)
        if chosen.growth:
            show(path, chosen.events // 10, chosen.buyers // 2, chosen.rounds)
            show(path, chosen.events, chosen.buyers // 5, chosen.rounds)


if __name__ == "__main__":
    main()
