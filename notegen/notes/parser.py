"""The Markdown parser of notes: CommonMark, what GitHub and Obsidian add to it, and the math scanner."""

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from notegen.model.config import ReadSettings
from notegen.notes.rulers import dispatch_rules
from notegen.notes.syntax.attributes import attributes_plugin
from notegen.notes.syntax.block_ids import block_ids_plugin
from notegen.notes.syntax.callouts import callouts_plugin
from notegen.notes.syntax.cjk_emphasis import cjk_emphasis_plugin
from notegen.notes.syntax.cjk_links import cjk_links_plugin
from notegen.notes.syntax.comments import comments_plugin
from notegen.notes.syntax.emoji import emoji_plugin
from notegen.notes.syntax.figures import figures_plugin
from notegen.notes.syntax.footnote_marks import footnote_marks_plugin
from notegen.notes.syntax.foreign import foreign_plugin
from notegen.notes.syntax.hashtags import hashtags_plugin
from notegen.notes.syntax.hexo_tags import hexo_tags_plugin
from notegen.notes.syntax.hugo_tags import hugo_tags_plugin
from notegen.notes.syntax.liquid_code import liquid_code_plugin
from notegen.notes.syntax.mark import mark_plugin
from notegen.notes.syntax.math_plugin import math_plugin
from notegen.notes.syntax.offsets import offsets_plugin
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
    md.use(footnote_plugin).use(footnote_marks_plugin).use(deflist_plugin).use(tasklists_plugin)
    md.use(liquid_code_plugin).use(cjk_emphasis_plugin).use(cjk_links_plugin).use(wikilink_plugin)
    math_plugin(md, settings.math)
    _add_dialects(md, settings)
    offsets_plugin(md)
    dispatch_rules(md)
    return md


def _add_dialects(md: MarkdownIt, settings: ReadSettings) -> None:
    """Add what Obsidian, GitHub, kramdown, Hexo, Hugo and Jekyll write, in the order the rules need."""
    attributes_plugin(md)
    callouts_plugin(md, settings.language)
    md.use(block_ids_plugin).use(figures_plugin).use(mark_plugin)
    if settings.markdown.comments:
        md.use(comments_plugin)
    if settings.markdown.hashtags:
        md.use(hashtags_plugin)
    md.use(hexo_tags_plugin).use(hugo_tags_plugin).use(foreign_plugin)
    if settings.markdown.emoji:
        md.use(emoji_plugin)
