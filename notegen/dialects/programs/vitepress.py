"""VitePress and VuePress: `.vitepress/config.*`, `.vuepress/config.*`. See their documentation: Site Config."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import Table, computed, importer, language, lookup, switch, take, text, texts
from notegen.dialects.dialect import Dialect, Setting, Translation, rules
from notegen.dialects.javascript import Module, read_module
from notegen.dialects.languages import ForeignLanguage, language_settings
from notegen.dialects.navigation import navigation
from notegen.text.patterns import lazy_regex

_ENDINGS = ("js", "ts", "mjs", "mts", "cjs")
_TABLE: Table = {
    "title": ("title", text),
    "description": ("description", text),
    "base": ("base_url", text),
    "lang": ("language", language),
    "srcExclude": ("ignore", texts),
    "themeConfig.editLink.pattern": ("edit_url", text),
    "markdown.breaks": ("markdown.breaks", switch),
}
_CONFIG = lazy_regex(r"/config(?:/index)?\.[cm]?[jt]s$")
_MAIN = "root"  # the language whose pages are in no folder
_PATTERN = lazy_regex(r"[:()*]")
_OMITTED = ("theme",)
# What to write in place of settings that are code.
_MENU, _NAV = "menu: [{name: …, url: …}]", "nav: [note.md, folder/*] (without it folders list themselves)"
_CODE = {
    "base": "base_url: https://user.github.io/repo/",
    "srcDir": "content_dir",
    "title": "title",
    **dict.fromkeys(("themeConfig.nav", "nav", "navbar"), _MENU),
    **dict.fromkeys(("themeConfig.sidebar", "sidebar"), _NAV),
    "rewrites": "permalinks: {folder: pattern}",
    "locales": "languages: [zh-CN, en]",
}


def menu(value: Any, ending: str) -> tuple[dict[str, str], ...] | None:
    """Return the entries of `nav`: `{text, link}`, those of groups in their place. `ending`: that of addresses."""
    entries: list[dict[str, str]] = []
    for item in value if isinstance(value, list) else ():
        if not isinstance(item, Mapping):
            continue
        link, words = text(item.get("link")), text(item.get("text"))
        if link and words and link.startswith(("/", "http://", "https://")):
            entries.append({"name": words, "url": link if "://" in link else _address(link, ending)})
        entries.extend(menu(item.get("items") or item.get("children"), ending) or ())
    return tuple(entries) or None


def _address(link: str, ending: str) -> str:
    """Return where VitePress leads for a link of its theme: /a/b.html for /a/b and /a/b.md, /a/ for /a/index."""
    path, mark, fragment = link.partition("#")
    stem = path.removesuffix(".html").removesuffix(".md")
    if stem.endswith("/index"):
        path = stem.removesuffix("index")
    elif not path.endswith("/") and "." not in stem.rpartition("/")[2]:
        path = stem + ending
    return f"{path}{mark}{fragment}"


def translate(files: Mapping[str, str]) -> Translation:
    """Return the configuration as settings; the folder that holds `.vitepress` holds the notes."""
    omitted: list[str] = []
    settings: list[Setting] = []
    for path, content in files.items():
        if _CONFIG.search(path):  # other modules are there to be imported
            load = importer(files, posixpath.dirname(path))
            settings.extend(_site(read_module(content, load), path, omitted))
            omitted.extend(computed(path, content, _CODE, load))
    return Translation(tuple(settings), tuple(omitted))


def _site(module: Module, path: str, omitted: list[str]) -> Iterator[Setting]:
    data, ending = module.settings, "" if module.settings.get("cleanUrls") is True else ".html"
    folder = path.partition(".vitepress/" if ".vitepress/" in path else ".vuepress/")[0].rstrip("/")
    source = text(data.get("srcDir"))
    place = posixpath.normpath(posixpath.join(folder, source or "."))
    yield Setting("content_dir", place, f"{path}: srcDir" if source else f"the folder of {path}")
    if ".vuepress/" in path and place == ".":
        yield Setting("include", ("README.md",), "the home page")  # else a repository's README is no note
    yield from take(data, path, _TABLE)
    if data.get("cleanUrls") is True:
        yield Setting("permalink", "/:path", f"{path}: cleanUrls")
    yield from _rewrites(data, path, omitted)
    for key in ("themeConfig.nav", "themeConfig.navbar", "nav", "navbar"):
        entries = menu(lookup(data, key), ending)
        if entries:
            yield Setting("menu", entries, f"{path}: {key}")
            break
    for key in ("themeConfig.sidebar", "sidebar"):
        is_code = any(f"{name}.".startswith(f"{key}.") for name in module.code)  # what else it has is not known
        nav = None if is_code else _sidebar(lookup(data, key))
        if nav:
            yield Setting("nav", nav, f"{path}: {key}")
            break
    yield from _languages(data, path)
    omitted.extend(f"{path}: {key}" for key in _OMITTED if lookup(data, key))


def _languages(data: Mapping[str, Any], path: str) -> Iterator[Setting]:
    """Yield the languages of `locales`: by folder, `root` or `/` (VuePress) for the site's own."""
    locales = data.get("locales")
    languages: list[ForeignLanguage] = []
    for folder, row in (locales if isinstance(locales, Mapping) else {}).items():
        if isinstance(row, Mapping):
            key = folder.strip("/")
            is_main = key in {"", "root"}
            tag = text(row.get("lang")) or ((text(data.get("lang")) or "en-US") if is_main else key)
            ending = "" if data.get("cleanUrls") is True else ".html"
            menus = (menu(lookup(row, name), ending) for name in ("themeConfig.nav", "nav", "navbar"))
            nav = next(filter(None, menus), ())
            name = text(row.get("label")) or text(row.get("selectText"))
            texts_of_row = {"title": text(row.get("title")), "description": text(row.get("description"))}
            languages.append(ForeignLanguage(_MAIN if is_main else key, tag, name, {}, texts_of_row, nav))
    yield from language_settings(languages, _MAIN, f"{path}: locales")


