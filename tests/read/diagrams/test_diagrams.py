"""Diagrams in notes: every way to write them, captions and labels, mistakes at their lines, formulas, kept drawings."""

import re
import shutil
from pathlib import Path

import pytest

from notegen.cache.fragments import FragmentCache
from notegen.diagrams.graphviz import draw_graphviz
from notegen.diagrams.mermaid import prepare
from notegen.diagrams.svg.write import Drawing
from notegen.diagrams.tikz import document
from notegen.diagrams.tikz_sources import kept_name, sources_in
from notegen.model.config import Config, MarkdownConfig, read_settings
from notegen.model.source import SourceFile
from notegen.read.read import make_reader
from tests.support.cases import all_cases
from tests.support.reading import read_note, shown
from tests.support.site import SiteTest

FLOW = "flowchart LR\n  A[甲] --> B\n"
NO_DOT = shutil.which("dot") is None  # one that draws nothing fails the tests
REFUSES = """#!/bin/sh
[ -n "$SERVER_NAME" ] && [ -z "${GV_FILE_PATH+x}" ] && cat > /dev/null && echo '<svg viewBox="0 0 9 9"></svg>' && exit
echo '$GV_FILE_PATH environment variable set; exiting' >&2
exit 1
"""


@all_cases(
    "text",
    [
        f"```mermaid\n{FLOW}```",
        f"~~~mermaid\n{FLOW}~~~",
        f"```{{mermaid}}\n{FLOW}```",
        f"```{{.mermaid}}\n{FLOW}```",
        f"``` {{.mermaid}}\n{FLOW}```",
        f"::: mermaid\n{FLOW}:::",
        f":::mermaid\n{FLOW}:::",
        f"{{% mermaid %}}\n{FLOW}{{% endmermaid %}}",
        f"{{{{< mermaid >}}}}\n{FLOW}{{{{< /mermaid >}}}}",
        f'<div class="mermaid">\n{FLOW.replace(">", "&gt;")}</div>',
        f'<pre class="mermaid">\n{FLOW}</pre>',
        f"> - x\n>\n>   ```mermaid\n>   {FLOW.strip().replace(chr(10), chr(10) + '>   ')}\n>   ```",
    ],
)
def test_every_dialect_is_drawn(text: str) -> None:
    note = read_note(text)
    html = shown(note)
    assert html.count("<svg") == 1
    assert '<figure class="diagram">' in html
    assert ">甲</text>" in html
    assert "script" not in html
    assert [item.code for item in note.diagnostics if item.code != "note-undated"] == []
    assert note.extras == ("diagrams",)


@all_cases(
    ("text", "label"),
    [
        (f"```{{mermaid}}\n%%| label: fig-x\n%%| fig-cap: Words $x$\n{FLOW}```", "fig-x"),
        (f"```{{mermaid}}\n:name: flow\n:caption: Words $x$\n\n{FLOW}```", "flow"),
        (f'```mermaid {{#fig-x fig-cap="Words $x$"}}\n{FLOW}```', "fig-x"),
        (f'```{{.mermaid #fig-x caption="Words $x$"}}\n{FLOW}```', "fig-x"),
        (f'```{{mermaid #fig-x fig-cap="Words $x$"}}\n{FLOW}```', "fig-x"),
    ],
)
def test_captions_and_labels_are_those_of_figures(text: str, label: str) -> None:
    note = read_note(f"{text}\n\nSee [](#{label}).")
    html = shown(note)
    assert f'<figure class="diagram" id="{label}">' in html
    assert "<figcaption><b>Figure 1</b> Words ‹x›</figcaption>" in html
    assert note.block_labels[label].text == "Figure 1"
    assert "fig-cap" not in html


def test_a_caption_without_a_label() -> None:
    html = shown(read_note(f'```mermaid title="Only words"\n{FLOW}```'))
    assert "<figcaption>Only words</figcaption>" in html


def test_what_its_author_wants_as_code_stays_code() -> None:
    for text in (f"```{{.mermaid .code}}\n{FLOW}```", f"```{{mermaid}}\n%%| eval: false\n{FLOW}```"):
        assert shown(read_note(text)) == f"[mermaid] {FLOW.strip()}"
    settings = Config(language="en", markdown=MarkdownConfig(diagrams=False))
    assert "[mermaid] flowchart" in shown(read_note(f"```mermaid\n{FLOW}```", settings))


