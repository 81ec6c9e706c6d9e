"""What is generated is what is published: `make schema` and `make rules` have been run."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from qnphrase.formats.yaml.schema import book_schema
from qnphrase.lint.config import config_schema
from qnphrase.lint.explain import as_markdown
from qnphrase.lint.explain import page_named
from qnphrase.lint.report import url_of
from qnphrase.lint.rule import Rule
from qnphrase.lint.rules import all_rules
from qnphrase.lint.rules import rule_named
from qnphrase.lint.unruled import UNRULED

DOCS = Path(__file__).parents[2] / "docs"


def test_the_schemas_are_up_to_date() -> None:
    for name, schema in (("phrasebook", book_schema()), ("config", config_schema())):
        assert json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8")) == schema, "run `make schema`"
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$id"].endswith(f"/docs/{name}.schema.json")


def test_the_schema_takes_the_sample_and_refuses_what_is_wrong() -> None:
    page = (DOCS / "lint.md").read_text(encoding="utf-8")
    sample = yaml.load(page.split("```yaml\n")[1].split("```")[0], yaml.BaseLoader)  # noqa: S506 - all are strings
    sample["limits"] = {key: int(value) for key, value in sample["limits"].items()}
    sample["near-duplicate"] = float(sample["near-duplicate"])
    check = jsonschema.Draft202012Validator(config_schema())
    check.validate(sample)
    short = {"甲": ["底.yaml"], "乙": {"remove": [1], "pack": {"format": "xml"}}, "丙": {"pack": [{"format": "csv"}]}}
    check.validate({"variables": {"店铺名": None, "发货地": "杭州", "年数": 6}, "shops": short})
    for wrong in (
        {"selct": []},
        {"severity": {"QN201": "fatal"}},
        {"ignores": [{"rule": "QN201"}]},
        {"shops": {"甲": "底"}},
    ):
        assert not check.is_valid(wrong)


def test_the_rules_are_up_to_date() -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "run `make rules`"
    for rule in all_rules():
        assert f"## {rule.code} {rule.name}（" in page


@pytest.mark.parametrize("rule", UNRULED, ids=lambda rule: rule.code)
def test_what_is_found_beside_the_rules_has_pages_too(rule: Rule) -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    anchor = url_of(rule.code).partition("#")[2]
    assert f'<a id="{anchor}"></a>' in page
    assert page_named(rule.code.lower()) == page_named(rule.name) == rule
    assert rule_named(rule.code) is None, "it has no check and can't run"
    for heading in ("为什么：", "依据：", "怎么改："):
        assert heading in rule.page
