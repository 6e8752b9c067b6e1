"""Scripts whose comments mark cells are notes: with a header of Jupytext, or by setting."""

import pytest

from tests.support.notebooks import markdown, notebook
from tests.support.site import SiteTest

HEADER = "# ---\n# title: A script\n# date: 2026-01-02\n# jupyter:\n#   jupytext:\n#     format_name: percent\n# ---\n"
CELLS = """
# %% [markdown]
# Words and $x$.
#
# ## Heading

# %% tags=["hide-input"]
x = 1

# %%
#| echo: false
y = 2

# %% [markdown]
\"\"\"
More $\\nope$ words.
\"\"\"
"""


def test_a_script_with_a_header_is_a_note(site: SiteTest) -> None:
    site.write("content/s.py", HEADER + CELLS).write("content/plain.py", "# %%\nx = 1\n").build()
    assert "<title>A script" in site.html("posts/s/index.html")
    body = site.body("s")
    assert "<h2" in body
    assert '<details class="code-fold">' in body
    assert ">y<" not in body
    site.expect_report("content/s.py:23:7: warning[math-undefined-command]")
    site.expect_report("   23 | More $\\nope$ words.")
    assert not [path for path in site.files() if "plain" in path]


def test_other_scripts_are_notes_by_setting(site: SiteTest) -> None:
    site.write("site.yaml", "notebooks: {scripts: true}\n")
    site.write("content/s.py", "# %% [markdown]\n# # Title\n# Words.\n# %%\nx = 1\n").write("content/lib.py", "x = 1\n")
    site.build()
    assert "<p>Words.</p>" in site.body("s")
    assert not [path for path in site.files() if "lib" in path]


def test_a_script_beside_its_notebook_is_no_other_note(site: SiteTest) -> None:
    site.write("content/s.py", HEADER + CELLS)
    site.write("content/s.ipynb", notebook(markdown("Of the notebook."), title="N", date="2026-01-02")).build("-v")
    assert "Of the notebook." in site.body("s")
    site.expect_report("info[note-none]: content/s.py")


@pytest.mark.parametrize("header", ["jupyter:\n  jupytext: {}", "jupytext:\n  formats: x"])
def test_markdown_beside_its_notebook_is_no_other_note(site: SiteTest, header: str) -> None:
    site.write("content/s.md", f"---\ntitle: N\ndate: 2026-01-02\n{header}\n---\n\nOf the text.\n")
    site.write("content/s.ipynb", notebook(markdown("Of the notebook."), title="N", date="2026-01-02")).build("-v")
    assert "Of the notebook." in site.body("s")
    site.expect_report("info[note-none]: content/s.md")


def test_markdown_that_is_made_of_a_notebook_is_the_note(site: SiteTest) -> None:
    site.note("s", "Of the text.")
    site.write("content/s.ipynb", notebook(markdown("Of the notebook."), title="N", date="2026-01-02")).build()
    assert "Of the text." in site.body("s")


def test_a_script_of_the_light_format_is_none(site: SiteTest) -> None:
    site.note("a", "x").write("content/s.py", HEADER.replace("percent", "light") + "x = 1\n").build()
    assert not site.output("posts/s/index.html").exists()


def test_markdown_of_jupytext_has_tags(site: SiteTest) -> None:
    cells = '```python tags=["hide-input"]\na = 1\n```\n\n```python tags=["remove-cell"]\nsecret = 2\n```\n'
    site.note("m", cells).build()
    assert '<details class="code-fold">' in site.body("m")
    assert "secret" not in site.body("m")
    site.note("c", "```{code-cell}\nx\n```\n\n```{code-cell}\ny\n```\n").build("-v")
    assert site.stderr.count("info[cells-unrun]") == 1
