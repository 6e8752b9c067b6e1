r"""Commands in text: `\textbf{x}`, `\emph{x}`, `\texttt{x}`, `\underline{x}`, `\footnote{x}`, `\href{url}{x}`, `\url`.

What stands in braces is Markdown in its turn. A command without braces, or one that is not closed, stays as written.
"""

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.latex_text.groups import group_end
from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

_COMMAND = lazy_regex(r"\\(textbf|textit|textsl|emph|texttt|underline|footnote|href|url)(?=\{)")
_ESCAPED = lazy_regex(r"\\([\\_{}%&#$])")
_TAGS = {"textbf": "strong", "textit": "em", "textsl": "em", "emph": "em", "underline": "u"}
_TYPES = {"strong": "strong", "em": "em", "u": "ins"}


def text_command(state: StateInline, silent: bool) -> bool:
    """Read a command at a backslash."""
    match = _COMMAND.match(state.src, state.pos, state.posMax)
    if match is None or state.level >= state.md.options["maxNesting"]:
        return False
    first = match.end()
    close = group_end(state.src, first, state.posMax)
    label_close = group_end(state.src, close + 1, state.posMax) if match[1] == "href" and close >= 0 else close
    if label_close < 0:
        return False
    if match[1] in {"href", "url"} and not state.md.validateLink(state.src[first + 1 : close]):
        return False
    if not silent:
        _push(state, match[1], (first + 1, close), label_close)
    state.pos = label_close + 1
    return True


def _push(state: StateInline, command: str, inside: tuple[int, int], label_close: int) -> None:
    start, close = inside
    text = state.src[start:close]
    if command == "texttt":
        token = state.push("code_inline", "code", 0)
        token.markup, token.content = "`", _ESCAPED.sub(r"\1", text)
    elif command == "footnote":
        push_footnote(state, text)
    elif command in {"href", "url"}:
        address = state.md.normalizeLink(_ESCAPED.sub(r"\1", text))
        opened = state.push("link_open", "a", 1)
        opened.attrs = {"href": address}
        if command == "href":
            _read(state, close + 2, label_close)
        else:
            state.push("text", "", 0).content = _ESCAPED.sub(r"\1", text)
        state.push("link_close", "a", -1)
    else:
        tag = _TAGS[command]
        state.push(f"{_TYPES[tag]}_open", tag, 1)
        _read(state, start, close)
        state.push(f"{_TYPES[tag]}_close", tag, -1)


def _read(state: StateInline, start: int, end: int) -> None:
    """Read a part of the text as Markdown."""
    limit, state.pos, state.posMax = state.posMax, start, end
    state.md.inline.tokenize(state)
    state.posMax = limit


def push_footnote(state: StateInline, content: str) -> None:
    """Push a footnote as the plugin of `^[…]` does."""
    notes = state.env.setdefault("footnotes", {}).setdefault("list", {})
    number = len(notes)
    tokens: list[Token] = []
    notes[number] = {"content": content, "tokens": tokens}
    state.md.inline.parse(content, state.md, state.env, tokens)
    state.push("footnote_ref", "", 0).meta = {"id": number}


TEXT_COMMANDS = Rule("inline", "latex_text", text_command, starts="\\", before="escape")
