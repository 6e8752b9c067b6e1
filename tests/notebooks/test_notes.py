"""Notebooks are notes: their front matter, one numbering over all cells, code and what it has shown."""

import base64
import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.support.cases import check_each
from tests.support.notebooks import base64_png, code, failed, head, markdown, notebook, png, shown, stream
from tests.support.site import SiteTest

FIGURE = {"image/png": base64_png(40, 20), "text/plain": "<Figure size 640x480 with 1 Axes>"}


def built(site: SiteTest, *cells: dict[str, object], settings: str = "") -> str:
    """Return the body of a notebook of these cells, with front matter."""
    site.write("site.yaml", f"base_url: https://example.org/\nlanguage: en\n{settings}\n")
    site.write("content/n.ipynb", notebook(head(), *cells)).build()
    return site.body("n")


def all_built(site: SiteTest, notebooks: Sequence[tuple[dict[str, Any], ...]]) -> list[str]:
    """Return the body of each notebook, all of one site."""
    for number, cells in enumerate(notebooks):
        site.write(f"content/n{number}.ipynb", notebook(head(f"N{number}"), *cells))
    site.write("site.yaml", "base_url: https://example.org/\nlanguage: en\n").build()
    return [site.body(f"n{number}") for number in range(len(notebooks))]


# --- front matter


def test_front_matter_is_a_raw_cell(site: SiteTest) -> None:
    site.write("content/n.ipynb", notebook(head("Title $x$", tags=["t"]), markdown("Words."))).build()
    assert "<title>Title x" in site.html("posts/n/index.html")
    assert site.output("tags/t/index.html").is_file()
    assert "Words." in site.body("n")
    assert "date:" not in site.body("n")


def test_front_matter_is_a_first_cell_as_fastpages_has_it(site: SiteTest) -> None:
    cell = markdown("# My title: it is\n> A summary.\n\n- categories: [a]\n- date: 2026-01-02\n")
    site.write("content/n.ipynb", notebook(cell, markdown("Words."))).build()
    page = site.html("posts/n/index.html")
    assert "<title>My title: it is" in page
    assert 'content="A summary."' in page
    assert site.body("n").strip() == "<p>Words.</p>"


def test_front_matter_is_metadata_and_keys_of_tools_are_not(site: SiteTest) -> None:
    site.write("content/n.ipynb", notebook(markdown("Words."), title="Of metadata", date="2026-01-02", colab={"a": 1}))
    site.build().expect_clean()
    assert "<title>Of metadata" in site.html("posts/n/index.html")


def test_a_title_is_the_first_heading(site: SiteTest) -> None:
    site.write("content/n.ipynb", notebook(markdown("# Heading\n\nWords."))).build()
    assert "<title>Heading" in site.html("posts/n/index.html")
    assert "<h1" not in site.body("n")


# --- one note


def test_numbers_labels_and_footnotes_are_those_of_one_note(site: SiteTest) -> None:
    body = built(
        site,
        markdown("$$\na \\label{eq:a}\n$$\n\nSee @fig-b.[^1]"),
        code("#| label: fig-b\n#| fig-cap: It is $x$\nplot()", shown(FIGURE)),
        markdown("By \\eqref{eq:a}.\n\n[^1]: A foot."),
    )
    site.expect_clean()
    assert '<a class="eqref" href="#eq-a">(1)</a>' in body
    assert '<a href="#fig-b">' in body
    assert '<figure id="fig-b">' in body
    assert "A foot." in body
    assert "fig-cap" not in body


def test_what_is_open_in_one_cell_does_not_swallow_the_next(site: SiteTest) -> None:
    body = built(site, markdown("```python\nopen"), markdown("$$\nx"), markdown("::: note\ny"), markdown("## Heading"))
    assert '<h2 id="Heading"' in body or '<h2 id="heading"' in body


def test_excerpts_and_word_counts_leave_outputs_out(site: SiteTest) -> None:
    site.write("content/n.ipynb", notebook(head(), markdown("Some words."), code("x", stream("printed words\n"))))
    site.build()
    home = site.html("index.html")
    assert "Some words." in home
    assert "printed" not in home
    assert "printed" in site.html("atom.xml")
    assert '"words": 2' in site.run("inspect", str(site.root / "content/n.ipynb"), "--json").stdout


