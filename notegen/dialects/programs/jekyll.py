"""Jekyll and al-folio: `_config.yml`, posts in _posts. See Jekyll's documentation: Configuration, Permalinks."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from notegen.dialects.configuration import (
    Table,
    count,
    language,
    lookup,
    name,
    site_address,
    switched_on,
    take,
    text,
    texts,
    translate_files,
)
from notegen.dialects.dialect import Dialect, Setting, Translation, rules
from notegen.dialects.front_matter.defaults import jekyll_defaults
from notegen.dialects.mathjax import template_macros
from notegen.text.patterns import lazy_regex

_FILE = "_config.yml"
_TEMPLATES = ("_includes/*.html", "_layouts/*.html")
# Jekyll's own names of patterns; `:title` is the file's name without its date, `:categories` all of them.
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
_NAMES = {"title": "slug", "name": "filename", "long_month": "month_name"} | {
    name: name
    for name in (
        *("year", "short_year", "month", "i_month", "day", "i_day", "y_day", "hour", "minute", "second"),
        *("categories", "slug"),
    )
}
_LINK = lazy_regex(r"!?\[([^\[\]\n]{0,200})\]\([^()\s]{0,500}\)")


def _plain(value: Any) -> str | None:
    """Return a text without the addresses of its Markdown links."""
    words = text(value)
    return _LINK.sub(r"\1", words) if words else words


_TABLE: Table = {
    "title": ("title", text),
    "subtitle": ("subtitle", text),
    "description": ("description", _plain),
    "author": ("author", name),
    "lang": ("language", language),
    "locale": ("language", language),
    "timezone": ("timezone", text),
    "paginate": ("paginate", count),
    "pagination.per_page": ("paginate", count),
    "future": ("future", switched_on),
    "markdown": ("markdown.scripts", lambda value: switched_on(str(value).lower() == "pandoc")),
    "show_drafts": ("drafts", switched_on),
    "exclude": ("ignore", texts),
    "giscus.repo": ("comments.giscus.repo", text),
    "giscus.repo_id": ("comments.giscus.repo_id", text),
    "giscus.category": ("comments.giscus.category", text),
    "giscus.category_id": ("comments.giscus.category_id", text),
}
_VALUES = (str, int, float, dict)  # of variables that notes may name
_FEED = "jekyll-feed"  # the plugin
_EMOJI = "jemoji"  # likewise
_DATED = "[0-9][0-9]*-[0-9]*-[0-9]*-*"  # other files in _posts are no posts
_COMPUTED = frozenset({"collections", "defaults", "plugins", "exclude", "include", "baseurl", "url", "title"})
_OMITTED = ("theme", "remote_theme", "plugins")


def permalink(pattern: str) -> str | None:
    """Return Jekyll's permalink style or pattern in our names; None where it has a name that we cannot give."""
    pattern = _STYLES.get(pattern, pattern).replace(":output_ext", ".html")
    names = re.findall(r":(\w+)", pattern)
    if any(item not in _NAMES for item in names):
        return None
    return "/" + re.sub(r":(\w+)", lambda match: f":{_NAMES[match[1]]}", pattern).lstrip("/")


def page_pattern(pattern: str) -> str:
    """Return how pages are addressed where posts have this style or pattern: only its end matters."""
    if pattern == "pretty" or pattern.endswith("/"):
        return "/:path/"
    return "/:path.html" if pattern in _STYLES or pattern.endswith((".html", ":output_ext")) else "/:path"


def translate(files: Mapping[str, str]) -> Translation:
    """Return `_config.yml` as settings, with the macros that templates give to MathJax."""
    templates = {path: content for path, content in files.items() if path.endswith(".html")}
    site = translate_files({path: content for path, content in files.items() if path not in templates}, _site)
    return msgspec.structs.replace(site, settings=(*site.settings, *template_macros(templates)))


def _default_permalink(data: Mapping[str, Any]) -> str | None:
    """Return the permalink that `defaults` gives all posts."""
    defaults = data.get("defaults")
    for item in defaults if isinstance(defaults, list) else ():
        folder, kind = text(lookup(item, "scope.path")) or "", text(lookup(item, "scope.type")) or ""
        pattern = text(lookup(item, "values.permalink"))
        if pattern and (folder, kind) in {("", "posts"), ("_posts", "posts"), ("_posts", "")}:
            return pattern
    return None


