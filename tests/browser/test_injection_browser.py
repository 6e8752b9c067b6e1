"""With raw HTML off nothing that a note holds runs: one note with scripts in every place, opened in Chromium."""

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.support.site import SiteTest
from tests.support.theme_site import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Each closes what it may stand in: text, attributes in either quotes, a script, a style, a comment, a title.
BREAKS = (
    "<script>ran(1)</script>",
    '"><script>ran(2)</script>',
    "'><script>ran(3)</script>",
    "</script><script>ran(4)</script>",
    "</title></style></textarea>--><script>ran(5)</script>",
    "<img src=x onerror=ran(6)>",
    "<svg onload=ran(7)>",
    '" onmouseover="ran(8)" autofocus onfocus="ran(8)" x="',
    "{{ ran(9) }}{% ran %}",
    "]]><script>ran(10)</script>",
)
LINKS = ("javascript:ran(20)", "data:text/html,<script>ran(21)</script>", "vbscript:ran(22)", " java\nscript:ran(23)")
SETTINGS = """\
title: '@'
subtitle: '@'
description: '@'
author: '@'
license: '@'
language: en
base_url: https://example.org/
markdown: {html: false, hashtags: true, emoji: true}
banner: {kicker: '@', heading: '@'}
menu: [{name: '@', url: /}]
math: {macros: {bad: '\\text{@}'}}
params: {x: '@'}
"""
BODY = """\
@

# @

## @ {#@ .@ onclick=ran(30)}

**@** *@* ~~@~~ ==@== `@` [@](@) ![@](@ "@") [[@]] [[@|@]] ![[@]] [^@] <@> #@ :@: %%@%%

$@$ $\\text{@}$ $\\href{@}{x}$ $\\url{@}$ $\\htmlClass{@}{x}$ $\\htmlData{a=@}{x}$ $\\label{@}$ \\eqref{@} $\\bad$

$$
\\begin{@} x \\tag{@} \\label{@} \\end{@}
$$

```@
@
```

```python title="@" {@}
@
```

```mermaid
@
```

> [!note] @
> @

> [!@] @
> @

::: tip @
@
:::

::: {#@ .theorem name="@"}
@
:::

{% note @ %}
@
{% endnote %}

{{< figure src="@" caption="@" alt="@" link="@" >}} {{< @ >}} {% @ %}

| @ | $@$ |
| --- | --- |
| @ | @ |

- [ ] @

@
: @

*[@]: @

[^@]: @

<div onclick="ran(31)" style="@">@</div>

<a href="javascript:ran(32)">x</a> <iframe srcdoc="@"></iframe> <object data="@"></object>
<math><a href="@">x</a></math>
"""
LINES = '[x](@) [x]: <@>\n\n[y][z] ![x](@) <@> [[@]]\n\n[z]: @\n\n$\\href{@}{x}$ $\\url{@}$ {{< ref "@" >}}\n'


def quoted(text: str) -> str:
    """Return a text as a YAML scalar in single quotes."""
    return "'" + text.replace("'", "''").replace("\n", " ") + "'"


def write_site(site: SiteTest) -> SiteTest:
    """Write a note for each of the breaks, with it in every field and construct; links with other schemes."""
    site.write("site.yaml", SETTINGS.replace("'@'", quoted("".join(BREAKS))).replace("@", BREAKS[0]))
    for number, text in enumerate(BREAKS):
        names = ("title", "summary", "category", "series", "author", "cover", "license", "keywords", "custom")
        front = [f"{name}: {quoted(text)}" for name in names]
        front += [f"tags: [{quoted(text)}]", f"aliases: [{quoted('/' + text)}]", "date: 2026-01-02"]
        body = BODY.replace("@", text)
        site.write(f"content/n{number}.md", "---\n" + "\n".join(front) + f"\n---\n\n{body}\n\n[[n{number}]]\n")
    for number, link in enumerate(LINKS):
        site.write(
            f"content/l{number}.md", f"---\ntitle: l{number}\ndate: 2026-01-02\n---\n\n" + LINES.replace("@", link)
        )
    return site.build("--keep-going", expect=None)


def what_runs(site: SiteTest, page: "Page") -> list[str]:
    """Return what runs on any page of a built site: calls of `ran`, handlers, addresses that are scripts."""
    ran: list[str] = []
    page.expose_function("ran", lambda what: ran.append(f"{page.url}: {what}"))
    page.on("dialog", lambda dialog: dialog.dismiss())
    with served(site.root / "public") as website:
        files = [path for path in website.folder.rglob("*.html") if "http-equiv" not in path.read_text("utf-8")]
        for path in files:  # pages of old addresses lead on at once, without a script
            page.goto(website.url + quote(path.relative_to(website.folder).as_posix()), wait_until="load")
            page.evaluate(_TOUCH)
    return ran


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    """Return the built site."""
    return write_site(SiteTest(tmp_path_factory.mktemp("hostile")))


def test_nothing_runs_on_any_page(hostile: SiteTest, page: "Page") -> None:
    assert len(list((hostile.root / "content").glob("*.md"))) == len(BREAKS) + len(LINKS)
    assert what_runs(hostile, page) == []


def test_what_runs_is_seen(site: SiteTest, page: "Page") -> None:
    """With raw HTML a note may run scripts on its own page: the test above would see them."""
    site.note("a", "<script>ran(1)</script>\n\n<b onclick='ran(2)'>x</b>\n\n<a href='javascript:ran(3)'>y</a>").build()
    seen = "\n".join(what_runs(site, page))
    assert "/posts/a/index.html: 1\n" in seen
    assert "handler onclick" in seen
    assert "javascript:ran(3)" in seen


_TOUCH = """() => {
  for (const element of document.querySelectorAll('body *')) {
    for (const kind of ['mouseover', 'focus', 'click'])
      if (!element.closest('a, button, summary, form')) element.dispatchEvent(new Event(kind));
    for (const attribute of element.attributes) {
      if (attribute.name.startsWith('on')) ran('handler ' + attribute.name + ' on ' + element.outerHTML.slice(0, 200));
      if (['href', 'src', 'action', 'data', 'xlink:href'].includes(attribute.name) &&
          /^\\s*(javascript|vbscript|data:text)/i.test(attribute.value)) ran(element.outerHTML.slice(0, 200));
    }
  }
}"""


@pytest.mark.parametrize("name", ["atom.xml", "sitemap.xml"])
def test_feeds_are_data(hostile: SiteTest, name: str) -> None:
    text = (hostile.root / "public" / name).read_text("utf-8")
    assert "<script" not in text
