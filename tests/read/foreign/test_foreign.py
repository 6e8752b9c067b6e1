"""What of other programs' markup stays visible in a note: each form is seen where it stands, examples of it are not.

The texts are read as CommonMark alone, so that what our rules come to read is seen here all the same.
"""

from markdown_it import MarkdownIt

from notegen.model.config import Config, MarkdownConfig, read_settings
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import SourceFile
from notegen.read.foreign.check import foreign_syntax, unread_fences
from notegen.read.foreign.html_text import unknown_elements, visible_html
from notegen.read.foreign.marks import MARKS
from notegen.read.front_matter.read import read_front_matter
from notegen.read.read import make_reader
from notegen.read.services import NoteDraft
from notegen.read.source_map import SourceMap
from tests.support.cases import all_cases
from tests.support.reading import read_note
from tests.support.site import SiteTest

FOREIGN = "syntax-foreign"
CODES = {"tag-unknown", FOREIGN, "html-script"}


def problems(source: str) -> list[Diagnostic]:
    """Return what is said of a note with this text, in its order."""
    env: dict[str, object] = {}
    tokens = MarkdownIt("commonmark").enable("table").parse(source, env)
    front_matter = read_front_matter(source, "n.md", read_settings(Config()))
    draft = NoteDraft(SourceFile("n.md", source, ""), front_matter, SourceMap(source.split("\n"), 0), {}, "n.md")
    fences = [token for token in tokens if token.type == "fence"]
    items = (*foreign_syntax(tokens, env, draft), *unread_fences(fences, draft), *unknown_elements(tokens, draft))
    foreign = (item for item in items if item.code != "code-unknown-language")
    return sorted(foreign, key=lambda item: (item.line, item.column))


def messages(source: str) -> list[str]:
    """Return places and messages."""
    return [f"{item.line}:{item.column} {item.message}" for item in problems(source)]


