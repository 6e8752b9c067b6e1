"""Profiles of Quarto's projects: which of the files `_quarto-name.yml` count."""

import pytest

from tests.dialects.test_translate import settings

SITE, PRINT = "website: {title: Site}\n", "book: {title: Print}\n"


@pytest.mark.parametrize(
    ("main", "title"),
    [
        ("author: N\n", "Site"),  # the only one with a website
        ("website: {title: Own}\n", "Own"),
        ("website: {title: Own}\nprofile: {default: html}\n", "Site"),
        ("profile: {default: [print]}\n", "Print"),
        ("profile: {group: [print, html]}\n", "Print"),
        ("profile: {group: [[html, print], [basic]]}\n", "Site"),
        ("profile: {default: other}\n", None),
    ],
)
def test_the_profile_that_is_rendered_counts(main: str, title: str | None) -> None:
    files = {"_quarto.yml": main, "_quarto-html.yml": SITE, "_quarto-print.yml": PRINT, "_quarto-basic.yml": "x: 1\n"}
    assert settings("quarto", **files).get("title") == title


def test_of_two_profiles_with_a_website_none_is_chosen() -> None:
    files = {"_quarto.yml": "author: N\n", "_quarto-a.yml": SITE, "_quarto-b.yml": SITE}
    assert settings("quarto", **files) == {"author": "N"}
