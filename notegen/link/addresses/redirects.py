"""Old addresses: aliases of notes, and `redirects:` of site.yaml, each followed to where it ends."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from notegen.link.addresses.routed_notes import RoutedNote
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.site import Redirect
from notegen.model.source import Tree
from notegen.model.strings import ContentPath, SitePath, Url
from notegen.routes.notes import alias_path, alias_paths
from notegen.routes.urls import Base
from notegen.yaml.nodes import Mapping as MappingNode
from notegen.yaml.nodes import Node, Scalar
from notegen.yaml.parse import parse_yaml


class OldAddresses(msgspec.Struct, frozen=True):
    """The redirects of a site; of each that leads to a note its old site path -> content path; what is wrong with them.

    `paths`: all old site paths.
    """

    redirects: tuple[Redirect, ...]
    notes: dict[SitePath, ContentPath]
    paths: tuple[SitePath, ...]
    diagnostics: tuple[Diagnostic, ...]


def old_addresses(routed: Iterable[RoutedNote], pages: Collection[str], tree: Tree, base: Base) -> OldAddresses:
    """Return the redirects of a site.

    `pages`: site paths of lists. Diagnostics, at the line of site.yaml: redirect-loop, redirect-broken.
    """
    redirects: dict[SitePath, Redirect] = {}
    notes: dict[SitePath, ContentPath] = {}
    current: dict[str, RoutedNote] = {}
    for item in routed:
        current[item.path.rstrip("/")] = item
        if item.note.meta.aliases:
            for old in alias_paths(item.note, item.path, tree.config.addresses):
                if old != item.path and old not in redirects:
                    redirects[old] = Redirect(old, item.url, item.note.path)
                    notes[old] = item.content_path
    diagnostics = list(_site_redirects(redirects, notes, current, pages, tree, base)) if tree.config.redirects else []
    return OldAddresses(tuple(redirects.values()), notes, tuple(redirects), tuple(diagnostics))


def _site_redirects(
    redirects: dict[SitePath, Redirect],
    notes: dict[SitePath, ContentPath],
    current: Mapping[str, RoutedNote],
    pages: Collection[str],
    tree: Tree,
    base: Base,
) -> Iterator[Diagnostic]:
    """Add the redirects of site.yaml; yield what is wrong with them."""
    known = {path.rstrip("/") for path in (*pages, *(f"/{file}" for file in (*tree.static, *tree.assets)))}
    by_content_path = {item.content_path: item for item in current.values()}
    moved = {old.rstrip("/"): by_content_path[content_path] for old, content_path in notes.items()}
    ends = _ends(tree.config.redirects)
    for old in tree.config.redirects:
        path = alias_path(old)
        target = ends[path]
        if target is None:
            hint = "one of the redirects has to lead to a page"
            yield _at(old, tree, "redirect-loop", f"the redirect of {old} leads back to itself", hint)
            continue
        place, tail = _split(target)
        item = current.get(place.rstrip("/")) or moved.get(place.rstrip("/"))
        if item is not None:
            notes[path] = item.content_path
        page = item.url if item is not None else base.url(SitePath(place))
        url = Url(target if "://" in target else page + tail)
        redirects[path] = Redirect(path, url, tree.config_path)
        if item is None and "://" not in target and place.rstrip("/") not in known:
            message = f"the redirect of {old} leads to {target}, where nothing is"
            yield _at(old, tree, "redirect-broken", message)


def _ends(redirects: Mapping[str, str]) -> dict[SitePath, str | None]:
    """Return where each chain of redirects ends, by old site path; None for a loop."""
    following = {alias_path(old): target for old, target in redirects.items()}
    ends: dict[SitePath, str | None] = {}
    for start in following:
        chain: dict[SitePath, None] = {}
        path = start
        while path in following and path not in ends and path not in chain:
            chain[path] = None
            path = alias_path(_split(following[path])[0]) if "://" not in following[path] else SitePath("")
        if chain:
            last = following[next(reversed(chain))]
            end = ends.get(path, None if path in chain else last)
            ends.update(dict.fromkeys(chain, end))
    return ends


def _split(target: str) -> tuple[str, str]:
    """Return the path of an address, and its query and fragment with their signs."""
    at = min((target.find(sign) for sign in "?#" if sign in target), default=len(target))
    return target[:at], target[at:]


def _at(old: str, tree: Tree, code: str, message: str, hint: str = "") -> Diagnostic:
    """Return a diagnostic at the redirect of `old` in site.yaml, which is read again for its position."""
    root = parse_yaml(tree.config_text).root
    tables = [value for key, value in _entries(root) if key.text == "redirects"]
    keys = [key for table in tables for key, _ in _entries(table) if key.text == old]
    line, column = (keys[0].line, keys[0].column) if keys else (0, 0)
    return diagnose(code, message, path=tree.config_path, line=line, column=column, length=len(old), hint=hint)


def _entries(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    return node.entries if isinstance(node, MappingNode) else ()
