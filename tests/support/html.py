"""What tests ask of HTML and XML: attributes of elements, texts by class, feeds as trees."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Element:
    """An element that was found: its name, its attributes, and the text inside it with white space folded."""

    def __init__(self, name: str, attrs: dict[str, str]) -> None:
        self.name = name
        self.attrs = attrs
        self.text = ""

    @property
    def classes(self) -> list[str]:
        """Return the class names."""
        return self.attrs.get("class", "").split()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> without a start"
        assert self._open[-1].name == tag, f"</{tag}> closes <{self._open[-1].name}>"
        element = self._open.pop()
        element.text = " ".join(element.text.split())

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


def elements(html: str, name: str = "", class_: str = "") -> list[Element]:
    """Return the elements with this name and class, in order. HTML that does not balance fails the test."""
    reader = _Reader()
    reader.feed(re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL))
    assert not reader._open, f"never closed: {[item.name for item in reader._open]}"  # noqa: SLF001 (our own class)
    found = [item for item in reader.elements if not name or item.name == name]
    return [item for item in found if not class_ or class_ in item.classes]


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
