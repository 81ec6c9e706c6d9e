"""Write the tables of words that are shipped: run it when a list or a trigger has changed, and a test says so."""

from pathlib import Path

import qnphrase.lint
from qnphrase.lint import anchors
from qnphrase.lint import lexicon
from qnphrase.lint import triage
from qnphrase.lint.rules import all_rules


def main() -> None:
    """Read all expressions of all rules."""
    for path in lexicon.FOLDER.glob("*.txt"):
        patterns = [claim.pattern for claim in lexicon.lexicon(path.stem).claims]
        anchors.FOLDER.joinpath(f"{path.stem}.json").write_text(anchors.table_of(patterns), encoding="utf-8")
    words = Path(qnphrase.lint.__file__).with_name("words.txt")
    words.write_text(triage.table_of(all_rules()), encoding="utf-8")


if __name__ == "__main__":
    main()
