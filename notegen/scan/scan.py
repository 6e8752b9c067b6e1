"""One scan of the disk: the site's folder to a Tree.

Nothing is read twice in a build, and nothing after this stage reads.
"""

from pathlib import Path
from typing import NamedTuple

from notegen.diagrams.kinds import FOLDER
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result, first_names, take
from notegen.model.source import Asset, SiteLocation, SourceFile, Tree
from notegen.scan.added.data_files import data_files
from notegen.scan.added.extensions import extensions
from notegen.scan.added.own_files import injected_html, own_stylesheets
from notegen.scan.added.shortcodes import shortcodes
from notegen.scan.citations.bibliographies import bibliographies
from notegen.scan.citations.style import citation_style
from notegen.scan.defaults import reader_of, with_metadata
from notegen.scan.file_kinds import notes_among
from notegen.scan.files import list_files, measured, path_below, read_asset, read_text
from notegen.scan.folder_settings import folder_settings
from notegen.scan.history import file_history
from notegen.scan.language import with_language
from notegen.scan.macro_files import with_macro_files
from notegen.scan.notebooks import FoundNotebook, files_of_notebooks, find_notebook, problems_of_notebooks
from notegen.scan.themes import theme_layers
from notegen.system.disk import Disk, DiskEntry
from notegen.system.pictures.images import encoder
from notegen.system.system_fonts import font_file
from notegen.text.paths import fits_path, is_note, is_notebook
from notegen.text.private_files import is_secret


def scan(location: SiteLocation, config: Config, disk: Disk, diagnostics: tuple[Diagnostic, ...] = ()) -> Result[Tree]:
    """Read the site below `location.root` as `config` describes it.

    Diagnostics: `diagnostics` (of site.yaml) and those of files that cannot be read: file-unreadable, file-not-utf8,
    file-nul, file-too-large, file-dangling, file-loop, file-outside, file-none, note-none, image-unreadable,
    image-too-large, theme-missing, bib-file, bib-style, shortcode-name, data-file, config-file,
    extension-missing, math-macro, git-shallow, git-missing.
    """
    reported = list(diagnostics)
    content = take(_content(location, config, disk), reported)
    static = take(_static(location, config, disk), reported)
    config = with_language(config, content.notes)
    config = take(with_macro_files(location, config, disk), reported)
    layers = take(theme_layers(location, config, disk), reported)
    tags = take(shortcodes(location, layers, disk), reported)
    templates = [*tags.values(), *(file for layer in layers for file in layer.templates.values())]
    images = any(asset.format for asset in (*content.assets.values(), *static.values()))
    tree = Tree(
        config=config,
        config_path=location.config_path,
        config_text=location.config_text,
        notes=content.notes,
        parts=content.parts,
        assets=content.assets,
        static=static,
        layers=layers,
        bibliographies=take(bibliographies(location, config, content.assets, static, disk), reported),
        citation_style=take(citation_style(location, config, disk), reported),
        font=take(_math_font(location, config, disk), reported),
        encoder=encoder() if images else "",
        card_font=_card_font(location, config, disk),
        indexer=location.installed.indexer() if config.search.enabled else "",
        folders=folder_settings(content.assets, disk),
        shortcodes=tags,
        drawings=take(_drawings(location, disk), reported),
        data=take(data_files(location, config, templates, disk), reported),
        extensions=take(extensions(location, config, disk), reported),
        css=take(own_stylesheets(location, config, disk), reported),
        inject=take(injected_html(location, config, disk), reported),
        history=take(file_history(location, config), reported),
        segmenter=location.installed.segmenter(),
    )
    return Result(tree, tuple(reported))


def scan_note(
    location: SiteLocation, config: Config, file: Path, disk: Disk, diagnostics: tuple[Diagnostic, ...] = ()
) -> Result[Tree]:
    """Return a Tree that holds the one note `file` (absolute), and what shows its shortcodes. Diagnostics as `scan`."""
    path = path_below(location.root, file)
    notebook = find_notebook(DiskEntry(path, str(file)), path, config, disk)
    note, reported = (notebook.note, notebook.diagnostics) if notebook is not None else read_text(str(file), path, disk)
    notes = (note,) if note else ()
    config = with_language(config, notes)
    config, faults = with_macro_files(location, config, disk)
    layers = theme_layers(location, config, disk).value
    tags = shortcodes(location, layers, disk).value
    data, run = data_files(location, config, tags.values(), disk).value, extensions(location, config, disk).value
    tree = Tree(
        config,
        location.config_path,
        location.config_text,
        notes,
        {},
        {},
        (),
        shortcodes=tags,
        data=data,
        extensions=run,
    )
    return Result(tree, (*diagnostics, *reported, *faults))


