"""Hugo: `hugo.toml` or one of its other names, notes in content/. See Hugo's documentation: Configuration, URLs."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import (
    Table,
    address,
    count,
    language,
    lookup,
    name,
    read_data,
    switched_on,
    take,
    text,
    texts,
)
from notegen.dialects.dialect import Dialect, Setting, Translation, rules
from notegen.dialects.front_matter.defaults import cascades
from notegen.dialects.languages import ForeignLanguage, language_settings
from notegen.dialects.mathjax import template_macros

_FILES = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json")
_FOLDER = "config/_default/"
# Hugo's names in permalinks -> ours, and its forms of dates.
_NAMES = {
    **{name: name for name in ("year", "month", "day", "title", "filename", "contentbasename", "section", "sections")},
    "slug": "slug_or_title",
    "slugorfilename": "slugorfilename",
    "slugorcontentbasename": "slugorcontentbasename",
    "monthname": "month_name",
    "2006": "year",
    "06": "short_year",
    "01": "month",
    "1": "i_month",
    "january": "month_name",
    "02": "day",
    "2": "i_day",
    "002": "y_day",
}
_TABLE: Table = {
    "title": ("title", text),
    "baseURL": ("base_url", address),
    "timeZone": ("timezone", text),
    "contentDir": ("content_dir", text),
    "staticDir": ("static_dir", lambda value: (texts(value) or (None,))[0]),
    "paginate": ("paginate", count),
    "pagination.pagerSize": ("paginate", count),
    "buildDrafts": ("drafts", switched_on),
    "buildFuture": ("future", switched_on),
    "buildExpired": ("expired", switched_on),
    "enableEmoji": ("markdown.emoji", switched_on),
    "markup.goldmark.extensions.extras.subscript.enable": ("markdown.scripts", switched_on),
    "markup.goldmark.extensions.extras.superscript.enable": ("markdown.scripts", switched_on),
    "markup.defaultMarkdownHandler": ("markdown.scripts", lambda value: switched_on(value == "pandoc")),
    "markup.goldmark.renderer.hardWraps": ("markdown.breaks", switched_on),
    "author": ("author", name),
    "params.author": ("author", name),
    "params.description": ("description", text),
    "params.subtitle": ("subtitle", text),
}
_OF_LANGUAGE: Table = {"languageCode": ("language", language), "locale": ("language", language)}
_STARTED = "en-us"  # what `hugo new site` writes, and many leave in sites of another language
_OMITTED = ("theme", "module", "taxonomies", "outputs", "defaultContentLanguageInSubdir", "services.googleAnalytics")


# Keys that are read by name, besides those of the tables.
_KEYS = (
    *("defaultContentLanguage", "languages", "disabled", "weight", "label", "languageName", "permalinks", "page"),
    *("cascade", "uglyURLs", "disablePathToLower", "frontmatter.date", "outputs.home"),
    *("url", "pageRef", "name", "appendFilePath"),
)


def permalink(pattern: str) -> str | None:
    """Return Hugo's permalink pattern in our names; None where it has a name that we cannot give."""
    names = re.findall(r":(\w+)", pattern)
    if any(item.lower() not in _NAMES for item in names) or "[" in pattern:
        return None
    ours = re.sub(r":(\w+)", lambda match: f":{_NAMES[match[1].lower()]}", pattern).strip("/")
    return f"/{ours}" if ours.endswith(".html") else f"/{ours}/"


def menu(entries: Any) -> tuple[dict[str, str], ...] | None:
    """Return `menu.main`: entries by weight, then name; `url` or `pageRef` leads on."""
    if not isinstance(entries, list):
        return None
    items: list[tuple[int, str, str]] = []
    for entry in entries:
        url = entry.get("url") or entry.get("pageRef") if isinstance(entry, Mapping) else None
        words = (entry.get("name") or entry.get("title") or url) if isinstance(entry, Mapping) else None
        if isinstance(url, str) and isinstance(words, str):
            weight = entry.get("weight")
            target = url if "://" in url else f"/{url.strip('/')}/".replace("//", "/")
            items.append((weight if isinstance(weight, int) else 0, words, target))
    return tuple({"name": words, "url": url} for _, words, url in sorted(items, key=lambda item: item[0])) or None


