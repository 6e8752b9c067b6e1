"""Hugo: `hugo.toml` or one of its other names, notes in content/. See Hugo's documentation: Configuration, URLs."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
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
from notegen.dialects.dialect import AddressRules, Dialect, Setting, Translation, rules

_FILES = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json")
_FOLDER = "config/_default/"
# Hugo's names in permalinks -> ours. `:title` is the note's title, `:filename` the last part of its path.
_NAMES = {
    "year": "year",
    "month": "month",
    "day": "day",
    "slug": "slug",
    "title": "title",
    "filename": "filename",
    "contentbasename": "filename",
    "slugorfilename": "slug",
    "slugorcontentbasename": "slug",
    "section": "section",
    "sections": "sections",
}
_TABLE: Table = {
    "title": ("title", text),
    "baseURL": ("base_url", address),
    "baseurl": ("base_url", address),
    "languageCode": ("language", language),
    "locale": ("language", language),
    "timeZone": ("timezone", text),
    "contentDir": ("content_dir", text),
    "staticDir": ("static_dir", lambda value: (texts(value) or (None,))[0]),
    "paginate": ("paginate", count),
    "pagination.pagerSize": ("paginate", count),
    "buildDrafts": ("drafts", switched_on),
    "buildFuture": ("future", switched_on),
    "buildExpired": ("expired", switched_on),
    "enableEmoji": ("markdown.emoji", switched_on),
    "markup.goldmark.renderer.hardWraps": ("markdown.breaks", switched_on),
    "author": ("author", name),
    "params.author": ("author", name),
    "params.description": ("description", text),
    "params.subtitle": ("subtitle", text),
}
_OMITTED = ("theme", "module", "taxonomies", "outputs", "languages", "services.googleAnalytics")


def permalink(pattern: str) -> str | None:
    """Return Hugo's permalink pattern in our names; None where it has a name that we cannot give."""
    names = re.findall(r":(\w+)", pattern)
    if any(item.lower() not in _NAMES for item in names) or "[" in pattern:
        return None
    return "/" + re.sub(r":(\w+)", lambda match: f":{_NAMES[match[1].lower()]}", pattern).lstrip("/")


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


def translate(files: Mapping[str, str]) -> Translation:
    """Return Hugo's configuration as settings; of `config/_default/` the file's name is the key of what it holds."""
    settings: list[Setting] = []
    omitted: list[str] = []
    for path, content in files.items():
        data = read_data(path, content)
        if path.startswith(_FOLDER):
            key = path.removeprefix(_FOLDER).partition(".")[0]
            data = data if key in {"hugo", "config"} else {key: data}
        settings.extend(_site(data, path, omitted))
    return Translation(tuple(settings), tuple(omitted))


def _site(data: dict[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    yield from take(data, path, _TABLE)
    yield from take(data, path, {"menu.main": ("menu", menu), "menus.main": ("menu", menu)})
    if lookup(data, "disablePathToLower") is True:
        yield Setting("addresses.lower", False, f"{path}: disablePathToLower")
    patterns = lookup(data, "permalinks")
    pages = lookup(data, "permalinks.page")
    for section, pattern in (pages if isinstance(pages, Mapping) else patterns or {}).items():
        ours = permalink(pattern) if isinstance(pattern, str) else None
        if section in {"posts", "post", "blog"} and ours:
            yield Setting("permalink", ours, f"{path}: permalinks.{section}")
        elif isinstance(pattern, str):
            omitted.append(f"{path}: permalinks.{section} {pattern}")
    edit = lookup(data, "params.editPost.URL")
    if isinstance(edit, str):
        yield Setting("edit_url", edit.rstrip("/") + "/:path", f"{path}: params.editPost.URL")
    omitted.extend(f"{path}: {key}" for key in _OMITTED if lookup(data, key))


def is_configuration(path: str) -> bool:
    """Return whether a path is one of Hugo's configuration files."""
    return path in _FILES or fnmatchcase(path, f"{_FOLDER}*.*")


HUGO = Dialect(
    key="hugo",
    name="Hugo",
    markers=(
        *(frozenset({file}) for file in _FILES[:4]),
        *(frozenset({file, folder}) for file in _FILES[4:] for folder in ("archetypes/", "themes/", "layouts/")),
        frozenset({_FOLDER}),
    ),
    config_files=(*_FILES, f"{_FOLDER}*.*"),
    translate=translate,
    sources=(
        *rules("section", "_index.md _index.*.md */_index.md */_index.*.md"),
        *rules("private", "readme.*"),
    ),
    bundles=True,
    new_note="posts/{slug}.md",
    addresses=AddressRules(lower=True),
    settings={"permalink": "/:path/", "math.unescape": True},
)
