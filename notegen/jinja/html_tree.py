"""Finished HTML as a tree of elements, and the tree as XML."""

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

from notegen.text.html import VOID, attributes_html

_DEEPEST = 200  # elements in elements; what lies deeper is read as if it stood there


class Element:
    """An element of HTML: its name, attributes, and what is in it, texts and elements."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element | str] = []

    @property
    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.attributes.get("class", "").split())

    def text(self) -> str:
        """Return all text in it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def all(self, name: str) -> "Iterator[Element]":
        """Yield the elements of a name in it, in their order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.name == name:
                    yield child
                yield from child.all(name)


def latex_of(math: Element) -> str:
    """Return the LaTeX that the element `math` of a formula was written in; its text where it has none."""
    source = (item for item in math.all("annotation") if item.attributes.get("encoding") == "application/x-tex")
    return next((item.text() for item in source), math.text()).strip()


class _Tree(HTMLParser):
    """Makes the tree of HTML that closes its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID and len(self._open) < _DEEPEST:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        depth = next((at for at in range(len(self._open) - 1, 0, -1) if self._open[at].name == tag), 0)
        if depth:
            del self._open[depth:]

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse_html(html: str) -> Element:
    """Return the tree of finished HTML; its root has no name."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return tree.root


def as_xml(node: Element | str) -> str:
    """Return a tree as well-formed XML; the root without a name is what it holds."""
    if isinstance(node, str):
        return escape(node, quote=False)
    inner = "".join(map(as_xml, node.children))
    if not node.name:
        return inner
    attributes = attributes_html(node.attributes)
    return f"<{node.name}{attributes}>{inner}</{node.name}>" if inner else f"<{node.name}{attributes}/>"
