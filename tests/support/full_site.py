"""A site of sixty notes that uses all that notegen supports, written by chance: the same number makes the same site."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.support.notebooks import base64_png, code, head, markdown, notebook, shown, stream
from tests.support.pictures import exif, picture, png

FOLDERS = ("", "ml/", "ml/deep/", "series/", "数学/", "docs/")
NOTES = tuple(f"{FOLDERS[number % len(FOLDERS)]}n{number:02}" for number in range(48))
OTHERS = (
    "index",
    "about",
    "ml/index",
    "docs/01-intro",
    "docs/02-more",
    "n00.en",
    "n06.en",
    "en/ml/n01",
    "2026-01-04-dated",
    "ml/deep/_index",
)
PLACES = (*NOTES, *OTHERS, "ml/new", "数学/新", "_part", "docs/_code", "en/n12", "gone")  # where notes may come to be
WORDS = ("梯度", "loss", "policy", "扩散", "ELBO", "prior", "$x^2$", "**bold**", "`code`", "*it*", "transformer", "n01")
PICTURES = ("a.png", "b.png", "photo.jpg", "ml/c.svg", "gone.png", "../static/s.png", "/s.png")
KINDS = ("note", "tip", "warning", "theorem", "lemma", "proof", "definition", "example", "exercise", "quote")
KEYS = ("ho2020", "he2015", "vaswani2017", "gone1999")
TAGS = ("VAE", "RL", "nlp/bert", "数学", "tag five")
CATEGORIES = ("Deep", "RL", "Deep/Vision", "概率")

_ALGORITHM = r"""```pseudocode
\begin{algorithm}
\caption{A «n»}
\label{alg:a«n»}
\begin{algorithmic}
\Require $\eta$
\While{$x>«n»$}
\State $x \gets x-1$
\EndWhile
\end{algorithmic}
\end{algorithm}
```

