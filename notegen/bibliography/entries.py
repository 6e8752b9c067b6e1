"""Entries of bibliography files, as their files have them."""

import msgspec

from notegen.model.diagnostic import Diagnostic


class Name(msgspec.Struct, frozen=True):
    """A person's name in its parts, as LaTeX or plain text; a group (`{OpenAI Team}`) has a family name alone."""

    family: str
    given_name: str = ""


class Entry(msgspec.Struct, frozen=True):
    """An entry of a bibliography file.

    `type` and the names of `fields` are BibTeX's in small letters; `names` are the authors of an entry whose file has
    them in parts. `latex`: whether the values are LaTeX, as in BibTeX, else plain text. `line`: where it begins.
    """

    key: str
    type: str
    fields: dict[str, str]
    line: int = 0
    names: tuple[Name, ...] = ()
    latex: bool = True


class BibliographyFile(msgspec.Struct, frozen=True):
    """What one file holds: entries by key, the first of equal keys; and what is wrong with the others."""

    entries: dict[str, Entry]
    diagnostics: tuple[Diagnostic, ...] = ()
