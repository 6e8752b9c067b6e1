"""Roles of MyST, ``{name}`text` ``: formulas, references, words with a meaning. Roles of other names stay as written.

Tokens: `math_inline`; `cross_ref`; `wikilink_open` with a WIKI_TARGET that is a label, found in any note;
`link_open` for `{doc}` and `{download}`; tags such as `<abbr>`, `<sub>`, `<kbd>`; text.

Source: MyST-Parser docs, "Roles"; Sphinx docs, "Roles"; sphinx-proof docs (`prf:ref`).
"""

from collections.abc import Callable

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.cross_references.push import (
    IN_PARENTHESES,
    KIND_AND_NUMBER,
    NAME,
    NUMBER,
    push_reference,
)
from notegen.read.syntax.math.prose import clean_latex, is_blank
from notegen.read.syntax.rule import Rule
from notegen.read.token_data import FORMULA, SPAN, WIKI_TARGET, FormulaSource, Span, WikiTarget
from notegen.text.patterns import lazy_regex

_ROLE = lazy_regex(r"\{(?P<name>[A-Za-z][\w:-]{0,30})\}`(?P<text>[^`]{1,500})`(?!`)")
_COMMAND = lazy_regex(r"\\[A-Za-z]{1,30}\Z")  # `\cmd{ref}`: an argument
_LONGEST = 30  # characters of a command
_TITLED = lazy_regex(r"(?P<title>[^<>]*[^<>\s])\s*<(?P<target>[^<>]+)>")
_TAGS = {
    "sub": "sub",
    "subscript": "sub",
    "sup": "sup",
    "superscript": "sup",
    "kbd": "kbd",
    "u": "u",
    "underline": "u",
    "del": "s",
    "strike": "s",
    "guilabel": "strong",
    "menuselection": "strong",
    "dfn": "dfn",
}
_CODE = frozenset({"code", "literal", "file", "command", "program", "samp", "envvar", "option"})


def roles(state: StateInline, silent: bool) -> bool:
    """Read a role of a known name."""
    start = state.pos
    if state.src[start] != "{" or "}`" not in state.src[start : start + 35]:
        return False
    role = _ROLE.match(state.src, start, state.posMax)
    if role is None or role["name"] not in _ROLES or _COMMAND.search(state.src, max(0, start - _LONGEST), start):
        return False
    text, at = role["text"], role.start("text")
    if is_blank(text):
        return False
    if not silent:
        _ROLES[role["name"]](state, role["name"], text, Span(at, len(text)))
    state.pos = role.end()
    return True


Push = Callable[[StateInline, str, str, Span], None]


def _math(state: StateInline, name: str, text: str, span: Span) -> None:
    latex = clean_latex(text)
    token = state.push("math_inline", "", 0)
    token.content, token.markup = latex.text, f"{{{name}}}"
    FORMULA.set(token, FormulaSource(display=False))
    SPAN.set(token, Span(span.offset + latex.skipped))


def _link(state: StateInline, label: str, title: str, span: Span) -> None:
    """Push a link with a title to what has a label, in this note or another."""
    token = state.push("wikilink_open", "a", 1)
    token.markup = "{ref}"
    WIKI_TARGET.set(token, WikiTarget("", label, has_text=True, label=title))
    SPAN.set(token, span)
    state.push("text", "", 0).content = title
    state.push("wikilink_close", "a", -1).markup = "{ref}"


def _equation(state: StateInline, name: str, text: str, span: Span) -> None:
    del name
    push_reference(state, text.strip(), IN_PARENTHESES, text.strip(), span)


def _reference(state: StateInline, name: str, text: str, span: Span) -> None:
    del name
    title, target = _title_and_target(text)
    if title:
        _link(state, target, title, span)
    else:
        push_reference(state, target, NAME, target, span)


def _number(state: StateInline, name: str, text: str, span: Span) -> None:
    """Push a reference with kind and number, or words of one's own with `%s` for the number."""
    del name
    title, target = _title_and_target(text)
    form = title.replace("{number}", NUMBER).replace("{name}", KIND_AND_NUMBER)
    push_reference(state, target, form or NAME, form.replace(NUMBER, "??") or target, span)


def _document(state: StateInline, name: str, text: str, span: Span) -> None:
    """Push a link to a file; without a title `{doc}` shows that of the note, `{download}` the file's name."""
    title, target = _title_and_target(text)
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": state.md.normalizeLink(target)}
    SPAN.set(token, span)
    if title or name == "download":
        state.push("text", "", 0).content = title or target.rpartition("/")[2]
    state.push("link_close", "a", -1)


def _abbreviation(state: StateInline, name: str, text: str, span: Span) -> None:
    del name, span
    short, _, title = text.strip().partition("(")
    opened = state.push("abbr_open", "abbr", 1)
    opened.attrs = {"title": title[:-1].strip()} if title.endswith(")") else {}
    state.push("text", "", 0).content = short.strip() if title.endswith(")") else text
    state.push("abbr_close", "abbr", -1)


def _tag(state: StateInline, name: str, text: str, span: Span) -> None:
    del span
    state.push(f"{_TAGS[name]}_open", _TAGS[name], 1)
    state.push("text", "", 0).content = text
    state.push(f"{_TAGS[name]}_close", _TAGS[name], -1)


def _code(state: StateInline, name: str, text: str, span: Span) -> None:
    del name, span
    state.push("code_inline", "code", 0).content = text


def _term(state: StateInline, name: str, text: str, span: Span) -> None:
    del name, span
    state.push("text", "", 0).content = _title_and_target(text)[0] or text


def _title_and_target(text: str) -> tuple[str, str]:
    titled = _TITLED.fullmatch(text.strip())
    return (titled["title"], titled["target"].strip()) if titled else ("", text.strip())


_ROLES: dict[str, Push] = {
    "math": _math,
    "eq": _equation,
    **dict.fromkeys(("ref", "any"), _reference),
    **dict.fromkeys(("numref", "prf:ref"), _number),
    **dict.fromkeys(("doc", "download"), _document),
    "abbr": _abbreviation,
    **dict.fromkeys(_TAGS, _tag),
    **dict.fromkeys(_CODE, _code),
    "term": _term,
}
MYST_ROLES = Rule("inline", "myst_roles", roles, starts="{", before="emphasis")