def test_notes_link_to_a_notebook_as_to_a_note(site: SiteTest) -> None:
    site.note("a", "[it](n.ipynb) and [[n]]").write("content/n.ipynb", notebook(head("Title"), markdown("x"))).build()
    assert site.body("a").count('href="/posts/n/"') == 2


# --- code and options


def test_code_has_the_language_of_its_kernel_or_its_magic(site: SiteTest) -> None:
    body = built(site, code("%%bash\nls"), code("!pip install x"), code("x = 1", vscode={"languageId": "r"}))
    assert [part.split('"')[0] for part in body.split('data-lang="')[1:]] == ["bash", "ipython", "r"]


HIDING: tuple[tuple[str, dict[str, Any], bool, bool], ...] = (
    ("#| echo: false\nx = 1", {}, False, True),
    ("#| include: false\nx = 1", {}, False, False),
    ("#| output: false\nx = 1", {}, True, False),
    ("#|echo: false\n#|output: false\nx = 1", {}, False, False),
    ("# hide\nx = 1", {}, False, False),
    ("x = 1", {"tags": ["remove-input"]}, False, True),
    ("x = 1", {"tags": ["remove_output"]}, True, False),
    ("x = 1", {"tags": ["remove-cell"]}, False, False),
    ("x = 1", {"nbsphinx": "hidden"}, False, False),
    ("#| eval: false\nx = 1", {}, True, True),
)


def test_options_and_tags_hide(site: SiteTest) -> None:
    bodies = all_built(site, [(code(source, stream("printed\n"), **data),) for source, data, *_ in HIDING])

    def check(number: int, _source: str, _metadata: object, has_code: bool, has_output: bool) -> None:
        body = bodies[number]
        assert ("highlight" in body, "printed" in body) == (has_code, has_output)
        assert "#|" not in body

    check_each(HIDING, check)


def test_front_matter_hides_the_code_of_all_cells_that_do_not_say_otherwise(site: SiteTest) -> None:
    first = head(execute={"echo": False})
    cells = code("hidden()", stream("out\n")), code("#| echo: true\nshown_code()", stream("more\n"))
    site.write("content/n.ipynb", notebook(first, *cells)).build()
    body = site.body("n")
    assert "hidden" not in body
    assert "shown_code" in body
    assert '<pre tabindex="0">out</pre>' in body


def test_options_and_tags_fold(site: SiteTest) -> None:
    body = built(
        site,
        code("#| code-fold: true\n#| code-summary: Show it\na", stream("one\n")),
        code("b", stream("two\n"), shown(FIGURE), tags=["hide-output"]),
        code("c", stream("three\n"), jupyter={"source_hidden": True, "outputs_hidden": True}),
    )
    assert "<summary>Show it</summary>" in body
    assert body.count('<details class="code-fold"') == 2
    assert body.count('<details class="output-fold"') == 2
    assert body.index("one") < body.index("<summary>Output</summary>") < body.index("two") < body.index("<img")


def test_warnings_are_left_out_where_they_are_not_wanted(site: SiteTest) -> None:
    body = built(site, code("#| warning: false\nx", stream("kept\n"), stream("UserWarning\n", "stderr")))
    assert "kept" in body
    assert "UserWarning" not in body


# --- outputs


def test_pictures_are_files_beside_the_page_with_their_sizes(site: SiteTest) -> None:
    body = built(site, code("plot()", shown(FIGURE, **{"image/png": {"width": 20}})))
    name = body.split('src="/posts/n/n_files/')[1].split('"')[0]
    assert site.output(f"posts/n/n_files/{name}").read_bytes() == png(40, 20)
    assert 'width="20"' in body
    assert 'height="10"' in body


def test_plots_are_turned_in_dark_mode_as_those_of_files_are(site: SiteTest) -> None:
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste((0, 0, 0), (20, 20, 40, 22))
    written = BytesIO()
    picture.save(written, "PNG")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!-- matplotlib --><path d="M0 0"/></svg>'
    site.write("content/plot.png", written.getvalue()).note("a", "![](plot.png)")
    body = built(
        site,
        code("x", shown({"image/png": base64.b64encode(written.getvalue()).decode()})),
        code("y", shown(FIGURE)),
        code("z", shown({"image/svg+xml": svg})),
    )
    assert 'class="plot"' in site.body("a")
    assert [('class="plot"' in part) for part in body.split("<img")[1:]] == [True, False, True]


