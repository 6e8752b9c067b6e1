"""The Markdown parsers of notes: the ordered table of all syntax rules of our own, added to markdown-it's.

markdown-it reads a text in this order: core rules, of which one runs the block rules on lines and one the inline rules
on the text of each paragraph. CommonMark's rules, GitHub's tables and strikethrough, footnotes, definition lists and
task lists come with markdown-it and its plugins.
"""

from collections.abc import Set as AbstractSet

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from notegen.model.config import ReadSettings
from notegen.read.fast_dispatch import use_fast_dispatch
from notegen.read.notebooks.blocks import cells_rule
from notegen.read.notebooks.result_html import CLEAN_RESULTS
from notegen.read.syntax.algorithms.rules import algorithm_rules
from notegen.read.syntax.attributes.lines import ATTRIBUTE_LINE
from notegen.read.syntax.attributes.rules import ATTRIBUTES, BLOCK_ATTRIBUTES, EMPHASIS_ATTRIBUTES
from notegen.read.syntax.attributes.spans import SPANS
from notegen.read.syntax.callouts.callouts import callout_rules
from notegen.read.syntax.citations.list_place import PLACE_REFERENCES, REFERENCES_LINE
from notegen.read.syntax.citations.rules import CITATION_KEY, CITATION_RULES
from notegen.read.syntax.cjk.emphasis import EMPHASIS, STRIKETHROUGH
from notegen.read.syntax.cjk.links import LINKIFY, CjkLinkify
from notegen.read.syntax.comments import COMMENT, COMMENT_BLOCK, KRAMDOWN, KRAMDOWN_BLOCK
from notegen.read.syntax.cross_references.figures import FIGURES
from notegen.read.syntax.cross_references.latex import LATEX_LABELS, LATEX_REFERENCES
from notegen.read.syntax.cross_references.numbers import floats_rule
from notegen.read.syntax.cross_references.references import REFERENCES, TITLE_REFERENCES
from notegen.read.syntax.diagrams.rules import DIAGRAMS
from notegen.read.syntax.emoji import EMOJI
from notegen.read.syntax.footnotes import FOOTNOTE_MARK, INLINE_FOOTNOTE_LINES
from notegen.read.syntax.latex_text.commands import TEXT_COMMANDS
from notegen.read.syntax.latex_text.environments import TEXT_ENVIRONMENTS, TEXT_HEADINGS
from notegen.read.syntax.links.embeds import NOTE_EMBEDS
from notegen.read.syntax.links.wikilinks import WIKILINK, WIKILINK_EMBED
from notegen.read.syntax.mark import MARK, MARK_PAIRS
from notegen.read.syntax.math.block import math_block_rule
from notegen.read.syntax.math.escapes import math_escapes_rule
from notegen.read.syntax.math.html import HTML_BLOCK, MATH_HTML
from notegen.read.syntax.math.inline import MATH_IMAGE_TEXT, math_inline_rule
from notegen.read.syntax.math.table import TABLE
from notegen.read.syntax.places import AUTOLINK, HTML_INLINE, PLACE_TOKENS
from notegen.read.syntax.programs.mdx.mdx import COMPONENT_TAGS, MDX_COMMENT, MDX_LINES
from notegen.read.syntax.programs.mdx.tabs import MDX_TABS
from notegen.read.syntax.programs.mkdocs.admonitions import ADMONITIONS
from notegen.read.syntax.programs.mkdocs.annotations import ANNOTATIONS
from notegen.read.syntax.programs.mkdocs.code_notes import CODE_NOTES
from notegen.read.syntax.programs.mkdocs.critic import CRITIC
from notegen.read.syntax.programs.mkdocs.inline_code import INLINE_CODE
from notegen.read.syntax.programs.mkdocs.inserts import ICONS, INSERTS, KEYS, SCRIPTS
from notegen.read.syntax.programs.myst.fences import MYST_DIRECTIVES
from notegen.read.syntax.programs.myst.links import MYST_LINKS
from notegen.read.syntax.programs.myst.marks import MYST_MARKS
from notegen.read.syntax.programs.myst.roles import MYST_ROLES
from notegen.read.syntax.programs.obsidian.block_ids import BLOCK_IDS
from notegen.read.syntax.programs.obsidian.fields import FIELDS
from notegen.read.syntax.programs.obsidian.hashtags import HASHTAG
from notegen.read.syntax.programs.obsidian.tasks import TASKS
from notegen.read.syntax.programs.pandoc.example_lists import EXAMPLE_LISTS, EXAMPLE_REFERENCES
from notegen.read.syntax.programs.pandoc.fancy_lists import FANCY_LISTS
from notegen.read.syntax.programs.pandoc.grid_tables import GRID_TABLES
from notegen.read.syntax.programs.pandoc.line_blocks import LINE_BLOCKS, LINE_BREAKS
from notegen.read.syntax.programs.quarto.captions import LISTING_CAPTIONS, TABLE_CAPTIONS
from notegen.read.syntax.programs.quarto.cells import CELLS
from notegen.read.syntax.programs.several.abbreviations import ABBREVIATION, ABBREVIATIONS
from notegen.read.syntax.programs.several.containers import CONTAINERS
from notegen.read.syntax.programs.several.distill import DISTILL_FOOTNOTE
from notegen.read.syntax.programs.several.html_markdown import CLEAN_HTML, HTML_MARKDOWN, find_marked_html_rule
from notegen.read.syntax.programs.several.row_spans import ROW_SPANS
from notegen.read.syntax.programs.several.spaced_links import IMAGE, LINK
from notegen.read.syntax.programs.several.toc_lines import TOC_LINE
from notegen.read.syntax.raw_html.ends import HTML_LEFTOVERS
from notegen.read.syntax.report import PLACE_REPORTS
from notegen.read.syntax.rule import Rule, add_rules
from notegen.read.syntax.section_numbers import sections_rule
from notegen.read.syntax.shortcodes.blocks import HEXO_BLOCKS, HUGO_BLOCKS
from notegen.read.syntax.shortcodes.formulas import FORMULA_BLOCKS
from notegen.read.syntax.shortcodes.hexo import HEXO_TAGS
from notegen.read.syntax.shortcodes.html import HTML_WITH_SHORTCODES, SHORTCODES_IN_HTML
from notegen.read.syntax.shortcodes.hugo import HUGO_LINES, HUGO_TAGS
from notegen.read.syntax.shortcodes.jekyll_notebooks import JEKYLL_NOTEBOOK
from notegen.read.syntax.shortcodes.links import read_tags_in_addresses
from notegen.read.syntax.shortcodes.liquid import LIQUID_CODE
from notegen.read.syntax.shortcodes.media.html_frames import FRAMES
from notegen.read.syntax.shortcodes.media.html_players import PLAYERS
from notegen.read.syntax.tabs.indented import TABS
from notegen.read.syntax.templated.containers import own_containers
from notegen.read.syntax.templated.tags import own_shortcodes
from notegen.system.plain import use_fast_paths

