"""Every page is valid HTML, says the Nu HTML checker: the example blog's, and those of strange notes."""

from pathlib import Path

import pytest

from tests.support.theme_site import build
from tests.support.vnu_npm import vnu_errors

STRANGE = {
    "formula": "---\ntitle: $\\frac{a}{b}$\ncategory: <b>\ntags: [../x, 'a\"b', 标签 1]\n---\n\n",
    "long": f"---\ntitle: {'很长的标题' * 60}\nlang: he\nseries: ../s\n---\n\nשלום $x$ עולם\n\n![](gone.png)\n",
    "maths": "---\ntitle: <b>&amp;\ndate: 2026-01-02\n---\n\n"
    "$$\\begin{cases} \\dfrac ab \\\\ \\displaystyle\\sum x_{\\begin{aligned} a &= b \\end{aligned}} \\end{cases}$$\n\n"
    "$\\textcolor{tomato}{\\textcircled{a}}$ $\\hspace{3pt}$ $\\genfrac(]{2pt}{0}{a}{b}$ $\\nope$\n\n"
    "| a | $|x|$ |\n|---|--:|\n| 1 |  |\n\n1. $$x$$\n\n   ```python linenos {1}\n   x\n   ```\n\n- [ ] $x$\n",
    "empty": "",
}


@pytest.fixture(name="strange")
def strange_site(tmp_path: Path) -> Path:
    """Return the output folder of a site of notes that look for trouble."""
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "site.yaml").write_text('title: \'"<b>&\'\nbase_url: /a/\nmenu: [{"<i>": /archives/}]\n', "utf-8")
    for name, text in STRANGE.items():
        (content / f"{name}.md").write_text(text, "utf-8")
    return build(tmp_path, tmp_path / "public", tmp_path / "cache")


def test_every_page_is_valid(example_folder: Path, kinds_folder: Path, strange: Path) -> None:
    """Of the example blog, of a site with every kind of page, and of strange notes; one checker for all of them."""
    assert vnu_errors(example_folder, kinds_folder, strange) == []
