"""BENCHMARKS.md: what was measured, as tables, and how it stands to what we want to reach."""

from collections.abc import Iterator, Mapping

from bench.measure import Run, stages

HEAD = """# Benchmarks

Written by `make bench`, which makes its own notes (about 7 KB each, some 15 formulas in sentences and 4 displays, two
blocks of code, a table, links; hardly a formula is there twice), and runs notegen, Hugo, and Eleventy with KaTeX in
turn in one list of processes, each a cold start. Medians; the ratios mean more than the seconds.

"everything" is what a new site has: social cards, search, formulas. "math" and "no math" are without cards and search,
which the peers' sites do not have either; their pages are plainer, too: no excerpts with formulas, no backlinks.
"scholarly" is "math" with 10 citations of 500 works, 2 labelled figures and an algorithm in each note.
Memory is that of the largest process, output the size of all files. Zola, without formulas, comes in no package.

![Seconds of a cold build by the number of notes](bench/growth.svg)
"""
# what, of which size, its measure, compared with which, of which size, at most
TARGETS = (
    ("cold, with math, to Hugo without math", 1000, "wall", "math: cold", 1000, "Hugo, no math: cold", 1.0),
    ("cold, with math, to Hugo with MathML", 1000, "wall", "math: cold", 1000, "Hugo, MathML: cold", 0.12),
    ("cold, no math, to Hugo", 1000, "wall", "no math: cold", 1000, "Hugo, no math: cold", 0.6),
    ("body edit, to Hugo's", 1000, "wall", "math: body edit", 1000, "Hugo, no math: body edit", 0.1),
    ("nothing changed, to our cold build", 1000, "wall", "math: nothing changed", 1000, "math: cold", 0.12),
    ("nothing changed, to our cold build", 10_000, "wall", "math: nothing changed", 10_000, "math: cold", 0.06),
    ("title edit, to a body edit", 1000, "wall", "math: title edit", 1000, "math: body edit", 1.5),
    ("cold, ten times the notes: time", 10_000, "wall", "math: cold", 1000, "math: cold", 10.5),
    ("cold, ten times the notes: memory", 10_000, "memory", "math: cold", 1000, "math: cold", 10.5),
    ("cold, everything, to Hugo without math", 1000, "wall", "everything: cold", 1000, "Hugo, no math: cold", 1.3),
    ("cold, everything, to Hugo without math", 100, "wall", "everything: cold", 100, "Hugo, no math: cold", 1.3),
    ("cold, with math, to Eleventy with KaTeX", 1000, "wall", "math: cold", 1000, "Eleventy, KaTeX: cold", 0.73),
    ("output, with math, to Hugo's with MathML", 1000, "output", "math: cold", 1000, "Hugo, MathML: cold", 1.1),
    ("cold, with citations, figures, algorithms, to without", 1000, "cpu", "scholarly: cold", 1000, "math: cold", 1.15),
    ("cold, with math, to Hugo without math", 100, "wall", "math: cold", 100, "Hugo, no math: cold", 1.2),
)

STAGED = ("everything: cold", "math: cold", "math: nothing changed", "math: body edit")


def report(found: Mapping[int, Mapping[str, Run]], machine: str) -> str:
    """Return the whole page. `found`: number of notes -> what was measured, by name."""
    parts = [HEAD, machine + ".\n", *_targets(found)]
    for count, runs in found.items():
        parts.extend(_table(count, runs))
        parts.extend(_stages(runs))
    return "\n".join(parts)


def _targets(found: Mapping[int, Mapping[str, Run]]) -> Iterator[str]:
    yield "## Targets\n"
    yield "| ratio | notes | at most | measured |\n| --- | ---: | ---: | ---: |"
    for what, count, measure, name, other_count, other, limit in TARGETS:
        one, two = found.get(count, {}).get(name), found.get(other_count, {}).get(other)
        if one and two:
            ratio = getattr(one, measure) / getattr(two, measure)
            verdict = "" if ratio <= limit else f" ({ratio / limit:.1f} × too much)"
            yield f"| {what} | {count} | {limit} | {ratio:.2f}{verdict} |"
    starts = [runs["--help"].wall for runs in found.values()]
    yield f"| `notegen --help`, seconds | | 0.15 | {min(starts):.2f} |\n"


def _table(count: int, runs: Mapping[str, Run]) -> Iterator[str]:
    yield f"## {count} notes\n"
    yield "| | wall, s | processors, s | memory, MB | output, MB |\n| --- | ---: | ---: | ---: | ---: |"
    for name, item in runs.items():
        written = f"{item.output:.1f}" if item.output else ""
        yield f"| {name} | {item.wall:.2f} | {item.cpu:.2f} | {item.memory:.0f} | {written} |"
    yield ""


def _stages(runs: Mapping[str, Run]) -> Iterator[str]:
    """Yield where the time of our own builds goes."""
    yield "| stage, s (of which from the cache) | everything: cold | cold | nothing changed | body edit |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    columns = [
        {name: f"{seconds} ({hits} of {items})" if items else seconds for name, seconds, items, hits in stages(report)}
        for report in (runs[name].report for name in STAGED)
    ]
    for stage in columns[0]:  # with nothing changed most are not gone through
        yield f"| {stage} | {' | '.join(column.get(stage, '') for column in columns)} |"
    yield ""
