"""Quartz: quartz.config.ts (or .yaml from version 5), notes in content/. See Quartz's documentation: Configuration."""

import re
from collections.abc import Iterator, Mapping

from notegen.dialects.configuration import Table, address, computed, language, lookup, read_data, take, text, texts
from notegen.dialects.dialect import Dialect, Setting, Translation, rules

_PLUGINS = {
    "HardLineBreaks": ("markdown.breaks", True),
    "ExplicitPublish": ("publish", "marked"),
}
# What to write in place of settings that are code.
_CODE = {
    "configuration.baseUrl": "base_url: https://user.github.io/repo/",
    "configuration.pageTitle": "title",
    "configuration.ignorePatterns": "ignore: [pattern]",
}


def _base(value: object) -> str | None:
    """Return `baseUrl`, which Quartz writes without a scheme."""
    host = text(value)
    return address(host if "://" in host else f"https://{host}") if host else None


_TABLE: Table = {
    "pageTitle": ("title", text),
    "baseUrl": ("base_url", _base),
    "locale": ("language", language),
    "ignorePatterns": ("ignore", texts),
}


def translate(files: Mapping[str, str]) -> Translation:
    """Return Quartz's configuration as settings. Of its plugins those that change what notes mean are read by name."""
    settings: list[Setting] = []
    omitted: list[str] = []
    for path, content in files.items():
        settings.extend(_site(path, content))
        omitted.extend(computed(path, content, _CODE) if not path.endswith(".yaml") else ())
    return Translation(tuple(settings), tuple(omitted))


def _site(path: str, content: str) -> Iterator[Setting]:
    data = read_data(path, content)
    configuration = lookup(data, "configuration")
    yield from take(configuration if isinstance(configuration, Mapping) else data, path, _TABLE)
    for plugin, (setting, value) in _PLUGINS.items():
        if re.search(rf"^[^/\n]*\bPlugin\.{plugin}\(", content, re.MULTILINE):
            yield Setting(setting, value, f"{path}: Plugin.{plugin}")
    macros = lookup(data, "customMacros")
    if isinstance(macros, Mapping):
        texts_only = {key.lstrip("\\"): value for key, value in macros.items() if isinstance(value, str)}
        yield Setting("math.macros", texts_only, f"{path}: Plugin.Latex customMacros")


QUARTZ = Dialect(
    key="quartz",
    name="Quartz",
    markers=(frozenset({"quartz.config.ts"}), frozenset({"quartz.config.yaml"}), frozenset({"quartz.config.js"})),
    config_files=("quartz.config.ts", "quartz.config.yaml", "quartz.config.js"),
    translate=translate,
    static=(),
    sources=(
        *rules("template", "templates/* tags/*"),
        *rules("section", "index.md */index.md"),
    ),
    settings={
        "permalink": "/:path",
        "file_titles": "always",
        "markdown.hashtags": True,
        "markdown.scripts": False,
        "addresses.replace": {"&": "-and-", "%": "-percent", "?": "", "#": ""},
        "addresses.dates": "keep",
        "addresses.index_files": ("index", "_index"),
        "addresses.aliases": "root",
        "addresses.nested_tags": True,
    },
)