MAX_NESTING = 100  # blocks inside blocks; each takes a few Python frames, and Python allows about a thousand


def syntax_rules(
    settings: ReadSettings, shortcodes: AbstractSet[str] = frozenset(), extensions: tuple[Rule, ...] = ()
) -> tuple[Rule, ...]:
    """Return the rules of our own in the order in which they run, those that a setting turns off left out.

    `shortcodes`: the names of those that the site has templates for; `extensions`: rules that run before ours.
    """
    bare_algorithm, fenced_algorithms, algorithms = algorithm_rules(settings.language, citing=settings.citing)
    callouts, callout_titles = callout_rules(settings.language, settings.numbering.theorems)
    templated = (*own_shortcodes(shortcodes), own_containers(shortcodes)) if shortcodes else ()
    added = (*extensions, *templated)
    table = (
        find_marked_html_rule(settings.markdown.in_html),
        cells_rule(settings),
        *(rule for rule in added if rule.chain == "block"),
        *_block_rules(settings, bare_algorithm),
        *_structure_rules(settings, fenced_algorithms, callouts, algorithms),
        *(rule for rule in added if rule.chain == "inline"),
        *_text_rules(settings),
        *_last_rules(settings, callout_titles, tuple(rule for rule in added if rule.chain in {"core", "delimiters"})),
    )
    off = _turned_off(settings)
    return tuple(rule for rule in table if rule.name not in off)


def _turned_off(settings: ReadSettings) -> AbstractSet[str]:
    """Return the names of the rules that a setting turns off."""
    markdown = settings.markdown
    switches = {"comment": markdown.comments, "hashtag": markdown.hashtags, "emoji": markdown.emoji}
    switches |= {"scripts": markdown.scripts, "diagrams": markdown.diagrams, "fancy_lists": markdown.fancy_lists}
    return {name for name, is_on in switches.items() if not is_on}


def _block_rules(settings: ReadSettings, bare_algorithm: Rule) -> tuple[Rule, ...]:
    """Each line that may begin a block is offered to these in turn."""
    return (
        math_block_rule(settings.math),
        bare_algorithm,
        TEXT_ENVIRONMENTS,
        TEXT_HEADINGS,
        TABLE,
        LIQUID_CODE,
        KRAMDOWN_BLOCK,
        ATTRIBUTE_LINE,
        COMMENT_BLOCK,
        MDX_LINES,
        ABBREVIATION,
        TABS,
        MYST_MARKS,
        MYST_DIRECTIVES,
        JEKYLL_NOTEBOOK,
        HEXO_BLOCKS,
        HUGO_BLOCKS,
        FORMULA_BLOCKS,
        HUGO_LINES,
        *((REFERENCES_LINE,) if settings.citing else ()),
        CONTAINERS,
        ADMONITIONS,
        MDX_TABS,
        HTML_MARKDOWN,
        TOC_LINE,
        COMPONENT_TAGS,
        GRID_TABLES,
        LINE_BLOCKS,
        EXAMPLE_LISTS,
        FANCY_LISTS,
        HTML_BLOCK,
    )


