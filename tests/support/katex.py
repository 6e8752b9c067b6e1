"""Formulas that need KaTeX, and notegen without it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

ONLY_KATEX = r"{u \above{1pt} v}"  # a formula with it comes from KaTeX


@contextmanager
def no_katex() -> Iterator[None]:
    """Hide KaTeX: this process finds no pykatex, whether it is installed or not."""
    with patch.dict(sys.modules, {"pykatex": None}):
        yield
