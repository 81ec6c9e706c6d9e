"""The rules as users name them: a word that means none is refused, for it would do nothing, and nobody would notice."""

from qnphrase.language import _
from qnphrase.lint.options import matches
from qnphrase.lint.rules import all_rules
from qnphrase.lint.rules import rule_named
from qnphrase.lint.unruled import CHOSEN


def refusal(word: str, *, also: str = "") -> str:
    """Return what to say of a word that means no rule at all: no code, no beginning of one, no name, not `ALL`.

    Empty for one that does, and for what is found beside the rules but may be chosen and ignored as they are: failed
    tests of auto-replies, what is wrong with shops. `also` is a code that is none of a rule, and may be named as well.
    """
    meant = [(rule.code, rule.name) for rule in (*all_rules(), *CHOSEN)]
    meant += [(also, "")] if also else []
    return "" if word and any(matches(word, *one) for one in meant) else _unknown(word)


def refusal_of_code(word: str) -> str:
    """Return what to say of a word that isn't the code or the name of one rule; empty for one that is."""
    if rule_named(word) is not None:
        return ""
    if refusal(word):
        return _unknown(word)
    return _("这里要写完整的规则编号，不能写 {code}").format(code=word)


def _unknown(word: str) -> str:
    message = _("没有这条规则：{code}").format(code=word or _("（空）"))
    near = _near(word)
    return "。".join((message, _("是不是想写 {name}？").format(name=near))) if near else message


def _near(word: str) -> str:
    from difflib import get_close_matches

    code = word.upper() if word[:2].upper() == "QN" else f"QN{word}"
    codes = [rule.code for rule in all_rules()]
    swapped = [other for other in codes if sorted(other) == sorted(code)]
    mistyped = [other for other in codes if other[:3] == code[:3] and _differences(other, code) == 1]
    names = get_close_matches(word.lower(), [rule.name for rule in all_rules()], 1)
    return next(iter([code] if code in codes else swapped or mistyped or names), "")


def _differences(one: str, other: str) -> int:
    return sum(map(str.__ne__, one, other)) + abs(len(one) - len(other))
