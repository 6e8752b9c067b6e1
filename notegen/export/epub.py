"""A note as an EPUB 3 book of one chapter: a zip of XHTML with MathML, which readers of books typeset.

Source: EPUB 3.3 (W3C). The same note makes the same bytes.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import unquote, urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5

from notegen.export.source import ExportedNote
from notegen.jinja.html_tree import Element, as_xml, parse_html
from notegen.text.html import PAGE_ONLY

_MIME = "application/epub+zip"
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_STYLE = (
    "body{line-height:1.6}pre{white-space:pre-wrap;background:#f4f4f4;padding:.6em;font-size:.85em}"
    "aside,details{border-left:.2em solid #999;padding-left:1em}table{border-collapse:collapse}"
    "td,th{border:1px solid #999;padding:.2em .5em}img{max-width:100%}figcaption{text-align:center;font-size:.9em}"
    ".math-display{text-align:center}\n"
)
_DROPPED = frozenset(("script", "style", "input", "button", "template", "iframe", "object", "video", "audio"))
_UNSEEN = PAGE_ONLY | {"diagram-source"}
_KEPT = frozenset(
    ("id", "href", "src", "alt", "class", "style", "colspan", "rowspan", "start", "open", "lang", "width", "height")
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def epub(note: ExportedNote) -> bytes:
    """Return the book."""
    tree = parse_html(note.html)
    pictures = dict(_pictures(tree, note))
    for element in tree.all("img"):
        source = urljoin(note.url, element.attributes.get("src", ""))
        if source in pictures:
            element.attributes["src"] = pictures[source][0]
    body = as_xml(_cleaned(tree, note.url))
    title = as_xml(_cleaned(parse_html(note.title_html), note.url))
    chapter = _page(note, f"<h1>{title}</h1>\n{body}")
    contents = _page(note, f'<nav epub:type="toc"><h1>{escape(note.title)}</h1><ol>{_contents(tree, note)}</ol></nav>')
    files = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "EPUB/package.opf": _package(note, pictures.values(), has_math="<math" in chapter).encode(),
        "EPUB/contents.xhtml": contents.encode(),
        "EPUB/note.xhtml": chapter.encode(),
        "EPUB/style.css": _STYLE.encode(),
        **{f"EPUB/{name}": data for name, data in pictures.values()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype", _EPOCH), _MIME)  # first, and not compressed
        for name, data in files.items():
            book.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _pictures(tree: Element, note: ExportedNote) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Yield the address of each picture of the site with its name in the book and its bytes."""
    for number, element in enumerate(tree.all("img"), start=1):
        source = element.attributes.get("src", "")
        data, ending = note.picture(source), posixpath.splitext(unquote(urlsplit(source).path))[1].lower()
        if data is not None and ending in _TYPES:
            yield urljoin(note.url, source), (f"picture-{number}{ending}", data)


def _cleaned(element: Element, url: str) -> Element:
    """Return an element without what books have not: scripts, controls, pictures of other sites."""
    kept = {name: value for name, value in element.attributes.items() if name in _KEPT or _is_of_math(element, name)}
    if element.name == "a" and not kept.get("href", "").startswith("#"):
        kept["href"] = urljoin(url, kept.get("href", ""))
    if element.name == "math":
        kept["xmlns"] = "http://www.w3.org/1998/Math/MathML"
        kept["alttext"] = next((item.text() for item in element.all("annotation")), "")
    copy = Element("div" if element.name == "label" else element.name, kept)
    for child in element.children:
        if isinstance(child, str):
            copy.children.append(child)
        elif child.name == "img" and child.attributes.get("src", "").partition(":")[0] in {"http", "https"}:
            copy.children.append(child.attributes.get("alt", ""))
        elif child.name not in _DROPPED and not child.classes & _UNSEEN:
            copy.children.append(_cleaned(child, url))
    return copy


def _is_of_math(element: Element, name: str) -> bool:
    return element.name.startswith("m") and name not in {"tabindex", "loading"} and not name.startswith(("data-", "on"))


def _page(note: ExportedNote, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{note.language}" xml:lang="{note.language}">\n'
        f'<head><title>{escape(note.title)}</title><link rel="stylesheet" href="style.css"/></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _contents(tree: Element, note: ExportedNote) -> str:
    headings = [(item.attributes["id"], item.text()) for item in tree.all("h2") if item.attributes.get("id")]
    rows = [("", note.title), *((f"#{name}", text) for name, text in headings)]
    return "".join(f'<li><a href="note.xhtml{escape(anchor)}">{escape(text)}</a></li>' for anchor, text in rows)


def _package(note: ExportedNote, pictures: Iterable[tuple[str, bytes]], *, has_math: bool) -> str:
    items = "".join(
        f'<item id="{name.replace(".", "-")}" href="{name}" media-type="{_TYPES[posixpath.splitext(name)[1]]}"/>'
        for name, _ in pictures
    )
    properties = ' properties="mathml"' if has_math else ""
    author = f"<dc:creator>{escape(note.author)}</dc:creator>" if note.author else ""
    date = f"<dc:date>{note.date[:10]}</dc:date>" if note.date else ""
    modified = f"{note.date[:10] or '2000-01-01'}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{uuid5(NAMESPACE_URL, note.url or note.title)}</dc:identifier>'
        f"<dc:title>{escape(note.title)}</dc:title><dc:language>{note.language}</dc:language>{author}{date}"
        f'<meta property="dcterms:modified">{modified}</meta></metadata><manifest>'
        '<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f'<item id="note" href="note.xhtml" media-type="application/xhtml+xml"{properties}/>'
        f'<item id="style" href="style.css" media-type="text/css"/>{items}</manifest>'
        '<spine><itemref idref="note"/></spine></package>\n'
    )
