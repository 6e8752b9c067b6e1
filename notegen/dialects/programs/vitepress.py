"""VitePress and VuePress: `.vitepress/config.*`, `.vuepress/config.*`. See their documentation: Site Config."""

from collections.abc import Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import Table, language, lookup, switch, take, text, texts, translate_files
from notegen.dialects.dialect import AddressRules, Dialect, Setting, Translation, rules

_ENDINGS = ("js", "ts", "mjs", "mts", "cjs")
_TABLE: Table = {
    "title": ("title", text),
    "description": ("description", text),
    "base": ("base_url", text),
    "lang": ("language", language),
    "srcDir": ("content_dir", text),
    "srcExclude": ("ignore", texts),
    "themeConfig.editLink.pattern": ("edit_url", text),
    "markdown.breaks": ("markdown.breaks", switch),
}
_OMITTED = ("rewrites", "locales", "themeConfig.sidebar", "theme")


def menu(value: Any) -> tuple[dict[str, str], ...] | None:
    """Return the entries of `nav`: `{text, link}`, those of groups in their place."""
    entries: list[dict[str, str]] = []
    for item in value if isinstance(value, list) else ():
        if not isinstance(item, Mapping):
            continue
        link, words = text(item.get("link")), text(item.get("text"))
        if link and words and link.startswith(("/", "http://", "https://")):
            entries.append({"name": words, "url": link})
        entries.extend(menu(item.get("items") or item.get("children")) or ())
    return tuple(entries) or None


def translate(files: Mapping[str, str]) -> Translation:
    """Return the configuration as settings; the folder that holds `.vitepress` holds the notes."""
    return translate_files(files, _site)


def _site(data: dict[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    folder = path.partition(".vitepress/" if ".vitepress/" in path else ".vuepress/")[0].rstrip("/")
    if folder:
        yield Setting("content_dir", folder, f"the folder of {path}")
    yield from take(data, path, _TABLE)
    if data.get("cleanUrls") is True:
        yield Setting("permalink", "/:path", f"{path}: cleanUrls")
    for key in ("themeConfig.nav", "themeConfig.navbar", "nav", "navbar"):
        entries = menu(lookup(data, key))
        if entries:
            yield Setting("menu", entries, f"{path}: {key}")
            break
    omitted.extend(f"{path}: {key}" for key in _OMITTED if lookup(data, key))


def _dialect(key: str, name: str, folder: str) -> Dialect:
    places = [f"{start}{folder}/config.{ending}" for start in ("", "docs/", "src/") for ending in _ENDINGS]
    return Dialect(
        key=key,
        name=name,
        markers=tuple(frozenset({place}) for place in places),
        config_files=tuple(places),
        translate=translate,
        content=("docs", ""),
        static=("public", f"{folder}/public"),
        sources=(
            *rules("section", "index.md README.md */index.md */README.md"),
            *rules("private", ".* */.* node_modules/* CONTRIBUTING.md LICENSE.md"),
        ),
        addresses=AddressRules(notes="/:path.html", spaces=""),
        settings={"permalink": "/:path.html"},
    )


VITEPRESS = _dialect("vitepress", "VitePress", ".vitepress")
VUEPRESS = _dialect("vuepress", "VuePress", ".vuepress")
