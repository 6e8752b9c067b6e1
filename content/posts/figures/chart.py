"""Charts and maps as SVG: what the modules beside this one draw with. Needs nothing but the standard library.

Drawings are 400 units wide, their words 15: at the width of a phone they are still read. Nothing has a ground of its
own, and colours are dark ink: the class `.plot` in the note turns them on dark pages, each keeping its hue.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

WIDTH = 400
LEFT, RIGHT, BOTTOM = 54, 16, 50
LINE = 21  # from one line of words to the next
FONT = "system-ui, 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif"
INK, FAINT = "#333333", "#dddddd"
COLORS = ("#1f5fa8", "#b3481f", "#3c7a3f", "#7a3f8f", "#6b6b6b")  # told apart in grey, too: dashes and marks differ
DASHES = ("", "7 4", "2 3", "9 3 2 3", "")

Point = tuple[float, float]


class Quote(NamedTuple):
    """Numbers that a note quotes: the words around them, `{}` for each, and what was computed."""

    note: str
    words: str
    values: tuple[float, ...]


class Figure(NamedTuple):
    """A drawing, and what the notes say of its numbers."""

    svg: str
    quotes: tuple[Quote, ...] = ()


class Axis(NamedTuple):
    """One axis: its ends, its ticks with their words, its name; `log`: equal steps are equal factors."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    name: str
    log: bool = False

    def at(self, value: float) -> float:
        """Return where a value lies, from 0 to 1."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def values(self, count: int = 160) -> list[float]:
        """Return values from end to end, evenly spread over the axis."""
        steps = [index / count for index in range(count + 1)]
        if self.log:
            return [self.low * (self.high / self.low) ** step for step in steps]
        return [self.low + step * (self.high - self.low) for step in steps]


class Curve(NamedTuple):
    """A line through points; `name` is empty for what the legend leaves out."""

    name: str
    points: Sequence[Point]
    style: int = 0
    width: float = 2
    opacity: float = 1


class Dots(NamedTuple):
    """Marks at points, each with what it scatters by (from - to); `(x, y, low, high)`."""

    name: str
    points: Sequence[tuple[float, float, float, float]]
    style: int = 0
    size: float = 3.4


class Words(NamedTuple):
    """Words at a point of the chart."""

    text: str
    x: float
    y: float
    style: int = -1
    anchor: str = "start"


class Band(NamedTuple):
    """A pale area between two lines of equal length."""

    name: str
    low: Sequence[Point]
    high: Sequence[Point]
    style: int = 0


Item = Curve | Dots | Words | Band


def ticks(values: Iterable[float], words: str = "{:g}") -> list[tuple[float, str]]:
    """Return ticks whose words are their numbers."""
    return [(value, words.format(value).replace("-", "−")) for value in values]


def powers(exponents: Iterable[int]) -> list[tuple[float, str]]:
    """Return ticks at powers of ten, written with raised digits."""
    raised = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    return [(10.0**power, "1" if power == 0 else "10" + str(power).translate(raised)) for power in exponents]


def document(height: float, parts: Sequence[str], width: float = WIDTH) -> str:
    """Return parts as a picture, shown a fifth larger where there is room."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width * 1.2:g}" '
        f'height="{height * 1.2:g}" font-family="{FONT}" font-size="15" fill="{INK}">'
    )
    return "\n".join([head, *parts, "</svg>", ""])


def words(text: str, x: float, y: float, *, color: str = INK, anchor: str = "start", size: float = 0) -> str:
    """Return words at a place; `anchor` is start, middle or end."""
    fill = "" if color == INK else f' fill="{color}"'
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    large = f' font-size="{size:g}"' if size else ""
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x:.1f}" y="{y:.1f}"{where}{fill}{large}>{safe}</text>'


