"""The command `qnphrase`, and `python -m qnphrase`."""

import gc
import os
import sys


def main() -> None:
    """Run the command line; answer `--version` before anything is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from qnphrase import __version__

        sys.stdout.write(f"qnphrase {__version__}\n")
        return
    gc.disable()  # what is imported isn't garbage; `run` switches it on again
    from qnphrase.cli.main import run

    code = run(sys.argv[1:])
    if _is_all_written():
        os._exit(code)  # Python would take all objects apart, one by one: a tenth of what a small file takes
    sys.exit(code)


def _is_all_written() -> bool:
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):  # Python says at its end what is to be said of that
        return False
    return True


if __name__ == "__main__":
    main()
