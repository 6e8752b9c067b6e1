"""A new note: where it goes and what it says before its author has written anything."""

import re
from datetime import datetime
from pathlib import PurePosixPath

import msgspec

from notegen.dialects.dialect import Dialect
from notegen.new.template import fill, names_title
from notegen.new.yaml_text import with_fields
from notegen.routes.names import segment
from notegen.text.patterns import lazy_regex
from notegen.yaml.write import flow_list, scalar

NAME = "{slug}.md"
# Names of devices of Windows, whatever follows a dot. Source: Microsoft, "Naming Files, Paths, and Namespaces".
_DEVICE = lazy_regex(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", flags=re.IGNORECASE)
_PLAIN = "---\ntitle: {{title}}\ndate: {{date}}\n---\n\n"


class Draft(msgspec.Struct, frozen=True):
    """What the author says of a note that is to be written. `now`: in the site's time zone."""

    title: str
    now: datetime
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    slug: str = ""
    is_draft: bool = False


class NewNote(msgspec.Struct, frozen=True):
    """A file to write: its path below the content folder, and its text."""

    path: str
    text: str


def new_note(draft: Draft, template: str | None, dialect: Dialect | None, folder: str | None) -> NewNote:
    """Return the note. `template`: its text as it is written; `folder`: below the content folder, if asked."""
    slug = segment(draft.slug) if draft.slug else re.sub(r"-{2,}", "-", segment(draft.title))
    if _DEVICE.fullmatch(slug) or not slug.strip("-"):
        slug = f"note-{slug}".rstrip("-")
    form = _PLAIN if template is None else template
    fields = _fields(draft) if names_title(form) else {"title": scalar(draft.title), **_fields(draft)}
    text = fill(form, draft.title, draft.now)
    return NewNote(note_path(slug, draft, dialect, folder), with_fields(text, fields))


def note_path(slug: str, draft: Draft, dialect: Dialect | None, folder: str | None) -> str:
    """Return the path below the content folder: in the folder and by the name that the site's program uses."""
    pattern = dialect.new_note if dialect is not None else NAME
    if draft.is_draft and dialect is not None and dialect.new_draft:
        pattern = dialect.new_draft
    if folder is not None:
        pattern = str(PurePosixPath(folder) / PurePosixPath(pattern).name)
    return pattern.format(slug=slug, date=f"{draft.now:%Y-%m-%d}")


def _fields(draft: Draft) -> dict[str, str]:
    """Return the lines of front matter that the author has asked for, key -> YAML; they go over a template's."""
    fields = {key: flow_list(names) for key, names in (("categories", draft.categories), ("tags", draft.tags)) if names}
    fields["slug"] = scalar(draft.slug) if draft.slug else ""
    fields["draft"] = "true" if draft.is_draft else ""
    return {key: value for key, value in fields.items() if value}
