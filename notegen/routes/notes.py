"""The addresses of notes and pages: permalink patterns filled in, permalinks of their own, old addresses."""

from collections.abc import Iterator
from datetime import datetime
from fnmatch import fnmatchcase
from urllib.parse import unquote

import msgspec

from notegen.model.addressing import AddressesConfig
from notegen.model.body import NO_BODY
from notegen.model.config import Config
from notegen.model.note import Meta, Note
from notegen.model.source import NO_SETTINGS, FolderSettings
from notegen.model.strings import ContentPath, Html, SitePath
from notegen.routes.lists import in_language
from notegen.routes.names import NameStyle, segments, without_number
from notegen.routes.note_names import note_names
from notegen.routes.placeholders import AddressParts, address_parts, ends_with_path, fill, tokens
from notegen.text.characters import CONTROL
from notegen.text.patterns import lazy_regex

_NO_NOTE = Note("", "", Meta(), "", Html(""), NO_BODY, NO_BODY)
_CONTROL = lazy_regex(rf"[{CONTROL}\\]")
_NO_WORD = lazy_regex(r"[^\w -]+")
_BARE = frozenset({"/:path/", "/:path", "/:path.html"})
_FILE = lazy_regex(r"\.[A-Za-z0-9]{1,5}$")


def note_path(note: Note, content_path: ContentPath, config: Config, date: datetime | None) -> SitePath:
    """Return the site path of a note: its own permalink, else the pattern of its folder or of all notes filled in.

    `content_path` is its path below the content folder, without a language; `date` its date in the site's zone.
    """
    pattern, below = _pattern(content_path, config)
    at = address_parts(note, note_names(note, content_path, config.addresses), date, config.addresses, below)
    return _own_permalink(note.meta.permalink, at) if note.meta.permalink else fill(pattern, at)


def page_path(note: Note, content_path: ContentPath, config: Config, date: datetime | None) -> SitePath:
    """Return the site path of a page that is no note: `about.md` -> `/about/`, `pages/a.md` -> `/a/`.

    Its own permalink goes first, then its slug, which is the whole path.
    """
    pattern, below = _page_pattern(content_path, config)
    content_path = ContentPath(content_path.removeprefix("pages/"))
    at = address_parts(note, note_names(note, content_path, config.addresses), date, config.addresses, below)
    if note.meta.permalink:
        return _own_permalink(note.meta.permalink, at)
    if at.names.is_index and note.kind == "section":
        return _folder_path(at, content_path, config)
    if note.meta.slug and not below:
        return _below_home(SitePath(f"/{segments(note.meta.slug, at.style)}/".replace("//", "/")), config)
    return _below_home(fill(pattern, at), config)


def translated_path(path: SitePath, folder: str, note: Note, config: Config) -> SitePath:
    """Return a note's path below the folder of its language, which its own permalink may already have."""
    permalink = note.meta.permalink
    is_absolute = config.addresses.absolute_permalinks and permalink.startswith("/")
    is_below = is_absolute or (permalink and path.startswith(f"/{folder}/"))
    return path if is_below else in_language(path, folder)


def _page_pattern(content_path: ContentPath, config: Config) -> tuple[str, int]:
    """Return the pattern for a page, and how many of its folders it is for: its own, that of its folder, of pages."""
    pattern, below = _pattern(content_path, config)
    if content_path in config.permalinks or any(fnmatchcase(content_path, glob) for glob in config.pages):
        return pattern, below
    return config.addresses.pages or (config.permalink if config.permalink in _BARE else "/:path/"), 0


def folder_path(folder: str, config: Config, settings: FolderSettings = NO_SETTINGS) -> SitePath:
    """Return the site path of the page of a folder below the content folder, whether or not it has a text.

    `settings`: what the folder says of itself; a list that Docusaurus generates is at /category/LABEL below the notes.
    """
    note = _NO_NOTE
    if settings.is_index:
        label = settings.label or without_number(folder.rpartition("/")[2], config.addresses)
        slug = settings.slug or f"category/{_NO_WORD.sub('', label.lower()).replace(' ', '-')}"  # as github-slugger
        note = msgspec.structs.replace(note, meta=Meta(slug=f"/{slug.strip('/')}"))
    text = ContentPath(f"{folder}/index.md")
    names = note_names(note, text, config.addresses)
    return _folder_path(address_parts(note, names, None, config.addresses), text, config)


def begins_with_folders(config: Config, folder: str = "") -> bool:
    """Return whether the addresses of the notes in a folder are its own and their names: `/:path/`, `/posts/:path/`."""
    pattern = pattern_of(ContentPath(f"{folder}/index.md".lstrip("/")), config)
    return ends_with_path(pattern) and len(tokens(pattern)) == 1


def _folder_path(at: AddressParts, content_path: ContentPath, config: Config) -> SitePath:
    """Return the site path of the page of a folder: as its notes have it, if their addresses begin with folders."""
    pattern, below = _pattern(content_path, config)
    if not ends_with_path(pattern):
        pattern, below = "/:path/", 0
    return _below_home(fill(pattern, AddressParts(at.note, at.names, at.date, at.config, at.style, below)), config)


def _below_home(path: SitePath, config: Config) -> SitePath:
    """Return the site path of a page that would be the home page, unless that is a list."""
    return SitePath("/index/") if path == "/" and config.home == "list" else path


def pattern_of(content_path: ContentPath, config: Config) -> str:
    """Return the permalink pattern for a note at a path below the content folder."""
    return _pattern(content_path, config)[0]


def _pattern(content_path: ContentPath, config: Config) -> tuple[str, int]:
    """Return the pattern for a path below the content folder, and how many of its folders it is for."""
    if config.permalinks:
        if content_path in config.permalinks:
            return config.permalinks[content_path], 0
        folders = content_path.split("/")[:-1]
        for depth in range(len(folders), 0, -1):
            pattern = config.permalinks.get("/".join(folders[:depth]))
            if pattern:
                return pattern, depth
    return config.permalink, 0


def _own_permalink(permalink: str, at: AddressParts) -> SitePath:
    """Return an author's permalink as a site path that stays inside the site.

    It may have the placeholders of Jekyll, the only program that fills them in there; its `:title` is the file's name.
    """
    if ":" in permalink and tokens(permalink):
        return fill(permalink.replace(":output_ext", ".html").replace(":title", ":slug"), at)
    parts = segments(permalink, NameStyle(spaces=at.config.spaces))
    return _path(parts, is_file=bool(_FILE.search(parts.rpartition("/")[2])) and not permalink.endswith("/"))


def alias_paths(note: Note, path: SitePath, config: AddressesConfig) -> Iterator[SitePath]:
    """Yield the old site paths of a note that is now at `path`."""
    for alias in note.meta.aliases:
        if alias.startswith("/"):
            yield alias_path(alias)
        elif config.aliases == "root":
            yield alias_path(f"/{segments(alias)}")
        elif config.aliases == "beside":
            yield alias_path(f"{path.rstrip('/').rpartition('/')[0]}/{alias}")


def alias_path(alias: str) -> SitePath:
    """Return an old address, as an author gives it, as a site path: in its own spelling, but never out of the site."""
    parts = [_CONTROL.sub("", part) for part in unquote(alias).split("/") if part.strip(". ")]
    path = "/".join(parts)
    return _path(path, is_file=path.endswith((".htm", ".html")) and not alias.endswith("/"))


def _path(parts: str, *, is_file: bool) -> SitePath:
    """Return the site path made of parts; that of a page ends with a slash."""
    return SitePath(f"/{parts}" if is_file or not parts else f"/{parts}/")
