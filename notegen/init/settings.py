"""The settings of site.yaml for a folder of notes, and in words what of its configuration they cannot hold."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

import msgspec

from notegen.dialects.dialect import CONTENT_FOLDERS, HOME_NOTE, NOTEBOOKS, Dialect, Setting, Translation
from notegen.dialects.front_matter.listings import leads_to_list
from notegen.dialects.navigation import below, named_in_nav
from notegen.dialects.recognise import configuration
from notegen.dialects.sources import asks_for_list, names_list, source_kinds
from notegen.init.home_note import home_note
from notegen.init.list_pages import list_pages, menu_of
from notegen.init.listings import (
    below_folder,
    home_with_loop,
    listed,
    listing_settings,
    listings_among,
    unread_listings,
)
from notegen.init.omissions import left_out, outside, programmed, unread_files, without_keys
from notegen.init.site_folder import CONTENT, STATE, Listing, Read
from notegen.init.site_yaml import site_yaml
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Kind
from notegen.scan.config.load import load_config
from notegen.scan.files import is_ignored
from notegen.scan.language import guess_language, sample, with_language
from notegen.text.paths import fits_path, is_note, is_notebook
from notegen.text.patterns import lazy_regex

_VARIABLE = lazy_regex(r"\bsite\.([A-Za-z_][\w-]*+)")  # of Liquid
_ORDER = tuple(field.name for field in msgspec.structs.fields(Config))
_OTHER_OUTPUT = "_public"


_PUBLISHED = frozenset({"note", "page", "section"})


class SiteSettings(msgspec.Struct, frozen=True):
    """Settings in the order of site.yaml; what is not taken over; how many notes they publish, from which folder.

    `problems`: of configuration that cannot be read.
    """

    settings: tuple[Setting, ...]
    omitted: tuple[str, ...]
    notes: int
    output_dir: str
    problems: tuple[Diagnostic, ...] = ()


def site_settings(
    listing: Listing, dialect: Dialect | None, read: Read, language: str | None, more: Iterable[Setting] = ()
) -> SiteSettings:
    """Return the settings for a folder of notes.

    `language`: a tag that goes before what is found; `more`: settings besides those of the program's configuration.
    """
    translation = configuration(dialect, listing.paths, read) if dialect else Translation()
    configured = (*_defaults(dialect), *_usable(translation.settings, listing), *more)
    values, patterns, together, refused = _accepted_of(configured, listing)
    omitted = [*translation.omitted, *refused]
    main = str(values["content_dir"].value) if "content_dir" in values else ""
    if set(together) - {main}:
        values.pop("permalink", None)
        values |= {item.name: item for item in _together(together, main, values.get("nav"))}
        patterns += _beside_folders(listing, together)
    content, missing = _content(listing, dialect, values.pop("content_dir", None))
    omitted += missing
    values |= {item.name: item for item in (content, *_folders(listing, dialect, content.value))}
    start = "" if content.value == "." else f"{content.value}/"
    below = [path.removeprefix(start) for path in listing.paths if path.startswith(start) and not path.endswith("/")]
    outer = _without(below, values, start)
    inner = [path for path in outer if not is_ignored(path, patterns)]
    if patterns:
        values["ignore"] = Setting("ignore", tuple(dict.fromkeys(patterns)), "not to be published")
    files = _notes_in(inner, values)
    home, unread = home_note(translation.settings, files, start, read)
    values |= {item.name: _with_redirects(values, item) for item in home}
    read_inner = below_folder(start, read)
    listings = listings_among(files, dialect, read_inner)
    values |= {item.name: item for item in listing_settings(listings) if item.name not in values}
    if "params" in values:  # Jekyll's, see _named
        values |= {item.name: item for item in home_with_loop(files, read_inner)}
    kinds = source_kinds(files, dialect, is_root=not start, listed=listed(listings, values.get("nav")))
    notes, lists = _published(files, kinds, values, read_inner)
    omitted += unread_listings(listings, notes)
    ignored = [path for path in outer if is_note(path) and is_ignored(path, patterns)]
    published = frozenset(notes)
    omitted += left_out([*ignored, *(path for path in files if path not in published)])
    omitted += [*unread, *unread_files(inner), *programmed(listing, dialect), *outside(listing.paths, start)]
    omitted += without_keys(_permalink(values), ((path, read_inner(path)) for path in notes))
    values = _named(values, notes, read_inner)
    values = _spoken(values, [start + path for path in notes], read, language)
    values.setdefault("title", Setting("title", listing.name or Config().title, "the folder's name"))
    values, others = _with_lists(values, lists, read_inner)
    ordered = sorted(values.values(), key=lambda item: _ORDER.index(item.name.partition(".")[0]))
    return SiteSettings(
        tuple(ordered), tuple(dict.fromkeys((*omitted, *others))), len(notes), _output(values), translation.problems
    )


def _accepted_of(
    configured: Iterable[Setting], listing: Listing
) -> tuple[dict[str, Setting], list[str], dict[str, str], list[str]]:
    """Return settings that site.yaml can hold, by name, the last of each; and what becomes none of these by itself.

    That is: patterns for `ignore`; the folders with notes that a program keeps apart, each with its pattern of
    addresses; in words what site.yaml cannot hold.
    """
    values: dict[str, Setting] = {}
    patterns: list[str] = []
    together: dict[str, str] = {}
    refused: list[str] = []
    for setting in configured:
        if setting.name == CONTENT_FOLDERS:
            together = {folder: pattern for folder, pattern in setting.value.items() if _has_notes(listing, folder)}
            continue
        present = _present(setting, listing)
        accepted = _accepted(present)
        if present.name == "pages" and not present.value:
            continue
        if accepted is None:
            refused.append(f"{setting.origin or setting.name}: {setting.name} {_short(setting.value)}")
        elif accepted.name == "ignore":
            patterns += _rooted(accepted.value)
        else:
            values[accepted.name] = _with_redirects(values, accepted)
    return values, patterns, together, refused


def _notes_in(paths: Iterable[str], values: Mapping[str, Setting]) -> list[str]:
    as_they_are = values["passthrough"].value if "passthrough" in values else ()
    return [path for path in paths if is_note(path) and not fits_path(path, as_they_are)]


def _permalink(values: Mapping[str, Setting]) -> str:
    return str(values["permalink"].value) if "permalink" in values else ""


def _with_redirects(values: Mapping[str, Setting], setting: Setting) -> Setting:
    """Return a setting, redirects with those that are known before it."""
    if setting.name != "redirects" or "redirects" not in values:
        return setting
    first = values["redirects"]
    return Setting("redirects", {**setting.value, **first.value}, f"{first.origin}; {setting.origin}")


def _published(
    files: Sequence[str], kinds: Sequence[Kind], values: dict[str, Setting], read: Callable[[str], str]
) -> tuple[list[str], list[tuple[str, Kind, str]]]:
    """Return the files that become pages, and those that only ask for a list, each with its kind and text."""
    pages = values["pages"].value if "pages" in values else ()
    included = {
        *(values["include"].value if "include" in values else ()),
        *(named_in_nav(values["nav"].value) if "nav" in values else ()),
    }
    notes: list[str] = []
    lists: list[tuple[str, Kind, str]] = []
    for path, named in zip(files, kinds, strict=True):
        kind: Kind = "page" if is_ignored(path, pages) else "note" if path in included else named
        text = read(path) if kind == "page" or (kind in _PUBLISHED and names_list(path)) else ""
        if (
            kind in _PUBLISHED
            and text
            and (asks_for_list(path, text) or (kind == "page" and leads_to_list(path, text, read)))
        ):
            lists.append((path, kind, text))
        elif kind in _PUBLISHED:
            notes.append(path)
    return notes, lists


def _with_lists(
    values: dict[str, Setting], asking: Sequence[tuple[str, Kind, str]], read: Callable[[str], str]
) -> tuple[dict[str, Setting], list[str]]:
    """Return the settings with redirects from pages that asked for lists, and without menu entries that lead nowhere.

    `asking`: such pages: path below the content folder, kind and text; `read`: other files there. Also returned: in
    words which entries these are.
    """
    if not asking:
        return values, []
    pages = list_pages(asking, with_language(load_config(site_yaml(values.values(), ""), "")[0], ()), read)
    values = dict(values)
    if pages.redirects:
        first = values.get("redirects", Setting("redirects", {}, ""))
        origin = "; ".join(filter(None, (first.origin, "pages that are lists here")))
        values["redirects"] = Setting("redirects", {**pages.redirects, **first.value}, origin)
    if "menu" not in values:
        return values, []
    menu, gone = menu_of(values["menu"].value, pages)
    values["menu"] = msgspec.structs.replace(values["menu"], value=menu)
    return values, [f"{values['menu'].origin}: {item['name']} {item['url']} (no such page here)" for item in gone]


def _defaults(dialect: Dialect | None) -> Iterable[Setting]:
    """Yield what a program does without being asked."""
    if dialect is None:
        yield Setting("permalink", "/:path/", "an address is a note's folder and name")
        return
    yield Setting("dialect", dialect.key, f"what {dialect.name} does without being asked is the default here")
    yield Setting("permalink", dialect.settings["permalink"], f"{dialect.name}'s addresses")


def _usable(settings: Iterable[Setting], listing: Listing) -> Iterable[Setting]:
    """Yield the settings of a program that each have a meaning alone; what is for notebooks where there are any."""
    for setting in settings:
        is_for_none = setting.value == (NOTEBOOKS,) and not any(map(is_notebook, listing.paths))
        if not is_for_none and setting.name != HOME_NOTE:
            yield setting


def _accepted(setting: Setting) -> Setting | None:
    """Return a setting that site.yaml may hold; None where it cannot."""
    is_empty = setting.name == "bibliography" and not setting.value
    return None if is_empty or load_config(site_yaml([setting], ""), "site.yaml")[1] else setting


def _present(setting: Setting, listing: Listing) -> Setting:
    """Return a setting, of bibliographies and pages only what is there: other programs name some unasked."""
    if setting.name == "pages":
        patterns = [item for item in setting.value if any(fnmatchcase(path, f"*{item}") for path in listing.paths)]
        return msgspec.structs.replace(setting, value=tuple(patterns))
    if setting.name != "bibliography" or not isinstance(setting.value, tuple):
        return setting
    names = [path for path in setting.value if any(f"/{file}".endswith(f"/{path}") for file in listing.paths)]
    return msgspec.structs.replace(setting, value=tuple(names))


def _short(value: object) -> str:
    """Return a value as a report shows it."""
    if isinstance(value, (dict, tuple, list)):
        return f"({len(value)})"
    return str(value)


def _rooted(patterns: Sequence[str]) -> list[str]:
    """Return patterns for `ignore`; `**/x` of other programs is also `x` at the top, `/x` is that alone."""
    pairs = ((pattern[3:], pattern) if pattern.startswith("**/") else (pattern.lstrip("/"),) for pattern in patterns)
    return [form for pair in pairs for form in pair]


def _content(listing: Listing, dialect: Dialect | None, named: Setting | None) -> tuple[Setting, list[str]]:
    """Return the folder of notes: the one that is named, else the first of the program's that is there."""
    missing: list[str] = []
    if named is not None:
        folder = str(named.value).strip("./") or "."
        if folder == "." or f"{folder}/" in listing.paths:
            return msgspec.structs.replace(named, value=folder), missing
        missing = [f"{named.origin}: there is no folder {folder}"]
    for folder in dialect.content if dialect else CONTENT:
        if folder and _has_notes(listing, folder):
            return Setting("content_dir", folder, "where the notes are"), missing
    return Setting("content_dir", ".", "the notes lie in this folder itself"), missing


