"""What a syntax rule is: a function as markdown-it calls it, its place in a chain, and what it may begin with.

A rule is declared once, as a value beside its code. `notegen/read/parser.py` is the ordered table of all of them.
"""

from collections.abc import Callable, Iterable
from typing import Any, Literal

import msgspec
from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

Chain = Literal["core", "block", "inline", "delimiters"]
BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]
DelimiterRule = Callable[[StateInline], None]
CoreRule = Callable[[StateCore], None]

BLOCKS = ("paragraph", "reference", "blockquote", "list")  # what most blocks of our own may interrupt
# Where core rules stand: before the names of the rules that read blocks and inline text, and of the first one behind.
BEFORE_BLOCKS, BEFORE_INLINE, AFTER_INLINE = "block", "inline", "github-tasklists"
TERMINATORS = frozenset("\n!#$%&*+-:<=>@[\\]^_`{}~")  # where markdown-it's rule for text stops by itself


class Rule(msgspec.Struct, frozen=True):
    """A syntax rule. `fn` is what markdown-it asks of the rules of its chain.

    - "block": `(state, start_line, end_line, silent) -> bool` reads lines into block tokens;
    - "inline": `(state, silent) -> bool` reads characters of a paragraph, a heading or a cell into inline tokens;
    - "delimiters": `(state) -> None` runs behind the inline rules of a text in which they left delimiters;
    - "core": `(state) -> None` works on all tokens: between reading blocks and reading their text, or behind both.

    A block or inline rule returns whether it matches; where `silent`, it pushes no token.

    `starts`: the characters that what it reads may begin with (of a line, behind white space; of the text); "" where
    that can be anything. `before`: the name of the rule of the chain that it stands before; "" for the place of the
    rule of the same name, or the end of the chain. `interrupts`: for block rules, the kinds of blocks that it ends
    without a blank line (CommonMark: "can interrupt a paragraph").
    """

    chain: Chain
    name: str
    fn: BlockRule | InlineRule | DelimiterRule | CoreRule
    starts: str = ""
    before: str = ""
    interrupts: tuple[str, ...] = ()


def add_rules(md: MarkdownIt, rules: Iterable[Rule]) -> None:
    """Add rules to a parser; those before the same rule keep their order."""
    rulers: dict[Chain, Ruler[Any]] = {
        "core": md.core.ruler,
        "block": md.block.ruler,
        "inline": md.inline.ruler,
        "delimiters": md.inline.ruler2,
    }
    for rule in rules:
        ruler = rulers[rule.chain]
        if rule.before:
            ruler.before(rule.before, rule.name, rule.fn, {"alt": list(rule.interrupts)})
        elif rule.name in ruler.get_all_rules():
            ruler.at(rule.name, rule.fn, {"alt": list(rule.interrupts)})
        else:
            ruler.push(rule.name, rule.fn, {"alt": list(rule.interrupts)})
        if rule.chain == "inline":
            for character in set(rule.starts) - TERMINATORS:
                md.inline.add_terminator_char(character)
