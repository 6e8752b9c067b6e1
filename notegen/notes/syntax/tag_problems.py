"""Where the rules of this folder leave what they have to tell the author: `env["tag_problems"]`, with exact places.

It is a list of `Problem` in the shape of the math scanner's: code, message, hint, 1-based line and column, length.
"""

from markdown_it.utils import EnvType

from notegen.notes.syntax.math_problems import Problem

PROBLEMS = "tag_problems"


def add_problem(
    env: EnvType, code: str, message: str, place: tuple[int, int], *, hint: str = "", length: int = 1
) -> None:
    """Note a problem at a 1-based (line, column) of the text that is parsed; column 0 means the whole line."""
    env.setdefault(PROBLEMS, []).append(Problem(code, message, hint, *place, length))
