"""One look at the disk: the site's folder to a Tree.

Nothing is read twice in a build, and nothing after this stage reads.
"""

import codecs
import fnmatch
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

import notegen
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest_bytes
from notegen.model.result import Result
from notegen.model.source import Asset, SourceFile, ThemeLayer, Tree
from notegen.system.disk import Disk, Found
from notegen.system.images import SUFFIXES as IMAGE_SUFFIXES
from notegen.system.images import encoder, read_header
from notegen.system.pagefind import indexer
from notegen.system.system_fonts import find_font, font_file
from notegen.text.paths import is_note
from notegen.yaml.nodes import Mapping, scalars
from notegen.yaml.parse import parse_yaml

T = TypeVar("T")
MAX_TEXT = 10_000_000  # bytes of one text file


class Place(msgspec.Struct, frozen=True):
    """Where a site is: root, path of its configuration file below the root ("" if none), that file's text, output."""

    root: Path
    config_path: str
    config_text: str
    output: Path


def scan(place: Place, config: Config, disk: Disk, problems: tuple[Diagnostic, ...] = ()) -> Result[Tree]:
    """Read the site below `place.root` as `config` describes it.

    Diagnostics: `problems` (of site.yaml) and those of files that cannot be read: file-unreadable, file-not-utf8,
    file-nul, file-too-large, file-outside, file-none, image-unreadable, image-too-large, theme-missing.
    """
    content = place.root / config.content_dir
    static = place.root / config.static_dir
    themes = place.root / config.themes_dir
    skip = frozenset({place.output, place.root / config.output_dir, static, themes} - {content})
    found: list[Diagnostic] = list(problems)
    notes: list[SourceFile] = []
    assets: dict[str, Asset] = {}
    label = _label(place.root, content)
    for entry in _walk(content, disk, skip, found, label, config.ignore):
        path = f"{label}/{entry.path}" if label else entry.path
        if path == place.config_path:
            continue
        if is_note(entry.path):
            note = _read_text(entry.location, path, disk, found)
            notes.extend([note] if note else [])
        elif asset := _asset(entry, path, disk, found):
            assets[entry.path] = _measured(asset, disk, found)
    if not notes:
        where = _label(place.root, content) or "."
        found.append(
            diagnose("file-none", f"no Markdown files in {where}", hint="put notes (*.md) there, or set content_dir")
        )
    files = {
        entry.path: _measured(asset, disk, found)
        for entry in _walk(static, disk, frozenset({place.output}), found, _label(place.root, static))
        if (asset := _asset(entry, _label(place.root, Path(entry.location)), disk, found))
    }
    layers = tuple(layer for name in config.theme for layer in _layer(name, place, themes, disk, found))
    font = _font(config.math.font, place, disk, found)
    images = any(asset.format for asset in (*assets.values(), *files.values()))
    tree = Tree(
        config=config,
        config_path=place.config_path,
        config_text=place.config_text,
        notes=tuple(notes),
        assets=assets,
        static=files,
        layers=layers,
        font=font,
        encoder=encoder() if images else "",
        card_font=_card_font(place, config, disk),
        indexer=indexer() if config.search.enabled else "",
    )
    return Result(tree, tuple(found))


def _card_font(place: Place, config: Config, disk: Disk) -> Asset | None:
    """Return the font of social cards, which a site without an address has not."""
    if not config.social_cards.enabled or not config.base_url.startswith("http"):
        return None
    named = config.social_cards.font
    return font_file(place.root / named, named, disk) if named else find_font(disk)


def _font(path: str, place: Place, disk: Disk, found: list[Diagnostic]) -> Asset | None:
    """Return the math font that site.yaml names, if it names one."""
    return _asset(Found(path, str(place.root / path)), path, disk, found) if path else None


def scan_note(
    place: Place, config: Config, file: Path, disk: Disk, problems: tuple[Diagnostic, ...] = ()
) -> Result[Tree]:
    """Return a Tree that holds the one note `file` (absolute). Diagnostics as `scan`."""
    found = list(problems)
    note = _read_text(str(file), _label(place.root, file), disk, found)
    notes = (note,) if note else ()
    return Result(Tree(config, place.config_path, place.config_text, notes, {}, {}, ()), tuple(found))


