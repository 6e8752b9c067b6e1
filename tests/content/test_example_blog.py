"""The example blog keeps its promises: each picture is described, captioned and discussed, and tags are few."""

import re
from pathlib import Path

import pytest
import yaml

from tests.support.paths import ROOT
from tests.support.cases import all_cases

POSTS = ROOT / "content" / "posts"
FIGURES = POSTS / "figures"
IMAGE = re.compile(
    r'!\[(?P<alt>[^\]]*)\]\(figures/(?P<name>[\w-]+)\.svg "(?P<caption>[^"]+)"\)\{#(?P<label>fig-[\w-]+) \.plot\}'
)
NOTES = sorted(POSTS.glob("*.md"))
MOST_BYTES = 40_000
MOST_TAGS = 32


def tags_of(note: Path) -> list[str]:
    """Return the tags of a note's front matter."""
    return list(yaml.safe_load(note.read_text("utf-8").split("---\n")[1])["tags"])


@all_cases(
    "note", [note for note in NOTES if "(figures/" in note.read_text("utf-8")], ids=lambda note: note.stem
)
def test_a_figure_has_alt_text_caption_and_discussion(note: Path) -> None:
    text = note.read_text("utf-8")
    found = list(IMAGE.finditer(text))
    assert len(found) == text.count("(figures/"), "a figure without alt text, caption, label or the class `.plot`"
    for figure in found:
        assert len(figure["alt"]) >= 15, f"{figure['name']}: say what is seen"
        assert f"@{figure['label']}" in text.replace(figure[0], ""), f"nothing refers to {figure['label']}"


def test_every_figure_is_used_small_and_without_ids_or_scripts() -> None:
    used = {figure["name"] for note in NOTES for figure in IMAGE.finditer(note.read_text("utf-8"))}
    drawn = {path.stem for path in FIGURES.glob("*.svg")}
    assert used == drawn
    assert len(drawn) >= 16
    for path in FIGURES.glob("*.svg"):
        text = path.read_text("utf-8")
        assert len(text.encode()) <= MOST_BYTES, path.name
        assert not re.search(r"<script|\sid=|href=|<style", text), path.name


def test_every_figure_has_a_function_that_draws_it() -> None:
    code = "\n".join(path.read_text("utf-8") for path in FIGURES.glob("*.py"))
    for path in FIGURES.glob("*.svg"):
        assert f'"{path.stem}": {path.stem.replace("-", "_")}' in code, path.name


def test_tags_are_few_and_old_ones_lead_on() -> None:
    tags = {tag for note in NOTES for tag in tags_of(note)}
    assert len(tags) <= MOST_TAGS
    addresses = {f"/tags/{tag.replace(' ', '-')}/" for tag in tags}
    redirects = yaml.safe_load((ROOT / "site.yaml").read_text("utf-8"))["redirects"]
    assert set(redirects.values()) <= addresses
    assert not set(redirects) & addresses
