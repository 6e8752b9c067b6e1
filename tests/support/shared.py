"""What takes long to make and many tests read: made once for all processes of a run."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.limits import wait_until


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the folder for temporary files of all processes of a run."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder that `make` has filled, in this process of pytest-xdist or in another one."""
    base = shared_folder(factory)
    folder, ended = base / name, base / f"{name}.ended"
    try:
        (base / f"{name}.begun").mkdir()
    except FileExistsError:
        wait_until(ended.exists, f"{name} of another process")
    else:
        try:
            make(base / f"{name}.part")
            (base / f"{name}.part").rename(folder)
        finally:
            ended.touch()
    assert folder.is_dir(), f"another process could not make {name}"
    return folder
