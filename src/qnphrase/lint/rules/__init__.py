"""The rules. One module a family, each with its table `RULES`; this is where they are put together."""

from functools import cache
from importlib import import_module

from qnphrase.lint.rule import Rule

# In the order of their codes.
FAMILIES = (
    "advertising",
    "off_platform",
    "reviews",
    "promises",
    "tone",
    "personal_data",
    "hygiene",
    "codes",
    "copywriting",
    "scenarios",
    "auto_replies",
    "scalars",
)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return all rules by code."""
    rules = [rule for family in FAMILIES for rule in import_module(f"{__name__}.{family}").RULES]
    return tuple(sorted(rules, key=lambda rule: rule.code))


def rule_named(code: str) -> Rule | None:
    """Return the rule with a code (`QN201`) or name (`off-platform-contact`)."""
    wanted = code.strip()
    return next((rule for rule in all_rules() if wanted.upper() == rule.code or wanted.lower() == rule.name), None)
