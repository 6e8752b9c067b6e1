"""A notebook to the Markdown text of a note, its pictures to files beside it; everything else that it shows to values.

The text has the front matter, the cells of Markdown as written, code in fences, and those results that are Markdown: a
picture is `![caption](x_files/1f3a.png){#fig-x}`, a formula a display. So numbers, labels, footnotes and links are
those of one note, and a note that was a notebook is read by the same rules as any other.

Reports: notebook-syntax, notebook-version, notebook-output, notebook-option, notebook-unrun, notebook-order.
"""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote, unquote

import msgspec

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest_bytes
from notegen.model.source import Asset, Cell, CellPlace, Notebook, Output, SourceFile
from notegen.notebooks.captions import attribute, figure_of, id_of, table_label, with_one_caption, with_one_figure
from notegen.notebooks.freshness import freshness
from notegen.notebooks.front_matter import Line, is_front_matter, of_metadata, of_title_cell
from notegen.notebooks.nbformat import NotebookError, RawCell, RawNotebook, clean, decode, joined
from notegen.notebooks.options import CellOptions, cell_defaults, cell_options
from notegen.notebooks.outputs import PICTURES, Markdown, Picture, Result, attached, results_of
from notegen.notebooks.pictures import picture_bytes
from notegen.system.pictures.images import read_header
from notegen.text.patterns import lazy_regex
from notegen.yaml.errors import YamlError

_ATTACHMENT = lazy_regex(r"attachment:(?P<name>[^\s()\[\]<>\"']{1,300})")
_RUN = lazy_regex(r"^[ \t]*(`{3,})", re.MULTILINE)
_MAGIC = lazy_regex(r"%%(?P<name>[A-Za-z][\w!]*)[^\n]*")
_MAGICS = {
    **dict.fromkeys(("bash", "sh", "script", "!", "cmd"), "bash"),
    **dict.fromkeys(("javascript", "js"), "javascript"),
    **dict.fromkeys(("html", "latex", "perl", "ruby", "sql", "julia"), ""),
    **dict.fromkeys(("markdown", "cython"), ""),
    **dict.fromkeys(("R", "r"), "r"),
    "svg": "xml",
}
_SHELL = lazy_regex(r"^[ \t]*[%!](?!=)", re.MULTILINE)
_RAW = {"text/markdown": "markdown", "text/html": "html", "markdown": "markdown", "html": "html"}


class NotebookFile(NamedTuple):
    """A notebook that was read: the note, None where it is none, and the pictures in it, by file name."""

    note: SourceFile | None
    pictures: Mapping[str, Asset]
    diagnostics: tuple[Diagnostic, ...]


def read_notebook(data: bytes, path: str, location: str, digest: str, *, download: bool = False) -> NotebookFile:
    """Return the note in the bytes of a notebook. `path`, `digest`: of its file, which is at `location`.

    `download`: whether the note names the file itself, so that it can be published. Time is linear in the bytes.
    """
    notebook = decode(data)
    if isinstance(notebook, NotebookError):
        code = "notebook-version" if notebook.outdated else "notebook-syntax"
        line, column = notebook.line, notebook.column
        item = diagnose(code, notebook.message, path=path, line=line, column=column, hint=notebook.hint)
        return NotebookFile(None, {}, (item,))
    writer = _Writer(data, path, location)
    writer.write(notebook)
    name = path.rpartition("/")[2]
    if download:
        writer.pictures[name] = Asset("", location, digest, len(data))
    diagnostics = (*writer.diagnostics, *freshness(notebook.cells, path))
    contents = Notebook(
        tuple(writer.cells), tuple(writer.places), path=quote(f"{writer.folder}/{name}") if download else ""
    )
    return NotebookFile(
        SourceFile(path, "\n".join(writer.lines) + "\n", digest, notebook=contents), writer.pictures, diagnostics
    )


