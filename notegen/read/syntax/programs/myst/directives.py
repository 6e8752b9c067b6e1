r"""What the directives of MyST mean here: callouts, theorems, displays, figures, code, tabs, quotes, plain boxes.

Tokens: block quotes with a HEAD (see callouts), `math_block` with a LABEL, `figure_open` … as figures.py has them,
`fence`, `container_open` as containers.py has them. Only directives whose meaning we have are in the table; those that
need what is not there (lists of citations, diagrams) are not.

Source: MyST-Parser docs, "Directives"; mystmd docs, "Admonitions", "Images and figures", "Code"; sphinx-proof and
sphinx-exercise docs.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from notegen.read.syntax.attributes.code_captions import take_label
from notegen.read.syntax.attributes.list import AttributeList, apply_attributes
from notegen.read.syntax.callouts.heads import HEAD, Head
from notegen.read.syntax.callouts.kinds import WORDS, find_word
from notegen.read.syntax.lines import block_quote, push_paragraph, read_lines
from notegen.read.syntax.math.prose import clean_latex, is_blank
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.programs.myst.tables import push_csv_table, push_list_table
from notegen.read.syntax.report import report_unrun_cell
from notegen.read.syntax.tabs.divs import push_code_group
from notegen.read.syntax.tabs.tokens import TAB_SET, tab, tab_set
from notegen.read.token_data import FORMULA, LABEL, PLACE, FormulaSource, Place
from notegen.text.patterns import lazy_regex

_OPTION = lazy_regex(r":(?P<key>[A-Za-z][\w-]*+):[ \t]*+(?P<value>[^\n]*+)")
_YAML = lazy_regex(r"(?P<key>[A-Za-z][\w-]*+)[ \t]*:[ \t]*+(?P<value>[^\n]*+)")
_WIDTH = lazy_regex(r"\d{1,5}(?:\.\d{1,3})?(?:px|%|em|rem)?")
_HIDDEN = frozenset({"remove-input", "remove-cell"})
_FOLDED_CODE = frozenset({"hide-input", "hide-cell"})
_FOLDED = frozenset({"dropdown", "toggle"})
_LANGUAGES = {"ipython": "python", "ipython3": "python"}


class Directive(NamedTuple):
    """A directive: its name without braces, the rest of its line, its options, and its lines.

    The lines are that of its fence, and its body's from `first` up to `end`.
    """

    name: str
    argument: str
    options: dict[str, str]
    line: int
    first: int
    end: int

    @property
    def label(self) -> str:
        """The name by which others refer to it."""
        return self.options.get("label") or self.options.get("name", "")

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes."""
        return tuple(self.options.get("class", "").replace(",", " ").split())


Handler = Callable[[StateBlock, Directive], bool]


def opened_by(state: StateBlock, name: str, argument: str, line: int, end: int) -> Directive:
    """Return the directive whose fence stands on `line` and whose body ends before the line `end`."""
    first, options = line + 1, dict[str, str]()
    if first < end and _text(state, first) == "---":
        closing = next((at for at in range(first + 1, end) if _text(state, at) == "---"), -1)
        if closing > 0:
            options = _yaml([_text(state, at) for at in range(first + 1, closing)])
            first = closing + 1
    while first < end and (option := _OPTION.fullmatch(_text(state, first))):
        options[option["key"].lower()] = option["value"].strip()
        first += 1
    while first < end and state.isEmpty(first):
        first += 1
    return Directive(name, argument, options, line, first, end)


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _yaml(lines: list[str]) -> dict[str, str]:
    """Return options given as YAML: one line each, or a list below its key."""
    options: dict[str, str] = {}
    key = ""
    for line in lines:
        pair = _YAML.fullmatch(line)
        if pair is not None:
            key = pair["key"].lower()
            options[key] = pair["value"].strip().strip("\"'")
        elif key and line.startswith("- "):
            options[key] = f"{options[key]} {line[2:].strip()}".strip()
    return options


def _lines(state: StateBlock, directive: Directive) -> str:
    """Return the body as text, without the indentation of its container."""
    return state.getLines(directive.first, directive.end, state.blkIndent, keepLastLF=True)


def _admonition(state: StateBlock, directive: Directive) -> bool:
    """Push a callout: of its own kind, or of the kind that a class of `{admonition}` names."""
    classes = [name for name in directive.classes if name not in _FOLDED]
    names = [directive.name, *classes] if directive.name in WORDS else [*classes, _NEAR.get(directive.name, "note")]
    word = next((name for name in names if name in WORDS), "note")
    folded = directive.name in _FOLDED or bool(_FOLDED.intersection(directive.classes))
    fold = ("+" if "open" in directive.options else "-") if folded else ""
    bare = directive.first >= directive.end and directive.name in WORDS
    _callout(state, directive, Head(find_word(word), fold, "", "" if bare else directive.argument, 0), bare=bare)
    return True


