r"""Macros from files: those that `math.preamble` names, and those that programs read by themselves.

What a file includes (`\input`) is read where it stands there; only files of the site are. Those of site.yaml go before.
"""

import os
import posixpath

import msgspec

from notegen.dialects.find import find_dialect
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.source import SiteLocation
from notegen.scan.files import read_text
from notegen.system.disk import Disk
from notegen.yaml.errors import locate

_MOST = 50  # files
_UNNAMED = ("macros.tex", "preamble.tex", "macros.sty", "preamble.sty")  # read where no program says which


class _Reading(msgspec.Struct):
    """What was read so far: the macros, what is wrong, the files that were begun."""

    macros: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    files: list[str] = []


def with_macro_files(location: SiteLocation, config: Config, disk: Disk) -> Result[Config]:
    """Return the configuration with the macros of files among its own, and all these files. Diagnostic: math-macro."""
    reading = _Reading()
    for name in config.math.preamble:
        file = _file(name, ("", config.content_dir), location)
        if file is None:
            reading.diagnostics.append(_missing(name, location))
        else:
            _read(file, location, disk, reading, ())
    for name in () if config.math.preamble else _found_by_themselves(config):
        file = _file(name, ("", config.content_dir), location)
        if file is not None:
            _read(file, location, disk, reading, ())
    if not reading.macros:
        return Result(config, tuple(reading.diagnostics))
    macros = {**reading.macros, **config.math.macros}
    math = msgspec.structs.replace(config.math, macros=macros, preamble=tuple(reading.files))
    return Result(msgspec.structs.replace(config, math=math), tuple(reading.diagnostics))


def _found_by_themselves(config: Config) -> tuple[str, ...]:
    dialect = find_dialect(config.dialect)
    return dialect.macro_files if dialect is not None and dialect.macro_files else _UNNAMED


def _read(path: str, location: SiteLocation, disk: Disk, reading: _Reading, including: tuple[str, ...]) -> None:
    """Read one file and those that it includes; `including`: those that led to it."""
    if path in reading.files or len(reading.files) >= _MOST:
        return
    reading.files.append(path)
    source, problems = read_text(str(location.root / path), path, disk)
    reading.diagnostics += problems
    if source is None:
        return
    from notegen.math.latex.macro_file import read_macro_file  # most sites have none

    content = read_macro_file(source.text)
    for problem in content.problems:
        line, column = locate(source.text, problem.offset)
        reading.diagnostics.append(
            diagnose(problem.code, problem.message, path=path, line=line, column=column, hint=problem.hint)
        )
    for (name, value), offset in zip(content.entries, content.places, strict=True):
        if name:
            if not (value.startswith((r"\providecommand", r"\Provide")) and name in reading.macros):
                reading.macros.pop(name, None)
                reading.macros[name] = value
            continue
        file = _file(value, (posixpath.dirname(path), ""), location)
        if file is not None and file not in (*including, path):
            _read(file, location, disk, reading, (*including, path))
            continue
        line, column = locate(source.text, offset)
        message = f"there is no file {value} in the site" if file is None else f"{value} includes itself"
        reading.diagnostics.append(diagnose("math-macro", message, path=path, line=line, column=column))


def _file(name: str, folders: tuple[str, ...], location: SiteLocation) -> str | None:
    """Return the path of a file below the root, which no link leads out of; None where there is none."""
    for folder in folders:
        for suffix in ("", ".tex", ".sty"):
            path = posixpath.normpath(posixpath.join(folder, name.strip().lstrip("/") + suffix))
            if path.startswith("..") or not os.path.isfile(f"{location.root}/{path}"):  # noqa: PTH113 (many are not there)
                continue
            if (location.root / path).resolve().is_relative_to(location.root.resolve()):
                return path
    return None


def _missing(name: str, location: SiteLocation) -> Diagnostic:
    lines = location.config_text.split("\n")
    line = next((number for number, text in enumerate(lines, start=1) if name in text), 0)
    message = f"math.preamble: there is no file {name} in the site"
    return diagnose(
        "math-macro", message, path=location.config_path, line=line, hint="paths begin at the site's folder"
    )