def _label(root: Path, path: Path) -> str:
    """Return the path as messages show it: below the root with forward slashes, else whole."""
    try:
        label = path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
    return "" if label == "." else label


def _walk(
    folder: Path, disk: Disk, skip: frozenset[Path], found: list[Diagnostic], label: str, ignore: tuple[str, ...] = ()
) -> list[Found]:
    """Return the files below a folder that may be read; a folder that does not exist holds none."""
    if not folder.is_dir():
        return []
    entries = [entry for entry in disk.walk(folder, skip=skip) if not ignore or not _ignored(entry.path, ignore)]
    for entry in (entry for entry in entries if entry.problem):
        path = "/".join(part for part in (label, entry.path) if part)
        if entry.outside:
            hint = "copy what it leads to into the site, or remove the link"
            found.append(diagnose("file-outside", entry.problem, path=path, hint=hint))
        else:
            found.append(diagnose("file-unreadable", entry.problem, path=path))
    return [entry for entry in entries if not entry.problem]


def _ignored(path: str, patterns: tuple[str, ...]) -> bool:
    """Return whether one of the glob patterns fits the path or one of the folders above it."""
    parts = path.split("/")
    prefixes = ["/".join(parts[: index + 1]) for index in range(len(parts))]
    return any(fnmatch.fnmatchcase(prefix, pattern.rstrip("/")) for pattern in patterns for prefix in prefixes)


def _read_text(location: str, path: str, disk: Disk, found: list[Diagnostic]) -> SourceFile | None:
    """Return the text file, or None and a diagnostic; from the disk's memory where it has one."""
    return _told(disk.recall(location, "text", lambda: _with_problems(_read_anew, Path(location), path, disk)), found)


def _with_problems(read: Callable[..., T], *arguments: Any) -> tuple[T, list[Diagnostic]]:
    """Return what a function returns, and what it tells in its last argument."""
    problems: list[Diagnostic] = []
    return read(*arguments, problems), problems


def _told(result: tuple[T, list[Diagnostic]], found: list[Diagnostic]) -> T:
    found.extend(result[1])
    return result[0]


def _read_anew(location: Path, path: str, disk: Disk, found: list[Diagnostic]) -> SourceFile | None:
    try:
        if disk.size(location) > MAX_TEXT:
            message = f"larger than {MAX_TEXT // 1_000_000} MB"
            found.append(diagnose("file-too-large", message, path=path, hint="split the note"))
            return None
        data = disk.read(location)
    except OSError as error:
        found.append(diagnose("file-unreadable", f"cannot be read: {error.strerror or error}", path=path))
        return None
    text = decode_text(data, path, found)
    return None if text is None else SourceFile(path, text, digest_bytes(data))


def decode_text(data: bytes, path: str, found: list[Diagnostic]) -> str | None:
    """Return UTF-8 text with LF line ends and without a byte order mark, or None and a diagnostic at the bad byte."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = _place(before)
        message = f"not UTF-8: byte 0x{data[error.start]:02x}"
        hint = "save the file as UTF-8 (it may be GBK or UTF-16 now)"
        found.append(diagnose("file-not-utf8", message, path=path, line=line, column=column, hint=hint))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line, column = _place(text[: text.index("\0")])
        hint = "remove the byte; a file full of them may be UTF-16: save it as UTF-8"
        found.append(diagnose("file-nul", "a NUL byte in the text", path=path, line=line, column=column, hint=hint))
    return text


def _place(before: str) -> tuple[int, int]:
    """Return line and column (from 1) of the character behind `before`."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _asset(entry: Found, path: str, disk: Disk, found: list[Diagnostic]) -> Asset | None:
    """Return a file that is only copied, or None and a diagnostic."""
    return _told(disk.recall(entry.location, "asset", lambda: _with_problems(_asset_anew, entry, path, disk)), found)


