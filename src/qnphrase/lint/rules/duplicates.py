"""Phrases that say the same as another, or nearly the same."""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from functools import lru_cache

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.near import LEAST
from qnphrase.lint.near import near_pairs
from qnphrase.lint.rule import Book
from qnphrase.lint.rules.places import place_of
from qnphrase.text.emoticons import emoticon_pattern
from qnphrase.text.pattern import lazy_pattern


def duplicate_text(book: Book) -> Iterator[Finding]:
    r"""同一句话存了两遍。

    为什么：改了一处、忘了另一处，不同客服对买家的说法就不一样；列表越长也越难找。
    依据：合并短语包的经验：一千多条重复里，多数只差空格和换行。
    怎么改：留一条，另一条删掉；确实要两个编码，就写明用途再豁免。空格和换行不同也算重复。

    PASS: hy,您好亲，欢迎光临,售前\nzt,亲，您还在吗,售前
    PASS: m1,160到165建议M码,尺码\nl1,165到170建议L码,尺码
    PASS: a,,售前\nb,,售后
    FAIL: hy,您好亲，欢迎光临,售前\nhy2,〔您好亲，欢迎光临〕,售后
    FAIL: fh,48小时内发货,售中\nfh2,〔48小时内发货 〕,售中
    FAIL: a,在的亲,售前\nb,〔在的亲〕,售前\nc,〔在的亲〕,售后
    """
    first: dict[str, int] = {}
    for (index, subject), key in zip(book.phrases, book.as_read, strict=True):
        if not key:
            continue
        earlier = first.setdefault(key, index)
        if earlier != index:
            place = place_of(book, earlier, index)
            if book.subjects[earlier].text == subject.text:
                message = _("内容和{place}一模一样，留一条就够了。").format(place=place)
            else:
                message = _("内容和{place}只差空格或换行，留一条就够了。").format(place=place)
            yield Finding("QN707", index, 0, len(subject.text), message)


def near_duplicate(book: Book) -> Iterator[Finding]:
    r"""两条短语说的几乎是同一句话。

    为什么：多半是同一句话改过几个字后两个版本都留了下来，买家问两次会听到两种说法。
    依据：去掉标点、空格和表情后，相同的字达到设置 near_duplicate 的比例（默认九成）。数字、尺码、颜色、快递、
    “不/没”有差别的是两回事，不算。
    怎么改：挑更好的一条留下；两条都要，就让差别明显些。

    PASS: a,身高160体重100斤建议M码哦亲,尺码\nb,身高165体重110斤建议L码哦亲,尺码
    PASS: a,亲，这款可以机洗的，请放心,洗涤\nb,亲，这款不可以机洗的，请放心,洗涤
    PASS: a,亲，您的包裹由顺丰快递发出，请留意查收,物流\nb,亲，您的包裹由中通快递发出，请留意查收,物流
    FAIL: a,您好亲，欢迎光临本店，有什么可以帮您的吗,售前\nb,〔您好亲，欢迎光临本店，有什么可以帮到您的吗〕,售前
    FAIL: a,抱歉让您久等了，马上为您核实,售后\nb,〔抱歉，让您久等了！马上为您核实~/:^_^〕,售后
    FAIL: a,亲，付款后48小时内发货，请您耐心等待,售中\nb,〔亲，付款后48小时内发货的，请您耐心等待哦〕,售后
    """
    rows = _distinct(book) if len(book.phrases) > 1 else []
    texts = [book.subjects[index].text for index in rows]
    said = _without_emoticons(texts)
    letters = _letters(said)
    first: dict[str, int] = {}
    for number, own in enumerate(letters):
        earlier = first.setdefault(own, number)
        if earlier != number and len(own) >= LEAST and _facts(texts[earlier]) == _facts(texts[number]):
            message = _("内容和{place}只差标点、空格或表情，建议留一条。")
            yield _near(book, rows[number], rows[earlier], message)
    numbers = list(first.values())

    def alike(later: int, earlier: int) -> bool:
        return _facts(texts[numbers[later]]) == _facts(texts[numbers[earlier]])

    kinds = _kinds([said[number] for number in numbers])
    del said  # of a huge book a copy too many
    for later, earlier in near_pairs(list(first), book.settings.near_duplicate, alike, kinds):
        message = _("内容和{place}几乎一样，建议留一条，或让差别明显些。")
        yield _near(book, rows[numbers[later]], rows[numbers[earlier]], message)


def _kinds(said: Sequence[str]) -> list[str]:
    """Return the long numbers and the Latin words of each text, sorted: where they differ, the facts do.

    A number of one digit may be written out in the other text, where the facts are the same.
    """
    telling = " ".join(_TELLING.findall("\0".join(said))).split("\0") if said else []
    return [" ".join(sorted(words.split())) for words in telling]


def _near(book: Book, index: int, earlier: int, message: str) -> Finding:
    place = place_of(book, earlier, index)
    return Finding("QN708", index, 0, len(book.subjects[index].text), message.format(place=place))


def _distinct(book: Book) -> list[int]:
    """Return the phrases that repeat no earlier one."""
    first: dict[str, int] = {}
    for (index, _subject), key in zip(book.phrases, book.as_read, strict=True):
        first.setdefault(key, index)
    return list(first.values())


def _without_emoticons(texts: Sequence[str]) -> list[str]:
    """Return each text in lower case; all in one go, which is what makes it fast, as in the functions below."""
    joined = "\0".join(texts)
    if joined.count("\0") >= len(texts) > 0:
        joined = "\0".join(text.replace("\0", "") for text in texts)
    if "/:" in joined:
        joined = emoticon_pattern(with_aliases=True).sub("", joined)
    return joined.lower().split("\0") if texts else []


def _letters(said: Sequence[str]) -> list[str]:
    """Return letters and digits of each text."""
    return "".join(re.findall("[\u4e00-\u9fff\\w\0]+", "\0".join(said))).split("\0") if said else []


# What makes two sentences of one pattern two different answers.
_ASKED = lazy_pattern(r"(.)不\1|不(?:好意思|客气|用谢|错|要紧|着急|妨|仅|但|过|断)|没(?:关系|问题|事)")
_FACT = lazy_pattern(
    r"[0-9]+(?:[.:][0-9]+)*|[a-z]+|[零一二两三四五六七八九十百千半]+(?=[天日月年周个小时分钟元块折件次倍斤米级])|[不没无未勿非]|"
    "顺丰|[中圆申]通|韵达|极兔|邮政|京东|德邦|百世|丹鸟|菜鸟|[红橙黄绿青蓝紫黑白灰粉棕金银杏驼](?=[色款])|[男女](?=[款士生装鞋])|"
    "[长短](?=[袖款裤裙])|[春夏秋冬](?=[季天款装])|[上下](?=[午衣装])|周[一二三四五六日末]|[大小加]码|偏[大小]|"
    "退货|换货|退款|补发|仅退款|好评|中评|差评|收货|付款|拍下|签收|拒收"
)
_TELLING = lazy_pattern(r"[0-9a-z\0](?:(?<=\0)|(?<=[0-9])[0-9]+|(?<=[a-z])[a-z]*)")
_NUMERALS = str.maketrans("零一二两三四五六七八九", "0122345" + "6789")


@lru_cache(maxsize=4_096)
def _facts(text: str) -> tuple[str, ...]:
    """Return numbers, sizes, colours, couriers, negations and the like, in no order."""
    plain = _ASKED.sub("", emoticon_pattern(with_aliases=True).sub("", text).lower())
    return tuple(sorted(fact.translate(_NUMERALS) for fact in _FACT.findall(plain)))
