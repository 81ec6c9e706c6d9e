"""The configuration `qnphrase.yaml`: which rules run, how severe they are, limits, words, exceptions.

It is found upwards from each file. pydantic is imported only where there is one.
"""

import datetime
import os
import re
from dataclasses import replace
from functools import cache
from typing import Annotated
from typing import Any
from typing import Literal

from pydantic import AfterValidator
from pydantic import Field
from pydantic import ValidationError
from pydantic import field_validator

from qnphrase.configuration import read_configuration
from qnphrase.configuration import refused_by_model
from qnphrase.language import _
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.known import refusal
from qnphrase.lint.known import refusal_of_code
from qnphrase.lint.lexicon import entry_pattern
from qnphrase.lint.options import Ignore
from qnphrase.lint.options import LintOptions
from qnphrase.lint.rules import rule_named
from qnphrase.lint.settings import Settings
from qnphrase.lint.unruled import NOTICE
from qnphrase.shops.checked import shops_of
from qnphrase.shops.sections import Limits
from qnphrase.shops.sections import Section
from qnphrase.shops.sections import ShopSection
from qnphrase.shops.sections import VariableSection
from qnphrase.shops.sections import is_text
from qnphrase.shops.sections import titled

SCHEMA_ID = "https://raw.githubusercontent.com/qnphrase/qnphrase/main/docs/config.schema.json"


def _word(word: str) -> str:
    _refuse(refusal(word))
    return word


def _word_or_notice(word: str) -> str:
    _refuse(refusal(word, also=NOTICE.code))
    return word


def _code(word: str) -> str:
    _refuse(refusal_of_code(word))
    rule = rule_named(word)
    return rule.code if rule else word


def _code_of_list(word: str) -> str:
    code = _code(word)
    rule = rule_named(code)
    if rule is not None and rule.claims is None:
        raise ValueError(_("{code} 不按词表查，加不了词").format(code=word))
    return code


def _code_or_all(word: str) -> str:
    return word if word == "*" else _code(word)


def _refuse(message: str) -> None:
    if message:
        raise ValueError(message)


# What means rules: any word that does, also the notices of a reader, and the whole code (or name) of one rule.
Word = Annotated[str, AfterValidator(_word)]
WordOrNotice = Annotated[str, AfterValidator(_word_or_notice)]
Code = Annotated[str, AfterValidator(_code)]
CodeOfList = Annotated[str, AfterValidator(_code_of_list)]
CodeOrAll = Annotated[str, AfterValidator(_code_or_all)]
Codes = Annotated[list[Word], Field(default_factory=list)]


class IgnoreEntry(Section):
    """Findings that are let pass, with the reason."""

    model_config = titled(_("放过某些问题，并写明原因"))

    rule: WordOrNotice = Field(title=_("规则编号，如 QN201"))
    reason: str = Field(min_length=1, title=_("原因，必须写"))
    path: str = Field("*", title=_("哪些文件（通配符）"))
    group: str = Field("*", title=_("哪些分组（通配符）"))
    code: str = Field("*", title=_("哪些编码（通配符）"))
    text: str = Field("", title=_("短语里含有这些字才放过"))


