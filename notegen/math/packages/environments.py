r"""Environments as rules see them: the tokens up to the end, rows and cells."""

from collections.abc import Callable, Sequence

from notegen.math.latex.tokens import Token, read_argument
from notegen.math.packages.rule import Fault, Meaning

# A rule of an environment: the stack behind its name. What it returns takes the place of the whole.
EnvironmentRule = Callable[[list[Token]], Meaning | Fault | None]
Cell = list[Token]
_LONGEST_NAME = 20  # characters


def peek_name(stack: Sequence[Token]) -> str:
    r"""Return the name in the braces that come next; empty when none do."""
    if not stack or stack[-1].text != "{":
        return ""
    letters: list[str] = []
    for token in reversed(stack[-_LONGEST_NAME - 2 : -1]):
        if token.text == "}":
            return "".join(letters)
        letters.append(token.text)
    return ""


def take_environment(stack: list[Token], name: str) -> list[Token] | None:
    r"""Take everything up to the `\end{name}` that belongs to a `\begin{name}` already taken; None without one."""
    depth = 1
    for index in range(len(stack) - 1, -1, -1):
        text = stack[index].text
        if text not in {r"\begin", r"\end"} or peek_name(stack[max(0, index - _LONGEST_NAME - 2) : index]) != name:
            continue
        depth += 1 if text == r"\begin" else -1
        if depth == 0:
            content = stack[index + 1 :][::-1]
            del stack[index:]
            read_argument(stack)
            return content
    return None


def rows_of(content: Sequence[Token]) -> list[list[Cell]]:
    r"""Return the cells of each row; an empty last row, after a final `\\`, is left out."""
    rows: list[list[Cell]] = [[[]]]
    depth = 0
    for token in content:
        depth += {"{": 1, "}": -1, r"\begin": 1, r"\end": -1}.get(token.text, 0)
        if depth == 0 and token.text in {r"\\", r"\cr"}:
            rows.append([[]])
        elif depth == 0 and token.text == "&":
            rows[-1].append([])
        else:
            rows[-1][-1].append(token)
    if all(token.text.isspace() for cell in rows[-1] for token in cell):
        rows.pop()
    return rows
