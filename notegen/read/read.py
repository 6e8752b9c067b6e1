"""One note alone: its file to a Note.

Needs no other note, so notes can be read in any order, in parallel, and be cached.
"""

from typing import Any, Protocol

import msgspec
from markdown_it.token import Token

from notegen.cache.fragments import FragmentCache
from notegen.math_font.characters import formula_characters
from notegen.model.config import ReadSettings
from notegen.model.note import BlockLabel, Marked, Note, Reference
from notegen.model.source import ExtensionFile, SourceFile
from notegen.model.strings import Html
from notegen.read.code.highlight import cached_highlighter, make_highlighter
from notegen.read.diagnostics import note_diagnostics
from notegen.read.diagrams.drawings import Diagrams, with_diagrams
from notegen.read.document.anchors import anchors_of, block_words_of, headings_of
from notegen.read.document.excerpts.backlinks import citing_sentences, set_backlink_excerpts
from notegen.read.document.excerpts.excerpt import excerpt_of
from notegen.read.document.extras import extras_of
from notegen.read.document.features import features_of
from notegen.read.document.formulas import Formulas, set_formulas
from notegen.read.document.headings import set_headings
from notegen.read.document.length import code_lines, count_words, reading_minutes
from notegen.read.document.metadata import complete_metadata, kind_of
from notegen.read.document.notation import Notation, notation_of, with_tables
from notegen.read.document.references import resolve_references
from notegen.read.document.title import Title, given_title, take_title, title_of
from notegen.read.extensions import extension_rules
from notegen.read.front_matter.read import read_front_matter
from notegen.read.html.context import Mode
from notegen.read.html.renderer import render_blocks
from notegen.read.includes.expand import Expanded, expand, with_lines
from notegen.read.includes.liquid import with_values, without_loops
from notegen.read.includes.places import in_own_lines
from notegen.read.notebooks.blocks import cells_of_body, notebook_links
from notegen.read.parser import make_parser, make_title_parser
from notegen.read.services import NoteDraft, ReaderServices, has_breaks, label_renderer, new_context
from notegen.read.shortcodes.templates import NO_SHORTCODES, ShortcodeFiles, Shortcodes
from notegen.read.source_map import SourceMap
from notegen.read.syntax.cjk.typography import set_typography
from notegen.read.syntax.cjk.word_breaks import cached_phrases, set_word_breaks
from notegen.read.syntax.parse_state import new_env, parse_state
from notegen.routes.languages import content_path_of, language_of_path
from notegen.text.cjk import shorten

ENGLISH_FROM = 30  # words without any Han character, kana or hangul: the text is not Chinese


class Reader(Protocol):
    """Reads one note. `fragments`: the slow pieces remembered for it; new ones are added."""

    def __call__(self, source: SourceFile, fragments: FragmentCache | None = None) -> Note:
        """Return the note."""


def make_reader(
    settings: ReadSettings, shortcodes: ShortcodeFiles = NO_SHORTCODES, extensions: tuple[ExtensionFile, ...] = ()
) -> Reader:
    """Return the function that reads one note under these settings, with `shortcodes` and `extensions` of the site."""
    parser = make_parser(settings, shortcodes.names, tuple(extension_rules(extensions)) if extensions else ())
    titles, shown = make_title_parser(settings), Shortcodes(shortcodes, extensions)
    highlight = make_highlighter(settings.uncoloured)
    common = ReaderServices(settings, parser, titles, highlight, FragmentCache(), shown)

    def read(source: SourceFile, fragments: FragmentCache | None = None) -> Note:
        fragments = FragmentCache() if fragments is None else fragments
        services = msgspec.structs.replace(
            common, fragments=fragments, highlight=cached_highlighter(highlight, fragments, settings.uncoloured)
        )
        return read_note(source, services)

    return read


class _ReadText(msgspec.Struct, frozen=True):
    """The text of a note as tokens in which everything is set, and what was learnt on the way."""

    tokens: list[Token]
    env: dict[str, Any]
    title: Title
    notation: Notation
    formulas: Formulas
    diagrams: Diagrams
    labels: dict[str, BlockLabel]  # of all but equations
    unknown: tuple[Reference, ...]  # to labels that the note does not have
    backlink_excerpts: tuple[str, ...]  # HTML, of the sentences around links


def read_note(source: SourceFile, services: ReaderServices) -> Note:
    """Understand one note. Every mistake becomes a diagnostic of the Note; no text makes it raise."""
    draft, expanded = _draft(source, services)
    text = _read_text(draft, expanded, services)
    return in_own_lines(_note(text, draft, services), expanded, draft.front_matter.body_line)


def _read_text(draft: NoteDraft, expanded: Expanded, services: ReaderServices) -> _ReadText:
    """Parse the text of a note, and set in its tokens what they show, each step what the next ones need.

    Typography, formulas, diagrams, references to labels, the title (which leaves the text), headings, the sentences
    around links.
    """
    env, render = _env(draft, expanded, services), label_renderer(draft, services)
    tokens = services.parser.parse(draft.front_matter.body, env)
    set_typography(tokens)
    tokens = with_tables(tokens, notation := notation_of(draft, services))
    formulas = set_formulas(tokens, draft, services, notation.marker)
    tokens, diagrams = with_diagrams(tokens, draft, services)
    labels, unknown = resolve_references(tokens, formulas.labels, draft.source_map, render)
    tokens, heading = take_title(tokens, *given_title(draft.path, draft.front_matter.meta.title, services.settings))
    title = title_of(heading, draft, services)
    set_headings(set_word_breaks(tokens, cached_phrases(services.fragments)) if has_breaks(draft, services) else tokens)
    excerpts = set_backlink_excerpts(tokens, render)
    return _ReadText(tokens, env, title, notation, formulas, diagrams, labels, unknown, excerpts)


