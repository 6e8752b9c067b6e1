"""A note's HTML as feeds want it: without what only works on its page; every formula keeps its MathML and its LaTeX."""

import re
from functools import lru_cache
from html import escape

from notegen.model.body import ResolvedBody
from notegen.model.strings import Html
from notegen.text.html import without_page_links
from notegen.text.patterns import lazy_regex

# Scripts, styles and forms: readers drop them or warn of them.
_FORM = lazy_regex(r"</?(?:button|form|link|meta)\b[^<>]*>")
_INPUT = lazy_regex(r"<input\b([^<>]*)>")
# In text and in code a quotation mark is written &quot;, so these stand in tags.
_ATTRIBUTES = lazy_regex(r' (?:tabindex|loading|decoding|fetchpriority|data-[a-z-]+|on[a-z]+)="[^"]*"')
# Colours of drawings that follow the page: each has a plain one beside it.
_PAGE_COLOURS = lazy_regex(r' style="(?:fill|stroke|stop-color):(?:var|light-dark)\([^"]*"')
# Colours of code, of which no reader has the style sheet.
_COLOURED = lazy_regex(r'<span class="[a-z][a-z0-9]{0,2}">([^<>]*)</span>')
_DROPPED = (("<script", "</script>"), ("<style", "</style>"))


class FeedContent(ResolvedBody):
    """A body for a feed: its HTML as feeds want it."""

    @property
    def html(self) -> Html:
        """The whole."""
        return Html(feed_html(super().html))


class PictureFeedContent(FeedContent):
    """A body for a feed whose formulas are pictures in the text, for readers and mails that show no MathML."""

    @property
    def html(self) -> Html:
        """The whole."""
        return Html(with_pictures(super().html))


def with_pictures(html: str) -> str:
    """Return HTML with an SVG in the place of each formula. Time is linear in the text."""
    parts = html.split("</math>")
    kept = []
    for part in parts[:-1]:
        before, sign, inside = part.rpartition("<math")
        kept.append(f"{before}{_picture(f'{sign}{inside}</math>')}" if sign else f"{part}</math>")
    return "".join((*kept, parts[-1]))


@lru_cache(maxsize=4096)  # a note is in several feeds, and repeats its symbols
def _picture(mathml: str) -> str:
    """Return a formula as SVG in the colour of the text, its LaTeX as its words."""
    from notegen.jinja.html_tree import latex_of, parse_html
    from notegen.link.bodies.formula_svg import as_svg, is_display

    math = next(iter(parse_html(mathml).all("math")))
    svg = as_svg(math).replace('fill="black"', 'fill="currentColor"')
    labelled = svg.replace("<svg ", f'<svg role="img" aria-label="{escape(latex_of(math))}" ', 1)
    return f'<span style="display:block;text-align:center">{labelled}</span>' if is_display(math) else labelled


def feed_html(html: str) -> str:
    """Return the content of a feed's entry. Time is linear in the text."""
    for start, end in _DROPPED:
        html = _without(html, start, end)
    if 'class="highlight' in html:
        html = _COLOURED.sub(r"\1", html)
    if 'class="drawing"' in html:
        html = _PAGE_COLOURS.sub("", html)
    return _ATTRIBUTES.sub("", _INPUT.sub(_box, _FORM.sub("", without_page_links(html))))


def _box(match: re.Match[str]) -> str:
    """Return the box of a task list as a character; other inputs vanish."""
    if 'type="checkbox"' not in match[1]:
        return ""
    return "☑" if "checked" in match[1] else "☐"


def _without(html: str, start: str, end: str) -> str:
    """Return HTML without the elements between `start` and `end`; one that never ends stays."""
    parts = html.split(end)
    kept = [part.partition(start)[0] if start in part else part + end for part in parts[:-1]]
    return "".join((*kept, parts[-1]))
