"""Which styles and scripts the page of a note needs besides those of all pages: what is rare is loaded where used.

The names are those of files in the theme's static/extra/.
"""

import re

from notegen.text.patterns import lazy_regex

# Name -> what the HTML of a page has that needs it, one of these.
_SIGNS = {
    "diagrams": (b'<div class="diagram-scroll"',),
    "notebooks": (b'class="output',),
    "media": (b"data-embed=", b"<audio", b"<object", b'class="film"', b'class="gallery"'),
    "tags": (
        b'class="label',
        b'class="tinted',
        b'class="emp"',
        b'class="wavy"',
        b'class="spoiler"',
        b'class="btn"',
        b'class="task-state"',
        b'class="timeline"',
        b'<ol type="',
        b'<input type="checkbox"',
    ),
    "tabs": (b'<div class="tabs">',),
}
_CLASS = b'class="'
_OTHERS = tuple(sign for signs in _SIGNS.values() for sign in signs if _CLASS not in sign)
# All that begin alike in one pattern: it is a third as long at it as looking for each.
_CLASSED = lazy_regex(
    b'class="(?:%b)'
    % b"|".join(re.escape(sign.partition(_CLASS)[2]) for signs in _SIGNS.values() for sign in signs if _CLASS in sign)
)


def extras_of(html: bytes) -> tuple[str, ...]:
    """Return the names of what a note's HTML needs, in order. Most need nothing."""
    if not _CLASSED.search(html) and not any(sign in html for sign in _OTHERS):
        return ()
    return tuple(name for name, signs in _SIGNS.items() if any(sign in html for sign in signs))
