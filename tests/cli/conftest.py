"""Running the real program with real bytes."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "phrasebooks" / "samples"


@pytest.fixture
def samples() -> Path:
    """The folder of the samples that ship with the project."""
    return SAMPLES


@pytest.fixture
def qnphrase(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[bytes]"]:
    """Run `qnphrase` in a process of its own, in a folder with a Chinese name and a space."""
    folder = tmp_path / "店铺 一号"
    folder.mkdir()

    def run(
        *arguments: str | Path, stdin: bytes = b"", cwd: Path = folder, **environ: str
    ) -> "subprocess.CompletedProcess[bytes]":
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHONIO", "QNPHRASE_"))}
        return subprocess.run(
            [sys.executable, "-m", "qnphrase", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=cwd,
            env={**clean, "PYTHONIOENCODING": "utf-8", **environ},
            timeout=60,
            check=False,
        )

    run.folder = folder  # type: ignore[attr-defined]
    return run
