"""The Markdown parser of notes: CommonMark, what GitHub and Obsidian add to it, and the math scanner."""

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from notegen.model.config import ReadSettings
from notegen.notes.syntax.cjk_emphasis import cjk_emphasis_plugin
from notegen.notes.syntax.cjk_links import cjk_links_plugin
from notegen.notes.syntax.liquid_code import liquid_code_plugin
from notegen.notes.syntax.math_plugin import math_plugin
from notegen.notes.syntax.wikilink import wikilink_plugin

MAX_NESTING = 100  # blocks inside blocks; each takes a few Python frames, and Python allows about a thousand


def make_parser(settings: ReadSettings) -> MarkdownIt:
    """Return a parser for the dialect that `settings` describe. One serves for all notes."""
    options = {
        "html": settings.markdown.html,
        "linkify": settings.markdown.linkify,
        "breaks": settings.markdown.breaks,
        "maxNesting": MAX_NESTING,
        "xhtmlOut": False,
    }
    md = MarkdownIt("commonmark", options).enable(["table", "strikethrough", "linkify"])
    md.use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin)
    md.use(liquid_code_plugin).use(cjk_emphasis_plugin).use(cjk_links_plugin).use(wikilink_plugin)
    math_plugin(md, settings.math)
    return md