@all_cases(
    ("text", "place"),
    [
        ("x\n\n```mermaid\nflowchart LR\n  A --> B\n  C[foo --> D\n  E --> F\n```", (6, 3)),
        ("> ```mermaid\n> flowchart LR\n>   A[ --> B\n> ```", (3, 5)),
        ("```{mermaid}\n%%| fig-cap: c\npie\n  a: 1\n```", (4, 3)),
        ("```mermaid\nnonsense\n```", (2, 1)),
        ('<div class="mermaid">\n\n</div>\n\n<div class="mermaid">\nflowchart LR\n A[ --&gt; B\n</div>', (7, 0)),
    ],
)
def test_a_mistake_is_told_at_its_line_and_the_source_is_shown(text: str, place: tuple[int, int]) -> None:
    note = read_note(text)
    (item,) = [item for item in note.diagnostics if item.code == "diagram-syntax"]
    assert (item.line, item.column) == place
    assert "[mermaid] " in shown(note)
    assert "<svg" not in shown(note)


def test_a_caption_stays_below_the_source() -> None:
    html = shown(read_note("```mermaid {#fig-x caption=c}\nnonsense\n```"))
    assert '<figure class="listing" id="fig-x">' in html
    assert "Figure 1" in html


def test_formulas_in_labels_are_typeset_with_the_notes_macros() -> None:
    note = read_note(
        '$\\newcommand{\\R}{\\mathbb R}$\n\n```mermaid\nflowchart LR\n A["in $$x \\in \\R$$ 中"] --> B\n```'
    )
    html = shown(note)
    assert '<div class="drawing-label"' in html
    assert "in ‹x \\in \\R› 中" in html
    assert "<text" in html.partition("<switch>")[2].partition("</switch>")[0]
    assert "zq" not in html
    assert "ℝ" in note.glyphs


@all_cases(
    ("label", "words"),
    [
        ("loss $$\\frac{a}{b}$$ and then more words", "loss ‹\\frac{a}{b}› and then more words"),
        ("设 $$x\\in A$$ 且 $$\\frac{y}{2}\\in B$$ 则成立", "设 ‹x\\in A› 且 ‹\\frac{y}{2}\\in B› 则成立"),
        ("$$\\frac12$$ (a) | b<br/>$$\\sum_i$$ c", "‹\\frac12› (a) | b ‹\\sum_i› c"),
        ("`**a** $$\\frac12$$ b`", "a ‹\\frac12› b"),
    ],
)
def test_words_around_a_high_formula_stay(label: str, words: str) -> None:
    html = shown(
        read_note(f'```mermaid\nflowchart TB\n a["{label}"] -- $$\\frac12$$ way --> b[of $$\\int f$$ it]\n```')
    )
    switches = "".join(re.findall(r"<switch>.*?</switch>", html))
    assert "way" in switches
    assert " it</div>" in switches
    rows = re.findall(r'<div class="drawing-label"[^>]*>(.*?)</div>|<text[^>]*>([^<]*)</text>(?!</switch>)', html)
    assert " ".join(words.split()) in " ".join(" ".join(filter(None, row)) for row in rows)
    assert "zq" not in html


def test_rows_with_a_high_formula_are_twice_as_high() -> None:
    html = shown(read_note('```mermaid\nflowchart TB\n a["a<br/>b $$\\frac12$$<br/>c"]\n```'))
    first, second, third = (float(y) for y in re.findall(r'<text x="[^"]*" y="([^"]*)"', html))
    assert second - first == third - second
    assert round(second - first) == 36  # a row is 24 high


def test_a_formula_that_is_wrong_is_told() -> None:
    note = read_note('x\n\n```mermaid\nflowchart LR\n A["$$\\nothing$$"] --> B\n```')
    assert [(item.code, item.line) for item in note.diagnostics if "math" in item.code] == [
        ("math-undefined-command", 4)
    ]


def test_what_it_is_called() -> None:
    titled = "flowchart LR\n accTitle: Big\n accDescr: Decisions\n A --> B\n"
    assert 'aria-label="Big Decisions"' in shown(read_note(f"```mermaid\n{titled}```"))
    assert 'aria-label="By hand"' in shown(read_note(f'```mermaid {{alt="By hand"}}\n{titled}```'))
    assert 'aria-label="甲 B"' in shown(read_note(f"```mermaid\n{FLOW}```"))


def test_links_are_links_and_scripts_are_not() -> None:
    html = shown(
        read_note(
            '```mermaid\nflowchart LR\n A --> B\n click A "https://example.org/x"\n click B "javascript:alert(1)"\n```'
        )
    )
    assert '<a href="https://example.org/x"' in html
    assert html.partition("</a>")[0].endswith("</g>") or ">A</text>" in html.partition("</a>")[0]
    assert 'href="javascript' not in html