def line(points: Sequence[Point], style: int = 0, width: float = 2, opacity: float = 1) -> str:
    """Return a line through places."""
    dash = f' stroke-dasharray="{DASHES[style]}"' if DASHES[style] else ""
    pale = f' stroke-opacity="{opacity:g}"' if opacity < 1 else ""
    text = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{text}" fill="none" stroke="{COLORS[style]}" stroke-width="{width:g}"{dash}{pale}/>'


def mark(x: float, y: float, style: int = 0, size: float = 3.4) -> str:
    """Return a mark at a place, whose shape goes with the colour."""
    wide = 1.4 * size
    shapes = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}"',
        f'<path d="M{x - size:.1f} {y - size:.1f}h{2 * size:g}v{2 * size:g}h{-2 * size:g}z"',
        f'<path d="M{x:.1f} {y - 1.3 * size:.1f}l{1.3 * size:g} {2.2 * size:g}h{-2.6 * size:g}z"',
        f'<path d="M{x:.1f} {y - wide:.1f}l{wide:g} {wide:g}l{-wide:g} {wide:g}l{-wide:g} {-wide:g}z"',
    )
    return f'{shapes[min(style, 3)]} fill="{COLORS[style]}"/>'


def breadth(text: str) -> float:
    """Return about how wide words are."""
    return sum(15 if ord(letter) > 0x2E80 else 9 for letter in text)


def legend(items: Sequence[Item], left: float, top: float, right: float = WIDTH) -> tuple[list[str], float]:
    """Return samples with their names in lines from `top`, and how high they are."""
    parts: list[str] = []
    x, y = left, top
    for item in items:
        if isinstance(item, Words) or not item.name:
            continue
        wide = 34 + breadth(item.name)
        if x > left and x + wide > right:
            x, y = left, y + LINE
        if isinstance(item, Curve):
            parts.append(line([(x, y - 5), (x + 24, y - 5)], item.style, item.width, item.opacity))
        elif isinstance(item, Dots):
            parts.append(mark(x + 12, y - 5, item.style))
        else:
            parts.append(f'<path d="M{x} {y - 10}h24v10h-24z" fill="{COLORS[item.style]}" fill-opacity="0.2"/>')
        parts.append(words(item.name, x + 29, y, color=COLORS[item.style]))
        x += wide + 12
    return parts, y - top + LINE if parts else 0


def frame(x: Axis, y: Axis, left: float, top: float, right: float, bottom: float) -> list[str]:
    """Return the axes with their ticks, and the faint lines across."""
    parts = []
    for value, text in y.ticks:
        level = bottom - y.at(value) * (bottom - top)
        parts.append(f'<path d="M{left:g} {level:.1f}H{right:g}" stroke="{FAINT}"/>')
        parts.append(words(text, left - 7, level + 5, anchor="end"))
    for value, text in x.ticks:
        across = left + x.at(value) * (right - left)
        parts.append(f'<path d="M{across:.1f} {bottom:g}v5" stroke="{INK}"/>')
        half = breadth(text) / 2
        parts.append(words(text, min(across, WIDTH - half), bottom + 21, anchor="middle"))
    parts.append(f'<path d="M{left:g} {top:g}V{bottom:g}H{right:g}" fill="none" stroke="{INK}"/>')
    parts.append(words(x.name, (left + right) / 2, bottom + 43, anchor="middle"))
    return parts


