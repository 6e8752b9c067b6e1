"""One front matter value as text, list, number, boolean or date, with a Diagnostic where that is impossible."""

import re
from datetime import datetime, tzinfo

import msgspec

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.read.front_matter.dates import NoDate, read_date, year_first
from notegen.text.characters import C1_CONTROL, CONTROL, CONTROL_IN_TEXT
from notegen.text.patterns import lazy_regex
from notegen.yaml.nodes import Mapping, Node, Scalar, Sequence

TRUE = frozenset({"true", "yes", "on", "y", "1"})
FALSE = frozenset({"false", "no", "off", "n", "0"})
_HASH = lazy_regex(r"[ \t]+#[^\s#][^\n]*")  # tried once behind each value
_INT = lazy_regex(r"[-+]?[0-9]{1,15}")
_CONTROL = lazy_regex(rf"[{CONTROL_IN_TEXT}\r]")  # `"\\0"` in double quotes: no page may hold them
_SEPARATORS = lazy_regex(r"[,;，；、]")
_UNSAFE = lazy_regex(rf"(?:^|[/\\])\.\.(?:[/\\]|$)|[{CONTROL}{C1_CONTROL}]|^[A-Za-z][A-Za-z0-9+.-]*:|^[/\\]{{2}}")
_WEB = lazy_regex(r"https?://", re.IGNORECASE)
_MOST_FOLDERS = 100  # of an address
_SHOWN = 60  # characters of a value that a hint repeats


class ValueContext(msgspec.Struct, frozen=True):
    """Where values come from: the note's path, the lines before the front matter, its text, the site's zone.

    `source` is the text that offsets of nodes refer to; empty for TOML and JSON, whose nodes have none.
    """

    path: str
    line: int
    source: str
    zone: tzinfo
    list_means: str  # what a flat list of categories is: "many" or one "path"
    jekyll: bool = False  # whether the note is surely one of Jekyll's, which splits terms at spaces


