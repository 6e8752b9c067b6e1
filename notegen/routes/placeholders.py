"""Patterns of permalinks: what each placeholder stands for, the presets, and how a pattern is filled in."""

import hashlib
from collections.abc import Callable
from datetime import datetime

import msgspec

from notegen.model.addressing import AddressesConfig
from notegen.model.note import Note
from notegen.model.strings import SitePath
from notegen.routes.names import NameStyle, category_style, name_style, segment, segments
from notegen.routes.note_names import NoteNames
from notegen.text.paths import dated_name
from notegen.text.patterns import lazy_regex


class AddressParts(msgspec.Struct, frozen=True):
    """What placeholders may look at: a note, the names in its path, its date in the site's zone, how names are written.

    `below`: how many of its folders the pattern is for.
    """

    note: Note
    names: NoteNames
    date: datetime | None
    config: AddressesConfig
    style: NameStyle
    below: int = 0


def address_parts(
    note: Note, names: NoteNames, date: datetime | None, config: AddressesConfig, below: int = 0
) -> AddressParts:
    """Return what placeholders may look at for a note."""
    return AddressParts(note, names, date, config, name_style(config), below)


def slug(at: AddressParts) -> str:
    """Return the note's slug: of its front matter, else its file's name."""
    return segments(at.note.meta.slug, at.style) or filename(at)


def filename(at: AddressParts) -> str:
    """Return the name of the note's file, or of its bundle's folder."""
    return segment(at.names.name, at.style) if at.names.name else ""


def _title(at: AddressParts) -> str:
    return segment(at.note.title, at.style) if at.note.title else slug(at)


def _slug_or_title(at: AddressParts) -> str:
    return segments(at.note.meta.slug, at.style) or _title(at)


def _title_slug(at: AddressParts) -> str:
    return segments(at.note.meta.slug or at.note.title, NameStyle(lower=True, punctuation="drop")) or slug(at)


def _dated_slug(at: AddressParts) -> str:
    dated = dated_name(at.names.file_name)
    if at.note.meta.slug or dated is None:
        return slug(at)
    return "/".join((*dated.date.split("-"), segment(dated.name, at.style)))


def _folders(at: AddressParts, start: int = 0, end: int | None = None) -> str:
    return "/".join(segment(name, at.style) for name in at.names.folders[start:end])


def _path(at: AddressParts, start: int = 0) -> str:
    front_slug = at.note.meta.slug
    if front_slug.startswith("/"):  # below the root of the pattern (Docusaurus)
        return segments(front_slug, at.style)
    if at.names.is_index and len(at.names.folders) < start and not front_slug:
        return ""  # the folder itself that the pattern is for
    return f"{_folders(at, start)}/{slug(at)}".strip("/")


def _category(at: AddressParts) -> str:
    first = at.note.meta.categories[0] if at.note.meta.categories else (at.config.default_category,)
    names = at.config.categories
    return "/".join(segment(names.get(part, part), category_style(at.config)) for part in first if part)


def _categories(at: AddressParts) -> str:
    paths = at.note.meta.categories or ((at.config.default_category,),)
    parts = (*at.names.category_folders, *(part for path in paths for part in path))
    style = category_style(at.config)
    names = at.config.categories
    return "/".join(dict.fromkeys(segment(names.get(part, part), style) for part in parts if part))


def _hash(at: AddressParts) -> str:
    """Return Hexo's `:hash`, of the file's path below _posts and the date."""
    if at.date is None:
        return ""
    text = "/".join((*at.names.folders, at.names.name)) + str(int(at.date.timestamp()))
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]


