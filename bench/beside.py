"""What scholarly notes cost beside others: `python -m bench.beside [notes] [rounds]`, processor seconds of one process.

Four sites of the same notes: without citations, figures and algorithms; with as many bytes of ordinary prose instead;
with the same words, formulas, links and pictures in plain Markdown; with all of it.
"""

import random
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Task, run
from bench.notes import prose
from bench.scholarly import plain_algorithms
from bench.sites import Ours

KINDS = ("without", "prose", "plain", "scholarly")
_CITATION = re.compile(r" \[@([^\W\d]+)(\d+)n(\d+)((?:, p\. \d+)?)\]")
_LABEL = re.compile(r"\{#fig-\d+-\d\}|(?<= See )@(?=fig-)")


def write_sites(folder: Path, count: int) -> dict[str, Ours]:
    """Write the sites into a folder and return them by what they are."""
    sites = {kind: Ours(folder / kind, count, math=True, scholarly=kind in KINDS[2:]) for kind in KINDS}
    for note in _notes(sites["plain"]):
        text = _LABEL.sub("", plain_algorithms(note.read_text("utf-8")))
        note.write_text(_CITATION.sub(r" [\1 \2\4](https://doi.org/10.1000/\3)", text), encoding="utf-8")
    (sites["plain"].root / "content" / "works.bib").unlink()
    for note, scholarly in zip(_notes(sites["prose"]), _notes(sites["scholarly"]), strict=True):
        note.write_bytes(_filled(note.read_bytes(), scholarly.stat().st_size, note.name))
    return sites


def _notes(site: Ours) -> Iterator[Path]:
    return iter(sorted((site.root / "content").glob("*.md")))


def _filled(text: bytes, size: int, name: str) -> bytes:
    """Return a note with paragraphs before its footnote, until it is as long as another one."""
    chance = random.Random(f"prose/{name}")  # noqa: S311 (nothing secret)
    body, mark, footnote = text.rpartition(b"\n\n[^1]: ")
    while len(body) + len(mark) + len(footnote) < size:
        body += b"\n\n" + prose(chance).encode()
    return body + mark + footnote


def main(count: int, rounds: int) -> None:
    """Build the sites in turn; print processor seconds of each round, medians of the ratios to `without`."""
    with tempfile.TemporaryDirectory() as folder:
        sites = write_sites(Path(folder), count)
        tasks = {kind: Task(kind, site.forget, (*site.command(), "-j1"), site.root) for kind, site in sites.items()}
        taken: dict[str, list[float]] = {kind: [] for kind in sites}
        run(tasks["without"])  # which compiles modules
        for _ in range(rounds):
            for kind, task in tasks.items():
                taken[kind].append(run(task).cpu)
            print(" ".join(f"{kind} {found[-1]:.2f}" for kind, found in taken.items()))
    for kind, found in taken.items():
        ratios = [one / without for one, without in zip(found, taken["without"], strict=True)]
        print(f"{kind}: {statistics.median(found):.2f} s, {statistics.median(ratios):.2f} x without")


if __name__ == "__main__":
    main(*(int(given) for given in (*sys.argv[1:], *("1000", "5")[len(sys.argv) - 1 :])))