def test_labels_are_in_their_links_whatever_else_has_no_words() -> None:
    flow = 'flowchart LR\n A[aa] --> B\n subgraph g\n B\n C[" "]\n end\n click A "https://example.org/"'
    html = shown(read_note(f"```mermaid\n{flow}\n```"))
    assert ">aa</text>" in html.partition("<a ")[2].partition("</a>")[0]
    assert ' role="group" aria-label="' in html


def test_shapes_as_by_hand_have_the_colours_of_others() -> None:
    look = "---\nconfig:\n  look: handDrawn\n---\nflowchart LR\n A[(x)] --> B((y)) --> C(((z)))\n style B fill:#fcc\n"
    html = shown(read_note(f"```mermaid\n{look}```"))
    shapes = re.findall(r"<(?:circle|path d=\"M0,)[^>]*>", html)
    assert not [shape for shape in shapes if "fill=" not in shape]
    assert len([shape for shape in shapes if 'fill="#f2f3f4" stroke="#5a626d"' in shape]) == 3
    assert len([shape for shape in shapes if 'fill="#ffcccc"' in shape]) == 1


def test_each_is_drawn_once_and_kept() -> None:
    reader = make_reader(read_settings(Config(language="en")))
    source = SourceFile("n.md", f"```mermaid\n{FLOW}```\n\n<!-- more -->\n\n```mermaid\n{FLOW}```", "x")
    fragments = FragmentCache()
    note = reader(source, fragments)
    assert len(fragments.used) == 1
    assert shown(note).count("<svg") == 2
    changed = FragmentCache({key: value.replace("甲", "乙") for key, value in fragments.used.items()})
    assert "乙</text>" in shown(reader(source, changed))


def test_themes_that_fit_one_ground_give_way_and_colours_of_the_author_stay() -> None:
    assert prepare('%%{init: {"theme": "dark"}}%%\ngraph LR\nA-->B', str).source.startswith(
        '%%{init: {"theme": "base"}}'
    )
    html = shown(read_note("```mermaid\ngraph LR\n A --> B\n style A fill:#f9f,color:#123456\n```"))
    assert "light-dark(#ff99ff," in html
    assert "light-dark(#123456," in html


def test_too_much_is_told_and_nothing_hangs() -> None:
    nodes = "\n".join(f" n{at} --> n{at * 7 % 2000}" for at in range(2000))
    for source in (f"flowchart TD\n{nodes}", "flowchart LR\n" + "A-->B\n" * 20_000):
        note = read_note(f"```mermaid\n{source}\n```")
        assert [item.code for item in note.diagnostics if "diagram" in item.code] == ["diagram-large"]


# --- Graphviz


@pytest.mark.skipif(NO_DOT, reason="Graphviz is not installed")
def test_graphviz_is_drawn() -> None:
    note = read_note(
        '```dot {#fig-g caption="G"}\ndigraph { a -> "中文" [label="x<y"] }\n```\n\n'
        "```{dot}\n//| fig-cap: H\ngraph { a -- b }\n```"
    )
    html = shown(note)
    assert html.count("<svg") == 2
    assert ">中文</text>" in html
    assert "Figure 1" in html
    assert "<figcaption>H</figcaption>" in html


@all_cases(
    ("source", "line"),
    [
        ('digraph {\n a [image="/etc/passwd"]\n}', 2),
        ('digraph {\n\n a [shapefile="x"]\n}', 3),
        ('digraph { a [label=<<IMG SRC="/etc/passwd"/>>] }', 1),
        ('graph [fontpath="/tmp"]', 1),
    ],
)
def test_dot_that_names_a_file_is_refused(source: str, line: int) -> None:
    note = read_note(f"```dot\n{source}\n```")
    assert [(item.code, item.line) for item in note.diagnostics if "diagram" in item.code] == [
        ("diagram-file", line + 1)
    ]
    assert "<svg" not in shown(note)


