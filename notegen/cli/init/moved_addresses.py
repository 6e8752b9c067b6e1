"""`notegen init --old-site`: the addresses that the new site will have, beside those of the old one."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from notegen.build import link_tree
from notegen.cache.context import BuildContext
from notegen.dialects.dialect import Setting
from notegen.init.moved import Comparison, compare, name_of, new_addresses
from notegen.init.old_site import OldSite, read_old_site
from notegen.model.config import Config
from notegen.model.source import SiteLocation
from notegen.plan.plan import plan_pages
from notegen.routes.urls import base_of, output_path
from notegen.scan.config.load import load_config
from notegen.scan.scan import scan
from notegen.system.disk import Disk

_LEFT_OUT = frozenset({"note-skipped", "note-unmarked", "note-unnamed"})
SHOWN = 20  # addresses without a target that are printed


class Moved(msgspec.Struct, frozen=True):
    """Redirects from old addresses and names of feeds, as settings; lines that tell the comparison; or a problem."""

    settings: tuple[Setting, ...] = ()
    report: tuple[str, ...] = ()
    problem: str = ""


def moved_addresses(root: Path, site_yaml: str, old_site: Path, now: datetime, disk: Disk) -> Moved:
    """Compare the old addresses with those that the notes below `root` would have by this site.yaml.

    The site is read and linked as in a build, and its pages are planned; nothing is rendered or written.
    """
    config, _ = load_config(site_yaml, "site.yaml")
    base = base_of(config.base_url)
    old = read_old_site(old_site.resolve(), base.path, disk)
    if old.problem:
        return Moved(problem=old.problem)
    location = SiteLocation(root, "site.yaml", site_yaml, root / config.output_dir)
    scanned = scan(location, config, disk)
    linked, diagnostics = link_tree(scanned, now, BuildContext())
    plan, _ = plan_pages(linked, scanned.value)
    outputs = [*(page.output for page in plan.pages), *plan.assets]
    comparison = compare(old, new_addresses(linked.site, outputs, base))
    moved = Setting("redirects", comparison.redirects, f"{old_site.name}: addresses that moved")
    feeds = [feed for feed in old.feeds if feed.lstrip("/") not in set(outputs) and feed.count("/") == 1]
    settings = (*([moved] if comparison.redirects else []), *_feeds(feeds, old, config, old_site.name))
    unread = (path for path in scanned.value.assets if path.lower().endswith(".ipynb"))
    reasons = {name_of(path): "a notebook, which is not read" for path in unread}
    reasons |= {name_of(item.path): item.message for item in diagnostics if item.code in _LEFT_OUT}
    folded = {output.casefold() for output in outputs}
    in_case = (path for path in comparison.unknown if output_path(path).casefold() in folded)
    reasons |= {name_of(path.rstrip("/")): "one that differs in case only is there" for path in in_case}
    return Moved(settings, tuple(_report(old, comparison, reasons)))


def _feeds(names: Sequence[str], old: OldSite, config: Config, origin: str) -> Iterator[Setting]:
    """Yield the settings that keep old feeds: one of RSS has its old name, others are Atom, which readers take too."""
    rss = next((name for name in names if old.feeds[name]), "")
    if rss:
        yield Setting("feed.rss", rss.lstrip("/"), f"{origin}: the feed that readers know")
    others = [name.lstrip("/") for name in names if name != rss]
    if others:
        yield Setting("feed.filenames", (*config.feed.filenames, *others), f"{origin}: feeds that readers know")


def _report(old: OldSite, comparison: Comparison, reasons: Mapping[str, str]) -> list[str]:
    """Return the lines that tell what becomes of the old addresses. `reasons`: why notes have none, by folded name."""
    moved, unknown = len(comparison.redirects), comparison.unknown
    lines = [f"Old addresses: {len(old.pages)}; kept: {comparison.kept}; redirected: {moved}; lost: {len(unknown)}."]
    because = ((path, reasons.get(name_of(path.rstrip("/")), "")) for path in unknown[:SHOWN])
    lines += [f"  no page for {path}" + (f": {reason}" if reason else "") for path, reason in because]
    lines += [f"  and {len(unknown) - SHOWN} more"] if len(unknown) > SHOWN else []
    return lines
