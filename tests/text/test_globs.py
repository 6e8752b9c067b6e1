"""Glob patterns of paths, as minimatch's documentation has them."""

import pytest

from notegen.text.paths import fits_path


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("a.html", "*.html", True),
        ("x/a.html", "*.html", False),
        ("x/a.html", "**/*.html", True),
        ("a.html", "**/*.html", True),
        ("demo/a/b.md", "demo/**", True),
        ("demo/a/b.md", "demo/*", False),
        ("demo/a/b.md", "demo/*/*.md", True),
        ("demo/a.md", "/demo/a.md", True),
        ("a1.txt", "a?.txt", True),
        ("b.txt", "{a,b}.txt", True),
        ("b.txt", "[!b].txt", False),
        ("c.txt", "[a-c].txt", True),
        ("a+b.(md)", "a+b.(md)", True),
        ("axb", "a.b", False),
        ("[", "[", True),
    ],
)
def test_a_path_fits_a_pattern(path: str, pattern: str, fits: bool) -> None:
    assert fits_path(path, (pattern,)) is fits


def test_no_pattern_fits_nothing() -> None:
    assert not fits_path("a", ())
