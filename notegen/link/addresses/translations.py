"""Languages in names of files: `index.zh.md` and `index.en.md` are one note in two languages, as in Hugo."""

from collections.abc import Iterable

import msgspec

from notegen.text.languages import is_language
from notegen.text.paths import strip_suffix
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"[A-Za-z]{2}(?:-[A-Za-z0-9]{2,8})*")


class Translation(msgspec.Struct, frozen=True):
    """A language in a note's name: the `suffix` as written, and the folder of its addresses, "" for the site's own."""

    suffix: str
    folder: str


def translations(inners: Iterable[str], site_language: str) -> dict[str, Translation]:
    """Return the languages in names of notes, by their paths below the content folder.

    A suffix is a language only where a note of the same name has another suffix or none: `torch.no.md` alone is not in
    Norwegian. Addresses of notes in the site's language are as without the suffix, those of others in a folder.
    """
    stems = {strip_suffix(inner): inner for inner in inners}
    groups: dict[str, dict[str, str]] = {}
    for stem, inner in stems.items():
        name, dot, tag = stem.rpartition(".")
        if dot and _TAG.fullmatch(tag) and is_language(tag) and name and not name.endswith("/"):
            groups.setdefault(name, {})[tag] = inner
    return {
        inner: Translation(tag, "" if _is_main(tag, tags, site_language) else tag.lower())
        for name, tags in groups.items()
        if len(tags) > 1 or name in stems
        for tag, inner in tags.items()
    }


def _is_main(tag: str, tags: Iterable[str], site_language: str) -> bool:
    """Return whether a tag is the site's language: the same, or of the same language where none is the same."""
    site = site_language.lower()
    if any(other.lower() == site for other in tags):
        return tag.lower() == site
    return tag.lower().partition("-")[0] == site.partition("-")[0]
