"""How Qianniu takes a pack in. Nobody outside of Qianniu knows for sure, so it is a profile with a name.

Known is what its import dialog says: with the box 清空当前正在使用的快捷短语列表 ticked the list is replaced, without
it the pack is added. Whether a phrase that is there already is added once more, and where the new ones are put, is not
public. Whoever has tried it on their own Qianniu can say so with a `Profile` of their own.
"""

from dataclasses import dataclass

from qnphrase.errors import UsageError
from qnphrase.language import _

DEFAULT_PROFILE = "qianniu-unverified"


@dataclass(frozen=True)
class Profile:
    """What is taken for granted of an import. Phrases are put at the end of their group, new groups at the end.

    `skips_identical`: a phrase whose group, code and text are there already is not taken in once more.
    """

    name: str
    skips_identical: bool = False
    is_verified: bool = False

    @property
    def rules(self) -> tuple[str, ...]:
        """What is taken for granted, in words."""
        twice = _("一模一样的短语跳过不导") if self.skips_identical else _("一模一样的短语也照样导入，不去重")
        return twice, _("新来的排在各分组的最后，新分组排在所有分组的最后")


PROFILES = {
    profile.name: profile for profile in (Profile(DEFAULT_PROFILE), Profile("skip-identical", skips_identical=True))
}


def profile_named(name: str) -> Profile:
    """Return a profile that comes with qnphrase. Raises `UsageError`."""
    if name not in PROFILES:
        raise UsageError(
            _("没有叫“{name}”的导入方式").format(name=name),
            hint=_("可以用：{names}").format(names=_("、").join(PROFILES)),
        )
    return PROFILES[name]
