"""What one scan of the disk reads: text files, notebooks, assets, theme layers, and the tree of them all."""

from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import msgspec

from notegen.model.config import Config, InjectConfig

# Larger images are never decoded, and have no smaller copies: some are bombs, a few bytes that unpack to gigabytes.
MAX_PIXELS = 50_000_000
Kind = Literal["note", "page", "draft", "section", "template", "private"]
NAV_TITLE = "nav_title"  # what `nav` calls a note, among its defaults
# What a Markdown file is by its place. note: in lists and feeds; page: at its own path, in no list; draft: a note that
# is not finished; section: the text of its folder's page; template: made for another program, which fills it in or
# lists notes in its place; private: no text of the site, such as a README. The last two are never read as notes.


class IncludedFile(msgspec.Struct, frozen=True):
    """A text file in a note: which file names it, as what, its path below the root ("" for none), text and digest."""

    origin: str
    written: str
    path: str = ""
    text: str = ""
    digest: str = ""


Shown = Literal["shown", "folded", "hidden"]


class Output(msgspec.Struct, frozen=True):
    """What a cell has shown, as stored: text with ANSI colours (stream, error), HTML, or a kind that is not shown.

    `kind`: "stream", "error", "html", "text" (the plain form of a result), "notice" (`text` says what it is).
    `name`: "stdout" or "stderr" of a stream.
    """

    kind: Literal["stream", "error", "html", "text", "notice"]
    text: str
    name: str = ""


class Cell(msgspec.Struct, frozen=True):
    """A part of a notebook. Its lines in the text are those from `start` up to `end`, from 0; outputs have none.

    `kind`: "markdown"; "code": a fence; "outputs"; "result": outputs that are Markdown, such as a picture. `number`: of
    the cell in the file, from 1; a code cell and all that it has shown have the same. `shown`: of code and outputs.
    `caption`, `label`: of a table among the outputs.
    """

    kind: Literal["markdown", "code", "outputs", "result"]
    number: int
    start: int = 0
    end: int = 0
    outputs: tuple[Output, ...] = ()
    shown: Shown = "shown"
    options: dict[str, str] = {}
    caption: str = ""
    label: str = ""


class CellPlace(msgspec.Struct, frozen=True):
    """Where lines of the text come from: those from `start` (from 0) on are those from `line` (from 1) of a cell on.

    `line` 0: they are no lines of the cell, such as its outputs; `cell` 0: they are of no cell. `column`: how many
    characters further left a column is in the text than in the file.
    """

    start: int
    cell: int
    line: int = 0
    column: int = 0


class Notebook(msgspec.Struct, frozen=True):
    """What a note that is a notebook has besides its text. `by_line`: places are lines of the file, not of cells.

    `path`: the address of the notebook as a file beside the note, where it can be downloaded; "" where not.
    """

    cells: tuple[Cell, ...]
    places: tuple[CellPlace, ...]
    by_line: bool = False
    path: str = ""

    def place(self, line: int) -> tuple[int, int, int]:
        """Return (cell, line, shift of columns) of a line of the text, from 1."""
        at = bisect_right(self.places, line - 1, key=lambda place: place.start) - 1
        if line < 1 or at < 0:
            return 0, 0, 0
        place = self.places[at]
        return place.cell, place.line + line - 1 - place.start if place.line else 0, place.column


class SourceFile(msgspec.Struct, frozen=True):
    """A text file: path below the site's root, text with LF line ends, digest of its bytes; of a note its kind.

    `included`: the files that a note includes; its digest is then also theirs, as that of `drawings`: SVG
    of its diagrams that the site keeps, by file name. `defaults`: what its folders give to its front matter, as JSON.
    `notebook`: of a note that is one, whose text is then that of its cells; its digest is that of the file.
    """

    path: str
    text: str
    digest: str
    kind: Kind = "note"
    included: tuple[IncludedFile, ...] = ()
    defaults: str = ""
    drawings: tuple[tuple[str, str], ...] = ()
    notebook: Notebook | None = None

    def __reduce__(self) -> tuple[Callable[..., "SourceFile"], tuple[object, ...]]:
        """Go to another process as UTF-8: a string that is pickled as such keeps that form for good, beside its own."""
        text = self.text.encode()
        others = self.included, self.defaults, self.drawings, self.notebook
        return _source_file, (self.path, text, self.digest, self.kind, *others)


def _source_file(
    path: str,
    text: bytes,
    digest: str,
    kind: Kind,
    included: tuple[IncludedFile, ...],
    defaults: str,
    drawings: tuple[tuple[str, str], ...],
    notebook: Notebook | None,
) -> SourceFile:
    return SourceFile(path, text.decode(), digest, kind, included, defaults, drawings, notebook)


