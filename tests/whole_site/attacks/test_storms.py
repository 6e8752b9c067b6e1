"""A little of each storm of scripts/storms.py, which says what they are."""

import sys

import pytest

from scripts.storms import kills, storm, streams, together

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc, and forks"),
]


def test_after_edits_without_a_pause_a_server_shows_what_a_clean_build_makes() -> None:
    storm(25)


def test_a_server_keeps_nothing_of_browsers_that_are_gone() -> None:
    streams(60)


def test_a_build_that_is_killed_harms_no_later_one() -> None:
    kills(3)


def test_builds_at_the_same_moment_and_beside_a_server_do_each_other_no_harm() -> None:
    together(1)
