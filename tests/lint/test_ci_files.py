"""What others' programs read: the hooks of pre-commit, the action, and the samples in the documentation."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import qnphrase
from qnphrase.cli.lint import Form
from qnphrase.lint.config import load_config
from qnphrase.pack import load

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
ACTION = ROOT / "action.yml"


def _blocks(page: str) -> list[str]:
    return re.findall(
        r"^```yaml\n(.*?)^```$", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


def _block(page: str, beginning: str) -> str:
    (found,) = [block for block in _blocks(page) if block.startswith(beginning)]
    return found


def _run(*arguments: str | Path) -> None:
    done = subprocess.run([sys.executable, "-m", *map(str, arguments)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def _schema(name: str, path: Path) -> None:
    _run("check_jsonschema", "--builtin-schema", f"vendor.{name}", path)


def test_the_hooks_are_valid() -> None:
    _run("pre_commit", "validate-manifest", HOOKS)
    hooks = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert [hook["entry"] for hook in hooks if not hook.get("pass_filenames", True)] == ["qnphrase build --check"]
    for hook in (hook for hook in hooks if hook.get("pass_filenames", True)):
        pattern, exclude = re.compile(hook["files"]), re.compile(hook["exclude"])
        assert all(pattern.search(name) for name in ("导出.csv", "店/包.xml", "短语本.yaml", "a.yml"))
        assert all(exclude.search(name) for name in ("qnphrase.yaml", "店/qnphrase.yaml", ".github/workflows/a.yml"))
        assert not exclude.search("店/短语本.yaml")


def test_the_action_is_valid() -> None:
    _schema("github-actions", ACTION)
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    assert all(form.value in action["inputs"]["format"]["description"] for form in Form if form is not Form.jsonl)
    script = action["runs"]["steps"][-1]["run"]
    assert "${{" not in script, "inputs go through the environment, or they are run as code"


@pytest.mark.parametrize("page", ["ci.md", "lint.md"])
def test_every_sample_is_yaml(page: str) -> None:
    blocks = _blocks(page)
    assert blocks
    for block in blocks:
        assert yaml.safe_load(block)


def test_the_sample_of_pre_commit(tmp_path: Path) -> None:
    config = tmp_path / ".pre-commit-config.yaml"
    config.write_text(_block("ci.md", "# .pre-commit-config.yaml"), encoding="utf-8")
    _run("pre_commit", "validate-config", config)
    (repository,) = yaml.safe_load(config.read_text(encoding="utf-8"))["repos"]
    assert repository["rev"] == f"v{qnphrase.__version__}"
    known = {hook["id"] for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}
    assert {hook["id"] for hook in repository["hooks"]} <= known


def test_the_sample_of_github(tmp_path: Path) -> None:
    workflow = tmp_path / "phrases.yml"
    workflow.write_text(_block("ci.md", "# .github/workflows"), encoding="utf-8")
    _schema("github-workflows", workflow)
    step = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]["lint"]["steps"][-1]
    assert step["uses"].endswith(f"@v{qnphrase.__version__}")
    assert step["with"].keys() <= yaml.safe_load(ACTION.read_text(encoding="utf-8"))["inputs"].keys()


def test_the_sample_of_gitlab(tmp_path: Path) -> None:
    pipeline = tmp_path / ".gitlab-ci.yml"
    pipeline.write_text(_block("ci.md", "# .gitlab-ci.yml"), encoding="utf-8")
    _schema("gitlab-ci", pipeline)


@pytest.mark.parametrize(("page", "beginning"), [("lint.md", "# yaml-language-server"), ("ci.md", "ignores:")])
def test_samples_of_the_configuration_are_read(page: str, beginning: str, tmp_path: Path) -> None:
    config = tmp_path / "qnphrase.yaml"
    config.write_text(_block(page, beginning), encoding="utf-8")
    (tmp_path / "旗舰店").mkdir()
    for book in ("公共.yaml", "旗舰店/售前.yaml"):
        (tmp_path / book).touch()
    assert load_config(str(config)).ignores


def test_the_sample_of_a_book_is_read() -> None:
    block = _block("ci.md", "  - code")
    pack = load(f"version: 1\nphrases:\n{block}".encode(), name="本.yaml")
    assert pack.reading.counts()["phrases"] == 1


def test_every_key_of_the_configuration_stands_in_the_page() -> None:
    from qnphrase.lint.config import Config

    sample: dict[str, Any] = yaml.safe_load(_block("lint.md", "# yaml-language-server"))
    assert {field.alias or name for name, field in Config.model_fields.items()} == sample.keys()
