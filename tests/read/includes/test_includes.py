"""Files in notes: every dialect's way to name them, which lines are meant, what is refused, what a change does."""

import pytest

from notegen.model.source import IncludedFile, SourceFile
from notegen.read.includes.expand import expand
from tests.support.cases import all_cases
from tests.support.site import SiteTest

CODE = "import a\n\n# #region part\n  x = 1\n  y = 2\n# #endregion part\nz = 3\n"
FILES = {
    "a.py": CODE,
    "/downloads/code/a.py": CODE,
    "x.md": "---\ntitle: X\n---\n**x**\n\n$x$\n",
    "own.md": "{{< include own.md >}}\n",
    "/_includes/t.html": "<b>{{ x }}</b>",
}


def expanded(body: str) -> tuple[str, list[str]]:
    """Return the expanded body of a note beside FILES, and its problems."""
    files = [IncludedFile(origin, name, name, text, "") for name, text in FILES.items() for origin in ("n.md", name)]
    found = expand(SourceFile("n.md", body, "", included=tuple(files)), body, 0)
    assert len(found.lines) == len(found.foreign) == found.body.count("\n") + 1
    return found.body, [f"{item.code} {item.line}" for item in found.diagnostics]


@all_cases(
    ("written", "read"),
    [
        ("a\n{{< include x.md >}}\nb", "a\n**x**\n\n$x$\nb"),
        ("> {{< include x.md >}}", "> **x**\n> \n> $x$"),
        ("```{include} x.md\n:start-line: 2\n```\nb", "$x$\nb"),
        (":::{include} x.md\n:::", "**x**\n\n$x$"),
        ('--8<-- "x.md"', "**x**\n\n$x$"),
        ('```py\n--8<-- "a.py:7:7"\n```', "```py\nz = 3\n```"),
        ('    --8<-- "a.py:part"', "    x = 1\n    y = 2"),
        ("<<< @/x", ""),
        ("--8<--\nx.md\na.py:7:7\n--8<--\nb", "**x**\n\n$x$\nz = 3\nb"),
        ("@include(x.md{3-})", "$x$"),
        ("@include( a.py#part )", "x = 1\ny = 2"),
        ("@[code{4-5} python{1}:no-line-numbers](a.py)", "```python {1}\n  x = 1\n  y = 2\n```"),
        ("> @[code](a.py)", "\n".join(f"> {line}" for line in f"```py\n{CODE}```".split("\n"))),
        ("@include(none.md)", ""),
        ("> {%- include_relative x.md -%}", "> **x**\n> \n> $x$"),
        ("{% include x.md %}", ""),
        ("{% include t.html %}", "{% include t.html %}"),
        ("{% include_relative x.md a=1 %}", "{% include_relative x.md a=1 %}"),
        ("{% raw %}\n{% include x.md %}\n{% endraw %}", "{% raw %}\n{% include x.md %}\n{% endraw %}"),
        ("{% include_code The title lang:python from:4 to:5 /a.py %}", "```python [The title]\n  x = 1\n  y = 2\n```"),
        ("<<< a.py#part{2 py:line-numbers} [t.py]", "```py:line-numbers {2} [t.py]\nx = 1\ny = 2\n```"),
        ("> <!--@include: x.md{3,}-->", "> $x$"),
        ("<!-- @include: a.py#part -->", "x = 1\ny = 2"),
        ("<!-- @include: ./none.md -->", ""),
        ("<<< a.py{1,2}", "```py {1,2}\n" + CODE + "```"),
        ("```{literalinclude} a.py\n:language: python\n:lines: 1,7\n:lineno-match:\n```",
         '```python linenums="1"\nimport a\nz = 3\n```'),
        ("```{literalinclude} a.py\n:start-after: #region part\n:end-before: #endregion\n:dedent:\n```",
         "```py\nx = 1\ny = 2\n```"),
        ("```{graphviz} a.py\n:caption: C\n:name: fig-a\n```", '```graphviz {#fig-a fig-cap="C"}\n' + CODE + "```"),
        ("```{mermaid} a.py\n```", f"```mermaid\n{CODE}```"),
        ('```python file="a.py#L4-L5" linenos\n```', "```python linenos\n  x = 1\n  y = 2\n```"),
        ('```python {file="a.py#L7" linenos}\n```', "```python {linenos}\nz = 3\n```"),
        ('```python {file="a.py#L7"}\n```', "```python\nz = 3\n```"),
        ("```{.python file=a.py#L7}\n```", "```{.python}\nz = 3\n```"),
        ('```python file="a.py#L9-12"\n```', ""),
        ('```python file="a.py#none"\n```', ""),
        ("```python file=a.py#L7\n```", "```python\nz = 3\n```"),
        ('- b\n\n  ```python file="a.py#L1"\n  ```', "- b\n\n  ```python\n  import a\n  ```"),
    ],
)  # fmt: skip
def test_a_file_stands_where_it_is_named(written: str, read: str) -> None:
    body, problems = expanded(written)
    assert (body, problems) == (read, ["include-missing 1"] if not read else [])


