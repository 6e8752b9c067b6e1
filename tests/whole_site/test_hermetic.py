"""The same site gives the same bytes whatever the machine says: hash seed, zone, language, umask, folder, cache."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.site import NOW

pytestmark = pytest.mark.slow

NOTES = {
    "site.yaml": "title: 笔记\nbase_url: https://example.org/notes/\npaginate: 2\nmath:\n  macros: {R: '\\mathbb R'}\n",
    "content/one.md": "---\ntitle: One $x$\ndate: 2026-01-02 23:30\n"
    "tags: [b, a, C++, 标签]\ncategories: [多模态, NLP]\n---\n"
    "## H\n\n$\\R^n$ [two](two.md) [[三]] ![i](img.png) [^1] [broken](gone.md)\n\n[^1]: note\n\n"
    "```python\nx = {1, 2}\n```\n",
    "content/two.md": "---\ntitle: Two\ndate: 2025-12-31 20:00 -05:00\n"
    "tags: [A, a, b]\naliases: [/old/, /older/]\n---\n"
    "| $a|b$ |\n|---|\n| c |\n",
    "content/三.md": "---\ndate: 2026-01-02\ntags: [标签]\n---\n# 三\n\n"
    + "中文 $$\\begin{align}\\label{eq:a}a\\\\b\\end{align}$$ \\eqref{eq:a}。\n\n" * 3,
    "content/same-1.md": "Equal text.\n",
    "content/same-2.md": "Equal text.\n",
    "content/about.md": "---\nlayout: page\n---\nAbout $\\bad$.\n",
    "content/img.png": "not really",
    "static/CNAME": "example.org\n",
}
PLAIN = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
OTHER = {
    "PYTHONHASHSEED": "4242",
    "TZ": "America/Los_Angeles",
    "LC_ALL": "C",
    "LANG": "C",
    "NO_COLOR": "1",
    "COLUMNS": "40",
}


def write(root: Path) -> Path:
    """Write the site, the files in an order of their own."""
    for path, text in sorted(NOTES.items(), key=lambda item: hashlib.sha256((str(root) + item[0]).encode()).digest()):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def build(root: Path, environment: dict[str, str], *, cwd: Path, umask: int = 0o022) -> str:
    """Build with the command line in a process of its own; return the report without its times."""
    source = os.path.relpath(root, cwd)
    start = "from notegen.cli.commands import main; main()"
    command = [sys.executable, "-c", start, "build", "-s", source, "--now", NOW]
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "SYSTEMROOT", "HOME", "VIRTUAL_ENV"}}
    ran = subprocess.run(
        command,
        cwd=cwd,
        env=kept | environment,
        umask=umask,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=900,
    )
    assert ran.returncode == 0, ran.stderr
    return "\n".join(line for line in ran.stderr.splitlines() if " notes, " not in line)


def contents(root: Path) -> dict[str, bytes]:
    """Return the bytes of every output file."""
    public = root / "public"
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], str]:
    """Return the output and the report of a plain build."""
    root = write(tmp_path_factory.mktemp("first"))
    report = build(root, PLAIN, cwd=root)
    return contents(root), report


def test_the_site_is_whole(first: tuple[dict[str, bytes], str]) -> None:
    assert {"index.html", "page/2/index.html", "posts/三/index.html", "atom.xml", "old/index.html", "CNAME"} <= first[
        0
    ].keys()
    assert "link-broken" in first[1]
    assert "math-undefined-command" in first[1]


def test_another_machine_gives_the_same_bytes(first: tuple[dict[str, bytes], str], tmp_path: Path) -> None:
    root = write(tmp_path / "a much deeper folder" / "with 中文 in its name")
    report = build(root, OTHER, cwd=tmp_path, umask=0o077)
    again = contents(root)
    assert again.keys() == first[0].keys()
    assert [path for path, data in again.items() if data != first[0][path]] == []
    assert report.encode("ascii", "replace") == first[1].encode("ascii", "replace")


def test_a_warm_build_and_a_changed_one_give_the_same_bytes(
    first: tuple[dict[str, bytes], str], tmp_path: Path
) -> None:
    """Nothing that an earlier build left behind may show: neither in pages nor in the report."""
    root = write(tmp_path)
    note = root / "content" / "one.md"
    text = note.read_text(encoding="utf-8")
    note.write_text(text.replace("One", "Another").replace("tags: [b", "tags: [zz"), encoding="utf-8")
    build(root, PLAIN, cwd=root)
    note.write_text(text, encoding="utf-8")
    for _ in range(2):
        report = build(root, OTHER, cwd=root)
        again = contents(root)
        assert again.keys() == first[0].keys()
        assert [path for path, data in again.items() if data != first[0][path]] == []
        assert report.encode("ascii", "replace") == first[1].encode("ascii", "replace")