def _note(text: _ReadText, draft: NoteDraft, services: ReaderServices) -> Note:
    """Return the note: its page, its excerpt, and what other notes and pages may know of it."""
    tokens, title, formulas, front_matter = text.tokens, text.title, text.formulas, draft.front_matter
    html = render_blocks(tokens, page := new_context(Mode.PAGE, draft, services))
    excerpt, (han, words) = excerpt_of(tokens, draft, services), count_words(tokens)
    return Note(
        path=draft.source.path,
        digest=draft.source.digest,
        kind=kind_of(draft.source, front_matter.meta),
        meta=complete_metadata(parse_state(text.env).hashtags, draft, services),
        title=title.text,
        title_html=Html(title.html),
        body=(body := page.holes.cut(html)),
        excerpt=excerpt.body,
        description=(description := shorten(excerpt.text)),
        marked=Marked(*title.marked, excerpt.marked),
        headings=(headings := headings_of(tokens, draft, services)),
        formulas=formulas.formulas,
        anchors=(*anchors_of(tokens), *formulas.anchors, *page.ids),
        labels=formulas.labels,
        block_labels=text.labels,
        block_words=block_words_of(tokens),
        backlink_excerpts=tuple(map(Html, text.backlink_excerpts)),
        unknown=(*title.formulas.unknown, *excerpt.formulas.unknown, *formulas.unknown, *text.unknown),
        citations=tuple(page.citations),
        citing_sentences=citing_sentences(tokens, label_renderer(draft, services))
        if page.citations and services.settings.papers_cited
        else {},
        files=tuple(dict.fromkeys((*front_matter.files, *page.files))),
        included=tuple(file.path for file in draft.source.included if file.path),
        words=han + words,
        lang=front_matter.meta.lang or ("en" if not han and words >= ENGLISH_FROM else ""),
        minutes=reading_minutes(han, words, formulas.formulas, code_lines(tokens)),
        has_code="highlight" in html,
        has_notation=text.notation.is_used or "data-meaning=" in html,
        extras=extras_of(body.text),
        features=features_of(title.text, headings, description, formulas.formulas),
        glyphs=_glyphs(*formulas.html, *text.diagrams.html, title.html, excerpt.body.text.decode()),
        diagnostics=(
            *front_matter.diagnostics,
            *(
                x
                for part in (title.formulas, excerpt.formulas, text.notation, formulas, text.diagrams)
                for x in part.diagnostics
            ),
            *page.problems,
            *parse_state(text.env).problems,
            *note_diagnostics(tokens, page.unknown_languages, text.env, draft, services),
        ),
    )


def _draft(source: SourceFile, services: ReaderServices) -> tuple[NoteDraft, Expanded]:
    """Return a note whose front matter is read, in its language, with the files that it includes in its body."""
    settings, path = services.settings, source.path
    front_matter = read_front_matter(source.text, path, settings, source.defaults)
    if settings.variables and "{" in front_matter.body:
        body, loops = without_loops(with_values(front_matter.body, settings.variables), path, front_matter.body_line)
        problems = (*front_matter.diagnostics, *loops)
        front_matter = msgspec.structs.replace(front_matter, body=body, diagnostics=problems)
    expanded = Expanded(front_matter.body)
    if source.included:
        expanded = expand(source, front_matter.body, front_matter.body_line)
    if front_matter.hero:
        expanded = with_lines(expanded, front_matter.hero, front_matter.hero_line - front_matter.body_line)
    if expanded.lines:
        front_matter = msgspec.structs.replace(front_matter, body=expanded.body)
    if settings.languages and (
        placed := language_of_path(content_path_of(path, settings.content_dir), settings.languages)
    ):
        path = placed.bare
        meta = front_matter.meta
        meta = msgspec.structs.replace(meta, lang=meta.lang or placed.language.tag)
        front_matter = msgspec.structs.replace(front_matter, meta=meta)
    macros = {**settings.math.macros, **front_matter.meta.macros}
    source_map = SourceMap(front_matter.body.split("\n"), front_matter.body_line)
    return NoteDraft(source, front_matter, source_map, macros, path), expanded


def _env(draft: NoteDraft, expanded: Expanded, services: ReaderServices) -> dict[str, Any]:
    """Return the environment of the parse of a note; of a notebook with its cells in the lines of the body."""
    env = new_env(draft.front_matter.meta)
    notebook = draft.source.notebook
    if notebook is not None:
        parsing = parse_state(env)
        parsing.cells = cells_of_body(notebook.cells, draft.front_matter.body_line, expanded.lines)
        parsing.links = notebook_links(notebook, draft.source.path, services.settings)
    return env


def _glyphs(*pieces: str) -> str:
    """Return the characters that the math font must have for these pieces of HTML, in order."""
    return "".join(map(chr, sorted(formula_characters(piece for piece in pieces if "<math" in piece))))