def _callout(state: StateBlock, directive: Directive, head: Head, *, bare: bool = False) -> None:
    """Push a callout with the directive's body; where it is `bare`, its argument is all of its text."""
    index = len(state.tokens)
    with block_quote(state, "```{", [directive.line, directive.end]) as opened:
        HEAD.set(opened, head)
        if bare and directive.argument:
            push_paragraph(state, directive.argument, [directive.line, directive.line + 1])
        read_lines(state, directive.first, directive.end)
    if not head.word.kind.theorem:
        apply_attributes(state.tokens[index], AttributeList(directive.label))


def _theorem(state: StateBlock, directive: Directive) -> bool:
    """Push a numbered box: `{prf:theorem} Name` with `:label:`, `{exercise}`, `{solution} label of an exercise`."""
    word = directive.name.removeprefix("prf:")
    title = "" if directive.name == "solution" else directive.argument
    _callout(state, directive, Head(find_word(word), "", directive.label, title, 0))
    return True


def _math(state: StateBlock, directive: Directive) -> bool:
    """Push a display."""
    body = _lines(state, directive)
    latex = clean_latex(f"{directive.argument}\n{body}")
    if is_blank(latex.text):
        return False
    token = state.push("math_block", "", 0)
    token.map, token.content, token.markup = [directive.line, directive.end + 1], latex.text, "{math}"
    start = state.bMarks[directive.first] + state.tShift[directive.first]
    FORMULA.set(token, FormulaSource(display=True))
    PLACE.set(token, Place(directive.first, start - state.src.rfind("\n", 0, start) - 1))
    LABEL.set(token, directive.label)
    return True


def _figure(state: StateBlock, directive: Directive) -> bool:
    """Push a figure: its picture, the first paragraph of its body as caption, the rest below that."""
    if not directive.argument:
        return False
    lines = [directive.line, directive.end + 1]
    opened = state.push("figure_open", "figure", 1)
    opened.map = lines
    apply_attributes(opened, AttributeList(directive.label, directive.classes))
    LABEL.set(opened, directive.label)
    _picture(state, directive)
    end = next((at for at in range(directive.first, directive.end) if state.isEmpty(at)), directive.end)
    if directive.first < directive.end:
        state.push("figcaption_open", "figcaption", 1).map = [directive.first, directive.end]
        inline = state.push("inline", "", 0)
        inline.content = state.getLines(directive.first, end, state.blkIndent, keepLastLF=False).strip()
        inline.children, inline.map = [], [directive.first, end]
        read_lines(state, end, directive.end)
        state.push("figcaption_close", "figcaption", -1)
    state.push("figure_close", "figure", -1)
    return True


def _image(state: StateBlock, directive: Directive) -> bool:
    """Push a paragraph that is a picture."""
    if not directive.argument:
        return False
    state.push("paragraph_open", "p", 1).map = [directive.line, directive.end + 1]
    _picture(state, directive)
    state.push("paragraph_close", "p", -1)
    return True


def _picture(state: StateBlock, directive: Directive) -> None:
    """Push an inline token that holds the picture, as Markdown."""
    options = directive.options
    alt = "".join(f"\\{char}" if char in "[]\\`*_$<" else char for char in options.get("alt", ""))
    sizes = {key: options[key] for key in ("width", "height") if _WIDTH.fullmatch(options.get(key, ""))}
    attributes = "".join(f" {key}={size}" for key, size in sizes.items())
    inline = state.push("inline", "", 0)
    inline.content = f"![{alt}](<{directive.argument}>){'{' + attributes.strip() + '}' if attributes else ''}"
    inline.children, inline.map = [], [directive.line, directive.line + 1]


def _code(state: StateBlock, directive: Directive) -> bool:
    """Push code; that of a cell whose input is removed is not shown."""
    options = directive.options
    tags = re.split(r"[\s,\[\]\"']+", options.get("tags", ""))
    if _HIDDEN.intersection(tags):
        return True
    if directive.name == "code-cell" and "skip-execution" not in tags:
        report_unrun_cell(state.env, directive.line)
    named = directive.argument or (_kernel(state) if directive.name == "code-cell" else "")
    language = _LANGUAGES.get(named, named)
    pairs = {
        "title": options.get("filename", "")
        if directive.label
        else options.get("caption") or options.get("filename", ""),
        "linenums": options.get("lineno-start") or ("1" if "linenos" in options else ""),
        "hl_lines": options.get("emphasize-lines", "").replace(",", " "),
        "fold": "closed" if _FOLDED_CODE.intersection(tags) else "",
    }
    written = "".join(f' {key}="{value.replace(chr(34), chr(39))}"' for key, value in pairs.items() if value)
    token = state.push("fence", "code", 0)
    token.info = (language or "text" if written else language) + written
    token.content, token.markup = _lines(state, directive), "```"
    token.map = [directive.line, directive.end + 1]
    if directive.label:
        take_label(token, directive.label, options)
        LABEL.set(token, directive.label)
    return True


def _kernel(state: StateBlock) -> str:
    """Return the language of the kernel that the front matter names, as Jupytext writes it; "" for none."""
    kernel = parse_state(state.env).fields.get("kernelspec")
    language = str(kernel.get("language", "")) if isinstance(kernel, Mapping) else ""
    return language.lower() if language.isalpha() else ""


