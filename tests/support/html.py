"""What tests ask of HTML and XML: elements with attributes, text and source; tags that do not nest; feeds as trees."""

from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from itertools import accumulate
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
UNSEEN = frozenset({"script", "style"})  # their text is none of a page's


class Element:
    """An element: name, attributes, parent and children, the text inside it, and where that lies in the source.

    `text` has white space folded; `words` are the pieces of text that stand right in the element.
    """

    def __init__(self, name: str, attrs: dict[str, str], parent: "Element | None", start: int) -> None:
        self.name = name
        self.attrs = attrs
        self.parent = parent
        self.children: list[Element] = []
        self.text = ""
        self.words: list[str] = []
        self.inside = (start, start)  # offsets in the source

    @property
    def classes(self) -> list[str]:
        """Return the class names."""
        return self.attrs.get("class", "").split()

    def up(self) -> Iterator["Element"]:
        """Yield the element and those around it, from the inside."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


class Page(HTMLParser):
    """A page or a piece of one, read: its elements in order, and what is wrong with its tags.

    `unbalanced`: tags that do not nest. `problems`: these, ids and attributes given twice, and <p> in <p>.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[Element] = []
        self.unbalanced: list[str] = []
        self._doubled: list[str] = []
        self._open: list[Element] = []
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self.feed(html)
        self.close()
        self.unbalanced += [f"<{element.name}> is never closed" for element in self._open]

    @property
    def problems(self) -> list[str]:
        """Return all that is wrong with the tags."""
        ids = [element.attrs["id"] for element in self.elements if "id" in element.attrs]
        twice = [f"id {item} twice" for item in sorted(set(ids)) if ids.count(item) > 1]
        return [*self.unbalanced, *self._doubled, *twice]

    def having(self, class_name: str) -> list[str]:
        """Return the names of the elements that have a class."""
        return [element.name for element in self.elements if class_name in element.classes]

    def inner(self, element: Element) -> str:
        """Return the source between an element's tags."""
        return self.html[slice(*element.inside)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element, and open it."""
        element = self._add(tag, attrs)
        if tag == "p" and "p" in [outer.name for outer in self._open]:
            self._doubled.append("<p> in <p>")
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element such as <path/>."""
        self._add(tag, attrs)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        if len(attrs) != len(dict(attrs)):
            self._doubled.append(f"<{tag}> has an attribute twice")
        parent = self._open[-1] if self._open else None
        element = Element(
            tag,
            {name: value or "" for name, value in attrs},
            parent,
            self._offset() + len(self.get_starttag_text() or ""),
        )
        self.elements.append(element)
        if parent is not None:
            parent.children.append(element)
        return element

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if not self._open or self._open[-1].name != tag:
            self.unbalanced.append(f"</{tag}> at {self.getpos()}")
        if self._open:
            element = self._open.pop()
            element.text = " ".join(element.text.split())
            element.inside = (element.inside[0], self._offset())

    def handle_data(self, data: str) -> None:
        """Add text to the elements around it."""
        if self._open:
            self._open[-1].words.append(data)
        for element in self._open[-1:] if self._open and self._open[-1].name in UNSEEN else self._open:
            element.text += data

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


@lru_cache(maxsize=32)  # a test asks much of one page
def _read(html: str) -> Page:
    return Page(html)


def elements(html: str, name: str = "", class_: str = "") -> list[Element]:
    """Return the elements with this name and class, in order; scripts only by name.

    HTML that does not balance fails the test.
    """
    page = _read(html)
    assert page.unbalanced == []
    found = [item for item in page.elements if (item.name == name if name else item.name != "script")]
    return [item for item in found if not class_ or class_ in item.classes]


def e_content(html: str) -> str:
    """Return the inner HTML of the one element with class e-content."""
    page = _read(html)
    found = [element for element in page.elements if "e-content" in element.classes]
    assert len(found) == 1, f"{len(found)} elements with class e-content"
    return page.inner(found[0])


def texts(html: str, name: str = "", class_: str = "") -> list[str]:
    """Return the text inside each of these elements."""
    return [item.text for item in elements(html, name, class_)]


def values(html: str, name: str, attribute: str) -> list[str]:
    """Return an attribute of every element of that name that has it."""
    return [item.attrs[attribute] for item in elements(html, name) if attribute in item.attrs]


def addresses(html: str) -> list[str]:
    """Return every href and src of a page."""
    return [item.attrs[key] for item in elements(html) for key in ("href", "src") if key in item.attrs]


def titles(html: str) -> list[str]:
    """Return the titles of the entries of a list page."""
    return texts(html, "a", "p-name")


def relations(html: str) -> dict[str, str]:
    """Return the prev, next and canonical links of a head."""
    links = [item.attrs for item in elements(html, "link")]
    return {item["rel"]: item["href"] for item in links if item["rel"] in {"prev", "next", "canonical"}}


def feed(xml: str) -> ET.Element:
    """Return a feed or sitemap as a tree."""
    return ET.fromstring(xml)  # noqa: S314 (our own output)