def _has_notes(listing: Listing, folder: str) -> bool:
    return any(path.startswith(f"{folder}/") and is_note(path) for path in listing.paths)


def _together(patterns: dict[str, str], main: str, nav: Setting | None) -> Iterable[Setting]:
    """Yield the settings for notes in several folders of the root, each with a permalink pattern.

    `main`: the folder that the paths of `nav` are below.
    """
    names = " and ".join(patterns)
    yield Setting("content_dir", ".", f"the notes lie in {names}")
    yield Setting("permalinks", patterns, f"the addresses of {names}")
    if nav is not None:
        yield msgspec.structs.replace(nav, value=below(main, nav.value))


def _beside_folders(listing: Listing, folders: dict[str, str]) -> list[str]:
    """Return patterns for the Markdown files in the root that are not in the folders of notes."""
    around = {"/".join(parts[:end]) for parts in (path.split("/") for path in folders) for end in range(1, len(parts))}
    tops = {_top(path, around) for path in listing.paths if is_note(path)}
    return sorted(top for top in tops if top not in folders and not top.startswith("."))


def _top(path: str, around: Container[str]) -> str:
    """Return the first part of a path, more of it inside of the folders `around` others."""
    parts = path.split("/")
    return next(top for end in range(1, len(parts) + 1) if (top := "/".join(parts[:end])) not in around)


