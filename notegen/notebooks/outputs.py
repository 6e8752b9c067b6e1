"""What a cell has shown: of each result the one form of its MIME bundle that a page can show without a script.

The order of forms is that of nbconvert's HTML exporter, but that what needs a script gives way to a picture.

Source: nbformat's documentation, "Code cell outputs", "display_data"; nbconvert, `NbConvertBase.display_data_priority`.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

import msgspec

from notegen.model.source import Output
from notegen.notebooks.nbformat import RawOutput, clean, joined, text_of
from notegen.text.patterns import lazy_regex

_INTERACTIVE = lazy_regex(
    r"application/(?:javascript|vnd\.(?:plotly|vega|vegalite|bokeh|holoviews|jupyter\.widget|r\.htmlwidget|jgis)[\w.+-]*)"
)
_SCRIPTED = lazy_regex(r"<(?:script|iframe|embed|object)\b", re.IGNORECASE)
_FRAME = lazy_regex(
    r"""<(?:iframe|embed|object)\b[^<>]{0,500}?\s(?:src|data)=["']?(?:https?:)?//[^\s"'<>]""", re.IGNORECASE
)
_HIDDEN = lazy_regex(r"<(script|style|iframe|button|noscript)\b(?:(?!</\1).)*+", re.IGNORECASE | re.DOTALL)
_ROW = lazy_regex(r"</(?:tr|p|div|li|h[1-6])>|<br\b[^<>]*+>", re.IGNORECASE)
_TAG = lazy_regex(r"<(?!img\b)[^<>]*+>", re.IGNORECASE)
_NAMES = {"plotly": "Plotly", "vega": "Vega", "bokeh": "Bokeh", "holoviews": "HoloViews", "jupyter.widget": "Jupyter"}
_FORMULA = lazy_regex(r"\$\\displaystyle\s(?P<latex>[^$]*+)\$")
_LATEX = lazy_regex(
    r"\$|\\\[|\\begin\{(?:equation|align|gather|multline|eqnarray|split|[bpvV]?matrix|array|cases)\*?\}"
)
MAX_HTML = 2_000_000  # characters of HTML in an output; of more the words are shown
PICTURES = {  # media type, the best first -> suffix of its file, and its name
    "image/svg+xml": ("svg", "SVG image"),
    "image/png": ("png", "PNG image"),
    "image/jpeg": ("jpg", "JPEG image"),
    "image/gif": ("gif", "GIF image"),
    "image/webp": ("webp", "WebP image"),
}


class Picture(msgspec.Struct, frozen=True):
    """A picture of an output or an attachment: its MIME type, its value in the file, its size there in CSS pixels."""

    kind: str
    raw: msgspec.Raw
    size: tuple[int, int] = (0, 0)


class Markdown(msgspec.Struct, frozen=True):
    """A result that is Markdown, or made of formulas."""

    text: str


Result = Output | Picture | Markdown


def results_of(outputs: list[RawOutput]) -> Iterator[Result]:
    """Yield what a cell has shown, in order; what it wrote to one stream in one go is one."""
    stream: Output | None = None
    for output in outputs:
        if output.output_type == "stream":
            text, name = _kept(joined(output.text)), output.name or "stdout"
            if stream is not None and stream.name == name:
                stream = Output("stream", stream.text + text, name)
                continue
            if stream is not None:
                yield stream
            stream = Output("stream", text, name)
            continue
        if stream is not None:
            yield stream
            stream = None
        if output.output_type == "error":
            yield _error(output)
        elif output.output_type in {"display_data", "execute_result"}:
            result = _shown(output.data, output.metadata)
            if result is not None:
                yield result
    if stream is not None:
        yield stream


def _kept(text: str) -> str:
    """Return the text of a stream, its carriage returns kept: they say what was written over."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in text else text


def _error(output: RawOutput) -> Output:
    lines = output.traceback if isinstance(output.traceback, list) else []
    text = "\n".join(line for line in lines if isinstance(line, str))
    return Output("error", clean(text or f"{joined(output.ename)}: {joined(output.evalue)}"))


def _shown(data: Mapping[str, msgspec.Raw], metadata: Any) -> Result | None:
    html = text_of(data, "text/html") if "text/html" in data else ""
    scripted = bool(_SCRIPTED.search(html))
    interactive = next((kind for kind in data if _INTERACTIVE.fullmatch(kind)), "")
    picture = next((kind for kind in PICTURES if kind in data), "")
    if interactive or scripted:
        if picture:
            return Picture(picture, data[picture], _size(metadata, picture))
        return _without_script(data, html, interactive)
    if html.strip() and len(html) <= MAX_HTML:
        return Output("html", clean(html))
    for kind in ("text/markdown", "text/latex"):
        text = clean(text_of(data, kind)) if kind in data else ""
        if text.strip() and (kind == "text/markdown" or _LATEX.match(text.strip())):
            return Markdown(_as_display(text) if kind == "text/latex" else text)
    if picture:
        return Picture(picture, data[picture], _size(metadata, picture))
    text = _kept(text_of(data, "text/plain")) or _words(html)
    return Output("text", text) if text.strip() else None


def _words(html: str) -> str:
    """Return the words of HTML that is too long for a page, a line for each row and paragraph."""
    text = unescape(_TAG.sub("", _ROW.sub("\n", _HIDDEN.sub("", html))))
    return clean("\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip()))


def _without_script(data: Mapping[str, msgspec.Raw], html: str, interactive: str) -> Output | None:
    """Return what stands for a result that a script would show: what it is without one, else a notice."""
    if _FRAME.search(html) or (html and not interactive and _TAG.sub("", _HIDDEN.sub("", html)).strip()):
        return Output("html", clean(html)) if len(html) <= MAX_HTML else Output("text", _words(html))
    text = _kept(text_of(data, "text/plain"))
    if "jupyter.widget" in interactive and "|" in text:  # a progress bar of tqdm
        return Output("text", text)
    loads = interactive == "application/javascript" or "_load." in interactive  # a library, and shows nothing
    if loads or (not interactive and not text.strip()):
        return None
    return Output("notice", next((name for key, name in _NAMES.items() if key in interactive), ""))


def _as_display(text: str) -> str:
    r"""Return the formulas of a result as displays: SymPy writes `$\\displaystyle …$`."""
    whole = _FORMULA.fullmatch(text.strip())
    return f"$$\n{whole['latex'].strip()}\n$$" if whole else text


def _size(metadata: Any, kind: str) -> tuple[int, int]:
    """Return the width and height that a result's metadata give a picture, as those of retina figures; 0: none."""
    sizes = metadata.get(kind) if isinstance(metadata, Mapping) else None
    if not isinstance(sizes, Mapping):
        return 0, 0
    width, height = (_pixels(sizes.get(key)) for key in ("width", "height"))
    return width, height


def _pixels(value: object) -> int:
    return int(value) if isinstance(value, int | float) and 0 < value < 100_000 else 0  # noqa: PLR2004


def attached(raw: Mapping[str, msgspec.Raw]) -> Picture | None:
    """Return the picture of an attachment of a cell; None where it has none."""
    kind = next((kind for kind in PICTURES if kind in raw), "")
    return Picture(kind, raw[kind]) if kind else None
