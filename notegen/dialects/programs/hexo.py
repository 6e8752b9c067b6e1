"""Hexo: `_config.yml`, posts in source/_posts. See Hexo's documentation: Configuration, Permalinks, Writing."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from notegen.dialects.configuration import (
    Table,
    count,
    language,
    lookup,
    name,
    read_data,
    site_address,
    switched_on,
    take,
    text,
    texts,
)
from notegen.dialects.dialect import Dialect, Setting, Translation, rules

# Hexo's names in permalinks -> ours; `:title` is the path below _posts, not the title.
_NAMES = {"title": "filepath", "name": "filename", "abbrlink": "abbrlink", "id": "params.id"} | {
    name: name
    for name in (
        *("year", "month", "i_month", "day", "i_day", "hour", "minute", "second", "timestamp"),
        *("post_title", "category", "hash"),
    )
}
_FILE = "_config.yml"
_PACKAGES = "package.json"
# Renderers that read H~2~O and x^2^ by themselves; hexo-renderer-markdown-it does with plugins, marked never.
_RENDERERS = frozenset({"pandoc", "markdown-it-plus", "multi-markdown-it", "markdown"})
_SCRIPT_PLUGINS = frozenset({"markdown-it-sub", "markdown-it-sup"})
_NEXT = ("themes/next/_config.yml", "_config.next.yml")
_TABLE: Table = {
    "title": ("title", text),
    "subtitle": ("subtitle", text),
    "description": ("description", text),
    "author": ("author", name),
    "language": ("language", language),
    "timezone": ("timezone", text),
    "source_dir": ("content_dir", text),
    "per_page": ("paginate", count),
    "index_generator.per_page": ("paginate", count),
    "future": ("future", switched_on),
    "render_drafts": ("drafts", switched_on),
    "exclude": ("ignore", texts),
    "skip_render": ("passthrough", texts),
    "feed.path": ("feed.filenames", texts),
}
_THEME_TABLE: Table = {
    "giscus.repo": ("comments.giscus.repo", text),
    "giscus.repo_id": ("comments.giscus.repo_id", text),
    "giscus.category": ("comments.giscus.category", text),
    "giscus.category_id": ("comments.giscus.category_id", text),
}
_OMITTED = ("theme", "deploy")
# What NexT's own translations call the entries of its menu (languages/*.yml, `menu`), by its keys there.
_KEYS = ("home", "archives", "categories", "tags", "about", "search", "schedule", "sitemap", "commonweal")
_WORDS = {
    "en": "Home Archives Categories Tags About Search Schedule Sitemap Commonweal_404",
    "zh-cn": "首页 归档 分类 标签 关于 搜索 日程表 站点地图 公益_404",
    "zh-tw": "首頁 歸檔 分類 標籤 關於 搜尋 時間表 網站地圖 公益_404",
}


def permalink(pattern: str) -> str:
    """Return Hexo's permalink pattern in our names. Any other name is a key of front matter, as `:id` is.

    Where a note has no `id`, Hexo takes one of its database, which changes.
    """
    ours = re.sub(r":([A-Za-z_]\w*)", lambda match: ":" + _NAMES.get(match[1], f"params.{match[1]}"), pattern)
    return "/" + ours.lstrip("/")


def menu(value: Any) -> tuple[dict[str, str], ...] | None:
    """Return the entries of a theme's menu, `Home: / || fa fa-home`, those of nested menus in their place."""
    if not isinstance(value, Mapping):
        return None
    entries: list[dict[str, str]] = []
    for words, target in value.items():
        if isinstance(target, Mapping):
            entries.extend(menu(target) or ())
        elif isinstance(target, str):
            url = target.partition("||")[0].strip()
            if url.startswith(("/", "https://", "http://")):
                entries.append({"name": str(words).partition("||")[0].strip(), "url": url})
    return tuple(entries) or None


def next_menu(value: Any, spoken: str) -> tuple[dict[str, str], ...] | None:
    """Return the entries of NexT's menu, whose keys the theme translates. `spoken`: the site's language, or ""."""
    words = _WORDS.get(spoken.lower(), "").split()
    translated = dict(zip(_KEYS, (word.replace("_", " ") for word in words), strict=False))
    entries = menu(value) or ()
    return tuple({**entry, "name": translated.get(entry["name"].lower(), entry["name"])} for entry in entries) or None


