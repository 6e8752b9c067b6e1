"""Give the package the version of a tag, and print what CHANGELOG.md says of that version: `release.py v1.2.3`.

The changelog's section must be headed `## 1.2.3` (anything may follow, as a date). Exits 1, and says why, where the tag
is no version or the section is missing: a release that nobody described is stopped before it is built.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERSION = re.compile(r"v(\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?)")


def section(changelog: str, version: str) -> str:
    """Return what a changelog (Markdown) says of a version, without the heading; "" where it says nothing."""
    parts = re.split(r"(?m)^## ", changelog)
    found = [part for part in parts if part.split(None, 1)[:1] == [version]]
    return found[0].partition("\n")[2].strip() if found else ""


def with_version(source: str, version: str) -> str:
    """Return the source of notegen/__init__.py with another version."""
    return re.sub(r'(?m)^__version__ = ".*"$', f'__version__ = "{version}"', source)


def main(tag: str) -> str | None:
    """Set the version and print the section. Return what is wrong, if anything."""
    match = VERSION.fullmatch(tag)
    if match is None:
        return f"{tag!r} is no version: v1.2.3, v1.2.3rc1"
    version = match[1]
    notes = section((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    if not notes:
        return f"CHANGELOG.md has no section '## {version}', or it is empty"
    package = ROOT / "notegen" / "__init__.py"
    package.write_text(with_version(package.read_text(encoding="utf-8"), version), encoding="utf-8")
    print(notes)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
