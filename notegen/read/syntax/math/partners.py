r"""Partners of all formula delimiters in a run of text, found in one pass, so that each look-up takes constant time.

A dollar's partner is the next unescaped dollar that is not inside a `{..}` group opened after it; where there is
none, the next unescaped dollar of all. Only groups that balance count, so `$\frac{1}{$` ends at its own dollar. No
formula begins or ends in what raw HTML and link addresses keep to themselves.
"""

import re
from typing import NamedTuple

from notegen.read.syntax.raw_html.ranges import Range, html_ranges
from notegen.text.patterns import lazy_regex

_TOKEN = lazy_regex(r"(\\\\?[()\[\]])|\\.|(\$+|`(?=\$)|[{}])", re.DOTALL)  # an escape that is no bracket has no group
_ENVIRONMENT = lazy_regex(r"\\(begin|end)\s?\{([A-Za-z]+\*?)\}")
_CLOSER = {"\\(": "\\)", "\\[": "\\]", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}

_ADDRESS = lazy_regex(r"\]\(https?://[^\s()]*\)")

_Frame = dict[str, int]  # delimiter -> where it stands next in the same brace group


class Scan(NamedTuple):
    r"""Partners by position of the opener.

    `single`, `double` and `ticked` are for `$`, `$$` and a dollar with a backtick; `loose` holds the openers of
    `single` whose partner stands in another brace group; `brackets` is for `\(`, `\[` and their doubled forms;
    `environments` gives the end of a bare environment.
    """

    single: dict[int, int]
    double: dict[int, int]
    ticked: dict[int, int]
    loose: set[int]
    brackets: dict[int, int]
    environments: dict[int, int]


_Token = tuple[int, str]  # where it starts, its text


def scan(text: str, *, html: bool) -> Scan:
    """Return the partners of all delimiters in `text`. With `html`, what raw HTML keeps to itself is passed over."""
    tokens = _tokens(text, html=html)
    grouping = _balanced_braces(tokens)
    result = Scan({}, {}, {}, set(), {}, _environments(text))
    frames: list[_Frame] = [{}]
    nearest: _Frame = {}
    for token in reversed(tokens):
        start, kind = token
        if kind == "}":
            if start in grouping:
                frames.append({})
        elif kind == "{":
            if start in grouping:
                frames.pop()
        elif kind[0] == "$":
            _pair_dollars(result, token, frames[-1], nearest)
        elif kind in _CLOSER:
            _pair_bracket(result, token, frames[-1])
        else:  # a closing bracket or a backtick before a dollar
            frames[-1][kind] = nearest[kind] = start
    return result


def _tokens(text: str, *, html: bool) -> list[_Token]:
    tokens = [(match.start(), match[0]) for match in _TOKEN.finditer(text) if match.lastindex]
    if not ((html and "<" in text) or "](http" in text):
        return tokens
    ranges = raw_ranges(text, html=html)
    kept: list[_Token] = []
    current = 0
    for token in tokens:
        while current < len(ranges) and ranges[current][1] <= token[0]:
            current += 1
        if current == len(ranges) or token[0] < ranges[current][0]:
            kept.append(token)
    return kept


def _balanced_braces(tokens: list[_Token]) -> set[int]:
    braces: set[int] = set()
    opened: list[int] = []
    for start, kind in tokens:
        if kind == "{":
            opened.append(start)
        elif kind == "}" and opened:
            braces.add(opened.pop())
            braces.add(start)
    return braces


def _pair_dollars(result: Scan, token: _Token, frame: _Frame, nearest: _Frame) -> None:
    start, run = token
    in_group = frame.get("$")
    partner = nearest.get("$") if in_group is None else in_group
    double, ticked = nearest.get("$$"), nearest.get("`")
    for opener in range(start, start + min(len(run), 4)):
        if partner is not None:
            result.single[opener] = partner
            if in_group is None:
                result.loose.add(opener)
        if double is not None:
            result.double[opener] = double
        if ticked is not None:
            result.ticked[opener] = ticked
    frame["$"] = nearest["$"] = start
    if len(run) > 1:
        nearest["$$"] = start


def _pair_bracket(result: Scan, token: _Token, frame: _Frame) -> None:
    """Pair a bracket with its closer unless another opener or a dollar of the same group stands between."""
    start, kind = token
    partner = frame.get(_CLOSER[kind])
    if partner is not None and frame.get(kind, partner) >= partner and frame.get("$", partner) >= partner:
        result.brackets[start] = partner
    frame[kind] = start


def _environments(text: str) -> dict[int, int]:
    if "\\begin" not in text:
        return {}
    ends: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for match in _ENVIRONMENT.finditer(text):
        stack = opened.setdefault(match[2], [])
        if match[1] == "begin":
            stack.append(match.start())
        elif stack:
            ends[stack.pop()] = match.end()
    return ends


def raw_ranges(text: str, *, html: bool) -> list[Range]:
    """Return the start and end of each comment, tag, verbatim element (with `html`) and web link address, in order."""
    addresses = [match.span() for match in _ADDRESS.finditer(text)] if "](http" in text else []
    if not html:
        return addresses
    return sorted([*addresses, *html_ranges(text)])
