"""What of a note's page still looks like another program's markup: the visible text is searched, not the rules asked.

Where something is written with escapes or as code, it is meant to be seen. Each place is a diagnostic; those of one
form have one cause, so that they are printed once. Diagnostics: syntax-foreign, tag-unknown.
"""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import msgspec
from markdown_it.token import Token

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.read.code.highlight import language_of
from notegen.read.foreign.html_text import visible_html
from notegen.read.foreign.marks import (
    CELL_OPTION,
    CODE,
    CODE_MARK,
    DRAWN,
    MARKS,
    MUSTACHE,
    NEEDED,
    SIGN,
    TAG,
    WHICH_SIGN,
    Mark,
)
from notegen.read.foreign.visible_text import TEXTS, VisibleText, visible_text
from notegen.read.services import NoteDraft
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.shortcodes.blocks import is_paired
from notegen.read.syntax.shortcodes.parse import Tag, read_tag, unclosed_tag, unknown_tag
from notegen.text.patterns import lazy_regex

_SHOWN = 60  # characters of what is written in a message
_MARKDOWN = frozenset({"md", "markdown", "mdx", "vue", "text", "txt", ""})  # examples of syntax are shown in these
_PLAIN_NAME = lazy_regex(r"[A-Za-z_][\w/-]{0,60}+")
# Tags of Liquid, Jekyll and Nunjucks that are no shortcodes.
_LOGIC = frozenset(
    {"assign", "block", "break", "capture", "case", "comment", "continue", "cycle", "else", "elsif", "extends", "for"}
    | {"if", "include", "include_relative", "liquid", "raw", "render", "seo", "set", "tablerow", "unless", "when"}
)
_INCLUDES = frozenset({"include", "include_cached", "include_relative", "render"})
_GIVES_AN_ADDRESS = "it is read where an address stands: write a link, [words]({% …a %})"
_PROGRAM = "a piece of a program for another tool, which is not run: write what it gives"
_HEAD = "it is for the head of a page, which is made without it: delete it"
# The hints for Jekyll's own tags, for Liquid's, and for those of plugins of GitHub Pages.
_HINTS = {
    "post_url": _GIVES_AN_ADDRESS.replace("…a", "post_url 2024-01-02-name"),
    "link": _GIVES_AN_ADDRESS.replace("…a", "link _posts/2024-01-02-name.md"),
    **dict.fromkeys(("seo", "feed_meta", "github_edit_link"), _HEAD),
    **dict.fromkeys(("include", "include_relative", "include_cached", "render"), "name the file that it shows"),
    "highlight": "it is closed with {% endhighlight %}, each on a line of its own; or write a fence ```",
    **dict.fromkeys(
        ("assign", "break", "capture", "case", "continue", "cycle", "else", "elsif", "for", "if", "tablerow", "unless"),
        _PROGRAM,
    ),
    **dict.fromkeys(("when", "liquid", "increment", "decrement", "set", "extends"), _PROGRAM),
}
_PLAYERS = frozenset({"meting", "aplayer", "aplayerlist", "aplayerlrc", "dplayer"})  # of plugins of Hexo
_DIRECTIVE = lazy_regex(r"\s{0,3}\{([A-Za-z][\w:.+-]{0,60}+)\}")


class _Leftover(msgspec.Struct, frozen=True):
    """Something foreign: from where to where in the visible text, at which offset of the source, its message."""

    start: int
    end: int
    offset: int
    length: int
    code: str
    message: str
    hint: str
    cause: str


