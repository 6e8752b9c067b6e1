"""All rules of `notegen check`, with the severities and exceptions that authors give them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

import msgspec

from notegen.cache.memory import MemoryCache, NoMemoryCache
from notegen.check.checked_site import CheckedSite, CheckRule, Earlier, nothing_earlier
from notegen.check.extensions import extension_checks
from notegen.check.notes import heading_jumps, images_without_text
from notegen.check.site import unlinked_notes, unused_files, unused_labels, unused_macros, unused_works
from notegen.check.translations import stale_translations
from notegen.model.config import CheckConfig
from notegen.model.diagnostic import Diagnostic, Severity, sort_key
from notegen.model.output import Build
from notegen.model.source import Tree
from notegen.text.patterns import lazy_regex

RULES = (
    CheckRule("check-image-alt", images_without_text),
    CheckRule("check-heading-jump", heading_jumps),
    CheckRule("check-unused-label", unused_labels),
    CheckRule("check-unused-macro", unused_macros),
    CheckRule("check-unused-work", unused_works),
    CheckRule("check-unused-file", unused_files),
    CheckRule("check-unlinked-note", unlinked_notes),
    CheckRule("check-stale-translation", stale_translations),
    CheckRule("check-extension", extension_checks),
)
_SEVERITIES = {"info": Severity.INFO, "warning": Severity.WARNING, "error": Severity.ERROR}
_COMMENT = lazy_regex(r"<!--\s*+notegen-ignore\b([a-z\s,-]*?)-->")


def as_checked(
    tree: Tree,
    built: Build,
    memory: MemoryCache | NoMemoryCache | None = None,
    earlier: Earlier = nothing_earlier,
) -> CheckedSite | None:
    """Return what rules look at; None for a site that could not be made. `memory`: of a server."""
    if built.site is None:
        return None
    return CheckedSite(tree, built.notes, built.site, built.files, memory or NoMemoryCache(), earlier)


def all_remarks(
    tree: Tree,
    built: Build,
    *more: Diagnostic,
    memory: MemoryCache | None = None,
    earlier: Earlier = nothing_earlier,
) -> tuple[Diagnostic, ...]:
    """Return all that `notegen check` says of a site: what a build reports, what its rules find, and `more`."""
    checked = as_checked(tree, built, memory, earlier)
    items = (*built.diagnostics, *(check_site(checked) if checked else ()), *more)
    texts = {note.path: note.text for note in tree.notes}
    return tuple(sorted(without_ignored(items, tree.config.check, texts), key=sort_key))


def check_site(checked: CheckedSite) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of all rules that are on, in the order of their places."""
    config = checked.tree.config.check
    remarks = [
        _severe(item, config.rules.get(rule.name, ""))
        for rule in RULES
        if config.rules.get(rule.name) != "off"
        for item in rule.find(checked)
    ]
    return tuple(sorted(remarks, key=sort_key))


def without_ignored(
    diagnostics: Iterable[Diagnostic], config: CheckConfig, texts: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yield the diagnostics but for those that the author does not want to hear of.

    These are the ones of files that a glob pattern of `check.ignore` fits, and of lines with the comment
    `<!-- notegen-ignore code, code -->` on them or right above; without codes it means all. Errors of a build stay:
    they keep the site from being made. `texts`: path -> text of each note.
    """
    comments: dict[str, dict[int, frozenset[str]]] = {}
    for item in diagnostics:
        if item.severity is not Severity.ERROR or item.code.startswith("check-"):
            if any(fnmatchcase(item.path, pattern) for pattern in config.ignore):
                continue
            if item.path not in comments:
                comments[item.path] = _comments(texts.get(item.path, ""))
            if any(_names(comments[item.path].get(line), item.code) for line in (item.line, item.line - 1) if line > 0):
                continue
        yield item


def with_severity(item: Diagnostic, config: CheckConfig) -> Diagnostic:
    """Return a diagnostic with the severity that site.yaml gives its rule; what is an info anyhow stays one."""
    rule = config.rules.get(item.code.removeprefix("check-"), "")
    return item if item.severity is Severity.INFO else _severe(item, rule)


def _severe(item: Diagnostic, severity: str) -> Diagnostic:
    return msgspec.structs.replace(item, severity=_SEVERITIES[severity]) if severity and "check-" in item.code else item


def _comments(text: str) -> dict[int, frozenset[str]]:
    """Return the codes that comments name, by the line of the comment."""
    if "notegen-ignore" not in text:
        return {}
    return {
        text.count("\n", 0, match.start()) + 1: frozenset(re.split(r"[\s,]+", match[1].strip()))
        for match in _COMMENT.finditer(text)
    }


def _names(codes: frozenset[str] | None, code: str) -> bool:
    """Return whether a comment's codes mean this one; without any it means all."""
    return codes is not None and (code in codes or code.removeprefix("check-") in codes or codes == {""})
