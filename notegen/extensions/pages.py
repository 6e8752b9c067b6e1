"""Pages and files that extensions make."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import msgspec

from notegen.extensions.api import MadeFile, MadePage
from notegen.extensions.load import FOREIGN_ERRORS, failed, load_extensions
from notegen.extensions.time_bound import bounded
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.output import OutputFile, is_inside
from notegen.model.pages import ExtensionPage, Page
from notegen.model.site import Site
from notegen.model.source import ExtensionFile
from notegen.model.strings import Html, SitePath
from notegen.routes.urls import Base, output_path


class MadeByExtensions(msgspec.Struct, frozen=True):
    """What extensions add to a site."""

    pages: tuple[Page, ...] = ()
    files: tuple[OutputFile, ...] = ()


def extension_pages(
    files: Iterable[ExtensionFile], site: Site, base: Base, paths: Collection[str]
) -> Result[MadeByExtensions]:
    """Return the pages and files of extensions. `paths`: output paths that are taken.

    Diagnostics: extension-error, extension-value, of how they were loaded, too.
    """
    pages: dict[str, Page] = {}
    written: dict[str, OutputFile] = {}
    diagnostics: list[Diagnostic] = []
    for loaded in load_extensions(files):
        diagnostics += loaded.diagnostics
        for item in _items(loaded.value.pages, site, loaded.file, diagnostics):
            path, problem = _path(item)
            if not problem and (path in paths or path in pages or path in written):
                problem = f"/{path} is there already"
            if problem:
                diagnostics.append(diagnose("extension-value", f"pages: {problem}", path=loaded.file.path))
            elif isinstance(item, MadePage):
                pages[path] = _page(item, path, loaded.file, base)
            elif isinstance(item, MadeFile):
                data = item.data.encode("utf-8", "replace") if isinstance(item.data, str) else item.data
                written[path] = OutputFile.of_bytes(path, data)
    return Result(MadeByExtensions(tuple(pages.values()), tuple(written.values())), tuple(diagnostics))


def _items(function: Any, site: Site, file: ExtensionFile, diagnostics: list[Diagnostic]) -> Iterator[object]:
    """Yield what the function of an extension yields, up to where it fails."""
    if function is None:
        return
    try:
        yield from bounded(f"{file.path}: pages", lambda: list(function(site) or ()))
    except FOREIGN_ERRORS as error:
        diagnostics.append(failed(error, file, "in pages"))


def _path(item: object) -> tuple[str, str]:
    """Return the output path of what an extension made, and what is wrong with it."""
    if isinstance(item, MadePage):
        texts = (item.path, item.title, item.html, item.description)
        if not all(isinstance(text, str) for text in texts):
            return "", "a MadePage holds texts"
        path = output_path(SitePath(item.path)) if item.path.startswith("/") else ""
    elif isinstance(item, MadeFile):
        if not isinstance(item.path, str) or not isinstance(item.data, str | bytes):
            return "", "a MadeFile holds a path and a text or bytes"
        path = item.path.lstrip("/")
    else:
        return "", f"a value of the type {type(item).__name__}; expected MadePage or MadeFile"
    return (path, "") if path and is_inside(path) else ("", f"{item.path!r} is no path below the site's root")


def _page(item: MadePage, path: str, file: ExtensionFile, base: Base) -> Page:
    url = base.url(SitePath(item.path))
    value = ExtensionPage(url, base.absolute(url), item.title, item.description, Html(item.html))
    return Page(path, "extension.html", value, file.path)
