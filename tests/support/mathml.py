"""What a validator says of MathML, without one: elements, children, attributes and lengths that MathML 3 allows.

The list holds what notegen puts out and no more; vnu (browser/test_html_valid.py) is the judge, this one needs no Java.
"""

import re

from tests.support.html import Element, Page

COMMON = frozenset({"id", "class", "style", "mathcolor", "mathbackground"})
OPERATOR = "form fence separator lspace rspace stretchy symmetric maxsize minsize largeop movablelimits accent"
ATTRIBUTES = {
    "math": "display",
    "semantics": "",
    "annotation": "encoding",
    "mi": "mathvariant",
    "mn": "",
    "mo": OPERATOR,
    "mtext": "",
    "ms": "",
    "mrow": "",
    "mstyle": "displaystyle scriptlevel mathsize",
    "mspace": "width height depth",
    "mfrac": "linethickness",
    "msqrt": "",
    "mroot": "",
    "msub": "",
    "msup": "",
    "msubsup": "",
    "munder": "accentunder",
    "mover": "accent",
    "munderover": "accent accentunder",
    "mmultiscripts": "",
    "mprescripts": "",
    "none": "",
    "mpadded": "width height depth lspace voffset",
    "mphantom": "",
    "menclose": "notation",
    "mtable": "displaystyle",
    "mtr": "",
    "mtd": "",
}
CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
INSIDE = {"mtable": "mtr", "mtr": "mtd"}
TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms", "annotation"})
LENGTHS = frozenset("width height depth lspace rspace voffset minsize maxsize linethickness mathsize".split())
LENGTH = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(em|ex|px|in|cm|mm|pt|pc|%)?")
COLOR = re.compile(r"#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?")


def faults(html: str) -> list[str]:
    """Return what is not allowed in one `<math>`, in words."""
    found: list[str] = []
    page = Page(html)
    found += page.problems
    pending = page.elements[:1]
    while pending:
        element = pending.pop()
        found += [*_attributes(element), *_children(element)]
        pending += [] if element.name in TOKENS else element.children  # words may hold HTML
    return found


def _attributes(element: Element) -> list[str]:
    if element.name not in ATTRIBUTES:
        return [f"<{element.name}>"]
    allowed = COMMON | set(ATTRIBUTES[element.name].split())
    found = [f"{name} at <{element.name}>" for name in element.attrs if name not in allowed]
    for name, value in element.attrs.items():
        if (name in LENGTHS and not LENGTH.fullmatch(value)) or (name.startswith("math") and not _known(name, value)):
            found.append(f'{name}="{value}" at <{element.name}>')
    return found


def _known(name: str, value: str) -> bool:
    return bool(COLOR.fullmatch(value)) if name in {"mathcolor", "mathbackground"} else bool(value)


def _children(element: Element) -> list[str]:
    number = CHILDREN.get(element.name, len(element.children))
    found = [] if len(element.children) == number else [f"{len(element.children)} children of <{element.name}>"]
    inside = INSIDE.get(element.name)
    return found + [
        f"<{child.name}> in <{element.name}>" for child in element.children if inside and child.name != inside
    ]
