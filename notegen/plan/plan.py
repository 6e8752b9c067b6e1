"""The plan: a Site to one Page per URL, values only.

Two pages with one address are found here, before anything is written.
"""

import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.pages import Page, Picture
from notegen.model.result import Result
from notegen.model.site import Linked
from notegen.model.source import Asset, ImageVariant, Tree
from notegen.plan.archive import archive_pages, overview_pages
from notegen.plan.feed import feed_pages
from notegen.plan.lists import list_pages, series_pages
from notegen.plan.single import crawler_pages, not_found_page, note_pages, redirect_pages
from notegen.routes.urls import SEEN, base_of

# A file of static/ takes the place of these.
OVERRIDABLE = frozenset({"404.html", "atom.xml", "feed.json", "robots.txt", "rss.xml", "sitemap.xml"})


class Plan(msgspec.Struct, frozen=True):
    """Every page to make, every asset to copy and image to make, by output path."""

    pages: tuple[Page, ...]
    assets: dict[str, Asset]
    variants: dict[str, ImageVariant]


def plan_pages(linked: Linked, tree: Tree, cards: Mapping[str, Picture] | None = None) -> Result[Plan]:
    """Return the pages and files of the site. `cards`: the social card of a page, by its URL.

    Diagnostics: url-conflict, config-no-base-url.
    """
    config = tree.config
    base = base_of(config.base_url)
    files = {path.lstrip("/"): tree.assets[asset] for asset, path in linked.asset_paths.items()} | tree.static
    site = linked.site
    planned = [
        *list_pages(site, config, base),
        *archive_pages(site, config, base),
        *overview_pages(site, base),
        *series_pages(site, base),
        *note_pages(linked, files, cards or {}, base),
        not_found_page(config, base),
        *redirect_pages(linked, base),
        *feed_pages(site, config, base),
        *crawler_pages(site, base),
    ]
    pages = tuple(page for page in planned if page.template not in OVERRIDABLE or page.output not in tree.static)
    claims = [*((page.output, page.owner) for page in pages), *((path, asset.path) for path, asset in files.items())]
    diagnostics = list(_conflicts(claims, frozenset(linked.owners.values())))
    if not base.origin:
        hint = "set base_url: https://user.github.io/repo/ in site.yaml, or pass --base-url"
        message = "no base_url: addresses in the feed lack a host, and there is no sitemap"
        diagnostics.append(diagnose("config-no-base-url", message, path=tree.config_path, hint=hint))
    taken = {page.output for page in pages}
    plan = Plan(
        pages,
        {path: item for path, item in files.items() if path not in taken},
        {path.lstrip("/"): variant for path, variant in linked.variants.items() if path.lstrip("/") not in taken},
    )
    return Result(plan, tuple(diagnostics))


def _conflicts(claims: Sequence[tuple[str, str]], notes: Container[str]) -> Iterator[Diagnostic]:
    """Yield an error for each output path that two owners want, also where they differ only in case.

    And for each that needs a folder where another wants a file. `claims`: path and owner; `notes`: paths of all notes.
    """
    keys = [_key(path) for path, _ in claims]
    owners = {key: owner for key, (_, owner) in zip(reversed(keys), reversed(claims), strict=True)}  # the first ones
    if len(owners) < len(claims):
        seen: set[str] = set()
        for key, (path, owner) in zip(keys, claims, strict=True):
            if key in seen:
                yield _conflict(path, owner, owners[key], notes)
            seen.add(key)
    both = owners.keys() & _all_folders(keys)
    for key, (_, owner) in zip(keys, claims, strict=True) if both else ():
        yield from (_conflict(folder, owner, owners[folder], notes) for folder in _folders(key) if folder in both)


def _all_folders(paths: Iterable[str]) -> set[str]:
    """Return the folders that the paths lie in; "" is among them."""
    folders = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in folders:  # those around a known one are known too
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, the innermost first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


@lru_cache(maxsize=SEEN)
def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _conflict(path: str, owner: str, first: str, notes: Container[str]) -> Diagnostic:
    """Return the error that two owners want a path, at the later one, but at the note where one of them is none."""
    if first in notes and owner not in notes:
        owner, first = first, owner
    address = "/" + path.removesuffix("index.html")
    hint = "give one of them another slug, or all notes their folders: permalink: /posts/:path/ in site.yaml"
    return diagnose("url-conflict", f"{address} is wanted by {first} too", path=owner, hint=hint)
