"""Short forms of settings in site.yaml, written out: `Home: /` in a menu, `[zh-CN, en]` for languages."""

import msgspec

from notegen.yaml.nodes import Mapping, Node, Scalar, Sequence


def reshape(key: str, node: Node) -> Node:
    """Return the node of a setting with its short forms written out."""
    if key == "menu":
        return _menu(node)
    if key == "languages":
        return _languages(node)
    if key == "math.macros" and isinstance(node, Mapping):
        entries = tuple(map(_macro, node.entries))
        return msgspec.structs.replace(node, entries=entries)
    if key == "numbering" and isinstance(node, Scalar) and node.text in {"all", "labelled"}:
        return Mapping(((Scalar("figures"), node),), node.line, node.column, node.start, node.end)
    return node


def _macro(entry: tuple[Scalar, Node]) -> tuple[Scalar, Node]:
    r"""Write MathJax's `RR: [body, 2, default]` as a definition; a name loses its backslash."""
    name, body = entry
    name = msgspec.structs.replace(name, text=name.text.lstrip("\\"))
    if not isinstance(body, Sequence) or not all(isinstance(item, Scalar) for item in body.items):
        return name, body
    parts = [item.text for item in body.items if isinstance(item, Scalar)]
    options = "".join(f"[{part}]" for part in parts[1:3])
    text = rf"\newcommand{{\{name.text}}}{options}{{{parts[0]}}}" if parts else ""
    return name, Scalar(text, '"', body.line, body.column, body.start, body.end)


def _menu(node: Node) -> Node:
    """Write `Home: /` as `{name: Home, url: /}`, in a list or as one mapping."""
    if isinstance(node, Mapping):
        return Sequence(tuple(map(_entry, node.entries)), node.line, node.column, node.start, node.end)
    if not isinstance(node, Sequence):
        return node
    return msgspec.structs.replace(node, items=tuple(map(_item, node.items)))


def _languages(node: Node) -> Node:
    """Write `[zh-CN, en]`, or `en: English` and `en: {title: …}` in a mapping, as a list of mappings with `tag`."""
    if isinstance(node, Mapping):
        items = tuple(_language(key, value) for key, value in node.entries)
        return Sequence(items, node.line, node.column, node.start, node.end)
    if isinstance(node, Scalar):
        return _language(node, Mapping((), node.line, node.column, node.start, node.end))
    items = tuple(_languages(item) if isinstance(item, Scalar) else _shaped(item) for item in node.items)
    return msgspec.structs.replace(node, items=items)


def _language(tag: Scalar, node: Node) -> Node:
    """Return a language of a mapping: `en:` alone, with its name, or with a mapping of its texts."""
    if isinstance(node, Scalar):
        name = () if node.null else ((Scalar("name"), node),)
        node = Mapping(name, tag.line, tag.column, tag.start, tag.end)
    if not isinstance(node, Mapping):
        return node
    return _shaped(msgspec.structs.replace(node, entries=((Scalar("tag"), tag), *node.entries)))


def _shaped(node: Node) -> Node:
    """Return a language with its menu written out, and `folder: x` as `folders: {x: ""}`."""
    if not isinstance(node, Mapping):
        return node
    entries: list[tuple[Scalar, Node]] = []
    for key, value in node.entries:
        if key.text == "folder" and isinstance(value, Scalar):
            folders = Mapping(((value, Scalar("")),), value.line, value.column, value.start, value.end)
            entries.append((msgspec.structs.replace(key, text="folders"), folders))
        else:
            entries.append((key, _menu(value) if key.text == "menu" else value))
    return msgspec.structs.replace(node, entries=tuple(entries))


def _item(node: Node) -> Node:
    return _entry(node.entries[0]) if isinstance(node, Mapping) and len(node.entries) == 1 else node


def _entry(entry: tuple[Scalar, Node]) -> Mapping:
    key, value = entry
    fields = ((Scalar("name"), key), (Scalar("url"), value))
    return Mapping(fields, key.line, key.column, key.start, value.end)
