"""What a citation is among inline tokens: a `citation` token with CITATION and a SPAN; `content` is its source."""

from collections.abc import Iterable
from html import escape

import msgspec
from markdown_it.rules_inline import StateInline

from notegen.model.body import CitedWork
from notegen.read.syntax.parse_state import parse_state
from notegen.read.token_data import CITATION, SPAN, Citation, Span
from notegen.text.patterns import lazy_regex

_KEY = lazy_regex(r"\{[^{}\s]++\}|[\w*][\w:.#$%&+?<>~/*-]*+")
_PUNCTUATION = ":.#$%&+?<>~/-"  # inside a key, not at its end
_BEFORE = frozenset(" \t\n-([（“\"'")
MARKUP = frozenset("$`\\<>[]{}*")  # in words around a key: a formula, code, …
_CROSS_REFERENCE = lazy_regex(r"(?:fig|tbl|tab|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|alg)[-:]")
_ROLE_PART = lazy_regex(r"(?:\{(?P<before>[^{}]*+)\})?(?P<key>[^\s,;{}]++)(?:\{(?P<behind>[^{}]*+)\})?")
_MOST_KEYS = 1000  # of one citation


def push_citation(
    state: StateInline, end: int, works: Iterable[CitedWork], form: str = "parenthetical", *, bare: bool = False
) -> None:
    """Push the citation that stands from the current position up to `end`."""
    token = state.push("citation", "", 0)
    token.content = state.src[state.pos : end]
    CITATION.set(token, Citation(tuple(works)[:_MOST_KEYS], form, bare))
    SPAN.set(token, Span(state.pos, end - state.pos))
    parse_state(state.env).citing = True


def key_at(text: str, start: int) -> tuple[str, int]:
    """Return the key behind the `@` at `start`, and where it ends; "" for none, and for a label such as `@fig-x`."""
    match = _KEY.match(text, start + 1)
    if match is None:
        return "", start
    if match[0][0] == "{":
        return match[0][1:-1], match.end()
    key = match[0].rstrip(_PUNCTUATION)
    if ("-" in key or ":" in key) and _CROSS_REFERENCE.match(key):
        return "", start
    return key, start + 1 + len(key)


def pandoc_works(text: str) -> list[CitedWork]:
    """Return the works of Pandoc's `see @a, p. 3; -@b`, the text between brackets; none where it is no citation.

    Source: Pandoc User's Guide, "Citation syntax".
    """
    works = [_work(part) for part in text.replace("；", ";").split(";")]
    return [work for work in works if work is not None] if all(works) else []


def _work(text: str) -> CitedWork | None:
    at = text.find("@")
    key, end = key_at(text, at) if at >= 0 and (not at or text[at - 1] in _BEFORE) else ("", 0)
    before, after = text[:at], text[end:]
    if key and not before and not after:  # most of them
        return CitedWork(key)
    if not key or not MARKUP.isdisjoint(before + after) or "@" in after:
        return None
    authors = not before.endswith("-")
    prefix = " ".join((before if authors else before[:-1]).split())
    suffix = " ".join(after.split())
    if suffix and not suffix.startswith((",", ".", ":", "，", "。", "：", "、")):
        suffix = f" {suffix}"
    return CitedWork(key, f"{escape(prefix, quote=False)} " if prefix else "", escape(suffix, quote=False), authors)


def listed_works(keys: str, prefix: str = "", suffix: str = "") -> list[CitedWork]:
    """Return the works of a list of keys with commas or spaces between; words before the first, behind the last."""
    names = [key for key in keys.replace(",", " ").replace(";", " ").split() if key]
    works = [CitedWork(name.lstrip("@")) for name in names]
    if works:
        works[0] = msgspec.structs.replace(works[0], prefix=_before(prefix))
        works[-1] = msgspec.structs.replace(works[-1], suffix=behind_key(suffix))
    return works


def role_works(text: str) -> list[CitedWork]:
    """Return the works of a role, each with words of its own in braces where it has some: `{see}a{p. 3}, b`.

    Source: sphinxcontrib-bibtex, "Roles and Directives"; MyST guide, "Citations".
    """
    if "{" not in text:
        return listed_works(text)
    works = []
    for part in _ROLE_PART.finditer(text):
        works += [CitedWork(part["key"], _before(part["before"] or ""), behind_key(part["behind"] or ""))]
    return works


def _before(words: str) -> str:
    return f"{escape(words, quote=False)} " if words else ""


def behind_key(words: str) -> str:
    """Return words behind a key as HTML, a comma in front."""
    return f", {escape(words, quote=False)}" if words else ""
