"""With raw HTML off nothing runs that stands elsewhere than in a note's text: notebooks, works, data, names, drawings.

Also what readers set in motion: search, previews, feeds and other files opened in a browser.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from notegen.diagrams.tikz_sources import kept_name
from notegen.system.pagefind import indexer
from tests.browser.test_injection_browser import BREAKS, what_runs
from tests.support.notebooks import base64_png, code, failed, head, markdown, notebook, shown, stream
from tests.support.site import SiteTest
from tests.support.theme_site import Served, build, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

BREAK = "".join(BREAKS)
SCRIPT = "javascript:ran(41)"
HOSTILE_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9" '
    'viewBox="0 0 9 9" onload="ran(42)"><script>ran(43)</script><a xlink:href="javascript:ran(44)"><text>t</text></a>'
    '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="ran(45)"/></foreignObject>'
    '<animate onbegin="ran(46)" attributeName="x" dur="1s"/><set attributeName="href" to="javascript:ran(47)"/>'
    '<use href="data:image/svg+xml,&lt;svg onload=ran(48)&gt;"/><style>@import "javascript:ran(49)"</style></svg>'
)
SETTINGS = {
    "title": "T",
    "language": "en",
    "base_url": "/",
    "markdown": {"html": False, "emoji": True, "hashtags": True},
    "authors": [
        {"name": BREAK, "id": "ada", "url": "https://example.org/" + BREAK, "affiliation": BREAK, "email": BREAK}
    ],
    "languages": ["en", {"tag": "zh-CN", "name": BREAK, "title": BREAK, "description": BREAK}],
    "nav": [{BREAK: "fields.md"}],
    "sections": "on",
    "redirects": {
        "/" + BREAKS[5]: "/posts/fields/",
        "/old/": "https://example.org/" + BREAKS[1],
        "/older/": "/" + BREAK,
    },
    "notation": {"\\theta": BREAK, BREAKS[5]: BREAK},
    "menu": [{"name": BREAK, "url": "/x/"}],
    "edit_url": "https://example.org/" + BREAKS[1] + ":path",
    "outputs": {"markdown": True, "llms": True},
    "notebooks": {"download": True, "colab": True},
    "comments": {"giscus": {"repo": "a/b", "repo_id": BREAK, "category": BREAK, "category_id": BREAK}},
    "cite_note": True,
    "numbering": "all",
}
FRONT = {
    "title": BREAK,
    "date": "2026-01-02",
    "authors": ["ada", {"name": BREAK, "url": SCRIPT, "orcid": BREAK, "affiliation": BREAK, "email": BREAK}],
    "citation": {"doi": BREAK, "container-title": BREAK, "type": BREAK, "url": SCRIPT},
    "series": BREAK,
    "categories": [[BREAKS[0], BREAKS[5]]],
    "tags": list(BREAKS),
    "cover": SCRIPT,
    "summary": BREAK,
    "notation": {"x": BREAK},
    "macros": {"m": BREAK},
    "lang": "en",
    "license": SCRIPT,
}
WORK = """\
@misc{{k{number}, title={{{text}}}, author={{{text}, A and B, {text}}}, url={{{script}}}, doi={{{text}}},
  note={{{text}}},  journal={{{text}}}, publisher={{{text}}}, year=2020}}
"""
TEXT = """\
[@k0, @; @k1] @k5 @gone

[[NOTATION]]

```mermaid
flowchart LR
  A["@"] -->|"@"| B["<img src=x onerror=ran(50)>"]
  click A "javascript:ran(51)" "@"
  click B call ran(52)
  style A fill:url(javascript:ran(53))
```

```mermaid {#fig-x fig-cap="@" fig-alt="@"}
%%{init: {"securityLevel": "loose", "themeCSS": "@import url(javascript:ran(54))"}}%%
sequenceDiagram
  participant A as @
  A->>B: @
```

```dot
digraph { a [label="<script>ran(55)</script>" URL="javascript:ran(56)" tooltip="\\" onmouseover=\\"ran(57)" target="@"]
 b [label=<<b>x</b><img src="x" onerror="ran(58)"/>>]
 a -> b [label="]]><script>ran(59)</script>" href="JaVaScript:ran(60)"]
 node [shape=none image="javascript:ran(61)"] }
```

