"""Where notes stand on a map: those of one category together, the most linked in the middle. The same every time.

The n-th of a group stands on a spiral of seeds, as in a sunflower: at the golden angle from the one before, at a
distance that grows with the root of n, so that all have the same room (H. Vogel, A better way to construct the
sunflower head, 1979). Groups are discs, set down one after another along the same spiral, each at the first place
that is free.
"""

from collections.abc import Sequence
from math import cos, pi, sin, sqrt

import msgspec

GOLDEN = pi * (3 - sqrt(5))
ROOM, WIDEST_ROOM = 26.0, 60.0  # between two notes, in pixels: a finger finds each; the more the fewer there are
SIDE = 700.0  # of a drawing of few notes
GAP = 34.0  # between two groups
MOST_GROUPS = 40  # further ones are one together


class Point(msgspec.Struct, frozen=True):
    """A point in pixels."""

    x: float
    y: float


class Group(msgspec.Struct, frozen=True):
    """A disc of notes: its middle, its radius, the numbers of its notes."""

    middle: Point
    radius: float
    members: tuple[int, ...]


def layout(groups: Sequence[Sequence[int]]) -> tuple[dict[int, Point], tuple[Group, ...]]:
    """Return the place of each note and the discs of the groups, in the order given. Takes linear time.

    `groups`: numbers of notes, the most linked first.
    """
    known = [tuple(group) for group in groups[: MOST_GROUPS - 1]]
    others = tuple(number for group in groups[MOST_GROUPS - 1 :] for number in group)
    room = max(ROOM, min(WIDEST_ROOM, SIDE / sqrt(sum(map(len, groups)) or 1)))
    discs: list[Group] = []
    for members in (*known, *((others,) if others else ())):
        radius = room * (sqrt(len(members)) * 0.66 + 0.3)
        discs.append(Group(_free_place(radius, discs), radius, members))
    places = {}
    for disc in discs:
        for index, number in enumerate(disc.members):
            distance, angle = room * 0.66 * sqrt(index + 0.3), GOLDEN * index
            places[number] = Point(disc.middle.x + distance * cos(angle), disc.middle.y + distance * sin(angle))
    return places, tuple(discs)


def _free_place(radius: float, discs: Sequence[Group]) -> Point:
    """Return the first place on a spiral where a disc touches no other."""
    step = 0
    while True:
        distance, angle = 12.0 * sqrt(step), GOLDEN * step
        place = Point(1.5 * distance * cos(angle), distance * sin(angle))  # wider than it is high, as screens are
        if all(
            (place.x - disc.middle.x) ** 2 + (place.y - disc.middle.y) ** 2 >= (radius + disc.radius + GAP) ** 2
            for disc in discs
        ):
            return place
        step += 1 + int(radius / 40)
