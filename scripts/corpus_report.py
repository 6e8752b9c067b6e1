"""Builds a folder of real posts as one site and counts what became of their formulas.

`python scripts/corpus_report.py FOLDER` prints a table for people, or JSON with --json.
"""

import argparse
import html
import json
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from notegen.app.site_location import Flags, open_site, scan_site
from notegen.build import make_files
from notegen.cache.context import BuildContext
from notegen.cache.page_store import bytes_of
from notegen.model.codes import CODES
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.note import Note
from notegen.model.output import Build, OutputFile
from notegen.model.source import Tree
from notegen.read.cached_notes import read_notes
from notegen.system.disk import Disk

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SETTINGS = "title: Corpus\nbase_url: https://example.org/notes/\ndrafts: true\nfuture: true\nexpired: true\n"
ENGINES = {"math-core": "math-core", "katex": "KaTeX", "macros": "macros only", "": "failed"}
SHOWN = re.compile(
    r'<annotation encoding="application/x-tex">(.*?)</annotation>|<code class="math-error"[^>]*>(.*?)</code>', re.DOTALL
)
MATH_FAILURES = frozenset({"math-undefined-command", "math-syntax", "math-too-long"})


@contextmanager
def scanned_folder(folder: Path) -> Iterator[Result[Tree]]:
    """Give the scan of a site made of every Markdown file below `folder`, as long as its files are there."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shutil.copytree(folder, root / "content")
        (root / "site.yaml").write_text(SETTINGS, encoding="utf-8")
        disk = Disk()
        yield scan_site(open_site(Flags(source=root), disk), disk)


def build_folder(folder: Path) -> tuple[Build, float]:
    """Return the site made of every Markdown file below `folder`, and the seconds it took."""
    with scanned_folder(folder) as scanned:
        started = time.perf_counter()
        return make_files(scanned, NOW, BuildContext()), time.perf_counter() - started


def read_folder(folder: Path) -> tuple[Note, ...]:
    """Return the notes of such a site, each understood alone."""
    with scanned_folder(folder) as scanned:
        return read_notes(scanned.value, BuildContext()).value


def latex_in(data: bytes) -> Counter[str]:
    """Return how often each formula's exact LaTeX stands in a page."""
    found = SHOWN.finditer(data.decode("utf-8"))
    return Counter(html.unescape(match[1] if match[1] is not None else match[2]) for match in found)


def lost(note: Note, pages: Iterable[bytes]) -> list[str]:
    """Return the formulas of a note that its page lacks. Several notes may want one address: the best page counts."""
    wanted = Counter(item.latex for item in note.formulas if item.engine != "macros")
    missing = [wanted - latex_in(data) for data in pages] or [wanted]
    return sorted(min(missing, key=lambda counter: counter.total()).elements())


def pages_of(built: Build) -> dict[str, list[bytes]]:
    """Return the finished pages of every note, by the note's source path."""
    by_output: dict[str, list[bytes]] = {}
    for file in built.files:
        data = bytes_of(file.content)
        by_output.setdefault(file.path, []).extend([data] if data is not None else [])
    return {path: by_output[output] for path, output in outputs_of(built).items()}


def outputs_of(built: Build) -> dict[str, str]:
    """Return the output path of every note's page."""
    from urllib.parse import unquote

    site = built.site
    refs = [item.ref for item in (*site.notes, *site.pages, *site.unlisted)] if site else []
    urls = {ref.path: unquote(ref.url).removeprefix("/notes/") for ref in refs}
    return {path: url + "index.html" if not url or url.endswith("/") else url for path, url in urls.items()}


def count(notes: Sequence[Note], pages: dict[str, list[bytes]]) -> dict[str, Any]:
    """Return the numbers of these notes."""
    formulas = [item for note in notes for item in note.formulas]
    missing = {note.path: found for note in notes if (found := lost(note, pages.get(note.path, ())))}
    engines = Counter(item.engine for item in formulas)
    return {
        "notes": len(notes),
        "formulas": len(formulas),
        "preserved": len(formulas) - engines["macros"] - sum(map(len, missing.values())),
        "lost": missing,
        **{name: engines[engine] for engine, name in ENGINES.items()},
    }


def reason(item: Diagnostic) -> str:
    """Return what is wrong with a formula, in words that equal mistakes share."""
    return f"{item.code}: {re.sub(r' at position.*', '', item.message)[:90]}"


def report(built: Build, seconds: float) -> dict[str, Any]:
    """Return everything the table shows: one row a folder, totals, reasons, codes, seconds."""
    pages = pages_of(built)
    groups: dict[str, list[Note]] = {}
    for note in built.notes:
        groups.setdefault(note.path.split("/")[1] if note.path.count("/") > 1 else ".", []).append(note)
    return {
        "folders": {name: count(notes, pages) for name, notes in sorted(groups.items())},
        "total": count(built.notes, pages),
        "reasons": Counter(reason(item) for item in built.diagnostics if item.code in MATH_FAILURES).most_common(),
        "codes": dict(Counter(item.code for item in built.diagnostics).most_common()),
        "unknown_codes": sorted({item.code for item in built.diagnostics} - CODES.keys()),
        "pages": built.page_count,
        "outputs": len(written(built.files)),
        "seconds": round(seconds, 2),
    }


def written(files: Iterable[OutputFile]) -> set[str]:
    """Return the paths of the output."""
    return {file.path for file in files}


def table(found: dict[str, Any]) -> str:
    """Return the report for people."""
    columns = ("notes", "formulas", *ENGINES.values(), "preserved")
    rows = [*found["folders"].items(), ("total", found["total"])]
    lines = [f"{'':26}" + "".join(f"{column:>13}" for column in columns)]
    lines += [f"{name:26}" + "".join(f"{row[column]:>13}" for column in columns) for name, row in rows]
    lines += ["", f"{found['pages']} pages in {found['seconds']} s; diagnostics:"]
    lines += [f"  {number:>6}  {code}" for code, number in found["codes"].items()]
    lines += ["", "formulas that no engine renders:"]
    lines += [f"  {number:>6}  {words}" for words, number in found["reasons"]]
    lost_ones = [(path, latex) for path, formulas in found["total"]["lost"].items() for latex in formulas]
    lines += ["", f"{len(lost_ones)} formulas lost", *(f"  {path}: {latex!r}" for path, latex in lost_ones[:50])]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = report(*build_folder(given.folder))
    sys.stdout.write(json.dumps(found) if given.json else table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
