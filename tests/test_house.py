"""The house: imports point down, rooms stay small, names are where they are said to be."""

import ast
from pathlib import Path

import pytest

import qnphrase

SOURCE = Path(qnphrase.__file__).parent
# From the cellar up; a room may import rooms on lower floors, and its own.
FLOORS = (
    ("qnphrase.language",),
    ("qnphrase.errors",),
    ("qnphrase.page",),
    ("qnphrase.fork",),
    ("qnphrase.text",),
    ("qnphrase.scenarios",),
    ("qnphrase.document",),
    ("qnphrase.schedule",),
    ("qnphrase.opening_hours",),
    ("qnphrase.model",),
    ("qnphrase.formats",),
    ("qnphrase.pack",),
    ("qnphrase.places",),
    ("qnphrase.configuration",),
    ("qnphrase.shops",),
    ("qnphrase.roundtrip", "qnphrase.lint", "qnphrase.merge", "qnphrase.replies"),
    ("qnphrase.building",),
    ("qnphrase.scaffold",),
    ("qnphrase.cli", "qnphrase.__main__"),
)
# What stands on one floor but apart: these rooms don't know each other.
APART = (
    "qnphrase.formats.csv",
    "qnphrase.formats.xml",
    "qnphrase.formats.yaml",
    "qnphrase.lint",
    "qnphrase.merge",
    "qnphrase.replies",
)
MODULES = sorted(SOURCE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name for name in found if name.startswith("qnphrase.") and name != "qnphrase.__version__"}


def _floor(name: str) -> int:
    for number, rooms in enumerate(FLOORS):
        if any(name == room or name.startswith(f"{room}.") for room in rooms):
            return number
    raise AssertionError(f"{name} stands on no floor")


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.parent != SOURCE or path.name != "__init__.py"], ids=_name
)
def test_imports_point_down(path: Path) -> None:
    here = _name(path)
    for imported in _imports(path):
        assert _floor(imported) <= _floor(here), f"{here} imports {imported}, which stands above it"
        for room in APART:
            others = [other for other in APART if other != room]
            if here.startswith(room):
                assert not imported.startswith(tuple(others)), f"{here} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_room_is_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 330
    assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"


def test_no_imports_in_a_circle() -> None:
    rooms = set(map(_name, MODULES))
    graph = {_name(path): rooms & _top_level_imports(path) for path in MODULES}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for imported in graph[name]:
                visit(imported, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def _top_level_imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qnphrase."):
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def test_public_names() -> None:
    exported = {name for names in qnphrase._HOMES.values() for name in names} | {"__version__"}
    assert set(qnphrase.__all__) == exported
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        (node.module, alias.name)
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == {(module, name) for module, names in qnphrase._HOMES.items() for name in names}
    for name in qnphrase.__all__:
        assert getattr(qnphrase, name) is not None
    with pytest.raises(AttributeError):
        qnphrase.no_such_name  # noqa: B018
