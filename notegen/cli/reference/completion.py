"""`notegen completion`: the script by which bash, zsh or fish complete what is typed, and the values it asks for.

A shell runs notegen for every completion. So no site is opened: names of files and the first lines of notes are enough.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
_MOST = 1_000  # notes that are looked at, the newest ones
_HEAD = 1_500  # bytes of a note, in which its categories and tags are looked for
_NOTES = (".md", ".markdown", ".qmd")
_TEMPLATES = ("templates", "scaffolds", "archetypes")
_KEYS = {"categories": "categories|category", "tags": "tags|tag"}


def completion_script(command: click.Command, shell: str) -> str:
    """Return the script for a shell, one of SHELLS, to be read by it when it starts."""
    complete = SHELLS[shell](command, {}, "notegen", "_NOTEGEN_COMPLETE")
    return complete.source_template % complete.source_vars()


def codes_and_settings(_source: Path, incomplete: str) -> list[CompletionItem]:
    """Return the codes of messages with what they say, and the names of settings."""
    from typing import get_type_hints

    from notegen.model.codes import CODES
    from notegen.model.config import Config

    items = [CompletionItem(name, help=code.description) for name, code in CODES.items() if name.startswith(incomplete)]
    hints = get_type_hints(Config)
    names = [f"{key}.{inner}" for key, kind in hints.items() for inner in getattr(kind, "__struct_fields__", ())]
    return items + [CompletionItem(name) for name in (*hints, *names) if name.startswith(incomplete)]


def terms(source: Path, kind: str, incomplete: str) -> list[str]:
    """Return the categories or tags (`kind`) of a site's notes that begin so, most used first."""
    key = re.compile(rf"^(?:{_KEYS[kind]})[ \t]*[:=][ \t]*(.*)((?:\n\s*-\s+\S.*)*)", re.MULTILINE | re.IGNORECASE)
    counts: dict[str, int] = {}
    for text in _heads(_note_files(content_folder(source))):
        for match in key.finditer(text):
            inline, block = match[1].strip().strip("[]"), match[2]
            words = inline.split(",") if inline else [line.strip().removeprefix("-") for line in block.split("\n")]
            for name in filter(None, (word.strip().strip("\"'#") for word in words)):
                counts[name] = counts.get(name, 0) + 1
    return [name for name in sorted(counts, key=lambda name: -counts[name]) if name.startswith(incomplete)]


def folders(source: Path, incomplete: str) -> list[str]:
    """Return the folders below the content folder that begin so."""
    content = content_folder(source)
    names = {file.parent.relative_to(content).as_posix() for file in _note_files(content)}
    return sorted(name for name in names - {"."} if name.startswith(incomplete))


def templates(source: Path, incomplete: str) -> list[str]:
    """Return the names of templates of new notes that begin so."""
    files = [file for name in _TEMPLATES if (source / name).is_dir() for file in (source / name).iterdir()]
    return sorted({file.stem for file in files if file.suffix in _NOTES and file.stem.startswith(incomplete)})


def bibliographies(source: Path, incomplete: str) -> list[str]:
    """Return the .bib files of a site that begin so, by their paths in it."""
    files = (file.relative_to(source).as_posix() for file in _files(source, (".bib",)))
    return sorted(name for name in files if name.startswith(incomplete))


def content_folder(source: Path) -> Path:
    """Return the folder of the notes, as far as names and one line of site.yaml tell."""
    try:
        text = (source / "site.yaml").read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    named = re.search(r"^content_dir:\s*[\"']?([^\s\"'#]+)", text, re.MULTILINE)
    folder = source / (named[1] if named else "content")
    return folder if folder.is_dir() else source


def _note_files(content: Path) -> list[Path]:
    """Return the newest notes."""
    dated: list[tuple[float, Path]] = []
    for file in _files(content, _NOTES):
        try:
            dated.append((-file.stat().st_mtime, file))
        except OSError:  # a link that leads nowhere
            continue
    return [file for _, file in sorted(dated)[:_MOST]]


def _files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for root, inside, names in os.walk(folder):
        inside[:] = [
            name for name in inside if not name.startswith((".", "_")) and name not in {"public", "node_modules"}
        ]
        yield from (Path(root, name) for name in names if name.endswith(suffixes))


def _heads(files: Iterable[Path]) -> Iterator[str]:
    """Yield the front matter of notes, as far as their first bytes have it."""
    for file in files:
        try:
            with file.open("rb") as note:
                text = note.read(_HEAD).decode("utf-8", "ignore").replace("\r\n", "\n")
        except OSError:
            continue
        if text.startswith(("---\n", "+++\n")):
            yield text[4:].partition(f"\n{text[:3]}\n")[0]
