"""Home pages of VitePress and VuePress: the words of their front matter are the text of the page."""

from notegen.model.config import Config, read_settings
from notegen.read.front_matter.read import read_front_matter
from tests.support.site import SiteTest

VITEPRESS = """\
---
layout: home
hero:
  name: 笔记
  text: Learning, noted
  tagline: From zero
  image: {src: logo.png, alt: A logo}
  actions:
    - theme: brand
      text: Begin
      link: /start
    - text: Elsewhere
      link: https://example.org/
features:
  - icon: 🛠
    title: Small
    details: Every note is short.
  - title: Linked
    link: /start
    linkText: See
  - title: Wide
    link: /start
---

Below the hero.
"""
VUEPRESS = """\
---
home: true
heroText: Notes
tagline: of a course
actionText: Begin →
actionLink: /start/
features: [{title: A, details: b}]
footer: CC-BY
---
"""


def lines(text: str) -> list[str]:
    return [line for line in read_front_matter(text, "index.md", read_settings(Config())).hero if line]


def test_the_hero_of_vitepress_is_markdown() -> None:
    assert lines(VITEPRESS) == [
        "# 笔记",
        "**Learning, noted**",
        "From zero",
        "![A logo](<logo.png>)",
        "[Begin](</start>) · [Elsewhere](<https://example.org/>)",
        "- **Small** Every note is short.",
        "- **Linked** [See](</start>)",
        "- **[Wide](</start>)**",
    ]


def test_that_of_vuepress_too() -> None:
    assert lines(VUEPRESS) == ["# Notes", "of a course", "[Begin →](</start/>)", "- **A** b", "CC-BY"]


def test_other_pages_have_none() -> None:
    assert lines("---\nhero: /photos/wide.jpg\nlayout: post\n---\n") == []
    assert lines("---\nlayout: home\ntitle: x\n---\n") == []
    assert lines("---\nlayout: home\nhero: [1]\nfeatures: {a: b}\n---\n") == []


def test_it_is_the_text_of_the_home_page(site: SiteTest) -> None:
    site.write(".vitepress/config.mts", "export default { title: 'T' }\n").write("start.md", "# Start\n\nText.\n")
    site.write("index.md", VITEPRESS.replace("/start\n    - text", "/nowhere\n    - text").replace("  image", "  # "))
    site.build().expect_lines("index.md:3: warning[link-broken]: nothing to link to at '/nowhere'")
    page = site.html("index.html")
    assert "<strong>Learning, noted</strong>" in page
    assert "Below the hero." in page
    assert "<h2>笔记</h2>" in page
