"""The style sheets inside an SVG, resolved: each element gets as attributes what their rules say of it.

So a drawing needs no `<style>`, whose rules would reach the whole page, and which feeds and mail drop. Understood are
the selectors that Mermaid, Graphviz and dvisvgm write: names, classes, ids, attributes, `:not()` of these, descendants
and children; a rule with any other is left out. Source: CSS Cascading and Inheritance Level 3.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from notegen.diagrams.svg.elements import PROPERTIES
from notegen.text.patterns import lazy_regex

_COMPOUND = lazy_regex(r"(?P<name>\*|[A-Za-z][\w-]*+)?(?P<rest>(?:[#.][\w-]++|\[[^\[\]]*\]|:not\([^()]*\))*+)")
_SIMPLE = lazy_regex(r":not\((?P<no>[^()]*)\)|#(?P<id>[\w-]++)|\.(?P<cls>[\w-]++)|\[(?P<attr>[^\[\]]*)\]")
_ATTRIBUTE = lazy_regex(r"\s*(?P<key>[\w-]+)\s*(?:=\s*(?P<quote>[\"']?)(?P<value>.*)(?P=quote)\s*)?")
_IMPORTANT = "!important"
_LENGTHS = lazy_regex(r"(-?\d+(?:\.\d+)?)(?:px)?")
_MOST_RULES = 5000


class _Compound(NamedTuple):
    """What one element must be: its name ("" any), id, classes, attributes (key, value or None); must not be."""

    name: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str | None], ...] = ()
    excluded: tuple["_Compound", ...] = ()


class _Rule(NamedTuple):
    """A selector, its last part first, each with whether it is the parent of the one before; what it sets, its rank."""

    parts: tuple[tuple[_Compound, bool], ...]
    declarations: tuple[tuple[str, str, bool], ...]
    rank: tuple[int, int, int, int]


def resolve_styles(root: Element) -> None:
    """Give each element what the style sheets and its `style` say as attributes; take these, classes and ids away.

    Ids that something refers to stay. In place.
    """
    sheet = "\n".join("".join(element.itertext()) for element in root.iter("style"))
    rules = _rules(sheet)
    pending: list[tuple[Element, tuple[Element, ...]]] = [(root, ())]
    computed: list[tuple[Element, dict[str, str]]] = []
    while pending:
        element, ancestors = pending.pop()
        computed.append((element, _computed(element, ancestors, rules)))
        inside = (*ancestors, element)
        for child in list(element):
            if child.tag == "style":
                element.remove(child)
            else:
                pending.append((child, inside))
    for element, values in computed:
        element.attrib.pop("style", None)
        element.attrib.update(values)
        origin = _LENGTHS.findall(element.attrib.pop("transform-origin", ""))
        if "transform" in values and len(origin) == 2:  # noqa: PLR2004  x and y
            x, y = origin
            turned = values["transform"].replace("deg", "")
            element.set("transform", f"translate({x} {y}) {turned} translate(-{x} -{y})".replace("--", ""))


def _computed(
    element: Element, ancestors: tuple[Element, ...], rules: Mapping[str, tuple[_Rule, ...]]
) -> dict[str, str]:
    """Return the properties that rules and the `style` attribute give an element."""
    names = [f".{name}" for name in element.get("class", "").split()]
    keys = (*names, f"#{element.get('id', '')}", str(element.tag), "*")
    matching = [
        rule for key in dict.fromkeys(keys) for rule in rules.get(key, ()) if _matches(rule, element, ancestors)
    ]
    matching.sort(key=lambda rule: rule.rank)
    values: dict[str, str] = {}
    important: dict[str, str] = {}
    for rule in matching:
        for name, value, strong in rule.declarations:
            (important if strong else values)[name] = value
    for name, value, strong in _declarations(element.get("style", "")):
        (important if strong else values)[name] = value
    return values | important


def _matches(rule: _Rule, element: Element, ancestors: tuple[Element, ...]) -> bool:
    if not _is(rule.parts[0][0], element):
        return False
    at = len(ancestors)
    direct = rule.parts[0][1]
    for compound, next_direct in rule.parts[1:]:
        at -= 1
        while at >= 0 and not _is(compound, ancestors[at]):
            if direct:
                return False
            at -= 1
        if at < 0:
            return False
        direct = next_direct
    return True


def _is(compound: _Compound, element: Element) -> bool:
    if compound.name and compound.name != element.tag:
        return False
    if compound.id and compound.id != element.get("id"):
        return False
    if compound.classes:
        names = element.get("class", "").split()
        for name in compound.classes:
            if name not in names:
                return False
    for key, value in compound.attributes:
        if key not in element.attrib or (value is not None and element.attrib[key] != value):
            return False
    return not (compound.excluded and any(_is(other, element) for other in compound.excluded))


@lru_cache(maxsize=64)
def _rules(sheet: str) -> dict[str, tuple[_Rule, ...]]:
    """Return the rules of a style sheet by what their last part asks for: a class, an id, a name, "*"."""
    rules: dict[str, list[_Rule]] = {}
    number = 0
    for selectors, block in _blocks(_without_comments(sheet)):
        declarations = _declarations(block)
        for selector in selectors.split(",") if declarations else ():
            parts = _parts(selector.strip())
            number += 1
            if parts is None or number > _MOST_RULES:
                continue
            last = parts[0][0]
            key = f".{last.classes[0]}" if last.classes else f"#{last.id}" if last.id else last.name or "*"
            rules.setdefault(key, []).append(_Rule(parts, declarations, (*_specificity(parts), number)))
    return {key: tuple(those) for key, those in rules.items()}


def _specificity(parts: tuple[tuple[_Compound, bool], ...]) -> tuple[int, int, int]:
    ids = classes = names = 0
    for part, _ in parts:
        ids += bool(part.id)
        classes += len(part.classes) + len(part.attributes) + len(part.excluded)
        names += bool(part.name)
    return ids, classes, names


def _without_comments(sheet: str) -> str:
    first, *others = sheet.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of each rule; what stands in an at-rule is left out."""
    at = 0
    while (brace := sheet.find("{", at)) >= 0:
        head = sheet[at:brace].strip()
        end = sheet.find("}", brace)
        if end < 0:
            return
        if head.startswith("@"):
            depth, end = 1, brace + 1
            for match in re.finditer(r"[{}]", sheet[brace + 1 :]):
                depth += 1 if match[0] == "{" else -1
                end = brace + 1 + match.start()
                if not depth:
                    break
        else:
            yield head, sheet[brace + 1 : end]
        at = end + 1


