r"""A label or a tag gets another name wherever it stands as one: `\ref{x}`, `@x`, `{#x}`, `[[a#^x]]`; `tags:`, `#x`.

Code and comments are left alone. Positions in front matter are those of its YAML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from notegen.model.note import Note
from notegen.model.source import SourceFile
from notegen.read.front_matter.names import NAMES
from notegen.read.front_matter.split import split_front_matter
from notegen.rename.edits import Edit, visible
from notegen.text.patterns import lazy_regex
from notegen.yaml.nodes import Mapping, Scalar, scalars
from notegen.yaml.parse import parse_yaml

_LISTS = lazy_regex(r"^[ \t]*\"?(?:tags?|keywords)\"?[ \t]*[=:][ \t]*(?P<items>[^\n]*)", re.MULTILINE)
_QUOTED = lazy_regex(r"""(["'])([^"'\n]*+)\1""")


def owners(label: str, notes: Iterable[Note]) -> list[str]:
    """Return the paths of the notes that something with this label stands in."""
    return [note.path for note in notes if label in note.labels or label in note.block_labels]


def label_edits(old: str, new: str, sources: Iterable[SourceFile]) -> Iterator[Edit]:
    """Yield the edits that give a label its new name."""
    name = re.escape(old)
    behind = rf"(?<=[{{,@#^(`\[<])[ \t]*{name}(?![\w-]|[.:]\w)|(?<=label=){name}(?![\w-]|[.:]\w)"
    behind += rf"|(?<=(?:label|:name):)[ \t]*[\"']?{name}(?![\w-]|[.:]\w)"
    pattern = re.compile(rf"{behind}|(?<=[{{,`]-){name}(?![\w-]|[.:]\w)")
    for source in sources:
        if old in source.text:
            text = visible(source)
            for match in pattern.finditer(text):
                start = match.end() - len(old)
                if text[match.start() - 1] != "," or text.rfind("{", 0, start) > text.rfind("}", 0, start):
                    yield Edit(source.path, start, match.end(), new)


def tag_edits(
    old: str, new: str, sources: Sequence[SourceFile], problems: list[str], *, hashtags: bool
) -> Iterator[Edit]:
    """Yield the edits that give a tag, and those below it (`old/x`), a new name. `hashtags`: whether `#tag` is one.

    `problems` gets the places where it cannot stand.
    """
    inline = re.compile(rf"(?<![\w/&#(\[])#{re.escape(old)}(?![\w-])")
    for source in sources:
        if old.casefold() not in source.text.casefold():
            continue
        block = split_front_matter(source.text)
        yield from _in_front_matter(old, new, source)
        if hashtags:
            for match in inline.finditer(visible(source), len(source.text) - len(block.body)):
                if re.fullmatch(r"[^\W\d][\w/-]*", new):
                    yield Edit(source.path, match.start() + 1, match.end(), new)
                else:
                    line = source.text.count("\n", 0, match.start()) + 1
                    problems.append(f"{source.path}:{line}: #{old} stays: no hashtag can be {new!r}")


def _in_front_matter(old: str, new: str, source: SourceFile) -> Iterator[Edit]:
    """Yield the edits of the tags that front matter gives, in YAML by its tree, else by the quotes of their list."""
    block = split_front_matter(source.text)
    start = 0
    for _ in range(block.line):
        start = source.text.find("\n", start) + 1
    if block.form != "yaml":
        for line in _LISTS.finditer(block.text):
            for item in _QUOTED.finditer(block.text, line.start("items"), line.end()):
                if item[2] == old or item[2].startswith(f"{old}/"):
                    at = source.text.find(block.text, 0) + item.start(2)
                    yield Edit(source.path, at, at + len(old), new)
        return
    root = parse_yaml(block.text).root
    for key, value in root.entries if isinstance(root, Mapping) else ():
        if key.text in NAMES["tags"]:
            yield from (
                Edit(source.path, start + item.start, start + item.end, _written(item, new + item.text[len(old) :]))
                for item in scalars(value)
                if item.text == old or item.text.startswith(f"{old}/")
            )


def _written(item: Scalar, text: str) -> str:
    """Return a text as it stands in YAML, in the quotes of the old one."""
    if item.style == "'":
        return "'" + text.replace("'", "''") + "'"
    plain = re.fullmatch(r"[^\W\d][\w /.+-]*", text) and text.lower() not in {"yes", "no", "true", "false", "null"}
    if item.style == '"' or not plain:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text