def _site(data: dict[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    yield from take(data, path, _TABLE)
    if not text(data.get("title")) and (title := text(data.get("name"))):  # of the template jekyll-now
        yield Setting("title", title, f"{path}: name")
    if _EMOJI in (texts(data.get("plugins")) or texts(data.get("gems")) or ()):
        yield Setting("markdown.emoji", True, _EMOJI)
    yield from site_address(data, path, ("url", "baseurl"))
    pattern = _default_permalink(data) or text(data.get("permalink")) or "date"
    ours = permalink(pattern)
    if ours:
        yield Setting("permalink", ours, f"{path}: permalink" if data.get("permalink") else "Jekyll's addresses")
    else:
        omitted.append(f"{path}: permalink {pattern}")
    style = text(data.get("permalink")) or "date"  # of pages; what `defaults` says is for posts alone
    if page_pattern(style) != JEKYLL.settings["addresses.pages"]:
        yield Setting("addresses.pages", page_pattern(style), f"{path}: permalink")
    yield from _collections(data, path, style)
    works = texts(lookup(data, "scholar.bibliography"))
    if works and not any("*" in name for name in works):
        folder = (text(lookup(data, "scholar.source")) or "_bibliography").strip("/.")
        names = (name if name.endswith((".bib", ".json")) else f"{name}.bib" for name in works)
        yield Setting("bibliography", tuple(f"{folder}/{name}" for name in names), f"{path}: scholar")
    if _FEED in (texts(data.get("plugins")) or texts(data.get("gems")) or ()):
        yield Setting("feed.filenames", ((text(lookup(data, "feed.path")) or "feed.xml").lstrip("/"),), _FEED)
    omitted.extend(f"{path}: {key}" for key in _OMITTED if lookup(data, key))
    variables = {key: value for key, value in data.items() if isinstance(value, _VALUES) and key not in _COMPUTED}
    if variables:
        yield Setting("params", variables, f"{path}: what notes name as site.…")
    defaults = tuple(jekyll_defaults(data, frozenset(_output_collections(data))))
    if defaults:
        yield Setting("defaults", defaults, f"{path}: defaults")


def _collections(data: Mapping[str, Any], path: str, style: str) -> Iterator[Setting]:
    """Yield which folders hold the pages of collections that are put out, and where these are. `style`: of posts."""
    collections = _output_collections(data)
    start = "/".join(filter(None, [(text(data.get("collections_dir")) or "").strip("/."), "_"]))
    folders: dict[str, str] = {}
    for collection, options in collections.items():
        pattern = text(options.get("permalink")) or _scoped(data, collection) or f"/{collection}{page_pattern(style)}"
        folders[f"{start}{collection}"] = collection_permalink(pattern, collection)
    if folders:
        yield Setting("pages", tuple(f"{folder}/*" for folder in folders), f"{path}: collections with output: true")
        yield Setting("permalinks", folders, f"{path}: collections")


def _output_collections(data: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the collections that have pages, with their options; posts are none of these."""
    collections = data.get("collections")
    items = collections.items() if isinstance(collections, Mapping) else ()
    return {
        name: options
        for name, options in items
        if isinstance(options, Mapping) and options.get("output") is True and name != "posts"
    }


def collection_permalink(pattern: str, name: str) -> str:
    """Return the permalink pattern of a collection in our names; its `:path` is below the collection."""
    names = {**_NAMES, "collection": name, "path": ":subpath", "output_ext": ".html", "name": ":filename"}
    ours = re.sub(r":(\w+)", lambda match: _in_collection(match[1], names), pattern)
    return "/" + ours.replace("..html", ".html").lstrip("/")


def _in_collection(placeholder: str, names: Mapping[str, str]) -> str:
    name = names.get(placeholder, placeholder)
    return name if placeholder in {"collection", "path", "output_ext", "name"} else f":{name}"


def _scoped(data: Mapping[str, Any], kind: str) -> str | None:
    """Return the permalink that `defaults` gives all of a collection."""
    defaults = data.get("defaults")
    scopes = [item for item in defaults if lookup(item, "scope.type") == kind] if isinstance(defaults, list) else []
    return next(filter(None, (text(lookup(item, "values.permalink")) for item in scopes)), None)


JEKYLL = Dialect(
    key="jekyll",
    name="Jekyll",
    markers=tuple(frozenset({_FILE, other}) for other in ("_posts/", "_layouts/", "_includes/", "Gemfile", "_sass/")),
    config_files=(_FILE, *_TEMPLATES),
    translate=translate,
    content=("",),
    static=(),  # what is no Markdown is copied to the same path
    sources=(
        *rules("draft", "_drafts/* */_drafts/*"),
        *rules("note", f"_posts/{_DATED} _posts/*/{_DATED} */_posts/{_DATED} */_posts/*/{_DATED}"),
        *rules("note", "_notebooks/*.ipynb"),  # of fastpages
        *rules("private", "*.ipynb"),
        *rules("page", "_pages/*"),  # al-folio and others include it
        *rules("private", "bin/* _* */_*"),
        *rules("section", "index.*"),
        *rules("private", "readme.*"),
        *rules("page", "*"),
    ),
    new_note="_posts/{date}-{slug}.md",
    new_draft="_drafts/{slug}.md",
    settings={
        "math.unescape": True,
        "markdown.scripts": False,
        "permalink": "/:categories/:year/:month/:day/:slug.html",
        "addresses.pages": "/:path.html",
        "addresses.punctuation": "hyphen",
        "addresses.lower_categories": True,
        "addresses.category_spaces": "",
        "addresses.index_files": ("index",),
    },
    placeholders={"title": "slug"},
)