# A note's text, and the form that is seen in it: where, and what is written.
FORMS = [
    ("see {eq}`a`, {ref}`b`", "1:5 a role of MyST {eq}`a`", "1:14 a role of MyST {ref}`b`"),
    ("甲\n:numref:`a`", "2:1 a role of Sphinx or d2l :numref:`a`"),
    (
        ":begin_tab:`a`\nx\n:end_tab:",
        "1:1 a role of Sphinx or d2l :begin_tab:`a`",
        "3:1 a mark of another program :end",
    ),
    ("(my-label)=\n# Section", "1:1 a target of MyST (my-label)="),
    ('a\n\n+++ {"x": 1}', '3:1 a block break of MyST +++ {"x": 1}'),
    ("% to do", "1:1 a comment of MyST % to do"),
    (".. note::\n   x", "1:1 a directive of reStructuredText .. note::"),
    ("x\n\n- ::: tip", "3:3 a container ::: tip"),
    ("see @fig-a and 见@thm-b.", "1:5 a reference of Quarto @fig-a", "1:17 a reference of Quarto @thm-b"),
    ("a [@vas17, p. 3]\n[-@b]", "1:3 a citation of Pandoc [@vas17, p. 3]", "2:1 a citation of Pandoc [-@b]"),
    ("> a [small]{.smallcaps}", "1:5 a span of Pandoc [small]{.smallcaps}"),
    (": Caption {#tbl-a}\n\nx{ .lg }", "1:11 an attribute list {#tbl-a}", "3:2 an attribute list { .lg }"),
    ("a {::comment}b", "1:3 an attribute list of kramdown {::comment}"),
    ("+---+---+\n| a | b |\n+===+===+", "1:1 a grid table of Pandoc +---+---+"),
    ('=== "One"\n\n    x', '1:1 a content tab of MkDocs === "One"'),
    ("a :material-clock: b", "1:3 an icon of MkDocs :material-clock:"),
    ("press ++ctrl+alt+del++", "1:7 a key of MkDocs ++ctrl+alt+del++"),
    ('--8<-- "a.md"', '1:1 a snippet of MkDocs --8<-- "a.md"'),
    ("*[HTML]: Hyper Text", "1:1 an abbreviation of MkDocs or kramdown *[HTML]: "),
    ("a ^^new^^", "1:3 an insertion of MkDocs ^^new^^"),
    ("a {++new++} {>>why<<}", "1:3 CriticMarkup {++new++}", "1:13 CriticMarkup {>>why<<}"),
    ("a :rocket: b:smile: :no_such_name: 10:30:20", "1:3 an emoji by name :rocket:"),
    ("x `r mean(x)` `r = 1` `{python} f(a)`", "1:3 code of Quarto or R Markdown `r mean(x)`", "1:23 code of Quarto"),
    ("`= this.file.name` `$= dv.current()` `= x`", "1:1 a query of Dataview", "1:20 a query of Dataview"),
    ("a. one\nb. two\n\n(i) x\n(ii) y\n\na. alone", "1:1 a fancy list of Pandoc a. one", "4:1 a fancy list"),
    (
        "import A from 'b';\nimport 'c'\n\nimport {",
        "1:1 an import of MDX import A from 'b';",
        "2:1 an import of MDX import 'c'",
        "4:1 an import of MDX import {",
    ),
    ("export const a = 1", "1:1 an export of MDX export const a = 1"),
    ("a {' '} b", "1:3 an expression of MDX {' '}"),
    ("a {/* note */} b", "1:3 a comment of MDX {/* note */}"),
    ('a <Tabs values={[{a: "b"}]}> b', "1:3 JSX <Tabs values={"),
    ('a <Comp :a="b" @click="c"/>', "1:3 a component of Vue <Comp :a="),
    ("<<< @/a.js", "1:1 a file of VitePress <<< @/a.js"),
    ("at <% tp.date.now() %>", "1:4 a command of Templater <% tp.date.now() "),
    ("see [[A note]] and ![[b.png]]", "1:5 a wiki link [[A note]]", "1:20 a wiki link ![[b.png]]"),
    ("Text. ^my-id", "1:7 a block id of Obsidian ^my-id"),
    ('!!! note "Title"\n    x', '1:1 an admonition of MkDocs !!! note "Title"'),
    (
        "a {% cite b %} {{< box >}} {{% /box %}}",
        "1:3 the tag {% cite b %}",
        "1:16 the tag {{< box",
        "1:28 the tag {{% /box",
    ),
    ("{{ page.title }}, {{ $frontmatter.x }}", "1:1 the tag {{ page.title }}", "1:19 the tag {{ $frontmatter.x }}"),
    ("a %%hidden%% b", "1:3 a comment of Obsidian %%hidden%%"),
    ("#idea #deep/learning", "1:1 a line of tags #idea #deep/learning"),
    ("##标题", "1:1 a heading without a space ##标题"),
    ("\\begin{itemize}\n\\item x\n\\end{itemize}", "1:1 LaTeX for text \\begin{itemize}"),
    ("\\begin{tikzpicture}\nx\n\\end{tikzpicture}", "1:1 a picture of TikZ \\begin{tikzpicture}"),
    ("see ((64a1b2c3-1111-2222-3333-444455556666))", "1:5 a block reference of Logseq ((64a1b2c3-1111"),
    (
        "#+BEGIN_SRC python\nx\n#+END_SRC\n\n#+TITLE: a",
        "1:1 a line of Org mode #+BEGIN_SRC",
        "3:1 a",
        "5:1 a line of Org",
    ),
    (":PROPERTIES:\n:ID: x\n:END:", "1:1 a drawer of Org mode :PROPERTIES:", "3:1 a drawer"),
    ("- x\n  SCHEDULED: <2024-01-01 Mon>", "2:3 a date of Logseq or Org mode SCHEDULED: <2024-01-01 Mon>"),
    ("a <%= x %> and <% if y %>.", "1:3 a tag of ERB or EJS <%= x %>", "1:16 a tag of ERB or EJS <% if y %>"),
    ("Sum {{ 1 + 1 }}, {{{ raw }}}", "1:5 a tag {{ 1 + 1 }} of Vue, Mustache or Jinja", "1:18 a tag {{{ raw }}"),
    ("(ref:cap) A caption.", "1:1 a text reference of bookdown (ref:cap) A caption."),
    ("$$$\nx = 1\n$$$", "1:1 a fence of dollars $$$", "3:1 a fence of dollars $$$"),
    ("[!NOTE]\nhello", "1:1 a callout's mark [!NOTE] outside of a quote"),
    ("\\newpage\n\n\\vspace{1cm}", "1:1 LaTeX for paper \\newpage", "3:1 LaTeX for paper \\vspace{1cm}"),
    ("\\newcommand{\\R}{x}", "1:1 a definition of LaTeX outside of formulas \\newcommand{\\R}{x}"),
    ("a \\textbf{b} \\cite{c}", "1:3 LaTeX for text \\textbf{b}", "1:14 LaTeX for text \\cite{c}"),
]


