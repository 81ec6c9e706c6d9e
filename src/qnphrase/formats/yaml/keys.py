"""The keys of a phrasebook in YAML: the one table that the reader, the writer and the JSON Schema share.

Titles and descriptions are functions, because the language is chosen after this module is imported.
"""

from collections.abc import Callable
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from qnphrase.language import _

VERSION = "1"
LEAST_THRESHOLD = 1
# As in the model, which can't be imported here: it needs pydantic.
MAX_THRESHOLD = 9999
MAX_COOLDOWN = 43_200
TRIGGERS = ("first_message", "busy", "away", "contacts_over")
OVER = "contacts_over"

Words = Callable[[], str]


class Kind(Enum):
    """What stands behind a key."""

    TEXT = "text"
    TEXTS = "texts"
    EXTRA = "extra"
    VERSION = "version"
    TRIGGER = "trigger"
    THRESHOLD = "threshold"
    SWITCH = "switch"
    DAY = "day"
    WEEKDAYS = "weekdays"
    HOURS = "hours"
    DATES = "dates"
    MINUTES = "minutes"
    PHRASES = "phrases"
    GROUPS = "groups"
    REPLIES = "replies"


LISTS = frozenset((Kind.TEXTS, Kind.PHRASES, Kind.GROUPS, Kind.REPLIES))


class Key(NamedTuple):
    """One known key. `also` are other words that people write for it, only for a better hint."""

    name: str
    kind: Kind
    title: Words
    description: Words
    also: tuple[str, ...] = ()


class Shape(NamedTuple):
    """One kind of mapping: what it is called, its keys in the order in which they are written, and those it needs."""

    title: Words
    keys: Mapping[str, Key]
    required: tuple[str, ...] = ()

    def rank(self, name: str) -> int:
        """Where `name` stands among the keys."""
        return list(self.keys).index(name)


def _keys(*keys: Key) -> dict[str, Key]:
    return {key.name: key for key in keys}


_SWITCH_WORDS = ("启用", "开关", "是否启用", "enable", "disabled", "on")
_EXTRA = Key(
    "extra",
    Kind.EXTRA,
    lambda: _("附加列"),
    lambda: _("导出包里的其他列：列名在冒号前，值在冒号后。没有值的列不要写。"),
    ("附加", "附加列", "其他", "扩展"),
)

PHRASE = Shape(
    lambda: _("短语"),
    _keys(
        Key(
            "code",
            Kind.TEXT,
            lambda: _("快捷编码"),
            lambda: _("客服输入的编码。纯数字的编码（如 001）请加引号，免得别的程序当成数字。"),
            ("编码", "快捷编码", "快捷短语编码", "代码", "id", "key", "shortcut"),
        ),
        Key(
            "text",
            Kind.TEXT,
            lambda: _("短语内容"),
            lambda: _("买家收到的文字，可以带旺旺表情代码。有特殊符号时请加引号，多行时用 |-。"),
            ("内容", "短语", "快捷短语", "话术", "文字", "短语内容", "content", "message", "body", "phrase"),
        ),
        Key(
            "replace",
            Kind.TEXT,
            lambda: _("替换的短语"),
            lambda: _("叠加时替换下面短语本里的哪一条：编码（如 hy1）、分组/编码，或者没有编码的那条短语的全文。"),
            ("替换", "覆盖", "代替", "取代", "替换的短语", "replaces", "override", "overrides"),
        ),
        Key(
            "scenario",
            Kind.TEXT,
            lambda: _("场景"),
            lambda: _("场景编号，例如 greet.first。"),
            ("场景", "scene"),
        ),
        Key(
            "tags",
            Kind.TEXTS,
            lambda: _("标签"),
            lambda: _("标签列表，例如 [欢迎, 大促]。"),
            ("标签", "label", "labels"),
        ),
        Key(
            "note",
            Kind.TEXT,
            lambda: _("备注"),
            lambda: _("只给同事看的备注，不会导出到千牛。"),
            ("备注", "说明", "注释", "remark", "comment", "memo"),
        ),
        Key(
            "until",
            Kind.DAY,
            lambda: _("有效期至"),
            lambda: _("最后一天可以使用的日期，写成 2026-12-31。"),
            ("有效期", "有效期至", "截止", "截止日期", "到期", "expires", "end"),
        ),
        Key(
            "enabled",
            Kind.SWITCH,
            lambda: _("是否启用"),
            lambda: _("写 false 表示停用，停用的短语不会导出。不写就是启用。"),
            _SWITCH_WORDS,
        ),
        _EXTRA,
    ),
)

GROUP = Shape(
    lambda: _("分组"),
    _keys(
        Key(
            "name",
            Kind.TEXT,
            lambda: _("分组名"),
            lambda: _("客服在千牛里看到的分组名，不能重复。"),
            ("名称", "名字", "分组", "分组名", "分组名称", "group", "title"),
        ),
        Key(
            "phrases",
            Kind.PHRASES,
            lambda: _("短语列表"),
            lambda: _("这个分组里的短语，按客服看到的顺序。"),
            ("短语", "快捷短语", "短语列表", "话术", "items", "list"),
        ),
    ),
    ("name",),
)