```tikz
hostile
```

```pseudocode
\\begin{algorithm}
\\caption{@}
\\label{@}
\\begin{algorithmic}
\\State @ \\Comment{@}
\\end{algorithmic}
\\end{algorithm}
```

=== "@"

    @

::: code-group

```sh [@]
@
```

:::

::: {.panel-tabset}
## @
x
:::

??? note "@"
    @

```{figure} x.svg
:name: @
:alt: @
@
```

```{admonition} @
:class: @
@
```

{term}`@` {abbr}`@ (@)` {eq}`@` {cite}`@` {ref}`@ <@>` {doc}`@ <@>` {download}`@ <@>`

![@](x.svg "@"){#fig-y onclick="ran(62)" style="background:url(javascript:ran(63))" width="@" .@}

[x]{onclick="ran(64)" onmouseover=ran(65)} `x`{onclick="ran(66)"} **x**{: onclick="ran(67)"}

| a | b |
| - | - |
| @ | @ |

: @ {#tbl-x onclick="ran(68)"}

## T {#h onclick="ran(69)" style="@"}

![[x.svg|@]] ![[fields|@]] ![[fields#@]] ![film](@.mp4) ![](https://www.youtube.com/watch?v=@) ![](https://b.tv/video/BV1"@)

{% note @ %}
@
{% endnote %}

{% label @ @ %}

{% btn javascript:ran(70), @ %}

{% video javascript:ran(71) %}

{% iframe @ %}

{% tabs @ %}
<!-- tab @@@ -->
@
<!-- endtab -->
{% endtabs %}

{{< youtube "@" >}}

{{< figure src="javascript:ran(72)" link="javascript:ran(73)" caption="@" >}}

{{< own "@" x="@" >}}@{{< /own >}} text

{{< button href="javascript:ran(74)" >}}@{{< /button >}}

{{< audio src="@" >}}

{{< gist @ @ >}}

{{< details summary="@" >}}
x
{{< /details >}}

{++@++} {--@--} {~~@~>@~~} {>>@<<} ++@++ ^^@^^ [@:: @]

key:: @

(@) @

*[HTML]: @

HTML $\\href{javascript:ran(75)}{x}$ $\\unicode{@}$ $\\style{@}{x}$ $\\class{@}{x}$ $\\cssId{@}{x}$
$\\data{@}{x}$ $\\ce{@}$

$$\\begin{CD} A @>@>> B \\end{CD}$$

<https://example.org/@> https://example.org/" onmouseover="ran(76) <javascript:ran(77)> <data:text/html,ran>

[a](<javascript:ran(78)>) [b](JAVASCRIPT&colon;ran(79)) [c](&#106;avascript:ran(80)) [d](java%73cript:ran(81)) [e][f]

[f]: javascript:ran(82) "@"
"""


def notebook_text() -> str:
    """Return a notebook with scripts in all of its fields."""
    data = {
        "text/html": f"<div onclick='ran(90)'>{BREAK}</div><a href='javascript:ran(91)'>x</a><iframe srcdoc='{BREAK}'>",
        "text/plain": BREAK,
    }
    return notebook(
        head(BREAK, tags=[BREAK]),
        markdown(f"# {BREAK}\n\n<img src=x onerror=ran(92)>\n\n{BREAK}\n\n![x](attachment:{BREAK})"),
        code(
            f"#| label: fig-{BREAK}\n#| fig-cap: {json.dumps(BREAK)}\n#| fig-alt: {json.dumps(BREAK)}\n{BREAK}",
            shown(data),
        ),
        code("1", shown({"image/svg+xml": HOSTILE_SVG}), shown({"image/png": base64_png(2, 2)}, **{BREAK: BREAK})),
        code("2", shown({"text/markdown": BREAK + "\n\n<img src=x onerror=ran(93)>\n\n[x](javascript:ran(94))"})),
        code("3", shown({"text/latex": f"$\\href{{javascript:ran(95)}}{{x}}$ {BREAK}"})),
        code("4", stream(BREAK), stream("\x1b[31m" + BREAK + "\x1b]8;;javascript:ran(96)\x07x\x1b]8;;\x07", "stderr")),
        code("5", failed(BREAK), shown({"application/json": BREAK, "application/vnd.plotly.v1+json": BREAK})),
        code("6", shown({"application/javascript": "ran(97)", "text/plain": "x"})),
        title=BREAK,
    )


def write_site(site: SiteTest) -> SiteTest:
    """Write the site: JSON is YAML."""
    site.write("site.yaml", json.dumps(SETTINGS))
    works = [WORK.format(number=number, text=text, script=SCRIPT) for number, text in enumerate(BREAKS)]
    site.write("refs.bib", "".join(works)).write("data/people.json", json.dumps({"name": BREAK}))
    site.write(
        "shortcodes/own.html", '<b title="{{ args[0] }}">{{ args | string }}{{ data.people.name }}{{ body }}</b>'
    )
    site.write("content/x.svg", HOSTILE_SVG).write("content/book.ipynb", notebook_text())
    site.write(f"diagrams/{kept_name('hostile')}", HOSTILE_SVG)
    site.write("content/fields.md", f"---\n{json.dumps(FRONT)}\n---\n\n" + TEXT.replace("@", BREAKS[5]))
    for number, text in enumerate(BREAKS):
        body = TEXT.replace("[@k0", "[&k0").replace("@k5", "&k5").replace("@", text).replace("&k", "@k")
        front = {"title": f"n{number}", "date": "2026-01-03", "lang": ("en", "zh-CN")[number % 2]}
        site.write(f"content/n{number}.md", f"---\n{json.dumps(front)}\n---\n\n{body}\n\n[[fields]] [[n0]]\n")
    site.write("content/<img src=x onerror=ran(98)>.md", "Named so. #tag\n")
    site.write("content/\"onload='ran(99)'.md", "---\ndate: 2026-01-01\n---\n\n# \n")
    return site


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    """Return the built site."""
    return write_site(SiteTest(tmp_path_factory.mktemp("fields"))).build("--keep-going", expect=None)


def test_nothing_runs_on_any_page(hostile: SiteTest, page: "Page") -> None:
    assert len(hostile.files()) > 40
    assert what_runs(hostile, page) == []


@pytest.mark.parametrize("pattern", ["*.xml", "*.json", "*.txt", "*.md", "*.bib"])
def test_files_that_are_no_pages_run_nothing_in_a_browser(hostile: SiteTest, page: "Page", pattern: str) -> None:
    ran: list[str] = []
    page.expose_function("ran", lambda what: ran.append(f"{page.url}: {what}"))
    with served(hostile.root / "public") as website:
        for path in sorted(website.folder.rglob(pattern))[:12]:
            page.goto(website.url + path.relative_to(website.folder).as_posix(), wait_until="commit")
            page.wait_for_load_state()
    assert ran == []


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Served]":
    """Return the site with a search index."""
    if not indexer():
        pytest.skip("pagefind_bin_extended is not installed")
    site = write_site(SiteTest(tmp_path_factory.mktemp("searched") / "site"))
    with served(build(site.root, site.root.parent / "web", site.root.parent / "cache")) as website:
        yield website


def test_search_results_and_previews_run_nothing(searched: Served, page: "Page") -> None:
    ran: list[str] = []
    page.expose_function("ran", lambda what: ran.append(f"{page.url}: {what}"))
    page.goto(f"{searched.url}posts/n0/", wait_until="load")
    page.locator(".e-content > p:last-of-type a[href]").first.hover()
    page.wait_for_selector(".preview:not([hidden])")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.wait_for_selector("dialog.search[open]")
    for words in ("script", "onerror", BREAKS[5]):
        page.fill("dialog.search input", words)
        page.wait_for_selector("dialog.search a[href]:has-text('ran')")
    page.wait_for_timeout(500)  # for what a picture that is not there would run
    assert ran == []
