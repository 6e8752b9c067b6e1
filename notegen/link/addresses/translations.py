"""The languages of notes: by their paths, `x.en.md` and `en/x.md`, or by their front matter."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from notegen.model.config import Config
from notegen.model.note import Note
from notegen.routes.languages import find_language, language_of_path
from notegen.text.languages import is_language
from notegen.text.paths import strip_suffix
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"[A-Za-z]{2}(?:-[A-Za-z0-9]{2,8})*")


class Translation(msgspec.Struct, frozen=True):
    """A note that says which language it is in.

    `tag`: BCP 47; `folder`: in front of its address, "" for none; `bare`: its content path without the language, which
    its translations have too. `language`: the site's language whose lists have it, by the folder of their addresses; ""
    for the site's own. `known`: whether it is one of the site's languages, where site.yaml names them.
    """

    tag: str
    folder: str
    bare: str
    language: str = ""
    known: bool = True


def translations(notes: Mapping[str, Note], config: Config) -> dict[str, Translation]:
    """Return the languages of the notes that say theirs, by their paths below the content folder."""
    if not config.languages:
        return dict(_by_suffix(notes, config.language))
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
    return unknown | known


def _of_site(content_path: str, note: Note, config: Config) -> Translation | None:
    """Return one of the site's languages, told by the path of a note, else by its front matter."""
    placed = language_of_path(content_path, config.languages)
    if placed is not None:
        path = placed.language.path
        return Translation(placed.language.tag, path, placed.bare, path)
    if not note.meta.lang:
        return None
    language = find_language(note.meta.lang, config.languages)
    if language is None:
        return Translation(note.meta.lang, "", content_path, known=False)
    return Translation(language.tag, "", content_path, language.path) if language.path else None


def _by_suffix(content_paths: Iterable[str], site_language: str) -> Iterator[tuple[str, Translation]]:
    """Yield the languages in names of notes, as in Hugo.

    A suffix is a language only where a note of the same name has another suffix or none: `torch.no.md` alone is not in
    Norwegian. Addresses of notes in the site's language are as without the suffix, those of others in a folder.
    """
    stems = {strip_suffix(content_path): content_path for content_path in content_paths}
    groups: dict[str, dict[str, str]] = {}
    for stem, content_path in stems.items():
        name, dot, tag = stem.rpartition(".")
        if dot and _TAG.fullmatch(tag) and is_language(tag) and name and not name.endswith("/"):
            groups.setdefault(name, {})[tag] = content_path
    for name, tags in groups.items():
        if len(tags) > 1 or name in stems:
            for tag, content_path in tags.items():
                folder = "" if _is_main(tag, tags, site_language) else tag.lower()
                yield content_path, Translation(tag, folder, name + content_path[len(name) + 1 + len(tag) :])


def _is_main(tag: str, tags: Iterable[str], site_language: str) -> bool:
    """Return whether a tag is the site's language: the same, or of the same language where none is the same."""
    site = site_language.lower()
    if any(other.lower() == site for other in tags):
        return tag.lower() == site
    return tag.lower().partition("-")[0] == site.partition("-")[0]
