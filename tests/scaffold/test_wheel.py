"""The wheel carries the phrasebooks: what a user installs can make a repository."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "phrasebooks"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Build the wheel, and install it apart from this checkout."""
    build = "import sys, hatchling.build as backend; print(backend.build_wheel(sys.argv[1]))"
    made = subprocess.run([sys.executable, "-c", build, tmp_path], cwd=ROOT, capture_output=True, check=True, text=True)
    wheel = tmp_path / made.stdout.split("\n")[-2]
    target = tmp_path / "装好的"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--target", target, wheel], check=True, capture_output=True)
    return target


def test_an_installed_wheel_makes_a_repository(installed: Path, tmp_path: Path) -> None:
    carried = {
        path.relative_to(installed / "qnphrase/phrasebooks") for path in installed.rglob("phrasebooks/**/*.yaml")
    }
    there = {path.relative_to(SHIPPED) for path in SHIPPED.rglob("*.yaml") if path.parent.name != "samples"}
    assert carried == there
    assert not list(installed.rglob("samples"))
    environ = {**os.environ, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"}
    words = ["init", "话术", "--shop", "晴天女装", "--industry", "服饰"]
    done = subprocess.run(
        [sys.executable, "-m", "qnphrase", *words], cwd=tmp_path, env=environ, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    code = "import qnphrase, qnphrase.scaffold.shipped as s; print(qnphrase.__file__, s.shipped_folder())"
    where = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environ, capture_output=True, check=True)
    assert where.stdout.decode().count(str(installed)) == 2
    assert (tmp_path / "话术/短语本/行业/服饰.yaml").is_file()