def test_a_picture_that_nobody_sees_is_not_published(site: SiteTest) -> None:
    built(site, code("#| output: false\nplot()", shown(FIGURE)), settings="attachments: all")
    assert not [path for path in site.files() if "n_files" in path]


def test_pictures_of_drafts_stay_private(site: SiteTest) -> None:
    site.write("site.yaml", "attachments: all\n").note("a", "x")
    site.write("content/n.ipynb", notebook(head(draft=True), code("x", shown(FIGURE)))).build()
    assert not [path for path in site.files() if path.endswith(".png")]


def test_several_pictures_of_a_cell_are_parts_of_one_figure(site: SiteTest) -> None:
    options = "#| label: fig-x\n#| fig-cap: Both\n#| fig-subcap:\n#|   - One\n#|   - Two\n#| layout-ncol: 2\nx"
    other = {"image/png": base64_png(40, 20, 9)}
    body = built(site, code(options, shown(FIGURE), shown(other)), markdown("@fig-x, @fig-x-2"))
    assert 'id="fig-x-1"' in body
    assert '<a href="#fig-x-2">' in body
    assert body.count("<img") == 2


CAPTIONS = (
    ("区间 [0, 1)", "区间 [0, 1)"),
    ("a] b [c", "a] b [c"),
    ("a backslash \\", "a backslash \\"),
    ("costs 5$", "costs 5$"),
    ("a ` tick", "a ` tick"),
    ("a < b", "a &lt; b"),
    ('say "x"', "say &quot;x&quot;"),
    ("see [*a*](https://e.org/)", 'see <a href="https://e.org/"'),
    ("`a[0` [b]", "<code>a[0</code> [b]"),
)
LABELS = (
    "",
    "#| label: fig-x\n",
)


def test_captions_never_break_their_picture(site: SiteTest) -> None:
    cases = [(written, shown_as, label) for written, shown_as in CAPTIONS for label in LABELS]
    bodies = all_built(
        site,
        [
            (code(f"{label}#| fig-cap: '{written}'\nplot()", shown(FIGURE)), markdown("After."))
            for written, _, label in cases
        ],
    )

    def check(number: int, _written: str, shown_as: str, _label: str) -> None:
        body = bodies[number]
        caption = body.split("<figcaption>")[1].split("</figcaption>")[0].replace("\N{LEFT DOUBLE QUOTATION MARK}", '"')
        assert shown_as in caption.replace('"x"', "&quot;x&quot;")
        assert body.count("<img") == 1
        assert "](" not in body
        assert "{#" not in body

    check_each(cases, check)


def test_a_formula_in_a_caption_keeps_its_brackets(site: SiteTest) -> None:
    body = built(site, code("#| label: fig-x\n#| fig-cap: On $[0, 1)$\nplot()", shown(FIGURE)))
    site.expect_clean()
    assert "<annotation" in body.split("<figcaption>")[1] or "katex" in body.split("<figcaption>")[1]
    assert "[0, 1)" in body
    assert "&#91;" not in body


def test_options_that_are_no_yaml_are_told(site: SiteTest) -> None:
    body = built(site, code("#| fig-cap: [unclosed\nplot()", shown(FIGURE)), code("#| export\n#| echo: false\nx"))
    assert "<figcaption>[unclosed</figcaption>" in body
    site.expect_lines("content/n.ipynb: cell 2, line 1: warning[notebook-option]: the options of the cell are no YAML")


def test_pictures_with_one_caption_are_one_figure_whatever_stands_between(site: SiteTest) -> None:
    other = {"image/png": base64_png(40, 20, 9)}
    cell = code("#| label: fig-x\n#| fig-cap: Both\nx", shown(FIGURE), stream("between\n"), shown(other))
    body = built(site, cell, markdown("@fig-x"))
    site.expect_clean()
    assert body.count("Both") == 1
    assert body.count('id="fig-x"') == 1
    assert body.rindex("<img") < body.index("between")


@pytest.mark.parametrize("options", ["#| label: lst-a", "#| label: fig-b\n#| lst-label: lst-a", "#| lst-label: lst-a"])
def test_code_with_a_label_is_a_listing_with_its_caption(site: SiteTest, options: str) -> None:
    body = built(
        site,
        code(f"{options}\n#| lst-cap: 'The [0, 1) $x$'\n#| filename: a.py\n#| code-fold: true\nx = 1", shown(FIGURE)),
        markdown("@lst-a"),
    )
    site.expect_clean()
    assert '<figure class="listing" id="lst-a">' in body
    assert "Listing 1" in body
    assert "The [0, 1) <" in body
    assert 'data-lang="python"' in body
    assert "a.py" in body
    assert '<details class="code-fold"' in body


