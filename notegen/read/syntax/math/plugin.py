"""The math scanner as a markdown-it-py plugin: a formula is an opaque token from its first byte.

Formulas inside paragraphs, displays too, are `math_inline` tokens (see `math_inline`); displays that stand as blocks
are `math_block` tokens (see `math_block`); formulas in raw HTML are tokens of either type beside `html_block` tokens
(see `math_html`). Inline tokens tell their place by `meta["offset"]` (with `notegen.read.positions.locate`), others by
`meta["line"]` and `meta["column"]`. References in prose are `math_ref` tokens (see `math_reference`).
Problems are left in `env["math_problems"]` (see `math_problems`).
"""

from markdown_it import MarkdownIt

from notegen.model.config import MathConfig
from notegen.read.syntax.math.block import math_block_rules
from notegen.read.syntax.math.html import math_html_rules
from notegen.read.syntax.math.inline import math_inline_rules
from notegen.read.syntax.math.reference import math_reference_rules
from notegen.read.syntax.math.report import math_problem_rules
from notegen.read.syntax.math.table import math_table_rules


def math_plugin(md: MarkdownIt, settings: MathConfig) -> None:
    """Add the rules that read formulas. `settings` says which dialects are on."""
    math_inline_rules(md, settings)
    math_reference_rules(md)
    math_table_rules(md)
    math_block_rules(md, settings)
    math_html_rules(md)
    math_problem_rules(md)
