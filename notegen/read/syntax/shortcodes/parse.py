"""Shortcodes: reading the tags of Liquid, Hexo and Hugo, pairing them, reporting unknown ones.

Nothing is ever executed. A tag is read by `read_tag`; which ones mean something stands in hexo.py and hugo.py. All
others stay visible as written (see read/foreign/). Reports, at the tag: those of the function that reads it.

Source: Liquid reference; Hexo docs, "Tag Plugins"; Hugo docs, "Shortcodes".
"""

import re
from collections.abc import Callable, Mapping

import msgspec
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from notegen.read.syntax.lines import line_of
from notegen.read.syntax.parse_state import once, parse_state
from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

LONGEST = 2000  # characters of a tag
_SHOWN = 40  # characters of a tag in a message
_CLOSERS = {"{%": "%}", "{{<": ">}}", "{{%": "%}}", "{{": "}}"}
_NAME = lazy_regex(r"\s*+((?:/\s*+)?[A-Za-z_][\w./-]*+)")
_END_RAW = lazy_regex(r"\{%-?\s?endraw\s?-?%\}")
_END_COMMENT = lazy_regex(r"\{%-?\s?endcomment\s?-?%\}")
_WORD = lazy_regex(r"""([\w-]+)\s?=\s?("[^"]*"|'[^']*'|`[^`]*`|[^\s"'`]+)|"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'`]+)""")
_ALONE = lazy_regex(r"^[ \t>*+0-9.)-]*(?P<tag>\{\{[<%]|\{%)-?\s*+(?P<name>(?:/\s*+)?[\w.-]++)[^\n]*$", re.MULTILINE)


class Tag(msgspec.Struct, frozen=True):
    """A tag: the opening `{%`, `{{<`, `{{%` or `{{`, its name (`/name` or `endname` closes), what it is given.

    `start`: where its arguments begin in the text; `end`: where what follows the tag does.
    """

    opening: str
    name: str
    arguments: str
    end: int
    start: int

    def words(self) -> tuple[list[str], dict[str, str]]:
        """Return the positional arguments and the named ones, without quotes."""
        positional, named = [], {}
        for match in _WORD.finditer(self.arguments):
            if match[1]:
                named[match[1].lower()] = match[2][1:-1] if match[2][0] in "\"'`" else match[2]
            else:
                positional.append(match[3] or match[4] or match[5] or match[6] or "")
        return positional, named


def read_tag(text: str, start: int, end: int | None = None) -> Tag | None:
    """Return the tag that begins at `start`, or None."""
    opening = next((mark for mark in _CLOSERS if text.startswith(mark, start)), "")
    if not opening:
        return None
    limit = min(len(text) if end is None else end, start + LONGEST)
    inside = start + len(opening)
    close = text.find(_CLOSERS[opening], inside, limit)
    if close < 0:
        return None
    content = text[inside:close].removeprefix("-").removesuffix("-")
    name = _NAME.match(content)
    after = close + len(_CLOSERS[opening])
    if name is None:
        return Tag(opening, "", content.strip(), after, inside)
    arguments = content[name.end() :].rstrip()
    if opening != "{%":  # `/` closes Hugo's tags, and ends addresses in others
        arguments = arguments.removesuffix("/")
    first = close - len(text[inside:close].removeprefix("-")) + name.end() + len(arguments) - len(arguments.lstrip())
    return Tag(opening, "".join(name[1].split()), arguments.strip(), after, first)


InlineTag = Callable[[StateInline, Tag, bool], bool]


