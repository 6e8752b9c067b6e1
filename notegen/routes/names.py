"""Names as parts of paths: what of a title, a file's name or a category can stand in an address."""

import re
import unicodedata
from functools import lru_cache

from notegen.routes.urls import SEEN
from notegen.text.characters import CONTROL

_UNSAFE = re.compile(rf'[{CONTROL}/\\?#%:*<>|"]+')
_SPACES = re.compile(r"(?<![\s_])_*+\s[\s_]*+")
MAX_SEGMENT = 180  # bytes; file systems stop at 255


@lru_cache(maxsize=SEEN)
def segment(text: str) -> str:
    """Return `text` as one part of a path.

    Letters of all scripts stay, spaces become hyphens, nothing can leave the folder.
    """
    cleaned = unicodedata.normalize("NFC", _SPACES.sub("-", _UNSAFE.sub("-", text.strip())))
    cleaned = cleaned.strip(". -") or "-"
    return cleaned.encode()[:MAX_SEGMENT].decode(errors="ignore")


def term_segment(name: str) -> str:
    """Return a category or tag as one part of a path: as `segment`, but `#` stays, because C# is not C."""
    return "#".join(segment(part) if part.strip() else "" for part in name.split("#")) if name.strip(" #") else "-"


def segments(path: str) -> str:
    """Return a path of safe parts without slashes at its ends; empty parts and dots are dropped."""
    parts = [segment(part) for part in path.split("/") if part.strip(". ")]
    return "/".join(parts)
