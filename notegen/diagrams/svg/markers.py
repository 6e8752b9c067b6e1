"""Markers drawn where they stand: an arrowhead becomes a group of shapes at the end of its line.

A marker is known by its id, and an id may stand once in a page: two diagrams of Mermaid's on one page would share
theirs, and excerpts and embeds, which have no ids, would lose them. Source: SVG 2, section 13.7, "Markers".
"""

from copy import deepcopy
from math import atan2, degrees
from typing import NamedTuple
from xml.etree.ElementTree import Element

from notegen.diagrams.svg.elements import parents_of
from notegen.text.patterns import lazy_regex

_USED = {"marker-start": 0, "marker-end": -1}
_REFERENCE = lazy_regex(r"url\([\"']?#([^\"')]+)[\"']?\)")
_STEP = lazy_regex(r"([MLHVCSQTAZmlhvcsqtaz])|(-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_LONGEST = 200_000  # characters of a path

Point = tuple[float, float]


class _End(NamedTuple):
    """Where a line ends, and the direction in which it runs there, in degrees."""

    point: Point
    angle: float


def draw_markers(root: Element) -> None:
    """Put the shapes of markers in the place of references to them, and take the markers away. In place."""
    markers = {marker.get("id", ""): marker for marker in root.iter("marker")}
    parents = parents_of(root)
    for element in list(root.iter()) if markers else ():
        for attribute, end in _USED.items():
            reference = _REFERENCE.fullmatch(element.attrib.pop(attribute, ""))
            marker = markers.get(reference[1]) if reference else None
            points = _vertices(element) if marker is not None else []
            if marker is not None and len(points) > 1 and element in parents:
                parent = parents[element]
                index = list(parent).index(element) + 1
                parent.insert(index, _drawn(marker, _end(points, start=end == 0), element, start=end == 0))
        element.attrib.pop("marker-mid", None)
    for marker in markers.values():
        parents[marker].remove(marker)


def _drawn(marker: Element, end: _End, line: Element, *, start: bool) -> Element:
    """Return a group with the shapes of a marker at an end of a line."""
    scale = 1.0 if marker.get("markerUnits") == "userSpaceOnUse" else _number(line.get("stroke-width"), 1)
    width, height = _number(marker.get("markerWidth"), 3), _number(marker.get("markerHeight"), 3)
    box = [float(number) for number in marker.get("viewBox", "").replace(",", " ").split()]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:  # noqa: PLR2004
        scale *= min(width / box[2], height / box[3])
    orient = marker.get("orient", "0")
    turned = 180 if start and orient == "auto-start-reverse" else 0
    angle = end.angle + turned if orient.startswith("auto") else _number(orient, 0)
    x, y = end.point
    steps = [f"translate({x:.2f} {y:.2f})"]
    steps += [f"rotate({angle:.1f})"] if round(angle, 1) % 360 else []
    steps += [f"scale({scale:.3g})"] if scale != 1 else []
    steps += [f"translate({-_number(marker.get('refX'), 0):g} {-_number(marker.get('refY'), 0):g})"]
    looks = {name: value for name, value in marker.attrib.items() if name in {"fill", "stroke", "opacity"}}
    group = Element("g", {**looks, "transform": " ".join(steps), "stroke-dasharray": "none"})
    group.extend(deepcopy(list(marker)))
    for shape in group.iter():
        for name in ("fill", "stroke"):
            if shape.get(name, "").startswith("context-"):
                shape.set(name, line.get(shape.get(name, "")[len("context-") :], "none"))
    return group


def _number(text: str | None, default: float) -> float:
    try:
        return float((text or "").strip().removesuffix("px"))
    except ValueError:
        return default


def _end(points: list[Point], *, start: bool) -> _End:
    """Return the first or last point and the direction there: from one point to the next that is another."""
    ordered = points if start else points[::-1]
    edge = ordered[0]
    other = next((point for point in ordered if abs(point[0] - edge[0]) + abs(point[1] - edge[1]) > 0.01), edge)  # noqa: PLR2004
    dx, dy = (other[0] - edge[0], other[1] - edge[1]) if start else (edge[0] - other[0], edge[1] - other[1])
    return _End(edge, degrees(atan2(dy, dx)))


def _vertices(element: Element) -> list[Point]:
    """Return the points of a line, those that control its curves among them."""
    if element.tag == "line":
        ends = [_number(element.get(name), 0) for name in ("x1", "y1", "x2", "y2")]
        return [(ends[0], ends[1]), (ends[2], ends[3])]
    if element.tag in {"polyline", "polygon"}:
        numbers = [float(step[2]) for step in _STEP.finditer(element.get("points", "")[:_LONGEST]) if step[2]]
        return list(zip(numbers[::2], numbers[1::2], strict=False))
    return _path(element.get("d", "")[:_LONGEST]) if element.tag == "path" else []


def _path(data: str) -> list[Point]:
    points: list[Point] = []
    command, numbers = "", list[float]()
    for step in _STEP.finditer(data):
        if step[1]:
            command, numbers = step[1], []
            continue
        numbers.append(float(step[2]))
        if command and len(numbers) == _NUMBERS[command.upper()]:
            points += _step(command, numbers, points[-1] if points else (0.0, 0.0))
            numbers = []
    return points


def _step(command: str, numbers: list[float], now: Point) -> list[Point]:
    """Return the points of one step of a path."""
    x, y = now if command.islower() else (0.0, 0.0)
    match command.upper():
        case "H":
            return [(x + numbers[0], now[1])]
        case "V":
            return [(now[0], y + numbers[0])]
        case "A":
            return [(x + numbers[5], y + numbers[6])]
        case _:
            return [(x + numbers[at], y + numbers[at + 1]) for at in range(0, len(numbers), 2)]
