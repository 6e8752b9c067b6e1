"""Front matter that pages of Quarto take from other files: `metadata-files`, paths from the page.

Source: Quarto's guide, "Project Basics", the section "Metadata Includes": what a page says itself goes before it.
"""

import posixpath
from collections.abc import Callable
from typing import Any

from notegen.dialects.configuration import lookup, read_data, texts
from notegen.dialects.front_matter.data import front_matter_data, merged

BRINGS = "metadata-files"
Read = Callable[[str], str]  # a path below the content folder -> the text of the file; "" for none


def nothing(_path: str) -> str:
    """Return the text of a file where there are none."""
    return ""


def metadata_of_page(path: str, text: str, read: Read) -> dict[str, Any]:
    """Return what the page `text` at `path` below the content folder takes from other files; see brought_by."""
    return brought_by(path, front_matter_data(text), read) if BRINGS in text else {}


def brought_by(path: str, data: Any, read: Read) -> dict[str, Any]:
    """Return what front matter, as `data`, takes from other files, of which the later one counts.

    `path`: that of the page below the content folder, from which the paths of the files begin; `/x` is below that
    folder. A file that is not there, or that is no mapping, says nothing.
    """
    values: dict[str, Any] = {}
    for named in texts(lookup(data, BRINGS)) or ():
        file = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), named)).lstrip("/")
        values = merged(read_data("x.yml", read(file)), values)
    return values
