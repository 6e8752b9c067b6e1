"""One note alone: its file to a Note.

Needs no other note, so notes can be read in any order, in parallel, and be cached.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from html import escape
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from notegen.math.font_chars import formula_characters
from notegen.model.codes import diagnose
from notegen.model.config import ReadSettings
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Body, Heading, Meta, Note
from notegen.model.source import SourceFile
from notegen.notes import excerpt
from notegen.notes.boxes import boxes_of
from notegen.notes.code import Highlighter, language_of, make_highlighter, remembering
from notegen.notes.context import Context, Mode
from notegen.notes.contexts import set_contexts
from notegen.notes.dates import date_from_filename
from notegen.notes.footnotes import undefined_footnotes
from notegen.notes.formulas import set_formulas
from notegen.notes.frontmatter import FrontMatter, read_front_matter
from notegen.notes.headings import heading_pairs, set_headings, take_title
from notegen.notes.html_urls import ids_in
from notegen.notes.parser import make_parser
from notegen.notes.places import Places
from notegen.notes.render import NoteRenderer, footnote_number
from notegen.notes.syntax.cjk_breaks import join_wide_lines
from notegen.notes.syntax.math_glue import glue_punctuation
from notegen.notes.syntax.math_problems import PROBLEMS
from notegen.notes.syntax.offsets import offsets_plugin
from notegen.notes.syntax.tag_problems import PROBLEMS as TAG_PROBLEMS
from notegen.notes.text import block_text, count_words, inline_text, reading_minutes
from notegen.notes.title import make_title_parser, plain_inline, set_line_formulas
from notegen.tools.fragments import Fragments

DESCRIPTION = 160  # characters, what search engines show


class Workshop(msgspec.Struct, frozen=True):
    """What reading uses and makes once: parsers, the renderer, the highlighter."""

    settings: ReadSettings
    parser: MarkdownIt
    title_parser: MarkdownIt
    renderer: NoteRenderer
    highlight: Highlighter
    fragments: Fragments


class Parsed(msgspec.Struct, frozen=True):
    """A note's tokens with formulas and headings set, and what was learned on the way."""

    source: SourceFile
    front: FrontMatter
    tokens: list[Token]
    places: Places
    macros: dict[str, str]
    title: str
    title_html: str


class Reader(Protocol):
    """Reads one note. `fragments`: what was made for it before, and is made now."""

    def __call__(self, source: SourceFile, fragments: Fragments | None = None) -> Note:
        """Return the note."""


def make_reader(settings: ReadSettings) -> Reader:
    """Return the function that reads one note under these settings."""
    parsers = make_parser(settings), make_title_parser(settings)
    offsets_plugin(parsers[0])
    shop = Workshop(settings, *parsers, NoteRenderer(), make_highlighter(), Fragments())

    def read(source: SourceFile, fragments: Fragments | None = None) -> Note:
        own = Fragments() if fragments is None else fragments
        highlight = remembering(shop.highlight, own)
        return read_note(source, msgspec.structs.replace(shop, fragments=own, highlight=highlight))

    return read


def read_note(source: SourceFile, shop: Workshop) -> Note:
    """Understand one note. Every mistake becomes a diagnostic of the Note; no text makes it raise.

    Steps: 1. front matter; 2. Markdown to tokens; 3. formulas; 4. title and headings; 5. page, excerpt, text.
    """
    front = read_front_matter(source.text, source.path, shop.settings)
    lines = front.body.split("\n")
    env: dict[str, Any] = {}
    tokens = shop.parser.parse(front.body, env)
    places = Places(lines, front.body_line)
    places.learn(tokens)
    join_wide_lines(tokens)
    glue_punctuation(tokens)
    macros = {**shop.settings.math.macros, **front.meta.macros}
    formulas = set_formulas(tokens, macros, shop.settings.math, places, source.path, shop.fragments)
    tokens, heading = take_title(tokens, front.meta.title)
    title, title_html, title_problems = _title(source, front, heading, macros, shop)
    set_headings(tokens)
    contexts = set_contexts(tokens, lambda children: _render_label(children, places, shop))
    page = Context(Mode.PAGE, places, shop.highlight)
    html = _render(tokens, page, shop)
    short, summary_problems = _excerpt(tokens, front, source, macros, places, shop)
    han, words = count_words(block_text(tokens, math=False, code=False))
    return Note(
        path=source.path,
        digest=source.digest,
        meta=_completed(front, source.path, env, shop.settings),
        title=title,
        title_html=title_html,
        body=page.holes.cut(html),
        excerpt=short[0],
        description=_shorten(short[1]),
        headings=_headings(tokens, places, shop),
        formulas=formulas.formulas,
        anchors=(*_anchors(tokens), *formulas.anchors),
        labels=formulas.labels,
        boxes=boxes_of(tokens),
        contexts=contexts,
        words=han + words,
        minutes=reading_minutes(han, words),
        has_code="highlight" in html,
        glyphs=_glyphs(html, title_html, *(piece for piece in short[0] if isinstance(piece, str))),
        diagnostics=(
            *front.diagnostics,
            *title_problems,
            *summary_problems,
            *formulas.diagnostics,
            *_scanner_problems(env, places, source.path),
            *undefined_footnotes(tokens, places, source.path),
            *_languages(page.unknown_languages, places, source.path),
            *_depth(tokens, places, shop, source.path),
        ),
    )


def _render(tokens: Sequence[Token], context: Context, shop: Workshop) -> str:
    return str(shop.renderer.render(tokens, shop.parser.options, {"context": context}))


def _glyphs(*pieces: str) -> str:
    """Return the characters that the math font must have for these pieces of HTML, in order."""
    return "".join(map(chr, sorted(formula_characters(piece for piece in pieces if "<math" in piece))))


