"""Regular expressions that are compiled when they are first used.

Compiling the expressions of all rules takes longer than Python's own start and the linting of a small file together,
and most files need few of them.
"""

import re
from typing import Any
from typing import AnyStr
from typing import cast


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, to all who ask it to look for something; a wrong expression is told then."""
    return cast("re.Pattern[AnyStr]", _Uncompiled(pattern, flags))


class _Uncompiled:
    """A pattern that takes over the methods of the compiled one as they are asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # no method of a pattern; copying and pickling ask for such
            raise AttributeError(name)
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)  # from now on it is as quick as the compiled pattern itself
        return value
