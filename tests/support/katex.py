"""Formulas that need KaTeX, and notegen without it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from unittest.mock import patch

import pytest

ONLY_KATEX = r"{u \above{1pt} v}"  # a formula with it comes from KaTeX
needs_katex = pytest.mark.skipif(find_spec("pykatex") is None, reason="pykatex is not installed")
# What is put behind a formula so that one engine and then the other renders it.
both_engines = pytest.mark.parametrize(
    "other", [pytest.param("", id="math-core"), pytest.param(ONLY_KATEX, id="KaTeX", marks=needs_katex)]
)


@contextmanager
def no_katex() -> Iterator[None]:
    """Hide KaTeX: this process finds no pykatex, whether it is installed or not."""
    with patch.dict(sys.modules, {"pykatex": None}):
        yield
