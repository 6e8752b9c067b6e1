"""Rules that look at translations: one that is older than the last change of its original, and what changed since."""

from collections.abc import Iterator
from datetime import datetime, time

from notegen.check.checked_site import CheckedSite
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, first_names
from notegen.model.site import NoteRef
from notegen.read.front_matter.split import split_front_matter
from notegen.text.patterns import lazy_regex

_FENCE = lazy_regex(r"[ ]{0,3}(?:```|~~~)")
_HEADING = lazy_regex(r"[ ]{0,3}#{1,6}[ \t]+(.*)")


def stale_translations(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield check-stale-translation for each translation whose original was changed later, by their front matter.

    The original is the version with the earliest `date`; of several the one in the site's language. The sections that
    changed since are named where the site is in git.
    """
    sites = checked.site.languages
    texts = {note.path: note.text for note in checked.tree.notes}
    notes = {note.ref.url: note for site in sites for note in (*site.notes, *site.unlisted, *site.pages)}
    for note in notes.values():
        versions = [notes[item.url].ref for item in note.alternates if item.is_translation and item.url in notes]
        dated = [ref for ref in versions if ref.date is not None]
        original = min(dated, key=_written, default=None)  # the first of equal ones, which is in the site's language
        changed, translated = _changed(original) if original else None, _changed(note.ref)
        if original and changed and translated and original.path != note.ref.path and changed > translated:
            day = f"{changed:%Y-%m-%d}"
            message = f"{original.path}, which this translates, was changed on {day}, after {translated:%Y-%m-%d}"
            before = checked.earlier(original.path, _end_of_day(translated))
            sections = changed_sections(before, texts.get(original.path, "")) if before else []
            since = f"changed since: {first_names(sections, 6)}; " if sections else ""
            hint = f"{since}bring it up to date, and say `updated: {day}`"
            yield diagnose("check-stale-translation", message, path=note.ref.path, hint=hint)


def changed_sections(before: str, now: str) -> list[str]:
    """Return the headings of the sections that differ between two texts of a note, as they stand now; then those gone.

    What stands before the first heading is `the beginning`; front matter is not looked at.
    """
    old, new = _sections(before), _sections(now)
    changed = [name for name, text in new.items() if old.get(name) != text]
    return [*(name or "the beginning" for name in changed), *(f"{name} (gone)" for name in old if name not in new)]


def _sections(text: str) -> dict[str, str]:
    """Return what stands below each heading of a note, by the heading; "": before the first."""
    sections, name, in_code = {"": ""}, "", False
    for line in split_front_matter(text).body.splitlines():
        in_code ^= _FENCE.match(line) is not None
        heading = None if in_code else _HEADING.match(line)
        if heading:
            name = heading[1].rstrip("# \t")
        sections[name] = f"{sections.get(name, '')}\n{'' if heading else line.rstrip()}".strip()
    return sections


def _end_of_day(moment: datetime) -> datetime:
    """Return a moment; of a date without a time its end."""
    return moment.replace(hour=23, minute=59, second=59) if moment.time() == time() else moment


def _written(ref: NoteRef) -> float:
    return ref.date.timestamp() if ref.date else 0.0


def _changed(ref: NoteRef) -> datetime | None:
    """Return when a note was last changed, as far as it says."""
    return max((date for date in (ref.date, ref.updated) if date is not None), default=None)
