"""Which styles and scripts the page of a note needs besides those of all pages: what is rare is loaded where used.

The names are those of files in the theme's static/extra/.
"""

# Name -> what the HTML of a page has that needs it, one of these.
_SIGNS = {
    "diagrams": ('<div class="diagram-scroll"',),
    "notebooks": ('class="output',),
    "media": ("data-embed=", "<audio", "<object", 'class="film"', 'class="gallery"'),
    "tags": (
        'class="label',
        'class="tinted',
        'class="emp"',
        'class="wavy"',
        'class="spoiler"',
        'class="btn"',
        'class="task-state"',
        'class="timeline"',
        '<ol type="',
        '<input type="checkbox"',
    ),
    "tabs": ('<div class="tabs">',),
}


def extras_of(html: str) -> tuple[str, ...]:
    """Return the names of what a note's HTML needs, in order."""
    return tuple(name for name, signs in _SIGNS.items() if any(sign in html for sign in signs))
