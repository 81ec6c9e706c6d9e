"""Emoticon codes: misspelt, of another program, escaped, unfit for a customer, or too many of them."""

import re
from collections.abc import Iterator
from functools import cache

from qnphrase.language import _
from qnphrase.lint.diagnostic import Finding
from qnphrase.lint.diagnostic import Fix
from qnphrase.lint.rule import Book
from qnphrase.lint.settings import Settings
from qnphrase.lint.subject import Subject
from qnphrase.text.emoticons import aliases
from qnphrase.text.emoticons import emoticon_pattern
from qnphrase.text.emoticons import emoticons
from qnphrase.text.pattern import lazy_pattern

# WeChat's codes that Wangwang doesn't know, without the `/:`. Those made of letters only, apart from the rest.
_SIGNS = (
    ":) :~ :B :| 8-) :< :$ :X :Z :'( :-| :@ :P :D :O :( :+ --b :Q :T ,@P ,@-D :d ,@o :g |-) :! :L :> :,@ ,@f :-S ,@x "
    ",@@ :8 ,@! &-( B-) <@ @> :-O >-| :'| X-) :* 8* <W> <L> <O> #-0 <& &> oY P-("
)
_WORDS = (
    "xx wipe dig handclap pd oo coffee eat pig rose fade showlove heart cake kn footb ladybug shit moon sun gift hug "
    "strong weak share jj lvu no ok love jump shake circle kotow turn skip hiphot kiss bye beer break basketb bome bad"
)
_WECHAT_SIGNS, _WECHAT_WORDS = _SIGNS.split(), _WORDS.split()
# Signs of which faces are made; a run of them behind `/:` is meant as a face.
_FACE = r"[\^><|*~'\"=;:`,.&@+\-_()TOoXx0QvVwW]"
# Names of faces in other programs; another word behind `/:` may be the value of a label.
_FACE_WORDS = (
    "smile|laugh|haha|hehe|grin|happy|joy|wink|cry|tear|sad|angry|shy|cool|sweat|cute|sorry|thanks?|hello|hi|flower|"
    "clap|thumb|good|great|yes|win|star|sleep|tired|wow|shock|doubt|blush|party|weixiao|daku|keai|meigui|zaijian|xiexie"
)
_RULERS = frozenset("._-*=~")
# Three digits that no unit and no further digit follows, as far as the text before them isn't a label (身高/:165).
_UNITS = "元块角件天号码斤克千公米厘毫升寸页张个条双次折年月日时点分秒岁人位箱包瓶盒支片套%％℃度平"
_DIGITS = rf"[0-9]{{3}}(?![0-9{_UNITS}.:：\-~])"
_LABEL = lazy_pattern("[价话机高重长宽厚深寸码号量额费数格线销级围腰胸臀径积][ \u3000]?$")


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _not_a_code() -> str:
    """Match `/:` that begins none of the codes; a word that both begin alike counts as WeChat's."""
    codes = _alternatives([code[2:] for code in (*emoticons(), *aliases())])
    long_words = _alternatives([word for word in _WECHAT_WORDS if word[0] == "b"])
    return rf"/:(?:(?!{codes})|(?={long_words}))"


_CODES_IN_LOWER_CASE = {code[2:].lower(): code for code in emoticons()}
_WHOLE = rf"""
    (?: (?P<wechat> {_alternatives(_WECHAT_SIGNS)} | (?:{_alternatives(_WECHAT_WORDS)})(?![A-Za-z0-9]) )
      | (?P<case> (?i:{_alternatives([code for code in _CODES_IN_LOWER_CASE if not code.isdigit()])}) (?![A-Za-z0-9]) )
      | (?P<face> {_FACE}{{2,6}} )
      | (?P<smile> [()](?![()]) )
      | (?P<number> {_DIGITS} )
      | (?P<word> (?:{_FACE_WORDS})(?![A-Za-z0-9]) )
    )
"""
_INVALID = lazy_pattern(rf"{_not_a_code()}{_WHOLE}", re.VERBOSE | re.ASCII)
_WIDE_CODES = _alternatives([code[2:] for code in emoticons() if len(code) > 4])
_WIDE = lazy_pattern(rf"(?:/：|／[:：])(?:{_WIDE_CODES})(?![0-9元.])")
INVALID_TRIGGER = rf"{_not_a_code()}[!-~]|/：(?:{_WIDE_CODES})|／[:：](?:{_WIDE_CODES})"