def tag_rule(name: str, openings: tuple[str, ...], known: Mapping[str, InlineTag]) -> Rule:
    """Return an inline rule for tags with these openings: the function of a known one pushes its tokens, unless silent.

    A function that returns False declines. All other tags stay text.
    """

    def rule(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith("{", state.pos) or is_raw(state):
            return False
        tag = read_tag(state.src, state.pos, state.posMax)
        if tag is None or tag.opening not in openings or (tag.opening == "{{" and not _is_expression(state, tag)):
            return False
        start = state.pos
        handle = known.get(tag.name) if tag.opening != "{{" else None
        if handle is not None and handle(state, tag, silent):
            state.pos = max(state.pos, tag.end)
            return True
        if not silent:
            state.append_pending(tag.opening)
        state.pos = start + len(tag.opening)  # a formula inside is still a formula
        return True

    return Rule("inline", name, rule, starts="{", before="emphasis")


def read_words(state: StateInline, start: int, end: int) -> None:
    """Read a part of the text as inline Markdown; the position stays."""
    position, limit, state.pos, state.posMax = state.pos, state.posMax, start, end
    state.md.inline.tokenize(state)
    if state.pos > end and state.tokens[-1].type == "text":  # markdown-it's rule for text does not look at posMax
        state.tokens[-1].content = state.tokens[-1].content[: end - state.pos]
    state.pos, state.posMax = position, limit


def is_raw(state: StateInline) -> bool:
    """Return whether tags are text here, inside `{% raw %}`."""
    parsing = parse_state(state.env)
    return parsing.in_raw or state.src in parsing.raw_texts


def _is_expression(state: StateInline, tag: Tag) -> bool:
    """Distinguish `{{ page.title }}` from braces in LaTeX that stands outside of a formula: `x^{{a}}`."""
    before = state.src[state.pos - 1 : state.pos]
    return bool(tag.name) and not (before.isalnum() or before in {"\\", "_", "^", "}", "{"})


def raw(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% raw %}…{% endraw %}`: what is inside is Markdown in which tags are text."""
    last = once(state.env, _last_end_of_raw, state.src)
    closing = _END_RAW.search(state.src, tag.end, state.posMax) if tag.end <= last else None
    if closing is None:
        return False
    if not silent:
        parse_state(state.env).in_raw = True
        read_words(state, tag.end, closing.start())
        parse_state(state.env).in_raw = False
    state.pos = closing.end()
    return True


def comment(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% comment %}…{% endcomment %}` inside a line: nothing of it is shown."""
    del silent
    last = once(state.env, _last_end_of_comment, state.src)
    closing = _END_COMMENT.search(state.src, tag.end, state.posMax) if tag.end <= last else None
    if closing is None:
        return False
    state.pos = closing.end()
    return True


def raw_blocks(state: StateBlock, first: int, end: int) -> None:
    """Read the lines from `first` up to `end` as Markdown in which tags are text."""
    start, parsing = len(state.tokens), parse_state(state.env)
    parsing.in_raw = True
    state.md.block.tokenize(state, first, end)
    parsing.in_raw = False
    parsing.raw_texts.update(token.content for token in state.tokens[start:] if token.type == "inline")


def _last_end_of_raw(text: str) -> int:
    """Return where the last `{% endraw %}` stands, or -1. Computed once: many open tags take linear time."""
    return max((tag.start() for tag in _END_RAW.finditer(text)), default=-1)


def _last_end_of_comment(text: str) -> int:
    return max((tag.start() for tag in _END_COMMENT.finditer(text)), default=-1)


def unclosed_tag(tag: Tag) -> tuple[str, str]:
    """Return message and hint about a tag of a pair that is shown as written: the other one is not there."""
    end = "end" if tag.opening == "{%" else "/"
    base = tag.name.removeprefix(end)
    is_end = tag.name != base
    pair = f"{tag.opening} {'' if is_end else end}{base} {_CLOSERS[tag.opening]}"
    state = "closes nothing" if is_end else "is never closed"
    hint = f"{pair} {'begins' if is_end else 'ends'} it, each on a line of its own"
    if base == "tab":
        hint += f", between {tag.opening} tabs {_CLOSERS[tag.opening]} and its end"
    return f"the tag {_shown(tag)} {state}, or not alone on its line; it is shown as written", hint


def unknown_tag(tag: Tag) -> str:
    """Return the message about a tag that is shown as written."""
    return f"the tag {_shown(tag)} is not known, or not closed; it is shown as written"


def _shown(tag: Tag) -> str:
    space = "" if tag.arguments.startswith(("(", "[", ".")) else " "  # of a call: {{ macro() }}
    written = " ".join(f"{tag.opening} {tag.name}{space}{tag.arguments}".split())
    shown = written if len(written) <= _SHOWN else written[:_SHOWN] + "…"
    return f"{shown} {_CLOSERS[tag.opening]}"


def tag_on_line(state: StateBlock, line: int) -> Tag | None:
    """Return the tag that stands alone on a line, or None."""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if not state.src.startswith("{", start) or state.is_code_block(line) or parse_state(state.env).in_raw:
        return None
    tag = read_tag(state.src, start, end)
    return tag if tag is not None and not state.src[tag.end : end].strip() else None


def closing_line(state: StateBlock, line: int, end_line: int) -> int:
    """Return the line of the tag that closes the one alone on `line`, in the same container; -1 where there is none."""
    close = paired_tags(state).get(state.bMarks[line] + state.tShift[line], -1)
    close_line = line_of(state, close, line, end_line)
    if close_line < 0:
        return -1
    inside = range(line + 1, close_line + 1)
    indent = state.sCount[line]
    return close_line if all(state.isEmpty(index) or state.sCount[index] >= indent for index in inside) else -1


def paired_tags(state: StateBlock) -> dict[int, int]:
    """Return where the tags on lines of their own open and close in the text."""
    return once(state.env, _pairs, state.src)


def _pairs(text: str) -> dict[int, int]:
    """Return where the tags on lines of their own open and close."""
    pairs: dict[int, int] = {}
    opened: dict[tuple[str, str], list[int]] = {}
    for match in _ALONE.finditer(text):
        name = match["name"].replace(" ", "")
        base = name.removeprefix("/") if match["tag"] != "{%" else name.removeprefix("end")
        if base == name and _closes(match[0], match["tag"], base, match.end("name") - match.start()):
            continue  # on one line
        stack = opened.setdefault((match["tag"], base), [])
        if base == name:
            stack.append(match.start("tag"))
        elif stack:
            pairs[stack.pop()] = match.start("tag")
    return pairs


def _closes(line: str, opening: str, name: str, start: int) -> bool:
    """Return whether the tag that opens a line is closed on it."""
    end = "end" if opening == "{%" else "/"
    return line.find(f"{opening} {end}{name}", start) >= 0 or line.find(f"{opening}{end}{name}", start) >= 0
