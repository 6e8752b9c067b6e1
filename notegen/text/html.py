"""HTML that we wrote, read again for another place than its page."""

from notegen.text.patterns import lazy_regex

_PAGE_LINKS = lazy_regex(r'<a (?:class="anchor"|href="[^"]*" class="footnote-back")[^<>]*>[^<]*</a>')


def without_page_links(html: str) -> str:
    """Return HTML without the links that serve its page alone: anchors of headings, the way back from footnotes."""
    return _PAGE_LINKS.sub("", html)