def translate(files: Mapping[str, str]) -> Translation:
    """Return `_config.yml` and the configuration of the theme (`_config.next.yml`) as settings."""
    settings: list[Setting] = []
    omitted: list[str] = []
    site = read_data(_FILE, files.get(_FILE, ""))
    theme = text(site.get("theme")) or ""
    spoken = language(site.get("language")) or ""
    used = (f"themes/{theme}/_config.yml", f"_config.{theme}.yml")  # the latter goes before the former
    settings.extend(_scripts(site, files.get(_PACKAGES, "")))
    configured = {path: content for path, content in files.items() if path != _PACKAGES}
    for path, content in sorted(configured.items(), key=lambda item: (item[0] == used[1], item[0] != used[0])):
        data = read_data(path, content)
        if path == _FILE:
            settings.extend(_site(data, omitted))
        elif not theme or path in used:
            entries = partial(next_menu, spoken=spoken) if path in _NEXT else menu
            settings.extend(take(data, path, {**_THEME_TABLE, "menu": ("menu", entries)}))
    return Translation(tuple(settings), tuple(omitted))


def _scripts(site: Mapping[str, Any], packages: str) -> Iterator[Setting]:
    """Yield that the site's renderer of Markdown reads sub- and superscripts."""
    plugins = lookup(site, "markdown.plugins")
    names = (lookup(item, "name") or item for item in (plugins if isinstance(plugins, list) else ()))
    if any(isinstance(name, str) and name in _SCRIPT_PLUGINS for name in names):
        yield Setting("markdown.scripts", True, f"{_FILE}: markdown.plugins")
        return
    installed = lookup(read_data(_PACKAGES, packages), "dependencies")
    for item in installed if isinstance(installed, Mapping) else ():
        if str(item).removeprefix("hexo-renderer-") in _RENDERERS:
            yield Setting("markdown.scripts", True, f"{_PACKAGES}: {item}")
            return


def _site(data: dict[str, Any], omitted: list[str]) -> Iterator[Setting]:
    yield from take(data, _FILE, _TABLE)
    yield from site_address(data, _FILE, ("url", "root"))
    pattern = text(data.get("permalink")) or ":year/:month/:day/:title/"
    origin = f"{_FILE}: permalink" if data.get("permalink") else "Hexo's addresses"
    yield Setting("permalink", permalink(pattern), origin)
    if re.search(r":(year|month|day)", text(data.get("new_post_name")) or ""):
        yield Setting("addresses.dates", "cut", f"{_FILE}: new_post_name")
    for theirs, ours in (("category_map", "addresses.categories"), ("tag_map", "addresses.tags")):
        names = data.get(theirs)
        if isinstance(names, Mapping) and names:
            yield Setting(ours, {str(name): str(slug) for name, slug in names.items()}, f"{_FILE}: {theirs}")
    default = text(data.get("default_category"))
    if default:
        yield Setting("addresses.default_category", default, f"{_FILE}: default_category")
    omitted.extend(f"{_FILE}: {key}" for key in _OMITTED if lookup(data, key))


HEXO = Dialect(
    key="hexo",
    name="Hexo",
    markers=(frozenset({_FILE, "source/_posts/"}), frozenset({_FILE, "scaffolds/"})),
    config_files=(_FILE, "_config.*.yml", "themes/*/_config.yml", _PACKAGES),
    translate=translate,
    content=("source",),
    static=(),  # what lies in source/ and is no Markdown is copied to the same path
    notebooks=False,
    sources=(
        *rules("draft", "_drafts/*"),
        *rules("note", "_posts/*"),
        *rules("private", "_data/* */_*"),
        *rules("section", "index.*"),
        *rules("private", "readme.*"),
        *rules("page", "*"),
    ),
    new_note="_posts/{slug}.md",
    new_draft="_drafts/{slug}.md",
    settings={
        "math.unescape": True,
        "markdown.scripts": False,
        "categories.list_means": "path",
        "permalink": "/:year/:month/:day/:filepath/",
        "addresses.pages": "/:filepath.html",
        "addresses.spaces": "",
        "addresses.dates": "keep",
        "addresses.index_files": (),
        "addresses.asset_folders": True,
        "addresses.default_category": "uncategorized",
        "addresses.term_punctuation": "signs",
    },
    placeholders={"title": "filepath"},
)
