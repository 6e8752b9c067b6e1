"""Quarto: `_quarto.yml`, notes as .qmd. See Quarto's guide: Websites, Project Basics."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from notegen.dialects.configuration import (
    Table,
    address,
    language,
    lookup,
    name,
    read_data,
    switch,
    take,
    text,
    texts,
    translate_files,
)
from notegen.dialects.dialect import Dialect, Setting, Translation, rules
from notegen.dialects.navigation import navigation
from notegen.dialects.sidebars import first_path, quarto_nav, quarto_sidebars
from notegen.text.paths import strip_suffix

_FILES = ("_quarto.yml", "_quarto.yaml")
_TABLE: Table = {
    "website.title": ("title", text),
    "book.title": ("title", text),
    "website.description": ("description", text),
    "website.site-url": ("base_url", address),
    "author": ("author", name),
    "book.author": ("author", name),
    "lang": ("language", language),
    "number-sections": ("numbering.sections", switch),
    "format.html.number-sections": ("numbering.sections", switch),
    "bibliography": ("bibliography", texts),
}
_ICONS = {
    "github": "GitHub",
    "gitlab": "GitLab",
    "linkedin": "LinkedIn",
    "youtube": "YouTube",
    "stackoverflow": "Stack Overflow",
    "rss": "RSS",
    "envelope": "E-mail",
}
_SIDEBAR = "sidebar:"  # before the id of one
_KINDS = ("website", "book")  # what a project makes
_DEEPEST = 5  # menus inside menus
_OMITTED = ("format.html.theme", "execute", "website.page-footer")


def menu(value: Any) -> tuple[dict[str, str], ...] | None:
    """Return the entries of a navigation bar, those of menus in their place.

    They are `{text, href}`, `{icon, href}`, `{text, menu: entries}`, or the path of a file alone.
    """
    return tuple(_entries(value, 0)) or None


def _entries(value: Any, depth: int) -> Iterator[dict[str, str]]:
    for item in value if isinstance(value, list) and depth < _DEEPEST else ():
        entry = item if isinstance(item, Mapping) else {"href": item}
        target = text(entry.get("href") or entry.get("file"))
        if target:
            yield {"name": text(entry.get("text")) or _name(entry, target), "url": site_path(target)}
        yield from _entries(entry.get("menu"), depth + 1)


def _item(item: Any, sidebars: Sequence[Mapping[str, Any]]) -> Any:
    """Return an entry of a navigation bar, `sidebar:id` as the first page of that sidebar by its title."""
    if not isinstance(item, str) or not item.startswith(_SIDEBAR):
        return item
    sidebar = next((one for one in sidebars if one.get("id") == item.removeprefix(_SIDEBAR)), {})
    first = first_path(quarto_nav(sidebar) or ())
    return {"text": sidebar.get("title"), "href": first} if first else {}


def _name(entry: Mapping[str, Any], target: str) -> str:
    """Return what an entry without words is called: as it says for readers of screens, by its icon, or by its address.

    Of a file of the site Quarto shows the title, which its name is nearest to; of another site the host.
    """
    label, icon = text(entry.get("aria-label")), text(entry.get("icon")) or ""
    if label or icon:
        known = _ICONS.get(icon) or _ICONS.get(icon.partition("-")[0])
        return label or known or icon.replace("-", " ").capitalize()
    if target.startswith("mailto:"):
        return _ICONS["envelope"]
    host = (urlsplit(target).hostname or "").removeprefix("www.") if "://" in target else ""
    if host:
        return _ICONS.get(host.rpartition(".")[0], host)
    path = strip_suffix(target.rstrip("/"))
    folder, _, stem = path.rpartition("/")
    stem = (folder.rpartition("/")[2] or "home") if stem == "index" else stem
    return stem.replace("-", " ").replace("_", " ").capitalize()


def site_path(target: str) -> str:
    """Return where a file of the project is on the site: `about.qmd` at /about.html, `posts/index.qmd` at /posts/."""
    if "://" in target or target.startswith(("#", "mailto:")):
        return target
    path = "/" + target.lstrip("./").removesuffix(".qmd").removesuffix(".md").removesuffix(".ipynb")
    path = path + ".html" if path != "/" + target.lstrip("./") else path
    return path.removesuffix("index.html")


def translate(files: Mapping[str, str]) -> Translation:
    """Return `_quarto.yml` as settings, and what a profile says besides."""
    main = {path: files[path] for path in _FILES if path in files}
    return translate_files(main | {path: files[path] for path in _profiles(main, files)}, _site)


def _profiles(main: Mapping[str, str], files: Mapping[str, str]) -> list[str]:
    """Return the files of the profiles that are rendered: those that `profile` names, else the one with the website.

    Source: Quarto's guide, "Project Profiles", the sections "Default Profile" and "Profile Groups".
    """
    data = next((read_data(path, content) for path, content in main.items()), {})
    others = {path: read_data(path, files[path]) for path in sorted(files) if path not in main}
    groups = lookup(data, "profile.group")
    groups = groups if isinstance(groups, list) else []
    groups = groups if all(isinstance(group, list) for group in groups) else [groups]
    chosen = texts(lookup(data, "profile.default")) or tuple(str(group[0]) for group in groups if group)
    if chosen:
        return [path for name in chosen for path in others if path.rpartition(".")[0] == f"_quarto-{name}"]
    if any(data.get(key) for key in _KINDS):
        return []
    sites = [[path for path, inner in others.items() if inner.get(kind)] for kind in _KINDS]
    return next((paths for paths in sites if len(paths) == 1), [])


def _site(data: dict[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    yield from take(data, path, _TABLE)
    bars = [lookup(data, f"website.navbar.{side}") for side in ("left", "right", "tools")]
    sidebars = quarto_sidebars(lookup(data, "website.sidebar"))
    entries = menu([_item(item, sidebars) for bar in bars if isinstance(bar, list) for item in bar])
    if entries:
        yield Setting("menu", entries, f"{path}: website.navbar")
    repository = text(lookup(data, "website.repo-url"))
    if repository:
        branch = text(lookup(data, "website.repo-branch")) or "main"
        yield Setting("edit_url", f"{repository.rstrip('/')}/edit/{branch}/:path", f"{path}: website.repo-url")
    output = text(lookup(data, "project.output-dir"))
    if output:
        yield Setting("ignore", (f"{output.strip('/')}/**",), f"{path}: project.output-dir")
    chapters = navigation(lookup(data, "book.chapters"))
    nav = quarto_nav(lookup(data, "website.sidebar")) or chapters
    if nav:
        yield Setting("nav", nav, f"{path}: {'book.chapters' if nav is chapters else 'website.sidebar'}")
    omitted.extend(f"{path}: {key}" for key in _OMITTED if lookup(data, key))


QUARTO = Dialect(
    key="quarto",
    name="Quarto",
    markers=tuple(frozenset({path}) for path in _FILES),
    config_files=(*_FILES, "_quarto-*.yml", "_quarto-*.yaml"),
    translate=translate,
    content=("",),
    static=(),
    sources=(*rules("private", "_* */_* docs/* *_files/*"), *rules("section", "index.qmd */index.qmd")),
    sections=("posts/*", "blog/*"),  # where no page has a listing: other files at the root are pages
    listings=True,
    new_note="posts/{slug}.qmd",
    settings={
        "permalink": "/:path.html",
        "addresses.spaces": "",
        "addresses.dates": "keep",
        "addresses.index_files": ("index",),
        "markdown.fancy_lists": True,
        "markdown.in_html": True,
    },
)