def edit_url(row: Any) -> str | None:
    """Return PaperMod's `editPost`: an address, to which the path of a note below content/ is added if it is asked for.

    Source: PaperMod's wiki, "Features", "Edit Post".
    """
    address = text(lookup(row, "url")) if lookup(row, "disabled") is not True else None
    if address is None or lookup(row, "appendFilePath") is not True:
        return address
    return f"{address.rstrip('/')}/:content_path"


_STRUCTURED: Table = {
    "menu.main": ("menu", menu),
    "menus.main": ("menu", menu),
    "params.editPost": ("edit_url", edit_url),
}


_SPELLINGS = {
    part.lower(): part for key in (*_TABLE, *_OF_LANGUAGE, *_STRUCTURED, *_OMITTED, *_KEYS) for part in key.split(".")
}


def _spelled(value: Any) -> Any:
    """Return a configuration whose keys are spelled as here: for Hugo, small and capital letters in them are alike."""
    if isinstance(value, list):
        return [_spelled(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {_SPELLINGS.get(str(key).lower(), key): _spelled(item) for key, item in value.items()}


def _language_of(main: str | None, code: str | None) -> str | None:
    """Return the language of a site: `code` where it says more of `main`, which decides; None for none chosen."""
    if main is None:
        return None if code is None or code.lower() == _STARTED else code
    is_same = code is not None and code.lower().partition("-")[0] == main.lower().partition("-")[0]
    return code if is_same else main


def translate(files: Mapping[str, str]) -> Translation:
    """Return Hugo's configuration as settings; of `config/_default/` the file's name is the key of what it holds."""
    settings: list[Setting] = []
    origin = "languages"
    omitted: list[str] = []
    together: dict[str, Any] = {}
    templates = {path: content for path, content in files.items() if path.endswith(".html")}
    settings.extend(template_macros(templates))
    for path, content in files.items():
        if path in templates:
            continue
        data = _spelled(read_data(path, content))
        if path.startswith(_FOLDER):
            key = path.removeprefix(_FOLDER).partition(".")[0]
            data = data if key in {"hugo", "config"} else {key: data}
        settings.extend(_site(data, path, omitted))
        together |= data
        origin = f"{path}: languages" if "languages" in data else origin
    settings.extend(_languages(together, origin))
    outputs = texts(lookup(together, "outputs.home"))
    if together and (outputs is None or "rss" in map(str.lower, outputs)):
        settings.append(Setting("feed.rss", "index.xml", "Hugo's feed"))
    return Translation(tuple(settings), tuple(omitted))


def _languages(data: Mapping[str, Any], origin: str) -> Iterator[Setting]:
    """Yield the languages, by weight. Folders of their notes (`contentDir`) are below the one that they share."""
    table = data.get("languages")
    rows = [(key.lower(), row) for key, row in (table if isinstance(table, Mapping) else {}).items()]
    rows = [(key, row) for key, row in rows if isinstance(row, Mapping) and row.get("disabled") is not True]
    rows.sort(key=lambda item: weight if isinstance(weight := item[1].get("weight"), int) else 0)
    folders = {key: folder for key, row in rows if (folder := text(row.get("contentDir")))}
    shared = posixpath.commonpath(folders.values()) if len(folders) > 1 else text(data.get("contentDir")) or "content"
    if len(folders) > 1 and shared:
        yield Setting("content_dir", shared, origin)
    languages = [
        ForeignLanguage(
            key,
            text(row.get("locale")) or text(row.get("languageCode")) or key,
            text(row.get("label")) or text(row.get("languageName")),
            _folder(folders.get(key, ""), shared),
            {
                "title": text(row.get("title")),
                "subtitle": text(lookup(row, "params.subtitle")),
                "description": text(lookup(row, "params.description")),
            },
            menu(lookup(row, "menus.main") or lookup(row, "menu.main")) or (),
        )
        for key, row in rows
    ]
    main = (text(data.get("defaultContentLanguage")) or "en").lower()
    if len(rows) == 1:
        if not text(data.get("defaultContentLanguage")):
            yield Setting("language", _language_of(rows[0][0], _code(data)), origin)
        # It holds keys of the site.
        yield from take(rows[0][1], f"{origin}.{rows[0][0]}", {**_TABLE, **_OF_LANGUAGE, **_STRUCTURED})
    yield from language_settings(languages, main, origin)


def _code(data: Mapping[str, Any]) -> str | None:
    return language(data.get("locale")) or language(data.get("languageCode"))


def _folder(folder: str, shared: str) -> dict[str, str]:
    """Return where a language's notes are below the folder that all share."""
    inner = posixpath.relpath(folder, shared) if folder else "."
    return {} if inner.startswith(".") else {inner: ""}


def _site(data: dict[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    yield from take(data, path, {**_TABLE, **_STRUCTURED})
    if tag := _language_of(language(data.get("defaultContentLanguage")), _code(data)):
        yield Setting("language", tag, f"{path}: {'languageCode' if tag == _code(data) else 'defaultContentLanguage'}")
    if lookup(data, "disablePathToLower") is True:
        yield Setting("addresses.lower", False, f"{path}: disablePathToLower")
        yield Setting("addresses.lower_terms", False, f"{path}: disablePathToLower")
    if ":filename" in (texts(lookup(data, "frontmatter.date")) or ()):
        yield Setting("addresses.dates", "cut", f"{path}: frontmatter.date")
    yield from _permalinks(data, path, omitted)
    defaults = tuple(cascades(data.get("cascade"), ""))
    if defaults:
        yield Setting("defaults", defaults, f"{path}: cascade")
    omitted.extend(f"{path}: {key}" for key in _OMITTED if lookup(data, key))


def _permalinks(data: Mapping[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    """Yield the patterns of sections; that of `/` is for all notes, and pages outside of sections."""
    pages = lookup(data, "permalinks.page")
    patterns = pages if isinstance(pages, Mapping) else lookup(data, "permalinks")
    sections: dict[str, str] = {}
    for section, pattern in (patterns if isinstance(patterns, Mapping) else {}).items():
        ours = permalink(pattern) if isinstance(pattern, str) else None
        if ours and section == "/":
            yield Setting("permalink", ours, f"{path}: permalinks./")
            yield Setting("addresses.pages", ours, f"{path}: permalinks./")
        elif ours:
            sections[section.strip("/")] = ours
        elif isinstance(pattern, str):
            omitted.append(f"{path}: permalinks.{section} {pattern}")
    if sections:
        yield Setting("permalinks", sections, f"{path}: permalinks")
    if data.get("uglyURLs") is True:
        yield Setting("permalink", "/:path.html", f"{path}: uglyURLs")


HUGO = Dialect(
    key="hugo",
    name="Hugo",
    markers=(
        *(frozenset({file}) for file in _FILES[:4]),
        *(frozenset({file, folder}) for file in _FILES[4:] for folder in ("archetypes/", "themes/", "layouts/")),
        frozenset({_FOLDER}),
    ),
    config_files=(*_FILES, f"{_FOLDER}*.*", "layouts/*.html"),
    translate=translate,
    notebooks=False,
    sources=(
        *rules("section", "_index.md _index.*.md */_index.md */_index.*.md"),
        *rules("private", "readme.*"),
    ),
    sections=("*/*",),  # "mainSections": notes outside of all sections are in no list
    bundles=True,
    new_note="posts/{slug}.md",
    settings={
        "math.unescape": True,
        "markdown.scripts": False,
        "home": "both",
        "permalink": "/:path/",
        "addresses.lower": True,
        "addresses.punctuation": "drop",
        "addresses.lower_terms": True,
        "addresses.term_punctuation": "drop",
        "addresses.dates": "keep",
        "addresses.index_files": ("index", "_index"),
        "addresses.absolute_permalinks": True,
        "addresses.aliases": "beside",
        "addresses.section_lists": True,
    },
    placeholders={"slug": "slug_or_title"},
)
