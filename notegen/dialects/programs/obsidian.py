"""Obsidian: a vault, recognised by its folder .obsidian. See Obsidian's help: Settings, Templates, Excluded files."""

from collections.abc import Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import read_data, text, texts
from notegen.dialects.dialect import Dialect, Setting, Translation, rules

_APP, _TEMPLATES, _DAILY = ".obsidian/app.json", ".obsidian/templates.json", ".obsidian/daily-notes.json"
_PUBLISH = ".obsidian/publish.json"  # of Obsidian Publish
_TEMPLATER = ".obsidian/plugins/templater-obsidian/data.json"  # of the plugin Templater, which has its own folder
_GARDEN = ".obsidian/plugins/digitalgarden/data.json"  # of the plugin Digital Garden, which publishes marked notes only


def translate(files: Mapping[str, str]) -> Translation:
    """Return the vault's settings: line breaks, the folder of templates, excluded files, whether notes are marked."""
    data = {path: read_data(path, content) for path, content in files.items()}
    return Translation(tuple(_vault(data)))


def _vault(data: Mapping[str, dict[str, Any]]) -> Iterator[Setting]:
    app = data.get(_APP, {})
    # Obsidian shows a single line break as one unless `strictLineBreaks` is on.
    origin = f"{_APP}: strictLineBreaks" if _APP in data else "as Obsidian shows them"
    yield Setting("markdown.breaks", not app.get("strictLineBreaks"), origin)
    folders = (data.get(_TEMPLATES, {}).get("folder"), data.get(_TEMPLATER, {}).get("templates_folder"))
    # Templater's folder is "/" where none is chosen.
    ignored = [f"{folder}/**" for item in folders if (folder := (text(item) or "").strip("/"))]
    template = text(data.get(_DAILY, {}).get("template"))
    ignored += [template if template.endswith(".md") else f"{template}.md"] if template else []
    # A filter between slashes is a regular expression.
    filters = [item for item in texts(app.get("userIgnoreFilters")) or () if not item.startswith("/")]
    ignored += [f"{item.strip('/')}/**" if item.endswith("/") else item for item in filters]
    excluded = texts(data.get(_PUBLISH, {}).get("excluded")) or ()  # folders
    ignored += [f"{item.strip('/')}/**" for item in excluded]
    if ignored:
        yield Setting("ignore", tuple(dict.fromkeys(ignored)), ".obsidian: templates, excluded files")
    if _GARDEN in data:
        yield Setting("publish", "marked", f"{_GARDEN}: notes with dg-publish: true")


OBSIDIAN = Dialect(
    key="obsidian",
    name="Obsidian",
    markers=(frozenset({".obsidian/"}),),
    config_files=(_APP, _TEMPLATES, _DAILY, _TEMPLATER, _PUBLISH, _GARDEN),
    translate=translate,
    content=("",),
    static=(),
    sources=rules("section", "index.*"),
    macro_files=("preamble.sty", "preamble.tex"),  # of the plugin Extended MathJax
    settings={
        "addresses.dates": "keep",
        "permalink": "/:path/",
        "file_titles": "always",
        "markdown.breaks": True,
        "markdown.hashtags": True,
        "markdown.scripts": False,
    },
)