@all_cases(
    "text",
    [
        "```\n{{< include x.md >}}\n```",
        '```python file="a.py"\nx = 1\n```',
        "<<<<<<< HEAD",
        "`{{< include x.md >}}` words",
        "```{include} x.md",
        "a 8<- b file=c",
        "```{graphviz}\ndigraph { a -> b }\n```",
        "<!-- include: x.md --> words",
    ],
)
def test_what_includes_nothing(text: str) -> None:
    assert expanded(text) == (text, [])


@pytest.mark.slow
def test_files_that_include_themselves_and_too_much(site: SiteTest) -> None:
    body, problems = expanded("a\n\n{{< include own.md >}}\n")
    assert (body, problems) == ("a\n\n\n", ["include-cycle 3"])
    site.write("content/_a.md", "{{< include _b.md >}}\na").write("content/_b.md", "{{< include _a.md >}}\nb")
    many = '--8<-- "big.txt"\n' * 4
    site.write("content/big.txt", "a b c d e f\n" * 60_000).note("n", "{{< include _a.md >}}\n\n" + many).build()
    site.expect_report("n.md:6", "_a.md includes itself", "n.md:10", "more than 2000000 characters are included")


def test_nothing_outside_of_the_site_is_read(site: SiteTest) -> None:
    site.write("secret.py", "password").write("content/.env", "KEY=1").write("content/id_rsa", "KEY")
    site.root.parent.joinpath("beside.md").write_text("beside", "utf-8")
    paths = ("../../../etc/passwd", "/etc/passwd", "../../beside.md", ".env", "id_rsa", "https://example.org/a.py")
    body = "".join(f'--8<-- "{path}"\n\n{{{{< include {path} >}}}}\n\n' for path in paths)
    site.write("content/leads.py", "").root.joinpath("content/leads.py").unlink()
    site.root.joinpath("content/leads.py").symlink_to("/etc/passwd")
    site.note("n", body + "<<< leads.py\n").build(expect=None)
    text = site.stderr + (site.body("n") if site.exit_code == 0 else "")
    assert "root:" not in text
    assert "KEY" not in text
    assert site.stderr.count("include-outside") > 0


def test_a_change_in_an_included_file_is_seen_and_mistakes_are_told_where_it_is_named(site: SiteTest) -> None:
    site.write("content/_part.qmd", "## Part\n\nOne $\\nope$ [gone](gone.md)\n").write("content/code/a.py", CODE)
    note = "First.\n\n{{< include _part.qmd >}}\n\n<<< @/code/a.py#part\n\nLast [gone](lost.md).\n"
    site.note("n", note).note("other", "[[n#Part]]").build(expect=None)
    site.expect_report("content/n.md:8: warning[math-undefined-command]", "content/n.md:8: ", "content/n.md:12:6: ")
    assert ("One" in site.body("n"), "y" in site.body("n"), 'href="/posts/n/#part"' in site.body("other")) == (
        True,
    ) * 3
    site.write("content/_part.qmd", "## Part\n\nTwo.\n").build(expect=None)
    assert ("One" in site.body("n"), "Two." in site.body("n")) == (False, True)
    site.write("content/code/a.py", CODE.replace("y = 2", "answer = 42")).build(expect=None)
    assert "answer" in site.body("n")
    assert not [path for path in site.files() if path.endswith((".py", ".qmd"))]


def test_a_file_that_is_only_included_is_used(site: SiteTest) -> None:
    site.write("content/inc.csv", b"a,b\n").write("content/other.csv", b"x\n")
    site.note("n", '```text file="inc.csv"\n```').build()
    site.expect_report("1 file (other.csv) that no published note uses")
