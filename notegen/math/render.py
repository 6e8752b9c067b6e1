"""All formulas of a note to MathML: math-core first, KaTeX for what it rejects, the source where both do."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from math_core import LatexToMathML

from notegen.math import core, katex
from notegen.math.core import Failure
from notegen.math.ids import anchor_id
from notegen.math.labels import Labels, collect_labels
from notegen.math.macros import read_macros
from notegen.math.marks import fill_marks
from notegen.math.plan import Planned, State, plan, replan
from notegen.math.problems import explain
from notegen.math.types import KatexCache, Problem, Rendered, Rendering, Snippet

Convert = Callable[[str, bool], str]


def render_formulas(
    snippets: Sequence[Snippet],
    macros: Mapping[str, str],
    *,
    numbering: str = "labelled",
    output: str = "mathml",
    katex_cache: KatexCache | None = None,
) -> Rendering:
    """Render every formula of one note."""
    raise NotImplementedError
