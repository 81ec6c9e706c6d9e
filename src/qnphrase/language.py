"""The language that people are spoken to in: Chinese, unless the locale plainly says another.

Every sentence for people is written in Chinese in the code and passes through `_`. The English catalogue stands in
`locale/en/LC_MESSAGES/qnphrase.po`. For Chinese nothing is loaded at all.
"""

import os
import sys
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

CHINESE = "zh"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)
LOCALE_DIR = Path(__file__).with_name("locale")


def _as_written(message: str) -> str:
    return message


_translate: Callable[[str], str] = _as_written
_current = CHINESE


def _(message: str) -> str:
    """Return `message`, written in Chinese, in the chosen language."""
    return _translate(message)


def current_language() -> str:
    """Return the chosen language, `zh` or `en`."""
    return _current


def use_language(language: str) -> None:
    """Speak `language` from now on; anything but `zh` is spoken in English, the only other catalogue."""
    global _translate, _current
    if language == CHINESE:
        _translate, _current = _as_written, CHINESE
        return
    import gettext

    catalogue = gettext.translation("qnphrase", LOCALE_DIR, [ENGLISH])
    _translate, _current = catalogue.gettext, ENGLISH


def language_of(environ: Mapping[str, str] = os.environ) -> str:
    """Return the language that the environment asks for.

    `QNPHRASE_LANG` wins; then `LC_ALL`, `LC_MESSAGES` and `LANG` in POSIX order. `C`, `POSIX` and nothing at all say
    nothing, and then it is Chinese: most users sit at a Chinese Windows, where none of these is set.
    """
    for variable in ("QNPHRASE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        locale_name = environ.get(variable, "")
        language = locale_name.replace("-", "_").partition("_")[0].partition(".")[0].lower()
        if language in ("", "c", "posix"):
            if locale_name:
                return CHINESE
            continue
        return CHINESE if language in ("zh", "chinese") else ENGLISH
    return _language_of_windows() if sys.platform == "win32" else CHINESE


def _language_of_windows() -> str:
    """Return Chinese unless the display language of Windows is another; 0x04 is the primary id of Chinese."""
    import ctypes

    primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF  # type: ignore[attr-defined, unused-ignore]
    return CHINESE if primary in (0x04, 0) else ENGLISH
