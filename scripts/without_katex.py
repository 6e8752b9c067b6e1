"""How many formulas of real posts need KaTeX, of those that math-core or KaTeX renders, and what they need it for.

`python scripts/without_katex.py FOLDER` reads the folder with and without KaTeX, does the same with KaTeX's own test
expressions, and prints the formulas by what math-core says of them.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from notegen.model.note import Note
from scripts.corpus_report import read_folder
from scripts.math_corpus import EXPRESSIONS, reason_of
from tests.support.katex import no_katex

Row = tuple[str, str, str, str]  # where, LaTeX, engine, what is wrong


def formulas_of(notes: Iterable[Note]) -> Iterator[Row]:
    """Yield every formula of notes."""
    for note in notes:
        for formula in note.formulas:
            reason = "" if formula.engine else reason_of(formula, note)
            yield f"{note.path}:{formula.line}:{formula.column}", formula.latex, formula.engine, reason


def expressions_of(file: Path) -> Iterator[Row]:
    """Yield KaTeX's test expressions."""
    for name, entry in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        given = entry if isinstance(entry, dict) else {"tex": entry}
        macros = {key.lstrip("\\"): str(body) for key, body in given.get("macros", {}).items()}
        snippet = Snippet(str(given["tex"]), bool(given.get("display")))
        rendered = render_formulas([snippet], macros).formulas[0]
        yield name, snippet.latex, rendered.engine, rendered.problems[0].message if rendered.problems else ""


def everything(notes: Iterable[Note], folder: Path) -> list[Row]:
    """Return the formulas of the folder's notes, and KaTeX's expressions where they are."""
    file = folder / EXPRESSIONS
    return [*formulas_of(notes), *(expressions_of(file) if file.is_file() else ())]


def report(notes: Iterable[Note], folder: Path) -> dict[str, Any]:
    """Return how many formulas of the folder's notes are rendered with KaTeX, and those that are not without it."""
    both = everything(notes, folder)
    with no_katex():
        alone = everything(read_folder(folder), folder)
    rendered = [(one, two) for one, two in zip(both, alone, strict=True) if one[2] in {"math-core", "katex"}]
    return {"rendered": len(rendered), "need katex": [two for _, two in rendered if not two[2]]}


def text(found: dict[str, Any]) -> str:
    """Return the report for people: formulas by their cause, the most frequent first."""
    rows = found["need katex"]
    share = len(rows) / max(1, found["rendered"])
    lines = [f"{len(rows)} of {found['rendered']} formulas need KaTeX ({share:.2%}):"]
    causes = Counter(re.sub(r"\s+", " ", reason) for _, _, _, reason in rows)
    for cause, number in causes.most_common():
        place, latex = next((place, latex) for place, latex, _, reason in rows if re.sub(r"\s+", " ", reason) == cause)
        lines += [f"  {number:>4}  {cause}", f"        {place}: {' '.join(latex.split())[:90]}"]
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
