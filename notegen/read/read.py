"""One note alone: its file to a Note.

Needs no other note, so notes can be read in any order, in parallel, and be cached.
"""

from typing import Protocol

import msgspec

from notegen.cache.fragments import FragmentCache
from notegen.math_font.characters import formula_characters
from notegen.model.config import ReadSettings
from notegen.model.note import Note
from notegen.model.source import SourceFile
from notegen.read.code.highlight import make_highlighter, remembering
from notegen.read.diagnostics import reported, too_deep, undefined_footnotes, unknown_languages, unused_footnotes
from notegen.read.document.anchors import anchors_of, headings_of, theorem_labels_of
from notegen.read.document.backlink_excerpts import set_contexts
from notegen.read.document.excerpt import excerpt_of, shorten
from notegen.read.document.headings import set_headings, take_title
from notegen.read.document.metadata import completed, title_of
from notegen.read.formulas import set_formulas
from notegen.read.front_matter.read import read_front_matter
from notegen.read.html.context import Context, Mode
from notegen.read.html.renderer import NoteRenderer
from notegen.read.parser import TOKEN_PASSES, make_parser, make_title_parser
from notegen.read.plain_text import block_text, count_words, reading_minutes
from notegen.read.services import Workshop, render, render_label
from notegen.read.source_map import SourceMap
from notegen.read.syntax.parse_state import new_env, parse_state

ENGLISH_FROM = 30  # words without any Han character, kana or hangul: the text is not Chinese


class Reader(Protocol):
    """Reads one note. `fragments`: what was made for it before, and is made now."""

    def __call__(self, source: SourceFile, fragments: FragmentCache | None = None) -> Note:
        """Return the note."""


def make_reader(settings: ReadSettings) -> Reader:
    """Return the function that reads one note under these settings."""
    parsers = make_parser(settings), make_title_parser(settings)
    shop = Workshop(settings, *parsers, NoteRenderer(), make_highlighter(), FragmentCache())

    def read(source: SourceFile, fragments: FragmentCache | None = None) -> Note:
        own = FragmentCache() if fragments is None else fragments
        highlight = remembering(shop.highlight, own)
        return read_note(source, msgspec.structs.replace(shop, fragments=own, highlight=highlight))

    return read


def read_note(source: SourceFile, shop: Workshop) -> Note:
    """Understand one note. Every mistake becomes a diagnostic of the Note; no text makes it raise.

    Steps: 1. front matter; 2. Markdown to tokens; 3. formulas; 4. title and headings; 5. page, excerpt, text.
    """
    front = read_front_matter(source.text, source.path, shop.settings)
    lines = front.body.split("\n")
    env = new_env(front.meta.lang)
    tokens = shop.parser.parse(front.body, env)
    places = SourceMap(lines, front.body_line)
    for change in TOKEN_PASSES:
        change(tokens)
    macros = {**shop.settings.math.macros, **front.meta.macros}
    formulas = set_formulas(tokens, macros, shop.settings.math, places, source.path, shop.fragments)
    tokens, heading = take_title(tokens, front.meta.title)
    title, title_html, of_title = title_of(source, front, heading, macros, shop)
    set_headings(tokens)
    contexts = set_contexts(tokens, lambda children: render_label(children, places, shop))
    page = Context(Mode.PAGE, places, shop.highlight)
    html = render(tokens, page, shop)
    short, of_summary = excerpt_of(tokens, front, source, macros, places, shop)
    han, words = count_words(block_text(tokens, math=False, code=False))
    return Note(
        path=source.path,
        digest=source.digest,
        meta=completed(front, source.path, parse_state(env).hashtags, shop.settings),
        title=title,
        title_html=title_html,
        body=page.holes.cut(html),
        excerpt=short[0],
        description=shorten(short[1]),
        headings=headings_of(tokens, places, shop),
        formulas=formulas.formulas,
        anchors=(*anchors_of(tokens), *formulas.anchors),
        labels=formulas.labels,
        boxes=theorem_labels_of(tokens),
        contexts=contexts,
        unknown=(*of_title.unknown, *of_summary.unknown, *formulas.unknown),
        words=han + words,
        lang=front.meta.lang or ("en" if not han and words >= ENGLISH_FROM else ""),
        minutes=reading_minutes(han, words),
        has_code="highlight" in html,
        glyphs=_glyphs(*formulas.html, title_html, short[0].text.decode()),
        diagnostics=(
            *front.diagnostics,
            *of_title.diagnostics,
            *of_summary.diagnostics,
            *formulas.diagnostics,
            *reported(env, places, source.path),
            *undefined_footnotes(tokens, places, source.path),
            *unused_footnotes(env, lines, front.body_line, source.path),
            *unknown_languages(page.unknown_languages, places, source.path),
            *too_deep(tokens, places, shop, source.path),
        ),
    )


def _glyphs(*pieces: str) -> str:
    """Return the characters that the math font must have for these pieces of HTML, in order."""
    return "".join(map(chr, sorted(formula_characters(piece for piece in pieces if "<math" in piece))))