def _rewrites(data: Mapping[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    """Yield the patterns of folders and files that are elsewhere: `"packages/a/docs/:rest*": "a/:rest*"`."""
    rewrites = data.get("rewrites")
    ending = "" if data.get("cleanUrls") is True else ".html"
    patterns: dict[str, str] = {}
    for source, target in (rewrites if isinstance(rewrites, Mapping) else {}).items():
        folders = [re.fullmatch(r"((?:[^:()*]+/)?):\w+\*", str(side)) for side in (source, target)]
        if folders[0] and folders[1] and folders[0][1]:
            patterns[folders[0][1].strip("/")] = f"/{folders[1][1]}:subpath{ending}"
        elif isinstance(target, str) and not _PATTERN.search(f"{source}{target}") and source.endswith(".md"):
            stem = target.lstrip("/").removesuffix(".md")
            is_folder = stem == "index" or stem.endswith("/index")
            patterns[source.lstrip("/")] = f"/{stem.removesuffix('index')}" if is_folder else f"/{stem}{ending}"
        else:
            omitted.append(f"{path}: rewrites {source}")
    if patterns:
        yield Setting("permalinks", patterns, f"{path}: rewrites")


def _sidebar(value: Any) -> list[Any] | None:
    """Return the sidebar: a list of entries, or one for each folder; `/guide/` is the text of a folder."""
    sidebars = list(value.values()) if isinstance(value, Mapping) else [value]
    entries: list[Any] = []
    for sidebar in sidebars:
        items = sidebar.get("items") if isinstance(sidebar, Mapping) else sidebar
        entries += navigation(items, _note) or []
    return entries or None


def _note(link: str) -> str:
    """Return the path of the note that an address of the site leads to."""
    if "://" in link:
        return link
    path = link.partition("#")[0].lstrip("/").removesuffix(".html").removesuffix(".md")
    return f"{path}index.md" if not path or path.endswith("/") else f"{path}.md"


def _dialect(key: str, name: str, folder: str, indexes: tuple[str, ...]) -> Dialect:
    starts = [f"{start}{folder}/" for start in ("", "docs/", "src/")]
    places = [f"{start}config{inner}.{ending}" for start in starts for inner in ("", "/index") for ending in _ENDINGS]
    modules = [f"{start}{inner}*.{ending}" for start in starts for inner in ("", "config/") for ending in _ENDINGS]
    return Dialect(
        key=key,
        name=name,
        markers=tuple(frozenset({place}) for place in places),
        config_files=(*places, *modules),
        translate=translate,
        content=("docs", ""),
        static=("public", f"{folder}/public"),
        notebooks=False,
        sources=(
            *rules("section", "index.md README.md */index.md */README.md"),
            *rules("private", ".* */.* node_modules/* CONTRIBUTING.md LICENSE.md"),
        ),
        settings={
            "permalink": "/:path.html",
            "markdown.emoji": True,
            "addresses.spaces": "",
            "addresses.dates": "keep",
            "addresses.index_files": indexes,
        },
    )


VITEPRESS = _dialect("vitepress", "VitePress", ".vitepress", ("index",))
VUEPRESS = _dialect("vuepress", "VuePress", ".vuepress", ("index", "readme"))