class _Writer:
    """Writes the text line by line; `cells` and `places` say which lines are whose."""

    def __init__(self, data: bytes, path: str, location: str) -> None:
        self._data, self._path, self._location = data, path, location
        self._reached = 0  # byte of the file behind the last picture
        self.folder = path.rpartition("/")[2].rpartition(".")[0] + "_files"
        self._defaults: dict[str, str] = {}  # options of cells that do not say otherwise
        self.lines: list[str] = []
        self.cells: list[Cell] = []
        self.places: list[CellPlace] = []
        self.pictures: dict[str, Asset] = {}
        self.diagnostics: list[Diagnostic] = []

    def write(self, notebook: RawNotebook) -> None:
        """Write all cells."""
        first = self._front_matter(notebook)
        language = _language(notebook.metadata)
        for number, cell in enumerate(notebook.cells, start=1):
            if number == first:
                continue
            if cell.cell_type == "code":
                self._code(number, cell, language)
            elif cell.cell_type in {"markdown", "raw"}:
                self._markdown(number, cell)

    def _front_matter(self, notebook: RawNotebook) -> int:
        """Write the front matter. Return the number of the cell that is nothing else; 0 for none."""
        cells = [(number, cell) for number, cell in enumerate(notebook.cells, start=1) if joined(cell.source).strip()]
        number, cell = cells[0] if cells else (0, None)
        source = clean(joined(cell.source)) if cell is not None else ""
        written: list[Line] | None = None
        if cell is not None and cell.cell_type in {"raw", "markdown"} and is_front_matter(source):
            written = [(line, at) for at, line in enumerate(source.split("\n"), start=1)]
        elif cell is not None and cell.cell_type == "markdown":
            written = of_title_cell(source)
        if written is None:
            number, written = 0, of_metadata(notebook.metadata)
        for text, line in written:
            self.places.append(CellPlace(len(self.lines), number, line))
            self.lines.append(text)
        self._defaults = cell_defaults("\n".join(text for text, _ in written if text != "---"))
        return number

    def _markdown(self, number: int, cell: RawCell) -> None:
        hidden = cell_options("", cell.metadata)[0].omitted
        source = clean(joined(cell.source))
        if cell.cell_type == "raw":
            named = str(cell.metadata.get("raw_mimetype") or cell.metadata.get("format") or "")
            hidden = hidden or named not in _RAW
        if hidden or not source.strip():
            return
        if "attachment:" in source:
            source = self._with_attachments(number, cell, source)
        self._add("markdown", number, source.rstrip("\n").split("\n"), line=1)

    def _code(self, number: int, cell: RawCell, language: str) -> None:
        options, code = cell_options(clean(joined(cell.source)), cell.metadata, self._defaults)
        if options.omitted:
            return
        if options.error is not None:
            self._bad_options(number, options.error)
        if options.code != "hidden" and code.strip():
            self._fence(number, code, options, _language_of(code, cell.metadata, language))
        if options.outputs != "hidden":
            self._outputs(number, cell, options)

    def _bad_options(self, number: int, error: YamlError) -> None:
        message = f"the options of the cell are no YAML: {error.message}"
        self.diagnostics.append(
            diagnose("notebook-option", message, path=self._path, line=error.line, cell=number, hint=error.hint)
        )

    def _fence(self, number: int, code: str, options: CellOptions, language: str) -> None:
        bare = code.strip("\n")
        skipped = len(code) - len(code.lstrip("\n"))
        mark = "`" * max([3, *(len(run) + 1 for run in _RUN.findall(bare))])
        label = _listing_label(options.values)
        words = options.values.get("code-summary", "")
        looks = _option("title", options.values.get("filename", ""))
        looks += _option("lst-cap", options.values.get("lst-cap", ""))
        if options.code == "folded":
            fold = "show" if options.values.get("code-fold", "").lower() == "show" else "true"
            looks += f' code-fold="{fold}"' + _option("code-summary", words)
        info = f"{{.{language} #{label}{looks}}}" if label else language + looks
        lines = [f"{mark}{info}", *bare.split("\n"), mark]
        first = options.lines + skipped
        self._add("code", number, lines, line=first, shown=options.code)

    def _outputs(self, number: int, cell: RawCell, options: CellOptions) -> None:
        """Write what a cell has shown: Markdown as lines, all else as outputs of cells without lines."""
        results = (_as_meant(result, options) for result in results_of(cell.outputs))
        shown_results = with_one_figure([result for result in results if result is not None], options)
        for _, group in groupby(with_one_caption(shown_results, options), key=type):
            items = list(group)
            pictures = [(self._picture(number, item), item) for item in items if isinstance(item, Picture)]
            shown = [(address, item) for address, item in pictures if address]
            texts = [figure_of(shown, options)] if shown else []
            texts += [item.text.strip("\n") for item in items if isinstance(item, Markdown)]
            for text in texts:
                self._add("result", number, text.split("\n"), shown=options.outputs)
            outputs = tuple(item for item in items if isinstance(item, Output))
            if outputs:
                self.cells.append(_outputs_cell(number, outputs, options))

    def _picture(self, number: int, picture: Picture) -> str:
        """Return the address of a picture as a file beside the note; "" where it is none."""
        ending, words = PICTURES[picture.kind]
        raw = bytes(picture.raw)
        data = picture_bytes(raw, is_svg=ending == "svg")
        header = read_header(BytesIO(data), f"x.{ending}") if data is not None else None
        if data is None or header is None or (header.problem and not header.too_large):
            problem = header.problem if header is not None else "it cannot be decoded"
            message = f"a stored {words} is none: {problem}"
            hint = "run the cell again, or clear its output"
            self.diagnostics.append(diagnose("notebook-output", message, path=self._path, cell=number, hint=hint))
            return ""
        start = self._data.find(raw, self._reached)
        start = start if start >= 0 else self._data.find(raw)
        self._reached = start + len(raw)
        digest = digest_bytes(data)
        name = f"{digest[:12]}.{ending}"
        self.pictures[name] = Asset(
            "",
            self._location,
            digest,
            len(data),
            header.width,
            header.height,
            header.format,
            start=start,
            end=start + len(raw),
        )
        return f"{quote(self.folder)}/{name}"

    def _with_attachments(self, number: int, cell: RawCell, source: str) -> str:
        """Return the text of a cell, its attachments named as the files that they become."""
        addresses: dict[str, str] = {}
        for name, bundle in cell.attachments.items():
            picture = attached(bundle)
            addresses[name] = self._picture(number, picture) if picture is not None else ""

        def address(match: re.Match[str]) -> str:
            name = unquote(match["name"])
            return addresses.get(name) or f"{quote(self.folder)}/{quote(name)}"

        return _ATTACHMENT.sub(address, source)

    def _add(self, kind: str, number: int, lines: Iterable[str], *, line: int = 0, shown: str = "shown") -> None:
        """Add lines with a blank one before them. `line`: that of the cell from which the first one comes."""
        self.lines.append("")
        start = len(self.lines)
        self.lines += lines
        self.places.append(CellPlace(start, number, line))
        if kind == "code":  # the first line is the fence
            self.places[-1:] = [CellPlace(start, number, line + 1), CellPlace(start + 1, number, line + 1)]
        self.cells.append(msgspec.convert({**_cell(kind, number, start, len(self.lines)), "shown": shown}, Cell))


