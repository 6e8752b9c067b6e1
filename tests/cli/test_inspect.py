"""`notegen inspect FILE`: what notegen understood of one note, in words and as JSON."""

import json
from typing import Any

import pytest

from tests.support.site import SiteTest

NOTE = r"""---
title: 变分 $\beta$-VAE
date: 2026-01-02T08:00:00+08:00
tags: [VAE, 生成模型]
categories: [[深度学习, 生成]]
macros:
  KL: 'D_{\mathrm{KL}}'
---
引言里有 $q_\phi(z|x)$，与
$$
\KL(q \| p)
$$

<!-- more -->

## 目标 $\mathcal{L}$

\begin{equation}
\log p(x) \ge
\mathcal{L} \label{eq:elbo}
\end{equation}

> 引用中 \eqref{eq:elbo} 与 $\aplha$，见 [另一篇](other.md)、[[third#节|第三]]、![图](a.png)。

| 列 | $x$ |
| --- | --- |
| 甲 | $\textcircled{a}$ |

- 项 \(a\)

$$ \newcommand{\R}{\mathbb{R}} $$

\begin{align}
a &= b \label{eq:a} \\
c &= d \tag{*} \label{eq:b}
\end{align}
"""


@pytest.fixture
def note(site: SiteTest) -> SiteTest:
    """Return a site with one note."""
    return site.write("content/深度/vae.md", NOTE)


def inspected(site: SiteTest, *arguments: str) -> Any:
    """Return what `inspect --json` says of the note."""
    return json.loads(site.run("inspect", str(site.root / "content/深度/vae.md"), "--json", *arguments).stdout)


def at(text: str) -> tuple[int, int]:
    """Return line and column of the first occurrence of a text in the note, counted from 1."""
    before = NOTE[: NOTE.index(text)].split("\n")
    return len(before), len(before[-1]) + 1


def test_every_formula_with_kind_place_number_label_and_engine(note: SiteTest) -> None:
    equation = NOTE[NOTE.index(r"\begin{equation}") : NOTE.index(r"\end{equation}") + len(r"\end{equation}")]
    align = NOTE[NOTE.index(r"\begin{align}") : NOTE.index(r"\end{align}") + len(r"\end{align}")]
    fields = ("latex", "kind", "number", "label", "engine")
    rows = inspected(note)["formulas"]
    assert [tuple(row[field] for field in fields) for row in rows] == [
        (r"q_\phi(z|x)", "inline", None, None, "math-core"),
        (r"\KL(q \| p)", "display", None, None, "math-core"),
        (r"\mathcal{L}", "inline", None, None, "math-core"),
        (equation, "display", "1", "eq:elbo", "math-core"),
        (r"\aplha", "inline", None, None, None),
        ("x", "inline", None, None, "math-core"),
        (r"\textcircled{a}", "inline", None, None, "math-core"),
        ("a", "inline", None, None, "math-core"),
        (r"\newcommand{\R}{\mathbb{R}}", "display", None, None, "macros"),
        (align, "display", "2, *", "eq:a, eq:b", "math-core"),
    ]
    assert [(row["line"], row["column"]) for row in rows] == [
        *(at("q_"), at(r"\KL(q"), at(r"\mathcal{L}$"), at(r"\begin{eq"), at(r"\aplha"), at("x$ |")),
        *(at(r"\textc"), at(r"a\)"), at(r"\newcommand"), at(r"\begin{al")),
    ]


def test_metadata_headings_links_labels_excerpt(note: SiteTest) -> None:
    found = inspected(note)
    assert (found["path"], found["title"]) == ("content/深度/vae.md", "变分 β-VAE")
    assert found["meta"]["date"] == "2026-01-02T08:00:00+08:00"
    assert found["meta"]["categories"] == [["深度学习", "生成"]]
    assert found["meta"]["tags"] == ["VAE", "生成模型"]
    assert found["meta"]["macros"] == {"KL": r"D_{\mathrm{KL}}"}
    assert [(row["level"], row["text"], row["line"]) for row in found["headings"]] == [(2, "目标 ℒ", at("## 目标")[0])]
    assert [(row["kind"], row["target"], row["line"], row["column"]) for row in found["links"]] == [
        ("link", "other.md", *at("[另一篇]")),
        ("wiki", "third#节", *at("[[third")),
        ("image", "a.png", *at("![图]")),
    ]
    assert found["labels"] == {"eq:elbo": "1", "eq:a": "2", "eq:b": "*"}
    assert "引言里有" in found["excerpt"]
    assert "目标" not in found["excerpt"]
    assert found["words"] > 10


