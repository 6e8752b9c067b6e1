"""Notebooks that are none, are damaged, or would do harm."""

import json
import re
from pathlib import Path

import pytest

from tests.support.notebooks import base64_png, code, head, markdown, notebook, shown, stream
from tests.support.site import SiteTest

DEEP = '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            '{"nbformat": 4,\n "cells": [}',
            "content/n.ipynb:2:12: error[notebook-syntax]: invalid JSON: invalid character",
        ),
        ('{"nbformat": 4', "content/n.ipynb:1:15: error[notebook-syntax]: invalid JSON: input data was truncated"),
        ("", "content/n.ipynb:1:1: error[notebook-syntax]: invalid JSON"),
        ("[]", "content/n.ipynb: error[notebook-syntax]: no notebook of Jupyter"),
        ("{}", "content/n.ipynb: error[notebook-syntax]: no notebook of Jupyter: it has no nbformat"),
        ('{"nbformat": 4, "cells": 3}', "content/n.ipynb: error[notebook-syntax]: no notebook of Jupyter"),
        ('{"nbformat": 4,\n<<<<<<< HEAD\n', "content/n.ipynb:2:1: error[notebook-syntax]: the notebook has marks"),
        (
            '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}",
            "content/n.ipynb: error[notebook-syntax]: ",
        ),
    ],
)
def test_what_is_no_notebook_is_an_error_with_its_place(site: SiteTest, text: str, line: str) -> None:
    site.note("a", "x").write("content/n.ipynb", text).build(expect=1).expect_lines(line)


def test_bytes_that_are_no_text_are_told(site: SiteTest) -> None:
    site.note("a", "x").write("content/n.ipynb", b'{"nbformat": 4, "cells": [], "metadata": {"x": "\xff"}}')
    site.build(expect=1).expect_lines("content/n.ipynb:1:49: error[notebook-syntax]: not UTF-8")


def test_an_older_format_is_told_and_left_out(site: SiteTest) -> None:
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}
    site.note("a", "[x](n.ipynb)").write("content/n.ipynb", json.dumps(old)).build()
    site.expect_lines("content/n.ipynb: warning[notebook-version]: a notebook of version 3")
    assert site.output("posts/a/n.ipynb").is_file()


def test_a_notebook_beside_a_note_of_its_name_is_a_file(site: SiteTest) -> None:
    site.note("a", "[run it](a.ipynb)").write("content/a.ipynb", "{}").build().expect_clean()
    site.write("content/a.ipynb", notebook(markdown("x"))).build()
    assert 'href="/posts/a/a.ipynb"' in site.body("a")


def test_a_notebook_that_is_too_large_is_never_read(site: SiteTest) -> None:
    site.write("site.yaml", "notebooks: {max_size: 1}\n").note("a", "x")
    site.write("content/n.ipynb", b" " * 1_000_001).build(expect=1)
    site.expect_lines("content/n.ipynb: error[file-too-large]: a notebook of 1 MB: larger than 1 MB")


@pytest.mark.parametrize("value", ["no base64!", "AAAA", "", 3, {"a": 1}, [1, 2], ["iVBO", "Rw0K"]])
def test_a_picture_that_is_none_is_told_and_left_out(site: SiteTest, value: object) -> None:
    site.write("content/n.ipynb", notebook(head(), code("x", shown({"image/png": value})), markdown("Kept."))).build()
    site.expect_lines("content/n.ipynb: cell 2: warning[notebook-output]: a stored PNG image is none")
    assert "Kept." in site.body("n")
    assert "<img" not in site.body("n")


HARM = (
    '<b onclick="x()">bold</b><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">a</a>'
    '<a href="data:text/html,x">b</a><svg onload=x()><script>y</script></svg><iframe srcdoc="z"></iframe>'
    '<style>*{background:url(https://evil.example)}</style><p style="background:url(https://evil.example)">p</p>'
    "<form action=x><input></form><math><mtext></p><img src=x onerror=y></math>"
)


def test_html_of_outputs_is_harmless(site: SiteTest) -> None:
    site.write("content/n.ipynb", notebook(head(), code("x", shown({"text/html": HARM})))).build(expect=None)
    body = site.body("n")
    assert "<b>bold</b>" in body
    for harm in ("onclick", "onerror", "onload", "<script", "javascript:", "data:text", "<iframe", "<style", "evil"):
        assert harm not in body.partition('class="output"')[2], harm


def test_svg_of_outputs_is_harmless(site: SiteTest) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="x()"><script>y</script><rect/></svg>'
    site.write("content/n.ipynb", notebook(head(), code("x", shown({"image/svg+xml": svg})))).build()
    (path,) = [path for path in site.files() if path.startswith("posts/n/n_files/")]
    assert site.output(path).read_text() == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect></rect></svg>'
    )


def test_strange_texts_are_shown_as_they_are(site: SiteTest) -> None:
    text = "a\x00b\x07\x1b[999mc\x1b]0;title\x07d\x1b[31" + "x" * 50_000
    site.write("content/n.ipynb", notebook(head(), code("x", stream(text)))).build().expect_clean()
    body = site.body("n")
    assert "a\N{REPLACEMENT CHARACTER}bcd" in body
    assert len(body) < 30_000


def test_a_cell_may_hold_what_looks_like_our_marks(site: SiteTest) -> None:
    cells = (code("x = '''\n```\n$a$ {% raw %} ::: {{< include /etc/passwd >}}\n'''"), markdown("After."))
    site.write("content/n.ipynb", notebook(head(), *cells)).build()
    assert "{% raw %} ::: {{&lt; include /etc/passwd" in re.sub("<[^>]*>", "", site.body("n"))
    assert "<p>After.</p>" in site.body("n")


def test_a_build_that_changes_nothing_writes_nothing(site: SiteTest) -> None:
    cell = code("x", shown({"image/png": base64_png(1300, 900)}))
    site.write("content/n.ipynb", notebook(head(), cell)).build()
    assert [path for path in site.files() if path.endswith("-800w.webp") or "800w" in path]
    before = site.snapshot()
    site.build()
    assert site.snapshot() == before
    site.output("posts/n/n_files").joinpath(Path(next(p for p in before if p.endswith(".png"))).name).unlink()
    site.build()
    assert site.snapshot().keys() == before.keys()


def test_a_notebook_without_cells_is_an_empty_note(site: SiteTest) -> None:
    site.write("content/empty.ipynb", '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    assert "empty" in site.build().run("check").stderr + site.html("posts/empty/index.html")
