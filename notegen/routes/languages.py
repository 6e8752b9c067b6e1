"""Languages in the paths of notes: `x.en.md`, `en/x.md`, or a folder that site.yaml names for a language.

The suffix is that of Hugo and of mkdocs-static-i18n; the folder that of Starlight, VitePress and Hugo's `contentDir`.
"""

from collections.abc import Iterator, Sequence

import msgspec

from notegen.model.config import Config, LanguageConfig
from notegen.model.strings import ContentPath
from notegen.text.paths import strip_suffix


class LanguageOfPath(msgspec.Struct, frozen=True):
    """The language that a note's path tells, and the path without it, which translations have in common."""

    language: LanguageConfig
    bare: ContentPath


def language_of_path(content_path: ContentPath, languages: Sequence[LanguageConfig]) -> LanguageOfPath | None:
    """Return what the path of a note below the content folder tells of its language; None: nothing.

    `languages`: those of the site. A folder goes before a suffix.
    """
    for language in languages:
        for folder, original in _folders(language, languages):
            if content_path[: len(folder) + 1].lower() == f"{folder}/".lower():
                bare = f"{original}/{content_path[len(folder) + 1 :]}".lstrip("/")
                return LanguageOfPath(language, ContentPath(_without_suffix(bare, languages)[0]))
    bare, suffix = _without_suffix(content_path, languages)
    return None if suffix is None else LanguageOfPath(suffix, ContentPath(bare))


def bare_path(content_path: ContentPath, languages: Sequence[LanguageConfig]) -> ContentPath:
    """Return the path of a note below the content folder without its language."""
    placed = language_of_path(content_path, languages) if languages else None
    return placed.bare if placed else content_path


def content_path_of(path: str, content_dir: str) -> ContentPath:
    """Return a source path below the content folder."""
    folder = content_dir.strip("./")
    return ContentPath(path.removeprefix(f"{folder}/") if folder else path)


def find_language(tag: str, languages: Sequence[LanguageConfig]) -> LanguageConfig | None:
    """Return the language that a tag means: the same tag or path, else one of which either is the wider (zh, zh-CN)."""
    lower = tag.lower()
    for language in languages:
        if lower in {language.tag.lower(), language.path.lower()}:
            return language
    near = [item for item in languages if f"{item.tag}-".lower().startswith(f"{lower}-")] or [
        item for item in languages if f"{lower}-".startswith(f"{item.tag}-".lower())
    ]
    return near[0] if len(near) == 1 else None


def localized(config: Config, path: str) -> Config:
    """Return the configuration as the pages of a language see it. `path`: the folder of its addresses."""
    language = next((item for item in config.languages if item.path == path), None)
    if language is None:
        return config
    texts = {name: getattr(language, name) or getattr(config, name) for name in ("title", "subtitle", "description")}
    menu = language.menu if language.menu or path else config.menu
    return msgspec.structs.replace(config, language=language.tag, menu=menu, **texts)


def language_paths(config: Config) -> tuple[str, ...]:
    """Return the folders of the addresses of all languages, the site's own, "", first."""
    return tuple(language.path for language in config.languages) or ("",)


def _folders(language: LanguageConfig, languages: Sequence[LanguageConfig]) -> Iterator[tuple[str, str]]:
    """Yield the folders of the notes in a language, each with that of the originals."""
    if language.folders:
        for folder, original in language.folders.items():
            yield folder.strip("/"), original.strip("/")
        return
    primary = language.tag.partition("-")[0]
    alone = find_language(primary, languages) == language
    for folder in dict.fromkeys(filter(None, (language.tag, language.path, primary if alone else ""))):
        yield folder, ""


def _without_suffix(content_path: str, languages: Sequence[LanguageConfig]) -> tuple[str, LanguageConfig | None]:
    """Return a path without the language in the name of its file, and this language."""
    stem = strip_suffix(content_path)
    name, dot, tag = stem.rpartition(".")
    language = find_language(tag, languages) if dot and tag and name and not name.endswith("/") else None
    return (content_path, None) if language is None else (name + content_path[len(stem) :], language)
