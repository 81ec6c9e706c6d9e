"""What a new user wants: refused here, before anything is made, where it can't be had."""

import datetime
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property

from qnphrase.configuration import did_you_mean
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.pack import Pack
from qnphrase.pack import load
from qnphrase.scaffold import shipped
from qnphrase.scaffold.declarations import Declarations
from qnphrase.scaffold.declarations import names_in
from qnphrase.scaffold.declarations import read_declarations
from qnphrase.shops.variables import Variable

TAOBAO = "淘宝"
NO_TRADE = "无"
SHOP_NAME = "店铺名"
ENGLISH = {
    "clothes": "服饰",
    "food": "食品",
    "electronics": "数码",
    "furniture": "家居",
    "cosmetics": "美妆",
    "none": NO_TRADE,
    "taobao": TAOBAO,
    "douyin": "抖店",
}
# What only the shop knows, said so that each sentence is true until it is known.
STAND_INS = {
    "主营": "这一行",
    "开店年数": "好几",
    "发货地": "店铺仓库",
    "快递公司": "合作快递，以单号为准",
    "包邮条件": "按页面写的条件",
    "优惠说明": "页面上写的那些",
    "退货地址": "退货页面上写的地址",
}
_TITLES = ("官方旗舰店", "旗舰店", "专营店", "专卖店")  # what a shop is called officially, not by its customers
_UNFIT = frozenset('\\/:*?"<>|{}')


@dataclass(frozen=True)
class Wish:
    """A shop, its trade and platform, the pack with its own words, values of variables. Raises `UsageError`."""

    shop: str
    trade: str = NO_TRADE
    platform: str = TAOBAO
    source: Pack | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    today: datetime.date = field(default_factory=datetime.date.today)

    def __post_init__(self) -> None:
        _refuse_name(self.shop)
        _refuse_unknown(self.trade, [NO_TRADE, *shipped.trades()], _("没有“{word}”这个行业，可以写：{known}"))
        _refuse_unknown(self.platform, [TAOBAO, *shipped.platforms()], _("没有“{word}”这个平台，可以写：{known}"))
        self._refuse_values()

    @cached_property
    def declarations(self) -> Declarations:
        """All variables of the books that come with qnphrase."""
        return read_declarations(shipped.configuration_path())

    @cached_property
    def layers(self) -> Sequence[str]:
        """The books that this shop takes, from the lowest."""
        books = [shipped.BASE]
        books += [] if self.trade == NO_TRADE else [f"{shipped.TRADES}/{self.trade}.yaml"]
        return books + ([] if self.platform == TAOBAO else [f"{shipped.PLATFORMS}/{self.platform}.yaml"])

    @cached_property
    def seasons(self) -> Sequence[str]:
        """The books for the time of a sale or a feast that is still to come."""
        return [f"{shipped.SEASONS}/{name}.yaml" for name in shipped.seasons(self.today)]

    @cached_property
    def braces(self) -> Sequence[str]:
        """What stands in braces in the shop's own words: clerks fill it in by hand, so it stays as it is."""
        return list(dict.fromkeys(names_in(self.source.book))) if self.source is not None else []

    @cached_property
    def declared(self) -> Sequence[str]:
        """The variables to be declared: all that the books use."""
        books = [load(shipped.shipped_folder() / book).book for book in (*self.layers, *self.seasons)]
        return [name for name in self.declarations.needed(books) if name not in self.braces]

    @cached_property
    def needed(self) -> Sequence[str]:
        """The variables that the shop's own sentences use from the first day."""
        if self.source is not None:
            return []
        return self.declarations.needed(load(shipped.shipped_folder() / book).book for book in self.layers)

    @property
    def open(self) -> Sequence[Variable]:
        """The variables that only the shop can know, and that it hasn't given."""
        known = {SHOP_NAME, *self.values}
        variables = [self.declarations.variables[name] for name in self.needed]
        return [one for one in variables if one.default is None and one.name not in known]

    @property
    def given(self) -> Mapping[str, str]:
        """The values of the shop, as far as it gave them."""
        if self.source is not None:
            return self.values
        title = next((title for title in _TITLES if self.shop.endswith(title)), "")
        return {SHOP_NAME: self.shop.removesuffix(title) or self.shop, **self.values}

    @property
    def stand_ins(self) -> Mapping[str, str]:
        """What stands in for the values that it didn't give. Raises `UsageError` where nothing can."""
        missing = [one for one in self.open if one.name not in STAND_INS or one.refusal(STAND_INS[one.name])]
        if missing:
            names = _("、").join(one.name for one in missing)
            hint = _("请加上 {options}。").format(options=" ".join(f"--set {one.name}=…" for one in missing))
            raise UsageError(_("这几样只有您知道，要写出来：{names}").format(names=names), hint=hint)
        return {one.name: STAND_INS[one.name] for one in self.open}

    def _refuse_values(self) -> None:
        for name in self.values:
            if name not in self.declared:
                known = _("{name}：没有短语用到这个变量{meant}")
                raise UsageError(known.format(name=name, meant=did_you_mean(name, self.declared)))
        for name, value in self.given.items():
            # What holds other variables can be judged only when those are filled in.
            if "{" not in value and (why := self.declarations.variables[name].refusal(value)):
                hint = _("请加上 {options}。").format(options=f"--set {name}=…") if name not in self.values else ""
                raise UsageError(_("变量 {name}：{why}").format(name=name, why=why), hint=hint)


def _refuse_name(shop: str) -> None:
    if not shop.strip() or shop != shop.strip():
        raise UsageError(_("店名不能空着，前后也不能有空格"))
    unfit = [character for character in shop if character in _UNFIT or not character.isprintable()]
    if unfit or shop.endswith("."):
        shown = " ".join(dict.fromkeys(unfit or ["."]))
        message = _("店名里不能有 {characters}：做好的包要用它当文件名")
        raise UsageError(message.format(characters=shown))


def _refuse_unknown(word: str, known: Sequence[str], message: str) -> None:
    if word not in known:
        raise UsageError(message.format(word=word, known=_("、").join(known)))
