"""What the command line prints: text for people, bytes for machines, both safe in a GBK pipe."""

import codecs
import json
import sys
from typing import Any
from typing import TextIO


def prepare_streams() -> None:
    """Make the standard streams print any text: what their encoding can't carry is shown by its number."""
    codecs.register_error("qnphrase-visible", _as_number)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="qnphrase-visible")


def _as_number(error: UnicodeError) -> tuple[str, int]:
    """Show a character by its number, as `<U+1F600>`; an undecodable byte by its value, as `<81>`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    shown = "".join(
        f"<{ord(character) - 0xDC00:02X}>" if "\udc80" <= character <= "\udcff" else f"<U+{ord(character):04X}>"
        for character in error.object[error.start : error.end]
    )
    return shown, error.end


class ReaderGoneError(Exception):
    """Nobody reads standard output any more, as behind `| head`. No `OSError`: typer would end with a failure."""


def say(text: str = "", *, file: TextIO | None = None) -> None:
    """Print a line for people on standard output."""
    try:
        print(text, file=file or sys.stdout)
    except BrokenPipeError:
        raise ReaderGoneError from None


def ask(question: str) -> str:
    """Print a question and return the line that answers it, with its end; empty where the input has ended."""
    try:
        sys.stdout.write(f"{question} ")
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None
    return sys.stdin.readline()


def tell(text: str) -> None:
    """Print a line for people on standard error: what goes on, what was left out, what went wrong."""
    say(text, file=sys.stderr)


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output, untouched."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None


def flush() -> None:
    """Write out what is still buffered."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None


def write_json(value: Any) -> None:
    """Write JSON for machines: UTF-8 whatever the terminal is, Chinese as it is, a line end at the end."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    write_bytes(text.encode("utf-8", "surrogateescape") + b"\n")
