"""What is generated is what is published: `make schema` and `make rules` have been run."""

import json
from pathlib import Path

import jsonschema
import yaml

from qnphrase.formats.yaml.schema import book_schema
from qnphrase.lint.config import config_schema
from qnphrase.lint.explain import as_markdown
from qnphrase.lint.rules import all_rules

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
    for wrong in ({"selct": []}, {"severity": {"QN201": "fatal"}}, {"ignores": [{"rule": "QN201"}]}):
        assert not check.is_valid(wrong)


def test_the_rules_are_up_to_date() -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "run `make rules`"
    for rule in all_rules():
        assert f"## {rule.code} {rule.name}（" in page