def foreign_syntax(tokens: Sequence[Token], env: MutableMapping[str, Any], draft: NoteDraft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each piece of foreign markup that the page of a note shows. `tokens`: as rendered."""
    signs = _signs(draft.front_matter.body)
    before = _numbers_before(signs, draft.front_matter.body.count("\n") + 2) if signs else []
    raw_texts = parse_state(env).raw_texts
    kinds_between: dict[tuple[int, int], set[int]] = {}  # by the numbers of signs: many tokens may be of one line
    for token in tokens:
        if token.type == "inline":
            if not signs or not token.content:  # made by a rule, which has said what is wrong: lines of an algorithm
                continue
            first, end = token.map or (0, len(before) - 1)
            between = before[first], before[max(end, first + 1)]
            if between[0] != between[1]:
                if between not in kinds_between:
                    kinds_between[between] = {kind for _, kind in signs[slice(*between)]}
                kinds = kinds_between[between]
                if any(kind not in NEEDED for kind in kinds) or _shows(token, {NEEDED[kind] for kind in kinds}):
                    yield from _in_text(token, kinds, draft, raw=token.content in raw_texts)
        elif token.type == "html_block" and ("{{" in token.content or "{%" in token.content):
            yield from _in_html(token, draft)
        elif token.type == "fence":
            yield from _in_fence(token, draft)


def _shows(inline: Token, signs: AbstractSet[str]) -> bool:
    """Return whether one of these signs is left in a text: what it began has been read where none is, most often."""
    shown = "".join([child.content for child in inline.children or () if child.type in TEXTS])
    return any(sign in shown for sign in signs)


def _signs(body: str) -> list[tuple[int, int]]:
    """Return where foreign markup may stand: lines of a note, from 0, and kinds, 0 for tags, else from 1 as MARKS."""
    text = f"\n{body}\n"
    signs: list[tuple[int, int]] = []
    line = reached = 0
    for match in SIGN.finditer(text):
        start = match.start() + (match[0][0] == "\n")
        line += text.count("\n", reached, start)
        reached = start
        which = WHICH_SIGN.match(text, match.start())
        signs.append((line - 1, which.lastindex - 1 if which and which.lastindex else 0))
    return signs


def _numbers_before(signs: Sequence[tuple[int, int]], size: int) -> list[int]:
    """Return for each line the number of signs on the lines before it."""
    numbers: list[int] = []
    for index, (line, _) in enumerate(signs):
        numbers += [index] * (line + 1 - len(numbers))
    return numbers + [len(signs)] * (size - len(numbers))


def _in_text(token: Token, kinds: AbstractSet[int], draft: NoteDraft, *, raw: bool) -> Iterator[Diagnostic]:
    """Yield what one paragraph, heading or cell shows of these kinds. `raw`: tags are meant as text."""
    text = visible_text(token)
    raw = raw or "{% raw" in token.content or "{%raw" in token.content
    leftovers: list[_Leftover] = []
    for kind in kinds:
        is_tag = not kind or MARKS[kind - 1].cause == MUSTACHE
        if not (raw and is_tag):
            leftovers += _marks(MARKS[kind - 1], text) if kind else _tags(text)
    end = 0
    for leftover in sorted(leftovers, key=lambda item: item.start):
        if leftover.start < end:
            continue
        end = leftover.end
        line, column = draft.source_map.at(token, leftover.offset)
        yield _diagnosed(leftover, draft, line, column)


def _marks(mark: Mark, text: VisibleText) -> Iterator[_Leftover]:
    after = 0
    for match in mark.pattern.finditer(text.text):
        shown = text.shown(match)
        if mark.holds is not None and not mark.holds(shown):
            continue
        offset = text.source.find(shown, after) if match[0] == CODE else text.offset_in_source(match, after)
        if offset >= 0:
            after = offset + 1
            shown = _cut(shown)
            message = mark.message.format(shown)
            yield _Leftover(*match.span(), offset, len(shown), "syntax-foreign", message, mark.hint, mark.cause)


def _tags(text: VisibleText) -> Iterator[_Leftover]:
    after = 0
    for match in TAG.finditer(text.text):
        offset = text.offset_in_source(match, after)
        tag = read_tag(text.source, offset) if offset >= 0 else None
        if tag is not None:
            after = offset + 1
            yield _tag(tag, match.start(), offset)


def _tag(tag: Tag, start: int, offset: int) -> _Leftover:
    name = tag.name.removeprefix("/") if tag.opening != "{%" else tag.name.removeprefix("end")
    length = tag.end - offset
    message, hint, cause = _words_about(tag, name)
    return _Leftover(start, start + length, offset, length, "tag-unknown", message, hint, cause)


def _words_about(tag: Tag, name: str) -> tuple[str, str, str]:
    """Return message, hint and cause for a tag that is shown as written. `name`: its own without a sign of an end."""
    cause = f"{tag.opening} {name}"
    if is_paired(tag):
        return *unclosed_tag(tag), cause
    if name == "include_code" or (name == "include" and tag.opening == "{{<"):
        return f"{name} reads no file inside of a line: it is shown as written", "write it on a line of its own", cause
    if tag.opening == "{%" and name in _INCLUDES and tag.arguments:
        message = f"{_cut(tag.arguments)} is a template, which is not run: its tag is shown"
        return message, "write what it shows", "a template of Liquid"
    return unknown_tag(tag), _hint(tag, name), cause


def _hint(tag: Tag, name: str) -> str:
    """Return what may be done about a tag that nothing here answers."""
    if name in _PLAYERS:
        return "its player is another site's script: write a link, or show a file of yours: ![](song.mp3)"
    if tag.opening == "{%" and name in _HINTS:
        return _HINTS[name]
    return f"a template shortcodes/{name}.html would show it" if _is_callable(tag, name) else ""


def _is_callable(tag: Tag, name: str) -> bool:
    """Return whether a template of the site could answer a tag: one that opens, and is none of Liquid's logic."""
    return tag.opening != "{{" and tag.name == name and name not in _LOGIC and bool(_PLAIN_NAME.fullmatch(name))


def _in_html(token: Token, draft: NoteDraft) -> Iterator[Diagnostic]:
    """Yield the tags that a block of raw HTML shows. Of Markdown in it see read/syntax/raw_html/."""
    text, html = visible_html(token.content), token.content
    tags = {match.start(): tag for match in TAG.finditer(html) if (tag := read_tag(html, match.start()))}
    places = draft.source_map.of_parts(token, [html[start : tag.end] for start, tag in tags.items()])
    placed = dict(zip(tags, places, strict=True))
    for match in TAG.finditer(text):
        tag = read_tag(text, match.start())
        if tag is not None:
            place = placed.get(match.start()) or draft.source_map.at(token, match.start())
            yield _diagnosed(_tag(tag, 0, match.start()), draft, *place)


def _in_fence(token: Token, draft: NoteDraft) -> Iterator[Diagnostic]:
    """Yield the options of an executable cell, and marks of lines that are shown."""
    if token.info.startswith("{") and (option := CELL_OPTION.match(token.content)):
        message = f"{_cut(option[0])}: the options of a cell are shown, and it is not run"
        yield _at_line(token, draft, 1, message, "delete them", "options of a cell")
    if "[!code " in token.content and language_of(token.info) not in _MARKDOWN:
        for mark in CODE_MARK.finditer(token.content):
            line = 1 + token.content.count("\n", 0, mark.start())
            message = f"a mark of VitePress {mark[0]} is shown as written"
            yield _at_line(token, draft, line, message, "name the lines: ```js {1,3}", "a mark of VitePress")


def _at_line(token: Token, draft: NoteDraft, line: int, message: str, hint: str, cause: str) -> Diagnostic:
    leftover = _Leftover(0, 0, 0, 1, "syntax-foreign", message, hint, cause)
    return _diagnosed(leftover, draft, draft.source_map.of(token)[0] + line)


def unread_fences(fences: Iterable[Token], draft: NoteDraft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each fence in a language that has no colours; `fences` are those.

    MyST's directives and what another program draws are syntax-foreign, all others code-unknown-language.
    """
    for token in fences:
        directive, language = _DIRECTIVE.match(token.info), language_of(token.info)
        drawn = language in DRAWN or language.startswith("ad-")
        if directive is not None and not drawn:
            message = f"the directive {{{directive[1]}}} of MyST is shown as code"
            leftover = _Leftover(0, 0, 0, 1, "syntax-foreign", message, "write it as Markdown", "a directive of MyST")
        elif drawn:
            message = f"{language} is shown as its source"
            leftover = _Leftover(0, 0, 0, 1, "syntax-foreign", message, "put what it shows into the note", message)
        else:
            message = f"no highlighting for the language {language!r}"
            leftover = _Leftover(0, 0, 0, 1, "code-unknown-language", message, "", "")
        yield _diagnosed(leftover, draft, draft.source_map.of(token)[0])


def _cut(text: str) -> str:
    text = text.partition("\n")[0]
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _diagnosed(leftover: _Leftover, draft: NoteDraft, line: int, column: int = 0) -> Diagnostic:
    return diagnose(
        leftover.code,
        leftover.message,
        path=draft.source.path,
        line=line,
        column=column,
        length=leftover.length,
        hint=leftover.hint,
        cause=leftover.cause,
    )
