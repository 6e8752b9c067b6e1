r"""Macros that a site's scripts give to MathJax or KaTeX: `MathJax = {tex: {macros: {R: "\\mathbb{R}"}}}`.

Source: MathJax documentation, "Defining TeX macros" of versions 2 and 3; KaTeX documentation, "Options".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import lookup
from notegen.dialects.dialect import Setting
from notegen.dialects.javascript import read_objects
from notegen.text.patterns import lazy_regex

_SCRIPT = lazy_regex(r"<script\b[^<>]*>([^<]*+(?:<(?!/script)[^<]*+)*+)", re.IGNORECASE)
_SIGN = "acros"


def macros_of(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the macros of a configuration: each is a text, or a list of a text and how many arguments it has."""
    table = lookup(data, "tex.macros") or lookup(data, "TeX.Macros") or data.get("macros")
    macros: dict[str, str] = {}
    for name, value in (table if isinstance(table, Mapping) else {}).items():
        body = value[0] if isinstance(value, list) and value else value
        if isinstance(body, str):
            macros[name.lstrip("\\")] = body
    return macros


def template_macros(files: Mapping[str, str]) -> Iterator[Setting]:
    """Yield the macros that scripts in a theme's templates (path -> text) define, as one setting."""
    macros: dict[str, str] = {}
    origins: list[str] = []
    for path, content in files.items():
        named = _in_scripts(content) if _SIGN in content else {}
        macros |= named
        origins += [path] if named else []
    if macros:
        yield Setting("math.macros", macros, f"{', '.join(origins)}: macros")


def _in_scripts(html: str) -> dict[str, str]:
    scripts: Iterable[str] = (match[1] for match in _SCRIPT.finditer(html) if _SIGN in match[1])
    return {name: body for script in scripts for name, body in macros_of(read_objects(script)).items()}