@all_cases(("source", "expected"), [(form[0], form[1:]) for form in FORMS], ids=str)
def test_a_form_that_stays_visible_is_told_where_it_stands(source: str, expected: tuple[str, ...]) -> None:
    seen = messages(source)
    assert [message[: len(start)] for message, start in zip(seen, expected, strict=True)] == [*expected], seen


def test_there_is_an_example_of_every_form() -> None:
    causes = {item.cause for form in FORMS for item in problems(form[0])}
    assert {mark.cause for mark in MARKS} - causes == set()


@all_cases(
    "source",
    [
        '`{% x %}` `{{ y }}` `[[z]]` `@fig-a` `=== "A"` `\\textbf{b}`',
        '```\n{% x %}\n=== "A"\n\\begin{itemize}\n```\n\n    {{ y }}\n\n~~~ text\n// [!code focus]\n~~~',
        r"\{% x %} \{{ y }} \[[z]] \@fig-a \\textbf{b} \:::",
        "&#123;% x %} &#123;{ y }} [&#91;z]]",
        "<!-- {% x %} ## a -->\n\n<script>\n{{ x }} **b**\n</script>\n\n<pre>**a** [[b]] {{ c }}</pre>",
        "<div>\n<code>**a**</code> <!-- ## b -->\n</div>",
        '<a title="{{ x }} **b**" href="[c](d)">e</a>\n\n![{{ x }}](a.png "[[b]]")',
        "x^{{a}} and \\{{a}} and f{{b}}, {{}} {% %} {{ 1 }}",  # braces of LaTeX and of nothing
        "a@fig-b.org a.@sec-c @someone @eq [@] [a]{b} {a.b} {1: 2} {:}",
        "10:30:`x` 如下:`x` a::b:`c` {`x`}",
        "a (b)= c\n\n++i and a++b++ C++ + ++x++\n\n100%% of 5%%, %%time",
        "=== x\n\n!!!\n\n???\n\n!!! Note that\n\n+++a\n\n<<<<<<< HEAD",
        "we import a from 'b'\n\nimport numpy as np\n\nexport PATH=x",
        "\\<T> and List<String> and `<A b={c}>` a < B c=d, x <Y z",
        "#1 of #2\n\n# Heading\n\n#hashtag in a sentence\n\nC# ## x",
        "x^T, 2 ^abc def, a^b-c d",
        r"\alpha \frac{a}{b} \text{x} \ref{a} C:\label \textbf",
        "((a)) ((2024-01-01)) #+ a #+1 <%> 5 <%6 %> {{1}} x[!NOTE] [!] :END: a $$$ \\newpages\n\n[!NOTE](a.md)",
        "* [ ] task\n* [x]: y\n\n*[a]: b*c",
        "<br-x@y.example> <https://A.example> <DIV>a</DIV> <Img src=x> <IMG src=y>",
        "[!code x]\n\n```js\n// [!coder x]\n```\n\n```python\n#| export\n```",
    ],
)
def test_what_is_written_as_code_or_only_looks_alike_is_not_told(source: str) -> None:
    assert messages(source) == []


def test_hashtags_that_are_read_are_no_text() -> None:
    note = read_note("#idea #深度/学习\n\ntext #a\n#b {{ x }}", Config(markdown=MarkdownConfig(hashtags=True)))
    assert [(problem.code, problem.line, problem.column) for problem in note.diagnostics] == [("tag-unknown", 4, 4)]


def test_a_place_is_where_it_is_written_not_the_example_before_it() -> None:
    assert messages("`{% x %}` and \\{% x %} but {% x %}") == [
        "1:28 the tag {% x %} is not known, or not closed; it is shown as written"
    ]
    (item,) = problems("> - 中 {% foo a %}")
    assert (item.line, item.column, item.length) == (1, 7, 11)


def test_tags_with_emphasis_or_a_formula_in_them_are_one_tag() -> None:
    assert len(messages("{{< box *a* `b` [[c]] >}} d")) == 1


def test_a_tag_and_the_one_that_closes_it_have_one_cause() -> None:
    assert {item.cause for item in problems("{% tabs a %}\n\n{% endtabs %}")} == {"{% tabs"}
    assert {item.cause for item in problems("{{< box >}}\n\n{{< /box >}}")} == {"{{< box"}


