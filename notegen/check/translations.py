"""Rules that look at translations: one that is older than the last change of its original."""

from collections.abc import Iterator
from datetime import datetime

from notegen.check.checked_site import CheckedSite
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.site import NoteRef


def stale_translations(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield check-stale-translation for each translation whose original was changed later, by their front matter.

    The original is the version with the earliest `date`; of several the one in the site's language.
    """
    sites = checked.site.languages
    notes = {note.ref.url: note for site in sites for note in (*site.notes, *site.unlisted, *site.pages)}
    for note in notes.values():
        versions = [notes[item.url].ref for item in note.alternates if item.is_translation and item.url in notes]
        dated = [ref for ref in versions if ref.date is not None]
        original = min(dated, key=_written, default=None)  # the first of equal ones, which is in the site's language
        changed, translated = _changed(original) if original else None, _changed(note.ref)
        if original and changed and translated and original.path != note.ref.path and changed > translated:
            day = f"{changed:%Y-%m-%d}"
            message = f"{original.path}, which this translates, was changed on {day}, after {translated:%Y-%m-%d}"
            hint = f"bring it up to date, and say `updated: {day}`"
            yield diagnose("check-stale-translation", message, path=note.ref.path, hint=hint)


def _written(ref: NoteRef) -> float:
    return ref.date.timestamp() if ref.date else 0.0


def _changed(ref: NoteRef) -> datetime | None:
    """Return when a note was last changed, as far as it says."""
    return max((date for date in (ref.date, ref.updated) if date is not None), default=None)
