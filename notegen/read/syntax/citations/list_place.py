r"""Where the list of cited works stands: a line that asks for it, an empty section of that name, the end.

Lines: `[[REFERENCES]]`, `[[BIB]]`; `{bibliography}` of MyST, alone or as a fence; `::: {#refs}` of Pandoc and Quarto;
`{% bibliography %}` of jekyll-scholar; `{{< bibliography >}}` of hugo-cite; `\bibliography{…}`, `\printbibliography`;
`<d-bibliography>`. Token: `references`, its `info` is "heading" where the list needs one, its `markup` ALL_WORKS where
it has every work: jekyll-scholar's tag without `--cited`, which pages of publications have. `nocite:` in front matter
names works that are in the list without a mark (Pandoc User's Guide, "Including uncited items").
"""

import re
from collections.abc import Sequence

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.model.body import ALL_WORKS, CitedWork
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.token_data import CITATION, Citation
from notegen.text.patterns import lazy_regex

_LINE = lazy_regex(
    r"(?:\[\[?(?:references|bibliography|bib)\]\]?|\{bibliography\}|\{% ?bibliography\b(?P<options>[^%\n]{0,200})%\}"
    r"|\{\{[<%] ?bibliography\b[^<>%\n]{0,200}[>%]\}\}|\\bibliography\{[^{}\n]{0,200}\}"
    r"|\\printbibliography(?:\[[^\[\]\n]{0,200}\])?|<d-bibliography\b[^<>\n]{0,200}>(?:</d-bibliography>)?)[ \t]*",
    re.IGNORECASE,
)
_OPEN = lazy_regex(
    r"(?P<mark>:{3,})[ \t]*\{#refs\b[^{}\n]{0,100}\}[ \t]*|(?P<fence>`{3,})\{bibliography\}[^`\n]{0,200}"
)
_MOST_LINES = 20  # of a container or a fence
_NAMES = frozenset(
    (
        "参考文献",
        "參考文獻",
        "参考资料",
        "参考",
        "引用文献",
        "references",
        "bibliography",
        "literatur",
        "bibliographie",
        "références",
    )
)
_CHOSEN = lazy_regex(r"(?:^|\s)(?:-[fqTx]|--(?:file|query|template|remove_duplicates))\b")  # what lists some works
_NUMBER = lazy_regex(r"^[\d.]{1,9}\s|[：:]$")
REFERENCES = "references"


def references_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a line, or a container or fence without text, that asks for the list."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.is_code_block(start_line):
        return False
    last = start_line
    line = _LINE.fullmatch(state.src, start, state.eMarks[start_line])
    options = line["options"] if line else None
    if options and _CHOSEN.search(options):
        return False
    if line is None:
        opened = _OPEN.fullmatch(state.src, start, state.eMarks[start_line])
        last = _closing_line(state, start_line, end_line, opened) if opened else -1
    if last < 0:
        return False
    if not silent:
        state.line = last + 1
        token = state.push(REFERENCES, "", 0)
        token.block, token.map = True, [start_line, last + 1]
        token.markup = ALL_WORKS if options is not None and "--cited" not in options else ""
        parse_state(state.env).citing = True
    return True


def _closing_line(state: StateBlock, line: int, end_line: int, opened: re.Match[str]) -> int:
    """Return the line that closes a container without text, or a fence with options at most; -1 for none."""
    mark = opened["mark"] or opened["fence"]
    for number in range(line + 1, min(end_line, line + _MOST_LINES)):
        text = state.src[state.bMarks[number] : state.eMarks[number]].strip()
        if text.startswith(mark) and not text.strip(mark[0]):
            return number
        if text and opened["mark"]:
            return -1
    return -1


def place_references(state: StateCore) -> None:
    """Give a note that may cite, or shows another one that may, one place for the list."""
    listed = _listed(parse_state(state.env).fields.get("nocite"))
    if not (listed or parse_state(state.env).citing) and not any(sign in state.src for sign in ("![[", "[[@")):
        return
    _place(state.tokens)
    state.tokens += listed  # numbered last


def _place(tokens: list[Token]) -> None:
    places = [index for index, token in enumerate(tokens) if token.type == REFERENCES]
    if places:
        for index in reversed(places[1:]):
            del tokens[index]
        token = tokens[places[0]]
        token.info = "" if token.markup == ALL_WORKS or _heading_before(tokens, places[0]) else "heading"
        return
    end = next((index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    index = _empty_section(tokens, end)
    token = Token(REFERENCES, "", 0, block=True, info="heading" if index < 0 else "")
    tokens.insert(end if index < 0 else index, token)


def _listed(nocite: object) -> list[Token]:
    """Return the tokens of works that are in the list only: `nocite:` in front matter, as Pandoc has it."""
    written = nocite if isinstance(nocite, list) else [nocite] if isinstance(nocite, str) else []
    keys = [key.strip("@,;.") for item in written if isinstance(item, str) for key in item.replace(",", " ").split()]
    works = tuple(CitedWork(key) for key in keys if key)
    if not works:
        return []
    citation = Token("citation", "", 0)
    CITATION.set(citation, Citation(works, "hidden"))
    return [Token("inline", "", 0, children=[citation], block=True)]


def _heading_before(tokens: Sequence[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].type == "heading_close"


def _empty_section(tokens: Sequence[Token], end: int) -> int:
    """Return the index behind a heading such as 参考文献 that nothing follows but a heading or the end; -1 for none."""
    for index in range(2, end):
        if tokens[index].type != "heading_close" or tokens[index].level:
            continue
        if (index + 1 >= end or tokens[index + 1].type == "heading_open") and _is_name(tokens[index - 1].content):
            return index + 1
    return end if end > 1 and tokens[end - 1].type == "heading_close" and _is_name(tokens[end - 2].content) else -1


def _is_name(text: str) -> bool:
    return _NUMBER.sub("", text.strip()).strip("*_ ").casefold() in _NAMES


REFERENCES_LINE = Rule("block", "references_line", references_line, starts="[{:\\`<", before="fence", interrupts=BLOCKS)
PLACE_REFERENCES = Rule("core", "place_references", place_references)