def test_a_table_of_markdown_has_its_caption_and_label(site: SiteTest) -> None:
    table = {"text/markdown": "| a | b |\n|---|--:|\n| 1 | 2 |\n", "text/plain": "x"}
    body = built(site, code("#| label: tbl-a\n#| tbl-cap: A $x$\nx", shown(table), shown(table)), markdown("@tbl-a"))
    site.expect_clean()
    assert body.count('id="tbl-a"') == 1
    assert body.count("Table 1") == body.count("Table\xa01") == 1
    assert '<a href="#tbl-a">' in body


def test_attachments_of_cells_are_files(site: SiteTest) -> None:
    cell = markdown("![a](attachment:my%20pic.png) ![b](attachment:gone.png)")
    body = built(site, {**cell, "attachments": {"my pic.png": {"image/png": base64_png()}}})
    assert 'src="/posts/n/n_files/' in body
    site.expect_lines("content/n.ipynb: cell 2, line 1: warning[image-broken]")


def test_streams_have_colours_and_progress_bars_their_last_state(site: SiteTest) -> None:
    bar = stream("\r  0%|   | 0/9\r 50%|#  | 4/9\r100%|###| 9/9\n", "stderr")
    body = built(site, code("x", stream("\x1b[1;31mred\x1b[0m <b>\n"), bar))
    assert '<span class="ansi-red ansi-bold">red</span> &lt;b&gt;' in body
    assert "100%|###| 9/9" in body
    assert "50%" not in body
    assert 'class="output output-stderr"' in body


def test_tables_of_pandas_are_clean(site: SiteTest) -> None:
    html = (
        "<div>\n<style scoped>\n    .dataframe tbody tr th {\n vertical-align: top;\n }\n</style>\n"
        '<table border="1" class="dataframe">\n<thead>\n<tr style="text-align: right;">\n<th></th>\n<th>a</th>\n</tr>'
        "</thead><tbody><tr><th>0</th><td>1</td></tr></tbody></table>\n</div>"
    )
    data = {"text/html": html, "text/plain": "   a\n0  1"}
    body = built(site, code("#| label: tbl-a\n#| tbl-cap: A table\nx", shown(data)), markdown("@tbl-a"))
    assert '<div class="table-scroll" tabindex="0"><table class="dataframe">' in body
    assert "style" not in body.replace("</style>", "")
    assert "border=" not in body
    assert "<td></td>" in body
    assert '<figure class="output" id="tbl-a">' in body
    assert '<a href="#tbl-a">' in body


def test_formulas_and_markdown_go_through_our_engines(site: SiteTest) -> None:
    body = built(
        site,
        code("a", shown({"text/latex": "$\\displaystyle \\frac{x}{2}$", "text/plain": "x/2"})),
        code("b", shown({"text/markdown": "**bold** $y$", "text/plain": "<object>"})),
    )
    assert 'class="math-display"' in body
    assert "<strong>bold</strong>" in body
    assert "object" not in body


HARMFUL = (
    'in <img src=x onerror="evil()"> a <b onclick="evil()">line</b>',
    "in <script>evil()</script> a line",
    "<script>evil()</script>",
    '<iframe src="evil()"></iframe>',
    '<div markdown="1" onclick="evil()">\n*x*\n</div>',
    '<p onclick="evil()">$x$ <img src=x onerror=evil()></p>',
    "| a |\n|--|\n| <img src=x onerror=evil()> |",
    '<a href="java&#10;script:evil()">x</a>',
    '<svg onload="evil()"></svg>',
    "x[^a]\n\n[^a]: <img src=x onerror=evil()>",
    "x^[<img src=x onerror=evil()>]",
    "Term\n: <img src=x onerror=evil()>",
    "{{< rawhtml >}}<script>evil()</script>{{< /rawhtml >}}",
    "{% raw %}<script>evil()</script>{% endraw %}",
    "<Foo onclick=evil()>",
    '<b title="1 > 0" onclick="evil()">',
)


