"""The manual in docs/: its reference is what the code says, it builds without a warning, its examples are true."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from notegen.math.diagnostics import ONLY_KATEX
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from scripts.manual import CONTENT, reference, with_results
from tests.support.cases import all_cases
from tests.support.katex import no_katex
from tests.support.paths import ROOT
from tests.support.shell import run_shell
from tests.support.site import SiteTest

AGAIN = "run `python scripts/manual.py`"
PAGES = sorted(CONTENT.rglob("*.md"))
REFERENCE = reference()
WRITTEN = [page for page in PAGES if page.relative_to(CONTENT).as_posix() not in REFERENCE]  # by people
CODE = re.compile(r"(`+)(.+?)\1(?!`)")
FENCE = re.compile(r'^(`{3,})(\w+)(?: title="([^"\n]+)")?\n(.*?)^\1$', re.MULTILINE | re.DOTALL)


def name(page: Path) -> str:
    return page.relative_to(CONTENT).as_posix()


def test_the_reference_is_current() -> None:
    assert {path for path, text in REFERENCE.items() if (CONTENT / path).read_text("utf-8") != text} == set(), AGAIN


@all_cases("page", WRITTEN, ids=name)
def test_results_are_those_of_the_examples(page: Path) -> None:
    text = page.read_text("utf-8")
    assert with_results(text) == text, AGAIN


def test_results_follow_their_examples() -> None:
    text = "````markdown result\n**a**\n````\n\nMore.\n"
    once = with_results(text)
    assert once.count("**a**") == 2
    assert with_results(once) == once
    assert with_results(once.replace("**a**", "*b*", 1)).count("*b*") == 2


def test_the_manual_lists_what_is_lost_without_katex_and_what_to_write() -> None:
    section = (CONTENT / "writing" / "mathematics.md").read_text("utf-8").partition("{#without-katex}")[2]
    named = set(re.findall(r"\\\w+", section))
    shades = {name for name in ONLY_KATEX if re.fullmatch(r"\\[a-z]+[A-I]", name)}
    assert ONLY_KATEX - shades - named == set()
    instead = [
        code for row in re.findall(r"^\| .* \| (.*) \|$", section, re.MULTILINE) for _, code in CODE.findall(row)
    ]
    with no_katex():
        rendered = render_formulas([Snippet(latex, display=False) for latex in instead], {}, katex=None).formulas
    assert {formula.engine for formula in rendered} == {"math-core"}
    assert len(rendered) > 8


def test_dollars_of_the_reference_are_no_formulas() -> None:
    """The words of a command's help may be those of a shell: `"$(notegen completion bash)"`."""
    pages = "\n".join(REFERENCE[name] for name in ("reference/commands.md", "reference/settings.md"))
    assert re.findall(r"(?<!\\)\$", re.sub(r"^```.*?^```$|`[^`\n]+`", "", pages, flags=re.MULTILINE | re.DOTALL)) == []


@pytest.mark.slow
def test_the_manual_builds_without_a_warning(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns(".notegen", "public"))
    site = SiteTest(tmp_path / "docs").build("--strict", "-b", "https://example.org/docs/")
    assert "writing/mathematics/index.html" in site.files()
    assert "zh/start/index.html" in site.files()


def consoles(page: Path) -> Iterator[tuple[str, str]]:
    """Yield what a page does in a folder: (path, text) of a file, or ("", what a terminal shows)."""
    for _, language, title, text in FENCE.findall(page.read_text("utf-8")):
        if title or language == "console":
            yield title, text


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in WRITTEN if "```console" in page.read_text("utf-8")], ids=name)
def test_commands_show_what_the_manual_shows(page: Path, tmp_path: Path) -> None:
    """A line `...` stands for any lines, `...` in a line for any words."""
    site = tmp_path / "site"
    site.mkdir()
    for title, text in consoles(page):
        if title:
            (site / title).parent.mkdir(parents=True, exist_ok=True)
            (site / title).write_text(text, encoding="utf-8")
            continue
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            done = run_shell(["bash", "-c", f"{command} 2>&1"], site, tmp_path / "bin")
            assert done.returncode == 0, done.stdout
            pattern = re.escape(re.sub(r"^\.\.\.\n", "...", shown, flags=re.MULTILINE)).replace(r"\.\.\.", ".*")
            assert re.fullmatch(pattern, done.stdout, re.DOTALL), f"{command}\n{done.stdout}"


@all_cases("page", WRITTEN, ids=name)
def test_the_words_of_the_manual_are_a_newcomer_s(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.startswith("---\ntitle: ")
    assert "\ndescription: " in text
    assert not re.search(r"\b(memo|hole|stage|emit|dialects?)\b", re.sub(r"`[^`]*`", "", text), re.IGNORECASE)
