"""Glob patterns of paths in which `*` stands for no slash, as shells, git and minimatch have them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from notegen.text.patterns import lazy_regex

_SIGN = lazy_regex(r"\*\*/+|\*+|\?|\[!?[^\]/]+\]|\{[^{}/]+\}")


def fits_path(path: str, patterns: Sequence[str]) -> bool:
    """Return whether one of the patterns fits a path: `a/*.html`, `a/**`, `**/x.md`, `{a,b}/?.txt`, `[!a].md`."""
    return any(_compiled(pattern.lstrip("/")).fullmatch(path) for pattern in patterns)


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern as a regular expression; all that is no sign stands for itself."""
    parts: list[str] = []
    end = 0
    for sign in _SIGN.finditer(pattern):
        parts += [re.escape(pattern[end : sign.start()]), _regex(sign[0])]
        end = sign.end()
    return re.compile("".join([*parts, re.escape(pattern[end:])]))


def _regex(sign: str) -> str:
    if sign.startswith("**"):
        return "(?:.*/)?" if sign.endswith("/") else ".*"
    if sign.startswith("["):
        return (
            f"[{'^/' if sign[1] == '!' else ''}{re.escape(sign.strip('[]').lstrip('!')).replace(chr(92) + '-', '-')}]"
        )
    if sign.startswith("{"):
        return f"(?:{'|'.join(map(re.escape, sign.strip('{}').split(',')))})"
    return "[^/]" if sign == "?" else "[^/]*"
