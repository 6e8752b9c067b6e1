"""The JSON of a notebook to values: nbformat 4, as much of it as a page shows. Pictures stay undecoded.

Source: nbformat's documentation, "The Notebook file format".
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from notegen.text.patterns import lazy_regex

_BYTE = lazy_regex(r"\(byte (\d+)\)")
_CONFLICT = lazy_regex(rb"^(?:<{7}|>{7}) ", re.MULTILINE)
FORMAT = 4


class RawOutput(msgspec.Struct, frozen=True):
    """An output as stored: of a stream (`name`, `text`), an error (`ename` …), or a result by MIME type (`data`)."""

    output_type: str = ""
    name: str = ""
    text: Any = ""
    data: dict[str, msgspec.Raw] = {}
    metadata: Any = None
    ename: Any = ""
    evalue: Any = ""
    traceback: Any = ()


class RawCell(msgspec.Struct, frozen=True):
    """A cell as stored."""

    cell_type: str
    source: str | list[str] = ""
    metadata: dict[str, Any] = {}
    outputs: list[RawOutput] = []
    execution_count: int | None = None
    attachments: dict[str, dict[str, msgspec.Raw]] = {}


class RawNotebook(msgspec.Struct, frozen=True):
    """A notebook as stored."""

    cells: list[RawCell]
    metadata: dict[str, Any] = {}
    nbformat: int = 0


class _Head(msgspec.Struct, frozen=True):
    nbformat: int = 0


class NotebookError(msgspec.Struct, frozen=True):
    """Why a notebook cannot be read, as for `diagnose`: `outdated` where it is of another version of the format."""

    message: str
    hint: str
    line: int = 0
    column: int = 0
    outdated: bool = False


def decode(data: bytes) -> RawNotebook | NotebookError:
    """Return the notebook in the bytes of a file, or why it is none."""
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.nbformat != FORMAT:
            return _other_version(head.nbformat)
        return msgspec.json.decode(data, type=RawNotebook)
    except msgspec.ValidationError as error:
        message = f"no notebook of Jupyter: {error}"
        return NotebookError(message, "open it in Jupyter and save it again")
    except msgspec.DecodeError as error:
        return _malformed(data, str(error))
    except UnicodeDecodeError:
        return NotebookError("not UTF-8", "save the notebook again", *_place(data, _first_bad(data)))
    except RecursionError:
        return NotebookError("values are nested too deeply", "open it in Jupyter, and clear the output that is so deep")


def _other_version(version: int) -> NotebookError:
    if not version:
        return NotebookError("no notebook of Jupyter: it has no nbformat", "open it in Jupyter and save it again")
    hint = "`jupyter nbconvert --to notebook --inplace NAME.ipynb` makes one of version 4 of it"
    return NotebookError(f"a notebook of version {version} of the format, which is not read", hint, outdated=True)


def _malformed(data: bytes, message: str) -> NotebookError:
    conflict = _CONFLICT.search(data)
    if conflict is not None:
        text = "the notebook has marks of a merge conflict of git"
        return NotebookError(text, "`nbdime mergetool` resolves it", *_place(data, conflict.start()))
    byte = _BYTE.search(message)
    place = _place(data, int(byte[1]) if byte else len(data))
    words = message.removeprefix("JSON is malformed: ").partition(" (byte")[0]
    return NotebookError(
        f"invalid JSON: {words[:1].lower()}{words[1:]}", "open it in Jupyter and save it again", *place
    )


def _first_bad(data: bytes) -> int:
    """Return where the first byte stands that is not UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Return line and column, in characters, of a byte, from 1."""
    before = data[:offset]
    line = before[before.rfind(b"\n") + 1 :]
    return before.count(b"\n") + 1, len(line.decode("utf-8", "replace")) + 1


def joined(value: object) -> str:
    """Return a text that is stored as such or as a list of its lines; "" for anything else."""
    if isinstance(value, list):
        return "".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def decoded(raw: msgspec.Raw | None) -> Any:
    """Return the value of a part that was left undecoded; None where it is none, or too deep."""
    if raw is None:
        return None
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return None


def text_of(data: Mapping[str, msgspec.Raw], kind: str) -> str:
    """Return the text that a bundle has for a MIME type; "" for none."""
    return joined(decoded(data.get(kind)))


def clean(text: str) -> str:
    """Return a text with line ends as they are everywhere, and without NUL, which no text of a note holds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in text else text
