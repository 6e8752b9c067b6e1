"""`notegen init --old-site`: the addresses that the new site will have, beside those of the old one."""

from datetime import datetime
from pathlib import Path

import msgspec

from notegen.build import link_tree
from notegen.cache.context import BuildContext
from notegen.dialects.dialect import Setting
from notegen.init.moved import Comparison, compare, new_addresses
from notegen.init.old_site import OldSite, read_old_site
from notegen.model.source import SiteLocation
from notegen.plan.plan import plan_pages
from notegen.routes.urls import base_of
from notegen.scan.config.load import load_config
from notegen.scan.scan import scan
from notegen.system.disk import Disk

SHOWN = 20  # addresses without a target that are printed


class Moved(msgspec.Struct, frozen=True):
    """The redirects that lead on from old addresses, as a setting; lines that tell the comparison; or a problem."""

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
    linked, _ = link_tree(scanned, now, BuildContext())
    plan, _ = plan_pages(linked, scanned.value)
    outputs = [*(page.output for page in plan.pages), *plan.assets]
    comparison = compare(old, new_addresses(linked.site, outputs, base))
    settings = (Setting("redirects", comparison.redirects, f"{old_site.name}: addresses that moved"),)
    return Moved(settings if comparison.redirects else (), tuple(_report(old, comparison, set(outputs))))


def _report(old: OldSite, comparison: Comparison, outputs: set[str]) -> list[str]:
    """Return the lines that tell what becomes of the old addresses."""
    moved, unknown = len(comparison.redirects), comparison.unknown
    lines = [f"Old addresses: {len(old.pages)}; kept: {comparison.kept}; redirected: {moved}; lost: {len(unknown)}."]
    lines += [f"  no page for {path}" for path in unknown[:SHOWN]]
    lines += [f"  and {len(unknown) - SHOWN} more"] if len(unknown) > SHOWN else []
    feeds = [feed for feed in old.feeds if feed.lstrip("/") not in outputs]
    lines += [f"  no feed at {feed}: name it in feed.filenames" for feed in feeds if feed.count("/") == 1]
    return lines
