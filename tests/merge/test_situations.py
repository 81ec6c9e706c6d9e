"""Situations as shop leads meet them: golden folders of real files, merged by the library and by the real program.

A folder holds `ours.*`, `theirs.*` (`theirs-2.*`… are merged into the result one after the other) and, where there is
one, `base.*`. `expected.*` is what comes out, byte for byte: the merged file, or the file with conflict markers where
somebody has to choose. `situation.yaml` says the rest:

    about      what happens, in a line
    options    as of `merge`: ignore_whitespace, conflicts (ours, theirs, both); keep_missing
    conflicts  kind and fields of each, in order
    told       what is said though nothing is in conflict: one part of each message, in order
    error      parts of the message where nothing can be written
    exit       the exit code of `qnphrase merge`
    process    also run as a process of its own
    weakness   what isn't good enough: `ideal.*` is what would be better than `expected.*`
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from qnphrase.errors import UnrepresentableError
from qnphrase.merge.conflict import Choice
from qnphrase.merge.files import PackMerge
from qnphrase.merge.files import merge_packs
from qnphrase.merge.markers import read_marked
from qnphrase.merge.markers import woven
from qnphrase.pack import Pack
from qnphrase.pack import load

SITUATIONS = sorted(folder.parent for folder in Path(__file__).parent.glob("situations/*/situation.yaml"))
KEYS = {"about", "options", "conflicts", "told", "error", "exit", "process", "weakness"}


def _meta(folder: Path) -> dict[str, Any]:
    meta: dict[str, Any] = yaml.safe_load((folder / "situation.yaml").read_text(encoding="utf-8"))
    return meta


def _file(folder: Path, stem: str) -> Path | None:
    found = [path for path in folder.glob(f"{stem}.*") if path.suffix in (".csv", ".xml", ".yaml")]
    assert len(found) <= 1, found
    return found[0] if found else None


def _there(folder: Path, stem: str) -> Path:
    path = _file(folder, stem)
    assert path is not None, f"{folder.name} has no {stem}.*"
    return path


def _theirs(folder: Path) -> list[Path]:
    return [_there(folder, "theirs"), *sorted(folder.glob("theirs-*.*"))]


def _merge(folder: Path, ours: Pack, theirs: Path, options: dict[str, Any]) -> PackMerge:
    base = _file(folder, "base")
    known = {name: value for name, value in options.items() if name != "conflicts"}
    return merge_packs(load(base) if base else None, ours, load(theirs), **known)


def _result(merge: PackMerge, policy: str | None) -> tuple[bytes, list[str]]:
    """Return what is written, and what is said of what can't be."""
    if merge.conflicts and policy is None:
        mine, other = (merge.pack(default=side, allow_loss=True) for side in (Choice.OURS, Choice.THEIRS))
        return woven(mine, other).data, []
    chosen = dict.fromkeys(range(len(merge.conflicts)), Choice(policy or "ours"))
    pack = merge.pack(chosen, allow_loss=True)
    said = [*map(str, merge.losses(pack, chosen)), *merge.lost_comments(pack), *merge.pointing_nowhere(pack)]
    return pack.to_bytes(), said


@pytest.mark.parametrize("folder", SITUATIONS, ids=lambda folder: folder.name)
def test_the_library_merges_as_expected(folder: Path) -> None:
    meta = _meta(folder)
    options = meta.get("options", {})
    ours, data, told, conflicts = load(_there(folder, "ours")), b"", [], []
    for theirs in _theirs(folder):
        merge = _merge(folder, ours, theirs, options)
        if "error" in meta:
            with pytest.raises(UnrepresentableError) as caught:
                merge.pack()
            assert [part for part in meta["error"] if part not in str(caught.value)] == []
            return
        data, said = _result(merge, options.get("conflicts"))
        told += [*(notice.message for notice in merge.notices), *said]
        conflicts += [{"kind": one.kind.value, "fields": list(one.fields)} for one in merge.conflicts]
        if len(_theirs(folder)) > 1:
            ours = load(data, format=ours.format, name=ours.path)
    assert conflicts == meta.get("conflicts", [])
    assert len(told) == len(meta.get("told", [])), told
    assert [part for part, said in zip(meta.get("told", []), told, strict=True) if part not in said] == [], told
    expected = _there(folder, "expected").read_bytes()
    ideal = _file(folder, "ideal")
    if ideal is not None and data == ideal.read_bytes():
        pytest.fail(f"{folder.name} is ideal now: make ideal.* its expected.* and take out `weakness`")
    assert data == expected


@pytest.mark.parametrize(
    "folder", [folder for folder in SITUATIONS if _meta(folder).get("process")], ids=lambda folder: folder.name
)
def test_the_program_merges_as_expected(folder: Path, tmp_path: Path) -> None:
    meta = _meta(folder)
    ours = _there(folder, "ours")
    book = tmp_path / f"我 的{ours.suffix}"
    book.write_bytes(ours.read_bytes())
    options = meta.get("options", {})
    more = ["--ignore-whitespace"] if options.get("ignore_whitespace") else []
    more += ["--conflicts", options.get("conflicts", "markers")]
    base = _file(folder, "base")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "QNPHRASE_"))}
    said = ""
    for theirs in _theirs(folder):
        done = subprocess.run(
            [sys.executable, "-m", "qnphrase", "merge", book, theirs, "-w", *more, *(["--base", base] if base else [])],
            capture_output=True,
            env={**clean, "PYTHONIOENCODING": "utf-8"},
            timeout=60,
            check=False,
        )
        said += done.stdout.decode() + done.stderr.decode()
        assert done.returncode == meta["exit"], said
    told = [*meta.get("told", []), *meta.get("error", [])]
    assert [part for part in told if part not in said] == [], said
    assert book.read_bytes() == _there(folder, "ours" if "error" in meta else "expected").read_bytes()


@pytest.mark.parametrize(
    "folder",
    [folder for folder in SITUATIONS if _meta(folder)["exit"] == 1],
    ids=lambda folder: folder.name,
)
def test_a_marked_file_can_be_resolved_to_either_side(folder: Path) -> None:
    path, options = _there(folder, "expected"), _meta(folder).get("options", {})
    merge = _merge(folder, load(_there(folder, "ours")), _there(folder, "theirs"), options)
    marked = read_marked(str(path))
    for choice in (Choice.OURS, Choice.THEIRS):
        settled = marked.settled(dict.fromkeys(range(len(marked.conflicts)), choice))
        assert load(settled.data, name=path.name).book == merge.pack(default=choice, allow_loss=True).book


@pytest.mark.parametrize("folder", SITUATIONS, ids=lambda folder: folder.name)
def test_a_situation_says_what_it_is(folder: Path) -> None:
    meta = _meta(folder)
    assert set(meta) <= KEYS
    assert meta["about"].endswith(".")
    assert ("weakness" in meta) == (_file(folder, "ideal") is not None)
    if "error" in meta:
        assert meta["exit"] == 3
        assert _file(folder, "expected") is None
        return
    is_open = bool(meta.get("conflicts")) and "conflicts" not in meta.get("options", {})
    assert meta["exit"] == int(is_open)
    assert bool(read_marked(str(_there(folder, "expected"))).conflicts) == is_open


def test_there_are_enough_situations() -> None:
    assert len(SITUATIONS) >= 100
