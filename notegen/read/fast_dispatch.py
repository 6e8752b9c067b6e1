"""markdown-it's rules, called where they may have something to do: of some forty only those that can begin there.

markdown-it tries every rule at every place. Each looks at the character there first, and most do not match; the calls
cost more than the reading. Here a chain of rules is one rule, which looks once, at the `starts` of each `Rule` and of
markdown-it's own rules. What the rules are, their order and what they do stay as they are.

Gain: 7.8 % of the processor time of a cold build of 1,000 notes; half of that is the index for search.
Equality: `tests/read/test_fast_dispatch.py` reads the same texts in both ways. Off with NOTEGEN_PLAIN=1. It overrides
`Ruler.__rules__`, `Ruler.getRules` and `ParserInline.tokenize`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from notegen.read.syntax.rule import TERMINATORS, BlockRule, CoreRule, InlineRule, Rule

_Search = Callable[..., "re.Match[str] | None"]
_Function = TypeVar("_Function", InlineRule, BlockRule)

# Characters that markdown-it's own rules, and those of its plugins, may begin with. Others are tried everywhere.
_INLINE = {
    "linkify": ":",
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
_BLOCK = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
# Nothing to do where a text has left no delimiters; so it is with our own rules of this chain.
_DELIMITERS = frozenset({"balance_pairs", "strikethrough", "emphasis"})
# Nothing to do in a note without any of these. (To look for each takes a fifth of the time of one pattern for all.)
_CORE = {
    "normalize": ("\r", "\0"),
    "github-tasklists": ("[ ]", "[x]", "[X]"),
    "linkify": ("://", "mailto:"),
}


def use_fast_dispatch(md: MarkdownIt, rules: Iterable[Rule] = ()) -> None:
    """Let `md` choose its rules by the first character. To be called when all rules are there, ours being `rules`."""
    starts: dict[str, dict[str, str]] = {"inline": {**_INLINE}, "block": {**_BLOCK}, "delimiters": {}, "core": {}}
    for rule in rules:
        starts[rule.chain].pop(rule.name, None)
        if rule.starts or rule.chain == "delimiters":
            starts[rule.chain][rule.name] = rule.starts
    md.inline = _Inline(md.inline, starts["inline"], _DELIMITERS | starts["delimiters"].keys())
    md.block.ruler = _BlockRuler(md.block.ruler, starts["block"])
    for core_rule in md.core.ruler.__rules__:
        if core_rule.name in _CORE:
            core_rule.fn = _where_found(_CORE[core_rule.name], core_rule.fn)


class _Inline(ParserInline):
    """The inline parser, for which text without any markup is one token."""

    def __init__(self, plain: ParserInline, starts: Mapping[str, str], on_delimiters: frozenset[str]) -> None:
        super().__init__()
        self.ruler = ruler = _InlineRuler(plain.ruler, starts)
        self._stop, self._table = ruler.stop, ruler.table
        self.ruler2 = plain.ruler2
        rules = [rule for rule in plain.ruler2.__rules__ if rule.enabled]
        self._always = [rule.fn for rule in rules if rule.name not in on_delimiters]
        self._after = [rule.fn for rule in rules]

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Read a run of text into `tokens`."""
        if not self._stop(src):
            if src:
                tokens.append(Token("text", "", 0, content=src))
            return tokens
        state = StateInline(src, md, env, tokens)
        self.tokenize(state)
        paired = state.delimiters or any(state.tokens_meta)
        for rule in self._after if paired else self._always:
            rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Read from the current position to the end: text, and what the rules make of the rest."""
        src, end, deepest = state.src, state.posMax, state.md.options["maxNesting"]
        stop, table = self._stop, self._table
        while (start := state.pos) < end:
            match = stop(src, start, end)
            at = match.start() if match else end
            if at > start:
                state.append_pending(src[start:at])
                state.pos = at
                if at == end:
                    break
            if state.level < deepest:
                for rule in table.get(src[at], ()):
                    if rule(state, False):
                        break
            if state.pos == at:
                state.append_pending(src[at])
                state.pos = at + 1
        if state.pending:
            state.pushPending()


class _InlineRuler(Ruler[InlineRule]):
    """The chain of all inline rules as two: one for text, one for everything else."""

    def __init__(self, plain: Ruler[InlineRule], starts: Mapping[str, str]) -> None:
        super().__init__()
        self.__rules__ = plain.__rules__
        enabled = {rule.name: rule.fn for rule in self.__rules__ if rule.enabled and rule.name != "text"}
        self.table = table = _table(enabled, starts, TERMINATORS)
        stops = "".join({**table, "]": ()})  # a label ends where a token does
        self.stop: _Search = re.compile(f"[{re.escape(stops)}]").search  # finds where a rule may begin
        self._chain = [_text_rule(self.stop), _inline_rule(table)]

    def getRules(self, chainName: str = "") -> list[InlineRule]:  # noqa: ARG002, N802, N803 (markdown-it's names)
        """Return the rules to try in order."""
        return self._chain


class _BlockRuler(Ruler[BlockRule]):
    """Each chain of block rules as one: all of them, and those that may end a paragraph, a list, a quote."""

    def __init__(self, plain: Ruler[BlockRule], starts: Mapping[str, str]) -> None:
        super().__init__()
        self.__rules__ = plain.__rules__
        self._starts = starts
        self._chains: dict[str, list[BlockRule]] = {}

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803 (markdown-it's names)
        """Return the rules to try in order."""
        if chainName not in self._chains:
            rules = [rule for rule in self.__rules__ if rule.enabled and (not chainName or chainName in rule.alt)]
            enabled = {rule.name: rule.fn for rule in rules}
            others = tuple(rule for name, rule in enabled.items() if name not in self._starts)
            self._chains[chainName] = [_block_rule(_table(enabled, self._starts, frozenset()), others)]
        return self._chains[chainName]


def _table(
    enabled: Mapping[str, _Function], starts: Mapping[str, str], others: frozenset[str]
) -> dict[str, tuple[_Function, ...]]:
    """Return the rules that may begin with each character, in order.

    Those without a place in `starts` may with all, also with `others`.
    """
    characters = {*"".join(starts[name] for name in enabled if name in starts)}
    if any(name not in starts for name in enabled):
        characters |= others
    begins: list[frozenset[str]] = [frozenset(starts.get(name, "".join(characters))) for name in enabled]
    table: dict[str, list[_Function]] = {character: [] for character in sorted(characters)}
    for rule, beginning in zip(enabled.values(), begins, strict=True):
        for character in beginning:
            table[character].append(rule)
    return {character: tuple(rules) for character, rules in table.items()}


def _text_rule(search: _Search) -> InlineRule:
    """Return the rule that takes text up to the next character at which a rule may begin."""

    def text(state: StateInline, silent: bool) -> bool:
        start, end = state.pos, state.posMax
        match = search(state.src, start, end)
        stop = match.start() if match else end
        if stop == start:
            return False
        if not silent:
            state.append_pending(state.src[start:stop])
        state.pos = stop
        return True

    return text


def _inline_rule(table: Mapping[str, Sequence[InlineRule]]) -> InlineRule:
    def first_that_matches(state: StateInline, silent: bool) -> bool:
        for rule in table.get(state.src[state.pos], ()):  # noqa: SIM110 (any() takes twice the time)
            if rule(state, silent):
                return True
        return False

    return first_that_matches


def _block_rule(table: Mapping[str, Sequence[BlockRule]], others: Sequence[BlockRule]) -> BlockRule:
    def first_that_matches(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
        start = state.bMarks[line] + state.tShift[line]
        character = state.src[start : start + 1]
        for rule in table.get(character, others):  # noqa: SIM110 (as above)
            if rule(state, line, end_line, silent):
                return True
        return False

    return first_that_matches


def _where_found(signs: Sequence[str], rule: CoreRule) -> CoreRule:
    def where_found(state: StateCore) -> None:
        for sign in signs:
            if sign in state.src:
                rule(state)
                return

    return where_found
