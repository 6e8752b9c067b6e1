"""Every formula of a folder of real posts that notegen does not render, with the reason, beside what KaTeX says of it.

`python scripts/math_corpus.py FOLDER` prints the list and how many of KaTeX's own test expressions are rendered.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from notegen.math.katex.process import KatexProcess
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from notegen.model.note import Formula, Note
from scripts.corpus_report import read_folder

EXPRESSIONS = "katex/test/screenshotter/ss_data.yaml"


def not_rendered(notes: Iterable[Note], katex: KatexProcess) -> Iterator[dict[str, Any]]:
    """Yield each formula that no engine rendered: place, LaTeX, notegen's reason, KaTeX's own ("" when it accepts)."""
    for note in notes:
        definitions = ""
        for formula in note.formulas:
            if formula.engine == "macros":
                definitions += formula.latex
            if not formula.engine:
                yield {
                    "place": f"{note.path}:{formula.line}:{formula.column}",
                    "latex": formula.latex,
                    "reason": reason_of(formula, note),
                    "katex": ask(katex, definitions + formula.latex, display=formula.display),
                }


def reason_of(formula: Formula, note: Note) -> str:
    """Return the message of the diagnostic inside the formula."""
    last = formula.line + formula.latex.count("\n")
    inside = [item for item in note.diagnostics if item.code.startswith("math-") and formula.line <= item.line <= last]
    exact = [item for item in inside if item.line > formula.line or item.column >= formula.column]
    return (exact or inside)[0].message if exact or inside else f"no diagnostic in {note.path}"


def ask(katex: KatexProcess, latex: str, *, display: bool) -> str:
    """Return what KaTeX, given no options, says of a formula; empty when it renders it."""
    answer = katex.ask(latex, display=display) or "!KaTeX is not installed"
    return "" if answer.startswith("=") else answer[1:].split(": ")[0]


def expressions(file: Path, katex: KatexProcess) -> dict[str, Any]:
    """Return how many of KaTeX's test expressions KaTeX's MathML and notegen render, and what only KaTeX does."""
    counts: Counter[str] = Counter()
    lacking = []
    for name, entry in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        given = entry if isinstance(entry, dict) else {"tex": entry}
        latex, display = str(given["tex"]), bool(given.get("display"))
        macros = {key.lstrip("\\"): str(body) for key, body in given.get("macros", {}).items()}
        by_katex = ask(katex, latex, display=display) == ""
        rendered = render_formulas([Snippet(latex, display)], macros).formulas[0]
        counts.update(all=1, katex=by_katex, notegen=bool(rendered.engine))
        if by_katex and not rendered.engine:
            lacking.append(f"{name}: {rendered.problems[0].message}")
    return {**counts, "only katex": lacking}


def report(notes: Iterable[Note], folder: Path) -> dict[str, Any]:
    """Return the list of the folder's notes, and the counts."""
    with KatexProcess() as katex:
        missing = list(not_rendered(notes, katex))
        file = folder / EXPRESSIONS
        return {"missing": missing, "expressions": expressions(file, katex) if file.is_file() else {}}


def text(found: dict[str, Any]) -> str:
    """Return the report for people."""
    lines = [f"{len(found['missing'])} formulas are not rendered:"]
    for row in found["missing"]:
        latex = " ".join(row["latex"].split())
        lines += [f"  {row['place']}: {row['reason']}", f"      {latex[:100]}"]
        lines += [] if row["katex"] else ["      KaTeX ACCEPTS IT"]
    counts = found["expressions"]
    if counts:
        lines.append(
            f"of KaTeX's {counts['all']} expressions KaTeX renders {counts['katex']}, notegen {counts['notegen']}"
        )
        lines += [f"  {name}" for name in counts["only katex"]]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = report(read_folder(given.folder), given.folder)
    sys.stdout.write(json.dumps(found) if given.json else text(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
