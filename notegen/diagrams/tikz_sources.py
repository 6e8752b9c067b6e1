r"""The pictures of TikZ in a note's text, found without reading it: what `notegen diagrams` draws, what a note shows.

A fence, a container or tags of `tikz`, `<script type="text/tikz">` of TikZJax, a bare `\begin{tikzpicture}`: what is
found is what reading finds (read/syntax/diagrams/), but for indentation.

Source: Obsidian TikZJax and TikZJax, READMEs; read/syntax/diagrams/options.py.
"""

import re
from collections.abc import Iterator

from notegen.model.digest import digest
from notegen.text.patterns import lazy_regex

_OPEN = lazy_regex(
    r"(?P<lead>[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?+)"
    r"(?:(?P<fence>`{3,}+|~{3,}+|:{3,}+)[ \t]*+(?P<info>[^`\n]*)"
    r"|(?P<tag>\{%-?[ \t]*tikz\b[^\n]*%\}|\{\{[<%][ \t]*tikz\b[^\n]*[>%]\}\})[ \t]*"
    r"|(?P<script><script\b[^<>\n]*\btype=[\"']text/tikz[\"'][^<>\n]*>)"
    r"|(?P<bare>\\begin\{tikzpicture\})[^\n]*)"
)
_TIKZ = lazy_regex(r"\{?[ \t]*\.?tikz\b")
_END_TAG = lazy_regex(r"\{%-?[ \t]*endtikz[ \t]*-?%\}|\{\{[<%][ \t]*/[ \t]*tikz[ \t]*[>%]\}\}")
_OPTION = lazy_regex(r"(?:%%?\||:)[ \t]*[A-Za-z][\w-]*[ \t]*:.*")
_EDGES = " \t>"  # what lines may begin and end with besides what is drawn


def kept_name(source: str) -> str:
    """Return the name of the file that keeps the picture of a source, whatever its indentation and blank lines."""
    lines = (line.strip(_EDGES) for line in source.split("\n"))
    return f"tikz-{digest(*(line for line in lines if line))[:16]}.svg"


def sources_in(text: str) -> dict[str, str]:
    """Return the sources of the pictures in a note's text by the names of their files."""
    sources: dict[str, str] = {}
    if "tikz" in text:
        for source in _sources(text.split("\n")):
            sources.setdefault(kept_name(source), source)
    return sources


def _sources(lines: list[str]) -> Iterator[str]:
    """Yield the source of each picture in lines."""
    endless: set[str] = set()  # what has no end from here on, to be looked for once
    index = 0
    while index < len(lines):
        opened = _OPEN.fullmatch(lines[index])
        index += 1
        kind = (opened["fence"] or opened.lastgroup or "") if opened is not None else ""
        if opened is None or kind in endless:
            continue
        end = next((at for at in range(index, len(lines)) if _closes(lines[at], opened)), None)
        if end is None:
            endless.add(kind)
            end = len(lines)  # of a fence only
        is_code = kind[0] in "`~"
        is_tikz = opened["fence"] is None or _TIKZ.match(opened["info"]) is not None
        if not (is_code or is_tikz) or (kind in endless and not is_code):
            continue
        if is_tikz:
            yield _source(lines, index - bool(opened["bare"]), end + bool(opened["bare"]), opened["lead"])
        index = end + 1


def _closes(line: str, opened: "re.Match[str]") -> bool:
    """Return whether a line is the end of what has been opened."""
    text = line.strip(_EDGES)
    if opened["fence"]:
        return text.startswith(opened["fence"]) and not text.strip(opened["fence"][0])
    if opened["script"]:
        return text == "</script>"
    return text.startswith("\\end{tikzpicture}") if opened["bare"] else _END_TAG.fullmatch(text) is not None


def _source(lines: list[str], first: int, end: int, lead: str) -> str:
    """Return the lines of a picture without what they stand behind and without the options that they begin with."""
    while first < end and _OPTION.fullmatch(lines[first].strip(_EDGES)):
        first += 1
    return "\n".join(line.removeprefix(lead) for line in lines[first:end]) + "\n"
