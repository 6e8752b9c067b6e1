"""Captions and labels that a cell of code gives to what it has shown: figures and tables in Markdown.

A caption keeps its own Markdown, and ends neither the brackets of its picture nor its title.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from notegen.notebooks.options import CellOptions
from notegen.notebooks.outputs import Markdown, Picture, Result
from notegen.text.patterns import lazy_regex

# What brackets mean nothing in, and what a mark of its own would join to what stands behind the caption.
_PART = lazy_regex(r"(?P<whole>\\.|`[^`]++`|\$[^$]++\$|<[^<>]++>)|[\[\]`$<\\]")
_RULE = lazy_regex(r"[ \t:|-]++")  # below the heads of a table


def caption_text(caption: str) -> str:
    r"""Return a caption in one line, with its Markdown, in which marks that stand alone are character references.

    `区间 [0, 1)`, a backslash at the end, a lone `$` or a backtick would swallow what stands behind them. Code,
    formulas and links stay as written.
    """
    text = " ".join(caption.split())
    parts = list(_PART.finditer(text)) if any(mark in text for mark in "[]`$<\\") else []
    opened: list[int] = []
    alone: dict[int, int] = {}
    for match in parts:
        if match["whole"]:
            continue
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            opened.pop()
        else:
            alone[match.start()] = match.end()
    for start in opened:
        alone[start] = start + 1
    pieces: list[str] = []
    reached = 0
    for start, end in sorted(alone.items()):
        pieces += [text[reached:start], f"&#{ord(text[start])};"]
        reached = end
    return "".join([*pieces, text[reached:]])


def with_one_figure(results: list[Result], options: CellOptions) -> list[Result]:
    """Return the results, whose pictures stand together where they have one caption or label."""
    if not (options.values.get("fig-cap") or options.values.get("label", "").startswith(("fig-", "fig:"))):
        return results
    pictures: list[Result] = [result for result in results if isinstance(result, Picture)]
    if len(pictures) <= 1:
        return results
    first = results.index(pictures[0])
    return [*results[:first], *pictures, *(item for item in results[first:] if not isinstance(item, Picture))]


def with_one_caption(results: Sequence[Result], options: CellOptions) -> Iterator[Result]:
    """Yield the results; the first that is a table of Markdown has the caption and the label that the options give."""
    caption = caption_text(options.values.get("tbl-cap", ""))
    label = id_of(table_label(options.values))
    for result in results:
        if (caption or label) and isinstance(result, Markdown) and _ends_in_table(result.text):
            braces = f" {{{label}}}" if label else ""
            yield Markdown(f"{result.text.rstrip()}\n\n: {caption}{braces}")
            caption, label = "", ""
        else:
            yield result


def _ends_in_table(text: str) -> bool:
    """Return whether Markdown ends in a table, below which a caption may stand."""
    *above, last = text.rstrip().split("\n")
    return "|" in last and any("|" in line and "-" in line and _RULE.fullmatch(line) for line in above)


def table_label(values: Mapping[str, str]) -> str:
    """Return the label of a cell where it is that of a table, else ""."""
    label = values.get("label", "")
    return label if label.startswith(("tbl-", "tab-")) else ""


def figure_of(pictures: Sequence[tuple[str, Picture]], options: CellOptions) -> str:
    """Return the Markdown of pictures that follow one another: one figure, with parts where these have captions."""
    values = options.values
    caption, label = values.get("fig-cap", ""), values.get("label", "")
    label = label if label.startswith(("fig-", "fig:")) else ""
    alts = values.get("fig-alt", "").split("\n")
    parts = values.get("fig-subcap", "").split("\n") if values.get("fig-subcap") else caption.split("\n")
    if len(pictures) > 1 and (values.get("fig-subcap") or (label and len(parts) == 1)):
        parts = parts if values.get("fig-subcap") else [""]
        columns = values.get("layout-ncol", "")
        lines = [f"::: {{{id_of(label)}{f' layout-ncol={columns}' if columns.isdecimal() else ''}}}", ""]
        for index, (address, picture) in enumerate(pictures):
            words = _nth(parts, index)
            name = f"{label}-{index + 1}" if label and words else ""
            lines += [_image(address, picture, words, name, _nth(alts, index)), ""]
        return "\n".join([*lines, *([caption, ""] if caption else []), ":::"])
    blocks = []
    for index, (address, picture) in enumerate(pictures):
        words = caption if len(pictures) == 1 else _nth(parts, index)
        blocks.append(_image(address, picture, words, "" if index else label, _nth(alts, index)))
    return "\n\n".join(blocks)


def _image(address: str, picture: Picture, caption: str, label: str, alt: str) -> str:
    """Return the Markdown of a picture: its caption in the brackets where it has a label, else as its title."""
    attributes = [id_of(label)] if label else []
    attributes += [f'fig-alt="{attribute(alt)}"'] if alt and label else []
    attributes += [f"{key}={value}" for key, value in zip(("width", "height"), picture.size, strict=True) if value]
    braces = f"{{{' '.join(filter(None, attributes))}}}" if any(attributes) else ""
    words = caption_text(caption)
    if label:
        return f"![{words}](<{address}>){braces}"
    brackets = caption_text(alt) if alt else words
    title = ' "' + words.replace('\\"', '"').replace('"', "&quot;") + '"' if words else ""
    return f"![{' '.join(brackets.split())}](<{address}>{title}){braces}"


def id_of(label: str) -> str:
    """Return a label as it stands in the braces of attributes; "" where it is none."""
    return f"#{label}" if re.fullmatch(r"[\w:.-]{1,100}", label) else ""


def _nth(items: Sequence[str], index: int) -> str:
    return items[index] if index < len(items) else ""


def attribute(text: str) -> str:
    """Return a text as the value of an attribute in double quotes."""
    return " ".join(text.replace('"', "'").split())