def _date(pattern: str) -> Callable[[AddressParts], str]:
    """Return a placeholder for a part of the date, by a pattern of `str.format` for the parts of a datetime."""
    return lambda at: pattern.format(at.date) if at.date else ""


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
VALUES: dict[str, Callable[[AddressParts], str]] = {
    "year": _date("{0.year:04}"),
    "short_year": lambda at: f"{at.date.year % 100:02}" if at.date else "",  # 26
    "month": _date("{0.month:02}"),
    "i_month": _date("{0.month}"),
    "month_name": lambda at: _MONTHS[at.date.month - 1] if at.date else "",
    "day": _date("{0.day:02}"),
    "i_day": _date("{0.day}"),
    "y_day": lambda at: f"{at.date.timetuple().tm_yday:03}" if at.date else "",
    "hour": _date("{0.hour:02}"),
    "minute": _date("{0.minute:02}"),
    "second": _date("{0.second:02}"),
    "timestamp": lambda at: str(int(at.date.timestamp())) if at.date else "",
    "category": _category,  # the first one
    "categories": _categories,  # all (Jekyll)
    "slug": slug,  # of the front matter, else the file's name
    "slugorfilename": slug,
    "slugorcontentbasename": slug,
    "abbrlink": slug,  # of the front matter, where Hexo's plugin writes it
    "filename": filename,  # the file's name whatever the front matter says
    "name": filename,
    "contentbasename": filename,
    "title": _title,  # the note's title
    "post_title": _title,
    "slug_or_title": _slug_or_title,
    "path": _path,  # folders and slug
    "filepath": lambda at: f"{_folders(at)}/{filename(at)}".strip("/"),  # folders and the file's name (Hexo's :title)
    "title_slug": _title_slug,  # slug, else the title in small letters with hyphens (blogs of MkDocs)
    "dated_slug": _dated_slug,  # slug, else 2026/01/31/x of 2026-01-31-x (blogs of Docusaurus)
    "subpath": lambda at: _path(at, at.below),  # below the folder that the pattern is for
    "section": lambda at: _folders(at, 0, 1),  # the first folder
    "sections": _folders,
    "hash": _hash,
}
_IDENTIFYING = frozenset(VALUES) - {
    *("year", "short_year", "month", "i_month", "month_name", "day", "i_day", "y_day", "hour", "minute", "second"),
    *("category", "categories", "section", "sections"),
}
PRESETS = {
    "hexo": "/:year/:month/:day/:filepath/",
    "jekyll": "/:categories/:year/:month/:day/:slug.html",
    "hugo": "/:path/",
}
_TOKEN = lazy_regex(f":(params[.][A-Za-z_][A-Za-z0-9_]*|{'|'.join(sorted(VALUES, key=len, reverse=True))})")
_OTHER = lazy_regex(r":([a-z_]+)")
_ENDS_WITH_PATH = lazy_regex(r":(?:sub|file)?path(?:\.html|/)?\Z")


def tokens(pattern: str) -> list[str]:
    """Return the names of the placeholders of a pattern."""
    return _TOKEN.findall(pattern)


def unknown(pattern: str) -> list[str]:
    """Return what looks like a placeholder in a pattern and is none."""
    return _OTHER.findall(_TOKEN.sub("", pattern))


def ends_with_path(pattern: str) -> bool:
    """Return whether a pattern ends with a note's folders and name."""
    return _ENDS_WITH_PATH.search(pattern) is not None


def fill(pattern: str, at: AddressParts) -> SitePath:
    """Return the site path that a pattern gives a note.

    Parts that have no value are dropped, and so are the dots of a pattern that would lead out of the site. The address
    of a folder, which its index file has, ends with a slash: `/:path.html` of a/b/index.md is /a/b/. A note without the
    key of front matter that would tell it apart has its file's name there.
    """
    is_folder = at.names.is_index and not at.note.meta.slug and ends_with_path(pattern)
    pattern = pattern.removesuffix(".html") if is_folder else pattern
    filled = _TOKEN.sub(lambda match: _value(match[1], at), pattern)
    if ":params." in pattern and not any(_value(name, at) for name in tokens(pattern) if identifies(name)):
        filled = f"{filled.rstrip('/')}/{filename(at)}{'/' if filled.endswith('/') else ''}"
    path = "/".join(part for part in filled.split("/") if part.strip(". "))
    if path == "index.html" or path.endswith("/index.html"):
        path = path.removesuffix("index.html").rstrip("/")
        return SitePath(f"/{path}/" if path else "/")
    return SitePath(f"/{path}/" if path and (is_folder or filled.endswith("/")) else f"/{path}")


def identifies(name: str) -> bool:
    """Return whether a placeholder may tell notes apart."""
    return name in _IDENTIFYING or name.startswith("params.")


def _value(name: str, at: AddressParts) -> str:
    if name in VALUES:
        return VALUES[name](at)
    value = at.note.meta.extra.get(name.partition(".")[2])
    return segments(str(value), at.style) if isinstance(value, (str, int)) else ""