class Asset(msgspec.Struct, frozen=True):
    """A file that is only copied. `path` is relative to the root; `location` says where its bytes are on disk.

    Of an image also its `width` and `height` in pixels as it is shown (0: unknown) and its `format`: "jpeg", "png",
    "apng", "gif", "bmp", "webp", "avif", "heic", "svg", or "" for any other file. A picture in a notebook is the
    JSON value from byte `start` up to `end` of its file; `digest` and `size` are those of the picture's own bytes.
    """

    path: str
    location: str
    digest: str
    size: int
    width: int = 0
    height: int = 0
    format: str = ""
    plot: bool = False  # a drawing on a light ground, which dark pages may turn
    start: int = 0
    end: int = 0


class Installed(msgspec.Struct, frozen=True):
    """What a machine has that a site may use, asked when a scan needs it; as such nothing.

    `indexer`: name and version of what makes search indexes, or ""; `card_font`: a font with Chinese letters;
    `segmenter`: name and version of what finds Chinese words, or "".
    """

    indexer: Callable[[], str] = lambda: ""
    card_font: Callable[[], Asset | None] = lambda: None
    segmenter: Callable[[], str] = lambda: ""


class SiteLocation(msgspec.Struct, frozen=True):
    """Where a site is: root, path of its configuration file below the root ("" if none), that file's text, output.

    `installed`: what the machine there has that the site may use.
    """

    root: Path
    config_path: str
    config_text: str
    output: Path
    installed: Installed = Installed()


class ImageVariant(msgspec.Struct, frozen=True):
    """A smaller WebP copy of an image, `width` pixels wide. `digest` names its bytes: equal values give equal bytes."""

    asset: Asset
    width: int
    quality: int
    digest: str


class ThemeLayer(msgspec.Struct, frozen=True):
    """One theme folder: its name, templates and shortcodes (name -> text), static files, theme.yaml, label files."""

    name: str
    settings: SourceFile | None
    templates: dict[str, SourceFile]
    labels: dict[str, SourceFile]
    static: dict[str, Asset]
    shortcodes: dict[str, SourceFile] = {}


class ExtensionFile(msgspec.Struct, frozen=True):
    """An extension that site.yaml names: a module of the site, or (`entry`) the entry point of an installed package."""

    name: str
    path: str
    text: str
    digest: str
    entry: str = ""


class FolderSettings(msgspec.Struct, frozen=True):
    """What a folder says of itself: its name in the tree, its place there, its page.

    `is_index`: its page is a list that has an address of its own, below those of the notes: `slug`, else one made of
    the label (Docusaurus' `generated-index`).
    """

    label: str = ""
    order: float | None = None
    is_index: bool = False
    slug: str = ""


NO_SETTINGS = FolderSettings()


class FileHistory(msgspec.Struct, frozen=True):
    """What git knows of a file: the date of its last change, as RFC 3339 has it, and all who changed it, by name."""

    updated: str
    people: tuple[str, ...] = ()


class Tree(msgspec.Struct, frozen=True):
    """Everything that one scan read. All paths are relative to the root, with forward slashes.

    `notes`: Markdown below the content folder; `assets`: every other file there; `static`: files copied to the
    output's root (path without the static folder -> Asset); `layers`: theme folders, first wins.
    """

    config: Config
    config_path: str
    config_text: str
    notes: tuple[SourceFile, ...]
    assets: dict[str, Asset]
    static: dict[str, Asset]
    layers: tuple[ThemeLayer, ...]
    font: Asset | None = None  # the math font that site.yaml names
    indexer: str = ""  # what indexes the site for search, with its version; empty where it is not installed
    card_font: Asset | None = None  # the font of social cards; its digest is of its head, for fonts are large
    bibliographies: tuple[SourceFile, ...] = ()  # BibTeX and CSL-JSON files, in the order in which they are asked
    citation_style: SourceFile | None = None  # of CSL, where site.yaml names one
    encoder: str = ""  # what encodes smaller images, with its version; empty where the site has no images
    folders: dict[str, FolderSettings] = {}  # what folders say of themselves, by path below the content folder
    parts: tuple[SourceFile, ...] = ()  # Markdown that is no note, such as _part.qmd, which notes may include
    drawings: dict[str, str] = {}  # SVG of diagrams that the site keeps, by the names of their files
    addresses: dict[str, tuple[str, ...]] = {}  # digest of a page, style sheet, script or SVG -> the files it names
    shortcodes: dict[str, SourceFile] = {}  # the templates in shortcodes/ of the site and its theme, by file name
    data: dict[str, Any] = {}  # what files in the data folder hold, by name; those that a template reads
    css: tuple[Asset, ...] = ()  # style sheets that site.yaml names
    extensions: tuple[ExtensionFile, ...] = ()  # in their order
    inject: InjectConfig = InjectConfig()  # the HTML itself, not the names of files
    history: dict[str, FileHistory] = {}  # of notes by path, where site.yaml asks git
    segmenter: str = ""  # what finds the words of Chinese titles, with its version; empty where it is not installed
    uncoloured: tuple[str, ...] = ()  # classes of tokens of code that look like text in the styles of the site
