"""What the Markdown files of a folder are, by their paths and, for lists that another program fills, by their text."""

import fnmatch
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from notegen.dialects.dialect import Dialect, SourceRule, rules
from notegen.model.source import Kind
from notegen.text.paths import is_index, strip_suffix
from notegen.text.patterns import lazy_regex

# Before the rules of a program: nobody means these as notes.
_COMMON = (
    *rules("draft", "_drafts/* */_drafts/*"),
    *rules("template", "*.excalidraw.md _includes/* */_includes/* _layouts/* */_layouts/*"),
)
# Of a repository whose root is the folder of notes: README.md, README.zh-CN.md, CHANGELOG-2.x.md, LICENSE-MIT.md.
# What is a word of titles too is a file of the repository in capitals only: SECURITY.md, no note "Security.md".
_PROJECT = lazy_regex(
    r"(?:(?i:readme|licen[cs]e|contributing|changelog|code_of_conduct)|SECURITY|AUTHORS|CLAUDE|AGENTS?)(?:[._-][^ /]*)?"
)
_PROJECT_OF_VAULT = lazy_regex(
    r"(?:README|LICEN[CS]E|CONTRIBUTING|CHANGELOG|CODE_OF_CONDUCT|SECURITY|AUTHORS|CLAUDE|AGENTS?)(?:[._-][^ /]*)?"
)
_VAULTS = frozenset({"obsidian", "quartz"})  # where every file is a note, and every folder one of notes
_ROOT = lazy_regex(r"(?:scaffolds|archetypes|themes|node_modules|vendor)/")
# Of a folder that comes from no known program.
_PLAIN = (
    *rules("section", "_index.* */_index.* index.* */index.* readme.* */readme.*"),
    *rules("note", "_posts/* */_posts/*"),
    *rules("page", "pages/*"),
    *rules("template", "_* */_*"),
)
_SPECIAL = lazy_regex(r"_|index\.|readme\.|\.excalidraw|^pages/", re.IGNORECASE)  # what a rule of _COMMON or _PLAIN has
# Notes of these names, or in folders of these, may only ask the other program for a list.
_LISTS = frozenset(
    (
        *("index", "home", "archive", "archives", "search", "tag", "tags", "category", "categories", "posts", "blog"),
        *("timeline", "series", "friends", "link", "links", "404"),
    )
)
_INDEX = lazy_regex(r"index(\.[a-z]{2,3}(-[a-z]{2,4})?)?", re.IGNORECASE)  # index.zh.md is one in another language
_LANGUAGE = lazy_regex(r"\.[a-z]{2,3}(?:[-_][a-z]{2,4})?$")  # archives.zh.md is in another language
_TERMS = frozenset({"tag", "tags", "category", "categories"})
_SOURCES = (".qmd", ".rmd", ".ipynb", ".py")  # what Quarto, knitr, nbconvert and Jupytext make Markdown of
_FEW = 5  # words: a text that long is one of the author's
_FRONT_MATTER = lazy_regex(r"\A(?:---|\+\+\+)[ \t]*\n(.*?)^(?:---|\+\+\+)[ \t]*$", re.DOTALL | re.MULTILINE)
_CODE = lazy_regex(r"^(`{3,}+|~{3,}+)[^\n]*+\n(?:(?!\1).*+\n?)*+|`[^`\n]++`", re.MULTILINE)
_CONTROL = lazy_regex(r"\{%-?\s*+(?:for|if|unless|case|tablerow)\s")
_TAG = lazy_regex(r"\{[{%]")
_TAG_OR_ELEMENT = lazy_regex(r"\{[{%][^{}]*\}|\}|<[^<>]*>")
_WORDS_A_TAG = 3  # in a text with more words for each tag, tags are in the text, not words between tags
_HEAD = 4000  # characters in which a header of Jupytext begins
_JUPYTER = lazy_regex(r"^(?:jupyter|jupytext):[ \t]*$", re.MULTILINE)
# The words of a home page of VitePress or VuePress.
_HERO = lazy_regex(r"^(?:hero[ \t]*:[ \t]*+(?:\{[ \t]*\w|(?:#[^\n]*)?\n[ \t])|heroText[ \t]*:[ \t]*\S)", re.MULTILINE)
_LAYOUT = lazy_regex(r"^(?:layout|type)\s*[:=]\s*[\"']?([\w-]+)", re.MULTILINE)