def emoticon_invalid(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """像旺旺表情、其实不是的代码。

    为什么：旺旺只认 99 个固定代码，差一个字符就不显示表情，买家看到的是一串乱码；微信的 /::) 也不行。
    依据：旺旺表情代码表（99 个，区分大小写）；三个互不相关的公开程序所列一致。
    怎么改：在千牛输入框里重新插一次表情，或者照代码表改，例如微笑是 /:^_^ 。

    PASS: 您好/:^_^在的，马上为您查/:081
    PASS: 营业时间 9:00/18:00，详情看 https://m.tb.cn/h.abc
    PASS: 颜色/:红色，尺码/:均码
    FAIL: 在的亲〔/::)〕
    FAIL: 欢迎光临〔/:^-^〕
    FAIL: 成交啦〔/:(ok)〕
    FAIL: 收到〔/:999〕帮您登记好了
    """
    text = subject.text
    for found in _INVALID.finditer(text):
        if not _is_no_face(text, found):
            yield _invalid(found.start(), found.end(), found[0], found.lastgroup == "wechat")
    for found in _WIDE.finditer(text):
        yield _invalid(found.start(), found.end(), found[0], is_wechat=False)


def _is_no_face(text: str, found: re.Match[str]) -> bool:
    """Whether it is a ruler (`/:----`), a bracket that closes, a number with its label, or an escaped code.

    Of the last, another rule speaks.
    """
    signs = found[0][2:]
    if found.lastgroup == "number":
        return _LABEL.search(text[max(0, found.start() - 2) : found.start()]) is not None
    if found.lastgroup == "smile":
        before = text[max(0, found.start() - 40) : found.start()]
        return before.count("(") > before.count(")") or "(" in signs
    if found.lastgroup == "face" and ((len(set(signs)) == 1 and signs[0] in _RULERS) or signs.isalnum()):
        return True
    escaped = _ESCAPED.match(text, found.start())
    return escaped is not None and _unescaped(escaped) is not None


def _invalid(start: int, end: int, words: str, is_wechat: bool) -> Finding:
    meant = _meant(words[2:])
    if is_wechat:
        message = _("“{words}”是微信的表情代码，旺旺不认，会原样显示。请在千牛里重新插入表情。").format(words=words)
    elif meant:
        message = _("“{words}”不是旺旺表情代码，是不是想写 {code}（{name}）？").format(
            words=words, code=meant, name=emoticons()[meant].name
        )
    else:
        message = _("“{words}”不是旺旺表情代码，会原样显示。请在千牛里重新插入表情。").format(words=words)
    return Finding("QN703", 0, start, end, message)


@cache
def _mistakes() -> dict[str, str]:
    """Codes by what they look like when a sign is wrong or missing; what could be two codes is left out."""
    found: dict[str, set[str]] = {}
    for code in emoticons():
        signs = code[2:]
        wrong = {signs.lower(), signs.replace("_", "-"), signs.replace("_", "."), signs.replace("_", "__")}
        if not signs.isalnum() and len(signs) > 2:
            wrong |= {signs[:at] + signs[at + 1 :] for at in range(len(signs))}
        for spelling in wrong:
            found.setdefault(spelling.lower(), set()).add(code)
    return {spelling: next(iter(codes)) for spelling, codes in found.items() if len(codes) == 1}


def _meant(signs: str) -> str:
    return _mistakes().get(signs.lower(), "")


def _escaped_code(code: str) -> str:
    """Match a code in which at least one sign may be an HTML entity."""
    return "".join(
        f"(?:{_ESCAPES[sign]}|{re.escape(sign)})" if sign in _ESCAPES else re.escape(sign) for sign in code[2:]
    )


_ESCAPES = {'"': "&quot;|&#0?34;", "'": "&apos;|&#0?39;|&#x27;", "<": "&lt;", ">": "&gt;", "&": "&amp;"}
_ESCAPED_CODES = [code for code in emoticons() if not _ESCAPES.keys().isdisjoint(code)]
_ENTITIES = {"&gt;": ">", "&lt;": "<", "&amp;": "&", "&quot;": '"', "&apos;": "'", "&#34;": '"', "&#39;": "'"}
_ENTITIES |= {"&#034;": '"', "&#039;": "'", "&#x27;": "'"}
_ENTITY = lazy_pattern("&[a-z#0-9]{2,5};")
_ANY_ENTITY = "|".join(_ENTITIES)
# Behind the codes as they should be: signs with an entity among them, which may be meant as one.
_ESCAPED = lazy_pattern(
    f"/:(?:{'|'.join(map(_escaped_code, sorted(_ESCAPED_CODES, key=len, reverse=True)))})|"
    f"/:{_FACE}{{0,3}}(?:{_ANY_ENTITY})(?:{_ANY_ENTITY}|{_FACE}){{0,5}}"
)
_SIGN = lazy_pattern(f"{_ANY_ENTITY}|.")


def _unescaped(found: re.Match[str]) -> tuple[int, str] | None:
    """Return where what was escaped ends, and the code that it is or is likely to be; None where it is none."""
    plain = _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], found[0])
    if plain in emoticons():
        return found.end(), plain
    signs = _SIGN.findall(found[0])
    for count in range(len(signs), 2, -1):
        written = "".join(signs[:count])
        plain = _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], written)
        if plain != written and (code := _meant(plain[2:])):
            return found.start() + len(written), code
    return None


