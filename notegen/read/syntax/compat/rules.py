"""What notes bring along from MkDocs, VuePress, Pandoc, kramdown, Typora and others, as one plugin and one block rule.

The rule asks the one reader that may begin with the first character of a line, so that all of them cost other notes
next to nothing.
"""

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from notegen.read.syntax.compat.admonitions import admonitions
from notegen.read.syntax.compat.containers import containers, forget_containers
from notegen.read.syntax.compat.html_markdown import clean_html, find_marked_html, html_markdown
from notegen.read.syntax.compat.spaced_links import spaced_link_rules
from notegen.read.syntax.compat.toc_lines import toc_line
from notegen.read.syntax.compat.unsupported import report_foreign_syntax
from notegen.read.syntax.shortcodes.blocks import ALTERNATIVES

_READERS: dict[str, Callable[[StateBlock, int, int, bool], bool]] = {
    ":": containers,
    "!": admonitions,
    "?": admonitions,
    "<": html_markdown,
    **dict.fromkeys("[@${", toc_line),
}


def foreign_plugin(md: MarkdownIt) -> None:
    """Add containers, admonitions, lines for contents lists, Markdown in HTML, spaces in addresses, and a report.

    To be used after the math rules, and the tags of Hexo and Hugo.
    """
    md.block.ruler.before("fence", "foreign_blocks", foreign_blocks, {"alt": ALTERNATIVES})
    spaced_link_rules(md)
    md.core.ruler.before("block", "html_markdown", find_marked_html)
    md.core.ruler.after("block", "containers", forget_containers)
    for name, rule in (
        ("html_markdown_end", clean_html),
        ("foreign_syntax", report_foreign_syntax),
    ):
        md.core.ruler.after("inline", name, rule)


def foreign_blocks(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read what begins on a line."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    reader = _READERS.get(state.src[start : start + 1])
    return reader is not None and not state.is_code_block(start_line) and reader(state, start_line, end_line, silent)