def test_html_in_markdown_that_a_cell_has_shown_is_harmless(site: SiteTest) -> None:
    outputs = [shown({"text/markdown": text + "\n\n<b title='1 < 2'>kept</b>"}) for text in HARMFUL]
    bodies = all_built(site, [(code("x", output),) for output in outputs])

    def check(number: int, _text: str) -> None:
        assert "evil()" not in bodies[number]
        assert "kept</b>" in bodies[number]

    check_each(zip(HARMFUL), check)


def test_html_of_an_authors_own_cell_stays(site: SiteTest) -> None:
    own = '<details open class="x"><summary>s</summary>x</details>\n\n<script>own()</script>'
    body = built(site, markdown(own), code("x", shown({"text/markdown": "y"})), markdown(own))
    assert body.count("<script>own()</script>") == 2
    assert body.count('<details open class="x">') == 2


def test_an_output_asks_no_other_host(site: SiteTest) -> None:
    body = built(
        site,
        code("a", shown({"text/markdown": "![M](https://e.org/a.png) <img src='//e.org/b.png' alt='N'>"})),
        code("b", shown({"text/html": '<p><img src="https://e.org/c.png" alt="H &lt;"> <img src="b.svg:x"></p>'})),
    )
    assert "<img" not in body
    assert '<a href="https://e.org/a.png"' in body
    assert '<a href="//e.org/b.png">N</a>' in body
    assert '<a href="https://e.org/c.png">H &lt;</a>' in body


def test_errors_are_a_box(site: SiteTest) -> None:
    body = built(site, code("1/0", failed("\x1b[31mValueError\x1b[0m", "no")))
    assert '<div class="output output-error"><pre tabindex="0"><span class="ansi-red">ValueError</span>\nno' in body


def test_what_a_script_would_show_is_its_picture_or_a_notice(site: SiteTest) -> None:
    plotly = {"application/vnd.plotly.v1+json": {"data": []}, "text/html": "<script>x</script>"}
    body = built(
        site,
        code("a", shown(plotly)),
        code("b", shown({**plotly, "image/png": base64_png()})),
        code("c", shown({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "  0%|   | 0/9"})),
        code("d", shown({"text/html": "<script>load()</script>"})),
        code("e", shown({"text/html": '<iframe src="https://example.com/map"></iframe>', "text/plain": "<IFrame>"})),
    )
    assert body.count("Interactive output (Plotly)") == 1
    assert body.count("<img") == 1
    assert "0%|   | 0/9" in body
    assert '<a class="film" href="https://example.com/map" data-embed="https://example.com/map">' in body
    assert "<script" not in body


def test_what_stands_around_a_frame_in_an_output_stays(site: SiteTest) -> None:
    player = '<p>Run 7</p><iframe width="400" height="300" src="https://www.youtube.com/embed/abc"></iframe><p>done</p>'
    body = built(site, code("show()", shown({"text/html": player, "text/plain": "<HTML>"})))
    assert "<p>Run 7</p>" in body
    assert "<p>done</p>" in body
    assert 'href="https://www.youtube.com/watch?v=abc" data-embed="https://www.youtube-nocookie.com/embed/abc"' in body
    assert "<iframe" not in body


def test_html_that_is_too_long_for_a_page_is_shown_as_its_words(site: SiteTest) -> None:
    rows = "<tr><td>seven</td><td>&amp; more</td></tr>\n" * 60_000
    body = built(site, code("a", shown({"text/html": f"<table>{rows}</table>"})))
    assert "<table" not in body
    assert "seven&amp; more\nseven" in body.replace("seven &amp;", "seven&amp;")
    assert "more lines are in the notebook" in body
    body = built(site, code("a", shown({"text/html": f"<table>{rows}</table>", "text/plain": "[60000 rows]"})))
    assert '<pre tabindex="0">[60000 rows]</pre>' in body


def test_long_outputs_are_folded_and_very_long_ones_cut(site: SiteTest) -> None:
    body = built(
        site,
        code("a", stream("short\n" * 3)),
        code("b", stream("long\n" * 9)),
        code("c", stream("".join(f"line {number}\n" for number in range(5000)))),
        settings="notebooks: {output_lines: 5}",
    )
    assert body.count("<details") == 2
    assert "<summary>Output (9 lines)</summary>" in body
    assert "line 1999" in body
    assert "line 2000" not in body
    assert "3000 more lines" in body


