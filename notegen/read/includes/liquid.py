"""Liquid of Jekyll's notes, before anything else is read: the site's values are put in, loops are left out.

`{{ site.author.name }}` is what `params` of site.yaml say. `{% for %}` … `{% endfor %}` computes what is shown, as
lists of posts do: of that nothing is shown, so that a page is not full of a program, and the author is told. What
`{% assign %}` says shows nothing. All in `{% raw %}` stays. Diagnostics: tag-unknown, for each loop.

Source: Jekyll's documentation, "Variables", the section "Site Variables"; Liquid's, "Iteration" and "Variable".
"""

import html
import re
from collections.abc import Mapping
from typing import Any

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.text.patterns import lazy_regex

_RAW = r"\{%-?[ ]?raw[ ]?-?%\}(?:[^{]|\{(?!%-?[ ]?endraw))*+"
_FILTER = r"\|[ \t]*+(?:relative_url|absolute_url|(?P<escape>escape))[ \t]*+"  # addresses are made so anyway
_VALUE = lazy_regex(rf"{_RAW}|\{{\{{-?[ \t]*+site\.(?P<name>[A-Za-z_][\w.-]*+)[ \t]*+(?:{_FILTER})?-?\}}\}}")
_ARGUMENTS = r"[^%\n]{0,300}+(?:%(?!\})[^%\n]{0,99}+){0,3}+"
_PROGRAM = lazy_regex(rf"{_RAW}|\{{%-?[ \t]*+(?P<name>(?:end)?(?:for|tablerow)|assign)\b{_ARGUMENTS}%\}}")
_DEEPEST = 5  # mappings in mappings
_NOTHING = "<!-- -->"  # which, unlike an empty line, ends no element of raw HTML
_NOTHING_INSIDE = "<span></span>"  # which, unlike a comment, ends no paragraph
_FENCE = lazy_regex(r"^[ \t]*+(?:```|~~~)", re.MULTILINE)
_HINT = "write what it gives; lists of notes are made for each folder, category and tag"


def with_values(body: str, params: Mapping[str, Any]) -> str:
    """Return the body of a note with the site's values in it."""
    if "site." not in body:
        return body
    values = flat(params)

    def value(match: re.Match[str]) -> str:
        known = values.get(match["name"] or "")
        return match[0] if known is None else html.escape(known) if match["escape"] else known

    return _VALUE.sub(value, body)


def flat(params: Mapping[str, Any], start: str = "") -> dict[str, str]:
    """Return the texts and numbers among parameters by dotted names: `{"author": {"name": "N"}}` is `author.name`.

    Each in one line, so that what stands behind it keeps its line.
    """
    values: dict[str, str] = {}
    for key, value in params.items():
        if isinstance(value, Mapping) and start.count(".") < _DEEPEST:
            values |= flat(value, f"{start}{key}.")
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
            values[f"{start}{key}"] = " ".join(str(value).split())
    return values


def without_loops(body: str, path: str, shift: int) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the body of the note at `path` without loops, in as many lines, and a diagnostic for each of them.

    `shift`: the lines of the file above its body. A loop without an end stays, and so does one in a fence of code.
    """
    pieces: list[str] = []
    problems: list[Diagnostic] = []
    done, depth, opened = 0, 0, None
    line, counted, fences, fenced = shift + 1, 0, 0, 0
    for match in _PROGRAM.finditer(body) if "{%" in body else ():
        name = match["name"] or ""
        if name == "assign" and not depth:
            pieces += body[done : match.start()], ""
            done = match.end()
        elif name in {"for", "tablerow"}:
            if not depth:
                fences, fenced = fences + len(_FENCE.findall(body, fenced, match.start())), match.start()
            if not depth and fences % 2:
                continue
            opened = opened if depth else match
            depth += 1
        elif name.startswith("end") and depth:
            depth -= 1
            if opened is not None and not depth:
                pieces += body[done : opened.start()], _empty(body, opened.start(), match.end())
                done = match.end()
                line, counted = line + body.count("\n", counted, opened.start()), opened.start()
                problems.append(_left_out(path, line, opened[0]))
    return "".join([*pieces, body[done:]]), tuple(problems)


def _empty(body: str, start: int, end: int) -> str:
    """Return what shows nothing in as many lines as a loop has, and leaves what is around it as it is."""
    lines = body.count("\n", start, end)
    before = body[body.rfind("\n", 0, start) + 1 : start]
    behind = body[end : (body.find("\n", end) + 1 or len(body) + 1) - 1]
    if not lines or before.strip():
        return f"\n{_NOTHING_INSIDE}" * lines
    return "\n" * lines if behind.strip() else f"\n{before}".join([_NOTHING] * (lines + 1))


def _left_out(path: str, line: int, tag: str) -> Diagnostic:
    return diagnose(
        *("tag-unknown", f"the loop {' '.join(tag.split())} is a program, which is not run: it is left out"),
        path=path,
        line=line,
        column=1,
        hint=_HINT,
    )