def _structure_rules(
    settings: ReadSettings, fenced_algorithms: Rule, callouts: Rule, algorithms: Rule
) -> tuple[Rule, ...]:
    """Between the blocks and the text in them."""
    return (
        fenced_algorithms,
        MATH_HTML,
        ANNOTATIONS,
        BLOCK_ATTRIBUTES,
        sections_rule(numbered=settings.numbering.sections),
        callouts,
        algorithms,
        BLOCK_IDS,
        DIAGRAMS,
        CELLS,
        CODE_NOTES,
        ROW_SPANS,
        TABLE_CAPTIONS,
        LISTING_CAPTIONS,
    )


def _text_rules(settings: ReadSettings) -> tuple[Rule, ...]:
    """Each character that may begin something is offered to these in turn; the last two get the delimiters."""
    return (
        math_inline_rule(settings.math),
        *(CITATION_RULES if settings.citing else ()),
        LINKIFY,
        LATEX_REFERENCES,
        LATEX_LABELS,
        TEXT_COMMANDS,
        INSERTS,
        SCRIPTS,
        STRIKETHROUGH,
        MARK,
        COMMENT,
        HASHTAG,
        KRAMDOWN,
        MDX_COMMENT,
        CRITIC,
        FIELDS,
        ICONS,
        KEYS,
        MYST_ROLES,
        HEXO_TAGS,
        HUGO_TAGS,
        EMOJI,
        EMPHASIS,
        WIKILINK_EMBED,
        WIKILINK,
        ATTRIBUTES,
        REFERENCES,
        SPANS,
        LINK,
        IMAGE,
        FOOTNOTE_MARK,
        AUTOLINK,
        HTML_WITH_SHORTCODES,
        DISTILL_FOOTNOTE,
        HTML_INLINE,
        MARK_PAIRS,
        EMPHASIS_ATTRIBUTES,
    )


def _last_rules(settings: ReadSettings, callout_titles: Rule, added: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """When all text has been read; `added`: rules of extensions and of the site's own shortcodes."""
    return (
        CLEAN_RESULTS,
        HTML_LEFTOVERS,
        CLEAN_HTML,
        SHORTCODES_IN_HTML,
        ABBREVIATIONS,
        INLINE_CODE,
        TASKS,
        LINE_BREAKS,
        EXAMPLE_REFERENCES,
        MYST_LINKS,
        *added,
        FIGURES,
        floats_rule(settings.language, number_all=settings.numbering.figures == "all"),
        callout_titles,
        PLACE_REPORTS,
        PLACE_TOKENS,
        FRAMES,
        PLAYERS,
        math_escapes_rule(settings.math),
        MATH_IMAGE_TEXT,
        NOTE_EMBEDS,
        # Last, behind task lists and footnotes.
        INLINE_FOOTNOTE_LINES,
        *((PLACE_REFERENCES,) if settings.citing else ()),
    )


def make_parser(
    settings: ReadSettings, shortcodes: AbstractSet[str] = frozenset(), extensions: tuple[Rule, ...] = ()
) -> MarkdownIt:
    """Return a parser for the dialect that `settings` describe. One serves for all notes.

    `shortcodes`, `extensions`: as in `syntax_rules`.
    """
    options = {
        "html": settings.markdown.html,
        "linkify": settings.markdown.linkify,
        "breaks": settings.markdown.breaks,
        "maxNesting": MAX_NESTING,
        "xhtmlOut": False,
    }
    md = MarkdownIt("commonmark", options).enable(["table", "strikethrough", "linkify"])
    md.use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin)
    md.linkify = CjkLinkify()
    read_tags_in_addresses(md)
    allowed = md.validateLink
    # A file of the author's computer is a link like any other, so that it is reported as broken; a browser opens none.
    vars(md)["validateLink"] = lambda url: url[:5].lower() == "file:" or allowed(url)
    return _with_rules(md, syntax_rules(settings, shortcodes, extensions))


def make_title_parser(settings: ReadSettings) -> MarkdownIt:
    """Return a parser that knows formulas, code spans, references to what has a label and `@key` only.

    `a*b*c`, `snake_case` and `<T>` in a title stay as written.
    """
    md = MarkdownIt("zero").enable(["backticks"])
    keys = (CITATION_KEY,) if settings.citing else ()
    return _with_rules(md, (math_inline_rule(settings.math), LATEX_REFERENCES, TITLE_REFERENCES, *keys))


def _with_rules(md: MarkdownIt, rules: tuple[Rule, ...]) -> MarkdownIt:
    add_rules(md, rules)
    if use_fast_paths():
        use_fast_dispatch(md, rules)
    return md
