"""A note's title: from its front matter, else the heading of level 1 that opens it, else its file's name."""

from collections.abc import Sequence
from datetime import UTC
from html import escape

import msgspec
from markdown_it.token import Token

from notegen.model.config import ReadSettings
from notegen.model.source import NAV_TITLE
from notegen.read.document.formulas import Formulas, set_line_formulas
from notegen.read.document.open_references import leads_elsewhere, with_marks
from notegen.read.front_matter.dates import date_from_filename
from notegen.read.plain_text import compared, inline_text
from notegen.read.services import NoteDraft, ReaderServices, has_breaks, render_label
from notegen.read.syntax.cjk.word_breaks import cached_phrases, with_word_breaks
from notegen.read.token_data import RENDERED
from notegen.routes.names import without_number
from notegen.text.paths import is_folder_text, strip_suffix, title_of_name
from notegen.text.patterns import lazy_regex

_SIGNS = lazy_regex(r"[\W_]+")
_COMMENTS = lazy_regex(r"(?:\s*+<!--(?:[^-]|-(?!->))*+-->)*+\s*+")


class Title(msgspec.Struct, frozen=True):
    """A title as text and as HTML. `formulas`: those of a title in the front matter.

    `marked`: text and HTML with marks for references to other notes, see text/html.py; empty where there are none.
    """

    text: str
    html: str
    formulas: Formulas = Formulas()
    marked: tuple[str, str] = ("", "")


def given_title(path: str, title: str, settings: ReadSettings) -> tuple[str, bool]:
    """Return the title that goes before a heading ("" for none): of the front matter, else the file's name, if so set.

    Also whether it is a name, in which some signs cannot stand. A name without any letter says less than a heading.
    """
    if title or settings.file_titles != "always" or is_folder_text(path):
        return title, False
    name = file_title(path, settings)
    return (name, True) if any(map(str.isalpha, name)) else ("", False)


def take_title(tokens: list[Token], title: str, is_name: bool = False) -> tuple[list[Token], Token | None]:
    """Return the tokens without the heading of level 1 that opens the note, and that heading's inline token.

    Before it may stand what shows nothing: comments, definitions of macros. Where the note has another `title`, a
    heading with other words stays in the body. Any other heading is a part of the note, not its title. `is_name`: see
    `given_title`.
    """
    index = _first_shown(tokens)
    if index >= len(tokens) or tokens[index].type != "heading_open" or tokens[index].tag != "h1":
        return tokens, None
    inline = tokens[index + 1]
    fold = _letters if is_name else compared
    if title and fold(title) not in {fold(inline_text(inline.children or ())), fold(inline.content)}:
        return tokens, None
    return [*tokens[:index], *tokens[index + 3 :]], None if title else inline


def _letters(text: str) -> str:
    """Return a title as the name of a file has it: without case, and the signs that no name can have."""
    return _SIGNS.sub("", text).casefold()


def _first_shown(tokens: Sequence[Token]) -> int:
    """Return the index of the first token that shows something on the page."""
    index = 0
    while index < len(tokens):
        if tokens[index].type == "paragraph_open" and not tokens[index + 1].children:  # held nothing but a comment
            index += 3
        elif _shows_nothing(tokens[index]):
            index += 1
        else:
            break
    return index


def _shows_nothing(block: Token) -> bool:
    if block.type == "math_block":
        return not RENDERED.of(block).html  # definitions of macros
    return block.type == "html_block" and _COMMENTS.fullmatch(block.content) is not None


def title_of(heading: Token | None, draft: NoteDraft, services: ReaderServices) -> Title:
    """Return the title. `heading`: the inline token of the heading that gives it, if one does.

    In a line of front matter formulas, code spans and references to what has a label are read; every other character
    is itself.
    """
    formulas = Formulas()
    if heading is not None:
        children = heading.children or []
    elif draft.front_matter.meta.title:
        line = services.title_parser.parseInline(draft.front_matter.meta.title)
        formulas = set_line_formulas(line, draft, services, in_text=True)
        children = [child for token in line for child in token.children or ()]
    else:
        name = _called(draft, services)
        return Title(name, escape(name))
    text = " ".join(inline_text(children).split())
    shown = [child for child in children if child.type != "image"]
    if has_breaks(draft, services):
        shown = with_word_breaks(shown, cached_phrases(services.fragments))
    html = render_label(shown, draft, services).strip()
    if not text:
        name = _called(draft, services)
        return Title(name, html or escape(name), formulas)
    if not leads_elsewhere(children):
        return Title(text, html, formulas)
    marked = with_marks(shown)
    words = " ".join(inline_text(marked).split())
    return Title(text, html, formulas, (words, render_label(marked, draft, services).strip()))


def _called(draft: NoteDraft, services: ReaderServices) -> str:
    """Return the title of a note that has none: what `nav` calls it (MkDocs), else one made from its file's name."""
    named = draft.front_matter.meta.extra.get(NAV_TITLE)
    return named if isinstance(named, str) and named else file_title(draft.path, services.settings)


def file_title(path: str, settings: ReadSettings) -> str:
    """Return a title made from a file's name: `2024-01-02-flash_attention.md` gives "flash attention".

    The name of a daily note, `2024-01-02.md`, is its title. `index.md` and the like have the name of their folder; ""
    for that of the content folder, which is called as the site.
    """
    folder, _, name = path.rpartition("/")
    stem = strip_suffix(name)
    if is_folder_text(name):
        stem = "" if folder == settings.content_dir.strip("./") else folder.rpartition("/")[2]
    name = without_number(date_from_filename(stem, UTC)[1], settings.addresses)
    return title_of_name(name, settings.file_titles)
