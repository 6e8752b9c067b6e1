"""The type of a dialect: how a program's folder is recognised, what its files are, and what its settings mean here.

A dialect is a value, which scanning, the defaults of site.yaml, `notegen init` and messages read; nothing else asks
which program a folder comes from.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Kind

# A setting that only `notegen init` understands: folders that hold the notes together -> their permalink patterns.
CONTENT_FOLDERS = "content folders"
HOME_NOTE = "home note"  # likewise: the path of the home page's note, without suffix
NOTEBOOKS = "**/*.ipynb"  # a pattern of `passthrough`, which `notegen init` writes where there are notebooks


class SourceRule(msgspec.Struct, frozen=True):
    """What the files are whose path below the content folder fits a glob pattern; `*` also stands for slashes."""

    pattern: str
    kind: Kind


class Setting(msgspec.Struct, frozen=True):
    """A setting of site.yaml that a program's configuration gives: its dotted name, its value, where it comes from."""

    name: str
    value: Any
    origin: str


class Translation(msgspec.Struct, frozen=True):
    """A program's configuration as settings of site.yaml, in words what of it is not taken over, and unread files."""

    settings: tuple[Setting, ...] = ()
    omitted: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


class Dialect(msgspec.Struct, frozen=True):
    """What notegen knows of one program.

    `key` is its name in site.yaml, `name` the one people know. `markers`: sets of paths below the site's root (a
    folder's with a slash behind it); all of one set tell the program. `config_files`: patterns of the
    files that `translate` is given, path -> text. `content`: folders of notes, the first that exists. `static`: folders
    whose files are copied as they are. `sources`: the first rule that fits a path says what it is; a Markdown file that
    no rule fits is a note. `sections`: patterns of notes; where one fits, what lies directly in the content folder is
    a page. `listings`: pages that ask for lists (listings.py) tell which files are notes instead. `bundles`: Markdown
    beside an index.md belongs to that note. `notebooks`: whether notebooks may be notes; else they are files, as there.
    `settings`: dotted names of site.yaml -> the values that fit the program, how it makes addresses among them.
    `placeholders`: names in its permalink patterns -> ours, where one name means two things. `macro_files`: LaTeX files
    whose macros formulas know without a setting. `programmed`: patterns of pages that are programs. `new_note`,
    `new_draft`: where `notegen new` puts a note below the content folder, of {slug} and {date} (YYYY-MM-DD); without
    the latter a draft lies where notes do.
    """

    key: str
    name: str
    markers: tuple[frozenset[str], ...]
    config_files: tuple[str, ...]
    translate: Callable[[Mapping[str, str]], Translation]
    content: tuple[str, ...] = ("content",)
    static: tuple[str, ...] = ("static",)
    sources: tuple[SourceRule, ...] = ()
    sections: tuple[str, ...] = ()
    listings: bool = False
    bundles: bool = False
    notebooks: bool = True
    settings: dict[str, Any] = {}
    placeholders: dict[str, str] = {}
    macro_files: tuple[str, ...] = ()
    programmed: tuple[str, ...] = ()
    new_note: str = "{slug}.md"
    new_draft: str = ""


def rules(kind: Kind, patterns: str) -> tuple[SourceRule, ...]:
    """Return one rule for each of the patterns, which spaces keep apart."""
    return tuple(SourceRule(pattern, kind) for pattern in patterns.split())
