"""Quick phrases and auto-replies of Qianniu: read, hold and write packs and phrasebooks without losing a byte.

    from qnphrase import load, save

    pack = load("导出.csv")            # or .xml, .yaml, or bytes
    print(pack.book.groups[0].phrases[0].text)
    edited = pack.with_book(...)       # plans and verifies the edits
    save(edited, "导出.csv")           # atomically

Names are loaded when they are first used, so that a command line starts quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING
from typing import Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from qnphrase.building.plan import BuildPlan
    from qnphrase.building.plan import plan_shops
    from qnphrase.building.writing import build_shops
    from qnphrase.errors import FileError
    from qnphrase.errors import PackSyntaxError
    from qnphrase.errors import QnphraseError
    from qnphrase.errors import UnreadableFileError
    from qnphrase.errors import Unrepresentable
    from qnphrase.errors import UnrepresentableError
    from qnphrase.errors import UnwritableFileError
    from qnphrase.errors import UsageError
    from qnphrase.errors import VerificationError
    from qnphrase.formats.base import Notice
    from qnphrase.formats.losses import Loss
    from qnphrase.merge.apply import apply_diff
    from qnphrase.merge.change import Diff
    from qnphrase.merge.compare import Comparison
    from qnphrase.merge.compare import compare_packs
    from qnphrase.merge.diff import diff_books
    from qnphrase.merge.plan import plan_import
    from qnphrase.merge.planned import Plan
    from qnphrase.model import AutoReply
    from qnphrase.model import Group
    from qnphrase.model import Phrase
    from qnphrase.model import Phrasebook
    from qnphrase.model import Trigger
    from qnphrase.pack import Pack
    from qnphrase.pack import convert
    from qnphrase.pack import load
    from qnphrase.pack import new_pack
    from qnphrase.pack import same_in_packs
    from qnphrase.pack import save
    from qnphrase.replies.coverage import Coverage
    from qnphrase.replies.coverage import coverage_of
    from qnphrase.replies.events import EventReader
    from qnphrase.replies.semantics import Decision
    from qnphrase.replies.semantics import ReplyRules
    from qnphrase.replies.semantics import decide
    from qnphrase.replies.situation import Situation
    from qnphrase.replies.situation import Status
    from qnphrase.replies.suites import run_tests
    from qnphrase.replies.table import table_of
    from qnphrase.replies.tally import Timeline
    from qnphrase.replies.timeline import replay

_HOMES = {
    "qnphrase.building.plan": ("BuildPlan", "plan_shops"),
    "qnphrase.building.writing": ("build_shops",),
    "qnphrase.errors": (
        "FileError",
        "PackSyntaxError",
        "QnphraseError",
        "Unrepresentable",
        "UnrepresentableError",
        "UnreadableFileError",
        "UnwritableFileError",
        "UsageError",
        "VerificationError",
    ),
    "qnphrase.formats.base": ("Notice",),
    "qnphrase.formats.losses": ("Loss",),
    "qnphrase.merge.apply": ("apply_diff",),
    "qnphrase.merge.change": ("Diff",),
    "qnphrase.merge.compare": ("Comparison", "compare_packs"),
    "qnphrase.merge.diff": ("diff_books",),
    "qnphrase.merge.plan": ("plan_import",),
    "qnphrase.merge.planned": ("Plan",),
    "qnphrase.model": ("AutoReply", "Group", "Phrase", "Phrasebook", "Trigger"),
    "qnphrase.pack": ("Pack", "convert", "load", "new_pack", "same_in_packs", "save"),
    "qnphrase.replies.coverage": ("Coverage", "coverage_of"),
    "qnphrase.replies.events": ("EventReader",),
    "qnphrase.replies.semantics": ("Decision", "ReplyRules", "decide"),
    "qnphrase.replies.situation": ("Situation", "Status"),
    "qnphrase.replies.suites": ("run_tests",),
    "qnphrase.replies.table": ("table_of",),
    "qnphrase.replies.tally": ("Timeline",),
    "qnphrase.replies.timeline": ("replay",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [  # a test holds it to the table above
    "AutoReply",
    "BuildPlan",
    "Comparison",
    "Coverage",
    "Decision",
    "Diff",
    "EventReader",
    "FileError",
    "Group",
    "Loss",
    "Notice",
    "Pack",
    "PackSyntaxError",
    "Phrase",
    "Phrasebook",
    "Plan",
    "QnphraseError",
    "ReplyRules",
    "Situation",
    "Status",
    "Timeline",
    "Trigger",
    "UnreadableFileError",
    "Unrepresentable",
    "UnrepresentableError",
    "UnwritableFileError",
    "UsageError",
    "VerificationError",
    "__version__",
    "apply_diff",
    "build_shops",
    "compare_packs",
    "convert",
    "coverage_of",
    "decide",
    "diff_books",
    "load",
    "new_pack",
    "plan_import",
    "plan_shops",
    "replay",
    "run_tests",
    "same_in_packs",
    "save",
    "table_of",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
