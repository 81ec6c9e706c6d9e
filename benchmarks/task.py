"""One piece of work in a process of its own: `task.py NAME FILE` prints its seconds and its peak memory as JSON.

The file is read and the modules are imported before the clock starts; the collector is as Python leaves it.
"""

import csv
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Task = Callable[[bytes, str], Any]


def _csv_reader(data: bytes, _path: str) -> Any:
    return list(csv.reader(io.StringIO(data.decode("gbk"), newline="")))


def _lxml(data: bytes, _path: str) -> Any:
    from lxml import etree

    return etree.parse(io.BytesIO(data))


def _yaml_load(data: bytes, _path: str) -> Any:
    import yaml

    return yaml.load(data.decode("utf-8"), yaml.CSafeLoader)


def _load(data: bytes, path: str) -> Any:
    from qnphrase import load

    return load(data, format=Path(path).suffix[1:])


def _load_book(data: bytes, path: str) -> Any:
    pack = _load(data, path)
    return pack, pack.book


def _convert(data: bytes, path: str) -> Any:
    from qnphrase import convert

    pack = _load(data, path)
    Path(path).with_suffix(".out").write_bytes(convert(pack).to_bytes())
    return pack


TASKS: dict[str, Task] = {
    "csv.reader": _csv_reader,
    "lxml": _lxml,
    "yaml.CSafeLoader": _yaml_load,
    "load": _load,
    "load+book": _load_book,
    "convert": _convert,
}


def main() -> None:
    """Run one task once."""
    name, path = sys.argv[1:]
    import yaml  # noqa: F401

    import qnphrase.formats.csv.plan
    import qnphrase.formats.xml.pack
    import qnphrase.formats.yaml.pack
    import qnphrase.model  # noqa: F401

    data = Path(path).read_bytes()
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    result = TASKS[name](data, path)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "peak": peak * 1024, "base": base * 1024, "size": len(data)}))
    del result


if __name__ == "__main__":
    main()
