"""The words of the theme in the site's language: i18n/<language>.yaml of every layer, with English beneath."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.source import SourceFile, ThemeLayer
from notegen.render.theme.settings import read_yaml

FALLBACK = "en"
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
Labels = dict[str, str | list[str]]


def load_labels(layers: Sequence[ThemeLayer], language: str) -> Result[Labels]:
    """Return the labels for `language` (a BCP 47 tag) and `theme-file` diagnostics for label files that cannot be read.

    Later ones win: English, then files that share the language's first subtag (zh-CN for zh-TW), of these last such in
    the same script (zh-TW for zh-HK), then its own file; within each, higher layers over lower ones. So a label missing
    in one language is there in another.
    """
    labels: Labels = {}
    diagnostics: list[Diagnostic] = []
    for rank in range(4):
        for layer in reversed(layers):
            for name, file in sorted(layer.labels.items()):
                if _rank(name, language) == rank:
                    words, problems = _read(file)
                    labels |= words
                    diagnostics += problems
    return Result(labels, tuple(diagnostics))


def _rank(name: str, language: str) -> int:
    """Return how well a file answers.

    3: it is the language itself; 2: its first subtag and script; 1: its first subtag; 0: the fallback; -1: not at all.
    """
    name, language = name.lower(), language.lower()
    if name == language:
        return 3
    if name.split("-")[0] == language.split("-")[0]:
        return 2 if _is_traditional(name) == _is_traditional(language) else 1
    return 0 if name == FALLBACK else -1


def _is_traditional(tag: str) -> bool:
    """Return whether a tag in small letters is of Chinese in traditional characters (CLDR, "Likely subtags")."""
    return not _TRADITIONAL.isdisjoint(tag.split("-")) and "hans" not in tag.split("-")


@lru_cache(maxsize=32)
def _read(file: SourceFile) -> Result[Labels]:
    data: Any
    data, problems = read_yaml(file)
    try:
        return Result(msgspec.convert(data or {}, Labels), problems)
    except msgspec.ValidationError as error:
        return Result({}, (diagnose("theme-file", f"labels are words or lists of words: {error}", path=file.path),))
