"""The chart of BENCHMARKS.md: seconds of a cold build by the number of notes, both axes logarithmic, as SVG."""

from collections.abc import Iterator, Mapping
from math import ceil, floor, log10

from bench.measure import Run

LINES = {  # what was measured -> its label, its colour
    "everything: cold": ("notegen, everything", "#b3372f"),
    "math: cold": ("notegen, math", "#d9822b"),
    "Hugo, no math: cold": ("Hugo, no math", "#3b6ea5"),
    "Hugo, MathML: cold": ("Hugo, MathML", "#1f3f66"),
    "Eleventy, KaTeX: cold": ("Eleventy, KaTeX", "#5b7f3a"),
}
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 400, 60, 170, 20, 50  # pixels; the labels stand in the right margin
GAP = 15  # pixels from one label to the next, at least
_HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"
 font-family="sans-serif" font-size="12">
<title>Seconds of a cold build by the number of notes</title>
<rect width="{width}" height="{height}" fill="#fff"/>
"""


def chart(found: Mapping[int, Mapping[str, Run]]) -> str:
    """Return the chart. `found`: number of notes -> what was measured, by name."""
    series = {
        name: {count: runs[name].wall for count, runs in found.items() if name in runs}
        for name in LINES
        if any(name in runs for runs in found.values())
    }
    seconds = [wall for points in series.values() for wall in points.values()]
    across = _Scale(min(found), max(found), LEFT, WIDTH - RIGHT)
    up = _Scale(10 ** floor(log10(min(seconds))), 10 ** ceil(log10(max(seconds))), HEIGHT - BOTTOM, TOP)
    parts = [_HEAD.format(width=WIDTH, height=HEIGHT), *_axes(found, seconds, across, up)]
    labels = {name: up(points[max(points)]) for name, points in series.items()}
    for name, y in _apart(labels).items():
        label, colour = LINES[name]
        points = " ".join(f"{across(count):.1f},{up(wall):.1f}" for count, wall in sorted(series[name].items()))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>\n')
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y + 4:.1f}" fill="{colour}">{label}</text>\n')
    return "".join([*parts, "</svg>\n"])


class _Scale:
    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self._least, self._start = log10(least), start
        self._step = (end - start) / ((log10(most) - log10(least)) or 1)

    def __call__(self, value: float) -> float:
        return self._start + (log10(value) - self._least) * self._step


def _axes(found: Mapping[int, object], seconds: list[float], across: _Scale, up: _Scale) -> Iterator[str]:
    """Yield grid lines with their numbers."""
    for power in range(floor(log10(min(seconds))), ceil(log10(max(seconds))) + 1):
        y, words = up(10.0**power), f"{10.0**power:g} s"
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>\n'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{words}</text>\n'
    for count in found:
        x = across(count)
        yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>\n'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{count:,}</text>\n'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">notes</text>\n'


def _apart(labels: Mapping[str, float]) -> dict[str, float]:
    """Return the heights of labels, moved down where one would stand over another."""
    placed: dict[str, float] = {}
    for name, y in sorted(labels.items(), key=lambda item: item[1]):
        placed[name] = max(y, max(placed.values(), default=-GAP) + GAP)
    return placed
