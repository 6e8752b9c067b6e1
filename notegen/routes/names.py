"""Names as parts of paths: what of a title, a file's name or a category can stand in an address."""

import re
import unicodedata
from functools import lru_cache

import msgspec

from notegen.model.addressing import AddressesConfig, Punctuation
from notegen.routes.urls import SEEN
from notegen.text.characters import CONTROL
from notegen.text.patterns import lazy_regex

_UNSAFE = lazy_regex(rf'[{CONTROL}/\\?#%:*<>|"]+')
_SPACES = lazy_regex(r"(?<![\s_])_*+\s[\s_]*+")
_BESIDE_HYPHEN = lazy_regex(r"(?<=-) | (?=-)")  # of single spaces
_NO_PRETTY = lazy_regex(r"[^\w!&$'()+,.;=@~]+")  # Jekyll's slugify, mode "pretty"
_NO_LETTER = lazy_regex(r"[\W_]+")
_SIGNS = lazy_regex(r"[\s!-/:-@\[-`{-~]+")  # Hexo's slugize
_VERSION = lazy_regex(r"[0-9]+[-_.][0-9]")  # 7.0-foo, 2021-11-foo: no number in front of a name
_NUMBER = lazy_regex(r"[0-9]++\s*+[-_.]++\s*+(?=[^-_.\s])")
_NUMBERS = lazy_regex(r"(?![12][0-9]{3}(?:[^0-9]|\Z)|[0-9]{5})[0-9_.-]++(?=.)", re.DOTALL)
MAX_SEGMENT = 180  # bytes; file systems stop at 255


class NameStyle(msgspec.Struct, frozen=True):
    """How names become parts of addresses; the fields of AddressesConfig with these names say what they mean."""

    lower: bool = False
    spaces: str = "-"
    punctuation: Punctuation = "keep"
    replace: tuple[tuple[str, str], ...] = ()


PLAIN = NameStyle()


def name_style(config: AddressesConfig) -> NameStyle:
    """Return the style of the names of files, of slugs and titles."""
    return NameStyle(config.lower, config.spaces, config.punctuation, tuple(config.replace.items()))


def category_style(config: AddressesConfig) -> NameStyle:
    """Return the style of categories in the addresses of notes."""
    return NameStyle(config.lower_categories, config.category_spaces, config.term_punctuation)


@lru_cache(maxsize=SEEN)
def segment(text: str, style: NameStyle = PLAIN) -> str:
    """Return `text` as one part of a path.

    Letters of all scripts stay, spaces become hyphens unless the style says otherwise, nothing can leave the folder.
    """
    for old, new in style.replace:
        text = text.replace(old, new)
    if style.lower:
        text = text.lower()
    if style.punctuation != "keep":
        text = _without_punctuation(text, style.punctuation)
    text = _UNSAFE.sub("-", text.strip())
    if style.spaces:
        text = _SPACES.sub(style.spaces, text)
    cleaned = unicodedata.normalize("NFC", text).strip(". -") or "-"
    return cleaned.encode()[:MAX_SEGMENT].decode(errors="ignore")


def _without_punctuation(text: str, how: Punctuation) -> str:
    """Return a name without signs: dropped as Hugo does, or each run of them a hyphen as Jekyll, MyST and Hexo do."""
    if how == "drop":
        kept = "".join(char for char in text if char.isalnum() or char in " ._#+~-@" or _is_mark(char))
        return _BESIDE_HYPHEN.sub("", " ".join(kept.split()))
    if how == "signs":
        return _SIGNS.sub("-", text)
    return (_NO_PRETTY if how == "hyphen" else _NO_LETTER).sub("-", text)


def _is_mark(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char).startswith("M")


def segments(path: str, style: NameStyle = PLAIN) -> str:
    """Return a path of safe parts without slashes at its ends; empty parts and dots are dropped."""
    parts = [segment(part, style) for part in path.split("/") if part.strip(". ")]
    return "/".join(parts)


def term_style(config: AddressesConfig) -> NameStyle:
    """Return the style of categories, tags and series in the addresses of their lists."""
    return NameStyle(config.lower_terms, punctuation=config.term_punctuation)


def term_segment(name: str, style: NameStyle = PLAIN) -> str:
    """Return a category or tag as one part of a path: as `segment`, but `#` stays, because C# is not C.

    In a style that makes hyphens of signs, it is one of them.
    """
    if style.punctuation not in {"keep", "drop"}:
        return segment(name, style)
    parts = name.split("#") if name.strip(" #") else ["-"]
    joined = "#".join(segment(part, style) if part.strip() else "" for part in parts)
    return joined.encode()[:MAX_SEGMENT].decode(errors="ignore")


def without_number(name: str, config: AddressesConfig) -> str:
    """Return a name of a file or folder without the number in front of it, if these are stripped.

    "strip": `01-intro` and `2. intro` (Docusaurus, which leaves dates and versions alone); "strip_all": also
    `1_2_intro` (MyST, which leaves years and numbers of five digits alone).
    """
    match = None
    if config.number_prefixes == "strip" and not _VERSION.match(name):
        match = _NUMBER.match(name)
    elif config.number_prefixes == "strip_all":
        match = _NUMBERS.match(name)
    return name[match.end() :] if match else name