class Config(Section):
    """The whole file."""

    model_config = titled(_("qnphrase 的配置"))

    select: Codes = Field(
        default_factory=list, title=_("只跑这些规则：编号、编号前缀（QN2）或 ALL；不写就是默认的规则")
    )
    extend_select: Codes = Field(default_factory=list, alias="extend-select", title=_("另外再跑这些规则"))
    ignore: Codes = Field(default_factory=list, title=_("不跑这些规则"))
    severity: dict[Code, Severity] = Field(default_factory=dict, title=_("改规则的级别"))
    per_file_ignores: dict[str, list[WordOrNotice]] = Field(
        default_factory=dict, alias="per-file-ignores", title=_("某些文件（通配符）不跑某些规则")
    )
    per_group_ignores: dict[str, list[WordOrNotice]] = Field(
        default_factory=dict, alias="per-group-ignores", title=_("某些分组（通配符）不跑某些规则")
    )
    ignores: list[IgnoreEntry] = Field(default_factory=list, title=_("逐条放过，并写明原因"))
    limits: Limits = Field(default_factory=lambda: Limits.model_validate({}), title=_("长度上限"))
    words: dict[CodeOfList, list[str]] = Field(default_factory=dict, title=_("给规则加词；/…/ 是正则表达式"))
    allow: dict[CodeOrAll, list[str]] = Field(default_factory=dict, title=_("给规则加例外；键写 * 就是所有规则"))
    placeholders: list[str] | None = Field(None, title=_("允许的变量名，如 店铺名；不写就是任何中文名"))
    encoding: str = Field("gbk", title=_("导出包的编码"))
    near_duplicate: float = Field(0.9, ge=0.5, le=1, alias="near-duplicate", title=_("多像才算几乎一样"))
    today: datetime.date | None = Field(None, title=_("把哪一天当作今天"))
    fail_on: Literal["error", "warning", "info"] = Field("warning", alias="fail-on", title=_("到哪一级算不通过"))
    baseline: str | None = Field(None, title=_("基线文件：里面已有的问题不再报"))
    exclude: list[str] = Field(default_factory=list, title=_("不检查的文件（通配符）"))
    variables: dict[str, VariableSection] = Field(default_factory=dict, title=_("短语里的 {变量}，各家店填各家的"))
    shops: dict[str, ShopSection] = Field(default_factory=dict, title=_("每家店用哪些短语本、填什么变量、做成什么包"))
    dist: str = Field("dist", title=_("做好的包放在哪个文件夹"))

    @field_validator("words", "allow")
    @classmethod
    def _expressions_compile(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        for entry in (entry for entries in value.values() for entry in entries):
            try:
                re.compile(entry_pattern(entry))
            except re.error as error:
                raise ValueError(_("正则表达式 {entry} 不对：{error}").format(entry=entry, error=error)) from None
        return value


def config_schema() -> dict[str, Any]:
    """Return the JSON Schema 2020-12 of the configuration, in the language that was chosen when this was imported."""
    schema = Config.model_json_schema(by_alias=True)
    schema["$defs"]["Severity"].update(title=_("级别"), description=_("错误、警告或提示"))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}


def load_config(path: str) -> LintOptions:
    """Return what a configuration file says. Raises `UsageError` with the place of what is wrong."""
    return _load(path, os.getcwd())


@cache
def _load(path: str, _here: str) -> LintOptions:
    configuration = read_configuration(path, is_text)
    try:
        config = Config.model_validate(configuration.values)
    except ValidationError as error:
        raise refused_by_model(error, configuration) from None
    options = _options(config, os.path.dirname(os.path.abspath(path)))
    if not (config.shops or config.variables):
        return options
    shops = shops_of(
        configuration,
        config.shops,
        config.variables,
        dist=config.dist,
        encoding=config.encoding,
        left=frozenset(config.placeholders or ()),
        today=options.settings.today,
    )
    settings = options.settings
    if shops.names:
        settings = replace(settings, placeholders=shops.names.union(settings.placeholders or ()))
    return replace(options, settings=settings, shops=shops)


def _options(config: Config, folder: str) -> LintOptions:
    settings = Settings(
        today=config.today or datetime.date.today(),
        max_text=config.limits.text,
        max_code=config.limits.code,
        max_group=config.limits.group,
        max_emoticons=config.limits.emoticons,
        encoding=config.encoding,
        placeholders=None if config.placeholders is None else frozenset(config.placeholders),
        near_duplicate=config.near_duplicate,
        words={rule: tuple(words) for rule, words in config.words.items()},
        allow={rule: tuple(words) for rule, words in config.allow.items()},
    )
    entries = [Ignore(e.rule, e.reason, e.path, e.group, e.code, e.text) for e in config.ignores]
    entries += [Ignore(r, "", path=path) for path, rules in config.per_file_ignores.items() for r in rules]
    entries += [Ignore(r, "", group=group) for group, rules in config.per_group_ignores.items() for r in rules]
    return LintOptions(
        settings=settings,
        select=tuple(config.select),
        extend_select=tuple(config.extend_select),
        ignore=tuple(config.ignore),
        severity=dict(config.severity),
        ignores=tuple(entries),
        fail_on=Severity(config.fail_on),
        baseline=os.path.join(folder, config.baseline) if config.baseline else None,
        exclude=tuple(config.exclude),
        folder=folder,
    )
