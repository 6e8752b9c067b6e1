"""Theme layers for tests: in memory, and the shipped theme read from its folder."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from notegen.model.config import Config
from notegen.model.source import Asset, SourceFile, ThemeLayer, Tree
from notegen.render.theme.load import Theme, load_theme
from tests.support.paths import TRANSMISSION


def source(path: str, text: str) -> SourceFile:
    """A text file in memory."""
    return SourceFile(path, text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


def layer(
    name: str,
    templates: Mapping[str, str] | None = None,
    settings: str | None = None,
    labels: Mapping[str, str] | None = None,
    static: Mapping[str, str] | None = None,
) -> ThemeLayer:
    """A theme layer in memory; a static file's location is its text, which `read_memory` gives back."""
    root = f"themes/{name}"
    return ThemeLayer(
        name,
        None if settings is None else source(f"{root}/theme.yaml", settings),
        {key: source(f"{root}/templates/{key}", text) for key, text in (templates or {}).items()},
        {key: source(f"{root}/i18n/{key}.yaml", text) for key, text in (labels or {}).items()},
        {key: Asset(f"{root}/static/{key}", text, "d", len(text)) for key, text in (static or {}).items()},
    )


def read_memory(asset: Asset) -> bytes:
    """The bytes of a static file in memory."""
    return asset.location.encode()


def transmission() -> ThemeLayer:
    """The shipped theme, read from its folder."""

    def files(below: str) -> Iterator[tuple[str, Path]]:
        for path in sorted((TRANSMISSION / below).rglob("*")):
            if path.is_file():
                yield path.relative_to(TRANSMISSION / below).as_posix(), path

    def text(path: Path) -> SourceFile:
        return source(f"themes/transmission/{path.relative_to(TRANSMISSION).as_posix()}", path.read_text("utf-8"))

    def asset(path: Path) -> Asset:
        return Asset(path.name, str(path), hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest(), 1)

    return ThemeLayer(
        "transmission",
        text(TRANSMISSION / "theme.yaml"),
        {name: text(path) for name, path in files("templates")},
        {name.removesuffix(".yaml"): text(path) for name, path in files("i18n")},
        {name: asset(path) for name, path in files("static")},
    )


def tree(*layers: ThemeLayer, text: str = "") -> Tree:
    """A tree that holds layers and the text of site.yaml only."""
    return Tree(Config(), "site.yaml", text, (), {}, {}, layers)


def load(*layers: ThemeLayer, config: Config | None = None) -> tuple[Theme, list[tuple[str, int, str]]]:
    """A theme of layers in memory, and code, line and message of its diagnostics."""
    theme, found = load_theme(tree(*layers), config or Config(), read=read_memory)
    return theme, [(item.code, item.line, item.message) for item in found]
