"""How fast formulas are: per second by engine, cold and warm, and their share of a cold build of real posts.

`python -m bench.math` prints the section. Formulas are those of the corpus of real posts ($NOTEGEN_CORPUS,
else shared/corpus beside the checkout), without it those of the notes that the other benchmarks use.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

from bench.notes import name_of, write_notes
from notegen.math.render import render_formulas
from notegen.math.types import KatexCache, Rendering, Snippet
from scripts.corpus_report import build_folder

ROOT = Path(__file__).parent.parent
LIMIT = 0.05  # of a cold build
ROUNDS = 3
ENGINES = {"math-core": "math-core", "katex": "KaTeX as MathML"}
# Seconds of the processor in a fresh process: of loading and a first formula, of all formulas, of all once more. They
# are given together, as those of a note are.
FRESH = """
import json, sys, time
snippets = json.load(sys.stdin)
started = time.perf_counter()
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
times = []
for part in (snippets[:1], snippets, snippets):
    render_formulas([Snippet(*item) for item in part], {}, katex=None)
    times.append(time.perf_counter() - started)
    started = time.perf_counter()
print(json.dumps(times))
"""


class Share:
    """Counts what `render_formulas` takes within a build, and keeps the formulas by engine."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.met: dict[str, dict[Snippet, None]] = {}

    def render(
        self,
        snippets: Sequence[Snippet],
        macros: Mapping[str, str],
        *,
        numbering: str = "labelled",
        output: str = "mathml",
        katex: KatexCache | None = None,
    ) -> Rendering:
        """Do what render_formulas does, and take its time."""
        started = time.perf_counter()
        rendering = render_formulas(snippets, macros, numbering=numbering, output=output, katex=katex)
        self.seconds += time.perf_counter() - started
        for snippet, rendered in zip(snippets, rendering.formulas, strict=True):
            self.met.setdefault(rendered.engine, {})[snippet] = None
        return rendering


def measure_build(folder: Path) -> tuple[float, Share]:
    """Build the notes of a folder in this process, cold: seconds, and the formulas' share of them."""
    share = Share()
    with patch("notegen.read.document.formulas.render_formulas", share.render):
        _, seconds = build_folder(folder)
    return seconds, share


def measure_engine(snippets: Sequence[Snippet]) -> tuple[float, float, float]:
    """Return the seconds a fresh process takes to load and render one formula, then all of them, then all again."""
    given = json.dumps([(item.latex, item.display) for item in snippets])
    times = []
    for _ in range(ROUNDS):
        ran = subprocess.run([sys.executable, "-c", FRESH], input=given, capture_output=True, text=True, check=True)
        times.append(json.loads(ran.stdout))
    load, cold, warm = (statistics.median(column) for column in zip(*times, strict=True))
    return load, cold, warm


def section(folder: Path) -> str:
    """Return the section of BENCHMARKS.md for the formulas in the notes of `folder`."""
    seconds, share = measure_build(folder)
    part = share.seconds / seconds
    lines = ["## Formulas\n", "| engine | different formulas | loading, s | a second, cold | a second, warm |"]
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for engine, name in ENGINES.items():
        snippets = [*share.met.get(engine, {})]
        if snippets:
            load, cold, warm = measure_engine(snippets)
            number = len(snippets)
            lines.append(f"| {name} | {number} | {load:.2f} | {number / cold:,.0f} | {number / warm:,.0f} |")
    verdict = "" if part <= LIMIT else f" ({part / LIMIT:.1f} × too much)"
    lines.append(f"\nOf a cold build of these notes, {seconds:.1f} s in one process, rendering formulas takes")
    lines.append(f"{share.seconds:.2f} s, {part:.1%} (at most {LIMIT:.0%}){verdict}.\n")
    return "\n".join(lines)


def formulas_section() -> str:
    """Return the section for the corpus, or for made-up notes where there is none."""
    folder = Path(os.environ.get("NOTEGEN_CORPUS", ROOT.parent / "shared" / "corpus"))
    if folder.is_dir():
        return section(folder)
    with tempfile.TemporaryDirectory() as place:
        write_notes(Path(place), 200, math=True, link=lambda name: f"{name}.md")
        assert (Path(place) / f"{name_of(0)}.md").is_file()
        return section(Path(place))


if __name__ == "__main__":
    print(formulas_section())
