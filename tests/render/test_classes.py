"""Every class that pages have is styled by the theme, and every class that the theme styles is on some page.

Pages: a note with everything that has a class, and the golden site. Classes written by scripts are read in the scripts.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pygments.token import STANDARD_TYPES

import notegen
from notegen.read.syntax.callouts.kinds import WORDS
from tests.support.html import elements
from tests.support.paths import ROOT, TRANSMISSION
from tests.support.pictures import png
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow

PACKAGE = Path(notegen.__file__).parent
EXPECTED = ROOT / "tests" / "golden" / "expected"
CALLOUTS = "\n\n".join(f"> [!{word}] T\n> x" for word in WORDS if word.isascii())
EVERYTHING = (
    CALLOUTS
    + r"""

[[nowhere]] #tag ![d](a.png#only-dark) ![l](a.png#only-light) ![p](a.png){.photo} ![q](a.png){.plot}
\eqref{eq:a} [^1] $\foo$，

![[other]]

> [!note]- Folded
> x

$$x \label{eq:a}$$

$\cancel{x}\bcancel{y}\sout{z}$ *强调*

$$a = b + c \qquad d = e + f$$

$$\begin{aligned} a &= bbbbbbbbbb + cccccccccc + dddddddddd \end{aligned}$$

- [ ] task
- [/] half

{% pullquote left %}
x
{% endpullquote %}

{% pullquote right %}
x
{% endpullquote %}

{% centerquote %}
x
{% endcenterquote %}

{% youtube abcdefghijk %}

![](https://youtu.be/abcdefghijk)

![](a.png) ![](a.png)

{% btn /archives/, x %} {% label primary@x %} {% label x green %} {% label x purple %} {% span red, x %}
{% span warning, x %} {% emp x %} {% wavy x %} {% psw x %}

```mermaid
flowchart LR
  A["$$x$$"] --> B
```

{% gallery %}
![](a.png)
{% endgallery %}

{% timeline T %}
<!-- node 2024 -->
x
{% endtimeline %}

=== "A"

    a

=== "B"

    b

::: box Title
x
:::

::: {#fig-rows layout-ncol=2}
![a](a.png)
:::

```python title="a.py" linenos {1} ins={2} del={3}
a
b
c
```

```python fold wrap
x  # (1)!
```

1. A note.

```python diff
+a
 b
```

```console
$ ls
a
```

| a |
|---|
| b |

## Heading

[@work]

[^1]: Note.

```python lineanchors
x
```

\begin{figure}
\begin{minipage}{0.45\textwidth}
\includegraphics{a.png}
\end{minipage}
\begin{minipage}{0.45\textwidth}
\includegraphics{a.png}
\end{minipage}
\end{figure}

\begin{minipage}{0.45\textwidth}
A
\end{minipage}
\begin{minipage}{0.45\textwidth}
B
\end{minipage}
"""
)

# Classes without a style, each with who needs it.
HOOKS = {
    "programs: microformats2": "h-card h-entry h-feed dt-published dt-updated p-author p-summary u-url",
    "giscus: where it puts itself": "giscus",
    "Twikoo: dark pages": "darkmode",
    "scripts: where a site's own KaTeX finds formulas": "math-inline",
    "feeds and search leave these links out": "footnote-back",
    "a site's own styles: what its note says": "box aside",
    "a site's own styles: kinds that look as all callouts do": (
        "callout-note callout-info callout-todo callout-assumption callout-algorithm callout-exercise callout-summary"
        " callout-tldr callout-done callout-help callout-faq callout-fail callout-missing callout-cite"
    ),
    "a site's own styles: parts that look as what is around them": (
        "output-stdout code-fold code-notes eqref contains-task-list year step plain previous newer in-series rank-1"
    ),
}
# Classes with a style that no page of ours has, each with who writes them.
FOREIGN = {
    "KaTeX in the browser, with math.output: source": "katex katex-display",
    "Pandoc's lists, in folders of Quarto": " ".join(
        f"{name}-{sign}" for name in ("paren", "parens") for sign in "1aAiI"
    ),
    "a graph of thousands of notes: those that are only points": "points",
}

_SELECTORS = re.compile(r"([^{}]+)\{")
_COMPOUND = re.compile(r"([a-z][a-z0-9]*)?((?:\.-?[A-Za-z_][\w-]*)+)")
_WRITTEN_BY_SCRIPTS = re.compile(
    r"""className[ =:]+["`]([\w -]*)|classList\.\w+\("([\w-]+)"|span\(["']([\w-]+)"""
    r"""|make\((?:hit\.code \? "code" : )?"\w+", "([\w-]+)\""""
)
_IN_TEXT = re.compile(r"""\bclass=\\?["']([\w -]+)""")


def words(groups: Iterable[str]) -> set[str]:
    return {name for group in groups for name in group.split()}


def pairs(html: str) -> Iterator[tuple[str, str]]:
    """The elements of a page with their classes: ("a", "anchor")."""
    yield from ((element.name, name) for element in elements(html) for name in element.classes)


def written_in_templates() -> Iterator[tuple[str, str]]:
    """What needs more than a site with every feature: the box of search, whose index is made by another program."""
    for path in sorted((TRANSMISSION / "templates").rglob("*.html")):
        bare = re.sub(r"\{%.*?%\}|\{#.*?#\}", " ", path.read_text("utf-8"), flags=re.DOTALL)
        for tag, names in re.findall(r'<(\w+)\b[^<>]*?\sclass="([^"]*)"', bare):
            yield from ((tag, name) for name in re.sub(r"\S*\{\{.*?\}\}\S*", "", names).split())


def written_by_scripts() -> set[str]:
    """The classes that the theme's scripts give to elements."""
    texts = [path.read_text("utf-8") for path in sorted((TRANSMISSION / "static").rglob("*.js"))]
    return words(
        name for text in texts for found in _WRITTEN_BY_SCRIPTS.finditer(text) for name in found.groups() if name
    )


def written_by_code() -> set[str]:
    """The classes that stand in the texts of notegen's code: `'<a class="eqref" …'`, `{"class": "hashtag"}`."""
    found: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent.name == "export":  # what is no page of the site
            continue
        tree = ast.parse(path.read_text("utf-8"))
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
                found |= words(_IN_TEXT.findall(node.value))
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if isinstance(key, ast.Constant) and key.value == "class" and isinstance(value, ast.Constant):
                        found |= words([str(value.value)])
    return {name for name in found if not name.endswith("-")}  # and a variable follows


def notebook() -> str:
    """Return a notebook with outputs of all kinds, in all colours of terminals."""
    colors = "".join(f"\x1b[{code}m{code}\x1b[0m" for code in (*range(1, 10), *range(30, 48), *range(90, 108)))
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": colors + "\n"},
        {"output_type": "stream", "name": "stderr", "text": "x\n" * 40},
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<table><tr><td>1</td></tr></table>"}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]},
    ]
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "1", "outputs": outputs}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})


