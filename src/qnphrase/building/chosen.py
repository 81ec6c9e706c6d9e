"""Which shops are built, and where to."""

import os
from collections.abc import Sequence

from qnphrase.configuration import did_you_mean
from qnphrase.errors import UsageError
from qnphrase.language import _
from qnphrase.lint.config import load_config
from qnphrase.shops.shop import Shop
from qnphrase.shops.shop import Shops

_LISTED = 10  # shops that are named where one isn't there


def configured_shops(path: str) -> Shops:
    """Return the shops of a configuration. Raises `UsageError` where it names none."""
    shops = load_config(path).shops
    if not shops:
        raise UsageError(
            _("{path} 里没有写 shops，不知道要给哪些店做包").format(path=path),
            hint=_("写法：\nshops:\n  晴天女装:\n    books: [通用.yaml]\n    variables: {店铺名: 晴天女装}"),
        )
    return shops


def chosen_shops(shops: Shops, names: Sequence[str] = ()) -> list[Shop]:
    """Return the shops of these names, all that are built where none is named. Raises `UsageError`."""
    built = [shop for shop in shops.shops.values() if shop.is_built]
    for name in names:
        if name not in shops.shops:
            meant = did_you_mean(name, [shop.name for shop in built])
            known = _("、").join(shop.name for shop in built[:_LISTED]) + ("…" if len(built) > _LISTED else "")
            message = _("没有叫“{shop}”的店{meant}").format(shop=name, meant=meant)
            raise UsageError(message, hint=_("有：{names}").format(names=known))
        if not shops.shops[name].is_built:
            raise UsageError(_("“{shop}”写了 build: false，只给别的店用，不做包").format(shop=name))
    return [shop for shop in built if not names or shop.name in names]


def dist_of(shops: Shops) -> str:
    """Return the folder of all packs."""
    return os.path.join(shops.folder, shops.dist)
