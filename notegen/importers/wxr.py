"""WordPress' export file (WXR, an RSS with namespaces) as values; read as a stream, without any entity of its own.

Source: wp-admin/includes/export.php of WordPress. A document type with entities (a "billion laughs") is refused.
"""

from collections.abc import Mapping
from xml.parsers import expat

import msgspec

from notegen.importers.imported import UnreadableExportError

_SPACES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_PIECE = 1 << 20  # bytes that are parsed at once
_DEEPEST = 60


class Term(msgspec.Struct, frozen=True):
    """A category, tag or other term of an item. `domain`: "category", "post_tag" or another."""

    domain: str
    slug: str
    name: str


class Item(msgspec.Struct, frozen=True):
    """A post, page, attachment or other item: its elements by name (`wp:post_name`), its terms, its meta values."""

    values: Mapping[str, str]
    terms: tuple[Term, ...]
    meta: Mapping[str, str]
    comments: int = 0


class Blog(msgspec.Struct, frozen=True):
    """A whole export: the address of the blog, its items, its authors (login -> shown name)."""

    url: str
    items: tuple[Item, ...]
    authors: Mapping[str, str]


def read_wxr(data: bytes) -> Blog:
    """Return an export. Raises UnreadableExportError for what is no well-formed XML, or defines entities."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        for start in range(0, len(data), _PIECE):
            parser.Parse(data[start : start + _PIECE], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableExportError(f"not well-formed XML: {error}") from None
    if not reader.is_wxr:
        raise UnreadableExportError("no export of WordPress: it has none of its elements")
    return Blog(reader.url, tuple(reader.items), reader.authors)


def _refuse(*_entity: object) -> None:
    raise UnreadableExportError("the file defines entities: an export of WordPress has none")


class _Reader:
    """What the parser calls: a stack of names, and what is known so far."""

    def __init__(self) -> None:
        self.url, self.is_wxr = "", False
        self.items: list[Item] = []
        self.authors: dict[str, str] = {}
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._values: dict[str, str] = {}
        self._terms: list[Term] = []
        self._meta: dict[str, str] = {}
        self._attributes: Mapping[str, str] = {}
        self._pair = ["", ""]
        self._comments = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if len(self._path) > _DEEPEST:
            raise UnreadableExportError("elements are nested too deeply")
        self._path.append(_short(name))
        self._texts.append([])
        if self._path[-1] == "item":
            self._values, self._terms, self._meta, self._comments = {}, [], {}, 0
        elif self._path[-1] == "category":
            self._attributes = attributes

    def text(self, data: str) -> None:
        """Take text."""
        if self._texts:
            self._texts[-1].append(data)

    def end(self, _name: str) -> None:
        """End an element."""
        name, text = self._path.pop(), "".join(self._texts.pop())
        parent = self._path[-1] if self._path else ""
        self.is_wxr = self.is_wxr or name == "wp:wxr_version"
        if name == "item":
            self.items.append(Item(self._values, tuple(self._terms), self._meta, self._comments))
        elif parent == "item":
            self._end_of_item(name, text)
        elif parent == "wp:postmeta":
            self._pair[name == "wp:meta_value"] = text
        elif parent == "wp:author":
            if name == "wp:author_login":
                self._pair = [text, ""]
            elif name == "wp:author_display_name":
                self.authors[self._pair[0]] = text
        elif parent == "channel" and name in {"wp:base_blog_url", "link"}:
            self.url = text.strip() or self.url

    def _end_of_item(self, name: str, text: str) -> None:
        if name == "category":
            nice = self._attributes.get("nicename", "")
            self._terms.append(Term(self._attributes.get("domain", "category"), nice, text.strip()))
        elif name == "wp:postmeta":
            self._meta[self._pair[0]], self._pair = self._pair[1], ["", ""]
        elif name == "wp:comment":
            self._comments += 1
        else:
            self._values.setdefault(name, text)


def _short(name: str) -> str:
    """Return the name of an element with the usual prefix of its namespace."""
    space, _, local = name.rpartition(" ")
    if "wordpress.org/export/" in space:
        return f"{'excerpt' if '/excerpt' in space else 'wp'}:{local}"
    prefix = _SPACES.get(space, "")
    return f"{prefix}:{local}" if prefix else local
