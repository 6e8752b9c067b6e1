"""The oracle of a site that uses everything: after edits at random, builds with caches equal clean ones.

../test_oracle.py asks the same of small sites and templates. `python -m scripts.oracle 10000` goes on for long.
"""

from pathlib import Path

import pytest

from tests.support.searching import EXAMPLES
from tests.support.two_builds import compare, pure_functions_kept

pytestmark = pytest.mark.slow
EDITS = 40
BETWEEN = 7  # at most, from one comparison to the next: a clean build takes most of the time


def test_after_edits_at_random_every_build_is_a_clean_one(tmp_path: Path) -> None:
    journal: list[str] = []
    with pure_functions_kept():
        try:
            for _ in compare(tmp_path / "site", 19, EDITS * EXAMPLES, BETWEEN, journal.append):
                pass
        except AssertionError as error:
            error.add_note("\n".join(journal[-2 * BETWEEN :]))
            raise
