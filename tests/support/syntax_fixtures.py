"""The parser of the syntax tests: CommonMark with tables and the rules under test. The reader of their fixtures."""

from typing import NamedTuple

from markdown_it import MarkdownIt
from mdit_py_plugins.tasklists import tasklists_plugin

from notegen.model.config import Config, MarkdownConfig, ReadSettings, read_settings
from notegen.read.parser import make_parser, syntax_rules
from notegen.read.syntax.rule import add_rules
from notegen.read.syntax.shortcodes.links import read_tags_in_addresses
from tests.support.paths import FIXTURES

FOLDER = FIXTURES / "syntax"


class Case(NamedTuple):
    """A fixture: its title, the Markdown (or whatever is read), and what is expected."""

    title: str
    source: str
    expected: str


def load_cases(name: str) -> list[Case]:
    """Return the cases of a file: title line, `.`, input, `.`, expected, `.`."""
    parts = (FOLDER / name).read_text(encoding="utf-8").split("\n.\n")
    cases = zip(parts[::3], parts[1::3], parts[2::3], strict=False)
    return [Case(title.strip(), source, expected) for title, source, expected in cases]


# Rules of the table in `notegen/read/parser.py` that the syntax tests leave out.
_MATH = frozenset({"math_block", "table", "html_block", "math_html", "math_inline", "cross_ref", "math_image_text"})
_OTHERS = frozenset({"wikilink", "wikilink_embed", "note_embeds", "emphasis", "strikethrough", "liquid_code"})


def settings(language: str = "zh-CN") -> ReadSettings:
    """Return settings with all syntax switched on."""
    return read_settings(Config(language=language, markdown=MarkdownConfig(hashtags=True, emoji=True)))


def syntax_parser(language: str = "zh-CN", *, html: bool = True) -> MarkdownIt:
    """Return a parser that knows no formulas, wiki links and CJK typography."""
    md = MarkdownIt("commonmark", {"xhtmlOut": False, "html": html}).enable(["table", "strikethrough"])
    md.use(tasklists_plugin)
    read_tags_in_addresses(md)
    add_rules(md, [rule for rule in syntax_rules(settings(language)) if rule.name not in _MATH | _OTHERS])
    return md


def whole_parser() -> MarkdownIt:
    """Return a parser with all rules."""
    return make_parser(settings())
