"""Which notes are published: drafts, future and expired ones are left out unless asked for, with a diagnostic.

Those that are not to be published, not marked where notes must be, or to be read with a password only, are left out
whatever is asked for.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import msgspec

from notegen.link.sections.nav import names_in_nav
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note
from notegen.routes.languages import bare_path, content_path_of

_UNMARKED = "not marked `publish: true`"
_LOCKED = "it has a password, and no page here can be locked"
_UNNAMED = "nav does not name it"
_CODES = {_UNMARKED: "note-unmarked", _UNNAMED: "note-unnamed"}
_HINTS = {
    **dict.fromkeys(_CODES, "`publish: all` in site.yaml publishes all notes"),
    _LOCKED: "take `password:` out of its front matter to publish it",
}


class Selection(msgspec.Struct, frozen=True):
    """Published notes in the order given, the paths of those left out with the reason, and a diagnostic for each."""

    notes: tuple[Note, ...]
    skipped: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]


def select(notes: Iterable[Note], config: Config, now: datetime) -> Selection:
    """Return the notes to publish at the moment `now` (aware)."""
    chosen: list[Note] = []
    skipped: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    is_named = _named(config)
    for note in notes:
        reason, flag = _reason(note, config, now, is_named)
        if not reason:
            chosen.append(note)
            continue
        skipped[note.path] = reason
        hint = f"{flag} shows it" if flag else _HINTS.get(reason, "")
        code = _CODES.get(reason, "note-skipped")
        cause = flag if flag != "--drafts" else ""  # dates differ, and are one kind
        diagnostics.append(diagnose(code, f"left out: {reason}", path=note.path, hint=hint, cause=cause))
    return Selection(tuple(chosen), skipped, tuple(diagnostics))


def _named(config: Config) -> Callable[[Note], bool]:
    """Return what tells whether a note may be published for being named: in `nav`, where only such notes are."""
    if config.publish != "nav":
        return lambda _: True
    names = names_in_nav(config.nav)
    return lambda note: names.has(bare_path(content_path_of(note.path, config.content_dir), config.languages))


def _reason(note: Note, config: Config, now: datetime, is_named: Callable[[Note], bool]) -> tuple[str, str]:
    """Return why a note is left out and the flag that shows it, if one does; two empty strings when it is published."""
    meta = note.meta
    if private := _private(note, config, is_named):
        return private, ""
    if meta.draft and not config.drafts:
        return f"a draft, {meta.unpublished_by}" if meta.unpublished_by else "a draft", "--drafts"
    if meta.date is not None and meta.date > now and not config.future:
        return f"dated {_span(meta.date - now)} in the future ({config.timezone})", "--future"
    if meta.expires is not None and meta.expires <= now and not config.expired:
        return "expired", "--expired"
    return "", ""


def _private(note: Note, config: Config, is_named: Callable[[Note], bool]) -> str:
    """Return why a note is left out whatever is asked for, if it is."""
    meta = note.meta
    if meta.publish is False:
        return meta.unpublished_by or "publish: false"
    if meta.extra.get("password") not in (None, "", False):  # encrypted by a plugin of Hexo
        return _LOCKED
    if not is_named(note):
        return _UNNAMED
    return _UNMARKED if config.publish == "marked" and not meta.publish else ""


def _span(span: timedelta) -> str:
    """Return a length of time in the largest unit that says it."""
    if span < timedelta(hours=2):
        return f"{max(1, round(span / timedelta(minutes=1)))} min"
    return f"{span // timedelta(hours=1)} h" if span < timedelta(days=2) else f"{span.days} days"
