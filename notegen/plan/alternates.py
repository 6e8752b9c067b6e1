"""The same list in all languages of a site, and the same folder."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from notegen.model.site import Alternate, Section, Site
from notegen.model.strings import Url


def list_alternates(site: Site, route: str) -> tuple[Alternate, ...]:
    """Return a list that every language has, in all languages; nothing on a site with one. `route`: such as /tags/."""
    return tuple(_below(home, route.lstrip("/")) for home in site.info.languages)


def _below(home: Alternate, path: str) -> Alternate:
    return msgspec.structs.replace(
        home, url=Url(home.url + path), permalink=Url(home.permalink + path), is_translation=True
    )


def section_alternates(site: Site) -> Mapping[str, tuple[Alternate, ...]]:
    """Return the pages of each folder that has one in several languages, by the folder. `site`: that of all."""
    if not site.translated:
        return {}
    folders: dict[str, dict[str, Section]] = {}
    for one in site.languages:
        for section in one.sections:
            folders.setdefault(section.folder, {})[one.info.language] = section
    homes = site.info.languages
    return {folder: tuple(_pages(sections, homes)) for folder, sections in folders.items() if len(sections) > 1}


def _pages(sections: Mapping[str, Section], homes: Sequence[Alternate]) -> Iterator[Alternate]:
    """Yield a folder's page in each language, the home page for those that have none."""
    for home in homes:
        section = sections.get(home.language)
        if section is None:
            yield home
        else:
            yield Alternate(home.language, home.name, section.url, section.permalink)
