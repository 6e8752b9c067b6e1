"""Diagnostics as SARIF, which GitHub's code scanning and editors read. Source: SARIF 2.1.0 (OASIS standard)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from notegen import __version__
from notegen.model.codes import CODES
from notegen.model.diagnostic import Diagnostic, Severity

_LEVELS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(diagnostics: Iterable[Diagnostic], explained: Mapping[str, str]) -> str:
    """Return a SARIF log (JSON) of one run; each code is a rule of it. Columns count characters, as ours do.

    `explained`: code -> address of its explanation, where such are known.
    """
    items = list(diagnostics)
    codes = sorted({item.code for item in items})
    rules = [_rule(code, explained.get(code, "")) for code in codes]
    driver = {"name": "notegen", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, codes.index(item.code)) for item in items],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(code: str, explained: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code, "shortDescription": {"text": CODES[code].description}}
    return {**rule, "helpUri": explained} if explained else rule


def _result(item: Diagnostic, rule: int) -> dict[str, Any]:
    text = f"{item.message}\n{item.hint}" if item.hint else item.message
    result: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": _LEVELS[item.severity],
        "message": {"text": text},
    }
    if item.path:
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(item.path)}}
        location: dict[str, Any] = {"physicalLocation": place}
        if item.cell:  # its lines are none of the file's
            name = f"cell {item.cell}" + (f", line {item.line}" if item.line else "")
            location["logicalLocations"] = [{"name": name, "kind": "element"}]
            location["message"] = {"text": name}
        elif item.line:
            place["region"] = _region(item)
        result["locations"] = [location]
    return result


def _region(item: Diagnostic) -> dict[str, int]:
    if not item.column:
        return {"startLine": item.line}
    return {"startLine": item.line, "startColumn": item.column, "endColumn": item.column + item.length}