def source_kinds(
    paths: Sequence[str],
    dialect: Dialect | None,
    *,
    is_root: bool = False,
    listed: Sequence[str] = (),
    paired: AbstractSet[str] = frozenset(),
) -> tuple[Kind, ...]:
    """Return what each Markdown file is, by the paths of all of them below the content folder.

    `dialect`: the program that the folder comes from, if one is known; `is_root`: the content folder is the root of the
    site, where a repository keeps its README and the like. An index.md without notes beside or below it is a note.
    `listed`: glob patterns of what pages say that they list; where they have notes, all else is a page.
    `paired`: those that `is_paired` says; where their notebook is beside them, that is the note.
    """
    kinds = [_kind(path, dialect, is_root=is_root) for path in paths]
    if dialect is None and any(path.startswith("_posts/") for path in paths):  # as Hexo and Jekyll mean it
        kinds = [_beside_posts(path, kind) for path, kind in zip(paths, kinds, strict=True)]
    kinds = _without_sources(paths, kinds, paired)
    folders = _folders_of_notes(zip(paths, kinds, strict=True))
    texts = (path for path, kind in zip(paths, kinds, strict=True) if kind == "section")
    indexes = {_folder(path) for path in texts if _is_index(path.rpartition("/")[2].removeprefix("_"))}
    bundles = _bundles(paths) if dialect is not None and dialect.bundles else frozenset[str]()
    kinds = [_in_folder(path, kind, folders, indexes, bundles) for path, kind in zip(paths, kinds, strict=True)]
    if listed and any(kind == "note" and is_listed(path, listed) for path, kind in zip(paths, kinds, strict=True)):
        return tuple(
            "page" if kind == "note" and not is_listed(path, listed) else kind
            for path, kind in zip(paths, kinds, strict=True)
        )
    sections = dialect.sections if dialect is not None else ()
    return tuple(_outside_sections(paths, kinds, sections) if sections else kinds)


def _without_sources(paths: Sequence[str], kinds: list[Kind], paired: AbstractSet[str]) -> list[Kind]:
    """Return the kinds, in which x.qmd, x.Rmd or x.ipynb beside x.md is no note: a program makes x.md of it.

    Of a pair of Jupytext the notebook is the note, for its outputs are there alone.
    """
    if not any(path.lower().endswith(_SOURCES) for path in paths):
        return kinds
    notebooks = {strip_suffix(path) for path in paths if path.lower().endswith(".ipynb")}
    halves = {path for path in paired if strip_suffix(path) in notebooks}
    stems = {strip_suffix(path) for path in paths if not path.lower().endswith(_SOURCES) and path not in halves}

    def is_source(path: str) -> bool:
        of_pair = path in halves or (path.lower().endswith(".py") and strip_suffix(path) in notebooks)
        return of_pair or (path.lower().endswith(_SOURCES) and strip_suffix(path) in stems)

    return ["template" if is_source(path) else kind for path, kind in zip(paths, kinds, strict=True)]


def _beside_posts(path: str, kind: Kind) -> Kind:
    """Return the kind of a file where posts have a folder of their own: what lies outside of it is a page."""
    is_post = "/_posts/" in f"/{path}"
    return "page" if not is_post and (kind == "note" or (kind == "section" and "/" in path)) else kind


def _outside_sections(paths: Sequence[str], kinds: list[Kind], sections: Sequence[str]) -> list[Kind]:
    """Return the kinds, in which notes directly in the content folder are pages where a section has notes.

    An index.md in a folder there is one of them as a bundle, such as about/index.md: it makes no section.
    """
    top = frozenset(path for path in paths if "/" not in path or (path.count("/") == 1 and _is_index(path)))
    has_notes = any(
        kind == "note" and path not in top and fnmatch.fnmatchcase(path, pattern)
        for path, kind in zip(paths, kinds, strict=True)
        for pattern in sections
    )
    if not has_notes:
        return kinds
    return ["page" if kind == "note" and path in top else kind for path, kind in zip(paths, kinds, strict=True)]


def is_listed(path: str, patterns: Sequence[str]) -> bool:
    """Return whether a list that is made of patterns has the note at a path; `posts/*` has posts/a/index.qmd too."""
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def is_of_project(path: str, dialect: Dialect | None = None) -> bool:
    """Return whether a Markdown file, by its path below a repository's root, is its README or the like."""
    pattern = _PROJECT_OF_VAULT if _is_vault(dialect) else _PROJECT
    return "/" not in path and pattern.fullmatch(strip_suffix(path)) is not None


def _is_vault(dialect: Dialect | None) -> bool:
    return dialect is not None and dialect.key in _VAULTS


def asks_for_list(path: str, text: str) -> bool:
    """Return whether a note without a text of its own asks the other program for a list, by its `layout` or `type`."""
    asked = layout(text) if names_list(path) else ""
    if asked == "home" and _HERO.search(text):
        return False
    is_list = asked in _LISTS or (asked != "" and _is_of_a_term(path))
    return is_list and len(_FRONT_MATTER.sub("", text, count=1).split()) < _FEW


