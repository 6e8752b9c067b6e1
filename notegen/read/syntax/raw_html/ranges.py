"""What of a text is raw HTML: comments, tags, autolinks, and elements whose text is no Markdown."""

import re
from collections.abc import Iterator

from markdown_it.common.html_re import HTML_TAG_RE  # tried once: only where its end follows

from notegen.text.patterns import lazy_regex

_AUTOLINK = lazy_regex(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*>")
_VERBATIM = lazy_regex(r"<(script|style|pre|code|textarea|kbd|samp)(?=[\s>])", re.IGNORECASE)
_NOTHING, _UNCLOSED = 0, -1
_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}  # of markup that is no element, by its opening

Range = tuple[int, int]


def html_ranges(text: str, *, whole: bool = False) -> Iterator[Range]:
    """Yield the start and end of comments, tags, autolinks, and whole `script`, `style`, `pre`, `code`… elements.

    A verbatim element that is not closed ends with its opening tag, or with the text if the text is a `whole` block.
    """
    last = text.rfind(">")
    ends = {opening: text.rfind(end) - len(opening) for opening, end in _ENDS.items()}
    closers: dict[str, list[int]] = {}
    start = text.find("<")
    while 0 <= start < last:
        end = _end_of_markup(text, start, ends, closers)
        if end == _UNCLOSED:
            end = len(text) if whole else start + 1
        if end > start:
            yield start, end
        start = text.find("<", max(end, start + 1))


def _end_of_markup(text: str, start: int, ends: dict[str, int], closers: dict[str, list[int]]) -> int:
    if any(start > end and text.startswith(opening, start) for opening, end in ends.items()):
        return _NOTHING
    if text.startswith("<!--", start):
        return text.find("-->", start + 4) + 3
    tag = _AUTOLINK.match(text, start) or HTML_TAG_RE.match(text, start)
    if tag is None:
        return _NOTHING
    verbatim = _VERBATIM.match(text, start)
    if verbatim is None:
        return tag.end()
    return _end_of_element(text, tag.end(), verbatim[1].lower(), closers)


def _end_of_element(text: str, start: int, name: str, closers: dict[str, list[int]]) -> int:
    """Return the end of the closing tag that follows `start`. Positions must not decrease from call to call."""
    if name not in closers:
        pattern = re.compile(rf"</{name}\s*>", re.IGNORECASE)
        closers[name] = [match.end() for match in reversed(list(pattern.finditer(text)))]
    ends = closers[name]
    while ends and ends[-1] <= start:
        ends.pop()
    return ends[-1] if ends else _UNCLOSED
