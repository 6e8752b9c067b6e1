"""What is wrong with a note besides its formulas and front matter: reported by syntax rules, or seen in the tokens."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

from markdown_it.token import Token

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.read.foreign.check import foreign_syntax, unread_fences
from notegen.read.foreign.html_text import unknown_elements
from notegen.read.services import NoteDraft, ReaderServices
from notegen.read.syntax.parse_state import parse_state
from notegen.text.patterns import lazy_regex

_FOOTNOTE_MARK = lazy_regex(r"\[\^[^\]\s]++\]?")  # or one that is not closed, so that no text is read twice


def note_diagnostics(
    tokens: Sequence[Token],
    fences: Iterable[Token],
    env: MutableMapping[str, Any],
    draft: NoteDraft,
    services: ReaderServices,
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a note's text. `fences`: the code fences whose languages Pygments does not know."""
    yield from _reported(env, draft)
    yield from _undefined_footnotes(tokens, draft)
    yield from _unused_footnotes(env, draft)
    yield from unread_fences(fences, draft)
    yield from foreign_syntax(tokens, env, draft)
    yield from unknown_elements(tokens, draft)
    yield from _too_deep(tokens, services.parser.options["maxNesting"], draft)


def _reported(env: MutableMapping[str, Any], draft: NoteDraft) -> Iterator[Diagnostic]:
    """Yield what the syntax rules have reported, each once: a rule may be asked again about the same lines."""
    path, shift = draft.source.path, draft.source_map.shift
    for item in dict.fromkeys(parse_state(env).reports):
        yield diagnose(
            item.code,
            item.message,
            path=path,
            line=item.line + shift,
            column=item.column,
            length=item.length,
            hint=item.hint,
            cause=item.cause,
        )


def _undefined_footnotes(tokens: Iterable[Token], draft: NoteDraft) -> Iterator[Diagnostic]:
    """Yield `footnote-undefined` for each mark without a footnote: it stays in the text."""
    path = draft.source.path
    for token in tokens:
        if token.type != "inline" or "[^" not in token.content:
            continue
        text = "\n".join(child.content for child in token.children or () if child.type == "text")
        offsets = {match[0]: match.start() for match in reversed([*_FOOTNOTE_MARK.finditer(token.content)])}
        for mark in dict.fromkeys(mark for mark in _FOOTNOTE_MARK.findall(text) if mark.endswith("]")):
            offset = offsets[mark] if mark in offsets else token.content.find(mark)
            line, column = draft.source_map.at(token, offset)
            hint = f"write `{mark}: …` on a line of its own"
            message = f"there is no footnote {mark}"
            yield diagnose(
                "footnote-undefined", message, path=path, line=line, column=column, length=len(mark), hint=hint
            )


def _unused_footnotes(env: MutableMapping[str, Any], draft: NoteDraft) -> Iterator[Diagnostic]:
    """Yield `footnote-unused` for each footnote that is defined and never referred to: it is not shown."""
    path, shift = draft.source.path, draft.source_map.shift
    refs: Mapping[str, int] = env.get("footnotes", {}).get("refs", {})
    unused = {f"[^{key[1:]}]:" for key, number in refs.items() if number < 0}
    lines = draft.front_matter.body.split("\n") if unused else []
    for number, line in enumerate(lines, start=1):
        label, bracket, after = line.lstrip(" >").partition("]")
        mark = f"{label}{bracket}{after[:1]}"
        if mark in unused:
            message = f"no mark {mark[:-1]} refers to this footnote; it is not shown"
            column, length = line.index(mark) + 1, len(mark) - 1
            yield diagnose("footnote-unused", message, path=path, line=number + shift, column=column, length=length)


def _too_deep(tokens: Iterable[Token], limit: int, draft: NoteDraft) -> Iterator[Diagnostic]:
    """Yield `note-too-deep` where blocks are nested so deeply that the parser gave up on their content."""
    token = next((token for token in tokens if token.level >= limit - 1), None)
    if token is not None:
        hint = "a run of > or list marks is usually a paste gone wrong"
        message = f"blocks nested more than {limit} deep are not shown"
        line = draft.source_map.of(token)[0]
        yield diagnose("note-too-deep", message, path=draft.source.path, line=line, hint=hint)
