"""A note as HTML to be pasted into the editor of WeChat's official accounts.

That editor keeps styles in attributes alone, drops ids, scripts and links to other sites, and eats the spaces of code:
so each element has its style, formulas are SVG, links are numbered and listed at the end, and lines of code are broken
by `<br>` with spaces that do not collapse. Pictures have to be uploaded there; the page shows them until then.
"""

import base64
from html import escape
from urllib.parse import urljoin

from notegen.export.source import ExportedNote
from notegen.jinja.html_tree import Element, parse_html
from notegen.link.bodies.formula_svg import as_svg, is_display
from notegen.text.html import PAGE_ONLY, VOID

_TEXT = "margin:1em 0;line-height:1.75;font-size:16px;color:#222"
_HEADING = "margin:1.6em 0 .6em;line-height:1.4;font-weight:bold;color:#111;font-size:"
STYLES = {
    "p": _TEXT,
    "h1": f"{_HEADING}24px",
    "h2": f"{_HEADING}20px;border-bottom:1px solid #ddd;padding-bottom:.2em",
    "h3": f"{_HEADING}18px",
    "h4": f"{_HEADING}16px",
    "li": "line-height:1.75;font-size:16px;color:#222",
    "blockquote": "margin:1em 0;padding:.2em 1em;border-left:4px solid #ccc;color:#555",
    "aside": "margin:1em 0;padding:.2em 1em;border-left:4px solid #b45309;background:#faf6f0",
    "details": "margin:1em 0;padding:.2em 1em;border-left:4px solid #b45309;background:#faf6f0",
    "table": "border-collapse:collapse;margin:1em auto;font-size:15px",
    "th": "border:1px solid #ccc;padding:.3em .6em;background:#f5f5f5",
    "td": "border:1px solid #ccc;padding:.3em .6em",
    "img": "max-width:100%;display:block;margin:0 auto",
    "figcaption": "text-align:center;color:#666;font-size:14px",
    "code": "background:#f3f3f3;padding:.1em .3em;font-family:Menlo,Consolas,monospace;font-size:14px",
    "mark": "background:#fff3b0",
}
_CODE = (
    "margin:1em 0;padding:1em;background:#f6f8fa;border-radius:6px;overflow-x:auto;white-space:nowrap;"
    "font-family:Menlo,Consolas,monospace;font-size:13px;line-height:1.6"
)
_FORMULA = "text-align:center;overflow-x:auto;margin:1em 0"
_DROPPED = frozenset(("script", "style", "input", "button", "template"))
_UNSEEN = PAGE_ONLY | {"diagram-source", "footnote-back"}
_RENAMED = {
    "aside": "section",
    "details": "section",
    "summary": "p",
    "figure": "section",
    "dl": "section",
    "label": "p",
}


def wechat(note: ExportedNote) -> str:
    """Return a page whose body is what is pasted."""
    writer = _Writer(note)
    body = writer.inside(parse_html(note.html))
    listed = "".join(
        f'<p style="{STYLES["p"]};font-size:14px;word-break:break-all">[{number}] {escape(words)}: {escape(url)}</p>'
        for (url, words), number in writer.links.items()
    )
    end = f'<h2 style="{STYLES["h2"]}">{"链接" if note.language.startswith("zh") else "Links"}</h2>{listed}'
    return (
        f'<!doctype html>\n<html lang="{escape(note.language)}">\n<head><meta charset="utf-8">'
        f"<title>{escape(note.title)}</title></head>\n"
        f'<body style="max-width:680px;margin:2em auto">\n{body}\n{end if listed else ""}\n</body>\n</html>\n'
    )


class _Writer:
    """Writes elements; keeps the links that it met, (address, words) -> number."""

    def __init__(self, note: ExportedNote) -> None:
        self._note = note
        self.links: dict[tuple[str, str], int] = {}

    def inside(self, element: Element) -> str:
        return "".join(self._write(child) for child in element.children)

    def _write(self, node: Element | str) -> str:
        if isinstance(node, str):
            return escape(node, quote=False)
        if node.name in _DROPPED or node.classes & _UNSEEN:
            return ""
        if "highlight" in node.classes:
            return self._code(next(node.all("pre"), node))
        writers = {"math": self._formula, "pre": self._code, "img": self._picture, "a": self._link}
        return writers.get(node.name, self._element)(node)

    @staticmethod
    def _formula(node: Element) -> str:
        svg = as_svg(node)
        return f'<section style="{_FORMULA}">{svg}</section>' if is_display(node) else svg

    def _element(self, node: Element) -> str:
        title = "font-weight:bold" if "callout-title" in node.classes else ""
        style = ";".join(filter(None, (STYLES.get(node.name, ""), node.attributes.get("style", ""), title)))
        name = _RENAMED.get(node.name, node.name)
        start = f'<{name} style="{escape(style)}">' if style else f"<{name}>"
        return start if node.name in VOID else f"{start}{self.inside(node)}</{name}>"

    def _link(self, node: Element) -> str:
        url = urljoin(self._note.url, node.attributes.get("href", ""))
        words = self.inside(node)
        if not url.startswith(("http://", "https://")) or url.partition("#")[0] == self._note.url:
            return words  # a place on the same page, which is none there
        number = self.links.setdefault((url, node.text().strip()), len(self.links) + 1)
        return f'<span style="color:#1d4ed8">{words}</span><sup>[{number}]</sup>'

    def _picture(self, node: Element) -> str:
        source = node.attributes.get("src", "")
        data = self._note.picture(source)
        kind = "svg+xml" if source.endswith(".svg") else source.rpartition(".")[2].replace("jpg", "jpeg")
        shown = (
            f"data:image/{kind};base64,{base64.b64encode(data).decode()}" if data else urljoin(self._note.url, source)
        )
        return f'<img src="{escape(shown)}" alt="{escape(node.attributes.get("alt", ""))}" style="{STYLES["img"]}">'

    @staticmethod
    def _code(pre: Element) -> str:
        lines = pre.text().strip("\n").expandtabs(4).split("\n")
        text = "<br>".join(escape(line, quote=False).replace(" ", "&nbsp;") for line in lines)
        return f'<section style="{_CODE}">{text}</section>'
