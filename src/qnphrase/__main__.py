"""The command `qnphrase`, and `python -m qnphrase`."""

import sys


def main() -> None:
    """Run the command line; answer `--version` before anything is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from qnphrase import __version__

        sys.stdout.write(f"qnphrase {__version__}\n")
        return
    from qnphrase.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
