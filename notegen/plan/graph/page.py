"""The page with the map of all notes, where site.yaml asks for it: one SVG with real links.

However many notes there are, the drawing has at most BYTES: the most linked ones are links with titles, the others are
points, and of the lines between them the first are drawn. The page says how many notes and links there are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from notegen.model.config import Config
from notegen.model.pages import GraphPage, Page
from notegen.model.site import NoteRef, Site
from notegen.model.strings import Html
from notegen.plan.graph.layout import Group, Point, layout
from notegen.routes.lists import GRAPH, in_language
from notegen.routes.urls import Base, output_path
from notegen.text.cjk import shortened

LINK_BYTES, LINE_BYTES, POINT_BYTES = 70_000, 30_000, 90_000
TITLE = 14  # the most of a title that is shown, in Han characters
EDGE = 90.0  # around the drawing, in pixels: room for titles


def graph_pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield the map of the notes of one language."""
    if not config.graph or not site.notes:
        return
    refs = [note.ref for note in site.notes]
    numbers = {ref.url: number for number, ref in enumerate(refs)}
    pairs = {
        (min(number, other), max(number, other))
        for number, note in enumerate(site.notes)
        for link in note.mentions
        if (other := numbers.get(link.url)) is not None and other != number
    }
    lines = sorted(pairs)
    path = in_language(GRAPH, site.language)
    url = base.url(path)
    value = GraphPage(url, base.absolute(url), "graph", "", len(refs), len(lines), drawing(refs, lines))
    yield Page(output_path(path), "graph.html", value, "the map of notes")


def drawing(refs: Sequence[NoteRef], lines: Sequence[tuple[int, int]]) -> Html:
    """Return the SVG of the map. `lines`: pairs of numbers of notes."""
    degrees = Counter(number for line in lines for number in line)
    order = sorted(range(len(refs)), key=lambda number: (-degrees[number], number))
    groups: dict[str, list[int]] = {}
    for number in order:
        groups.setdefault(_group(refs[number]), []).append(number)
    named = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    places, discs = layout([members for _, members in named])
    left, top = (min(disc.middle.x - disc.radius for disc in discs), min(disc.middle.y - disc.radius for disc in discs))
    at = {number: (round(place.x - left + EDGE), round(place.y - top + EDGE)) for number, place in places.items()}
    width = round(max(disc.middle.x + disc.radius for disc in discs) - left + 2 * EDGE)
    height = round(max(disc.middle.y + disc.radius for disc in discs) - top + 2 * EDGE)
    origin = Point(left - EDGE, top - EDGE)
    links = "".join(_within(_links(order, refs, at, degrees), LINK_BYTES))
    titles = "".join(_title(refs[disc.members[0]], *at[disc.members[0]]) for disc in discs if degrees[disc.members[0]])
    linked = links.count("<a ")
    points = "".join(_within((f"M{x} {y}h0" for x, y in map(at.__getitem__, order[linked:])), POINT_BYTES))
    edges = "".join(_within((_line(at[one], at[other]) for one, other in lines), LINE_BYTES))
    return Html(
        f'<svg class="graph" width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n'
        f"{''.join(_name_of_group(name, disc, origin) for (name, _), disc in zip(named, discs, strict=False))}"
        f'<path class="lines" d="{edges}"/>\n'
        f'{f"""<path class="points" d="{points}"/>""" if points else ""}\n{links}{titles}</svg>'
    )


def _group(ref: NoteRef) -> str:
    return ref.category.name.split(" / ")[0] if ref.category else ""


def _name_of_group(name: str, disc: Group, origin: Point) -> str:
    if not name:
        return ""
    x, y = round(disc.middle.x - origin.x), round(disc.middle.y - disc.radius - origin.y - 12)
    return f'<text class="group-name" x="{x}" y="{y}">{escape(shortened(name, TITLE))}</text>\n'


def _line(one: tuple[int, int], other: tuple[int, int]) -> str:
    return f"M{one[0]} {one[1]}l{other[0] - one[0]} {other[1] - one[1]}"


def _links(
    order: Sequence[int], refs: Sequence[NoteRef], at: Mapping[int, tuple[int, int]], degrees: Mapping[int, int]
) -> Iterator[str]:
    """Yield the notes as links, the most linked first."""
    for number in order:
        ref, (x, y) = refs[number], at[number]
        circle = f'<circle cx="{x}" cy="{y}" r="{5 + min(degrees[number], 8) // 2}"/>'
        yield f'<a href="{escape(ref.url)}"><title>{escape(ref.title)}</title>{circle}</a>\n'


def _title(ref: NoteRef, x: int, y: int) -> str:
    """Return the title of the most linked note of a group, below it; who reads aloud has it from the link."""
    return f'<text aria-hidden="true" x="{x}" y="{y + 22}">{escape(shortened(ref.title, TITLE))}</text>\n'


def _within(pieces: Iterator[str], room: int) -> Iterator[str]:
    """Yield as many pieces as fit into so many bytes."""
    for piece in pieces:
        room -= len(piece.encode())
        if room < 0:
            return
        yield piece