REPLY = Shape(
    lambda: _("自动回复"),
    _keys(
        Key(
            "when",
            Kind.TRIGGER,
            lambda: _("什么时候发"),
            lambda: _(
                "first_message：当天第一次收到买家消息；busy：状态为忙碌；away：状态为离开；"
                "contacts_over：正在联系的人数超过 threshold。"
            ),
            ("触发", "触发条件", "条件", "时机", "什么时候", "trigger", "on"),
        ),
        Key(
            "threshold",
            Kind.THRESHOLD,
            lambda: _("人数"),
            lambda: _("只用于 contacts_over：正在联系的人数超过它时才发。"),
            ("人数", "上限", "超过", "limit", "count"),
        ),
        Key(
            "enabled",
            Kind.SWITCH,
            lambda: _("是否启用"),
            lambda: _("写 false 表示没有勾选。不写就是启用。"),
            _SWITCH_WORDS,
        ),
        Key(
            "text",
            Kind.TEXT,
            lambda: _("回复内容"),
            lambda: _("买家收到的文字。写了 text 就不要再写 phrase。"),
            ("内容", "回复", "回复内容", "文字", "content", "message", "body"),
        ),
        Key(
            "phrase",
            Kind.TEXT,
            lambda: _("引用的短语"),
            lambda: _("不另写内容，用这个编码的短语来回复。"),
            ("短语", "引用", "编码", "code"),
        ),
        Key(
            "days",
            Kind.WEEKDAYS,
            lambda: _("星期几"),
            lambda: _("只在这几天发，例如 mon-fri 或者 周六，周日。不写就是每天。"),
            ("星期", "星期几", "weekdays", "weekday", "day"),
        ),
        Key(
            "hours",
            Kind.HOURS,
            lambda: _("时间段"),
            lambda: _("只在这些时间发，例如 09:00-18:00；过夜写成 22:00-08:00。不写就是全天。"),
            ("时间", "时间段", "时段", "time", "hour"),
        ),
        Key(
            "dates",
            Kind.DATES,
            lambda: _("日期"),
            lambda: _("只在这些日子发，例如 2026-10-01..2026-10-08。不写就是一直。"),
            ("日期", "节假日", "date", "holidays"),
        ),
        Key(
            "except_dates",
            Kind.DATES,
            lambda: _("除外的日期"),
            lambda: _("这些日子不发，例如 2026-11-11。"),
            ("除外", "除了", "不发的日期", "except", "not_dates"),
        ),
        Key(
            "cooldown",
            Kind.MINUTES,
            lambda: _("间隔"),
            lambda: _("同一位买家隔多少分钟才再发一次。不写就不限。"),
            ("间隔", "冷却", "interval", "cool_down", "minutes"),
        ),
        _EXTRA,
    ),
    ("when",),
)

BOOK = Shape(
    lambda: _("千牛短语本"),
    _keys(
        Key(
            "version",
            Kind.VERSION,
            lambda: _("版本"),
            lambda: _("短语本格式的版本，现在只有 1。"),
            ("版本", "版本号"),
        ),
        Key("shop", Kind.TEXT, lambda: _("店铺"), lambda: _("店铺名。"), ("店铺", "店铺名", "店名", "store")),
        Key(
            "signature",
            Kind.TEXT,
            lambda: _("个性签名"),
            lambda: _("客服的个性签名。"),
            ("签名", "个性签名", "sign"),
        ),
        Key(
            "remove",
            Kind.TEXTS,
            lambda: _("叠加时去掉的内容"),
            lambda: _(
                "叠加时去掉下面短语本里的什么：编码（如 zp3）、分组/编码、分组/*（整组）、自动回复/离开，"
                "或者没有编码的那条短语的全文。"
            ),
            ("去掉", "删除", "删掉", "移除", "不要", "removes", "removed", "delete", "exclude"),
        ),
        Key(
            "groups",
            Kind.GROUPS,
            lambda: _("分组列表"),
            lambda: _("短语分组，按客服看到的顺序。"),
            ("分组", "分组列表", "短语分组", "快捷短语分组"),
        ),
        Key(
            "phrases",
            Kind.PHRASES,
            lambda: _("未分组的短语"),
            lambda: _("不属于任何分组的短语。"),
            ("短语", "快捷短语", "未分组"),
        ),
        Key(
            "auto_replies",
            Kind.REPLIES,
            lambda: _("自动回复列表"),
            lambda: _("自动回复，按设置的顺序。"),
            ("自动回复", "自动回复列表", "回复", "replies", "auto_reply", "autoreplies"),
        ),
    ),
    ("version",),
)

ITEMS = {Kind.PHRASES: PHRASE, Kind.GROUPS: GROUP, Kind.REPLIES: REPLY}
