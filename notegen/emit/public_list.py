"""What the last build of an output folder made public: kept beside its manifest, to tell what is new."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from notegen.emit.manifest import manifest_file
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Result
from notegen.model.output import Published
from notegen.system.disk import Disk


def public_list_file(state: Path, output: Path) -> Path:
    """Return the path of the list of an output folder."""
    file = manifest_file(state, output)
    return file.with_name(file.name.replace("manifest", "public", 1))


def read_public_list(file: Path, disk: Disk) -> Mapping[str, str] | None:
    """Return the source of each output path that was public; None where there is no list, or a damaged one.

    An OSError counts as none.
    """
    try:
        return msgspec.json.decode(disk.read(file), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return None


def keep_public_list(
    public: Iterable[Published], output: Path, state: Path, disk: Disk
) -> Result[Mapping[str, str] | None]:
    """Keep what is public now, and return what was before (see `read_public_list`). Diagnostic: output-write."""
    file = public_list_file(state, output)
    before, now = read_public_list(file, disk), {item.path: item.source for item in public}
    if now == before:
        return Result(before)
    try:
        disk.write(file, msgspec.json.encode(now, order="deterministic"))
    except OSError as error:
        message = f"cannot write {error.filename or file}: {error.strerror or error}"
        return Result(before, (diagnose("output-write", message, hint="the site itself is written"),))
    return Result(before)
