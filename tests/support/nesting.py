"""A parser for tests: whether the tags of a page are nested, and which elements it has."""

from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Nesting(HTMLParser):
    """Collects elements, and complains when tags do not nest or an id or an attribute is given twice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        self.problems += [f"<{tag}> is never closed" for tag in self.open]
        ids = [attributes["id"] for _, attributes in self.elements if "id" in attributes]
        self.problems += [f"id {item} twice" for item in set(ids) if ids.count(item) > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens."""
        if len(attrs) != len(dict(attrs)):
            self.problems.append(f"<{tag}> has an attribute twice")
        if tag == "p" and "p" in self.open:
            self.problems.append("<p> in <p>")
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element such as <path/>."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Note an element that closes."""
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> at {self.getpos()}")

    def having(self, class_name: str) -> list[str]:
        """Return the tags of the elements that have a class."""
        return [tag for tag, attributes in self.elements if class_name in (attributes.get("class") or "").split()]
