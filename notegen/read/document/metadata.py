"""A note's metadata: its front matter, with the tags in its text and the date in its file's name."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

import msgspec

from notegen.model.note import Meta
from notegen.model.source import Kind, SourceFile
from notegen.read.front_matter.dates import date_from_filename
from notegen.read.services import NoteDraft, ReaderServices


def complete_metadata(hashtags: Iterable[str], draft: NoteDraft, services: ReaderServices) -> Meta:
    """Return the metadata with what the text and the file's name add. `hashtags`: those in the text, without `#`."""
    meta = _dated(draft.front_matter.meta, draft.path, ZoneInfo(services.settings.timezone))
    tags = tuple(dict.fromkeys((*meta.tags, *hashtags)))
    is_draft = meta.draft or draft.source.kind == "draft"
    if tags == meta.tags and is_draft == meta.draft:
        return meta
    return msgspec.structs.replace(meta, tags=tags, draft=is_draft)


def kind_of(source: SourceFile, meta: Meta) -> Kind:
    """Return what a file is, which its front matter may say otherwise than its path."""
    if meta.layout == "page":
        return "page"
    return "note" if source.kind == "draft" else source.kind


def _dated(meta: Meta, path: str, zone: ZoneInfo) -> Meta:
    """Return the metadata, the date taken from the file's name where the front matter names none."""
    if meta.date is not None:
        return meta
    parts = path.split("/")
    stem = parts[-1].rpartition(".")[0]
    if stem.lower() == "index" and len(parts) > 1:
        stem = parts[-2]
    date = date_from_filename(stem, zone)[0]
    return meta if date is None else msgspec.structs.replace(meta, date=date)
