"""The `qnphrase.yaml` of a new repository, as text: people go on writing it by hand."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from fnmatch import fnmatchcase

from qnphrase.configuration import read_configuration
from qnphrase.formats.yaml.fresh import key_text
from qnphrase.formats.yaml.scalars import Manner
from qnphrase.formats.yaml.scalars import inline
from qnphrase.scaffold import shipped
from qnphrase.scaffold.wish import Wish
from qnphrase.shops.sections import is_text

BOOKS, REFERENCE, SAMPLES = "短语本", "参考", "样例"
OWN = f"{BOOKS}/店铺.yaml"
SCHEMA = ".schema/qnphrase.json"

_HEAD = f"""\
# yaml-language-server: $schema={SCHEMA}
#
# 店铺、变量和检查规则都写在这里。改完运行：qnphrase lint .，再运行 qnphrase build

# 做出来的包用什么编码。千牛导入以后是乱码，再换成 gb18030 或 utf-8-sig 试试。
encoding: gbk
"""
_VARIABLES = """
# 短语里的 {名字}。冒号后面的（或 default）是店里没写时用的值；每家店自己的值写在下面 shops 里。
"""
_BRACES = """
# 您的短语里本来就有的 {名字}，照原样留着，客服发之前自己改。
# 想让它自动填上，就从这里拿掉，写进下面的 variables 和店铺的 variables。
"""
_ASIDE = """
# 检查整个文件夹时不看的：千牛导出来的包，话要在短语本里改。
exclude: ["*.csv", "*.xml"]
"""
_ASIDE_OF_EXPORT = f"""
# 检查整个文件夹时不看的：千牛导出来的包，话要在短语本里改；参考是 qnphrase 自带的短语，想用哪句就抄到 {OWN} 里。
exclude: ["*.csv", "*.xml", "{REFERENCE}/*"]
"""
_OVERLAYS = """
# 叠在上面的几本只写不一样的话，本来就不全，所以不查场景和触发条件齐不齐。
per-file-ignores:
"""

_NO_REPLIES = "自动回复在千牛里没有文件，要照着手工设置，所以不写进包里。"
_REPLIES_TOO = "您的导出包里有“自动回复”这个分组，所以照样写进包里；千牛里的自动回复还是要照着手工设置。"


def settings_text(wish: Wish, sample: str | None) -> str:
    """Return the text of the configuration; `sample` is the path of the pack that new ones are written like."""
    parts = [_HEAD]
    if wish.braces:
        parts.append(f"{_BRACES}placeholders: {_listed(wish.braces)}\n")
    parts.append(_ASIDE if wish.source is None else _ASIDE_OF_EXPORT)
    if wish.declared:
        parts.append(_VARIABLES + wish.declarations.text(wish.declared))
    parts.append("\n" + "\n".join(_shop(wish, sample)) + "\n")
    ignored = _overlay_ignores(wish) if wish.source is None else {}
    if ignored:
        lines = (f'  "{pattern}": {_listed(rules)}' for pattern, rules in ignored.items())
        parts.append(_OVERLAYS + "\n".join(lines) + "\n")
    return "".join(parts)


def _shop(wish: Wish, sample: str | None) -> Iterator[str]:
    yield "shops:"
    yield f"  {key_text(wish.shop)}:"
    yield "    # 按顺序叠起来：后面的盖住前面编码相同的。"
    yield "    books:"
    if wish.source is None:
        yield from (f"      - {BOOKS}/{book}" for book in wish.layers)
    yield f"      - {OWN}"
    if wish.source is None and wish.seasons:
        yield "      # 大促、过节以前去掉行首的 #，结束以后加回来："
        yield from (f"      # - {BOOKS}/{season}" for season in wish.seasons)
    stand_ins = wish.stand_ins
    if wish.given or stand_ins:
        yield "    variables:"
    yield from _values(wish.given)
    if stand_ins:
        yield "      # 先用了什么时候都说得通的话，请换成您店里的："
        yield from _values(stand_ins)
    yield f"    # {_REPLIES_TOO if _has_replies(wish) else _NO_REPLIES}"
    yield f"    pack: {_pack(wish, sample)}"


def _values(values: Mapping[str, str]) -> Iterator[str]:
    return (f"      {key_text(name)}: {inline(value, Manner())}" for name, value in values.items())


def _pack(wish: Wish, sample: str | None) -> str:
    form = f"like: {sample}" if sample else "format: csv"
    return f"{{{form}}}" if _has_replies(wish) else f"{{{form}, auto-replies: false}}"


def _has_replies(wish: Wish) -> bool:
    """Whether the pack that the user began with holds auto-replies, which new ones go on holding then."""
    return wish.source is not None and bool(wish.source.book.auto_replies)


def _listed(values: Sequence[str]) -> str:
    return "[" + ", ".join(inline(value, Manner(flow=True)) for value in values) + "]"


def _overlay_ignores(wish: Wish) -> dict[str, list[str]]:
    """Return which rules don't look at the overlays here, as the configuration of the shipped books says it."""
    said = read_configuration(shipped.configuration_path(), is_text).values.get("per-file-ignores") or {}
    books = (*wish.layers, *wish.seasons)
    ignored = {
        f"{BOOKS}/{pattern}": rules
        for pattern, rules in said.items()
        if any(fnmatchcase(book, pattern) for book in books)
    }
    own = sorted({rule for rules in said.values() for rule in rules})
    return {**ignored, OWN: own} if own else ignored
