"""The note that a table of contents names as the home page, and where notes ask for the list of chapters.

Source: Jupyter Book's documentation, "The table of contents", `root`; Sphinx's `{tableofcontents}`.
"""

from collections.abc import Callable, Iterable, Sequence

from notegen.dialects.dialect import HOME_NOTE, Setting
from notegen.model.diagnostic import first_names
from notegen.text.paths import strip_suffix

Read = Callable[[str], str | None]
_CONTENTS = "{tableofcontents}"


def home_note(
    settings: Iterable[Setting], files: Sequence[str], start: str, read: Read
) -> tuple[tuple[Setting, ...], tuple[str, ...]]:
    """Return the settings that make a note the home page, and in words which other notes ask for a list of chapters.

    `settings`: those of a program, among which HOME_NOTE is its path without suffix; `files`: Markdown files and
    notebooks below the content folder, which is `start` below the root. The old address leads to the home page, which
    has the list of chapters where the note asks for it.
    """
    named = next((item for item in settings if item.name == HOME_NOTE), None)
    path = next((path for path in files if strip_suffix(path) == named.value), "") if named else ""
    if named is None or not path:
        return (), ()
    asking = [file for file in files if _CONTENTS in (read(start + file) or "")]
    chosen = [
        Setting("permalinks", {path: "/"}, named.origin),
        Setting("redirects", {f"/{named.value}.html": "/"}, named.origin),
        *([Setting("home", "both", f"{path}: {_CONTENTS}")] if path in asking else []),
    ]
    others = [file for file in asking if file != path]
    names = first_names(others, more=" …")
    unread = f"{names}: {_CONTENTS} (the tree in the margin has the chapters)"
    return tuple(chosen), (unread,) if others else ()