def _as_meant(result: Result, options: CellOptions) -> Result | None:
    """Return a result as the author wants it; None where it is left out."""
    if not isinstance(result, Output) or result.kind != "stream":
        return result
    if not result.text.strip() or not (options.warnings if result.name == "stderr" else options.stdout):
        return None
    return Markdown(clean(result.text)) if options.asis and result.name == "stdout" else result


def _listing_label(values: Mapping[str, str]) -> str:
    """Return the label of a cell's code: `label: lst-x`, or `lst-label` where that of the cell is its output's."""
    labels = (values.get("lst-label", ""), values.get("label", ""))
    return next((label for label in labels if label.startswith("lst-") and id_of(label)), "")


def _outputs_cell(number: int, outputs: tuple[Output, ...], options: CellOptions) -> Cell:
    """Return a cell of outputs; a table among them has the caption and the label that the options give."""
    label, caption = table_label(options.values), options.values.get("tbl-cap", "")
    if not any(item.kind == "html" for item in outputs):
        label, caption = "", ""
    return Cell("outputs", number, outputs=outputs, shown=options.outputs, caption=caption, label=label)


def _cell(kind: str, number: int, start: int, end: int) -> dict[str, object]:
    return {"kind": kind, "number": number, "start": start, "end": end}


def _option(key: str, value: str) -> str:
    return f' {key}="{attribute(value)}"' if value else ""


def _language(metadata: Mapping[str, object]) -> str:
    """Return the language of a notebook's code: as its kernel says, else Python."""
    for table, key in (("kernelspec", "language"), ("language_info", "name")):
        value = metadata.get(table)
        name = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(name, str) and re.fullmatch(r"[\w+#-]{1,30}", name):
            return name.lower()
    return "python"


def _language_of(code: str, metadata: Mapping[str, object], language: str) -> str:
    """Return the language of a cell: that of its magic, of VS Code's metadata, else of the notebook."""
    magic = _MAGIC.match(code.lstrip())
    if magic is not None and (name := magic["name"]) in _MAGICS:
        return _MAGICS[name] or name
    vscode = metadata.get("vscode")
    named = vscode.get("languageId") if isinstance(vscode, Mapping) else None
    if isinstance(named, str) and re.fullmatch(r"[\w+#-]{1,30}", named):
        return named.lower()
    return "ipython" if language == "python" and _SHELL.search(code) else language
