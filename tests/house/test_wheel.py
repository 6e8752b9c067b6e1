"""The built wheel in an empty environment, by pipx and uvx: the theme is inside, nothing of the checkout is needed."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

import notegen
from notegen.math_font.characters import BASE
from notegen.math_font.font import default_font, make_font
from tests.support.package_index import as_wheel, required
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow

DEVELOPERS = ("PYTHON", "NOTEGEN", "GITHUB", "UV_", "PIP", "VIRTUAL_ENV")  # what variables of theirs begin with


def run(command: list[str], folder: Path, more: Mapping[str, str] = {}) -> subprocess.CompletedProcess[str]:
    """Run a command in `folder`, without what a developer's shell may add to Python, and with `more` variables."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(DEVELOPERS)}
    ran = subprocess.run(
        command, cwd=folder, env={**environment, **more}, capture_output=True, text=True, check=False, timeout=900
    )
    assert ran.returncode == 0, f"{command}\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}"
    return ran


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--skip-dependency-check",
        "--outdir",
        str(folder),
    ]
    run([*build, str(ROOT)], folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def index(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of a user whose package index is a folder: the wheel, and what it depends on."""
    folder = tmp_path_factory.mktemp("index")
    shutil.copy(wheel, folder)
    for distribution in required("notegen-ssg"):
        as_wheel(distribution, folder)
    home = tmp_path_factory.mktemp("home")
    pipx = {"PIPX_HOME": str(home / "pipx"), "PIPX_BIN_DIR": str(home / "bin"), "PIPX_DEFAULT_BACKEND": "uv"}
    uv = {"UV_NO_INDEX": "1", "UV_FIND_LINKS": str(folder), "UV_CACHE_DIR": str(home / "uv"), "UV_NO_CONFIG": "1"}
    return {"HOME": str(home), "UV_PYTHON": sys.executable, "PIPX_DEFAULT_PYTHON": sys.executable, **pipx, **uv}


@pytest.fixture(scope="module")
def installed(index: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `notegen` that `pipx install notegen-ssg` puts on a user's PATH, out of that index."""
    run([sys.executable, "-m", "pipx", "install", "notegen-ssg"], tmp_path_factory.mktemp("anywhere"), index)
    return Path(index["PIPX_BIN_DIR"]) / "notegen"


def python_of(installed: Path) -> Path:
    """Return the Python of the environment that a command on the PATH is a link into."""
    return installed.resolve().parent / "python"


def test_the_wheel_holds_the_theme_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    theme = ROOT / "themes" / "transmission"
    wanted = {
        f"notegen/themes/transmission/{path.relative_to(theme).as_posix()}"
        for path in theme.rglob("*")
        if path.is_file()
    }
    assert wanted <= set(names)
    assert {name.partition("/")[0] for name in names} == {"notegen", f"notegen_ssg-{notegen.__version__}.dist-info"}
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_brings_the_math_font_that_a_build_would_make(wheel: Path, installed: Path, tmp_path: Path) -> None:
    """The site has that font, and is built where fontTools, which would make one, cannot be imported."""
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".woff2"))
    made, _ = make_font(default_font(), BASE, "")
    assert made is not None
    assert archive.read(name) == made.data
    (tmp_path / "one.md").write_text("Inline $x^2$ and $\\sum_i \\alpha_i$.\n", encoding="utf-8")
    without = "import sys; sys.modules['fontTools'] = None; from notegen.cli.commands import main; main()"
    run([str(python_of(installed)), "-c", without, "build"], tmp_path)
    (font,) = (tmp_path / "public" / "fonts").glob("math.*.woff2")
    assert font.read_bytes() == made.data


def test_the_installed_command_builds_a_site_anywhere(installed: Path, tmp_path: Path) -> None:
    where = [str(python_of(installed)), "-c", "import notegen; print(notegen.__file__)"]
    assert str(ROOT) not in run(where, tmp_path).stdout
    assert run([str(installed), "--version"], tmp_path).stdout == f"notegen {notegen.__version__}\n"
    for name, text in {
        "one.md": "---\ntitle: One\ndate: 2026-01-02\n---\nInline $x^2$ and $\\dotsc$.\n",
        "二.md": "# 二\n\n```python\nx = 1\n```\n\nSee [one](one.md).\n",
        "three.md": "Only text.\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = run([str(installed), "build", "-b", "https://example.org/blog/"], tmp_path)
    assert "3 notes" in ran.stderr
    page = (tmp_path / "public" / "posts" / "one" / "index.html").read_text(encoding="utf-8")
    assert '<annotation encoding="application/x-tex">x^2</annotation>' in page
    assert 'href="/blog/posts/one/"' in (tmp_path / "public" / "posts" / "二" / "index.html").read_text(
        encoding="utf-8"
    )
    assert list((tmp_path / "public" / "css").glob("main.*.css"))


def test_uvx_begins_a_site_with_nothing_installed(index: dict[str, str], tmp_path: Path) -> None:
    uvx = [sys.executable, "-m", "uv", "tool", "run"]  # these words are `uvx`
    run([*uvx, "--from", "notegen-ssg", "notegen", "init"], tmp_path, index)
    assert (tmp_path / "site.yaml").is_file()
    assert "notegen-ssg[search]==" in (tmp_path / ".github" / "workflows" / "notegen.yml").read_text(encoding="utf-8")
