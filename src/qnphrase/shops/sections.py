"""What `qnphrase.yaml` may say of shops, their books, variables and packs."""

from typing import Any
from typing import Literal

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field
from pydantic import GetJsonSchemaHandler
from pydantic import field_validator
from pydantic import model_validator

from qnphrase.language import _


def titled(title: str) -> ConfigDict:
    """Return what gives a section this title in the schema, and keeps its docstring out of it."""
    return ConfigDict(title=title, json_schema_extra=lambda schema: schema.pop("description") and None)


class Section(BaseModel):
    """A mapping of settings: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Limits(Section):
    """How long texts may be, in characters."""

    model_config = titled(_("长度上限，单位是字；都不是官方数字，只用来提醒"))

    text: int = Field(600, ge=1, title=_("一条短语最多多少字"))
    code: int = Field(20, ge=1, title=_("快捷编码最多多少字"))
    group: int = Field(20, ge=1, title=_("分组名最多多少字"))
    emoticons: int = Field(4, ge=0, title=_("一条短语最多几个表情"))


# Names and values are taken as they are typed, so that 6 is as good as "6" there.
_TYPED: dict[str, Any] = {"type": ["string", "number", "boolean"]}


def _also(short: dict[str, Any], core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
    """Return the schema of a section that may be written in a short form, too."""
    found = handler(core)
    schema = handler.resolve_ref_schema(found)
    section = dict(schema)
    schema.clear()
    schema.update(title=section.pop("title"), anyOf=[section, short])
    return found


def _one_or_several(schema: dict[str, Any]) -> None:
    """Say in the schema of a list that a single item needs no list."""
    several = {name: schema.pop(name) for name in ("type", "items")}
    schema["anyOf"] = [several["items"], several]


VariableType = Literal["text", "number", "date", "time", "hours", "phone", "url"]


class VariableSection(Section):
    """A variable that phrases use as `{name}`."""

    model_config = titled(_("一个变量"))

    type: VariableType = Field(
        "text", title=_("值是哪一种：文字、数字、日期 2026-12-31、时刻 9:00、时段 9:00-22:00、电话、网址")
    )
    default: str | None = Field(
        None,
        title=_("店里没写时用的值；不写 default，每家店都必须写"),
        json_schema_extra=lambda schema: schema.update(anyOf=[_TYPED, {"type": "null"}]),
    )
    choices: list[str] = Field(default_factory=list, title=_("只能是这几个值"), json_schema_extra={"items": _TYPED})
    max: int | None = Field(None, ge=1, title=_("最多多少字"))
    note: str = Field("", title=_("给填写的人看的说明"))

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return a schema that knows the short form."""
        return _also({"type": [*_TYPED["type"], "null"]}, core, handler)

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        """`店铺名:` is a variable that every shop has to give, `发货地: 杭州` one with a fallback."""
        if isinstance(value, str):
            return {"default": value} if value else {}
        return {} if value is None else value


class PackSection(Section):
    """One pack to be built."""

    model_config = titled(_("做成什么样的包"))

    format: Literal["csv", "xml"] | None = Field(None, title=_("格式；不写就看 like、file 的扩展名，都没有就是 csv"))
    encoding: str | None = Field(None, title=_("编码；不写就和样例一样，没有样例用最上面的 encoding"))
    like: str | None = Field(None, title=_("照这个样例的写法来写，路径从本文件算起"))
    excel: bool = Field(False, title=_("CSV 的每一格都加保护，用 Excel 打开时编码开头的 0 不会丢"))
    file: str | None = Field(None, title=_("写到哪个文件，路径从 dist 算起；不写就是“店名.扩展名”"))
    auto_replies: bool = Field(
        True, alias="auto-replies", title=_("自动回复也写进包里（分组“自动回复”）；千牛里要另外照着设置")
    )


class ShopSection(Section):
    """One shop."""

    model_config = titled(_("一家店"))

    extends: str | None = Field(None, title=_("照哪家店来：先用它的书、变量、上限和包，再加上这里写的"))
    books: list[str] = Field(default_factory=list, title=_("用哪些短语本，按顺序叠：后面的盖住前面的；可以用通配符"))
    remove: list[str] = Field(
        default_factory=list,
        title=_("不要哪些短语：编码、分组/编码、分组/*、自动回复/离开"),
        json_schema_extra={"items": _TYPED},
    )
    variables: dict[str, str] = Field(
        default_factory=dict,
        title=_("变量的值；值里可以再用别的变量"),
        json_schema_extra={"additionalProperties": _TYPED},
    )
    limits: dict[Literal["text", "code", "group", "emoticons"], int] = Field(
        default_factory=dict, title=_("这家店的长度上限")
    )
    pack: list[PackSection] = Field(
        default_factory=list, title=_("做成什么样的包，可以写几种"), json_schema_extra=_one_or_several
    )
    build: bool = Field(True, title=_("写 false 就不做包，只给别的店 extends"))

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return a schema that knows the short form."""
        return _also({"type": ["array", "null"], "items": {"type": "string"}}, core, handler)

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        """A mere list is the list of books."""
        return {"books": value} if isinstance(value, list) else value or {}

    @field_validator("pack", mode="before")
    @classmethod
    def _one_pack(cls, value: Any) -> Any:
        return [value] if isinstance(value, dict) else value

    @field_validator("limits")
    @classmethod
    def _limits_are_limits(cls, value: dict[str, int]) -> dict[str, int]:
        Limits.model_validate(value)
        return value


def is_text(way: tuple[str | int, ...]) -> bool:
    """Whether what stands there in the file is taken as it is typed: names, and the values of variables."""
    match way:
        case ("shops" | "variables", _):
            return True
        case ("variables", _, "default") | ("variables", _, "choices", _) | ("shops", _, "variables", _):
            return True
        case ("shops", _, "extends" | "remove" | "books"):
            return True
        case ("shops", _, "remove" | "books", _):
            return True
    return False