@pytest.fixture(scope="module", name="pages")
def every_page(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    site = SiteTest(tmp_path_factory.mktemp("classes") / "site")
    site.write(
        "site.yaml",
        "title: T\nbase_url: https://e.org/\nmarkdown: {hashtags: true}\nnotebooks: {download: true}\ngraph: on\n",
    )
    site.write("content/a.png", png())
    for number in range(10):
        tags = [f"t{rank}" for rank in range(number + 1)]
        site.note(f"n{number}", "x", tags=tags, series="s", categories=["c"], weight=number)
    site.write("content/refs.bib", "@misc{work, title={Work}}")
    site.write("content/cells.ipynb", notebook())
    return (
        site.note("other", "Text.")
        .note("n", EVERYTHING + "\n## S\n", updated="2026-02-03", number_sections=True)
        .build(expect=None)
    )


@pytest.fixture(scope="module", name="styled")
def styled_classes(pages: SiteTest) -> set[tuple[str, str]]:
    """(tag or "", class) of each compound selector with a class; the stylesheet of a site has those of code too."""
    (path,) = (path for path in pages.files() if path.startswith("css/main."))
    rare = [TRANSMISSION / "static/search/search.css", *sorted((TRANSMISSION / "static/extra").glob("*.css"))]
    sheets = [pages.html(path), *(path.read_text("utf-8") for path in rare)]
    preludes = [
        text for sheet in sheets for text in _SELECTORS.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    ]
    found = [item for text in preludes if "@" not in text for item in _COMPOUND.finditer(text)]
    return {(item[1] or "", name) for item in found for name in item[2].split(".")[1:]}


@pytest.fixture(scope="module", name="written")
def written_classes(pages: SiteTest) -> set[tuple[str, str]]:
    """(tag, class) of each element of a page."""
    texts = [pages.html(path) for path in pages.files() if path.endswith(".html")]
    texts += [path.read_text("utf-8") for path in sorted(EXPECTED.rglob("*.html"))]
    return {pair for text in texts for pair in pairs(text)} | set(written_in_templates())


def test_every_class_of_a_page_is_styled(written: set[tuple[str, str]], styled: set[tuple[str, str]]) -> None:
    names = {name for _, name in written} | written_by_scripts()
    assert names - {name for _, name in styled} - words(HOOKS.values()) - set(STANDARD_TYPES.values()) == set()


def test_every_class_that_is_styled_is_on_a_page(written: set[tuple[str, str]], styled: set[tuple[str, str]]) -> None:
    """A selector with an element's name too, such as `a.broken`, must fit an element that has the class."""
    code = set(STANDARD_TYPES.values())
    known = written | {("", name) for name in {name for _, name in written} | written_by_scripts() | code}
    known |= {("span", name) for name in written_by_scripts()}
    assert {pair for pair in styled - known if pair[1] not in words(FOREIGN.values())} == set()


def test_the_pages_have_every_class_that_the_code_writes(written: set[tuple[str, str]]) -> None:
    csl = {"nocase"}  # what citeproc is given for words that keep their case, and takes out
    assert written_by_code() - {name for _, name in written} - {"math-inline", "points"} - csl == set()


def test_no_exception_is_left_over(written: set[tuple[str, str]], styled: set[tuple[str, str]]) -> None:
    assert words(HOOKS.values()) & {name for _, name in styled} == set()
    assert words(HOOKS.values()) - {name for _, name in written} == {"math-inline", "giscus", "darkmode"}
    assert words(FOREIGN.values()) <= {name for _, name in styled}
