"""What symbols mean, as `notation:` says it: one text, or one for each language."""

from collections.abc import Mapping
from typing import Any


def read_meanings(value: Any) -> dict[str, str] | None:
    """Return meanings by language ("" for any) of one symbol's value, as plain data; None where it is no meaning."""
    if isinstance(value, Mapping):
        texts = {str(language).lower(): _text(text) for language, text in value.items()}
        return texts if texts and all(texts.values()) else None
    text = _text(value)
    return {"": text} if text else None


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""


def meaning_in(meanings: Mapping[str, str], language: str) -> str:
    """Return the meaning in a language (a BCP 47 tag): its own, one of the same first subtag, else the first."""
    tag = language.lower()
    for name in ("", tag):
        if name in meanings:
            return meanings[name]
    first = tag.partition("-")[0]
    near = (text for name, text in meanings.items() if name.partition("-")[0] == first)
    return next(near, next(iter(meanings.values())))


def bare_symbol(symbol: str) -> str:
    r"""Return a symbol's LaTeX without the dollars that it may be written with: `$\theta$`."""
    return symbol.strip().strip("$").strip()
