"""What reading one note has at hand: the services that all notes share, and the note's draft."""

from collections.abc import Callable, Mapping, Sequence

import msgspec
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from notegen.cache.fragments import FragmentCache
from notegen.model.config import ReadSettings
from notegen.model.digest import digest
from notegen.model.source import SourceFile
from notegen.read.code.highlight import Highlighter
from notegen.read.front_matter.read import FrontMatter
from notegen.read.html.context import Mode, RenderContext
from notegen.read.html.renderer import render_inline
from notegen.read.shortcodes.templates import Shortcodes, note_facts
from notegen.read.source_map import SourceMap


class ReaderServices(msgspec.Struct, frozen=True):
    """What reading uses: made once for all notes, but `fragments`, the slow pieces remembered for the one note."""

    settings: ReadSettings
    parser: MarkdownIt
    title_parser: MarkdownIt
    highlight: Highlighter
    fragments: FragmentCache
    shortcodes: Shortcodes


class NoteDraft(msgspec.Struct, frozen=True):
    """A note half read. `path`: its own without a language; `macros`: name without backslash -> LaTeX, all of them."""

    source: SourceFile
    front_matter: FrontMatter
    source_map: SourceMap
    macros: Mapping[str, str]
    path: str


def has_breaks(draft: NoteDraft, services: ReaderServices) -> bool:
    """Return whether titles, headings and cells of a note have breaks between words: Chinese, where they are found."""
    language = draft.front_matter.meta.lang or services.settings.language
    return bool(services.settings.segmenter) and language.lower().partition("-")[0] == "zh"


def new_context(mode: Mode, draft: NoteDraft, services: ReaderServices) -> RenderContext:
    """Return the state of a new rendering."""
    name, breaks = digest(draft.source.path)[:6], services.settings.markdown.breaks
    facts = note_facts(draft.source.path, draft.front_matter.meta, services.settings.language)
    return RenderContext(
        mode, draft.source_map, services.highlight, services.shortcodes, facts, name=name, breaks=breaks
    )


def label_renderer(draft: NoteDraft, services: ReaderServices) -> Callable[[Sequence[Token]], str]:
    """Return `render_label` for one note."""
    return lambda children: render_label(children, draft, services)


def render_label(children: Sequence[Token], draft: NoteDraft, services: ReaderServices) -> str:
    """Return inline tokens as HTML that other pages can show: without links, ids and images."""
    if all(child.type == "text" for child in children):  # most pieces of sentences
        return escapeHtml("".join(child.content for child in children))
    return render_inline(children, new_context(Mode.LABEL, draft, services))