def _asset_anew(entry: Found, path: str, disk: Disk, found: list[Diagnostic]) -> Asset | None:
    try:
        place = Path(entry.location)
        return Asset(path, entry.location, disk.digest(place), disk.size(place))
    except OSError as error:
        found.append(diagnose("file-unreadable", f"cannot be read: {error.strerror or error}", path=path))
        return None


def _measured(asset: Asset, disk: Disk, found: list[Diagnostic]) -> Asset:
    """Return the asset, an image with its size and format. Diagnostics: image-unreadable, image-too-large."""
    if not asset.path.lower().endswith(IMAGE_SUFFIXES):
        return asset
    return _told(disk.recall(asset.location, "image", lambda: _with_problems(_measured_anew, asset, disk)), found)


def _measured_anew(asset: Asset, disk: Disk, found: list[Diagnostic]) -> Asset:
    try:
        with disk.open(Path(asset.location)) as file:
            header = read_header(file, asset.path)
    except OSError as error:
        found.append(diagnose("file-unreadable", f"cannot be read: {error.strerror or error}", path=asset.path))
        return asset
    if header.too_large:
        hint = "it is shown as it is; make it smaller"
        found.append(diagnose("image-too-large", header.problem, path=asset.path, hint=hint))
    elif header.problem:
        found.append(diagnose("image-unreadable", header.problem, path=asset.path, hint="export it again"))
    return msgspec.structs.replace(asset, width=header.width, height=header.height, format=header.format)


def bundled_themes() -> tuple[Path, ...]:
    """Return the folders that hold the themes shipped with notegen: in a wheel, and in a checkout."""
    package = Path(notegen.__file__).parent
    return (package / "themes", package.parent / "themes")


def _layer(name: str, place: Place, themes: Path, disk: Disk, found: list[Diagnostic]) -> list[ThemeLayer]:
    """Return the theme folders of that name: the site's own, then the one shipped, which it may shadow in part."""
    shipped = [bundle / name for bundle in bundled_themes() if (bundle / name).is_dir()][:1]
    folders = {folder.resolve(): folder for folder in (themes / name, *shipped) if folder.is_dir()}
    if folders:
        return [_read_layer(name, folder, place, disk, found) for folder in folders.values()]
    hint = f"make the folder {_label(place.root, themes)}/{name}, or use theme: transmission"
    line, column = _theme_place(name, place.config_text)
    message = f"there is no theme {name!r}"
    found.append(
        diagnose(
            "theme-missing", message, path=place.config_path, line=line, column=column, length=len(name), hint=hint
        )
    )
    return []


def _theme_place(name: str, text: str) -> tuple[int, int]:
    """Return line and column of a theme's name in site.yaml; (0, 0) where it is not found."""
    root = parse_yaml(text).root
    value = (
        next((node for key, node in root.entries if key.text == "theme"), root) if isinstance(root, Mapping) else root
    )
    names = (node for node in scalars(value) if node.text == name) if value else ()
    return next(((node.line, node.column + len(node.style)) for node in names), (0, 0))


def _read_layer(name: str, folder: Path, place: Place, disk: Disk, found: list[Diagnostic]) -> ThemeLayer:
    """Read one theme folder: theme.yaml, templates/, i18n/, static/."""
    label = _label(place.root, folder)
    texts: dict[str, dict[str, SourceFile]] = {"templates": {}, "i18n": {}, "": {}}
    static: dict[str, Asset] = {}
    for entry in _walk(folder, disk, frozenset(), found, label):
        kind, _, inner = entry.path.rpartition("/") if "/" not in entry.path else entry.path.partition("/")
        path = f"{label}/{entry.path}"
        if kind == "static":
            if asset := _asset(entry, path, disk, found):
                static[inner] = asset
        elif kind in texts and (file := _read_text(entry.location, path, disk, found)):
            texts[kind][inner] = file
    labels = {key.rpartition(".")[0]: file for key, file in texts["i18n"].items()}
    return ThemeLayer(name, texts[""].get("theme.yaml"), texts["templates"], labels, static)
