"""Packages of this environment as wheels: an index in a folder, for tests that install notegen as its users do."""

import base64
import hashlib
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement


def required(name: str) -> list[Distribution]:
    """Return all that a package of this environment needs, directly or not, without extras and without itself."""
    found: dict[str, Distribution] = {}
    todo = [name]
    while todo:
        for text in distribution(todo.pop()).requires or ():
            requirement = Requirement(text)
            wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            if wanted and requirement.name not in found:
                found[requirement.name] = distribution(requirement.name)
                todo.append(requirement.name)
    return list(found.values())


def as_wheel(package: Distribution, folder: Path) -> None:
    """Write the wheel that an installed package came in into a folder: its files, without what installing added."""
    info = next(file.parts[0] for file in package.files or () if file.parts[0].endswith(".dist-info"))
    tag = (package.read_text("WHEEL") or "").partition("Tag: ")[2].split()[0]
    stem = info.removesuffix(".dist-info")
    kept = [file for file in package.files or () if ".." not in file.parts and "__pycache__" not in file.parts]
    record: list[str] = []
    with zipfile.ZipFile(folder / f"{stem}-{tag}.whl", "w") as archive:
        for file in kept:
            if file.name not in {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}:
                data = Path(str(file.locate())).read_bytes()
                digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
                record.append(f"{file.as_posix()},sha256={digest},{len(data)}\n")
                archive.writestr(zipfile.ZipInfo(file.as_posix()), data)
        archive.writestr(f"{info}/RECORD", "".join([*record, f"{info}/RECORD,,\n"]))