def chart(x: Axis, y: Axis, items: Sequence[Item], plot: float = 200, left: float = LEFT) -> str:
    """Return a chart: the name of the upright axis above it, then the legend, then `plot` units of height."""
    samples, high = legend(items, 6, 16 + LINE)
    top = 16 + high + 12
    bottom, right = top + plot, WIDTH - RIGHT
    parts = [words(y.name, 6, 16), *samples, *frame(x, y, left, top, right, bottom)]

    def place(a: float, b: float) -> Point:
        return left + x.at(a) * (right - left), bottom - min(1.0, max(0.0, y.at(b))) * (bottom - top)

    def inside(points: Sequence[Point]) -> list[list[Point]]:
        """Return the pieces of a line that lie on the chart."""
        pieces: list[list[Point]] = [[]]
        for a, b in points:
            if -1e-6 <= x.at(a) <= 1 + 1e-6 and -1e-6 <= y.at(b) <= 1 + 1e-6:
                pieces[-1].append(place(a, b))
            elif pieces[-1]:
                pieces.append([])
        return [piece for piece in pieces if len(piece) > 1]

    for item in items:
        if isinstance(item, Curve):
            parts += [line(piece, item.style, item.width, item.opacity) for piece in inside(item.points)]
        elif isinstance(item, Band):
            edge = [place(*point) for point in [*item.low, *reversed(item.high)]]
            text = " ".join(f"{a:.1f},{b:.1f}" for a, b in edge)
            parts.append(f'<polygon points="{text}" fill="{COLORS[item.style]}" fill-opacity="0.2"/>')
        elif isinstance(item, Dots):
            for a, b, low, high_end in item.points:
                across, level = place(a, b)
                if high_end > low:
                    ends = place(a, low)[1], place(a, high_end)[1]
                    path = f"M{across:.1f} {ends[0]:.1f}V{ends[1]:.1f}m-3 0h6M{across - 3:.1f} {ends[0]:.1f}h6"
                    parts.append(f'<path d="{path}" fill="none" stroke="{COLORS[item.style]}" stroke-width="1.3"/>')
                parts.append(mark(across, level, item.style, item.size))
        else:
            across, level = place(item.x, item.y)
            color = INK if item.style < 0 else COLORS[item.style]
            parts.append(words(item.text, across, level, color=color, anchor=item.anchor))
    return document(bottom + BOTTOM, parts)


def _runs(row: Sequence[float]) -> list[tuple[int, int, int]]:
    """Return the cells of a row that have a colour, neighbours of one depth together: depth, first column, end."""
    runs: list[tuple[int, int, int]] = []
    for column, value in enumerate(row):
        depth = round(8 * max(0.0, min(1.0, value)))
        if runs and runs[-1][0] == depth and runs[-1][2] == column:
            runs[-1] = depth, runs[-1][1], column + 1
        elif depth:
            runs.append((depth, column, column + 1))
    return runs


def heat(cells: Sequence[Sequence[float]], left: float, top: float, side: float, style: int = 0) -> list[str]:
    """Return a map of numbers from 0 (nothing) to 1 (full colour), `side` wide, in nine depths; a path for each."""
    rows, columns = len(cells), len(cells[0])
    step = side / columns
    open_runs: dict[tuple[int, int, int], int] = {}  # (depth, first column, end): the row where it began
    depths: dict[int, list[str]] = {}
    for row in range(rows + 1):
        runs = _runs(cells[row]) if row < rows else []
        for run in [run for run in open_runs if run not in runs]:
            depth, start, end = run
            first = open_runs.pop(run)
            path = f"M{left + start * step:.1f} {top + first * step:.1f}h{(end - start) * step:.1f}"
            depths.setdefault(depth, []).append(f"{path}v{(row - first) * step:.1f}h{-(end - start) * step:.1f}z")
        for run in runs:
            open_runs.setdefault(run, row)
    color = COLORS[style]
    parts = [
        f'<path d="{"".join(paths)}" fill="{color}" fill-opacity="{depth / 8:g}" shape-rendering="crispEdges"/>'
        for depth, paths in sorted(depths.items())
    ]
    box = f'<path d="M{left:g} {top:g}h{side:g}v{step * rows:g}h{-side:g}z" fill="none" stroke="{INK}"/>'
    return [*parts, box]


def spread(samples: Sequence[float]) -> tuple[float, float, float]:
    """Return the mean of runs, and the mean less and plus their standard deviation."""
    mean = sum(samples) / len(samples)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in samples) / (len(samples) - 1))
    return mean, mean - deviation, mean + deviation
