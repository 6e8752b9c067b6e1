"""What `notegen init` writes into a folder: a plan, made of the folder's listing and of its files' texts alone."""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from notegen.dialects.dialect import Dialect, Setting
from notegen.dialects.recognise import by_texts, recognise
from notegen.dialects.sources import is_of_project
from notegen.init.repository import gitignore, workflow
from notegen.init.settings import site_settings
from notegen.init.site_folder import WORKFLOWS, Listing, Read
from notegen.init.site_yaml import site_yaml
from notegen.init.starter import NAME, first_note
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic
from notegen.scan.config.load import NAMES
from notegen.text.paths import is_note

SITE_YAML, WORKFLOW = "site.yaml", f"{WORKFLOWS}notegen.yml"
ALL_SETTINGS = "All settings, with what they mean: notegen explain --settings"


class SchemaFile(msgspec.Struct, frozen=True):
    """The JSON Schema of site.yaml: the file's name and text, and the comment by which editors find it."""

    path: str
    text: str
    modeline: str


class PlannedFile(msgspec.Struct, frozen=True):
    """A file below the folder: its path, its text, and whether it is new, has lines added to it, or stays as it is."""

    path: str
    text: str
    state: Literal["new", "extended", "kept"] = "new"


class Setup(msgspec.Struct, frozen=True):
    """A folder's way to a site: the files, the program it comes from and others that it may, what is not taken over."""

    files: tuple[PlannedFile, ...]
    dialect: Dialect | None = None
    others: tuple[str, ...] = ()  # names of programs
    omitted: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: int = 0
    problems: tuple[Diagnostic, ...] = ()  # of configuration that cannot be read


def existing_configuration(listing: Listing) -> str | None:
    """Return the name of the site.yaml that is there already."""
    return next((name for name in NAMES if name in listing.paths), None)


def plan_setup(
    listing: Listing,
    read: Read,
    today: str,
    language: str | None = None,
    more: Iterable[Setting] = (),
    schema: SchemaFile | None = None,
) -> Setup:
    """Return the plan for a folder without site.yaml.

    `today` is YYYY-MM-DD, `language` a BCP 47 tag to go first; `more`: settings besides those that are found; `schema`:
    what editors complete site.yaml with.
    """
    known = recognise(listing.paths)
    shown = None if known else by_texts(listing.paths, read)
    dialect, *others = known or (shown[0] if shown else None,)
    if dialect is None and not any(map(_is_content, listing.paths)):
        return _empty(listing, read, today, language or Config().language, schema)
    site = site_settings(listing, dialect, read, language, more)
    came = f", from the configuration of {dialect.name}" if dialect else ""
    head = f"The settings of this site for notegen{came}."
    files = (*_site_yaml(site.settings, head, listing, schema), *_beside(listing, read, site.output_dir))
    return Setup(
        files,
        dialect,
        tuple(other.name for other in others if other is not None),
        site.omitted,
        _remarks(listing, read),
        site.notes,
        site.problems,
    )


def _site_yaml(
    settings: Iterable[Setting], head: str, listing: Listing, schema: SchemaFile | None
) -> Iterator[PlannedFile]:
    """Yield site.yaml, and the schema that its first line names; one that is there stays."""
    lines = (head, ALL_SETTINGS) if schema is None else (schema.modeline, head, ALL_SETTINGS)
    yield PlannedFile(SITE_YAML, site_yaml(settings, "\n".join(lines)))
    if schema is not None:
        yield PlannedFile(schema.path, schema.text, "kept" if schema.path in listing.paths else "new")


def _is_content(path: str) -> bool:
    """Return whether a path is that of a note, not of a file that every repository has."""
    return is_note(path) and not is_of_project(path)


def _empty(listing: Listing, read: Read, today: str, language: str, schema: SchemaFile | None) -> Setup:
    """Return a small site with one note."""
    is_chinese = language.lower().startswith("zh")
    settings = [
        Setting("title", "我的笔记" if is_chinese else "My notes", ""),
        Setting("author", "", "your name"),
        Setting("language", language, "of the site's texts"),
        Setting("timezone", Config().timezone if is_chinese else "UTC", "of dates that name none"),
        Setting("base_url", "", "https://user.github.io/repo/; the workflow knows it"),
        Setting("permalink", "/posts/:slug/", "the address of a note, by its file's name"),
    ]
    files = (
        *_site_yaml(settings, "The settings of this site.", listing, schema),
        PlannedFile(f"content/{NAME}.md", first_note(language, today)),
        *_beside(listing, read, Config().output_dir),
    )
    return Setup(files, remarks=_remarks(listing, read), notes=1)


def _beside(listing: Listing, read: Read, output_dir: str) -> list[PlannedFile]:
    """Return .gitignore and the workflow; a workflow that is there stays, and only a repository's root has any."""
    old = read(".gitignore") if ".gitignore" in listing.paths else None
    text = gitignore(old, output_dir)
    state: Literal["new", "extended"] = "new" if old is None else "extended"
    files = [PlannedFile(".gitignore", text, state) if text else PlannedFile(".gitignore", old or "", "kept")]
    if WORKFLOW in listing.paths:
        files.append(PlannedFile(WORKFLOW, "", "kept"))
    elif not listing.is_part:
        files.append(PlannedFile(WORKFLOW, workflow(output_dir)))
    return files


def _remarks(listing: Listing, read: Read) -> tuple[str, ...]:
    """Return what an author should know of the folder besides."""
    workflows = [path for path in listing.paths if path.startswith(WORKFLOWS) and path not in {WORKFLOW, WORKFLOWS}]
    workflows = [path for path in workflows if "pages" in (read(path) or "pages").lower()]
    remarks = [f"{path} is there too: if it publishes to GitHub Pages, remove it" for path in workflows[:5]]
    if listing.is_part:
        remarks.append("no workflow: this folder is not the root of its repository")
    return tuple(remarks)
