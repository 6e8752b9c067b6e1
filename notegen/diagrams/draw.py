"""A diagram of any kind drawn by what draws its kind."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from notegen.diagrams import graphviz, mermaid, tikz
from notegen.diagrams.drawing import Mistake
from notegen.diagrams.kinds import KINDS
from notegen.diagrams.svg.write import Drawing
from notegen.diagrams.tikz_sources import kept_name
from notegen.system.installed import graph_program


class Diagram(msgspec.Struct, frozen=True):
    """A diagram as its author wrote it: the language of its fence, its source."""

    language: str
    source: str

    @property
    def kind(self) -> str:
        """Which program draws it: "mermaid", "graphviz" or "tikz"."""
        return KINDS[self.language]


class Prepared(NamedTuple):
    """A diagram as it is drawn, and the formulas in its labels, as LaTeX; what it is made of, for cache keys."""

    diagram: Diagram
    formulas: tuple[str, ...]
    key: tuple[str, ...]


def prepare(diagram: Diagram, readable: Callable[[str], str], kept: Mapping[str, str]) -> Prepared:
    """Return a diagram as it is drawn. `readable`: plain text of LaTeX; `kept`: TikZ by file name."""
    if diagram.kind == "mermaid":
        source, formulas = mermaid.prepare(diagram.source, readable)
        return Prepared(Diagram(diagram.language, source), formulas, ("mermaid", source))
    if diagram.kind == "graphviz":
        return Prepared(diagram, (), (diagram.language, diagram.source, graph_program()))
    return Prepared(diagram, (), ("tikz", kept.get(kept_name(diagram.source), "")))


def draw(diagram: Diagram, kept: Mapping[str, str]) -> Drawing | Mistake:
    """Return the drawing of a prepared diagram, or why there is none."""
    if diagram.kind == "mermaid":
        return mermaid.draw_mermaid(diagram.source)
    if diagram.kind == "graphviz":
        return graphviz.draw_graphviz(diagram.source, diagram.language)
    return tikz.draw_kept(diagram.source, dict(kept))