def test_diagnostics_of_the_note(note: SiteTest) -> None:
    (row,) = inspected(note)["diagnostics"]
    assert {key: row[key] for key in ("line", "column", "length", "code", "hint")} == {
        "line": at(r"\aplha")[0],
        "column": at(r"\aplha")[1],
        "length": 6,
        "code": "math-undefined-command",
        "hint": "did you mean \\alpha?",
    }


def test_json_is_alone_on_stdout(note: SiteTest) -> None:
    inspected(note)
    assert note.stderr == ""


def test_settings_of_the_site_hold(note: SiteTest) -> None:
    note.write("site.yaml", "title: T\nbase_url: /\nmath: {numbering: all, output: source}\n")
    rows = inspected(note)["formulas"]
    assert [row["number"] for row in rows if row["number"]] == ["1", "2", "3, *"], "plain displays count"
    assert {row["engine"] for row in rows} == {"source", "macros"}


def test_in_words(note: SiteTest) -> None:
    note.run("inspect", str(note.root / "content/深度/vae.md"))
    lines = note.stdout.splitlines()
    assert lines[:5] == [
        "content/深度/vae.md",
        "  title       变分 β-VAE",
        "  date        2026-01-02T08:00:00+08:00",
        "  categories  深度学习/生成",
        "  tags        VAE, 生成模型",
    ]
    assert "  macros      KL: D_{\\mathrm{KL}}" in lines
    start = lines.index("excerpt")
    assert lines[start + 1 : start + 4] == [r"  引言里有 $q_\phi(z|x)$，与", r"  $$\KL(q \| p)$$", ""]
    line, column = at(r"\aplha")
    assert any(row.split() == [f"{line}:{column}", "inline", "FAILED", r"\aplha"] for row in lines)
    assert any(line.endswith("(1)  eq:elbo") for line in lines)
    note.expect_report(f"content/深度/vae.md:{line}:{column}: warning[math-undefined-command]", "did you mean \\alpha?")


def test_a_draft_and_a_note_of_the_future_can_be_inspected(site: SiteTest) -> None:
    site.note("d", "$x$", draft=True, date="2030-01-01")
    found = json.loads(site.run("inspect", str(site.root / "content/d.md"), "--json").stdout)
    assert (found["meta"]["draft"], len(found["formulas"])) == (True, 1)


def test_one_of_a_kind_is_not_told_as_many(site: SiteTest) -> None:
    note = site.note("n", "## 中\n\n$x$ [y](n.md)").root / "content/n.md"
    lines = site.run("inspect", str(note)).stdout.splitlines()
    assert {"1 heading", "1 formula", "1 link"} <= set(lines)
    assert {"0 headings", "0 formulas", "0 links"} <= set(
        site.note("n", "x").run("inspect", str(note)).stdout.splitlines()
    )
    assert "1 word, 1 min" in site.stdout


def test_a_file_that_cannot_be_read_is_an_error(site: SiteTest) -> None:
    site.write("content/bad.md", b"\xff")
    site.run("inspect", str(site.root / "content/bad.md"), "--json", expect=1)
    assert site.stdout == ""
    site.expect_report("content/bad.md:1:1: error[file-not-utf8]")


def test_no_file_is_wrong_usage(site: SiteTest) -> None:
    site.run("inspect", str(site.root / "content/none.md"), expect=2)


def test_a_note_is_what_a_build_sees_and_comes_from_its_cache(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies beside a note says what it is: a .bib file that `[@work]` cites, notes that README.md is their text."""
    site.write("content/refs.bib", "@misc{work, title={Work}}").note("a", "As [@work] says.")
    site.write("content/x/README.md", "# X\n").write("content/x/b.md", "# B\n")
    assert "[@work]" not in site.build(expect=None).html("posts/a/index.html")
    monkeypatch.setattr("notegen.read.cached_notes._read", None)  # nothing is read again
    for name in ("a.md", "x/README.md"):
        assert site.run("inspect", str(site.root / "content" / name)).stdout
