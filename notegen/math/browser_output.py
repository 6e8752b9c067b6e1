r"""`math.output: source`: formulas left as `\(…\)` and `\[…\]` for the KaTeX or MathJax that a site brings along.

The LaTeX is the author's, but for what such a renderer cannot know or would do differently: macros are expanded, for it
has not read site.yaml and front matter; numbers are notegen's, as `\tag`, so that they are those of references in prose
and on other pages; labels become ids of the element, and references the numbers they stand for. KaTeX, which has
neither labels nor references, so shows the same as MathJax. It needs no options; MathJax must not number by itself
(`tags: "none"`, which is its default).
"""

import re
from html import escape

from notegen.math.latex.row_spacing import gap_mark
from notegen.math.latex.tokens import spell
from notegen.math.placeholders import with_ids
from notegen.math.prepare import Planned
from notegen.math.references import Labels
from notegen.math.types import Snippet


def source_html(snippet: Snippet, planned: Planned, labels: Labels, index: int) -> str:
    """Return a formula for a renderer in the browser: `span.math-inline`, or the bare display; definitions: nothing."""
    if planned.definitions:
        return ""
    changed = planned.expanded or planned.rows or planned.references or planned.anchors
    latex = escape(_filled(planned, labels) if changed else snippet.latex, quote=False)
    html = rf"\[{latex}\]" if planned.display else rf'<span class="math-inline">\({latex}\)</span>'
    ids = [name for row in labels.ids.get(index, ()) for name in row]
    return with_ids(html, ids, tag="span")


def _filled(planned: Planned, labels: Labels) -> str:
    """Return the LaTeX with numbers in the place of the marks that numbering left."""
    latex = planned.latex
    if not planned.marker:
        return latex

    def tag(match: re.Match[str]) -> str:
        row = planned.rows[int(match[1])]
        text = row.counted if row.tag is None else spell(row.tag)
        return rf"\tag*{{{text}}}" if row.starred else rf"\tag{{{text}}}"

    def reference(match: re.Match[str]) -> str:
        return rf"\text{{{labels.shown(planned.references[int(match[1])])}}}"

    marker = planned.marker
    latex = re.sub(gap_mark(marker), r"\\\\[\1em]", latex)
    latex = re.sub(rf"\\tag\*\{{{marker}t(\d+){marker}\}}", tag, latex)
    return re.sub(rf"\\text\{{{marker}r(\d+){marker}\}}", reference, latex)
