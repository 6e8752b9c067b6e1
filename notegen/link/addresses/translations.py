"""The languages of notes: by their paths, `x.en.md` and `en/x.md`, or by their front matter."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import msgspec

from notegen.model.config import Config
from notegen.model.note import Note
from notegen.model.strings import ContentPath
from notegen.routes.languages import find_language, language_of_path
from notegen.text.languages import is_language
from notegen.text.paths import strip_suffix
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"[A-Za-z]{2}(?:-[A-Za-z0-9]{2,8})*")


class Translation(msgspec.Struct, frozen=True):
    """A note that says which language it is in.

    `tag`: BCP 47; `folder`: in front of its address, "" for none; `bare`: its content path without the language, which
    its translations have too. `language`: the site's language whose lists have it, by the folder of their addresses; ""
    for the site's own. `known`: whether it is one of the site's languages, which site.yaml names. `date`: that of
    another version, where the note has none.
    """

    tag: str
    folder: str
    bare: ContentPath
    language: str = ""
    known: bool = True
    date: datetime | None = None


def translations(notes: Mapping[ContentPath, Note], config: Config) -> dict[ContentPath, Translation]:
    """Return the languages of the notes that say theirs, by their paths below the content folder."""
    if not config.languages:
        return _dated(dict(_by_suffix(notes, config.language)), notes)
    known = {
        content_path: item
        for content_path, note in notes.items()
        if (item := _of_site(content_path, note, config)) is not None
    }
    others = (content_path for content_path in notes if content_path not in known)
    more = _by_suffix([*others, *(item.bare for item in known.values())], config.language)
    unknown = {
        content_path: msgspec.structs.replace(item, known=False) for content_path, item in more if content_path in notes
    }
    return _dated(unknown | known, notes)


def version_key(note: Note, bare: str) -> str:
    """Return what the translations of a note have in common: a key of front matter, or a path without the language."""
    return strip_suffix(note.meta.translation_key or bare).strip("/")


def _dated(
    translated: dict[ContentPath, Translation], notes: Mapping[ContentPath, Note]
) -> dict[ContentPath, Translation]:
    """Return the languages with dates for those notes that have none."""
    if all(notes[path].meta.date for path in translated):
        return translated
    keys = {
        path: version_key(note, translated[path].bare if path in translated else path) for path, note in notes.items()
    }
    dates = {keys[path]: note.meta.date for path, note in notes.items() if note.meta.date}
    return {
        path: item if notes[path].meta.date else msgspec.structs.replace(item, date=dates.get(keys[path]))
        for path, item in translated.items()
    }


def _of_site(content_path: ContentPath, note: Note, config: Config) -> Translation | None:
    """Return one of the site's languages, by the path of a note, else by its front matter."""
    placed = language_of_path(content_path, config.languages)
    if placed is not None:
        path = placed.language.path
        return Translation(placed.language.tag, path, placed.bare, path)
    language = find_language(note.meta.lang, config.languages) if note.meta.lang else None
    return Translation(language.tag, "", content_path, language.path) if language and language.path else None


def _by_suffix(content_paths: Iterable[ContentPath], site_language: str) -> Iterator[tuple[ContentPath, Translation]]:
    """Yield the languages in names of notes, as in Hugo.

    A suffix is a language only where a note of the same name has another suffix or none: `torch.no.md` alone is not in
    Norwegian. Addresses of notes in the site's language are as without the suffix, those of others in a folder.
    """
    stems = {strip_suffix(content_path): content_path for content_path in content_paths}
    groups: dict[str, dict[str, ContentPath]] = {}
    for stem, content_path in stems.items():
        name, dot, tag = stem.rpartition(".")
        if dot and _TAG.fullmatch(tag) and is_language(tag) and name and not name.endswith("/"):
            groups.setdefault(name, {})[tag] = content_path
    for name, tags in groups.items():
        if len(tags) > 1 or name in stems:
            for tag, content_path in tags.items():
                folder = "" if _is_main(tag, tags, site_language) else tag.lower()
                bare = ContentPath(name + content_path[len(name) + 1 + len(tag) :])
                yield content_path, Translation(tag, folder, bare)


def _is_main(tag: str, tags: Iterable[str], site_language: str) -> bool:
    """Return whether a tag is the site's language: the same, or of the same language where none is the same."""
    site = site_language.lower()
    if any(other.lower() == site for other in tags):
        return tag.lower() == site
    return tag.lower().partition("-")[0] == site.partition("-")[0]
