r"""Algorithms in a note: bare `\begin{algorithm}`, fences, `<pre class="pseudocode">`, `{{< pseudocode >}}`.

All become one token `algorithm` with SOURCE and what was read; when callouts have been counted, with which they share
their numbers, a second rule puts the tokens of tokens.py in its place. A fence that holds no LaTeX stays code. Reports:
algorithm-unclosed, algorithm-syntax, algorithm-unknown-command, math-unclosed, label-duplicate.

Source: see commands.py; the options of Quarto's pseudocode extension (`#| label: alg-x`) in a fence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.code.highlight import language_of
from notegen.read.source_map import column_of
from notegen.read.syntax.algorithms.parse import EDGE, parse_algorithms
from notegen.read.syntax.algorithms.tokens import Names, algorithm_tokens
from notegen.read.syntax.algorithms.tree import Algorithm, Piece, Problem
from notegen.read.syntax.callouts.callouts import anchor_of, spoken
from notegen.read.syntax.callouts.kinds import WORDS
from notegen.read.syntax.lines import leaves, line_of, outside_fences
from notegen.read.syntax.parse_state import once, parse_state
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import BEFORE_INLINE, BLOCKS, Rule
from notegen.read.token_data import ANCHOR, CALLOUT, COUNTED, COUNTED_NUMBER, PLACE, Place, TokenField
from notegen.text.patterns import lazy_regex

_LANGUAGES = frozenset({"algorithm", "pseudocode", "pseudo"})
_LATEX = lazy_regex(
    r"\\(?:begin\s?\{algorithm|(?:State|STATE|If|IF|For|FOR|While|WHILE|Procedure|PROCEDURE|Function|FUNCTION|KwIn)\b)"
)
_PRE = lazy_regex(r"<pre(?=\s)[^<>]*>", re.IGNORECASE)
_CLASS = lazy_regex(r"\sclass\s?=\s?(?:\"([^\"<>]*)\"|'([^'<>]*)'|([\w-]+))", re.IGNORECASE)
_END_PRE = "</pre>"
_SOURCES = frozenset({"fence", "html_block"})
_MANY = 20  # problems of one algorithm that are reported


class Source(msgspec.Struct, frozen=True):
    """An algorithm as it was read: its text, of which the first line is number `line` of the parsed one; its label."""

    text: str
    line: int
    algorithm: Algorithm
    label: str = ""


SOURCE: TokenField[Source | None] = TokenField("algorithm_source", None)  # of the token `algorithm`


def bare_algorithm(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    r"""Read `\begin{algorithm}` at the beginning of a line, up to its end."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(r"\begin", start) or state.is_code_block(start_line):
        return False
    edge = EDGE.match(state.src, start, state.eMarks[start_line])
    if edge is None:
        return False
    close = once(state.env, _pairs, state.src).get(start, -1)
    last = line_of(state, close, start_line, end_line)
    if last < 0 or leaves(state, start_line, last):
        _report_unclosed(state, edge, start_line)
        return False
    if not silent:
        text = state.getLines(start_line, last + 1, state.blkIndent, keepLastLF=True)
        for token in _source_tokens(text, start_line, entities=False):
            state.tokens.append(token)
            token.map, token.level = [start_line, last + 1], state.level
        state.line = last + 1
    return True


def _pairs(text: str) -> dict[int, int]:
    r"""Return where each `\begin` stands -> where its `\end` does. The environments of one name do not nest."""
    pairs: dict[int, int] = {}
    opened: dict[str, int] = {}
    for edge in outside_fences(EDGE, text):
        if edge["edge"] == "begin":
            opened[edge["name"]] = edge.start()
        elif edge["name"] in opened:
            pairs[opened.pop(edge["name"])] = edge.start()
    return pairs


def _report_unclosed(state: StateBlock, edge: re.Match[str], line: int) -> None:
    place = (line + 1, edge.start() - state.bMarks[line] + 1)
    if not any((item.line, item.column) == place for item in parse_state(state.env).reports[-3:]):
        hint = rf"write \end{{{edge['name']}}} on a line of its own"
        message = rf"\begin{{{edge['name']}}} is never closed"
        report(state.env, "algorithm-unclosed", message, place, hint=hint, length=len(edge[0]))


