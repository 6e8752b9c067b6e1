"""The fields of a value's type as its source has them: name, type, default, and the comment that documents it."""

import ast
import inspect
import sys
import tokenize
from collections.abc import Iterator
from functools import lru_cache
from io import StringIO
from typing import Any

import msgspec


class FieldComment(msgspec.Struct, frozen=True):
    """A field or property: type and default as written ("" for none); of a property the docstring is the comment."""

    name: str
    kind: str
    default: str
    comment: str
    is_property: bool = False


def summary(struct: type[Any]) -> str:
    """Return the docstring of a type, as one paragraph."""
    return " ".join((inspect.getdoc(struct) or "").split())


def field_comments(struct: type[Any]) -> tuple[FieldComment, ...]:
    """Return the fields and properties of a type. A comment goes on in the lines of comments below its field."""
    return _module_comments(struct.__module__)[struct.__name__]


@lru_cache(maxsize=16)
def _module_comments(module: str) -> dict[str, tuple[FieldComment, ...]]:
    """Return those of all types of a module, by name: its source is parsed once for all of them."""
    source = inspect.getsource(sys.modules[module])
    comments, alone = _comments(source)
    return {
        node.name: tuple(_fields(node, comments, alone))
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
    }


def _fields(definition: ast.ClassDef, comments: dict[int, str], alone: set[int]) -> Iterator[FieldComment]:
    for node in definition.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            line = node.end_lineno or 0
            words = [comments.get(line, "")]
            while words[0] and (line := line + 1) in alone:
                words.append(comments[line])
            default = ast.unparse(node.value).replace("'", '"') if node.value else ""
            yield FieldComment(
                node.target.id, ast.unparse(node.annotation).replace("'", ""), default, " ".join(words).strip()
            )
        elif isinstance(node, ast.FunctionDef) and node.returns:
            comment = " ".join((ast.get_docstring(node) or "").split())
            yield FieldComment(node.name, ast.unparse(node.returns), "", comment, is_property=True)


def _comments(source: str) -> tuple[dict[int, str], set[int]]:
    """Return the comments of a source by line, and the lines on which nothing else stands."""
    lines = source.splitlines()
    tokens = tokenize.generate_tokens(StringIO(source).readline)
    comments = {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
    return comments, {number for number in comments if lines[number - 1].lstrip().startswith("#")}
