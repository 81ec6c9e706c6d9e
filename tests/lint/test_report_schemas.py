"""Reports are what their consumers' schemas say. `tests/data/README.md` says where the schemas come from."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from qnphrase.lint.file import FileResult
from qnphrase.lint.file import lint_file
from qnphrase.lint.options import LintOptions
from qnphrase.lint.report import rendered

DATA = Path(__file__).parents[1] / "data"
_PACK = (
    "快捷短语编码,快捷短语,快捷短语分组\r\n"
    "a,在的亲，加微信聊吧<50%&，售前\r\n"
    'b,"全网最低价，\r\n加微信\r\n聊",售前\r\n'
    "c,在的亲，加微信聊吧,售后\r\nc,,售后\r\n"
    'd,"全网最低价，\r\n加微信\r\n聊",售后\r\n'
)


def _results() -> list[FileResult]:
    return [
        lint_file(_PACK.encode("gbk"), LintOptions(), name="店铺 一号/短语,本&“%”.csv"),
        lint_file(b"version: 1\nphrases: []\n", LintOptions(), name="好的.yaml"),
        lint_file(b'a,"b\r\n', LintOptions(), name="断.csv"),
        lint_file("没有\x01.csv", LintOptions()),
    ]


RESULTS = {"findings": _results(), "clean": [FileResult("好的.yaml", [], 0, False, 3)], "nothing": []}


@pytest.fixture(params=RESULTS)
def results(request: pytest.FixtureRequest) -> list[FileResult]:
    return RESULTS[request.param]


def test_the_samples_find_all_kinds() -> None:
    findings = [one for result in RESULTS["findings"] for one in result.diagnostics]
    assert len({one.severity for one in findings}) > 1
    assert {"QN920", "QN921"} <= {one.code for one in findings}
    assert any(one.end_line > one.line for one in findings)
    assert any(one.start == one.end for one in findings)


def test_sarif_is_valid(results: list[FileResult]) -> None:
    schema = json.loads((DATA / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    log = json.loads(rendered("sarif", results))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER).validate(log)


def test_sarif_has_what_github_asks_for(results: list[FileResult]) -> None:
    """“Supported SARIF output file properties” of GitHub's documentation: what is required, and its limits."""
    log = json.loads(rendered("sarif", results))
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert driver["version"]
    for rule in driver["rules"]:
        assert len(rule["id"]) <= 255
        assert len(rule["name"]) <= 255
        for key in ("shortDescription", "fullDescription"):
            assert 0 < len(rule[key]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("note", "warning", "error")
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
        assert len(rule["properties"]["tags"]) <= 20
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["partialFingerprints"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9%./_~-]+", physical["artifactLocation"]["uri"])
        region = physical["region"]
        assert region.keys() == {"startLine", "startColumn", "endLine", "endColumn"}
        assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_junit_is_valid(results: list[FileResult]) -> None:
    schema = etree.XMLSchema(etree.parse(DATA / "junit-10.xsd"))
    document = etree.fromstring(rendered("junit", results).encode())
    schema.assertValid(document)
    assert int(document.get("tests")) == len(document.findall(".//testcase"))
    assert int(document.get("failures")) == len(document.findall(".//failure"))


def test_gitlab_has_its_keys(results: list[FileResult]) -> None:
    issues: list[dict[str, Any]] = json.loads(rendered("gitlab", results))
    for issue in issues:
        assert all(isinstance(issue[key], str) and issue[key] for key in ("description", "check_name", "fingerprint"))
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith(("./", "/"))
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_github_escapes_all() -> None:
    lines = rendered("github", RESULTS["findings"]).split("\n")[:-1]
    levels = [re.match("::(error|warning|notice) ", line)[1] for line in lines]  # type: ignore[index]
    assert levels == sorted(levels, key=("error", "warning", "notice").index)
    for line in lines:
        properties, message = re.fullmatch(r"::[a-z]+ (.*?)::(.*)", line).groups()  # type: ignore[union-attr]
        keys = [pair.split("=")[0] for pair in properties.split(",")]
        assert keys[0] == "file"
        assert keys[-1] == "title"
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", properties + message)
