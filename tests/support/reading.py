"""One note read alone, as text for fixtures: its HTML with formulas as LaTeX, its links as addresses, its problems."""

import re
from html import unescape

from notegen.model.body import EmbedHole, IdHole, ImageHole, OwnAddress, Piece, UrlHole, WikiHole
from notegen.model.config import Config, read_settings
from notegen.model.note import Note
from notegen.model.source import SourceFile
from notegen.read.read import make_reader

_FORMULA = re.compile(r"<math.*?<annotation[^>]*>(.*?)</annotation></semantics></math>", re.DOTALL)
_FRAME = re.compile(r'<a class="anchor"[^>]*></a>| tabindex="0"| loading="\w+"| decoding="async"')
_CODE = re.compile(r'<div class="highlight" data-lang="([^"]*)">(.*?)<pre><code>(.*?)</code></pre></div>', re.DOTALL)
_TITLE = re.compile(r'<span class="code-title">([^<]*)</span>')
_TAG = re.compile(r"<[^>]*>")


def read_note(body: str, config: Config | None = None) -> Note:
    """Return a note without front matter, in English unless `config` says otherwise."""
    settings = read_settings(config or Config(language="en"))
    return make_reader(settings)(SourceFile("n.md", body, "x"))


def shown(note: Note) -> str:
    """Return a note's HTML: `‹x›` for a formula, `[python] …` for code, holes as plain attributes and links."""
    text = "".join(piece if isinstance(piece, str) else _hole(piece) for piece in note.body.pieces())
    text = _FRAME.sub("", _FORMULA.sub(lambda math: f"‹{unescape(math[1])}›", text))
    text = _CODE.sub(_code, text)
    return text.strip()


def problems(note: Note) -> list[str]:
    """Return what is told: `code line:column`, without undated notes."""
    items = (item for item in note.diagnostics if item.code != "note-undated")
    return [f"{item.code} {item.line}:{item.column}" for item in items]


def _code(match: re.Match[str]) -> str:
    language, head, code = match.groups()
    title = _TITLE.search(head)
    return f"[{language}{' ' + title[1] if title else ''}] {_plain(code)}"


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))


def _hole(hole: Piece) -> str:
    if isinstance(hole, UrlHole):
        return f' href="{hole.target}"' if hole.attribute else hole.target
    if isinstance(hole, ImageHole):
        attributes = "".join(f' {name}="{value}"' for name, value in hole.attrs)
        return f'<img src="{hole.target}" alt="{hole.alt}"{attributes}>'
    if isinstance(hole, WikiHole | EmbedHole):
        fragment = f"#{hole.fragment}" if hole.fragment else ""
        return f"[[{hole.target}{fragment}|{hole.html}]]" if hole.html else f"[[{hole.target}{fragment}]]"
    if isinstance(hole, OwnAddress):
        return f' href="#{hole.id}"'
    return f' id="{hole.id}"' if isinstance(hole, IdHole) else ""
