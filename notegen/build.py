"""The pipeline: scan → read → link → plan → render → emit.

A stage is a function that returns a value and its diagnostics (`Result`); `Stages` passes the value on and gathers the
diagnostics. What is remembered between builds is not seen here: it is in `cached_*.py` of the stages' folders, and in
cache/. The first and the last stage stand around these, in `rebuild.py`: what has not changed is not made again, and
this module is not even imported. `notegen serve` calls `make_files` after every save, `notegen list` `link_tree`.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from notegen.app.stages import Stages
from notegen.bibliography.site_bibliography import site_bibliography
from notegen.cache.context import BuildContext
from notegen.extensions.pages import extension_pages
from notegen.link.cached_link import cached_linking, forget_linking, link_site
from notegen.link.link import Linking
from notegen.math_font.site_font import math_font
from notegen.model.diagnostic import Result
from notegen.model.digest import digest
from notegen.model.note import without_body
from notegen.model.output import Build, Copy, OutputFile, Resized, Stripped
from notegen.model.site import Linked
from notegen.model.source import Asset, Tree
from notegen.plan.plan import Plan, plan_pages
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
from notegen.system.photos.metadata import VERSION as STRIPPING

_PHOTOS = frozenset({"jpeg", "png", "apng", "webp", "avif", "heic"})  # formats whose metadata can be taken away


def make_files(scanned: Result[Tree], now: datetime, context: BuildContext) -> Build:
    """Make the files of a site: the stages between scan and emit. Never raises for anything an author wrote.

    read: each note alone; link: all notes together, with the works that they cite; plan: one Page per URL; render: each
    page alone. The math font and the search index are made beside them.
    """
    context = with_extensions(context, scanned.value)
    with Stages(context) as stages:
        tree = prepared(stages.take(scanned), context)
        forget_linking(tree, context)
        notes = stages.run("read", read_notes, tree, context)
        works = stages.run("link", site_bibliography, notes, tree, context)
        font = stages.begin(math_font([*(note.glyphs for note in notes), works.glyphs], tree.font, context))
        linked = stages.run("link", link_site, notes, works, tree, now, context)
        notes = tuple(map(without_body, notes))  # bodies live on in the site
        settings, _ = load_settings(tree.layers)  # what is wrong in theme.yaml is reported by load_theme
        cards = stages.run("cards", social_cards, linked.site, tree, settings.social_card, context)
        plan = stages.run("plan", plan_pages, linked, tree, cards.pictures)
        base = base_of(tree.config.base_url)
        taken = {page.output for page in plan.pages} | plan.assets.keys() | plan.variants.keys()
        added = stages.run("plan", extension_pages, tree.extensions, linked.site, base, taken)
        plan = msgspec.structs.replace(plan, pages=(*plan.pages, *added.pages)) if added.pages else plan
        urls = search_urls(tree, linked.site, base) | card_urls(cards)
        spoken = {note.ref.lang for one in linked.site.languages for note in (*one.notes, *one.unlisted)}
        theme = stages.run(
            "plan",
            load_theme,
            tree,
            tree.config,
            base_path=base.path,
            font=font.path,
            made_files=urls,
            languages=spoken,
        )
        index = stages.begin(search_index(linked.site, notes, tree, context))
        pages = stages.run("render", render_pages, plan.pages, linked.site, theme, tree, context)
        index_files = stages.run("search", index)
        font_files = stages.run("font", font.wait)
    note_count = sum(len(site.notes) + len(site.unlisted) for site in linked.site.languages)
    strip = tree.config.images.metadata == "strip"
    files = _all_files(pages, plan, (*theme.files, *font_files, *index_files, *cards.files, *added.files), strip=strip)
    public = tuple(published(files, plan, linked))
    return Build(files, stages.diagnostics, linked.site, notes, public, note_count, len(plan.pages))


def link_tree(scanned: Result[Tree], now: datetime, context: BuildContext) -> Result[Linked]:
    """Return the linked site, for who wants no pages: the stages up to link."""
    context = with_extensions(context, scanned.value)
    with Stages(context) as stages:
        tree = prepared(stages.take(scanned), context)
        notes = stages.run("read", read_notes, tree, context)
        works = stages.run("link", site_bibliography, notes, tree, context)
        linked = stages.run("link", link_site, notes, works, tree, now, context)
    return Result(linked, stages.diagnostics)


def with_extensions(context: BuildContext, tree: Tree) -> BuildContext:
    """Return the context of a site: its extensions are a part of the engine."""
    if not tree.extensions:
        return context
    return msgspec.structs.replace(context, engine=digest(context.engine, tree.extensions))


def link_everything(scanned: Result[Tree], now: datetime, context: BuildContext) -> Linking:
    """Return how all notes of a site are linked, those that are not published among them."""
    context = with_extensions(context, scanned.value)
    config = msgspec.structs.replace(scanned.value.config, drafts=True, future=True, expired=True, publish="all")
    tree = prepared(msgspec.structs.replace(scanned.value, config=config), context)
    notes = read_notes(tree, context).value
    return cached_linking(notes, site_bibliography(notes, tree, context).value, tree, now, context, "everything")


def prepared(tree: Tree, context: BuildContext) -> Tree:
    """Return a tree with what reading notes needs to know of its files. All who read notes begin here.

    Who left it out would read other notes than a build, and find none of those that it keeps.
    """
    return with_code_style(with_plots(read_addresses(tree, context), context))


def _all_files(
    pages: Iterable[OutputFile], plan: Plan, generated: Iterable[OutputFile], *, strip: bool
) -> tuple[OutputFile, ...]:
    """Return all output files in the order they are emitted: what pages need, then pages.

    `generated`: files of the theme and of the engines; a file of the site wins over one of these. `strip`: photos are
    copied without their metadata.
    """
    files = {file.path: file for file in generated}
    files |= {path: _copied(path, asset, strip=strip) for path, asset in plan.assets.items()}
    files |= {path: OutputFile(path, variant.digest, Resized(variant)) for path, variant in plan.variants.items()}
    files.setdefault(".nojekyll", OutputFile.of_bytes(".nojekyll", b""))
    if plan.redirects:
        files.setdefault("_redirects", OutputFile.of_bytes("_redirects", plan.redirects))
    pages = tuple(pages)
    for page in pages:
        files.pop(page.path, None)
    return (*files.values(), *pages)


def _copied(path: str, asset: Asset, *, strip: bool) -> OutputFile:
    """Return a file of the site as it is copied to an output path."""
    if strip and asset.format in _PHOTOS:
        return OutputFile(path, digest("without metadata", STRIPPING, asset.digest), Stripped(asset))
    return OutputFile(path, asset.digest, Copy(asset))