@lru_cache(maxsize=2048)
def _declarations(block: str) -> tuple[tuple[str, str, bool], ...]:
    """Return name, value and whether it is important of those declarations that draw."""
    declarations: list[tuple[str, str, bool]] = []
    for declaration in block.split(";"):
        name, _, value = declaration.partition(":")
        name, plain = name.strip().lower(), value.strip().removesuffix(_IMPORTANT).rstrip()
        if plain and name in PROPERTIES:
            declarations.append((name, plain, plain != value.strip()))
    return tuple(declarations)


@lru_cache(maxsize=2048)
def _parts(selector: str) -> tuple[tuple[_Compound, bool], ...] | None:
    """Return a selector, its last part first; None for one that is not understood."""
    parts: list[tuple[_Compound, bool]] = []
    direct = False
    for word in selector.replace(">", " > ").split():
        if word == ">":
            direct = True
            continue
        compound = _compound(word)
        if compound is None:
            return None
        parts.append((compound, direct))
        direct = False
    return tuple(reversed(parts)) or None


@lru_cache(maxsize=2048)
def _compound(word: str) -> _Compound | None:
    match = _COMPOUND.fullmatch(word)
    if match is None:
        return None
    name, identifier = (match["name"] or "").replace("*", ""), ""
    classes: list[str] = []
    attributes: list[tuple[str, str | None]] = []
    excluded: list[_Compound] = []
    for simple in _SIMPLE.finditer(match["rest"]):
        if simple["no"] is not None:
            other = _compound(simple["no"])
            if other is None:
                return None
            excluded.append(other)
        elif simple["id"]:
            identifier = simple["id"]
        elif simple["cls"]:
            classes.append(simple["cls"])
        else:
            pair = _ATTRIBUTE.fullmatch(simple["attr"])
            if pair is None:
                return None
            attributes.append((pair["key"], pair["value"]))
    return _Compound(name, identifier, tuple(classes), tuple(attributes), tuple(excluded))