class Fields:
    """Reads values of one note's front matter and collects what is wrong with them in `found`."""

    def __init__(self, context: ValueContext) -> None:
        self.context = context
        self.diagnostics: list[Diagnostic] = []

    def report(self, code: str, message: str, node: Node, hint: str = "") -> None:
        """Add a diagnostic at `node`."""
        raw = self.context.source[node.start : node.end]
        length = len(raw) if raw and "\n" not in raw else 1
        line = self.context.line + node.line
        item = diagnose(code, message, path=self.context.path, line=line, column=node.column, length=length, hint=hint)
        self.diagnostics.append(item)

    def wrong(self, key: str, node: Node, expected: str, hint: str = "") -> None:
        """Say that the value of `key` is ignored."""
        self.report("front-matter-value", f"{key} must be {expected}; it is ignored", node, hint)

    def text(self, key: str, node: Node, *, tail: bool = False) -> str:
        """Return the author's own text: `on`, `12:30`, `2024`, `[Paper]` are titles; empty when there is none.

        With `tail`, `Lecture #1` keeps what YAML takes for a comment.
        """
        raw = self._meant(node, tail=tail)
        if raw is not None:
            shown = raw.replace("'", "''")[:_SHOWN]
            message = f"the value of {key} was read as text, as it is written"
            self.report("front-matter-repaired", message, node, f"write '{shown}'")
            return raw
        if isinstance(node, Scalar):
            return "" if node.null else _CONTROL.sub(" ", node.text).strip()
        self.wrong(key, node, "text")
        return ""

    def _meant(self, node: Node, *, tail: bool) -> str | None:
        """The source of what YAML takes for something else: a tag, an anchor, a comment, a list or mapping."""
        source = self.context.source
        raw = source[node.start : node.end].strip()
        if not source or (isinstance(node, Scalar) and node.style):
            return None
        if not isinstance(node, Scalar):
            return raw if raw[:1] in {"[", "{"} and "\n" not in raw else None
        comment = _HASH.match(source, node.end)
        if comment and (tail or not raw):
            return (raw + comment[0]).strip()
        return raw if raw[:1] in {"!", "&"} and len(raw) > 1 else None

    def items(self, key: str, node: Node, *, split: bool = True) -> tuple[str, ...]:
        """Return a list of texts, without empty ones and repetitions; one text stands for a list, split at commas."""
        if isinstance(node, Sequence):
            texts = [self.text(key, item) for item in node.items]
        elif isinstance(node, Scalar):
            whole = self.text(key, node)
            if whole.startswith("["):  # a list that YAML could not read
                whole, split = whole.strip("[]"), True
            texts = _SEPARATORS.split(whole) if split else [whole]
            texts = [text.strip().strip("\"'") for text in texts] if len(texts) > 1 else texts
        else:
            self.wrong(key, node, "text or a list of texts")
            texts = []
        return tuple(dict.fromkeys(text for text in texts if text))

    def jekyll_words(self, key: str, items: tuple[str, ...]) -> tuple[str, ...]:
        """Return the terms of a text as Jekyll reads `tags:` and `categories:`, split at spaces; others stay whole.

        Only in notes of Jekyll's: elsewhere `machine learning` is one term. A text with commas has been split by them.
        """
        plural = key.strip().lower() in {"tags", "categories"}
        return tuple(dict.fromkeys(items[0].split())) if self.context.jekyll and plural and len(items) == 1 else items

    def boolean(self, key: str, node: Node) -> bool | None:
        """Return True or False, or None when it is neither."""
        value = as_boolean(node)
        if value is None and not (isinstance(node, Scalar) and node.null):
            self.wrong(key, node, "true or false")
        return value

    def integer(self, key: str, node: Node) -> int | None:
        """Return a whole number; true counts as 1."""
        value = as_number(node)
        if value is None:
            value = as_boolean(node)
        if value is None:
            self.wrong(key, node, "a whole number")
        return value if value is None else int(value)

    def moment(self, key: str, node: Node) -> datetime | None:
        """Return a date in the site's zone."""
        if not isinstance(node, Scalar):
            self.wrong(key, node, "a date")
            return None
        of_quarto = self.context.path.lower().endswith(".qmd")  # elsewhere nobody can tell 5/6/2024 from 6/5/2024
        value = read_date(year_first(node.text) if of_quarto else node.text, self.context.zone)
        if isinstance(value, NoDate):
            message = f"{key}: {value.reason}"
            self.report("front-matter-date", message, node, "write it as 2024-05-01 or 2024-05-01 08:00:00")
            return None
        return value

    def safe(self, key: str, text: str, node: Node) -> bool:
        """True when `text` stays inside the site, and is no endless path; else say so."""
        if text.count("/") > _MOST_FOLDERS:  # each folder around a page is looked at
            self.wrong(key, node, f"a path of at most {_MOST_FOLDERS} folders")
            return False
        if stays_inside(text):
            return True
        if _WEB.match(text):
            self.wrong(key, node, "a path of this site (a link to somewhere else is kept for templates)")
            return False
        message = f"{key} must stay inside the site: no .., no control characters, no scheme; it is ignored"
        self.report("front-matter-slug", message, node)
        return False


def stays_inside(path: str) -> bool:
    """Return whether an address of front matter is one of this site: without `..`, control characters and a scheme."""
    return not _UNSAFE.search(path)


def as_boolean(node: Node) -> bool | None:
    """Return what a word such as `yes` or `false` says, or None for anything else."""
    word = node.text.strip().lower() if isinstance(node, Scalar) else ""
    return word in TRUE if word in TRUE | FALSE else None


def as_number(node: Node) -> int | None:
    """Return a whole number, or None."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    return int(text) if _INT.fullmatch(text) else None


def entry(node: Node, *names: str) -> Node | None:
    """Return the value of the first of `names` that the mapping `node` has."""
    entries = {key.text.lower(): value for key, value in node.entries} if isinstance(node, Mapping) else {}
    return next((entries[name] for name in names if name in entries), None)
