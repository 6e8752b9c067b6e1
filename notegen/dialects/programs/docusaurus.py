"""Docusaurus: docusaurus.config.js or .ts, notes in docs/. See its documentation: Configuration, Docs plugin."""

from collections.abc import Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import (
    Table,
    computed,
    language,
    lookup,
    read_data,
    site_address,
    take,
    text,
    texts,
    translate_files,
)
from notegen.dialects.dialect import CONTENT_FOLDERS, Dialect, Setting, Translation, rules
from notegen.dialects.languages import ForeignLanguage, language_settings
from notegen.dialects.sidebars import sidebars_nav

_FILES = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs", "mts"))
_SIDEBARS = tuple(f"sidebars.{ending}" for ending in ("js", "ts", "json", "mjs", "cjs"))
_TABLE: Table = {
    "title": ("title", text),
    "tagline": ("subtitle", text),
    "i18n.defaultLocale": ("language", language),
    "staticDirectories": ("static_dir", lambda value: (texts(value) or (None,))[0]),
}
# What to write in place of settings that are code.
_CODE = {
    **dict.fromkeys(("url", "baseUrl"), "base_url: https://user.github.io/repo/"),
    "title": "title",
    "presets.docs.path": "content_dir",
    "presets.docs.routeBasePath": "permalink: /docs/:path",
    "presets.docs.editUrl": "edit_url",
    "themeConfig.navbar.items": "menu: [{name: …, url: …}]",
}
_OMITTED = ("themes", "scripts", "stylesheets", "themeConfig.algolia")


def menu(value: Any) -> tuple[dict[str, str], ...] | None:
    """Return the entries of the navigation bar that lead to an address: `{label, to}` or `{label, href}`."""
    entries: list[dict[str, str]] = []
    for item in value if isinstance(value, list) else ():
        target = text(item.get("to") or item.get("href")) if isinstance(item, Mapping) else None
        words = text(item.get("label")) if isinstance(item, Mapping) else None
        if target and words:
            entries.append({"name": words, "url": target if "://" in target else "/" + target.lstrip("/")})
    return tuple(entries) or None


def translate(files: Mapping[str, str]) -> Translation:
    """Return the configuration as settings: the site's, of the preset `classic` the address of the docs, sidebars."""
    site = translate_files({path: content for path, content in files.items() if path not in _SIDEBARS}, _site)
    sidebars = ((path, sidebars_nav(read_data(path, files[path]))) for path in _SIDEBARS if path in files)
    path, nav = next(sidebars, ("", None))
    code = [item for name, content in files.items() for item in computed(name, content, _CODE)]
    more = (Setting("nav", nav, path),) if nav else ()
    return Translation((*site.settings, *more), (*site.omitted, *code))


