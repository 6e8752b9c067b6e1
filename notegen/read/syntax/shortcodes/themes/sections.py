"""Parts of a paired tag of Hexo's themes: each begins with a comment, `<!-- tab Title -->`, and goes on to the next.

Source: the documentation of the themes NexT ("Tabs"), Butterfly ("Tabs", "Timeline"), Volantis ("folders") and Stellar
("timeline", "grid").
"""

from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.shortcodes.parse import paired_tags
from notegen.read.syntax.tabs.tokens import marked_lines
from notegen.text.patterns import lazy_regex

_MARK = lazy_regex(
    r"<!--[ \t]*+(?P<end>end)?(?P<name>tab|timeline|node|folder|cell)\b(?P<title>(?:(?!-->)[^<\n])*+)-->[ \t]*+"
)


class Section(NamedTuple):
    """A part: its title as written, the line of its comment, its lines from `first` up to `end`."""

    title: str
    line: int
    first: int
    end: int


def marked_sections(state: StateBlock, line: int, close: int, *names: str) -> list[Section]:
    """Return the parts between two lines that comments of these names begin."""
    sections: list[Section] = []
    opened: tuple[str, int] | None = None
    for at in marked_lines(state, line + 1, close, paired_tags(state)):
        text = state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]]
        mark = _MARK.fullmatch(text) if text.startswith("<!--") else None
        if mark is None or mark["name"] not in names:
            continue
        sections += [Section(opened[0], opened[1], opened[1] + 1, at)] if opened else []
        opened = None if mark["end"] else (mark["title"].strip(), at)
    return sections + ([Section(opened[0], opened[1], opened[1] + 1, close)] if opened else [])
