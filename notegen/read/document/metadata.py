"""What a note is called and dated: by its front matter, its first heading, its text, its file's name, in this order."""

from collections.abc import Iterable
from datetime import UTC
from html import escape
from zoneinfo import ZoneInfo

import msgspec
from markdown_it.token import Token

from notegen.model.config import ReadSettings
from notegen.model.note import Meta
from notegen.model.source import SourceFile
from notegen.read.document.title import plain_inline, set_line_formulas
from notegen.read.formulas import Formulas
from notegen.read.front_matter.dates import date_from_filename
from notegen.read.front_matter.read import FrontMatter
from notegen.read.plain_text import inline_text
from notegen.read.services import Workshop, render_label
from notegen.read.source_map import SourceMap


def title_of(
    source: SourceFile, front: FrontMatter, heading: Token | None, macros: dict[str, str], shop: Workshop
) -> tuple[str, str, Formulas]:
    """Return the title as text and as HTML: from the front matter, else the first heading, else the file name.

    The formulas are those of the front matter.
    """
    formulas = Formulas()
    if heading is not None:
        children = heading.children or []
    elif front.meta.title:
        parsed = shop.title_parser.parseInline(front.meta.title)
        formulas = set_line_formulas(parsed, macros, shop.settings.math, source.text, source.path, shop.fragments)
        children = plain_inline(parsed)
    else:
        name = file_title(source.path)
        return name, escape(name), formulas
    text = " ".join(inline_text(children).split())
    html = render_label([child for child in children if child.type != "image"], SourceMap((), 0), shop).strip()
    if not text:
        name = file_title(source.path)
        return name, html or escape(name), formulas
    return text, html, formulas


def file_title(path: str) -> str:
    """Return a title made from a file's name: `2024-01-02-flash_attention.md` gives "flash attention".

    A bundle's `index.md` its folder's.
    """
    parts = path.split("/")
    stem = parts[-1].rpartition(".")[0] or parts[-1]
    if stem.lower() in {"index", "_index", "readme"} and len(parts) > 1:
        stem = parts[-2]
    rest = date_from_filename(stem, UTC)[1]
    return " ".join(rest.replace("_", " ").replace("-", " ").split()) or stem


def completed(front: FrontMatter, path: str, hashtags: Iterable[str], settings: ReadSettings) -> Meta:
    """Return the metadata with what the text and the file's name add: tags written in the text, the date."""
    meta = _dated(front, path, settings)
    tags = tuple(dict.fromkeys((*meta.tags, *hashtags)))
    return meta if tags == meta.tags else msgspec.structs.replace(meta, tags=tags)


def _dated(front: FrontMatter, path: str, settings: ReadSettings) -> Meta:
    """Return the metadata, the date taken from the file's name where the front matter names none."""
    if front.meta.date is not None:
        return front.meta
    parts = path.split("/")
    stem = parts[-1].rpartition(".")[0]
    if stem.lower() == "index" and len(parts) > 1:
        stem = parts[-2]
    date = date_from_filename(stem, ZoneInfo(settings.timezone))[0]
    return front.meta if date is None else msgspec.structs.replace(front.meta, date=date)
