"""References of Quarto and pandoc-crossref: `@fig-x`, `@fig:x`, `[-@tbl-x]`, `[Fig. @fig-x]`, `[@eq-a; @eq-b]`.

They lead to what has the label, in any note, and show its kind and number, and the name of a theorem; `-` stands for
the number alone, as do words of one's own. The prefix of a label tells a reference from a citation. Behind a letter (an
e-mail address), before a slash (`@fig-tree/core`) and in a link it is none.

Source: Quarto docs, "Cross References", "Theorems and Proofs"; pandoc-crossref's manual, "References".
"""

import re

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.cross_references.label_prefixes import REFERRED
from notegen.read.syntax.cross_references.push import NAME, NUMBER, fill_reference, keep_space, push_reference
from notegen.read.syntax.rule import Rule
from notegen.read.token_data import WIKI_TARGET, Span, WikiTarget
from notegen.text.patterns import lazy_regex

_LABEL = rf"@(?P<label>(?i:{'|'.join(REFERRED)})[-:]\w++(?:[-:.]\w++)*+)(?![/@])"
_BARE = lazy_regex(_LABEL)
_PART = lazy_regex(rf"(?P<words>[^@\[\]`$\\<>;]{{0,60}}?)(?P<minus>-?){_LABEL}[ \t]*+(?:;[ \t]*+|(?=\]))")
_WRITTEN_LINK = lazy_regex(r"\[\[(?P<target>[^\[\]|#\n]{0,200})#\^?(?P<fragment>[^\[\]|#\n]{1,200})\]\]")
_MOST = 50  # references in one pair of brackets
_LONGEST = 2000  # characters between brackets


def reference(state: StateInline, silent: bool) -> bool:
    """Read a reference at `@`, or at the bracket around some."""
    start = state.pos
    before = state.src[start - 1 : start]
    if (before.isascii() and before.isalnum()) or before in {"/", "@"} or state.linkLevel:
        return False
    if state.src[start] == "[":
        return _bracketed(state, silent=silent)
    match = _BARE.match(state.src, start, state.posMax)
    if match is None:
        return False
    if not silent:
        _push(state, match, NAME)
    state.pos = match.end()
    return True


def title_reference(state: StateInline, silent: bool) -> bool:
    """Read `@fig-x` or `[[note#^x]]` in a title of front matter: as written, unless something has the label."""
    start = state.pos
    if state.src[start] == "@":
        return reference(state, silent)
    match = _WRITTEN_LINK.match(state.src, start, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("cross_ref", "", 0)
        fill_reference(token, match["fragment"], NAME, match[0])
        WIKI_TARGET.set(token, WikiTarget(match["target"].strip(), match["fragment"], label=match[0]))
    state.pos = match.end()
    return True


def _bracketed(state: StateInline, *, silent: bool) -> bool:
    src, start = state.src, state.pos
    end = src.find("]", start + 1, min(state.posMax, start + _LONGEST))
    if end < 0 or src.find("@", start, end) < 0 or src.startswith(("(", "["), end + 1):  # the text of a link
        return False
    parts: list[re.Match[str]] = []
    at = start + 1
    while at < end and len(parts) < _MOST:
        part = _PART.match(src, at, end + 1)
        if part is None:
            return False
        parts.append(part)
        at = part.end()
    if at != end:
        return False
    for number, part in enumerate(() if silent else parts):
        if number:
            state.push("text", "", 0).content = ", "
        _push(state, part, _form(part))
    state.pos = end + 1
    return True


def _form(part: re.Match[str]) -> str:
    """Return the form of a reference in brackets: words of one's own, the number alone, or kind, number and name."""
    number = "(%s)" if part["label"][:2].lower() == "eq" and not part["minus"] else NUMBER
    words = part["words"].strip()
    if not words:
        return NUMBER if part["minus"] else NAME
    space = "\N{NO-BREAK SPACE}" if part["words"][-1].isspace() else ""
    return words + space + number


def _push(state: StateInline, match: re.Match[str], form: str) -> None:
    keep_space(state)
    written = match["label"]
    label = written[0].lower() + written[1:]  # @Fig-x begins a sentence
    push_reference(state, label, form, f"@{written}", Span(match.start("label"), len(written)))


REFERENCES = Rule("inline", "cross_references", reference, starts="@[", before="link")
TITLE_REFERENCES = Rule("inline", "title_references", title_reference, starts="@[", before="cross_ref")
