"""Docusaurus: docusaurus.config.js or .ts, notes in docs/. See its documentation: Configuration, Docs plugin."""

from collections.abc import Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import Table, address, language, lookup, take, text, texts, translate_files
from notegen.dialects.dialect import AddressRules, Dialect, Setting, Translation, rules

_FILES = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs", "mts"))
_TABLE: Table = {
    "title": ("title", text),
    "tagline": ("subtitle", text),
    "i18n.defaultLocale": ("language", language),
    "staticDirectories": ("static_dir", lambda value: (texts(value) or (None,))[0]),
}
_OMITTED = ("themes", "plugins", "i18n.locales", "scripts", "stylesheets", "themeConfig.algolia")


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
    """Return the configuration as settings: the site's, and of the preset `classic` the address of the docs."""
    return translate_files(files, _site)


def _site(data: dict[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    yield from take(data, path, _TABLE)
    base = address(data.get("url"), data.get("baseUrl"))
    if base:
        yield Setting("base_url", base, f"{path}: url, baseUrl")
    docs = _docs(data)
    folder = text(docs.get("path")) or "docs"
    route = docs.get("routeBasePath")
    route = route.strip("/") if isinstance(route, str) else "docs"
    yield Setting("content_dir", folder, f"{path}: docs.path")
    yield Setting("permalink", f"/{route}/:path" if route else "/:path", f"{path}: docs.routeBasePath")
    edit = text(docs.get("editUrl"))
    if edit:
        yield Setting("edit_url", edit.rstrip("/") + "/:path", f"{path}: docs.editUrl")
    entries = menu(lookup(data, "themeConfig.navbar.items"))
    if entries:
        yield Setting("menu", entries, f"{path}: themeConfig.navbar")
    omitted.extend(f"{path}: {key}" for key in _OMITTED if lookup(data, key))


def _docs(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options of the docs: of the preset in `presets: [["classic", {docs: {…}}]]`, or `docs` itself."""
    presets = data.get("presets")
    for preset in presets if isinstance(presets, list) else ():
        for part in preset if isinstance(preset, list) else ():
            options = part.get("docs") if isinstance(part, Mapping) else None
            if isinstance(options, Mapping):
                return options
    docs = data.get("docs")
    return docs if isinstance(docs, Mapping) else {}


DOCUSAURUS = Dialect(
    key="docusaurus",
    name="Docusaurus",
    markers=tuple(frozenset({path}) for path in _FILES),
    config_files=_FILES,
    translate=translate,
    content=("docs",),
    sources=(
        *rules("private", "_* */_*"),
        *rules("section", "index.md index.mdx README.md README.mdx */index.md */index.mdx */README.md */README.mdx"),
    ),
    addresses=AddressRules(notes="/docs/:path", spaces="", number_prefixes=True),
)
