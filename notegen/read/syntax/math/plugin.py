"""The math scanner as a markdown-it-py plugin: a formula is an opaque token from its first byte.

Formulas inside paragraphs, displays too, are `math_inline` tokens (see inline.py); displays that stand as blocks are
`math_block` tokens (see block.py); formulas in raw HTML are tokens of either type beside `html_block` tokens (see
html.py). Inline tokens tell their place by `meta["offset"]` (with `notegen.read.positions.locate`), others by
`meta["line"]` and `meta["column"]`. References in prose are `math_ref` tokens.
"""

from markdown_it import MarkdownIt

from notegen.model.config import MathConfig
from notegen.read.positions import finish_places
from notegen.read.syntax.math.block import math_block_rules
from notegen.read.syntax.math.html import math_html_rules
from notegen.read.syntax.math.inline import math_inline_rules
from notegen.read.syntax.math.table import math_table_rules


def math_plugin(md: MarkdownIt, settings: MathConfig) -> None:
    """Add the rules that read formulas. `settings` says which dialects are on."""
    math_inline_rules(md, settings)
    math_table_rules(md)
    math_block_rules(md, settings)
    math_html_rules(md)
    md.core.ruler.push("math_offsets", finish_places)