def _site(data: dict[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    yield from take(data, path, _TABLE)
    yield from site_address(data, path, ("url", "baseUrl"))
    docs, blog = _options(data, "docs"), _options(data, "blog")
    folder, blog_folder = text(docs.get("path")) or "docs", text(blog.get("path")) or "blog"
    route = _route(docs, "docs")
    folders: dict[str, str] = {}
    if _is_on(data, "docs"):
        yield Setting("content_dir", folder, f"{path}: docs.path")
        yield Setting("permalink", f"{route}/:path", f"{path}: docs.routeBasePath")
        folders[folder] = f"{route}/:subpath"
    if _is_on(data, "blog"):
        folders[blog_folder] = f"{_route(blog, 'blog')}/:dated_slug"
    if _is_on(data, "pages"):
        pages = _options(data, "pages")
        pages_folder = text(pages.get("path")) or "src/pages"
        folders[pages_folder] = f"{_route(pages, '')}/:subpath"
        yield Setting("pages", (f"{pages_folder}/*",), f"{path}: pages")
    languages = _languages(data, folder, blog_folder)
    if len(languages) > 1:
        folders["i18n"] = "/:path"  # beside those of the folders that it translates
        yield from language_settings(languages, text(lookup(data, "i18n.defaultLocale")) or "", f"{path}: i18n")
    yield Setting(CONTENT_FOLDERS, folders, f"{path}: docs, blog")
    redirects = _redirects(data)
    if redirects:
        yield Setting("redirects", redirects, f"{path}: plugin-client-redirects")
    edit = text(docs.get("editUrl"))
    if edit:
        yield Setting("edit_url", edit.rstrip("/") + "/:path", f"{path}: docs.editUrl")
    entries = menu(lookup(data, "themeConfig.navbar.items"))
    if entries:
        yield Setting("menu", entries, f"{path}: themeConfig.navbar")
    omitted.extend(f"{path}: {key}" for key in _OMITTED if lookup(data, key))
    if any(not _is_redirects(item) for item in _plugins(data)):
        omitted.append(f"{path}: plugins")


def _languages(data: Mapping[str, Any], docs: str, blog: str) -> list[ForeignLanguage]:
    """Return the languages; the translations of docs and blog lie below i18n/."""
    configs = lookup(data, "i18n.localeConfigs")
    languages: list[ForeignLanguage] = []
    for locale in texts(lookup(data, "i18n.locales")) or ():
        row = configs.get(locale) if isinstance(configs, Mapping) else None
        row = row if isinstance(row, Mapping) else {}
        root = f"i18n/{locale}/docusaurus-plugin-content"
        folders = {f"{root}-docs/current": docs, f"{root}-blog": blog}
        main = locale == lookup(data, "i18n.defaultLocale")
        tag = text(row.get("htmlLang")) or locale
        languages.append(ForeignLanguage(locale, tag, text(row.get("label")), {} if main else folders))
    return languages


def _route(options: Mapping[str, Any], otherwise: str) -> str:
    """Return the path below which a plugin's pages are, with a slash in front; "" for the root."""
    route = options.get("routeBasePath")
    route = route.strip("/") if isinstance(route, str) else otherwise
    return f"/{route}" if route else ""


def _options(data: Mapping[str, Any], plugin: str) -> Mapping[str, Any]:
    """Return the options of `docs`, `blog` or `pages`: in `presets: [["classic", {docs: {…}}]]`, or at the top."""
    options = _plugin(data, plugin)
    return options if isinstance(options, Mapping) else {}


def _is_on(data: Mapping[str, Any], plugin: str) -> bool:
    """Return whether a plugin of the preset makes pages: `blog: false` switches it off."""
    return _plugin(data, plugin) is not False


def _plugin(data: Mapping[str, Any], plugin: str) -> Any:
    presets = data.get("presets")
    for preset in presets if isinstance(presets, list) else ():
        for part in preset if isinstance(preset, list) else ():
            options = part.get(plugin) if isinstance(part, Mapping) else None
            if isinstance(options, Mapping) or options is False:
                return options
    return data.get(plugin)


def _redirects(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the redirects of `["@docusaurus/plugin-client-redirects", {redirects: [{from, to}]}]`."""
    lists = [plugin[1].get("redirects") for plugin in _plugins(data) if _is_redirects(plugin)]
    pairs: dict[str, str] = {}
    for item in (item for items in lists if isinstance(items, list) for item in items if isinstance(item, Mapping)):
        target = text(item.get("to"))
        if target:
            pairs.update(dict.fromkeys(texts(item.get("from")) or (), target))
    return pairs


def _plugins(data: Mapping[str, Any]) -> list[Any]:
    plugins = data.get("plugins")
    return plugins if isinstance(plugins, list) else []


def _is_redirects(plugin: Any) -> bool:
    is_pair = isinstance(plugin, list) and len(plugin) > 1 and isinstance(plugin[1], Mapping)
    return is_pair and "plugin-client-redirects" in str(plugin[0])


DOCUSAURUS = Dialect(
    key="docusaurus",
    name="Docusaurus",
    markers=tuple(frozenset({path}) for path in _FILES),
    config_files=(*_FILES, *_SIDEBARS),
    translate=translate,
    content=("docs",),
    notebooks=False,
    programmed=("src/pages/**/[!_]*.js", "src/pages/**/[!_]*.jsx", "src/pages/**/[!_]*.tsx"),
    sources=(
        *rules("private", "_* */_*"),
        *rules("section", "index.md index.mdx README.md README.mdx */index.md */index.mdx */README.md */README.mdx"),
    ),
    settings={
        "permalink": "/docs/:path",
        "markdown.emoji": True,
        "addresses.spaces": "",
        "addresses.dates": "keep",
        "addresses.number_prefixes": "strip",
        "addresses.index_files": ("index", "readme"),
        "addresses.folder_notes": True,
        "addresses.section_lists": True,
        "addresses.ids": True,
    },
)
