"""Files that settings and themes name: site.yaml's parameters and menu, templates, style sheets and scripts."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from notegen.link.files.references import SiteFile, places_named
from notegen.link.targets.index import Index
from notegen.model.source import Tree
from notegen.model.strings import SitePath
from notegen.text.addresses import local_files, strings_in
from notegen.text.private_files import is_source

_ROOT = SiteFile(SitePath("/index.html"), "index.html")  # what relative paths of settings and templates count from


def named_by_site(index: Index, tree: Tree) -> Iterator[tuple[SiteFile, str]]:
    """Yield the files that settings and theme layers name, each with where it is named. Sources are none of these."""
    config = tree.config
    settings = (config.params, config.theme_options, [item.url for item in config.menu])
    yield from _places(index, local_files(_strings(settings)), f"named in {tree.config_path or 'the settings'}")
    for path, addresses in addresses_of_themes(tree):
        yield from _places(index, addresses, f"named in {path}")


def addresses_of_themes(tree: Tree) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the templates, style sheets and scripts of themes that name files, by path, with the addresses."""
    for layer in tree.layers:
        for template in layer.templates.values():
            if addresses := _files_in(template.text):
                yield template.path, addresses
        for asset in layer.static.values():
            absolute = tuple(item for item in tree.addresses.get(asset.digest, ()) if item.startswith("/"))
            if absolute:
                yield asset.path, absolute


@lru_cache(maxsize=512)  # templates of a theme, of which a server's every build asks the same
def _files_in(template: str) -> tuple[str, ...]:
    return local_files(strings_in(template))


def _places(index: Index, addresses: Iterable[str], reason: str) -> Iterator[tuple[SiteFile, str]]:
    for address in addresses:
        for place in places_named(index, SiteFile(SitePath("")), _ROOT, address):
            if not is_source(place.asset or place.site):
                yield place, reason


def _strings(value: Any) -> Iterator[str]:
    """Yield the texts in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item)
