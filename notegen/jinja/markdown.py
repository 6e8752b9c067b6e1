"""Finished HTML as plain Markdown: formulas as the LaTeX they were written in, links as whole addresses.

What a page shows is what its Markdown has, so embeds, references and numbers are filled in already. Made for copies of
notes that people paste elsewhere and programs read: CommonMark with tables, footnotes, and formulas between dollars.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urljoin

from notegen.jinja.html_tree import Element, latex_of, parse_html
from notegen.text.html import PAGE_ONLY
from notegen.text.patterns import lazy_regex

_SKIPPED = frozenset(["script", "style", "template", "button", "svg"])
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "pre",
        "blockquote",
        "table",
        "hr",
        "figure",
        "figcaption",
        "aside",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "section",
        "article",
        "header",
        "footer",
        "nav",
        "thead",
        "tbody",
        "tr",
        "video",
        "audio",
    ]
)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "del": "~~"}
_KEPT = frozenset(["sub", "sup", "mark", "kbd", "u", "ins"])  # which Markdown has no signs for
_UNSEEN = PAGE_ONLY | {"footnote-back"}
_SIGNS = lazy_regex(r"[\\`*\[\]<$]|(?<!\w)_|_(?!\w)")
_START = lazy_regex(r"(?m)^(\s*)([#>+-]|\d+[.)])(?=\s)")
_TICKS = lazy_regex(r"`+")
_FORMULA = lazy_regex(r"((?<!\\)\$[^$]*\$)")
_LINES = lazy_regex(r"\n{3,}")


MathWriter = Callable[[Element], str]


def markdown(html: str, url: str = "", formula: MathWriter | None = None) -> str:
    """Return finished HTML as Markdown.

    `url`: the address of its page, from which links begin; `formula` writes a formula otherwise than between dollars.
    """
    tree = parse_html(html)
    for math in tree.all("math") if formula else ():
        math.attributes["markdown"] = formula(math) if formula else ""
    return _LINES.sub("\n\n", "\n\n".join(_blocks(tree, url))).strip() + "\n"


def _blocks(element: Element, url: str) -> list[str]:
    """Return the blocks in an element; text between them is a paragraph."""
    blocks: list[str] = []
    inline: list[Element | str] = []

    def flush() -> None:
        text = _paragraph(inline, url)
        if text:
            blocks.append(text)
        inline.clear()

    for child in element.children:
        if isinstance(child, Element) and _is_block(child):
            flush()
            blocks += [block for block in _block(child, url) if block.strip()]
        else:
            inline.append(child)
    flush()
    return blocks


def _is_block(element: Element) -> bool:
    return element.name in _BLOCKS or (element.name == "math" and element.attributes.get("display") == "block")


def _paragraph(children: list[Element | str], url: str) -> str:
    text = "".join(_inline(child, url) for child in children)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _block(element: Element, url: str) -> list[str]:
    """Return the blocks that a block of HTML makes; those in it where it has no form of its own."""
    classes = element.classes
    if classes & _UNSEEN or element.name == "nav":
        return []
    if "highlight" in classes:
        return [_code(next(element.all("pre"), element), element.attributes.get("data-lang", ""))]
    if "diagram-source" in classes:
        return [_code(next(element.all("pre"), element), next(element.all("summary"), element).text())]
    if "footnotes" in classes:
        return list(_footnotes(element, url))
    write = _WRITERS.get(element.name)
    return write(element, url) if write else _blocks(element, url)


def _heading(element: Element, url: str) -> list[str]:
    return [f"{'#' * int(element.name[1:])} {_paragraph(element.children, url)}"]


def _text(element: Element, url: str) -> list[str]:
    """A paragraph; a term and a title are bold."""
    text = _START.sub(r"\1\\\2", _paragraph(element.children, url))
    bold = element.name != "p" or "callout-title" in element.classes
    return [f"**{text}**" if text and bold else text]


def _formula(element: Element, _url: str) -> list[str]:
    return [element.attributes.get("markdown") or f"$$\n{latex_of(element)}\n$$"]


def _quote(element: Element, url: str) -> list[str]:
    return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(_blocks(element, url)).split("\n"))]


def _rule(element: Element, _url: str) -> list[str]:
    return [] if "footnotes-sep" in element.classes else ["---"]


def _caption(element: Element, url: str) -> list[str]:
    return [f"*{_paragraph(element.children, url)}*"]


def _film(element: Element, url: str) -> list[str]:
    address = element.attributes.get("src") or next((x.attributes.get("src") for x in element.all("source")), "")
    return [f"<{urljoin(url, address)}>"] if address else []


def _inline(child: "Element | str", url: str) -> str:
    """Return a text, or what an element in a paragraph makes of the text in it."""
    if isinstance(child, str):
        return _escaped(child)
    attributes, classes = child.attributes, child.classes
    if child.name in _SKIPPED or classes & _UNSEEN:
        return ""
    if "footnote-ref" in classes:
        return f"[^{child.text().strip('[]')}]"
    if leaf := _LEAVES.get(child.name):
        return leaf(child, url)
    text = "".join(_inline(item, url) for item in child.children)
    if child.name == "a" and attributes.get("href"):
        return f"[{text}]({_address(attributes['href'], url)})"
    mark = _MARKS.get(child.name, "") if text.strip() else ""
    return (
        f"<{child.name}>{text}</{child.name}>"
        if child.name in _KEPT
        else f"{mark}{text.strip() if mark else text}{mark}"
    )


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda sign: "\\" + sign[0], text)


def _picture(element: Element, url: str) -> str:
    return f"![{_escaped(element.attributes.get('alt', ''))}]({_address(element.attributes.get('src', ''), url)})"


def _box(element: Element, _url: str) -> str:
    """Return the box of a task; other controls are none."""
    is_box = element.attributes.get("type") == "checkbox"
    return ("[x]" if "checked" in element.attributes else "[ ]") if is_box else ""


def _short_code(element: Element, _url: str) -> str:
    text = element.text()
    if "math-error" in element.classes:
        return f"${text}$"
    ticks = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _address(target: str, url: str) -> str:
    whole = urljoin(url, target)
    return f"<{whole}>" if " " in whole or ")" in whole else whole


def _code(element: Element, language: str) -> str:
    text = element.text().strip("\n")
    fence = "`" * max(3, max(map(len, _TICKS.findall(text)), default=0) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _list(element: Element, url: str) -> list[str]:
    items = [item for item in element.children if isinstance(item, Element) and item.name == "li"]
    start = element.attributes.get("start", "1")
    first = int(start) if start.isdigit() else 1
    loose = any(isinstance(child, Element) and child.name == "p" for item in items for child in item.children)
    lines: list[str] = []
    for number, item in enumerate(items, start=first):
        sign = f"{number}. " if element.name == "ol" else "- "
        text = ("\n\n" if loose else "\n").join(_blocks(item, url))
        lines.append(sign + text.replace("\n", "\n" + " " * len(sign)))
    return ["\n".join(line.rstrip() for line in ("\n\n" if loose else "\n").join(lines).split("\n"))]


def _table(element: Element, url: str) -> list[str]:
    rows = [[cell for cell in row.children if isinstance(cell, Element)] for row in element.all("tr")]
    if not rows:
        return []
    captions = [block for caption in element.all("caption") for block in _caption(caption, url)]
    marks = {"left": ":---", "center": ":---:", "right": "---:"}
    styles = (cell.attributes.get("style", "").replace(" ", "").partition("text-align:")[2] for cell in rows[0])
    dashes = " | ".join(marks.get(style.partition(";")[0], "---") for style in styles)
    lines = [" | ".join(_cell(cell, url) for cell in row) for row in rows]
    return [*captions, "\n".join(f"| {line} |" for line in (lines[0], dashes, *lines[1:]))]


def _cell(cell: Element, url: str) -> str:
    """Return a cell on one line; a bar in it, which is none of the table's, is escaped."""
    text = " ".join(" ".join(_blocks(cell, url)).split())
    parts = _FORMULA.split(text)  # every second one is a formula, in which `\|` is something else
    parts[::2] = [part.replace("|", "\\|") for part in parts[::2]]
    parts[1::2] = [part.replace(r"\|", r"\Vert ").replace("|", r"\vert ") for part in parts[1::2]]
    return "".join(parts)


def _footnotes(element: Element, url: str) -> Iterator[str]:
    for number, item in enumerate(element.all("li"), start=1):
        name = item.attributes.get("id", "").removeprefix("fn") or number
        text = "\n\n".join(_blocks(item, url)).replace("\n", "\n    ").replace("\n    \n", "\n\n")
        yield f"[^{name}]: {text}"


_WRITERS: dict[str, Callable[[Element, str], list[str]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("p", "dt", "summary"), _text),
    **dict.fromkeys(("blockquote", "aside", "details"), _quote),
    **dict.fromkeys(("ul", "ol"), _list),
    **dict.fromkeys(("video", "audio"), _film),
    "figcaption": _caption,
    "hr": _rule,
    "math": _formula,
    "pre": lambda element, _url: [_code(element, "")],
    "table": _table,
}
_LEAVES: dict[str, Callable[[Element, str], str]] = {
    "br": lambda _element, _url: "\\",  # the end of the line follows, in our HTML
    "code": _short_code,
    "img": _picture,
    "input": _box,
    "math": lambda element, _url: element.attributes.get("markdown") or f"${latex_of(element)}$",
}
