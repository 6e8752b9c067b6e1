"""Languages of a site in another program's configuration as the settings `language` and `languages`."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from notegen.dialects.dialect import Setting


class ForeignLanguage(msgspec.Struct, frozen=True):
    """A language as a program names it: by a `key`, which is a suffix, a folder or the first part of addresses.

    `folders`: those of its notes, where they are not called as the key; `menu`: entries with addresses below the
    language's own root.
    """

    key: str
    tag: str = ""
    name: str | None = None
    folders: dict[str, str] = {}
    texts: Mapping[str, str | None] = {}  # title, subtitle, description
    menu: Sequence[Mapping[str, str]] = ()


def language_settings(languages: Sequence[ForeignLanguage], main: str, origin: str) -> Iterator[Setting]:
    """Yield the settings of several languages. `main`: the key of the site's own; `origin`: where they are from."""
    keys = [language.key for language in languages]
    if len(keys) < 2 or main not in keys:  # noqa: PLR2004 (one language is none to tell apart)
        return
    ordered = sorted(languages, key=lambda language: language.key != main)
    yield Setting("language", _tag(ordered[0]), origin)
    yield Setting("languages", tuple(_entry(language, main) for language in ordered), origin)


def _tag(language: ForeignLanguage) -> str:
    return (language.tag or language.key).replace("_", "-")


def _entry(language: ForeignLanguage, main: str) -> dict[str, Any]:
    """Return a language as site.yaml has it: without what follows from its tag."""
    tag = _tag(language)
    entry: dict[str, Any] = {"tag": tag}
    entry |= {key: value for key, value in {"name": language.name, **language.texts}.items() if value}
    if language.key != main and language.key != tag.lower():
        entry["path"] = language.key
    if language.folders:
        entry["folders"] = language.folders
    root = "" if language.key == main else f"/{language.key}"
    if language.menu:
        entry["menu"] = [{**item, "url": _below(item["url"], root)} for item in language.menu]
    return entry


def _below(url: str, root: str) -> str:
    """Return the address of a menu entry with the language in front, where it is not there yet."""
    return url if "://" in url or f"{url}/".startswith(f"{root}/") else posixpath.normpath(root + url) + "/"
