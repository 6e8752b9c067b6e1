"""HTML that we wrote, read again for another place than its page."""

from notegen.text.patterns import lazy_regex

_PAGE_LINKS = lazy_regex(r'<a (?:class="anchor"|href="[^"]*" class="footnote-back")[^<>]*>[^<]*</a>')


def without_page_links(html: str) -> str:
    """Return HTML without the links that serve its page alone: anchors of headings, the way back from footnotes."""
    return _PAGE_LINKS.sub("", html)


_OPEN, _CLOSE = "\x01", "\x02"
CITATION_MARK = lazy_regex(f"{_OPEN}(?P<form>[np])(?P<keys>[^{_OPEN}{_CLOSE}]*){_CLOSE}")


def citation_mark(keys: str, *, narrative: bool) -> str:
    """Return what stands for a citation in a sentence: `keys` with spaces between; whether authors are part of it.

    Its signs stand in no text of an author; what is shown is known when notes are linked.
    """
    return f"{_OPEN}{'n' if narrative else 'p'}{keys}{_CLOSE}"
