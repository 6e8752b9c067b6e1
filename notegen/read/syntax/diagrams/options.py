"""What a diagram's fence says besides its source: caption, label, a text for who cannot see it, whether it is drawn.

In the info string, ```` ```mermaid {#fig-x fig-cap="…"} ````, `title="…"`; as lines at its beginning, `%%| fig-cap: …`
(Quarto, in the comments of each language) or `:caption: …` (MyST, Sphinx).

`engine=neato`, `:layout: neato` name an engine of Graphviz.

Source: Quarto docs, "Diagrams"; Markdown Preview Enhanced, "Diagrams"; sphinxcontrib-mermaid's README; Sphinx docs,
"sphinx.ext.graphviz"; mystmd docs, "Diagrams".
"""

import msgspec

from notegen.read.code.options import read_options
from notegen.read.syntax.attributes.list import read_attributes
from notegen.text.patterns import lazy_regex

_MARKS = ("%%|", "%|", "//|", "#|", ":")  # what a line with an option begins with; the last is that of fields
_KEY = lazy_regex(r"[A-Za-z][\w-]*+")
_WORD = lazy_regex(r"(?<=\s)(engine|layout)=(\S+)")
_BARE = lazy_regex(r"\{[ \t]*(?=[A-Za-z])")
_CAPTIONS = ("fig-cap", "caption", "cap", "title")
_LABELS = ("label", "name", "id")
_ALTS = ("fig-alt", "alt")
_SWITCHES = ("eval", "render")
_ENGINES = ("engine", "layout")
_NO = frozenset({"false", "no", "0"})


class DiagramOptions(msgspec.Struct, frozen=True):
    """The options of a diagram. `named`: its label was given as one, so that it may have any form."""

    caption: str = ""
    label: str = ""
    alt: str = ""
    classes: tuple[str, ...] = ()
    named: bool = False
    drawn: bool = True
    shown: bool = True
    engine: str = ""


def read_diagram_options(info: str, content: str) -> tuple[DiagramOptions, str, int]:
    """Return the options of a diagram, its source without these lines, and how many lines these were."""
    values, lines = _option_lines(content.split("\n"))
    brace = info.find("{")
    attributes = (
        read_attributes(_BARE.sub("{.", info) if brace == 0 else info, brace, kramdown=False) if brace >= 0 else None
    )
    classes: tuple[str, ...] = ()
    label = ""
    if attributes is not None:
        values = {**attributes.values, **values}
        label, classes = attributes.id, attributes.classes[1:] if not info[:brace].strip() else attributes.classes
    elif "=" in info:
        if title := read_options(info).title:
            values.setdefault("title", title)
        values |= {key: _unquoted(value) for key, value in _WORD.findall(info)}
    options = DiagramOptions(
        caption=_first(values, _CAPTIONS),
        label=label or _first(values, _LABELS),
        alt=_first(values, _ALTS),
        classes=tuple(name for name in classes if name != "code"),
        named=content.lstrip(" \t").startswith(":") and not label,
        drawn="code" not in classes and not any(values.get(key, "").lower() in _NO for key in _SWITCHES),
        shown=values.get("include", "").lower() not in _NO,
        engine=_first(values, _ENGINES).lower(),
    )
    return options, "\n".join(content.split("\n")[lines:]), lines


def _option_lines(lines: list[str]) -> tuple[dict[str, str], int]:
    """Return the options in the first lines, and how many lines these are."""
    values: dict[str, str] = {}
    for number, line in enumerate(lines):
        text = line.strip()
        mark = next((mark for mark in _MARKS if text.startswith(mark)), None)
        key, colon, value = text.removeprefix(mark or "").partition(":")
        if mark is None or not colon or not _KEY.fullmatch(key.strip()):
            return values, number
        values[key.strip().lower()] = _unquoted(value.strip())
    return values, len(lines)


def _first(values: dict[str, str], names: tuple[str, ...]) -> str:
    return next((values[name] for name in names if values.get(name)), "")


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
