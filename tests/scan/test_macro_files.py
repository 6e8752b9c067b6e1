r"""Macros from files: found by themselves or named, with what they include; what defines nothing is told."""

import pytest

from notegen.math.latex.macro_file import read_macro_file
from tests.support.limits import assert_linear
from tests.support.site import SiteTest

MACROS = r"""% macros of all my papers
\documentclass{article}
\usepackage[utf8]{inputenc} \usepackage{amsmath}
\newtheorem{thm}{Theorem}[section]
\newcommand{\R}{\mathbb{R}} % the reals
\newcommand{\E}[2][x]{\mathbb{E}_{#1}\left[#2\right]}
\DeclareMathOperator*{\am}{arg\,min}
\DeclarePairedDelimiter\set{\{}{\}}
\def\half{\frac12}
\let\eps\varepsilon
\definecolor{brand}{RGB}{192,57,43}
\begin{document}
\newcommand{\hidden}{1}
"""
USES = r"$\R \E{a} \E[z]{b} \am_x \set*{x} \half \eps \color{brand} c$"


@pytest.mark.parametrize("name", ["macros.tex", "preamble.sty", "content/macros.tex"])
def test_files_with_usual_names_are_found_by_themselves(site: SiteTest, name: str) -> None:
    site.write(name, MACROS).note("n", USES, title=r"On $\E{y}$").build().expect_clean()
    assert "math-error" not in site.body("n")
    assert "#C0392B" in site.body("n")
    assert "On 𝔼ₓ[y]" in site.html("posts/n/index.html")


def test_files_are_named_by_a_setting_and_those_of_site_yaml_go_before(site: SiteTest) -> None:
    site.write("site.yaml", "math:\n  preamble: [tex/all.tex]\n  macros: {half: '0.5'}\n")
    site.write("tex/all.tex", "\\input{more}\n").write("tex/more.tex", MACROS).write("macros.tex", r"\newcommand\R{r}")
    site.note("n", r"$\R + \half$").build().expect_clean()
    assert "ℝ" in site.body("n")
    assert "<mn>0.5</mn>" in site.body("n")


def test_mathjax_lists_are_macros_in_site_yaml(site: SiteTest) -> None:
    site.write("site.yaml", 'math:\n  macros:\n    bold: ["{\\\\bf #1}", 1]\n    E: ["E_{#1}[#2]", 2, "p"]\n')
    site.note("n", r"$\bold{x} \E{y}$").build().expect_clean()
    assert "𝐱" in site.body("n")
    assert "<mi>p</mi>" in site.body("n")


def test_the_vaults_preamble_is_obsidians(site: SiteTest) -> None:
    site.write("site.yaml", "dialect: obsidian\ncontent_dir: .\n").write("preamble.sty", r"\newcommand{\R}{\mathbb{R}}")
    site.write("n.md", "# n\n\n$\\R$\n").build()
    assert "ℝ" in site.html("n/index.html")


def test_what_is_no_definition_is_reported_at_its_place(site: SiteTest) -> None:
    text = "\\newcommand\\a{1}\nSome {text\nin} it\n  \\foo{x} \\newcommand\\b{2}\n\\newcommand{\\c}[x]{1}\n"
    text += "\\newcommand\\d{4}\n{"
    site.write("macros.tex", text).note("n", r"$\a\d$").build().expect_report(
        "macros.tex:2:1: warning[math-macro]: Some defines no macro",
        r"macros.tex:4:3: warning[math-macro]: \foo defines no macro",
        r"macros.tex:5:1: warning[math-macro]: \c cannot have x arguments",
        "macros.tex:7:1: warning[math-macro]: { is never closed",
    )
    assert "math-error" not in site.body("n")


def test_included_files_are_of_the_site_and_loops_end(site: SiteTest) -> None:
    site.write("macros.tex", "\\input{b}\n\\input{none}\n\\input{../../etc/passwd}\n").write(
        "b.tex", "\\input{macros}\n"
    )
    site.note("n", "text").build().expect_report(
        "b.tex:1:1: warning[math-macro]: macros includes itself",
        "macros.tex:2:1: warning[math-macro]: there is no file none in the site",
        "macros.tex:3:1: warning[math-macro]: there is no file ../../etc/passwd in the site",
    )


def test_no_link_leads_out_of_the_site(site: SiteTest) -> None:
    outside = site.root.parent / "outside.tex"
    outside.write_text(r"\newcommand\R{r}")
    site.note("n", "text")
    (site.root / "macros.tex").symlink_to(outside)
    site.build().expect_clean()


def test_a_named_file_that_is_missing_is_reported(site: SiteTest) -> None:
    site.write("site.yaml", "math:\n  preamble: [gone.tex]\n").note("n", "text").build()
    site.expect_report("site.yaml:2: warning[math-macro]: math.preamble: there is no file gone.tex in the site")


def test_a_changed_macro_changes_the_notes(site: SiteTest) -> None:
    site.write("macros.tex", r"\newcommand\R{r}").note("n", r"$\R$").build()
    site.write("macros.tex", r"\newcommand\R{q}").build()
    assert "<mi>q</mi>" in site.body("n")


@pytest.mark.parametrize("piece", [r"\newcommand\a{1}", "{", "x{", r"\def\a", "\n", r"\usepackage[", r"\foo{x} "])
def test_long_files_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: read_macro_file(piece * (size // len(piece))), 2_000)
