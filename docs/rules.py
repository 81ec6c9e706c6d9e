"""Write docs/rules.md from the manual pages of the rules: `make rules`. A test holds the two to each other."""

from pathlib import Path

from qnphrase.lint.explain import as_markdown

PAGE = Path(__file__).with_name("rules.md")


def main() -> None:
    """Write the page, in Chinese."""
    PAGE.write_bytes(as_markdown().encode())


if __name__ == "__main__":
    main()
