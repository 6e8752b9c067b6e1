"""Regular expressions that are compiled when they are first used: of the hundreds in modules, a run needs few."""

import re
from typing import Any, AnyStr, cast


def lazy_regex(pattern: AnyStr, flags: int = 0) -> "re.Pattern[AnyStr]":
    """Return what `re.compile` returns, for a global of a module: it is compiled when one of its methods is first used.

    To be used by its methods, as in `_WORD.match(text)`: functions of `re` do not take it.
    """
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))


class LazyPattern:
    """A pattern that has the attributes of the compiled one as its own, from when they are first asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the compiled pattern and keep it, so that it is not looked for here again."""
        value: Any = re.compile(self.pattern, self._flags) if name == "compiled" else getattr(self.compiled, name)
        setattr(self, name, value)
        return value

    def __reduce__(self) -> tuple[Any, ...]:
        return lazy_regex, (self.pattern, self._flags)
