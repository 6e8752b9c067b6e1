"""The pipeline: scan → read → link → plan → render → emit.

A stage is a function that returns a value and its diagnostics (`Result`); `Stages` passes the value on and gathers the
diagnostics. What is remembered between builds is not seen here: it is in `cached_*.py` of the stages' folders, and in
cache/. The first and the last stage stand around these, in `rebuild.py`: what has not changed is not made again, and
this module is not even imported. `notegen serve` calls `make_files` after every save, `notegen list` `link_tree`.
"""

from datetime import datetime

import msgspec

from notegen.app.stages import Stages
from notegen.bibliography.site_bibliography import site_bibliography
from notegen.cache.context import BuildContext
from notegen.emit.files import output_files
from notegen.extensions.pages import extension_pages
from notegen.link.cached_link import cached_linking, forget_linking, link_site
from notegen.link.link import Linking
from notegen.math_font.site_font import math_font
from notegen.model.diagnostic import Result
from notegen.model.digest import digest
from notegen.model.note import Note, without_body
from notegen.model.output import Build
from notegen.model.site import Linked
from notegen.model.source import Tree
from notegen.plan.plan import plan_pages
from notegen.plan.public_list import published
from notegen.read.cached_addresses import read_addresses
from notegen.read.cached_notes import read_notes
from notegen.read.cached_plots import with_plots
from notegen.render.cached_pages import render_pages
from notegen.render.theme.load import load_theme, with_code_style
from notegen.render.theme.settings import load_settings
from notegen.routes.urls import base_of
from notegen.search.index import search_index, search_urls
from notegen.social_cards.cards import card_urls, social_cards


def make_files(scanned: Result[Tree], now: datetime, context: BuildContext) -> Build:
    """Make the files of a site: the stages between scan and emit. Never raises for anything an author wrote.

    read: each note alone; link: all notes together, with the works that they cite; plan: one Page per URL; render: each
    page alone. The math font and the search index are made beside them.
    """
    with Stages(context) as stages:
        tree, context = _prepared(stages.take(scanned), context)
        config, base = tree.config, base_of(tree.config.base_url)
        forget_linking(tree, context)  # a server has no room for the notes of two builds
        notes = stages.run("read", read_notes, tree, context)
        works = stages.run("link", site_bibliography, notes, tree, context)
        font = stages.begin(math_font([*(note.glyphs for note in notes), works.glyphs], tree.font, context))
        linked = stages.run("link", link_site, notes, works, tree, now, context)
        notes = tuple(map(without_body, notes))  # bodies live on in the site
        settings = stages.run("plan", load_settings, tree.layers)
        cards = stages.run("cards", social_cards, linked.site, tree, settings.social_card, context)
        plan = stages.run("plan", plan_pages, linked, tree, cards.pictures)
        taken = {page.output for page in plan.pages} | plan.assets.keys() | plan.variants.keys()
        added = stages.run("plan", extension_pages, tree.extensions, linked.site, base, taken)
        plan = msgspec.structs.replace(plan, pages=(*plan.pages, *added.pages)) if added.pages else plan
        urls = search_urls(tree, linked.site, base) | card_urls(cards)
        shown = [note for site in linked.site.languages for note in (*site.notes, *site.unlisted)]
        spoken = {note.ref.lang for note in shown}
        theme = stages.run(
            "plan", load_theme, tree, config, base_path=base.path, font=font.path, made_files=urls, languages=spoken
        )
        index = stages.begin(search_index(linked.site, notes, tree, context))
        pages = stages.run("render", render_pages, plan.pages, linked.site, theme, tree, context)
        index_files = stages.run("search", index)
        font_files = stages.run("font", font.wait)
    generated = (*theme.files, *font_files, *index_files, *cards.files, *added.files)
    strip = config.images.metadata == "strip"
    files = output_files(pages, plan.assets, plan.variants, plan.redirects, generated, strip=strip)
    public = tuple(published(files, plan, linked))
    return Build(files, stages.diagnostics, linked.site, notes, public, len(shown), len(plan.pages))


def link_tree(scanned: Result[Tree], now: datetime, context: BuildContext) -> Result[Linked]:
    """Return the linked site, for who wants no pages: the stages up to link."""
    with Stages(context) as stages:
        tree, context = _prepared(stages.take(scanned), context)
        notes = stages.run("read", read_notes, tree, context)
        works = stages.run("link", site_bibliography, notes, tree, context)
        linked = stages.run("link", link_site, notes, works, tree, now, context)
    return Result(linked, stages.diagnostics)


def link_everything(tree: Tree, now: datetime, context: BuildContext) -> Linking:
    """Return how all notes of a site are linked, those that are not published among them: for who renames.

    It says nothing of its own: what there is to say, `make_files` says of the same tree.
    """
    config = msgspec.structs.replace(tree.config, drafts=True, future=True, expired=True, publish="all")
    tree, context = _prepared(msgspec.structs.replace(tree, config=config), context)
    notes = read_notes(tree, context).value
    return cached_linking(notes, site_bibliography(notes, tree, context).value, tree, now, context, "everything")


def notes_alone(tree: Tree, context: BuildContext) -> tuple[Note, ...]:
    """Return the notes of a tree, for who asks nothing of the site; each holds its diagnostics."""
    return read_notes(*_prepared(tree, context)).value


def _prepared(tree: Tree, context: BuildContext) -> tuple[Tree, BuildContext]:
    """Return a tree with what reading notes needs to know of its files, and the context of its notes.

    All who read notes begin here: who left it out would read other notes than a build, and find none of those that it
    keeps. The extensions of a site are a part of its engine.
    """
    if tree.extensions:
        context = msgspec.structs.replace(context, engine=digest(context.engine, tree.extensions))
    return with_code_style(with_plots(read_addresses(tree, context), context)), context