\cref{alg:a«n»}"""
# Paragraphs. «…» stands for something of that kind, drawn anew each time.
BLOCKS = (
    "«words» «words» «words».",
    "## «heading»\n\n«words».",
    "## «heading» {#sec-«n»}\n\n«words» @sec-«n».",
    "### «heading»\n\n«words».",
    "<!-- more -->",
    "Inline $\\theta_«n» = \\mac{«n»}$ and $\\R^«n»$ of \\(q_\\phi\\), $\\nope$.",
    "$$\na_«n» = \\KL{q}{p} \\label{eq:e«n»}\n$$",
    "$$\n\\begin{align}x &= «n» \\label{eq:e«n»}\\\\ y &= \\eqref{eq:e«n»}\\end{align}\n$$",
    "$$\\newcommand{\\mac}[1]{m_{#1}^{«n»}} \\mac{2}$$",
    "$$\\sout{x} \\unknown{«n»} \\tag{«n»}\\label{eq:e«n»}$$",
    "See \\eqref{eq:e«n»}, \\cref{fig:f«n»}, \\ref{thm:t«n»}, @fig-f«n», @tbl-t«n», @eq-e«n» and @lst-l«n».",
    "[[«stem»]], [[«stem»#«heading»]], [[«stem»|called]], [[#^fig-f«n»]], [[«stem»#eq:e«n»]] and [[«title»]].",
    "[path](«relative»), [to](«relative»#«heading»), [](#fig-f«n»), [f](files/data.csv), <https://example.org/«n»>.",
    "![[«stem»]]",
    "![[«stem»#«heading»]]",
    "![[«stem»#^b«n»]]",
    "A paragraph with an id. ^b«n»",
    "![«words»](«picture»)",
    '![Cap $x_«n»$](«picture» "T «n»"){#fig-f«n» width=60%}',
    "![[«picture»|300]]",
    "![film](run.mp4) and ![](https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
    "::: {#fig-f«n» layout-ncol=2}\n\n![one](«picture»){#fig-f«n»a}\n\n![two](«picture»){#fig-f«n»b}\n\n«words»\n:::",
    "| «words» | $|x|$ |\n| :-- | --: |\n| «n» | «words» |\n\n: Rows «n» {#tbl-t«n»}",
    "> [!«kind»] «words»\n> «words» $x$.",
    "> [!theorem|thm:t«n»] «words»\n> «words»\n\n> [!proof]\n> Of [[#thm:t«n»]].",
    "::: {#thm-t«n»}\n## «words»\n«words»\n:::\n\n@thm-t«n»",
    "::: «kind» «words»\n\n«words»\n:::",
    '!!! «kind» "«words»"\n    «words»',
    '=== "pip"\n\n    `pip install x«n»`\n\n=== "uv"\n\n    «words»',
    "::: code-group\n\n```sh [one]\nls «n»\n```\n\n```python [two]\nx = «n»\n```\n\n:::",
    '```python title="a.py" {2} linenos\nx = «n»  # (1)!\ny = x\n```\n\n1. «words»',
    '```{#lst-l«n» .python lst-cap="Code «n»"}\ny = «n»\n```',
    "```nolang\nx «n»\n```",
    "```diff\n- «n»\n+ x\n```",
    '```python file="code/a.py#L1-«n»"\n```',
    "<<< @/code/a.py{1}",
    "{{< include _part.md >}}",
    '--8<-- "docs/_code.md"',
    "<!-- @include: ../_part.md -->",
    "```mermaid\n%%| fig-cap: Flow «words»\n%%| label: fig-f«n»\nflowchart LR\n  A[«n»] --> B[词]\n```",
    "```mermaid\nsequenceDiagram\n  A->>B: «n»\n```",
    '```dot {#fig-f«n» fig-cap="G «n»"}\ndigraph { a -> b«n» [URL="«stem».md"] }\n```',
    "```mermaid\nflowchart LR\n  A -->\n```",
    "```tikz\n\\draw (0,0) -- (1,«n»);\n```",
    _ALGORITHM,
    "[@«key», p. «n»; @«key»] and @«key» say «words».",
    "\\citep{«key»} and [[@«key»]]",
    "[[REFERENCES]]",
    "[[NOTATION]]",
    "[[TOC]]",
    "Text[^f«n»] and[^1].\n\n[^f«n»]: Foot «words».\n[^1]: One $y$.",
    '{{< paper id="1706.«n»" >}} and {% paper «n» %}«words»{% endpaper %}',
    "::: box «words»\n\n«words» [[«stem»]]\n\n:::",
    '{{< figure src="«picture»" caption="«words»" >}}',
    "{% note warning %}\n«words»\n{% endnote %}",
    "{% post_link «stem» %} {% odd «n» %}",
    "- [x] done «n»\n- [ ] «words»\n  1. in\n\n«words»\n: «words»",
    "> [!tip]- Folded\n> «words»\n>\n> ![in](«picture»)",
    "<p style='background: url(a.png)'>raw «n»</p>\n\n<details><summary>S</summary>\n\n**md** [[«stem»]]\n\n</details>",
    "*[ELBO]: evidence «n»\n\nThe ELBO.",
    "$$x\n\nnever closed «n»",
    "Costs $5 and $«n». H~2~O ==mark== ~~gone~~ :tada: #hashtag«n» %%hidden%%",
    ";;small «n»;; is of an extension.",
    "{eq}`eq:e«n»` {ref}`sec-«n»` {cite}`«key»` {term}`x`",
    "```{figure} «picture»\n:name: fig-f«n»\n\nMyST «words»\n```",
    "[x](data.csv) [y](files/data.csv) [z](gone.md) [w](n«n».ipynb) [h](p.html)",
    "key:: value «n»\n\n- [/] half\n- [>] later",
)
FRONT: dict[str, tuple[Callable[[Random], Any], ...]] = {
    "title": (lambda r: f"Title {r.randrange(20)}", lambda r: f"T ${r.choice('xyz')}$", lambda _: '"q": *e*'),
    "date": (
        lambda r: f"2026-0{r.randint(1, 5)}-{r.randint(10, 28)}",
        lambda r: f"2026-06-0{r.randint(1, 9)}",
        lambda r: f"20{r.randint(10, 25)}-01-02 03:04:05 +02:00",
        lambda _: "yesterday",
    ),
    "updated": (lambda r: f"2026-05-{r.randint(10, 28)}",),
    "tags": (lambda r: r.sample(TAGS, r.randint(0, 3)),),
    "categories": (lambda r: r.sample(CATEGORIES, r.randint(0, 2)), lambda _: [["Deep", "Vision"]]),
    "series": (lambda r: f"S{r.randint(1, 3)}",),
    "series_order": (lambda r: r.randint(1, 4),),
    "draft": (lambda r: r.random() < 0.5,),
    "publish": (lambda r: r.random() < 0.6,),
    "hidden": (lambda r: r.random() < 0.5,),
    "sitemap": (lambda _: False,),
    "expires": (lambda r: f"2026-06-0{r.randint(1, 9)}",),
    "slug": (lambda r: f"s{r.randint(1, 5)}", lambda r: "../up" if r.random() < 0.1 else "s1"),
    "permalink": (lambda r: f"/p/{r.randint(1, 4)}/", lambda _: "/", lambda _: "/tags/", lambda _: "/x.html"),
    "aliases": (lambda r: [f"/old/{r.randint(1, 4)}/"], lambda r: [f"n{r.randint(1, 9):02}", "/posts/n01/"]),
    "layout": (lambda _: "page",),
    "summary": (lambda r: f"Sum $x_{r.randint(1, 4)}$ of [[n01]]",),
    "cover": (lambda r: r.choice(PICTURES),),
    "lang": (lambda r: r.choice(("en", "zh-CN", "de")),),
    "translationKey": (lambda r: f"k{r.randint(1, 3)}",),
    "weight": (lambda r: r.randint(1, 4),),
    "sticky": (lambda r: r.randint(0, 2),),
    "authors": (
        lambda r: r.sample(("ada", "Bob", "何"), r.randint(1, 2)),
        lambda _: [{"name": "C", "url": "https://c.org/"}],
    ),
    "citation": (lambda _: True, lambda _: {"doi": "10.1/x", "container-title": "J"}),
    "macros": (lambda r: {"mac": [f"m_{r.randint(1, 4)}#1", 1]}, lambda r: {"mac": f"k{r.randint(1, 3)}"}),
    "notation": (lambda r: {"\\theta_1": f"parameter {r.randint(1, 4)}", "q_\\phi": {"en": "post", "zh": "后验"}},),
    "bibliography": (lambda r: r.choice(("own.bib", "gone.bib", "ml/more.bib")),),
    "number_sections": (lambda r: r.random() < 0.7,),
    "toc": (lambda _: False,),
    "license": (lambda r: f"CC {r.randint(1, 3)}",),
    "custom": (lambda r: {"deep": [r.randint(1, 9)]},),
}
SETTINGS: dict[str, tuple[str, ...]] = {
    "title": ("Everything", "Other *title*"),
    "subtitle": ("sub",),
    "description": ("about $x$",),
    "author": ("Ada", "{name: Ada, url: 'https://a.org/'}"),
    "authors": ("[{name: Ada L., id: ada, orcid: 0000-0002-1825-0097}]", "[{name: Bob, affiliation: U}]"),
    "cite_note": ("true",),
    "base_url": ("https://example.org/", "https://example.org/sub/", "''"),
    "language": ("zh-CN", "en"),
    "languages": ("[zh-CN, en]", "[en, {tag: zh-CN, title: Z}]", "[de, fr]", "[{tag: zh-CN}, {tag: en, path: e}]"),
    "timezone": ("Asia/Shanghai", "America/New_York"),
    "permalink": ("/posts/:slug/", "/:year/:slug/", "/:path/", "/:categories/:slug.html"),
    "permalinks": ("{ml: '/ml-:slug/', docs: '/:path/'}",),
    "addresses": ("{lower: true, punctuation: drop}", "{nested_tags: true}", "{asset_folders: true}"),
    "redirects": ("{/gone/: /posts/n01/, /a/: /b/, /b/: /a/}", "{/out/: 'https://o.org/', /gone2/: /nothing/}"),
    "paginate": ("3", "10"),
    "menu": ("[{name: N, url: /archive/}]",),
    "ignore": ("['docs/*']",),
    "include": ("['docs/_code.md']",),
    "pages": ("['series/*']",),
    "defaults": ("[{path: ml, values: {tags: [ml], draft: true}}]", "[{values: {author: ada}}]"),
    "passthrough": ("['ml/deep/**']",),
    "publish": ("marked", "all"),
    "attachments": ("all", "used"),
    "file_titles": ("written", "always"),
    "sections": ("on", "off"),
    "nav": ("[about.md, {G: [ml/, docs/01-intro.md]}]", "[gone.md, docs/]"),
    "home": ("list", "both", "note"),
    "drafts": ("true",),
    "future": ("true",),
    "expired": ("true",),
    "banner": ("{heading: H}",),
    "excerpt": ("{length: 20}", "{length: 100}"),
    "feed": ("{limit: 3, full_content: false}", "{rss: '', categories: false}", "{filenames: [atom.xml, feed.xml]}"),
    "math": (
        "{macros: {R: '\\mathbb{R}', KL: 'D(#1,#2)'}}",
        "{macros: {R: r}, numbering: all}",
        "{preamble: [macros.tex], packages: [physics]}",
        "{output: source}",
        "{code_dollars: true, unescape: true}",
    ),
    "notation": ("{'\\theta': parameters, 'q_\\phi': {zh: 后验}}", "{'x': ex}"),
    "numbering": ("all", "{sections: true, theorems: by-section}", "{theorems: shared, figures: all}"),
    "markdown": ("{html: false}", "{breaks: true, hashtags: true, emoji: true}", "{diagrams: false}"),
    "highlight": ("{style: friendly, dark_style: monokai}",),
    "images": ("{variants: [20, 40]}", "{enabled: false}", "{metadata: keep}"),
    "notebooks": ("{scripts: true, download: true}", "{output_lines: 2, colab: true}"),
    "categories": ("{list_means: path}",),
    "bibliography": ("refs.bib", "[refs.bib, content/ml/more.bib]", "[gone.bib]", "[refs.json]"),
    "citations": ("{style: author-year}", "{style: numeric}", "{style: apa}", "{style: own.csl}"),
    "papers": ("false",),
    "search": ("{enabled: false}",),
    "outputs": ("{markdown: true, llms: true}",),
    "inject": ("{note_end: '<b>end</b>', head_end: inject.html}", "{body_start: inject.html}"),
    "css": ("[look.css]", "[look.css, gone.css]"),
    "extensions": ("[ext]", "[ext, gone]"),
    "theme": ("[over, transmission]", "[transmission]", "[gone, transmission]"),
    "theme_options": ("{accent: red}",),
    "comments": ("{giscus: {repo: a/b, repo_id: R, category: C, category_id: D}}",),
    "statistics": ("{goatcounter: a}",),
    "license": ("CC BY",),
    "edit_url": ("https://github.com/u/r/edit/main/:path",),
    "params": ("{a: 1}", "{a: {b: [2]}}"),
    "nonsense": ("1",),
}
FIRST_SETTINGS = {
    "title": "Everything",
    "base_url": "https://example.org/",
    "language": "zh-CN",
    "languages": "[zh-CN, en]",
    "authors": "[{name: Ada L., id: ada, orcid: 0000-0002-1825-0097}]",
    "social_cards": "{enabled: false}",
    "search": "{enabled: false}",
    "extensions": "[ext]",
    "css": "[look.css]",
    "inject": "{note_end: '<b>end</b>', head_end: inject.html}",
    "theme": "[over, transmission]",
    "outputs": "{markdown: true, llms: true}",
    "redirects": "{/gone/: /posts/n01/, /out/: 'https://o.org/'}",
    "images": "{variants: [20, 40]}",
    "markdown": "{hashtags: true, emoji: true}",
    "math": "{macros: {R: '\\mathbb{R}', KL: 'D(#1,#2)'}}",
    "notation": "{'\\theta': parameters, 'q_\\phi': {zh: 后验}}",
    "sections": "on",
}
_EXTENSION = """\
from notegen.extensions.api import EXTENSION_API, Extension, Finding, MadeFile, MadePage
from notegen.read.syntax.rule import Rule

