"""The command `qnphrase`, and `python -m qnphrase`."""

import gc
import sys


def main() -> None:
    """Run the command line; answer `--version` before anything is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from qnphrase import __version__

        sys.stdout.write(f"qnphrase {__version__}\n")
        return
    gc.disable()  # what is imported isn't garbage; `run` switches it on again
    from qnphrase.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
