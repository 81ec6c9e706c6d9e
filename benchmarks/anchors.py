"""Write the table of anchors that is shipped: run it when a list of claims has changed, and a test says so."""

from pathlib import Path

import qnphrase.lint
from qnphrase.lint.anchors import table_of
from qnphrase.lint.rules import all_rules


def main() -> None:
    """Read all expressions of all rules."""
    patterns = [claim.pattern for rule in all_rules() if rule.claims for claim in rule.claims().claims]
    Path(qnphrase.lint.__file__).with_name("anchors.json").write_text(table_of(patterns), encoding="utf-8")


if __name__ == "__main__":
    main()