def _table(state: StateBlock, directive: Directive) -> bool:
    """Push a table with its caption and label; what else the body holds stays beside it."""
    index = len(state.tokens)
    read_lines(state, directive.first, directive.end)
    at = next((at for at in range(index, len(state.tokens)) if state.tokens[at].type == "table_open"), -1)
    if at < 0:
        del state.tokens[index:]
        return False
    table, lines = state.tokens[at], [directive.line, directive.line + 1]
    apply_attributes(table, AttributeList(directive.label, directive.classes))
    LABEL.set(table, directive.label)
    if directive.argument:
        level = table.level + 1
        inline = Token("inline", "", 0, content=directive.argument, children=[], map=lines, block=True, level=level + 1)
        state.tokens[at + 1 : at + 1] = [
            Token("caption_open", "caption", 1, map=lines, block=True, level=level),
            inline,
            Token("caption_close", "caption", -1, block=True, level=level),
        ]
    return True


def _quote(state: StateBlock, directive: Directive) -> bool:
    with block_quote(state, "```{", [directive.line, directive.end]) as opened:
        opened.attrs.update({"class": directive.name} if directive.name != "blockquote" else {})
        read_lines(state, directive.first, directive.end)
    return True


def _box(state: StateBlock, directive: Directive) -> bool:
    """Push a plain box with its title, as containers have it."""
    box = state.push("container_open", "div", 1)
    box.map = [directive.line, directive.end + 1]
    named = directive.argument.split() if directive.name in {"div", "container"} else [directive.name]
    apply_attributes(box, AttributeList(directive.label, (*named, *directive.classes)))
    if directive.argument and directive.name not in _SILENT:
        lines = [directive.line, directive.line + 1]
        push_paragraph(state, directive.argument, lines, **{"class": "container-title"})
    read_lines(state, directive.first, directive.end)
    state.push("container_close", "div", -1)
    return True


def _tab_set(state: StateBlock, directive: Directive) -> bool:
    """Push a set of tabs; what is in it says which."""
    with tab_set(state, [directive.line, directive.end + 1]):
        read_lines(state, directive.first, directive.end)
    return True


def _tab_item(state: StateBlock, directive: Directive) -> bool:
    """Push a tab: `{tab-item} Title` with `:sync: key`, `:selected:`. One by itself is a set of one."""
    if state.parentType != TAB_SET:
        with tab_set(state, [directive.line, directive.end + 1]):
            return _tab_item(state, directive)
    options = directive.options
    attributes = AttributeList(directive.label, directive.classes)
    key, chosen = options.get("sync", ""), "selected" in options
    with tab(state, directive.argument or "…", directive.line, key=key, chosen=chosen, attributes=attributes):
        read_lines(state, directive.first, directive.end)
    return True


def _code_tabs(state: StateBlock, directive: Directive) -> bool:
    """Push a set of tabs of which each holds a block of code, by its language."""
    return push_code_group(state, directive.first - 1, directive.end)


def _list_table(state: StateBlock, directive: Directive) -> bool:
    lines = directive.line, directive.first, directive.end
    return push_list_table(state, lines, directive.argument, directive.options)


def _csv_table(state: StateBlock, directive: Directive) -> bool:
    lines = directive.line, directive.first, directive.end
    return push_csv_table(state, lines, directive.argument, directive.options)


def _nothing(state: StateBlock, directive: Directive) -> bool:
    """Push nothing: the theme has a contents list, and an index is not shown where it is made."""
    del state, directive
    return True


_NEAR = {"seealso": "info", "admonition": "note", "dropdown": "note", "toggle": "note"}
_ADMONITIONS = "note tip hint important warning caution attention danger error todo seealso admonition dropdown toggle"
_PROOFS = (
    "theorem lemma definition proposition corollary axiom assumption proof example remark algorithm conjecture property"
    " observation criterion"
)
_BOXES = "margin sidebar aside topic grid grid-item grid-item-card card div container"
_SILENT = frozenset({"grid", "div", "container"})  # their argument is no title
DIRECTIVES: dict[str, Handler] = {
    **dict.fromkeys(_ADMONITIONS.split(), _admonition),
    **{f"prf:{name}": _theorem for name in _PROOFS.split()},
    **dict.fromkeys(("exercise", "solution"), _theorem),
    **dict.fromkeys(("code", "code-block", "code-cell", "sourcecode"), _code),
    **dict.fromkeys(("epigraph", "pull-quote", "blockquote"), _quote),
    **dict.fromkeys(_BOXES.split(), _box),
    **dict.fromkeys(("contents", "tableofcontents", "index"), _nothing),
    **dict.fromkeys(("tab-set", "tabs"), _tab_set),
    **dict.fromkeys(("tab-item", "tab", "group-tab"), _tab_item),
    "tab-set-code": _code_tabs,
    "list-table": _list_table,
    "csv-table": _csv_table,
    "math": _math,
    "table": _table,
    "figure": _figure,
    "image": _image,
}
