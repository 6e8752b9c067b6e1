"""Folders: small enough to be read at a glance, named once, and mirrored by the tests."""

from pathlib import Path

from tests.support.paths import ROOT
from tests.support.source import PACKAGE, name, packages

MAX_MODULES = 12  # in a folder, besides __init__
# Larger for a reason.
LARGER = ("notegen/model",)  # the types of all stages, a file each
# A prefix that repeats the folder's name for a reason.
PREFIXED = (
    "notegen/math/math_core.py",  # a library's name
    "notegen/system/system_fonts.py",
)
# Folders of tests that are no package of notegen.
BESIDE = frozenset({"browser", "content", "fixtures", "golden", "house", "support", "whole_site"})
# Packages whose tests are those of the packages that use them.
THROUGH_OTHERS = frozenset({"model"})


def modules(folder: Path) -> list[Path]:
    """Return the modules right in a folder."""
    return sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")


def test_no_folder_has_more_modules_than_one_reads_at_a_glance() -> None:
    tests = {path.parent for path in (ROOT / "tests").rglob("*.py")} - {ROOT / "tests" / "support"}
    sizes = {name(folder): len(modules(folder)) for folder in (*packages(), *sorted(tests))}
    assert {folder: size for folder, size in sizes.items() if size > MAX_MODULES and folder not in LARGER} == {}


def test_no_name_repeats_its_folder() -> None:
    inside = [path for folder in packages() if folder != PACKAGE for path in folder.iterdir()]
    repeated = [name(path) for path in inside if path.name.startswith(prefixes(path.parent.name))]
    assert sorted(set(repeated)) == sorted(PREFIXED)


def prefixes(folder: str) -> tuple[str, ...]:
    """Return what a module's name must not begin with: `links` forbids links_ and link_."""
    return f"{folder}_", f"{folder.removesuffix('s')}_"


def test_tests_mirror_the_package() -> None:
    tests = ROOT / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.rglob("test_*.py")} - {Path()}
    mirrored = {folder for folder in folders if folder.parts[0] not in BESIDE}
    assert sorted(str(folder) for folder in mirrored if not (PACKAGE / folder / "__init__.py").is_file()) == []
    top = {folder.name for folder in packages() if folder.parent == PACKAGE}
    assert top - {folder.parts[0] for folder in mirrored} == THROUGH_OTHERS, "a package without tests"
