"""A note as a page of its own for printing, and as PDF by a Chromium that is installed."""

import base64
import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from notegen.export.source import ExportedNote
from notegen.jinja.html_tree import Element, parse_html
from notegen.math_font.font import default_font
from notegen.text.html import PAGE_ONLY, VOID, attributes_html

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
_TIMEOUT = 120  # seconds
_STYLE = """\
@page { size: A4; margin: 22mm 20mm }
body { font: 11pt/1.55 "Noto Serif", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", serif; margin: 0 }
math { font-family: "Math" }
h1 { font-size: 20pt; line-height: 1.25 } h2 { font-size: 15pt } h3 { font-size: 12.5pt }
h1, h2, h3, h4 { break-after: avoid }
p.about { color: #555; margin-top: -.6em }
pre { font-size: 9pt; background: #f5f5f5; padding: .7em; white-space: pre-wrap; overflow-wrap: anywhere }
pre, figure, table, aside { break-inside: avoid }
code { font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace }
img { max-width: 100% } figure { margin: 1em 0; text-align: center }
table { border-collapse: collapse; margin: 1em auto } td, th { border-bottom: 1px solid #bbb; padding: .25em .7em }
aside, details, blockquote { border-left: 3px solid #999; margin: 1em 0; padding: .1em 1em }
.callout-title { font-weight: bold }
.math-display { margin: 1em 0; text-align: center }
a { color: inherit }
"""
_DROPPED = frozenset(("script", "style", "input", "button", "template", "iframe"))
_UNSEEN = PAGE_ONLY | {"diagram-source", "footnote-back"}


def find_browser() -> str:
    """Return the program of a browser that prints; "" where there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), "")


def pdf(note: ExportedNote, browser: str) -> bytes | str:
    """Return the note as PDF, printed by the program `browser`; in words what went wrong where it fails."""
    with tempfile.TemporaryDirectory(prefix="notegen-pdf-") as folder:
        page, printed = Path(folder, "note.html"), Path(folder, "note.pdf")
        page.write_text(printable(note), encoding="utf-8")
        flags = ["--headless", "--disable-gpu", "--no-sandbox", "--no-pdf-header-footer", f"--user-data-dir={folder}/p"]
        command = [browser, *flags, f"--print-to-pdf={printed}", page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=_TIMEOUT)  # noqa: S603 (no shell)
            return printed.read_bytes()
        except subprocess.TimeoutExpired:
            return f"{browser} was not done after {_TIMEOUT} seconds"
        except FileNotFoundError:
            return done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2] or f"{browser} wrote nothing"


def printable(note: ExportedNote) -> str:
    """Return a page that needs no other file: pictures and the math font are in it."""
    tree = parse_html(note.html)
    about = " · ".join(filter(None, (note.author, note.date[:10], note.url)))
    font = base64.b64encode(default_font()).decode() if "<math" in note.html + note.title_html else ""
    face = f'@font-face {{ font-family: "Math"; src: url("data:font/ttf;base64,{font}") }}\n' if font else ""
    return (
        f'<!doctype html>\n<html lang="{escape(note.language)}">\n<head><meta charset="utf-8">'
        f"<title>{escape(note.title)}</title><style>\n{face}{_STYLE}</style></head>\n<body>\n<h1>{note.title_html}</h1>\n"
        f'<p class="about">{escape(about)}</p>\n{_as_html(tree, note)}\n</body>\n</html>\n'
    )


def _as_html(node: Element | str, note: ExportedNote) -> str:
    """Return a tree as HTML, without what paper cannot show."""
    if isinstance(node, str):
        return escape(node, quote=False)
    if node.name in _DROPPED or node.classes & _UNSEEN:
        return ""
    attributes = dict(node.attributes)
    if node.name == "img":
        data, source = note.picture(attributes.get("src", "")), attributes.get("src", "")
        kind = "svg+xml" if source.endswith(".svg") else source.rpartition(".")[2].replace("jpg", "jpeg")
        attributes["src"] = f"data:image/{kind};base64,{base64.b64encode(data).decode()}" if data else ""
        attributes.pop("srcset", None)
        attributes.pop("loading", None)
    if node.name == "a" and not attributes.get("href", "").startswith("#"):
        attributes["href"] = urljoin(note.url, attributes.get("href", ""))
    if node.name == "details":
        attributes["open"] = ""
    inner = "".join(_as_html(child, note) for child in node.children)
    written = attributes_html(attributes)
    if not node.name or node.name in VOID:
        return f"<{node.name}{written}>" if node.name else inner
    return f"<{node.name}{written}>{inner}</{node.name}>"
