"""What of a folder of notes a site will not have, in words: files that are not read, programs, keys that lack."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from notegen.dialects.dialect import Dialect
from notegen.init.site_folder import Listing
from notegen.model.diagnostic import first_names
from notegen.routes.placeholders import tokens
from notegen.text.paths import fits_path, is_note

_FOREIGN = (".rst", ".adoc", ".org")  # notes that notegen does not read
_NO_NOTES = frozenset({"themes", "scaffolds", "archetypes", "layouts"})
_HEAD = 4000  # characters of a note in which its front matter is looked for


def unread_files(inner: Sequence[str]) -> list[str]:
    """Return in words which files are notes elsewhere and none here."""
    counts = {suffix: sum(path.lower().endswith(suffix) for path in inner) for suffix in _FOREIGN}
    return [f"{count} files *{suffix}: notegen reads Markdown (*.md) only" for suffix, count in counts.items() if count]


def programmed(listing: Listing, dialect: Dialect | None) -> Iterator[str]:
    """Yield in words which pages of a program are programs: no code is run."""
    paths = [path for path in listing.paths if dialect and fits_path(path, dialect.programmed)]
    if dialect and paths:
        names = first_names(paths, more=" …")
        count = f"{len(paths)} page{'s' * (len(paths) != 1)}"
        yield f"{count} of {dialect.name} in JavaScript: {names}; write Markdown instead"


def left_out(paths: Sequence[str]) -> list[str]:
    """Return in words which Markdown files are drafts, templates, lists or of the project; nothing where none is."""
    return [f"{_counted(len(paths))} not published: {first_names(paths, 5, ' …')}"] if paths else []


def outside(paths: Sequence[str], start: str) -> Iterable[str]:
    """Yield in words which other folders at the top hold Markdown files, such as `blog/` of Docusaurus."""
    notes = [path for path in paths if is_note(path) and not path.startswith(start)] if start else []
    counts = Counter(path.partition("/")[0] for path in notes if "/" in path)
    for folder, count in counts.most_common():
        if folder not in _NO_NOTES:
            yield f"{folder}/: {_counted(count)} outside the folder of notes"


def _counted(count: int) -> str:
    return f"{count} Markdown file{'s' * (count != 1)}"


def without_keys(pattern: str, notes: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield in words which notes (path, text) have no key that a permalink pattern asks for. Most patterns ask none."""
    names = [name.removeprefix("params.") for name in tokens(pattern) if name.startswith("params.")]
    keys = [*names, *(["abbrlink"] if "abbrlink" in tokens(pattern) else [])]
    texts = [(path, text[:_HEAD]) for path, text in notes] if keys else []
    for key in keys:
        is_set = re.compile(rf"^{re.escape(key)}\s*[:=]\s*\S", re.MULTILINE)
        missing = [path for path, text in texts if not is_set.search(text)]
        if missing:
            first = first_names(missing, 5, " …")
            yield f"{key}, of which addresses are made: not in {len(missing)} notes, whose files' names count: {first}"