def test_new_versions_of_dot_draw_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What older ones heed, beside SERVER_NAME, makes them refuse all."""
    (tmp_path / "dot").write_text(REFUSES, encoding="utf-8")
    (tmp_path / "dot").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("GV_FILE_PATH", "/")
    assert isinstance(draw_graphviz("digraph { a }"), Drawing)


@pytest.mark.skipif(NO_DOT, reason="Graphviz is not installed")
def test_a_mistake_in_dot_and_what_only_looks_like_a_file() -> None:
    note = read_note("```dot\ndigraph {\n a -> -> b\n}\n```")
    assert [(item.code, item.line) for item in note.diagnostics if "diagram" in item.code] == [("diagram-syntax", 3)]
    assert "<svg" in shown(read_note('```dot\ndigraph { a [label="image=224"] }\n```'))


# --- TikZ


TIKZ = "\\begin{tikzpicture}\n\\draw (0,0) -- (1,1);\n\\end{tikzpicture}\n"


def test_a_kept_picture_is_shown_whatever_its_indentation(site: SiteTest) -> None:
    kept = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/><path d="M0 0L9 9" stroke="#000"/></svg>'
    site.note("a", f"> ```tikz\n> {TIKZ.strip().replace(chr(10), chr(10) + '> ')}\n> ```")
    site.build().expect_report("diagram-missing", kept_name(TIKZ), "notegen diagrams")
    assert '<div class="highlight" data-lang="tikz">' in site.body("a")
    site.write(f"diagrams/{kept_name(TIKZ)}", kept).build().expect_clean()
    assert '<path d="M0 0L9 9" stroke="#000000" style="stroke:var(--ink-strong,#000000)"/>' in site.body("a")
    assert "script" not in site.body("a")


@all_cases(
    ("fence", "name"),
    [("tikz {caption='A line $x$'}", "A line x"), ("tikz {alt=by-hand caption=A}", "by-hand"), ("tikz", "图")],
)
def test_a_picture_without_words_is_called_as_its_caption_says(fence: str, name: str) -> None:
    kept = '<svg viewBox="0 0 9 9"><path d="M0 0L9 9" stroke="#000"/></svg>'
    source = SourceFile("n.md", f"```{fence}\n{TIKZ}```", "x", drawings=((kept_name(TIKZ), kept),))
    note = make_reader(read_settings(Config(language="zh")))(source)
    assert f'role="img" aria-label="{name}"' in shown(note)


def test_a_picture_in_a_formula_is_told_to_have_a_fence() -> None:
    note = read_note(f"$$\n{TIKZ}$$")
    assert [item.hint for item in note.diagnostics if "```tikz" in item.hint]


BY_HAND = '<svg viewBox="0 0 9 9"><path d="M0 0L9 9" stroke="#000"/></svg>'
IN_FIGURE = "\\begin{figure}\n\\centering\n" + TIKZ + "\\caption{A $x$}\\label{fig:a}\n\\end{figure}"


@all_cases(
    "text",
    [
        f"```tikz\n{TIKZ}```",
        f"```{{tikz}}\n%| label: fig-x\n%| fig-cap: c\n{TIKZ}```",
        f"```{{tikz}}\n:name: x\n:caption: c\n\n{TIKZ}```",
        f"- ```{{.tikz}}\n  {TIKZ.strip().replace(chr(10), chr(10) + '  ')}\n  ```",
        f"::: tikz\n{TIKZ}:::",
        f":::{{tikz}}\n:caption: c\n{TIKZ}:::",
        f"{{% tikz %}}\n{TIKZ}{{% endtikz %}}",
        f"{{{{< tikz >}}}}\n{TIKZ}{{{{< /tikz >}}}}",
        f'<script type="text/tikz">\n{TIKZ}</script>',
        TIKZ,
        f"words\n\n> {TIKZ.strip().replace(chr(10), chr(10) + '> ')}\n\nwords",
        IN_FIGURE,
    ],
)
def test_a_picture_of_every_spelling_is_found_and_shown(text: str) -> None:
    names = list(sources_in(text))
    note = make_reader(read_settings(Config()))(SourceFile("n.md", text, "x", drawings=((names[0], BY_HAND),)))
    html = shown(note)
    assert len(names) == html.count("<svg") == 1
    assert html.count("tikzpicture") == 2  # the source, once
    assert [item.code for item in note.diagnostics if item.code != "note-undated"] == []


def test_a_figure_of_latex_keeps_caption_and_label() -> None:
    note = read_note(IN_FIGURE + "\n\nSee \\ref{fig:a}.")
    assert "<b>Figure 1</b> A ‹x›" in shown(note)
    assert note.block_labels["fig:a"].text == "Figure 1"


def test_what_is_never_closed_is_looked_for_once_and_code_holds_no_pictures() -> None:
    text = f"```latex\n{TIKZ}```\n\n\\begin{{tikzpicture}}\n\n::: tikz\n\n```tikz\n\\draw;"
    assert list(sources_in(text).values()) == ["\\draw;\n"]
    assert sources_in("::: tikz\n" + "\\begin{tikzpicture}\n" * 20_000) == {}


def test_sources_are_found_in_every_fence() -> None:
    text = f"```tikz\n{TIKZ}```\n\n- x\n\n  ~~~{{.tikz #fig-a}}\n  \\begin{{axis}}\n  ~~~\n\n```python\ntikz\n```"
    assert list(sources_in(text).values()) == [TIKZ, "\\begin{axis}\n"]


def test_documents_have_what_they_need() -> None:
    assert r"\usepackage{tikz-cd}" in document("\\begin{tikzcd}\nA\n\\end{tikzcd}")
    assert r"\usepackage{pgfplots}" in document("\\begin{axis}\n\\end{axis}")
    assert r"\usepackage{ctex}" in document("\\node {中};")
    needed = document("\\usetikzlibrary{arrows}\n\\draw (0,0);")
    assert needed.index("arrows") < needed.index("begin{document}")
    assert "\\begin{tikzpicture}\n\\draw (0,0);" in document("\\draw (0,0);")


@pytest.mark.skipif(NO_DOT, reason="Graphviz is not installed")
@pytest.mark.parametrize(
    "text",
    [
        "```dot\ngraph { a -- b }\n```",
        "```viz\ngraph { a -- b }\n```",
        "``` {.graphviz}\ngraph { a -- b }\n```",
        "```dot name.svg\ngraph { a -- b }\n```",
        "```dot engine=neato\ngraph { a -- b }\n```",
        "```{graphviz}\n:layout: neato\ngraph { a -- b }\n```",
        ":::{graphviz}\n:name: x\ngraph { a -- b }\n:::",
        "```{digraph} name\n:caption: C\n\na -> b\n```",
        "```{graph}\na -- b\n```",
        "{% graphviz %}\ngraph { a -- b }\n{% endgraphviz %}",
        "{{< dot >}}\ngraph { a -- b }\n{{< /dot >}}",
    ],
)
def test_every_spelling_of_graphviz_is_drawn(text: str) -> None:
    note = read_note(text)
    html = shown(note)
    assert html.count("<svg") == 1
    assert [item.code for item in note.diagnostics if item.code != "note-undated"] == []


@pytest.mark.skipif(NO_DOT, reason="Graphviz is not installed")
def test_an_engine_is_taken_from_the_options_and_two_graphs_are_told() -> None:
    graph = "graph { a -- b -- c -- d -- a }\n"
    assert shown(read_note(f"```dot engine=circo\n{graph}```")) == shown(read_note(f"```circo\n{graph}```"))
    (item,) = [item for item in read_note(f"```dot\n{graph}{graph}```").diagnostics if item.code == "diagram-syntax"]
    assert "more than one graph" in item.message


# --- pages


def test_feeds_have_plain_colours_and_search_has_the_words(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\n")
    site.note("a", f"```mermaid\n{FLOW}```").note("plain", "x").build().expect_clean()
    feed = site.html("atom.xml")
    assert '<svg class="drawing"' in feed
    assert not re.search(r"light-dark\(|var\(--|diagram-source", feed)
    assert '<details class="diagram-source"><summary>mermaid</summary><pre><code>flowchart LR' in site.body("a")
    assert "extra/diagrams" in site.html("posts/a/index.html")
    assert "extra/diagrams" not in site.html("posts/plain/index.html")


def test_links_lead_to_notes(site: SiteTest) -> None:
    site.note("a", '```mermaid\nflowchart LR\n A --> B --> C\n click A "./b.md#h"\n click B "#here"\n```\n\n# Here')
    site.note("b", "# H").build().expect_clean()
    assert re.findall(r'<a href="([^"]*)" transform', site.body("a")) == ["/posts/b/#h", "#here"]
    site.note("a", '```mermaid\nflowchart LR\n A --> B\n click A "none.md"\n```').build()
    site.expect_report("link-broken", "none.md")


def test_two_of_one_kind_share_no_ids(site: SiteTest) -> None:
    site.note("a", f"```mermaid\n{FLOW}```\n\n```mermaid\n{FLOW}```\n\n![[b]]").note(
        "b", f"```mermaid\n{FLOW}```"
    ).build()
    ids = re.findall(r' id="([^"]*)"', site.body("a"))
    assert len(ids) == len(set(ids))
    assert "url(#" not in site.body("a")
    assert site.body("a").count("<svg") == 3
