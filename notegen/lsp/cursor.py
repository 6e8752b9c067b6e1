r"""What an author is writing at the cursor: `[[`, a heading behind it, `@`, `\ref{`, a command, front matter."""

import re

import msgspec

from notegen.model.source import SourceFile
from notegen.read.front_matter.split import split_front_matter
from notegen.rename.edits import visible
from notegen.text.patterns import lazy_regex

_WIKI = lazy_regex(r"!?\[\[(?P<target>[^\[\]|#\n]*+)(?P<hash>#?)(?P<typed>[^\[\]|\n]*+)\Z")
_ADDRESS = lazy_regex(r"\]\((?P<target>[^()\s#]*+)(?P<hash>#?)(?P<typed>[^()\s]*+)\Z")
_LABEL = lazy_regex(r"\\(?:eq|c|C|auto|name|page|v|thm)?ref\*?\{(?:[^{}]*,)?[ \t]*(?P<typed>[^{},\s]*+)\Z")
_CITED = lazy_regex(
    r"\\[A-Za-z]{0,8}cite[A-Za-z]{0,12}\*?(?:\[[^\[\]]*+\]){0,2}\{(?:[^{}]*,)?[ \t]*(?P<typed>[^{},\s]*+)\Z"
)
_CITE_ROLE = lazy_regex(r"\{cite(?::[a-z]{1,3})?\}`(?:[^`]*,)?[ \t]*(?P<typed>[^`,\s]*+)\Z")
_REF_ROLE = lazy_regex(r"\{(?:eq|numref|ref|prf:ref)\}`(?P<typed>[^`,\s]*+)\Z")
_AT = lazy_regex(r"(?<![\w@./])@(?P<typed>[^\s@,;\[\]{}()<>`'\"，。；、（）]*+)\Z")
_COMMAND = lazy_regex(r"(?<!\\)(?:\\\\)*\\(?P<typed>[A-Za-z]*+)\Z")
_TAG = lazy_regex(r"(?:^|[\s(（，。、；：])#(?P<typed>[^\s#，。、；：()（）\[\]]*+)\Z")
_ROLES = ((_CITE_ROLE, "work"), (_REF_ROLE, "label"))
_LINKS = ((_WIKI, "note"), (_ADDRESS, "file"))
_KINDS = (
    (_LABEL, "label"),
    (_CITED, "work"),
    (_AT, "work-or-label"),
    (_COMMAND, "command"),
    (_TAG, "tag"),
)
_KEY = lazy_regex(r"(?P<typed>[A-Za-z_-]*+)\Z")
_VALUE = lazy_regex(r"(?P<key>[A-Za-z_-]++)[ \t]*+:[ \t]*+(?P<value>.*+)")
_ITEM = lazy_regex(r"[ \t]*+-[ \t]++[\"']?(?P<typed>.*+)")
_OWNER = lazy_regex(r"^([A-Za-z_-]++)[ \t]*:[ \t]*$", re.MULTILINE)
_LONGEST = 2_000  # characters of a line before the cursor that are looked at


class Cursor(msgspec.Struct, frozen=True):
    """What is being written: its kind, where it begins, and what belongs to it.

    `kind`: "note" and "file" (names in `[[`, addresses in `](`), "heading" of the note `of`, "work" (a citation key),
    "label", "work-or-label" (`@`), "command", "tag", "key" and "value" of front matter. `of`: the note of a heading as
    it is named ("" for this one), the key of a value. `address`: it stands in `](…)`; `closed`: what ends it is there.
    """

    kind: str
    start: int
    typed: str = ""
    of: str = ""
    address: bool = False
    embed: bool = False
    closed: bool = False


def cursor_at(text: str, offset: int) -> Cursor | None:
    """Return what is being written at an offset of a note; None in code, and where nothing is."""
    block = split_front_matter(text)
    body = len(text) - len(block.body)
    if _is_in_yaml(text, offset):
        return _in_front_matter(text, offset)
    if block.form and offset < body:
        return None
    start = max(text.rfind("\n", 0, offset) + 1, offset - _LONGEST)
    head = text[start:offset]
    if not head.strip() or _is_hidden(text, offset):
        return None
    return _in_text(head, start, text[offset : offset + 2])


def _is_in_yaml(text: str, offset: int) -> bool:
    """Return whether an offset is between the fences of YAML; while these hold one word, they are no front matter."""
    if not text.startswith("---\n") or offset < len("---\n"):
        return False
    end = text.find("\n---", len("---"))
    return offset <= end if end >= 0 else "\n\n" not in text[:offset]


def _is_hidden(text: str, offset: int) -> bool:
    """Return whether an offset is in code or in a comment."""
    shown = visible(SourceFile("", text, ""))
    last = len(text[:offset].rstrip(" \t")) - 1
    return last >= 0 and text[last] != "\n" and shown[last] == " "


def _in_text(head: str, start: int, tail: str) -> Cursor | None:
    is_code = head.count("`") % 2 == 1  # that is being written; a role of MyST begins so, too
    for pattern, kind in _ROLES if is_code else ():
        if match := pattern.search(head):
            return Cursor(kind, start + match.start("typed"), match["typed"])
    if is_code:
        return None
    for pattern, kind in _LINKS:
        if match := pattern.search(head):
            named, closed, address = match["target"], tail.startswith("]]"), kind == "file"
            if match["hash"]:
                return Cursor("heading", start + match.start("typed"), match["typed"], named, address, closed=closed)
            embed = head.startswith("!", match.start())
            return Cursor(kind, start + match.start("target"), named, "", address, embed, closed)
    for pattern, kind in _KINDS:
        if match := pattern.search(head):
            return Cursor(kind, start + match.start("typed"), match["typed"])
    return None


def _in_front_matter(text: str, offset: int) -> Cursor | None:
    start = text.rfind("\n", 0, offset) + 1
    head = text[start:offset]
    if match := _KEY.fullmatch(head):
        return Cursor("key", start, match["typed"], closed=text[offset : offset + 1] == ":")
    if match := _ITEM.fullmatch(head):
        owners = _OWNER.findall(text, 0, start)
        return Cursor("value", start + match.start("typed"), match["typed"], owners[-1]) if owners else None
    if match := _VALUE.fullmatch(head):
        value = match["value"]
        last = max(value.rfind("["), value.rfind(","))
        first = last + 1 + len(value[last + 1 :]) - len(value[last + 1 :].lstrip(" \t\"'"))
        return Cursor("value", start + match.start("value") + first, value[first:], match["key"])
    return None