def push_algorithms(state: StateBlock, first: int, end: int) -> None:
    """Push the algorithms in the lines from `first` up to `end`."""
    text = state.getLines(first, end, state.blkIndent, keepLastLF=True)
    for token in _source_tokens(text, first, entities=False):
        state.tokens.append(token)
        token.map, token.level = [first, end], state.level


def _source_tokens(text: str, line: int, *, entities: bool) -> Iterator[Token]:
    """Yield a token for each algorithm in a text that begins at a line."""
    label, caption, start = _options(text)
    for algorithm in parse_algorithms(text[start:], entities=entities):
        shown = algorithm
        if caption and algorithm.caption is None:
            shown = msgspec.structs.replace(algorithm, caption=(Piece("text", caption),))
        token = Token("algorithm", "figure", 0, block=True)
        SOURCE.set(token, Source(text[start:], line + text.count("\n", 0, start), shown, label))
        if shown.caption is not None:
            COUNTED.set(token, "algorithm")
        yield token


def _options(text: str) -> tuple[str, str, int]:
    """Return the label and the caption that the first lines of a fence give, and where the algorithm begins."""
    values = {"label": "", "caption": ""}
    start = 0
    while text.startswith("#|", start) and (end := text.find("\n", start)) >= 0:
        key, _, value = text[start + 2 : end].partition(":")
        values[key.strip()] = value.strip().strip("\"'")
        start = end + 1
    return values["label"], values["caption"], start


def _fenced_algorithms(state: StateCore) -> None:
    """Turn fences and raw HTML that hold algorithms into tokens of them."""
    if not any(_language(token) for token in state.tokens if token.type in _SOURCES):
        return
    tokens: list[Token] = []
    for token in state.tokens:
        if not _language(token):
            tokens.append(token)
            continue
        line = token.map[0] if token.map else 0
        if token.type == "fence":
            read = list(_source_tokens(token.content, line + 1, entities=False))
        else:
            start, end = _pre(token.content)
            line += token.content.count("\n", 0, start)
            read = list(_source_tokens(token.content[start:end], line, entities=True))
        for algorithm in read:
            algorithm.map, algorithm.level = token.map, token.level
        tokens += read
    state.tokens = tokens


def _language(token: Token) -> bool:
    """Return whether a token is a fence or a raw block of pseudo-code in LaTeX."""
    if token.type == "fence":
        named = "algorithm" in token.info or "pseudo" in token.info
        return named and language_of(token.info).lower() in _LANGUAGES and _LATEX.search(token.content) is not None
    return token.type == "html_block" and "pseudocode" in token.content and _pre(token.content) != (0, 0)


def _pre(html: str) -> tuple[int, int]:
    """Return where the inside of `<pre class="pseudocode">` begins and ends, if it is all of a block; else 0, 0."""
    opened, text = _PRE.match(html.lstrip()), html.strip()
    classes = _CLASS.search(opened[0]) if opened else None
    names = " ".join(filter(None, classes.groups())).split() if classes else []
    if opened is None or "pseudocode" not in names or text[-len(_END_PRE) :].lower() != _END_PRE:
        return 0, 0
    indent = len(html) - len(html.lstrip())
    return indent + opened.end(), indent + len(text) - len(_END_PRE)


def algorithm_rules(language: str, *, citing: bool = False) -> tuple[Rule, Rule, Rule]:
    """Return the block rule, the rule for fences and raw HTML, and the one that runs behind callouts.

    `language` (a BCP 47 tag) gives the words, see `callout_rules`. `citing`: whether the site has a bibliography.
    """

    def algorithms(state: StateCore) -> None:
        places = [index for index, token in enumerate(state.tokens) if token.type == "algorithm"]
        if places:
            _expand(state, places, spoken(state, language))
            _settle_citations(state, citing=citing)

    return (
        Rule("block", "algorithm", bare_algorithm, starts="\\", before="table", interrupts=BLOCKS),
        Rule("core", "fenced_algorithms", _fenced_algorithms, before=BEFORE_INLINE),
        Rule("core", "algorithms", algorithms, before=BEFORE_INLINE),
    )


