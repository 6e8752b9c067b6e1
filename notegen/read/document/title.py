"""A note's title: from its front matter, else its first heading, else its file's name."""

from datetime import UTC
from html import escape

import msgspec
from markdown_it.token import Token

from notegen.read.document.formulas import Formulas, set_line_formulas
from notegen.read.document.headings import heading_pairs
from notegen.read.front_matter.dates import date_from_filename
from notegen.read.plain_text import inline_text
from notegen.read.services import NoteDraft, ReaderServices, render_label


class Title(msgspec.Struct, frozen=True):
    """A title as text and as HTML. `formulas`: those of a title in the front matter."""

    text: str
    html: str
    formulas: Formulas = Formulas()


def take_title(tokens: list[Token], title: str) -> tuple[list[Token], Token | None]:
    """Return the tokens without a first heading that repeats or gives the title, and that heading's inline token.

    With a title from the front matter, a level-1 heading with the same words opening the body is dropped. Without one,
    the first heading gives the title: it leaves the body when it opens it, and stays where it is otherwise.
    """
    for index, opened, inline, _ in heading_pairs(tokens):
        if opened.level:
            continue
        opens_body = index == 0
        if title:
            if opens_body and opened.tag == "h1" and _words(inline_text(inline.children or ())) == _words(title):
                return tokens[3:], None
            return tokens, None
        return (tokens[3:] if opens_body else tokens), inline
    return tokens, None


def _words(text: str) -> str:
    return "".join(text.replace("$", "").split()).casefold()


def title_of(heading: Token | None, draft: NoteDraft, services: ReaderServices) -> Title:
    """Return the title. `heading`: the inline token of the heading that gives it, if one does.

    In a line of front matter formulas and code spans are read; every other character is itself.
    """
    formulas = Formulas()
    if heading is not None:
        children = heading.children or []
    elif draft.front_matter.meta.title:
        line = services.title_parser.parseInline(draft.front_matter.meta.title)
        formulas = set_line_formulas(line, draft, services)
        children = [child for token in line for child in token.children or ()]
    else:
        name = file_title(draft.source.path)
        return Title(name, escape(name))
    text = " ".join(inline_text(children).split())
    html = render_label([child for child in children if child.type != "image"], draft, services).strip()
    if not text:
        name = file_title(draft.source.path)
        return Title(name, html or escape(name), formulas)
    return Title(text, html, formulas)


def file_title(path: str) -> str:
    """Return a title made from a file's name: `2024-01-02-flash_attention.md` gives "flash attention".

    A bundle's `index.md` its folder's.
    """
    parts = path.split("/")
    stem = parts[-1].rpartition(".")[0] or parts[-1]
    if stem.lower() in {"index", "_index", "readme"} and len(parts) > 1:
        stem = parts[-2]
    name = date_from_filename(stem, UTC)[1]
    return " ".join(name.replace("_", " ").replace("-", " ").split()) or stem
