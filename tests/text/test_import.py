from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import qnphrase.text

IMPORT_ALONE = """
import sys
import qnphrase
before = set(sys.modules)
import qnphrase.text
new = set(sys.modules) - before
from qnphrase.text import aliases, emoticon_pattern, emoticons
assert not new & {"csv", "importlib.resources", "pathlib"}, new
assert [table.cache_info().currsize for table in (aliases, emoticon_pattern, emoticons)] == [0, 0, 0]
"""


def test_importing_reads_no_data():
    root = str(Path(qnphrase.text.__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    done = subprocess.run([sys.executable, "-c", IMPORT_ALONE], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_exported_name_exists_and_is_listed_in_order():
    assert qnphrase.text.__all__ == sorted(qnphrase.text.__all__)
    assert all(hasattr(qnphrase.text, name) for name in qnphrase.text.__all__)
