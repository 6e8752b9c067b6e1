"""What is read of a diagram: its objects, and its arrows with their labels."""

import msgspec

from notegen.math.latex.tokens import Token

Position = tuple[int, int]  # row and column of an object, from 0


class Arrow(msgspec.Struct, frozen=True):
    """An arrow between two objects: its style, its labels to the left and to the right of its direction."""

    token: Token
    start: Position
    end: Position
    style: str = ""
    left: list[Token] = []
    right: list[Token] = []


class Read(msgspec.Struct, frozen=True):
    """One cell: the object in it, and the arrows that are written there."""

    object: list[Token]
    arrows: list[Arrow]


def moved(start: Position, directions: str) -> Position:
    """Return the place that letters such as `rd` lead to."""
    across = directions.count("r") - directions.count("l")
    return start[0] + directions.count("d") - directions.count("u"), start[1] + across