def _expand(state: StateCore, places: Sequence[int], language: str) -> None:
    """Put the tokens of each algorithm in its place. `places`: where these stand among the note's."""
    if not places:
        return
    lines = state.src.split("\n")
    known = [token for token in state.tokens if token.meta]
    labels = {box.label for token in known if (box := CALLOUT.of(token)) and box.label}
    anchors = {anchor for token in known if (anchor := ANCHOR.of(token))}
    tokens: list[Token] = []
    behind = 0
    for count, place in enumerate(places, 1):
        token = state.tokens[place]
        source = SOURCE.of(token)
        if source is None:  # every one has it
            continue
        positions = _Places(source, lines)
        own_labels = tuple(name for name in (source.label, *source.algorithm.labels) if name)
        _report_all(state, source.algorithm, positions)
        line_labels = [name for line in source.algorithm.lines for name in line.labels]
        _report_labels(state, [*own_labels, *line_labels], labels, token)
        anchor = anchor_of(own_labels[0]) if own_labels else ""
        anchor = anchor if anchor and anchor not in anchors else f"algorithm-{count}"
        anchors.add(anchor)
        tokens += state.tokens[behind:place]
        tokens += algorithm_tokens(source.algorithm, _names(anchor, own_labels, token, language), positions.of, token)
        behind = place + 1
    state.tokens = tokens + state.tokens[behind:]


def _settle_citations(state: StateCore, *, citing: bool) -> None:
    """Tell who makes the list of references of citations in algorithms; without a bibliography they are text."""
    lines = [token for token in state.tokens if token.type == "inline" and token.children]
    for child in (child for line in lines for child in line.children or () if child.type == "citation"):
        parse_state(state.env).citing = citing
        if not citing:
            child.type, place, name = "text", PLACE.of(child) or Place(0, 0), child.content.partition("{")[0]
            message = f"{name} is no command of an algorithm; it is shown as text"
            where = (place.line + 1, place.column - len(name))  # in front of its key
            report(state.env, "algorithm-unknown-command", message, where, length=len(name))


def _names(anchor: str, labels: tuple[str, ...], token: Token, language: str) -> Names:
    """Return how the algorithm of a token is called."""
    chinese = language.lower().startswith("zh")
    return Names(
        anchor,
        labels,
        COUNTED_NUMBER.of(token),
        WORDS["algorithm"].title(language),
        (lambda number: f"第 {number} 行") if chinese else (lambda number: f"line {number}"),
    )


def _report_all(state: StateCore, algorithm: Algorithm, places: "_Places") -> None:
    for problem in algorithm.problems[:_MANY]:
        _report(state, problem, places)


def _report(state: StateCore, problem: Problem, places: "_Places") -> None:
    place = places.of(problem.offset)
    where = (place.line + 1, place.column + 1)
    report(state.env, problem.code, problem.message, where, hint=problem.hint, length=problem.length)


def _report_labels(state: StateCore, names: Sequence[str], labels: set[str], token: Token) -> None:
    for label in names:
        if label in labels:
            message = f"the label {label!r} is given twice; references lead to the first one"
            report(state.env, "label-duplicate", message, ((token.map or [0])[0] + 1, 0))
        labels.add(label)


class _Places:
    """Finds the characters of an algorithm in the text that is parsed."""

    def __init__(self, source: Source, lines: Sequence[str]) -> None:
        self._first = source.line
        self._text_lines = source.text.split("\n")
        self._lines = lines
        self._columns: dict[int, int] = {}
        self._starts = [0]
        for line in self._text_lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def of(self, offset: int) -> Place:
        """Return the place of a character."""
        index = bisect_right(self._starts, offset) - 1
        line = self._first + index
        text = self._text_lines[index] if index < len(self._text_lines) else ""
        if index not in self._columns:
            self._columns[index] = max(0, column_of(self._lines[line], text)) if line < len(self._lines) else 0
        return Place(line, self._columns[index] + offset - self._starts[index])
