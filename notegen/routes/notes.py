"""The addresses of notes and pages: permalink patterns filled in, permalinks of their own, old addresses."""

import posixpath
import re
from datetime import datetime
from urllib.parse import unquote

from notegen.model.note import Note
from notegen.routes.names import segment, segments
from notegen.text.characters import CONTROL
from notegen.text.paths import is_index, strip_suffix

_CONTROL = re.compile(rf"[{CONTROL}\\]")
_TOKEN = re.compile(r":(year|month|day|category|slug|title|path|filename)")


def slug_of(note: Note, stem: str) -> str:
    """Return the note's slug: from its front matter, else from its file's name."""
    return segments(note.meta.slug) or segment(stem)


def note_path(note: Note, inner: str, stem: str, pattern: str, zone_date: datetime | None) -> str:
    """Return the site path of a note: its own permalink, else the pattern filled in.

    `inner` is its path below the content folder, `stem` its name without ending and date; `:path` is folder and slug:
    of `a/b/index.md`, whose stem is `b`, `a/b`. The folder `_posts` of Hexo and Jekyll is no part of it.
    Parts that have no value are dropped, and so are the dots of a pattern that would lead out of the site.
    """
    if note.meta.permalink:
        return _own_permalink(note.meta.permalink)
    slug = slug_of(note, stem)
    category = "/".join(segment(part) for part in note.meta.categories[0]) if note.meta.categories else ""
    values = {
        "year": f"{zone_date.year:04}" if zone_date else "",
        "month": f"{zone_date.month:02}" if zone_date else "",
        "day": f"{zone_date.day:02}" if zone_date else "",
        "category": category,
        "slug": slug,
        "title": segment(note.title) if note.title else slug,
        "filename": segment(stem),
        "path": f"{segments(_folder(inner))}/{slug}".removeprefix("/"),
    }
    filled = _TOKEN.sub(lambda match: values[match[1]], pattern)
    path = "/".join(part for part in filled.split("/") if part.strip("."))
    return f"/{path}/" if path and filled.endswith("/") else f"/{path}"


def _folder(inner: str) -> str:
    """Return the folder in which a note, or the bundle that an `index.md` stands for, lies."""
    folder, _, name = inner.rpartition("/")
    folder = posixpath.dirname(folder) if is_index(name) else folder
    return "/".join(part for part in folder.split("/") if part not in {"_posts", "_drafts"})


def page_path(note: Note, inner: str) -> str:
    """Return the site path of a page that is not a note: `about.md` -> `/about/`, `pages/a.md` -> `/a/`."""
    if note.meta.permalink:
        return _own_permalink(note.meta.permalink)
    if note.meta.slug:
        return f"/{segments(note.meta.slug)}/"
    folder, _, name = strip_suffix(inner).removeprefix("pages/").rpartition("/")
    stem = folder if folder and (is_index(name) or name == "_index") else f"{folder}/{name}"
    return f"/{segments(stem)}/"


def alias_path(alias: str) -> str:
    """Return an old address, as an author gives it, as a site path: in its own spelling, but never out of the site."""
    parts = [_CONTROL.sub("", part) for part in unquote(alias).split("/") if part.strip(". ")]
    inner = "/".join(parts)
    if re.search(r"\.html?$", inner) and not alias.endswith("/"):
        return f"/{inner}"
    return f"/{inner}/" if inner else "/"


def _own_permalink(permalink: str) -> str:
    """Return an author's permalink as a site path that stays inside the site."""
    inner = segments(permalink)
    last = inner.rpartition("/")[2]
    if re.search(r"\.[A-Za-z0-9]{1,5}$", last) and not permalink.endswith("/"):
        return f"/{inner}"
    return f"/{inner}/" if inner else "/"
