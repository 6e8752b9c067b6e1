"""What of a folder is no note and nothing to publish, as the patterns of `ignore:` in site.yaml."""

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from notegen.dialects.dialect import Dialect, SourceRule, kind_of
from notegen.init.site_folder import Read
from notegen.text.paths import is_index, is_note, strip_suffix

_LEFT_OUT = frozenset({"draft", "template", "private"})
# Files of a project, in the folder of notes that is the project's own: patterns of names.
_PROJECT = (
    *("README*", "LICEN[CS]E*", "CONTRIBUTING*", "CHANGELOG*", "CODE_OF_CONDUCT*", "SECURITY*", "AUTHORS*", "Gemfile*"),
    *("Makefile", "Dockerfile", "Rakefile", "package*.json", "pnpm-lock.yaml", "yarn.lock", "tsconfig.json", "*.log"),
    *("*.toml", "*.yml", "*.yaml", "*.config.*", "*.gemspec", "*.Rproj", "requirements*.txt", "docker-compose*"),
)
# Sources of other programs, wherever they lie.
_SOURCES = ("canvas", "base", "qmd", "Rmd", "scss", "sass", "liquid", "lua", "bak")
# Pages that every site has of itself.
_GENERATED = frozenset({"index.html", "404.html", "sitemap.xml", "atom.xml", "rss.xml", "feed.xml", "feed.json"})
# Notes of these names, or in folders of these, only ask the other program for a list.
_LISTS = frozenset(
    (
        *("index", "home", "archive", "archives", "search", "tag", "tags", "category", "categories", "posts", "blog"),
        *("timeline", "series", "friends", "link", "links", "404"),
    )
)
_FRONT_MATTER = re.compile(r"\A(?:---|\+\+\+)[ \t]*\n(.*?)^(?:---|\+\+\+)[ \t]*$", re.DOTALL | re.MULTILINE)
_LAYOUT = re.compile(r"^(?:layout|type)\s*[:=]\s*[\"']?([\w-]+)", re.MULTILINE)
_TEXTS = (".html", ".xml", ".txt", ".json", ".css", ".js", ".svg", ".webmanifest")
MAX_READ = 300  # files whose text is looked at


def ignored(dialect: Dialect | None, inner: Sequence[str], read: Read, *, is_root: bool) -> tuple[str, ...]:
    """Return the patterns that leave out drafts, templates, private files, lists of pages and the project's files.

    `inner`: the files below the content folder; `read`: the text of one of them; `is_root`: the content folder is the
    site's root, so that the files of the project lie among the notes.
    """
    patterns = list(_of_rules(dialect, inner)) if dialect else list(_section_texts(inner))
    patterns += _of_project(dialect, inner, is_root=is_root)
    patterns += [f"*.{suffix}" for suffix in _SOURCES if any(path.endswith(f".{suffix}") for path in inner)]
    unmatched = [path for path in inner if not matches(path, patterns)]
    patterns += _lists(unmatched, read)
    patterns += _templates(unmatched, read) if is_root else ()
    return tuple(dict.fromkeys(patterns))


def matches(path: str, patterns: Sequence[str]) -> bool:
    """Return whether a path, or a folder above it, fits one of the patterns, as in a build."""
    parts = path.split("/")
    prefixes = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    return any(fnmatchcase(prefix, pattern.rstrip("/")) for pattern in patterns for prefix in prefixes)


def _of_rules(dialect: Dialect, inner: Sequence[str]) -> Iterator[str]:
    """Yield a pattern for each rule that leaves files out; where an earlier rule publishes some, the files' folders."""
    earlier = False
    for rule in dialect.sources:
        name = rule.pattern.rpartition("/")[2]
        if rule.kind in _LEFT_OUT:
            if not rule.pattern.replace("*/", "").startswith("."):  # hidden files are never read
                yield from _places(rule, dialect, inner) if earlier else [rule.pattern.removesuffix("/*")]
        elif rule.kind == "section" and is_note(name) and not is_index(name):
            yield rule.pattern  # the text of a list that is made here too
        else:
            earlier = True


def _section_texts(inner: Sequence[str]) -> Iterator[str]:
    """Yield the patterns of Hugo's `_index.md` where there are some: notes that came without their configuration."""
    for pattern in ("_index.md", "*/_index.md"):
        if any(fnmatchcase(path, pattern) for path in inner):
            yield pattern


def _places(rule: SourceRule, dialect: Dialect, inner: Sequence[str]) -> list[str]:
    """Return the topmost folders, or else files, that a rule leaves out."""
    paths = (path for path in inner if fnmatchcase(path, rule.pattern) and kind_of(path, dialect) == rule.kind)
    return list(dict.fromkeys(_topmost(path, rule.pattern) for path in paths))


def _topmost(path: str, pattern: str) -> str:
    parts = path.split("/")
    prefixes = ("/".join(parts[:end]) for end in range(1, len(parts)))
    return next((prefix for prefix in prefixes if _fits_folder(prefix, pattern)), path)


def _fits_folder(folder: str, pattern: str) -> bool:
    return fnmatchcase(folder, pattern) or fnmatchcase(f"{folder}/", pattern)


def _of_project(dialect: Dialect | None, inner: Sequence[str], *, is_root: bool) -> Iterator[str]:
    """Yield the files of the project among the notes; a README that is the home page stays."""
    for path in inner:
        is_home = dialect is not None and kind_of(path, dialect) == "section" and "index.md" not in inner
        names = _PROJECT if is_root else _PROJECT[:2]
        is_project = "/" not in path and any(fnmatchcase(path.upper(), name.upper()) for name in names)
        if (is_project and not is_home) or path in _GENERATED:
            yield path


def _lists(inner: Sequence[str], read: Read) -> Iterator[str]:
    """Yield the notes without a text of their own whose `layout` or `type` asks the other program for a list."""
    candidates = [path for path in inner if is_note(path) and _names_list(path)]
    for path in candidates[:MAX_READ]:
        text = read(path) or ""
        if layout(text) in _LISTS and len(_FRONT_MATTER.sub("", text, count=1).split()) < 5:  # noqa: PLR2004 (words)
            yield path


def layout(text: str) -> str:
    """Return the `layout` or `type` of a note's front matter (YAML or TOML) in small letters; "" for none."""
    match = _FRONT_MATTER.match(text)
    named = _LAYOUT.search(match[1]) if match else None
    return named[1].lower() if named else ""


def _names_list(path: str) -> bool:
    parts = strip_suffix(path).casefold().split("/")
    return parts[-1] in _LISTS or parts[-1].startswith("_index")


def _templates(inner: Sequence[str], read: Read) -> list[str]:
    """Return the files that are no notes and begin with front matter: Jekyll runs them as templates."""
    texts = [path for path in inner if path.lower().endswith(_TEXTS)][:MAX_READ]
    return [path for path in texts if (read(path) or "").startswith("---\n")]
