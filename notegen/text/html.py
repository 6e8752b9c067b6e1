"""HTML that we wrote, read again for another place than its page."""

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape

from notegen.text.patterns import lazy_regex

# Elements without an end tag. Source: HTML standard, §13.1.2 "Void elements"; the last three are obsolete.
VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr basefont frame param".split()  # noqa: SIM905
)
# Classes of elements that only a page needs, with a pointer, links and scripts at hand.
PAGE_ONLY = frozenset(("anchor", "code-head", "paper-link"))
_PAGE_LINKS = lazy_regex(
    r'<a (?:class="(?:anchor|line-link)"|href="[^"]*" class="footnote-back")[^<>]*>[^<]*</a>'
    r'|<details class="diagram-source">[^<]*(?:<(?!/details>)[^<]*)*</details>\n?'
)


def attributes_html(values: Mapping[str, str]) -> str:
    """Return attributes as they stand in a tag, with a space in front of each."""
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items())


def without_page_links(html: str) -> str:
    """Return HTML without what serves its page alone: anchors of headings and lines, ways back, sources of diagrams."""
    return _PAGE_LINKS.sub("", html)


def diagram_source(language: str, source: str) -> str:
    """Return the source of a diagram for who copies it: closed, below the drawing, in reach without scripts, too."""
    code = f"<pre><code>{escape(source)}</code></pre>"
    return f'<details class="diagram-source"><summary>{escape(language)}</summary>{code}</details>\n'


# What stands in a sentence for what is known only when notes are linked. Its signs stand in no text of an author.
_OPEN, _CLOSE, _BETWEEN = "\x01", "\x02", "\x03"
SENTENCE_MARK = lazy_regex(f"{_OPEN}(?P<form>[npw])(?P<names>[^{_OPEN}{_CLOSE}]*){_CLOSE}")


def citation_mark(keys: Iterable[str], *, narrative: bool) -> str:
    """Return what stands for a citation in a sentence: the keys of its works; whether authors are part of it."""
    return f"{_OPEN}{'n' if narrative else 'p'}{_BETWEEN.join(keys)}{_CLOSE}"


def reference_mark(target: str, fragment: str, label: str, form: str) -> str:
    """Return what stands in a sentence for a reference without words of its own, by the fields of its WikiHole."""
    return f"{_OPEN}w{_BETWEEN.join((target, fragment, label, form))}{_CLOSE}"


def before_mark(text: str, most: int) -> str:
    """Return at most so many characters of a text with marks, and no part of a mark."""
    head = text[:most]
    return head if head.rfind(_OPEN) <= head.rfind(_CLOSE) else head[: head.rfind(_OPEN)]


def has_marks(html: str) -> bool:
    """Return whether a sentence has a mark that is to be filled."""
    return _OPEN in html


def marked_names(match: re.Match[str]) -> tuple[str, ...]:
    """Return the names in a mark: keys, or the four fields of a reference."""
    return tuple(unescape(match["names"]).split(_BETWEEN))
