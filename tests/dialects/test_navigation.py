"""Tables of contents of other programs, as `nav` of site.yaml."""

import pytest

from notegen.dialects.dialect import Dialect
from notegen.dialects.programs.jupyter_book import JUPYTER_BOOK, MYST
from notegen.dialects.programs.mkdocs import MKDOCS
from notegen.dialects.programs.quarto import QUARTO
from notegen.dialects.programs.vitepress import VITEPRESS

MKDOCS_NAV = """\
nav:
  - index.md
  - 基础: [a/index.md, a/b.md]
  - C: c.md
  - Code: https://x.org
"""
PARTS = """\
format: jb-book
root: intro
parts:
- caption: One
  chapters:
  - file: a
    sections:
    - file: a1
  - file: b
    title: Bee
  - url: https://x.org
    title: Out
"""
TOC = """\
project:
  toc:
  - file: index.md
  - title: Part
    children:
    - file: a.md
"""
SIDEBARS = """\
export default {themeConfig: {sidebar: {
  '/guide/': [{text: 'Guide', items: [{text: 'Start', link: '/guide/'}, {text: 'Next', link: '/guide/next.html#x'}]}],
  '/api/': {items: [{link: '/api/a'}]},
}}}
"""
BOOK = """\
book:
  chapters:
  - index.qmd
  - part: One
    chapters: [a.qmd]
  - part: two.qmd
    chapters: [b.qmd]
"""
SIDEBAR = """\
website:
  sidebar:
    contents:
    - section: S
      contents: [a.qmd]
    - text: T
      href: b.qmd
    - '---'
"""


def nav(dialect: Dialect, path: str, text: str) -> object:
    """Return the setting `nav` that a configuration file gives."""
    settings = {setting.name: setting.value for setting in dialect.translate({path: text}).settings}
    return settings.get("nav")


@pytest.mark.parametrize(
    ("dialect", "path", "text", "expected"),
    [
        (
            *(MKDOCS, "mkdocs.yml", MKDOCS_NAV),
            ["index.md", {"基础": ["a/index.md", "a/b.md"]}, {"C": "c.md"}, {"Code": "https://x.org"}],
        ),
        (JUPYTER_BOOK, "_toc.yml", PARTS, [{"One": [{"a": ["a1"]}, {"Bee": "b"}, {"Out": "https://x.org"}]}]),
        (JUPYTER_BOOK, "_toc.yml", "root: intro\nchapters:\n- file: a\n- file: b\n", ["a", "b"]),
        (MYST, "myst.yml", TOC, ["index.md", {"Part": ["a.md"]}]),
        (
            *(VITEPRESS, ".vitepress/config.ts", SIDEBARS),
            [{"Guide": [{"Start": "guide/index.md"}, {"Next": "guide/next.md"}]}, "api/a.md"],
        ),
        (QUARTO, "_quarto.yml", BOOK, ["index.qmd", {"One": ["a.qmd"]}, {"two.qmd": ["b.qmd"]}]),
        (QUARTO, "_quarto.yml", SIDEBAR, [{"S": ["a.qmd"]}, {"T": "b.qmd"}]),
        (MKDOCS, "mkdocs.yml", "site_name: x\n", None),
        (VITEPRESS, ".vitepress/config.ts", "export default {themeConfig: {sidebar: 'auto'}}", None),
    ],
)
def test_a_table_of_contents_is_nav(dialect: Dialect, path: str, text: str, expected: object) -> None:
    assert nav(dialect, path, text) == expected
