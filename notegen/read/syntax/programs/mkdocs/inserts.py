"""Marks in text of MkDocs Material and Pandoc: icons, keys, inserted text, sub- and superscripts.

`:material-clock:` and other icons, with attributes or without, leave nothing: they are pictures of another program.
`++ctrl+c++` are keys; `^^text^^` and `++text++` are inserted text; `H~2~O` and `x^2^` are a sub-
and a superscript, of letters and digits right behind a letter, a digit or a bracket (`markdown: {scripts: true}`).

Source: Material for MkDocs, "Icons, Emojis", "Formatting"; Pandoc User's Guide, "superscript", "subscript".
"""

import re

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

_ICON = lazy_regex(
    r":(?:material|octicons|fontawesome|simple)-[a-z0-9][a-z0-9-]{0,80}:(?:\{[ \t]*[.:#][^{}\n]{0,200}\})?"
)
_KEYS = lazy_regex(r"\+\+([a-z0-9-]{1,20}(?:\+[a-z0-9-]{1,20}){0,5})\+\+")
_INSERTED = lazy_regex(r"\^\^([^\s^](?:[^^\n]{0,300}[^\s^])?)\^\^")
_PLUSES = lazy_regex(r"\+\+(?=[^\W\d_])([^\s+](?:[^+\n]{0,300}[^\s+])?)(?<![Cc])\+\+(?![\w+])")  # `C++` ends nothing
_SCRIPT = lazy_regex(r"([~^])([A-Za-z0-9+-]{1,10})\1(?![~^])")
_SIGNED = lazy_regex(r"[+-]")
_KEY = lazy_regex(
    r"[a-z0-9]|f\d{1,2}|ctrl|control|alt|option|shift|cmd|command|win|windows|super|meta|fn|del|delete|ins|insert|esc"
    r"|escape|enter|return|tab|space|backspace|home|end|page-up|page-down|(?:arrow-)?(?:up|down|left|right)|caps-lock"
)
_TAGS = {"~": "sub", "^": "sup"}


def icon(state: StateInline, silent: bool) -> bool:
    """Drop an icon."""
    del silent
    match = _ICON.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    state.pos = match.end()
    return True


def keys(state: StateInline, silent: bool) -> bool:
    """Read keys, each of a known name, or inserted text."""
    match = _KEYS.match(state.src, state.pos, state.posMax)
    before = state.src[state.pos - 1 : state.pos]
    if before.isalnum():
        return False
    if match is None or not all(_KEY.fullmatch(name) for name in match[1].split("+")):
        return _inserted(state, _PLUSES.match(state.src, state.pos, state.posMax), silent=silent)
    if not silent:
        for index, name in enumerate(match[1].split("+")):
            if index:
                state.push("text", "", 0).content = "+"
            _element(state, "kbd", name.replace("-", " ").title())
    state.pos = match.end()
    return True


def inserts(state: StateInline, silent: bool) -> bool:
    """Read inserted text between `^^`."""
    return _inserted(state, _INSERTED.match(state.src, state.pos, state.posMax), silent=silent)


def scripts(state: StateInline, silent: bool) -> bool:
    """Read a sub- or superscript."""
    script = _SCRIPT.match(state.src, state.pos, state.posMax)
    before = state.src[state.pos - 1 : state.pos]
    if script is None or not before.isascii() or not (before.isalnum() or before in {")", "]"}):
        return False
    if script[1] == "~" and before.isdigit():  # `10~20~`
        return False
    if _SIGNED.search(script[2]) and state.src[script.end() : script.end() + 1].isalnum():  # `x^2+y^2`
        return False
    if not silent:
        _element(state, _TAGS[script[1]], script[2])
    state.pos = script.end()
    return True


def _inserted(state: StateInline, inserted: re.Match[str] | None, *, silent: bool) -> bool:
    """Read inserted text, where there is any."""
    if inserted is None:
        return False
    if not silent:
        state.push("ins_open", "ins", 1)
        limit, state.pos, state.posMax = state.posMax, inserted.start(1), inserted.end(1)
        state.md.inline.tokenize(state)
        state.posMax = limit
        state.push("ins_close", "ins", -1)
    state.pos = inserted.end()
    return True


def _element(state: StateInline, tag: str, text: str) -> None:
    state.push(f"{tag}_open", tag, 1)
    state.push("text", "", 0).content = text
    state.push(f"{tag}_close", tag, -1)


ICONS = Rule("inline", "icons", icon, starts=":", before="emphasis")
KEYS = Rule("inline", "keys", keys, starts="+", before="emphasis")
INSERTS = Rule("inline", "inserts", inserts, starts="^", before="strikethrough")
SCRIPTS = Rule("inline", "scripts", scripts, starts="~^", before="strikethrough")