def small(state, silent):
    if not state.src.startswith(";;", state.pos):
        return False
    end = state.src.find(";;", state.pos + 2, state.posMax)
    if end < 0:
        return False
    if not silent:
        state.push("small_open", "small", 1)
        state.push("text", "", 0).content = state.src[state.pos + 2 : end] + "«mark»"
        state.push("small_close", "small", -1)
    state.pos = end + 2
    return True

def pages(site):
    items = "".join(f"<li>{note.ref.title} {note.words}</li>" for note in site.notes)
    yield MadePage("/stats/", "Stats", f"<ul>{items}</ul>«mark»")
    yield MadeFile("stats.json", '{"notes": %d}' % len(site.notes))

def short(site):
    for note in site.notes:
        if note.words < 30:
            yield Finding(note.ref.path, "short «mark»")

def shout(text):
    return f"{text}«mark»"

def extension():
    rules = (Rule("inline", "small", small, starts=";", before="emphasis"),)
    return Extension(api=EXTENSION_API, rules=rules, pages=pages, filters={"shout": shout}, checks=(short,))
"""
_CSL = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>x</title><id>x</id>
<updated>2020-01-01T00:00:00Z</updated></info><citation><layout prefix="<" suffix="«mark»>" delimiter=";">
<text variable="title"/></layout></citation><bibliography><layout><text variable="title"/></layout></bibliography>
</style>
"""
_WORKS = r"""
@misc{ho2020, title={Diffusion on $\ell_2$}, author={Ho, J}, year=2020}
@article{he2015, title={残差}, author={何, 恺明}, year=2015}
@misc{vaswani2017, title={Attention}, url={https://a.org}}
"""
# Other files: path -> its contents at different times; None: it is not there.
FILES: dict[str, tuple[str | bytes | None, ...]] = {
    "content/a.png": (png(), png(30, 20), png(3, 3), b"no picture", None),
    "content/b.png": (png(60, 30), png(50, 30), None),
    "content/photo.jpg": (picture("JPEG", 60, 30, exif=exif(6)), picture("JPEG", 50, 30), None),
    "content/ml/c.svg": ('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "<svg", None),
    "content/run.mp4": (b"film", b"other", None),
    "content/files/data.csv": ("a,b\n1,2\n", "a\n", None),
    "content/p.html": ("<p>raw <a href=a.png>x</a>", "<p>other", None),
    "content/code/a.py": ("x = 1\ny = 2\nz = 3\n", "x = 9\n", "# region r\nq = 1\n# endregion\n", None),
    "content/_part.md": ("Included **part** $x$ [[n01]].\n", "Part {{< include docs/_code.md >}}\n\n## In\n", None),
    "content/docs/_code.md": ("Code @fig-f1\n", "[@ho2020]\n\n{{< include ../_part.md >}}\n", None),
    "content/own.bib": ("@misc{own, title={Own}}\n", "@misc{ho2020, title={Mine}}\n", None),
    "content/ml/more.bib": ("@misc{he2015, title={More}, year=2015}\n", None),
    "refs.bib": (
        _WORKS,
        "@misc{ho2020, title={Diffusion}, author={Ho, J and Abbeel, P}, year=2021}\n",
        "@misc{he2015, title={R}}\n@misc{ho2020, title={broken\n",
        "@misc{ho2020, title={A}}\n@misc{ho2020, title={B}}\n",
        None,
    ),
    "refs.json": ('[{"id": "ho2020", "type": "book", "title": "J"}]', "[", None),
    "own.csl": (_CSL.replace("«mark»", "!"), _CSL.replace("«mark»", "?"), "<style", None),
    "macros.tex": (
        "\\newcommand{\\R}{\\mathbb R}\n\\newcommand{\\mac}[1]{f_{#1}}\n",
        "\\def\\R{R}\n",
        "\\newcommand{",
        None,
    ),
    "data/people.yaml": ("- {name: Ada}\n- {name: Bob}\n", "- {name: Eve}\n", "[", None),
    "data/table.csv": ("a,b\n1,2\n", "a,b\n3,4\n", None),
    "data/deep/x.json": ('{"k": 1}', '{"k": 2}', "{", None),
    "shortcodes/paper.html": (
        '<a href="https://arxiv.org/abs/{{ args | length }}">{{ body }}{{ data.people | length }}</a>',
        "<i>{{ note.title | shout }}</i>{{ body }}",
        "{{ data.table[0].a }}{{ nothing.at.all }}",
        "{% if %}",
        None,
    ),
    "shortcodes/box.html": (
        "<div class='box'>{{ args | length }}{{ body }}</div>",
        "<section>{{ body }}</section>",
        None,
    ),
    "extensions/ext.py": (
        _EXTENSION.replace("«mark»", "1"),
        _EXTENSION.replace("«mark»", "2"),
        "def extension():\n    return 1 / 0\n",
        "def extension(:",
        None,
    ),
    "look.css": (":root { --accent: red; }\n", "a { color: url(x.png) }\n", None),
    "inject.html": ("<meta name=x content=1>\n", "<!-- two -->\n", None),
    "static/s.png": (png(4, 4), png(5, 5), None),
    "static/posts/n01/index.html": ("taken", None),
    "static/CNAME": ("example.org", None),
    "diagrams/x.svg": ("<svg/>", None),
    "themes/over/theme.yaml": ("name: over\n", "name: over\ncss: [css/o.css]\n", "[", None),
    "themes/over/static/css/o.css": ("a {}\n", "b {}\n", None),
    "themes/over/i18n/en.yaml": ("tags: Labels\n", "tags: Marks\n", None),
    "themes/over/i18n/zh-CN.yaml": ("tags: 标\n", None),
    "themes/over/templates/note.html": (
        "{% extends '!transmission/note.html' %}",
        "{% extends '!transmission/base.html' %}{% block main %}{{ page.note.html | safe }}{{ data }}{% endblock %}",
        "{{ page.gone.field }}",
        None,
    ),
    "themes/over/templates/parts/note-footer.html": (
        "<footer>{{ page.note.ref.title | shout }}</footer>",
        "<footer/>",
        None,
    ),
    "content/ml/book.ipynb": (
        notebook(
            head("Book", tags=["RL"]),
            markdown("## Cell\n\n$$x\\label{eq:e1}$$\n\nSee @fig-f2 and [[n01]]."),
            code(
                "#| label: fig-f2\n#| fig-cap: Loss\nplot()", shown({"image/png": base64_png(4, 4), "text/plain": "x"})
            ),
            code("print(1)", stream("1\n2\n3\n4\n")),
        ),
        notebook(head("Book", draft=True), markdown("Other [@ho2020]."), code("1", shown({"text/html": "<b>x</b>"}))),
        "{",
        None,
    ),
    "content/ml/script.py": (
        "# ---\n# title: Script\n# jupyter: {jupytext: {}}\n# ---\n# %% [markdown]\n# Text $x$ @fig-f1\n# %%\nx = 1\n",
        "# %%\nx = 1\n",
        None,
    ),
    "content/docs/quarto.qmd": ("---\ntitle: Q\n---\n\n```{python}\n#| label: fig-f3\nx\n```\n\n@fig-f3\n", None),
    "content/docs/toml.md": (
        '+++\ntitle = "Toml"\ndate = 2026-01-05\n+++\n\nText.\n',
        '{"title": "J"}\n\nText.\n',
        None,
    ),
    "content/docs/broken.md": ("fine\n", "---\ntitle: [\n---\n", "---\nx: 1\n", b"\xff\xfe", "a\0b", None),
    "content/ml/deep/x.txt": ("x", None),
}
_BROKEN = ("content/docs/broken.md", "static/posts/n01/index.html", "diagrams/x.svg")  # not there at first
_HOLE = re.compile("«([a-z]+)»")


def block(chance: Random) -> str:
    """Return a paragraph."""
    return _filled(chance.choice(BLOCKS), chance)


def _filled(text: str, chance: Random) -> str:
    """Return a text with something in each of its holes; its numbers are mostly one and the same."""
    number = chance.randint(1, 6)

    values: dict[str, Callable[[], str]] = {
        "n": lambda: str(number if chance.random() < 0.8 else chance.randint(1, 6)),
        "words": lambda: " ".join(chance.choices(WORDS, k=chance.randint(1, 5))),
        "heading": lambda: f"Part {chance.randint(1, 4)}",
        "stem": lambda: chance.choice(PLACES).rpartition("/")[2],
        "relative": lambda: f"{chance.choice(('', '../', './'))}{chance.choice(PLACES)}.md",
        "title": lambda: f"Title {chance.randint(0, 19)}",
        "picture": lambda: chance.choice(PICTURES),
        "kind": lambda: chance.choice(KINDS),
        "key": lambda: chance.choice(KEYS),
    }
    return _HOLE.sub(lambda match: values[match[1]](), text)


def front_line(key: str, chance: Random) -> str:
    """Return a line of front matter."""
    return f"{key}: {json.dumps(chance.choice(FRONT[key])(chance), ensure_ascii=False)}"


def note_text(chance: Random, number: int) -> str:
    """Return a note with a title, a date, other keys by chance, and some paragraphs."""
    keys = ("draft", "hidden", "publish", "permalink", "slug", "expires", "layout", "lang")  # rarer
    others = [key for key in FRONT if key not in {"title", "date", *keys}]
    chosen = chance.sample(others, chance.randint(0, 4)) + chance.sample(keys, chance.random() < 0.15)
    lines = [f"title: Title {number}", f"date: 2026-0{number % 5 + 1}-{number % 18 + 10}"]
    lines += [front_line(key, chance) for key in chosen]
    return (
        "---\n"
        + "\n".join(lines)
        + "\n---\n\n"
        + "\n\n".join(block(chance) for _ in range(chance.randint(1, 7)))
        + "\n"
    )


def settings_text(settings: dict[str, str]) -> str:
    """Return site.yaml."""
    return "".join(f"{key}: {value}\n" for key, value in settings.items())


def write_site(root: Path, chance: Random) -> None:
    """Write the site into a folder, each file in its first form; every kind of paragraph is in some note."""
    for number, place in enumerate((*NOTES, *OTHERS)):
        kinds = [_filled(text, chance) for text in BLOCKS[number :: len(NOTES)]] if number < len(NOTES) else []
        write(root / f"content/{place}.md", note_text(chance, number) + "".join(f"\n{text}\n" for text in kinds))
    for path, contents in FILES.items():
        if path not in _BROKEN and contents[0] is not None:
            write(root / path, contents[0])
    write(root / "site.yaml", settings_text(FIRST_SETTINGS))


def write(file: Path, data: str | bytes) -> None:
    """Write a file, and the folders to it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data.encode() if isinstance(data, str) else data)