def _folders(listing: Listing, dialect: Dialect | None, content: str) -> Iterable[Setting]:
    """Yield the folder of static files where it has another name or place, and a free folder for the output."""
    output = Config().output_dir
    is_ours = STATE in listing.paths and f"{_OTHER_OUTPUT}/" not in listing.paths
    for folder in dialect.static if dialect else ():
        for place in (f"{content}/{folder}", folder):
            if f"{place}/" in listing.paths and place != Config().static_dir and not (place == output and is_ours):
                yield Setting("static_dir", place, "files that are copied as they are")
                break
    if any(path.startswith(f"{output}/") for path in listing.paths) and not is_ours:
        yield Setting("output_dir", _OTHER_OUTPUT, "public/ has files of another program")


def _output(values: dict[str, Setting]) -> str:
    return str(values["output_dir"].value) if "output_dir" in values else Config().output_dir


def _without(inner: list[str], values: dict[str, Setting], start: str) -> list[str]:
    """Return the paths without those in folders that a build does not search for notes."""
    others = [str(values[name].value) if name in values else default for name, default in _NO_CONTENT.items()]
    skipped = tuple(f"{folder}/".removeprefix(start) for folder in others)
    return [path for path in inner if not path.startswith(skipped)]


_NO_CONTENT = {name: str(getattr(Config(), name)) for name in ("output_dir", "static_dir", "themes_dir")}


def _named(values: dict[str, Setting], notes: Sequence[str], read: Callable[[str], str]) -> dict[str, Setting]:
    """Return the settings, of `params` only the values that notes name."""
    if "params" not in values:
        return values
    params = values.pop("params")
    names = {name for path in notes for name in _VARIABLE.findall(read(path))}
    named = {key: value for key, value in params.value.items() if key in names}
    return {**values, "params": msgspec.structs.replace(params, value=named)} if named else values


def _spoken(values: dict[str, Setting], notes: Sequence[str], read: Read, language: str | None) -> dict[str, Setting]:
    """Return the settings with the language: asked for, configured, or guessed from some of the notes."""
    if language:
        return values | {"language": Setting("language", language, "--language")}
    if "language" in values:
        return values
    guess = guess_language(text for path in sample(notes) if (text := read(path)) is not None)
    values = dict(values)
    if guess is not None:
        values["language"] = Setting("language", guess, "the language of the notes")
        if guess == "en":
            values.setdefault("timezone", Setting("timezone", "UTC", "of dates that name no zone; set yours"))
    return values
