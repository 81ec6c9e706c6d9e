"""The names under which packs keep things; no vendor's XML is publicly documented, so all of these are experience.

The first name of a table wins where a record has several. Names are compared without namespace prefix, case, `_`, `-`
and `.`.
"""

import re

TEXT = (
    *("content", "text", "phrase", "message", "body", "value", "words", "word", "msg", "reply", "answer", "sentence"),
    *("phrasecontent", "phrasetext", "quickphrase", "quickreply", "contenttext", "replycontent", "messagecontent"),
    *(
        "快捷短语内容",
        "短语内容",
        "话术内容",
        "快捷短语",
        "快捷内容",
        "短语",
        "内容",
        "话术",
        "正文",
        "文本",
        "回复内容",
    ),
    *("快捷回复", "常用语"),
)
CODE = (
    *("code", "shortcode", "shortcut", "quickcode", "phrasecode", "shortkey", "hotkey", "key", "abbr", "keyword"),
    *("快捷短语编码", "快捷编码", "短语编码", "编码", "快捷码", "快捷键", "快捷词", "代码"),
)
GROUP = (
    *("group", "groupname", "phrasegroup", "category", "categoryname", "folder", "foldername", "classname"),
    *("快捷短语分组", "短语分组", "分组", "分组名称", "分组名", "分类", "分类名称", "话术分类", "类别", "文件夹"),
)
GROUP_ID = ("groupid", "gid", "categoryid", "folderid", "分组id", "分组编号")
GROUP_NAME = (
    *("name", "groupname", "title", "label", "caption", "categoryname", "text"),
    *("名称", "分组名称", "分组名", "组名", "标题", "分类名称", "分类名", "名字"),
)
GROUP_ELEMENT = (*GROUP, "quickphrasegroup", "phrasecategory", "组", "class", "dir", "directory")
RECORD_ELEMENT = (
    *("phrase", "quickphrase", "item", "record", "row", "entry", "reply", "quickreply", "data", "node"),
    *("短语", "快捷短语", "快捷回复", "记录", "条目", "行", "话术"),
)
LIST_ELEMENT = (
    *(
        "phrases",
        "quickphrases",
        "items",
        "records",
        "rows",
        "entries",
        "replies",
        "quickreplies",
        "list",
        "phraselist",
    ),
    *("itemlist", "data", "contents", "texts", "messages", "groups", "categories", "folders"),
    *("短语列表", "快捷短语列表", "列表", "短语集", "分组列表"),
)

_PREFIX = re.compile(r"^.*:")
_SEPARATORS = str.maketrans("", "", "_-.")


def plain(name: str) -> str:
    """Return `name` as it stands in the tables."""
    return _PREFIX.sub("", name).casefold().translate(_SEPARATORS)


def rank(name: str, table: tuple[str, ...]) -> int | None:
    """Return the place of `name` in `table`, or `None`."""
    known = plain(name)
    return table.index(known) if known in table else None


def is_markup(attribute: str) -> bool:
    """Whether an attribute belongs to XML itself and holds nothing of a phrase: `xmlns…`, `xml:space`."""
    return attribute.startswith(("xmlns:", "xml:")) or attribute == "xmlns"