class _Content(NamedTuple):
    """What the content folder holds; assets by their path below it."""

    notes: tuple[SourceFile, ...]
    parts: tuple[SourceFile, ...]
    assets: dict[str, Asset]


def _content(location: SiteLocation, config: Config, disk: Disk) -> Result[_Content]:
    """Read the content folder, which may be the root itself. Diagnostic, among others: file-none."""
    root = location.root
    folder = root / config.content_dir
    others = frozenset({location.output, *(root / name for name in (config.output_dir, config.static_dir))})
    skip = (others | {root / config.themes_dir}) - {folder}
    label = path_below(root, folder)
    diagnostics: list[Diagnostic] = []
    files: list[tuple[str, SourceFile]] = []
    assets: dict[str, Asset] = {}
    notebooks: list[FoundNotebook] = []
    unasked = not location.config_path
    listed = list_files(folder, label, disk, skip=skip, ignore=config.ignore, names_ignored=unasked)
    for entry in take(listed, diagnostics):
        path = f"{label}/{entry.path}" if label else entry.path
        if path == location.config_path:
            continue
        notebook = find_notebook(entry, path, config, disk)
        if notebook is not None:
            notebooks.append(notebook)
            files += [(entry.path, notebook.note)] if notebook.note is not None else []
        elif is_note(entry.path) and not fits_path(entry.path, config.passthrough) and not is_notebook(entry.path):
            note = take(read_text(entry.location, path, disk), diagnostics)
            files += [(entry.path, note)] if note else []
        elif is_secret(entry.path):
            continue
        elif asset := take(read_asset(entry, path, disk), diagnostics):
            assets[entry.path] = take(measured(asset, disk), diagnostics)
    read = reader_of(assets, disk)
    settings = with_metadata(config, files, assets, read)
    markdown = take(notes_among(files, settings, read, is_root=folder == root), diagnostics)
    if notebooks:
        diagnostics += problems_of_notebooks(notebooks, files)
        assets = {**files_of_notebooks(markdown.notes, notebooks, disk), **assets}
    if not markdown.notes:
        hint = "put notes (*.md) there, or set content_dir"
        diagnostics.append(diagnose("file-none", f"no Markdown files in {label or '.'}", hint=hint))
    return Result(_Content(markdown.notes, markdown.parts, assets), tuple(diagnostics))


def _static(location: SiteLocation, config: Config, disk: Disk) -> Result[dict[str, Asset]]:
    """Return the files of the static folder, by their path below it."""
    folder = location.root / config.static_dir
    label = path_below(location.root, folder)
    diagnostics: list[Diagnostic] = []
    static: dict[str, Asset] = {}
    secrets: list[str] = []
    for entry in take(
        list_files(folder, label, disk, within=location.root, skip=frozenset({location.output})), diagnostics
    ):
        path = path_below(location.root, Path(entry.location))
        if is_secret(entry.path):
            secrets.append(entry.path)
        elif asset := take(read_asset(entry, path, disk), diagnostics):
            static[entry.path] = take(measured(asset, disk), diagnostics)
    if secrets:
        message = f"{first_names(secrets)}: left out; keys, passwords and backups are never published"
        diagnostics.append(diagnose("file-secret", message, path=label, hint="rename what is none of these"))
    return Result(static, tuple(diagnostics))


def _drawings(location: SiteLocation, disk: Disk) -> Result[dict[str, str]]:
    """Read the SVG of diagrams that the site keeps."""
    folder = location.root / FOLDER
    texts: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for entry in take(list_files(folder, FOLDER, disk, within=location.root), diagnostics):
        name = Path(entry.path).name
        if name.startswith("tikz-") and name.endswith(".svg"):
            text = take(read_text(entry.location, f"{FOLDER}/{name}", disk), diagnostics)
            texts |= {name: text.text} if text else {}
    return Result(texts, tuple(diagnostics))


def _card_font(location: SiteLocation, config: Config, disk: Disk) -> Asset | None:
    """Return the font of social cards, which a site without an address has not."""
    if not config.social_cards.enabled or not config.base_url.startswith("http"):
        return None
    named = config.social_cards.font
    if not named:
        return location.installed.card_font()
    file = location.root / named
    return font_file(file, named, disk) if file.is_file() else None  # a pipe would keep us waiting


def _math_font(location: SiteLocation, config: Config, disk: Disk) -> Result[Asset | None]:
    """Return the math font that site.yaml names, if it names one."""
    path = config.math.font
    if not path:
        return Result(None)
    file = location.root / path
    if file.exists() and not file.is_file():
        return Result(None, (diagnose("file-unreadable", "neither a file nor a folder", path=path),))
    return read_asset(DiskEntry(path, str(file)), path, disk)