def is_mostly_template(text: str) -> bool:
    """Return whether a file is a program of Liquid or the like: loops and conditions, and hardly a word of its own.

    Tags in code do not count. The source of what counts as a program: Liquid's documentation, "Control flow".
    """
    if "%" not in text or "{%" not in text:  # one character alone is found at once
        return False
    text = _CODE.sub("", _FRONT_MATTER.sub("", text, count=1))
    tags = len(_TAG.findall(text))
    return _CONTROL.search(text) is not None and len(_TAG_OR_ELEMENT.sub(" ", text).split()) < _WORDS_A_TAG * tags


def is_paired(text: str) -> bool:
    """Return whether a Markdown file is half of a pair of Jupytext: its front matter says of which kernel it is.

    Source: Jupytext's documentation, "Formats", the sections "Jupytext Markdown" and "MyST Markdown".
    """
    match = _FRONT_MATTER.match(text) if "jupyt" in text[:_HEAD] else None
    return match is not None and _JUPYTER.search(match[1]) is not None


def names_list(path: str) -> bool:
    """Return whether a file's name, or its folder's, is one of those that ask for lists."""
    name = _LANGUAGE.sub("", strip_suffix(path).casefold().rpartition("/")[2])
    return name in _LISTS or name.startswith("_index") or _is_of_a_term(path)


def _is_of_a_term(path: str) -> bool:
    """Return whether a file lies where Jekyll's sites have a page for each tag or category."""
    return _folder(path).rpartition("/")[2].casefold() in _TERMS


def layout(text: str) -> str:
    """Return the `layout` or `type` of a note's front matter (YAML or TOML) in small letters; "" for none."""
    match = _FRONT_MATTER.match(text)
    named = _LAYOUT.search(match[1]) if match else None
    return named[1].lower() if named else ""


def _kind(path: str, dialect: Dialect | None, *, is_root: bool) -> Kind:
    """Return the kind that a path alone tells."""
    if dialect is None and not is_root and not _SPECIAL.search(path):
        return "note"  # as most paths are: no rule need be asked
    kind = _first_rule(path, _COMMON)
    if kind is None and is_root:
        kind = _of_root(path, dialect)
    return kind or _first_rule(path, _PLAIN if dialect is None else dialect.sources) or "note"


def _of_root(path: str, dialect: Dialect | None) -> Kind | None:
    """Return the kind of a file of a repository whose root is the folder of notes; None for one of the notes."""
    if is_of_project(path, dialect):
        return "private"
    return "template" if not _is_vault(dialect) and _ROOT.match(path) else None


def _first_rule(path: str, group: tuple[SourceRule, ...]) -> Kind | None:
    """Return what the first of the rules says that fits a path, in letters of any case."""
    match = _pattern(group).match(path.lower())
    return group[match.lastindex - 1].kind if match is not None and match.lastindex is not None else None


@lru_cache
def _pattern(group: tuple[SourceRule, ...]) -> re.Pattern[str]:
    """Return one pattern for rules, whose group tells the rule; letters are small."""
    alternatives = "|".join(f"({fnmatch.translate(rule.pattern.lower())})" for rule in group)
    return re.compile(alternatives or "(?!)")


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _is_index(path: str) -> bool:
    return _INDEX.fullmatch(strip_suffix(path.rpartition("/")[2])) is not None


def _folders_of_notes(files: Iterable[tuple[str, Kind]]) -> frozenset[str]:
    """Return the folders that hold notes, in them or below; the index of a folder is none of its own notes."""
    folders: set[str] = set()
    for path, kind in files:
        folder = _folder(path) if kind in {"note", "page"} else _folder(_folder(path)) if kind == "section" else ""
        while folder and folder not in folders:
            folders.add(folder)
            folder = _folder(folder)
    return frozenset(folders)


def _bundles(paths: Iterable[str]) -> frozenset[str]:
    """Return the folders whose index.md is one note with all that lies beside and below it."""
    return frozenset(_folder(path) for path in paths if _is_index(path) and "/" in path)


def _in_folder(path: str, kind: Kind, folders: frozenset[str], indexes: set[str], bundles: frozenset[str]) -> Kind:
    """Return a file's kind where what lies beside it is known."""
    if kind == "note" and not bundles:
        return kind
    folder = _folder(path)
    stands_for_folder = _is_index(path) or is_index(path.rpartition("/")[2])
    if kind == "section" and folder and folder not in folders and stands_for_folder:
        return "private" if folder in indexes and not _is_index(path) else "note"
    if kind == "section" and folder in indexes and is_index(path.rpartition("/")[2]) and not _is_index(path):
        return "private"  # README.md beside index.md
    if bundles and kind == "note" and not _is_index(path) and any(parent in bundles for parent in _parents(path)):
        return "template"
    return kind


def _parents(path: str) -> Iterable[str]:
    """Yield the folders that a path lies in, but for the topmost."""
    folder = _folder(path)
    while folder:
        yield folder
        folder = _folder(folder)
