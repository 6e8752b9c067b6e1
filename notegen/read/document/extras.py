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


_CLASS = 'class="'
_OTHERS = tuple(sign for signs in _SIGNS.values() for sign in signs if _CLASS not in sign)
_CLASSES = tuple(sign.partition(_CLASS)[2] for signs in _SIGNS.values() for sign in signs if _CLASS in sign)
_LONGEST = max(map(len, _CLASSES))


def extras_of(html: str) -> tuple[str, ...]:
    """Return the names of what a note's HTML needs, in order. Most need nothing: their few classes tell that."""
    classes = {value[:_LONGEST] for value in html.split(_CLASS)}
    if not any(value.startswith(_CLASSES) for value in classes) and not any(sign in html for sign in _OTHERS):
        return ()
    return tuple(name for name, signs in _SIGNS.items() if any(sign in html for sign in signs))