@all_cases(
    ("source", "message", "hint"),
    [
        ("{{< tabs >}}\n\nx", "the tag {{< tabs >}} is never closed", "{{< /tabs >}} ends it"),
        ("x {{% notice tip %}} y", "the tag {{% notice tip %}} is never closed", "{{% /notice %}} ends it"),
        ("{% tabs a %}", "the tag {% tabs a %} is never closed", "{% endtabs %} ends it"),
        ("{% endnote %}", "the tag {% endnote %} closes nothing", "{% note %} begins it"),
        (
            '{{< tab "A" >}}',
            'the tag {{< tab "A" >}} is never closed',
            "{{< /tab >}} ends it, each on a line of its own, be",
        ),
    ],
)
def test_a_tag_of_a_known_pair_is_told_with_the_other_one(source: str, message: str, hint: str) -> None:
    (item,) = problems(source)
    assert item.message.startswith(message)
    assert item.hint.startswith(hint)


def test_players_of_other_sites_are_told_as_such() -> None:
    (item,) = problems('{% meting "60198" "netease" "playlist" %}')
    assert item.hint.startswith("its player is another site's script: write a link")


def test_tags_in_html_are_told_at_their_line() -> None:
    seen = messages("<div>\n{{ page.title }} {% x %}\n</div>")
    assert [message.split(" }}")[0].split(" %}")[0] for message in seen] == [
        "2:1 the tag {{ page.title",
        "2:18 the tag {% x",
    ]


def test_directives_and_what_others_draw_are_told_and_not_as_a_language() -> None:
    source = "```{exercise} x\ny\n```\n\n```dataview\nTABLE x\n```\n\n```ad-note\nx\n```\n\n```plantuml\na\n```"
    assert [(item.code, item.line, item.message) for item in problems(source)] == [
        ("syntax-foreign", 1, "the directive {exercise} of MyST is shown as code"),
        ("syntax-foreign", 5, "dataview is shown as its source"),
        ("syntax-foreign", 9, "ad-note is shown as its source"),
        ("syntax-foreign", 13, "plantuml is shown as its source"),
    ]


def test_options_of_cells_and_marks_of_lines_are_told_at_their_line() -> None:
    source = "```{python}\n#| echo: false\nx\n```\n\n```js\na\nb // [!code focus]\n```"
    assert [(item.line, item.message) for item in problems(source) if item.line > 1] == [
        (2, "#| echo: false: the options of a cell are shown, and it is not run"),
        (8, "a mark of VitePress [!code focus] is shown as written"),
    ]


def test_components_and_custom_elements_are_told() -> None:
    source = '<Tabs>\n\nb\n\n</Tabs>\n\n<Row>\n<d-cite key="a"></d-cite>\n<d-y>\n</Row>\n\n<d-x/>'
    assert [(item.code, item.line) for item in problems(source)] == [
        ("syntax-foreign", 1),
        ("syntax-foreign", 7),
        ("syntax-foreign", 8),
        ("html-script", 9),
    ]
    assert problems(source)[-1].message.startswith("<d-y>, <d-x>: ")
    assert problems(source)[2].message == 'a citation of distill <d-cite key="a"> shows nothing'


def test_visible_text_of_html_keeps_its_places() -> None:
    html = "<p a='**b**'>uu <code>**d**</code> <!-- e <i> --> vv\n<svg><text>g</text></svg>ww</p>"
    text = visible_html(html)
    assert len(text) == len(html)
    assert text.replace("\0", "") == "uu   vv\nww"
    assert [text.index(word) == html.index(word) for word in ("uu", "vv", "ww")] == [True, True, True]
    assert visible_html("<pre>a").replace("\0", "") == ""


# --- behind notegen's rules