def _render_inline(children: Sequence[Token], context: Context, shop: Workshop) -> str:
    return str(shop.renderer.renderInline(children, shop.parser.options, {"context": context}))


def _render_label(children: Sequence[Token], places: Places, shop: Workshop) -> str:
    """Return inline tokens as HTML that other pages can show: without links, ids and images."""
    return _render_inline(children, Context(Mode.LABEL, places, shop.highlight), shop)


def _title(
    source: SourceFile, front: FrontMatter, heading: Token | None, macros: dict[str, str], shop: Workshop
) -> tuple[str, str, tuple[Diagnostic, ...]]:
    """Return the title as text and as HTML: from the front matter, else the first heading, else the file name."""
    problems: tuple[Diagnostic, ...] = ()
    if heading is not None:
        children = heading.children or []
    elif front.meta.title:
        parsed = shop.title_parser.parseInline(front.meta.title)
        problems = set_line_formulas(
            parsed, macros, shop.settings.math, source.text, source.path, shop.fragments
        ).diagnostics
        children = plain_inline(parsed)
    else:
        name = file_title(source.path)
        return name, escape(name), ()
    text = " ".join(inline_text(children).split())
    html = _render_label([child for child in children if child.type != "image"], Places((), 0), shop).strip()
    if not text:
        name = file_title(source.path)
        return name, html or escape(name), problems
    return text, html, problems


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


def _completed(front: FrontMatter, path: str, env: dict[str, Any], settings: ReadSettings) -> Meta:
    """Return the metadata with what the text and the file's name add: tags written in the text, the date."""
    meta = _dated(front, path, settings)
    tags = tuple(dict.fromkeys((*meta.tags, *env.get("hashtags", ()))))
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


def _excerpt(
    tokens: list[Token], front: FrontMatter, source: SourceFile, macros: dict[str, str], places: Places, shop: Workshop
) -> tuple[tuple[Body, str], tuple[Diagnostic, ...]]:
    """Return the excerpt's body and its text.

    The author's marker, else the front matter's summary, else cut automatically.
    """
    marker = excerpt.marker_index(tokens)
    problems: tuple[Diagnostic, ...] = ()
    if marker is not None:
        shown = excerpt.cut_at_marker(tokens, marker).tokens
    elif front.meta.summary:
        parsed = shop.parser.parse(front.meta.summary, {})
        problems = set_line_formulas(
            parsed, macros, shop.settings.math, source.text, source.path, shop.fragments
        ).diagnostics
        places = Places((), 0)
        shown = excerpt.cut_automatically(parsed, 10 * shop.settings.excerpt.length).tokens
    else:
        shown = excerpt.cut_automatically(tokens, shop.settings.excerpt.length).tokens
    context = Context(Mode.EXCERPT, places, shop.highlight)
    html = _render(shown, context, shop).strip()
    return (context.holes.cut(html), block_text(shown)), problems


def _shorten(text: str) -> str:
    """Return a description: the text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= DESCRIPTION:
        return line
    head = line[: DESCRIPTION - 1]
    space = head.rfind(" ")
    return (head[:space] if space > DESCRIPTION * 2 // 3 else head).rstrip(" ，、；：,;:") + "…"


def _headings(tokens: Sequence[Token], places: Places, shop: Workshop) -> tuple[Heading, ...]:
    """Return the headings for contents lists: formulas rendered once more, without ids or links."""
    result = []
    for _, opened, inline, closed in heading_pairs(tokens):
        html = _render_label(inline.children or (), places, shop).strip()
        line = places.of(opened)[0]
        result.append(Heading(int(opened.tag[1]), closed.meta["id"], html, closed.meta["text"], line))
    return tuple(result)


def _anchors(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the ids that links may name: headings, footnotes, blocks, raw HTML."""
    for token in tokens:
        if token.type == "heading_close" and "id" in token.meta:
            yield token.meta["id"]
        elif token.meta.get("anchor"):
            yield token.meta["anchor"]
        elif token.type == "html_block":
            yield from ids_in(token.content)
        elif token.type == "footnote_open":
            yield f"fn{footnote_number(token)[0]}"
        for child in token.children or ():
            if child.type == "html_inline":
                yield from ids_in(child.content)
            elif child.type == "footnote_ref":
                yield f"fnref{footnote_number(child)[1]}"
            elif "id" in child.attrs:
                yield str(child.attrs["id"])


def _scanner_problems(env: dict[str, Any], places: Places, path: str) -> Iterator[Diagnostic]:
    """Yield what the scanner of formulas, and the readers of other tools' tags, noticed."""
    for item in (*env.get(PROBLEMS, ()), *env.get(TAG_PROBLEMS, ())):
        line = item.line + places.shift
        yield diagnose(
            item.code, item.message, path=path, line=line, column=item.column, length=item.length, hint=item.hint
        )


def _languages(tokens: Iterable[Token], places: Places, path: str) -> Iterator[Diagnostic]:
    """Yield a note for each code fence whose language Pygments does not know."""
    for token in tokens:
        message = f"no highlighting for the language {language_of(token.info)!r}"
        yield diagnose("code-unknown-language", message, path=path, line=places.of(token)[0])


def _depth(tokens: Sequence[Token], places: Places, shop: Workshop, path: str) -> Iterator[Diagnostic]:
    """Yield an error where blocks are nested so deeply that the parser gave up on their content."""
    limit = shop.parser.options["maxNesting"]
    for token in tokens:
        if token.level >= limit - 1:
            hint = "a run of > or list marks is usually a paste gone wrong"
            message = f"blocks nested more than {limit} deep are not shown"
            yield diagnose("note-too-deep", message, path=path, line=places.of(token)[0], hint=hint)
            return
