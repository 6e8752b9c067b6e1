"""The lines of an included file that are meant: numbers, marks in the file, texts that they begin or end with.

A region is what stands between the marks of VitePress (`#region name`, `#endregion`), of MkDocs' snippets
(`--8<-- [start:name]`, `[end:name]`) or of mystmd; its shared indentation goes.

Source: VitePress docs, "Import Code Snippets"; PyMdown Extensions, "Snippet Sections"; Sphinx docs, "literalinclude".
"""

from collections.abc import Mapping, Sequence

_MOST_DIGITS = 6  # of the number of a line


def selected(lines: Sequence[str], options: Mapping[str, str]) -> tuple[list[str], int]:
    """Return the lines that options name, by MyST's names, and the number of the first of them."""
    first, end = 0, len(lines)
    if "section" in options:
        return _section(lines, options["section"])
    if text := options.get("start-after") or options.get("start-at"):
        first = next((at for at, line in enumerate(lines) if text in line), 0)
        first += "start-after" in options and text in "".join(lines[first : first + 1])
    if text := options.get("end-before") or options.get("end-at"):
        end = next((at for at in range(first + ("end-at" not in options), end) if text in lines[at]), end)
        end += "end-at" in options and end < len(lines)
    if options.get("start-line", "").isdecimal():
        first = int(options["start-line"])
    if options.get("end-line", "").isdecimal():
        end = int(options["end-line"])
    kept = list(range(first, min(end, len(lines))))
    if options.get("lines"):
        kept = _numbered(options["lines"], kept)
    return _dedented([lines[at] for at in kept], options), (kept[0] + 1 if kept else 1)


def _numbered(written: str, kept: Sequence[int]) -> list[int]:
    """Return those of the lines that `3-9,12,20-` names, counted from 1."""
    chosen: list[int] = []
    for part in written.replace(" ", "").split(",")[:100]:
        start, dash, stop = part.partition("-")
        low = _line_number(start, 1)
        chosen += kept[max(0, low - 1) : _line_number(stop, len(kept) if dash else low)]
    return chosen


def _line_number(written: str, default: int) -> int:
    """Return a number of a line; the default where nothing, no number or one of no file is written."""
    return int(written) if written.isdecimal() and len(written) <= _MOST_DIGITS else default


def _section(lines: Sequence[str], name: str) -> tuple[list[str], int]:
    """Return the lines between the marks of a region, marks of other regions left out."""
    starts = (f"#region {name}", f"region {name}", f"[start:{name}]")
    first = next((at for at, line in enumerate(lines) if any(mark in line for mark in starts)), -1) + 1
    if not first:
        return [], 1
    ends = (f"endregion {name}", f"[end:{name}]")
    end = next((at for at in range(first, len(lines)) if any(mark in lines[at] for mark in ends)), -1)
    if end < 0:
        end = next((at for at in range(first, len(lines)) if "endregion" in lines[at]), len(lines))
    inside = [line for line in lines[first:end] if "#region " not in line and "#endregion" not in line]
    return _without_indent(inside), first + 1


def _dedented(lines: list[str], options: Mapping[str, str]) -> list[str]:
    return _without_indent(lines) if "dedent" in options or "section" in options else lines


def _without_indent(lines: list[str]) -> list[str]:
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[indent:] for line in lines]
