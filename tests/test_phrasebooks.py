"""The phrasebooks that are shipped: clean, whole, and their auto-replies do what their tests say."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import qnphrase

SHIPPED = Path(__file__).parent.parent / "phrasebooks"
BOOKS = sorted(path for path in SHIPPED.rglob("*.yaml") if "samples" not in path.parts and path.parent != SHIPPED)


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    path = os.pathsep.join([str(Path(qnphrase.__file__).parent.parent), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "qnphrase", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """Return a copy in which the day is that on which they were written: dated phrases grow stale."""
    folder = tmp_path / "短语 本"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("samples"))
    config = folder / "qnphrase.yaml"
    config.write_text("today: 2026-11-21\n" + config.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_they_are_clean_at_the_strictest(books: Path) -> None:
    done = _run(books, "lint", ".", "--fail-on", "info", "--format", "json")
    assert done.returncode == 0, done.stdout.decode("utf-8")


def test_the_base_answers_every_scenario(books: Path) -> None:
    done = _run(books, "coverage", "通用.yaml", "--no-guess", "--fail-under", "100", "--format", "json")
    assert done.returncode == 0, done.stdout.decode("utf-8")
    assert json.loads(done.stdout)


def test_the_auto_replies_pass_their_tests(books: Path) -> None:
    assert _run(books, "simulate", "通用.yaml", "--test").returncode == 0


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.stem)
def test_an_overlay_is_a_book_that_survives_all_formats(book: Path, books: Path) -> None:
    assert _run(books, "roundtrip", str(book.relative_to(SHIPPED))).returncode == 0