ESCAPED_TRIGGER = r"/:[^&\n]{0,3}&(?:[gl]t|amp|quot|apos|#)"


def emoticon_escaped(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """被转义过的旺旺表情代码。

    为什么：短语在网页或 XML 里转过一手，< > & 和引号变成了 &lt; &gt; &amp; &quot;，旺旺认不出来，买家看到的是字母。
    依据：公开程序里能看到十种这样的写法，都对应七个含这些符号的代码。
    怎么改：换回原来的代码；可以自动修。

    PASS: 好委屈/:>_<
    PASS: 尺寸 &lt; 30cm 的可以放下
    PASS: 送您一份礼物/:(&)
    FAIL: 好委屈〔/:&gt;_&lt;〕
    FAIL: 送您礼物〔/:(&amp;)〕
    FAIL: 没办法〔/:&apos;&quot;&quot;〕
    FAIL: 生意兴隆〔/:*&amp;〕，恭喜发财
    """
    for found in _ESCAPED.finditer(subject.text):
        if "&" not in found[0] or found[0] in emoticons() or (meant := _unescaped(found)) is None:
            continue
        start, (end, code) = found.start(), meant
        written = subject.text[start:end]
        message = _("“{words}”被转义过，旺旺显示不出表情，应为 {code}。").format(words=written, code=code)
        # Where a sign is missing besides (/:*&amp;), the code is a guess.
        is_whole = _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], written) == code
        yield Finding("QN704", 0, start, end, message, fix=Fix(start, end, code, is_whole))


_UNFIT_SIGNS = ("015", "043", "P", "808", ">W<", "067", "036", "039", "048", "083", "817", "076", "028", "045")
_UNFIT = frozenset(f"/:{signs}" for signs in _UNFIT_SIGNS)
UNFIT_TRIGGER = "/:(?:" + "|".join(re.escape(code[2:]) for code in sorted(_UNFIT)) + "|&gt;W)"


def emoticon_unfit(subject: Subject, _settings: Settings) -> Iterator[Finding]:
    """不适合发给买家的表情。

    为什么：有些表情官方名字就是“鄙视你”“欠扁”“闭嘴”“炸弹”，一不小心就成了骂人，买家截图投诉没法解释。
    依据：旺旺表情的官方名字。
    怎么改：换成微笑 /:^_^ 、安慰 /:086 、玫瑰 /:-F 这类不会误会的表情，或者不用表情。

    PASS: 感谢您的耐心等待/:^_^
    PASS: 很抱歉给您添麻烦了/:819
    PASS: 飞机/:plane 已经起飞
    FAIL: 亲，这个没货了〔/:P〕
    FAIL: 不要再问了哦〔/:067〕
    FAIL: 这样可不行〔/:808〕〔/:>W<〕
    """
    for found in emoticon_pattern(with_aliases=True).finditer(subject.text):
        code = aliases().get(found[0], found[0])
        if code in _UNFIT:
            message = _("表情 {code} 的名字是“{name}”，不适合发给买家，请换一个。").format(
                code=code, name=emoticons()[code].name
            )
            yield Finding("QN705", 0, *found.span(), message)


def emoticon_overuse(book: Book) -> Iterator[Finding]:
    """一条短语里表情太多。

    为什么：表情是点缀，一句话跟着五六个，重点反而看不见，投诉场景里还显得敷衍。
    依据：教材提倡适当使用旺旺表情体现亲切；个数上限是本工具的参考值，可用设置 max_emoticons 改。
    怎么改：留一两个最贴切的。

    PASS: hy,您好亲/:^_^欢迎光临/:-F,售前
    PASS: hy,谢谢/:Y/:Y/:Y,售前
    PASS: hy,在的/:^_^亲/:087请问/:809有什么可以帮您/:-F,售前
    FAIL: hy,谢谢亲/:^_^/:^_^/:^_^/:^_^〔/:^_^〕,售前
    FAIL: hy,么么哒/:087/:087/:087/:087〔/:087/:087〕,售前
    FAIL: hy,/:-F欢迎/:-F光临/:-F本店/:-F祝您〔/:-F购物愉快/:-F〕,售前
    """
    most = book.settings.max_emoticons
    pattern = emoticon_pattern(with_aliases=True)
    for index, subject in enumerate(book.subjects):
        if subject.text.count("/:") <= most:
            continue
        found = [match.span() for match in pattern.finditer(subject.text)]
        if len(found) > most:
            message = _("这条短语有 {count} 个表情，建议不超过 {most} 个。").format(count=len(found), most=most)
            yield Finding("QN712", index, found[most][0], found[-1][1], message)
