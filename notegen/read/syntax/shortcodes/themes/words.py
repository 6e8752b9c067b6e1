"""Words with a look, by tags of Hexo's themes: labels, colours, marks, keys, boxes to tick, words that hide.

`{% label primary@words %}` of NexT and Fluid, `{% label words blue %}` of Butterfly, `{% span red, words %}`,
`{% u words %}`, `emp`, `wavy`, `del`, `kbd`, `psw` of Volantis, `{% mark words color:red %}` of Stellar;
`{% checkbox red checked, words %}`, `radio`, and Fluid's `{% cb words, true %}`; `{% bubble words, note %}`, a
footnote; `{% hideInline words,title %}` of Butterfly. The words are Markdown. Colours are one of five.

Source: the documentation of the themes NexT, Butterfly, Fluid, Volantis and Stellar, and of their port
hexo-butterfly-tag-plugins-plus.
"""

from html import escape

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.shortcodes.parse import InlineTag, Tag, read_words
from notegen.read.syntax.shortcodes.themes.arguments import Part, options_and_words, parts_of, without_options
from notegen.read.token_data import SPAN, Span

# Name of a tag -> the element and the class of its words.
_ELEMENTS = {
    "u": ("u", ""),
    "emp": ("em", "emp"),
    "wavy": ("u", "wavy"),
    "del": ("del", ""),
    "s": ("s", ""),
    "kbd": ("kbd", ""),
    "sub": ("sub", ""),
    "sup": ("sup", ""),
    "psw": ("span", "spoiler"),
    "blur": ("span", "spoiler"),
}
_COLOURS = {
    **dict.fromkeys(("primary", "info", "blue", "cyan", "light", "accent"), "blue"),
    **dict.fromkeys(("success", "green"), "green"),
    **dict.fromkeys(("warning", "yellow", "orange"), "orange"),
    **dict.fromkeys(("danger", "error", "red", "pink"), "red"),
    "purple": "purple",
}
_GREY = frozenset({"default", "grey", "gray", "secondary", "dark"})


def _push(state: StateInline, tag: Tag, element: str, classes: str, part: Part) -> None:
    opened = state.push(f"{element}_open", element, 1)
    _set_span(state, tag, opened)
    if classes:
        opened.attrs = {"class": classes}
    if "spoiler" in classes:
        opened.attrs["tabindex"] = "0"
    read_words(state, part.start, part.end)
    state.push(f"{element}_close", element, -1)


def _set_span(state: StateInline, tag: Tag, token: Token) -> None:
    SPAN.set(token, Span(state.pos, tag.end - state.pos))


def _colour(options: tuple[str, ...]) -> str:
    return next((_COLOURS[option] for option in options if option in _COLOURS), "")


def styled(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read a tag whose arguments are the words of an element."""
    if not tag.arguments:
        return False
    if not silent:
        _push(state, tag, *_ELEMENTS[tag.name], Part(tag.arguments, tag.start))
    return True


def coloured(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% span red, words %}`, `{% p center logo, words %}` or `{% mark words color:red %}`."""
    options, words = options_and_words(tag)
    if not words.text:
        return False
    if not silent:
        colour = _colour(options)
        if tag.name == "mark":
            _push(state, tag, "mark", "", words)
        else:
            _push(state, tag, "span", f"tinted {colour}" if colour else "", words)
    return True


def label(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read a label: its words behind a class and `@`, or before a colour."""
    name, sign, behind = tag.arguments.partition("@")
    classes = name.split()
    if sign and all(one in _COLOURS or one in _GREY for one in classes):
        start = tag.start + len(name) + 1
        words = Part(behind.strip(), start + len(behind) - len(behind.lstrip()))
    else:
        words = without_options(Part(tag.arguments, tag.start)).words
        before, _, last = words.text.rpartition(" ")
        classes = [last] if before and (last in _COLOURS or last in _GREY) else []
        words = Part(before.rstrip(), words.start) if classes else words
    if not words.text:
        return False
    if not silent:
        _push(state, tag, "span", f"label {_colour(tuple(classes))}".strip(), words)
    return True


def checkbox(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read a box: ticked where an option says `checked`, in Fluid's `cb` where the second part is `true`."""
    if tag.name == "cb":
        first, *others = parts_of(tag)
        words, checked = first, bool(others) and others[0].text == "true"
    else:
        options, words = options_and_words(tag)
        checked = "checked" in options
    if not words.text:
        return False
    if not silent:
        box = state.push("html_inline", "", 0)
        _set_span(state, tag, box)
        state_of = ' checked="checked"' if checked else ""
        named = f'aria-label="{escape(words.text)}"'
        box.content = f'<input type="checkbox" class="task-list-item-checkbox" {named} disabled="disabled"{state_of}> '
        read_words(state, words.start, words.end)
    return True


def bubble(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% bubble words, note, colour %}` or `{% nota words, note %}`: words with a footnote."""
    first, *others = parts_of(tag)
    note = others[0] if others else Part("", 0)
    if not first.text or not note.text:
        return False
    if not silent:
        read_words(state, first.start, first.end)
        _push_footnote(state, tag, note)
    return True


def _push_footnote(state: StateInline, tag: Tag, note: Part) -> None:
    """Push the mark of a footnote whose text stands here, as the footnote plugin does for `^[text]`."""
    notes = state.env.setdefault("footnotes", {}).setdefault("list", {})
    mark = state.push("footnote_ref", "", 0)
    mark.meta = {"id": len(notes)}
    _set_span(state, tag, mark)
    tokens: list[Token] = []
    state.md.inline.parse(note.text, state.md, state.env, tokens)
    notes[mark.meta["id"]] = {"content": note.text, "tokens": tokens}


def hidden(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% hideInline words,title,background,colour %}`: the title, then the words that hide."""
    first, *others = parts_of(tag)
    if not first.text:
        return False
    if not silent:
        if others and others[0].text:
            read_words(state, others[0].start, others[0].end)
            state.push("text", "", 0).content = " "
        _push(state, tag, "span", "spoiler", first)
    return True


WORDS: dict[str, InlineTag] = {
    **dict.fromkeys(_ELEMENTS, styled),
    **dict.fromkeys(("span", "p", "mark"), coloured),
    **dict.fromkeys(("checkbox", "radio", "cb"), checkbox),
    **dict.fromkeys(("bubble", "nota"), bubble),
    "label": label,
    "hideInline": hidden,
}
