"""Starting quickly: held by what is imported, not by a clock."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("typer", "pydantic", "rich", "lxml", "yaml", "asyncio", "importlib.metadata", "difflib", "babel")


def _modules_after(code: str) -> set[str]:
    listing = f"import sys\n{code}\nprint(chr(10).join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, check=True, text=True)
    return set(done.stderr.split("\n"))


def test_version_imports_nothing() -> None:
    loaded = _modules_after("sys.argv = ['qnphrase', '--version']\nfrom qnphrase.__main__ import main\nmain()")
    ours = {name for name in loaded if name.startswith("qnphrase.")}
    assert ours == {"qnphrase.__main__"}
    assert not loaded.intersection(HEAVY)


def test_the_library_imports_nothing_until_it_is_used() -> None:
    loaded = _modules_after("import qnphrase")
    assert not loaded.intersection(HEAVY)
    assert {name for name in loaded if name.startswith("qnphrase.")} == set()


@pytest.mark.parametrize(("suffix", "needed"), [("csv", set()), ("xml", {"lxml"}), ("yaml", {"yaml"})])
def test_inspect_needs_no_model(suffix: str, needed: set[str], samples: object) -> None:
    sample = f"{samples}/clerk-export.{suffix}".replace("clerk-export.yaml", "clerk.yaml")
    loaded = _modules_after(f"from qnphrase.cli.main import run\nassert run(['inspect', {sample!r}]) == 0")
    assert loaded.intersection(HEAVY) - {"typer", "difflib"} == needed  # typer itself imports difflib


@pytest.mark.parametrize(("suffix", "needed"), [("csv", set()), ("xml", {"lxml"}), ("yaml", {"yaml"})])
def test_lint_of_a_clean_file_needs_no_model(suffix: str, needed: set[str], tmp_path: Path) -> None:
    path = tmp_path / f"clean.{suffix}"
    path.write_bytes(CLEAN[suffix].encode())
    loaded = _modules_after(
        "from qnphrase.cli.main import run\n"
        f"assert run(['lint', {str(path)!r}, '--isolated', '--select', 'ALL', '--ignore', 'QN9']) == 0"
    )
    heavy = (*HEAVY, "rapidfuzz", "ahocorasick_rs", "multiprocessing")
    assert loaded.intersection(heavy) - {"typer", "difflib"} == needed


CLEAN = {
    "csv": "快捷短语编码,快捷短语,快捷短语分组\r\nhy,您好亲，欢迎光临,售前\r\n",
    "xml": '<?xml version="1.0" encoding="UTF-8"?>\n<phrases><group name="售前"><phrase code="hy">'
    "您好亲，欢迎光临</phrase></group></phrases>\n",
    "yaml": "version: 1\ngroups:\n  - name: 售前\n    phrases:\n      - code: hy\n        text: 您好亲，欢迎光临\n",
}
