"""The parser of the syntax tests: CommonMark with tables and the plugins under test. The reader of their fixtures."""

from typing import NamedTuple

from markdown_it import MarkdownIt

from notegen.read.syntax.attributes.rules import attributes_plugin
from notegen.read.syntax.block_ids import block_ids_plugin
from notegen.read.syntax.callouts.callouts import callouts_plugin
from notegen.read.syntax.comments import comments_plugin
from notegen.read.syntax.compat.rules import foreign_plugin
from notegen.read.syntax.emoji import emoji_plugin
from notegen.read.syntax.figures import figures_plugin
from notegen.read.syntax.hashtags import hashtags_plugin
from notegen.read.syntax.mark import mark_plugin
from notegen.read.syntax.shortcodes.hexo import hexo_tags_plugin
from notegen.read.syntax.shortcodes.hugo import hugo_tags_plugin
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


def add_syntax(md: MarkdownIt, language: str = "zh-CN") -> MarkdownIt:
    """Add all plugins to a parser, in the order that they need."""
    md.use(attributes_plugin)
    callouts_plugin(md, language)
    md.use(block_ids_plugin).use(figures_plugin).use(mark_plugin).use(comments_plugin).use(hashtags_plugin)
    return md.use(hexo_tags_plugin).use(hugo_tags_plugin).use(foreign_plugin).use(emoji_plugin)


def syntax_parser(language: str = "zh-CN", *, html: bool = True) -> MarkdownIt:
    """Return a parser that knows the plugins and no formulas."""
    md = MarkdownIt("commonmark", {"xhtmlOut": False, "html": html}).enable(["table", "strikethrough"])
    return add_syntax(md, language)
