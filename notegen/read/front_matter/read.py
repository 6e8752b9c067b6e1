"""Front matter: the head of a note, in every spelling that notes already have, as a Meta; the rest is the body."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from notegen.model.codes import diagnose
from notegen.model.config import ReadSettings
from notegen.model.diagnostic import Diagnostic, sort_key
from notegen.model.note import Meta
from notegen.read.front_matter.data import read_json, read_members, read_toml
from notegen.read.front_matter.defaults import with_defaults
from notegen.read.front_matter.hero import hero_lines
from notegen.read.front_matter.meta import read_meta
from notegen.read.front_matter.repair import Reading, read_yaml
from notegen.read.front_matter.split import Block, split_front_matter
from notegen.read.front_matter.values import Fields, ValueContext, entry
from notegen.text.addresses import local_files
from notegen.text.media_files import DOCUMENTS, FILMS, PICTURES, SOUNDS
from notegen.text.paths import dated_name
from notegen.yaml.nodes import Mapping, Scalar, scalars
from notegen.yaml.parse import Document


class FrontMatter(msgspec.Struct, frozen=True):
    """A note's metadata and the rest of its text. `body_line` is the number of lines before `body`."""

    meta: Meta
    body: str
    body_line: int
    diagnostics: tuple[Diagnostic, ...] = ()
    files: tuple[str, ...] = ()  # addresses that may be those of pictures and the like, besides the cover
    hero: tuple[str, ...] = ()  # lines of Markdown that come before the body, see hero.py
    hero_line: int = 0  # of the text, from 0, which they come from


# What front matter names for templates: pictures, sounds, films, documents, styles, scripts.
_MEDIA = (
    *(*PICTURES, *FILMS, *SOUNDS, *DOCUMENTS),
    *(".ico", ".vtt", ".epub", ".css", ".js", ".mjs", ".woff2"),
)
_FORMS: dict[str, Callable[[str], Reading]] = {
    "yaml": read_yaml,
    "toml": lambda text: Reading(read_toml(text), ""),
    "json": lambda text: Reading(read_json(text), ""),
    "members": lambda text: Reading(read_members(text), ""),
}


def read_front_matter(text: str, path: str, settings: ReadSettings, defaults: str = "") -> FrontMatter:
    """Return the metadata and body of the note `text`; `path` names it in diagnostics. `defaults`: its folders', JSON.

    Never raises, whatever the text. Diagnostics: front-matter-syntax, front-matter-unclosed, front-matter-repaired,
    front-matter-duplicate-key, front-matter-value, front-matter-date, front-matter-slug.
    """
    block = split_front_matter(text)
    if not block.form and not defaults:
        return FrontMatter(Meta(), block.body, block.body_line)
    reading = _FORMS[block.form](block.text) if block.form else Reading(Document(), "")
    root = reading.document.root
    if root is not None and not isinstance(root, Mapping):
        return FrontMatter(Meta(), text.removeprefix("\ufeff"), 0)  # a thematic break and text
    if defaults and not reading.document.error:
        root = with_defaults(root, msgspec.json.decode(defaults, type=dict[str, Any]))
    zone, jekyll = ZoneInfo(settings.timezone), _is_jekyll(path, root)
    context = ValueContext(path, block.line, reading.source, zone, settings.categories.list_means, jekyll)
    fields = Fields(context)
    _report(block, reading, fields)
    meta = read_meta(root, fields) if isinstance(root, Mapping) else Meta()
    texts = (scalar.text for scalar in scalars(root)) if isinstance(root, Mapping) else ()
    files = (path for path in local_files(texts) if path.lower().endswith(_MEDIA) and path != meta.cover)
    diagnostics = tuple(sorted(fields.diagnostics, key=sort_key))
    line, hero = hero_lines(root) if isinstance(root, Mapping) else (0, ())
    return FrontMatter(meta, block.body, block.body_line, diagnostics, tuple(files), hero, block.line + line - 1)


def _is_jekyll(path: str, root: Mapping | None) -> bool:
    """Return whether a note is a post of Jekyll's, by two signs: the date in its file's name, a `layout` (but `page`).

    Either alone is found elsewhere: Hexo can put dates into names, and `_posts` is its folder, too.
    """
    layout = entry(root, "layout") if root is not None else None
    named = isinstance(layout, Scalar) and layout.text not in {"", "page"}
    dated = dated_name(path.rpartition("/")[2]) if named else None
    return dated is not None and dated.separator == "-"


def _report(block: Block, reading: Reading, fields: Fields) -> None:
    """Say what is wrong with the front matter as a whole."""

    def add(code: str, line: int, column: int, message: str, hint: str) -> None:
        item = diagnose(code, message, path=fields.context.path, line=block.line + line, column=column, hint=hint)
        fields.diagnostics.append(item)

    problem = reading.document.error
    if not block.closed:
        mark = {"toml": "+++", "yaml": "---"}[block.form]
        message = f"the front matter is opened by {mark} but never closed"
        add("front-matter-unclosed", 0, 1, message, f"put {mark} on a line of its own after it")
    elif problem:
        above = block.text.split("\n")[: problem.line - 1]
        hint = "is the closing fence missing above?" if any(not line.strip() for line in above) else problem.hint
        add("front-matter-syntax", problem.line, problem.column, problem.message, hint)
    for repair in reading.repairs:
        add("front-matter-repaired", repair.line, repair.column, repair.message, repair.hint)
    for key in reading.document.repeated:
        fields.report("front-matter-duplicate-key", f"{key.text} is given twice; the last one counts", key)
