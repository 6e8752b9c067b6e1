"""Notes that are one note in several languages: by their paths, or by `translationKey` in front matter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from notegen.link.addresses.routed_notes import RoutedNote
from notegen.link.addresses.translations import version_key
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic
from notegen.model.site import Alternate
from notegen.model.strings import ContentPath
from notegen.routes.lists import HOME, in_language
from notegen.routes.urls import Base
from notegen.text.languages import autonym


class Translated(msgspec.Struct, frozen=True):
    """The notes that have translations.

    `partners`: by content path, each language's tag -> content path, its own among them, the site's language first;
    `alternates`: the same as the page of the note shows it; what is wrong.
    """

    partners: dict[ContentPath, dict[str, ContentPath]] = {}
    alternates: dict[ContentPath, tuple[Alternate, ...]] = {}
    diagnostics: tuple[Diagnostic, ...] = ()


def translated_notes(routed: Sequence[RoutedNote], config: Config, base: Base) -> Translated:
    """Return which notes are translations of one another. Unlisted ones are passed by.

    Diagnostics: language-duplicate, language-unknown.
    """
    shown = [item for item in routed if not item.note.meta.hidden]
    if not any(item.translation or item.note.meta.translation_key for item in shown):
        return Translated()
    diagnostics = [*_unknown(shown, config)]
    groups: dict[str, dict[str, RoutedNote]] = {}
    for item in sorted(shown, key=lambda item: item.content_path):
        group, tag = groups.setdefault(version_key(item.note, item.bare), {}), language_tag(item, config)
        first = group.setdefault(tag, item)
        if first is not item:
            diagnostics.append(_duplicate(item, first, tag))
    pairs = [_ordered(group, config) for group in groups.values() if len(group) > 1]
    return Translated(
        {
            item.content_path: {tag: one.content_path for tag, one in group.items()}
            for group in pairs
            for item in group.values()
        },
        {
            item.content_path: alternates
            for group in pairs
            for alternates in (_alternates(group, config, base),)
            for item in group.values()
        },
        tuple(diagnostics),
    )


def language_tag(item: RoutedNote, config: Config) -> str:
    """Return the language of a note, by what it says of itself; else the site's."""
    return (item.translation.tag if item.translation else item.note.meta.lang) or config.language


def _ordered(group: Mapping[str, RoutedNote], config: Config) -> dict[str, RoutedNote]:
    """Return a note's languages in the order of the site's, its own first; others by their tags."""
    order = {language.tag: number for number, language in enumerate(config.languages)}
    tags = sorted(group, key=lambda tag: (tag != config.language, order.get(tag, len(order)), tag))
    return {tag: group[tag] for tag in tags}


def _alternates(group: Mapping[str, RoutedNote], config: Config, base: Base) -> tuple[Alternate, ...]:
    """Return a note in all its languages; of those that site.yaml names and it has not, the home pages."""
    names = {language.tag: language.name for language in config.languages}
    versions = tuple(
        Alternate(tag, names.get(tag) or autonym(tag), item.url, base.absolute(item.url)) for tag, item in group.items()
    )
    return (*versions, *(home for home in home_pages(config, base) if home.language not in group))


def home_pages(config: Config, base: Base) -> Iterator[Alternate]:
    """Yield the home page of each language that site.yaml names."""
    for language in config.languages:
        url = base.url(in_language(HOME, language.path))
        yield Alternate(language.tag, language.name, url, base.absolute(url), is_translation=False)


def _duplicate(item: RoutedNote, first: RoutedNote, tag: str) -> Diagnostic:
    message = f"this note and {first.note.path} are the same note in {tag}: only the latter has its translations"
    hint = "give one of them another name, or another `translationKey:`"
    return diagnose("language-duplicate", message, path=item.note.path, hint=hint)


def _unknown(routed: Iterable[RoutedNote], config: Config) -> Iterator[Diagnostic]:
    """Yield the diagnostics of notes in a language that site.yaml does not name, where it names some."""
    named = ", ".join(language.tag for language in config.languages)
    for item in routed if named else ():
        if item.translation and not item.translation.known:
            tag = item.translation.tag
            message = f"{tag} is none of the site's languages: it stands in the lists of {config.language}"
            hint = f"languages: [{named}, {tag}] in site.yaml"
            yield diagnose("language-unknown", message, path=item.note.path, hint=hint)