def test_links_to_the_notebook_are_a_setting(site: SiteTest) -> None:
    assert "output-links" not in built(site, markdown("x"))
    settings = (
        "edit_url: https://github.com/u/r/edit/main/:path\nnotebooks: {download: true, colab: true, binder: true}"
    )
    body = built(site, markdown("x"), settings=settings)
    assert '<a href="/posts/n/n_files/n.ipynb" download>' in body
    assert json.loads(site.output("posts/n/n_files/n.ipynb").read_text())["nbformat"] == 4
    assert "https://colab.research.google.com/github/u/r/blob/main/content/n.ipynb" in body
    assert "https://mybinder.org/v2/gh/u/r/main?labpath=content%2Fn.ipynb" in body
    assert "n_files" not in site.html("index.html")


# --- places


def test_places_are_cells_and_their_lines(site: SiteTest) -> None:
    cells = (
        markdown("Fine."),
        markdown("One.\n\n$\\nope$ [x](gone.md)"),
        code("#| fig-cap: $\\nix$\nx", shown(FIGURE)),
    )
    site.write("content/n.ipynb", notebook(head(), *cells)).build()
    site.expect_lines(
        "content/n.ipynb: cell 3, line 3: warning[math-undefined-command]",
        "content/n.ipynb: cell 3, line 3: warning[link-broken]",
        "content/n.ipynb: cell 4: warning[math-undefined-command]",
    )
    site.expect_report("    3 | $\\nope$ [x](gone.md)")
    rows = json.loads(site.run("check", "--format", "json").stdout)
    row = next(row for row in rows if row["code"] == "link-broken")
    assert (row["file"], row["cell"], row["line"], row["column"]) == ("content/n.ipynb", 3, 3, 9)
    log = json.loads(site.run("check", "--format", "sarif").stdout)
    places = [result["locations"][0] for result in log["runs"][0]["results"]]
    place = next(place for place in places if place.get("message", {}).get("text") == "cell 3, line 3")
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "content/n.ipynb"}}


def test_front_matter_is_told_in_its_cell(site: SiteTest) -> None:
    cell = {"cell_type": "raw", "metadata": {}, "source": "---\ntitle: N\ndate: someday\n---"}
    site.write("content/n.ipynb", notebook(cell, markdown("x"))).build()
    site.expect_report("content/n.ipynb: cell 1, line 3: warning[front-matter-date]")


def test_included_files_keep_cells_apart(site: SiteTest) -> None:
    site.write("content/_part.md", "Of a file.\n\nTwo.\n")
    body = built(site, markdown("{{< include _part.md >}}\n\n```"), code("x = 1"), markdown("$\\nope$"))
    assert "Of a file." in body
    assert 'data-lang="python"' in body
    site.expect_report("content/n.ipynb: cell 4, line 1: warning[math-undefined-command]")


def test_inspect_names_cells(site: SiteTest) -> None:
    site.write("content/n.ipynb", notebook(head(), markdown("x"), markdown("## H\n\n$y$")))
    shown_note = json.loads(site.run("inspect", str(site.root / "content/n.ipynb"), "--json").stdout)
    assert [(item["cell"], item["line"]) for item in shown_note["headings"]] == [(3, 1)]
    assert [(item["cell"], item["line"]) for item in shown_note["formulas"]] == [(3, 3)]


# --- freshness


def test_cells_that_were_not_run_are_told(site: SiteTest) -> None:
    site.write("content/a.ipynb", notebook(head("A"), code("x", count=None), code("y", count=None)))
    site.write("content/b.ipynb", notebook(head("B"), code("x", count=2), code("y", count=1), code("z", count=None)))
    site.build().expect_clean()
    site.build("-v").expect_report(
        "content/a.ipynb: info[notebook-unrun]: no cell has been run",
        "content/b.ipynb: cell 3: info[notebook-order]: cell 3 was run before cell 2",
        "content/b.ipynb: cell 4: info[notebook-unrun]: cell 4 has not been run",
    )


def test_cells_in_text_are_told_once(site: SiteTest) -> None:
    cell = "```{python}\nx\n```\n"
    for name in "abc":
        site.write(f"content/{name}.qmd", f"---\ntitle: {name}\ndate: 2026-01-01\n---\n\n{cell}\n{cell}")
    site.build().expect_clean()
    site.run("check", expect=None)
    assert site.stderr.count("cells-unrun") <= 1
    site.build("-v").expect_report("content/a.qmd:6: info[cells-unrun]")
