"""Where the front matter of a note ends and its body begins: YAML, TOML and JSON as other generators spell them.

`---` YAML closed by `---` or `...`; `+++` TOML (Hugo, Zola); a JSON object (Hugo); JSON members closed by `;;;` and
YAML without an opening fence (Hexo). What does not look like a mapping is body: `---` is then a thematic break.

Source: Jekyll docs, "Front Matter"; Hugo docs, "Front matter"; Hexo docs, "Front-matter"; Zola docs, "Page".
"""

import re
from json import JSONDecoder

import msgspec

from notegen.read.front_matter.names import known
from notegen.text.patterns import lazy_regex

_FENCE = lazy_regex(r"(-{3,40}|\+{3}|;{3})[ \t\r]*(?:\n|\Z)")
_BLANK = lazy_regex(r"(?:[ \t\r]*+\n)*+")
_SIGNIFICANT = lazy_regex(r"^(?![ \t\r]*(?:#|$))[ \t]*(.+)$", re.MULTILINE)
_KEY = lazy_regex(r"""(?:"[^"\n]*+"[ \t]*+|'[^'\n]*+'[ \t]*+|[^-\s#:{}\[\],&*!|>'"%@`$?：][^:：\n]*+):(?=\s|$)""")
_NAME = lazy_regex(r"^([A-Za-z_-]+)[ \t]*[:：]", re.MULTILINE)
_TOML = lazy_regex(r"(?:[ \t\r]*+(?:#[^\n]*+)?\n)*+[ \t]*(?:[\w.\"'-]+[ \t]*=|\[)")  # tried once
_JSON = lazy_regex(r'\{\s*(?:"[^"\n]*+"\s*:|\})')
_MEMBER = lazy_regex(r'\s*"[^"\n]*+"\s*:')  # tried once
_UNFENCED = lazy_regex(r"[A-Za-z_-]+[ \t]*:[ \t\r]|[A-Za-z_-]+[ \t]*:$|[ \t]*-[ \t]|[ \t]+\S|#")


class Block(msgspec.Struct, frozen=True):
    """A note in two parts. `form` is "yaml", "toml", "json", "members" (JSON without braces), or "": no front matter.

    `line` and `body_line` count the lines before `text` and `body`. `closed` is False when the end is missing; `text`
    then ends where the lines stop looking like front matter.
    """

    form: str
    text: str
    line: int
    body: str
    body_line: int
    closed: bool = True


def split_front_matter(text: str) -> Block:
    """Return the front matter of `text` and the rest of it, unparsed. Linear in time."""
    text = text.removeprefix("\ufeff")
    nothing = Block("", "", 0, text, 0)
    blank = _BLANK.match(text)
    start = blank.end() if blank else 0
    fence = _FENCE.match(text, start)
    if fence:
        block = _fenced(text, fence)
    elif text.startswith("{", start):
        block = _json(text, start)
    elif text.startswith('"', start):
        block = _between(text, start, ";;;", "members") if _MEMBER.match(text, start) else None
    else:
        block = _unfenced(text) if start == 0 else None
    if block is None or (start and not _has_known(block.text) and block.form == "yaml"):
        return nothing
    return block


def _fenced(text: str, fence: re.Match[str]) -> Block | None:
    mark, start = fence[1], fence.end()
    if mark.startswith("-"):
        block = _between(text, start, mark, "yaml") or _unclosed(text, start, "yaml")
        return block if _is_mapping(block.text) and (block.closed or _has_known(block.text)) else None
    if mark == "+++":
        looks = _TOML.match(text, start)
        closed = _between(text, start, mark, "toml")
        return closed or (_unclosed(text, start, "toml") if looks else None)
    return _between(text, start, mark, "members") if _MEMBER.match(text, start) else None


def _between(text: str, start: int, mark: str, form: str) -> Block | None:
    """The lines from `start` up to the closing `mark`, or None."""
    dots = r"|\.{3}" if form == "yaml" else ""
    close = re.compile(rf"^(?:{re.escape(mark)}{dots})[ \t\r]*$\n?", re.MULTILINE).search(text, start)
    if close is None:
        return None
    return _block(text, form, start, close.start(), close.end())


def _block(text: str, form: str, start: int, end: int, body: int) -> Block:
    line = text.count("\n", 0, start)
    return Block(form, text[start:end], line, text[body:], line + text.count("\n", start, body))


def _unclosed(text: str, start: int, form: str) -> Block:
    """The lines up to the first blank one."""
    gap = re.compile(r"^[ \t\r]*$\n?", re.MULTILINE).search(text, start)
    end = gap.start() if gap else len(text)
    return msgspec.structs.replace(_block(text, form, start, end, end), closed=False)


def _is_mapping(inner: str) -> bool:
    """True when the first line that says something is `key: value`, or when there is no line at all."""
    first = _SIGNIFICANT.search(inner)
    if first is None:
        return not inner.strip()
    if inner.startswith(("\n", " \n", "\r\n")) and not _has_known(inner):
        return False  # prose between two thematic breaks: `---`, blank line, `Note: …`
    line = first[1]
    name = _NAME.match(line)
    return bool(_KEY.match(line)) or line.startswith("{") or (name is not None and known(name[1]))


def _has_known(inner: str) -> bool:
    return any(known(match[1]) for match in _NAME.finditer(inner))


def _json(text: str, start: int) -> Block | None:
    if not _JSON.match(text, start):
        return None
    try:
        end = JSONDecoder(parse_int=str, parse_float=str).raw_decode(text, start)[1]
    except (ValueError, RecursionError):  # the reader says what is wrong; the object ends at a brace of its own line
        close = re.compile(r"^\}[ \t\r]*$", re.MULTILINE).search(text, start)
        end = close.end() if close else len(text)
    closing = re.compile(r"[ \t\r]*\n?(?:;{3}[ \t\r]*(?:\n|\Z))?").match(text, end)
    return _block(text, "json", start, end, closing.end() if closing else end)


def _unfenced(text: str) -> Block | None:
    """Hexo's YAML that only ends with `---`: certain when all lines suit a mapping and one gives title or date."""
    position = 0
    names: set[str] = set()
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end]
        if re.fullmatch(r"---[ \t\r]*", line):
            certain = position > 0 and {"title", "date"} & names
            return _block(text, "yaml", 0, position, end + 1) if certain else None
        if not _UNFENCED.match(line):
            return None
        names.add(line.partition(":")[0].strip())
        position = end + 1
    return None