@all_cases(
    ("source", "expected"),
    [
        ("a\n{{< tabs >}} {{ x }}", [("tag-unknown", 2, 1, 12), ("tag-unknown", 2, 14, 7)]),
        ("> - 中 {% foo a %}", [("tag-unknown", 1, 7, 11)]),
        ('{% img /a.png "t" %} {% foo t %} `t`', [("tag-unknown", 1, 22, 11)]),
        ("{% post_link a %} {% foo b %} {% bar %}", [("tag-unknown", 1, 19, 11), ("tag-unknown", 1, 31, 9)]),
        ("| a | b |\n|---|---|\n| {% x %} | {% y %} |", [("tag-unknown", 3, 3, 7), ("tag-unknown", 3, 13, 7)]),
        ("{% x %}\n\n{% x %}", [("tag-unknown", 1, 1, 7), ("tag-unknown", 3, 1, 7)]),
        ("{% note %}\nnever closed", [("tag-unknown", 1, 1, 10)]),
        ("<div>\n{{ page.title }}\n</div>", [("tag-unknown", 2, 1, 16)]),
        (
            '> <div><a href="{% post_url 2024-01-02-abc %}">x</a> {{ a }} <!-- {{ b }} --> {{ b }}\n> {{ a }}</div>',
            [("tag-unknown", 1, 54, 7), ("tag-unknown", 1, 79, 7), ("tag-unknown", 2, 3, 7)],
        ),
        ("{% raw %}\n{{ x }}\n\n```\n{% y %}\n```\n{% endraw %}\n\n{{ z }}", [("tag-unknown", 9, 1, 7)]),
        ("x\n\n- ::: tip\n\n:::\n\n::: b", [(FOREIGN, 3, 3, 7), (FOREIGN, 5, 1, 3), (FOREIGN, 7, 1, 5)]),
        ("## a\n:eqlabel:`x`\n\n:numref:`x` b", [(FOREIGN, 2, 1, 12), (FOREIGN, 4, 1, 11)]),
        ("a [@vas17, p. 3]\n[@b]", [(FOREIGN, 1, 3, 14), (FOREIGN, 2, 1, 4)]),
        (":begin_tab:`a`\nx\n:end_tab:", [(FOREIGN, 1, 1, 14), (FOREIGN, 3, 1, 9)]),
        ("a\n\n<p>\n<d-math>x</d-math>\n</p>\n\n<dt-fn>y</dt-fn>", [("html-script", 4, 1, 7)]),
        ("> 中 <d-cite key=a></d-cite> <d-cite key=b></d-cite> `<d-x>`", [(FOREIGN, 1, 5, 7), (FOREIGN, 1, 29, 7)]),
    ],
)
def test_what_our_rules_leave_is_told(source: str, expected: list[tuple[str, int, int, int]]) -> None:
    note = make_reader(read_settings(Config()))(SourceFile("n.md", source, ""))
    items = [item for item in note.diagnostics if item.code in CODES]
    assert [(item.code, item.line, item.column, item.length) for item in items] == expected


@all_cases(
    ("source", "hint"),
    [
        ("see {% post_url 2024-01-02-a %}", "write a link, [words]({% post_url 2024-01-02-name %})"),
        ("see {% link %} x", "write a link, [words]({% link _posts/2024-01-02-name.md %})"),
        ("a {% include %} b", "name the file"),
        ("a {% seo %}", "delete it"),
        ("a {% if page.x %} b", "which is not run: write what it gives"),
        ("a {% highlight python %} b", "{% endhighlight %}"),
        ("a {% nothing %} b", "shortcodes/nothing.html"),
    ],
)
def test_a_tag_that_jekyll_has_by_itself_is_no_template_of_the_site(source: str, hint: str) -> None:
    note = make_reader(read_settings(Config()))(SourceFile("n.md", source, ""))
    hints = [item.hint for item in note.diagnostics if item.code == "tag-unknown"]
    assert len(hints) == 1
    assert hint in hints[0]
    assert ("shortcodes/" in hints[0]) == ("nothing" in source)


# --- in a site


def test_a_kind_is_one_message_with_its_number(site: SiteTest) -> None:
    for name in ("a", "b", "c"):
        site.note(name, "{% nothing.known %} x {% nothing.known y %}")
    site.build().expect_lines("content/a.md:6:1: warning[tag-unknown]: the tag {% nothing.known %} is not known")
    site.expect_report("shown as written: 6 times in 3 notes\n")
    site.build("-v")
    assert site.stderr.count("warning[tag-unknown]") == 6


def test_a_note_about_jekyll_is_left_alone(site: SiteTest) -> None:
    text = "Write `{% cite a %}`:\n\n```\n{% cite a %}\n```\n\n{% raw %}\n{{ page.title }} {% x %}\n{% endraw %}"
    site.note("a", text + " and {% raw %}{{ y }}{% endraw %}").build().expect_clean()


def test_captions_and_footnotes_in_a_sentence_are_looked_at(site: SiteTest) -> None:
    site.note("a", 'a^[see {{ x }} b]\n\n![p](https://e.org/a.png "so {% z %} q")').build().expect_lines(
        "content/a.md:6:8: warning[tag-unknown]", "content/a.md:8:30: warning[tag-unknown]"
    )
