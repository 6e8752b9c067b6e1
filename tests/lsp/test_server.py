"""`notegen lsp` as an editor sees it: a process of its own, spoken with over stdin and stdout."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from tests.support.lsp_client import Editor, applied
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow
SITE = r"""title: T
language: zh-CN
search: {enabled: false}
markdown: {hashtags: true}
math:
  macros:
    R: '\mathbb{R}'
    KL: 'D_{KL}(#1)'
"""
BIB = "@article{vaswani2017,\n title={Attention {Is} All You Need},\n author={Vaswani, Ashish},\n year={2017}\n}\n"
ATTENTION = "## 定义 {#def}\n\n第一段。\n\n$$\\label{eq:att} a = \\KL{x} \\in \\R$$\n\n见 \\eqref{eq:att}。"
LINKS = "🎉 见 [[注意力]]、[[注意力#定义]] 和 [t](注意力.md)，[@vaswani2017]。\n\n"
LINKS += "由 \\eqref{eq:att}，$x \\in \\R^n$。 #深度学习"
B = "content/b.md"


def files(root: Path) -> SiteTest:
    """Write the site that the editor opens."""
    site = SiteTest(root).write("site.yaml", SITE).write("content/refs.bib", BIB)
    site.note("注意力", ATTENTION, categories=["机器学习"], tags=["深度学习", "NLP"])
    site.note("b", LINKS, tags=["NLP"]).note("draft", "草稿。", draft=True, series="系列")
    return site.write("content/p.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Give an editor whose files no test saves."""
    root = tmp_path_factory.mktemp("site")
    files(root)
    with Editor(root) as editor:
        yield editor


@pytest.fixture
def text(shared: Editor) -> str:
    """Return the text of b.md as it is on the disk."""
    return (shared.root / B).read_text(encoding="utf-8")


def at(text: str, before: str, behind: str) -> str:
    """Return a text with the cursor between two pieces."""
    assert before + behind in text
    return text.replace(before + behind, f"{before}‸{behind}", 1)


def test_diagnostics_follow_what_is_written_before_it_is_saved(shared: Editor, text: str) -> None:
    shared.open(B, f"{text}\n🎉🎉 然后 [[没有]] 和 $\\frac{{1}}$\n")
    problem = shared.problem(B, "link-broken")
    assert shared.underlined(B, problem.range) == "[[没有]]"
    assert problem.severity is types.DiagnosticSeverity.Warning
    assert problem.source == "notegen"
    shared.open(B, text)
    shared.told(B, lambda codes: "link-broken" not in codes)


def test_site_yaml_and_drafts_have_diagnostics_too(shared: Editor) -> None:
    shared.open("site.yaml", SITE + "no_such_key: 1\n")
    assert shared.underlined("site.yaml", shared.problem("site.yaml", "config-unknown-key").range) == "no_such_key"
    shared.open("site.yaml", SITE)
    shared.told("site.yaml", lambda codes: "config-unknown-key" not in codes)
    draft = (shared.root / "content/draft.md").read_text(encoding="utf-8")
    shared.open("content/draft.md", draft + "\n[[nowhere]]\n")
    shared.problem("content/draft.md", "link-broken")
    shared.close("content/draft.md")
    shared.told("content/draft.md", lambda codes: not codes)


def test_a_note_that_is_not_on_the_disk_yet_is_one(shared: Editor, text: str) -> None:
    shared.open("content/新.md", "---\ntitle: 新\ndate: 2026-01-01\n---\n\n[[没有这个]]\n")
    shared.problem("content/新.md", "link-broken")
    assert "新" in shared.completed(B, f"{text}\n[[‸")
    shared.close("content/新.md")
    shared.told("content/新.md", lambda codes: not codes)


def test_names_are_completed(shared: Editor, text: str) -> None:
    assert {"注意力", "draft"} <= {*shared.completed(B, f"{text}\n[[‸")}
    assert shared.accepted(B, f"{text}\n🎉🎉 [[注‸", "注意力").endswith("\n🎉🎉 [[注意力]]")
    assert shared.accepted(B, f"{text}\n[[注‸]]", "注意力").endswith("\n[[注意力]]")
    assert shared.accepted(B, f"{text}\n[t](注‸)", "注意力").endswith("\n[t](注意力.md)")
    assert shared.accepted(B, f"{text}\n[[注意力#‸", "## 定义").endswith("\n[[注意力#定义]]")
    assert shared.accepted(B, f"{text}\n[t](注意力.md#‸)", "## 定义").endswith("\n[t](注意力.md#def)")
    assert shared.accepted(B, f"{text}\n![[‸", "p.svg").endswith("\n![[p.svg]]")


def test_labels_works_and_commands_are_completed(shared: Editor, text: str) -> None:
    assert {"vaswani2017", "eq:att"} <= {*shared.completed(B, f"{text}\n@‸")}
    works = shared.completed(B, f"{text}\n\\citep{{v‸")
    assert works["vaswani2017"].detail == "Vaswani, Ashish, 2017"
    labels = shared.completed(B, f"{text}\n\\eqref{{‸")
    assert labels["eq:att"].detail == "(1) 注意力"
    commands = shared.completed(B, f"{text}\n$\\‸$")
    assert commands["\\KL"].detail == "D_{KL}(#1)"
    assert shared.accepted(B, f"{text}\n$\\fr‸$", "\\frac").endswith("\n$\\frac{$1}{$2}$")


def test_front_matter_is_completed(shared: Editor, text: str) -> None:
    keys = shared.completed(B, text.replace("tags:", "‸\ntags:", 1))
    assert {"draft", "categories", "series"} <= {*keys}
    assert keys["draft"].documentation
    assert [*shared.completed(B, text.replace('["NLP"]', "[‸]", 1))] == ["NLP", "深度学习"]
    assert [*shared.completed(B, text.replace("tags:", "categories: ‸\ntags:", 1))] == ["机器学习"]
    assert [*shared.completed(B, text.replace("tags:", "draft: ‸\ntags:", 1))] == ["true", "false"]
    assert [*shared.completed(B, text.replace("tags:", "series: ‸\ntags:", 1))] == ["系列"]
    assert "深度学习" in shared.completed(B, f"{text}\n话 #深‸")


def test_nothing_is_completed_in_code(shared: Editor, text: str) -> None:
    assert shared.completed(B, f"{text}\n```\n[[‸\n```\n") == {}


def test_hover_shows_formulas_as_pictures(shared: Editor, text: str) -> None:
    shown = shared.hover(B, at(text, "$x ", "\\in"))
    picture = base64.b64decode(shown.partition("base64,")[2].partition(")")[0]).decode()
    assert picture.startswith("<svg")
    assert "<path" in picture
    assert "![x∈ℝⁿ](data:image/svg+xml" in shown
    assert "x \\in \\mathbb{R}^n" in shown, "macros in their long form"
    label = shared.hover(B, at(text, "\\eqref{eq", ":att}"))
    assert "data:image/svg+xml" in label
    assert "(1)" in label
    assert "content/注意力.md" in label


def test_hover_shows_what_is_behind_links_works_and_keys(shared: Editor, text: str) -> None:
    note = shared.hover(B, at(text, "[[注", "意力]]"))
    assert "**注意力**" in note
    assert "2026-01-02" in note
    assert "第一段" in note
    assert "› 定义" in shared.hover(B, at(text, "[[注意力#", "定义"))
    assert "**Attention Is All You Need**" in shared.hover(B, at(text, "@vas", "wani"))
    whole = (shared.root / "content/注意力.md").read_text(encoding="utf-8")
    assert "D_{KL}" in shared.hover("content/注意力.md", at(whole, "\\K", "L{x}"))
    assert "**tags**" in shared.hover(B, at(text, "ta", "gs:"))
    assert "2 notes" in shared.hover(B, at(text, "#深", "度"))
    assert shared.hover(B, at(text, "🎉 ", "见")) == ""
    shared.close("content/注意力.md")


def test_definitions(shared: Editor, text: str) -> None:
    def places(before: str, behind: str) -> list[tuple[str, str]]:
        return shared.places(shared.ask("definition", B, at(text, before, behind)))

    attention = "content/注意力.md"
    assert places("[[注", "意力]]") == [(attention, "")]
    assert places("[[注意力#", "定义") == [(attention, "## 定义 {#def}")]
    assert places("](注", "意力.md") == [(attention, "")]
    assert places("\\eqref{eq", ":att}") == [(attention, "eq:att")]
    assert places("@vas", "wani") == [("content/refs.bib", "@article{vaswani2017,")]
    assert places("\\in \\", "R^n") == [("site.yaml", "R")]
    assert places("🎉 ", "见") == []


def test_references(shared: Editor, text: str) -> None:
    def places(before: str, behind: str, *, declared: bool = False) -> list[tuple[str, str]]:
        context = types.ReferenceContext(declared)
        return shared.places(shared.ask("references", B, at(text, before, behind), context=context))

    attention = "content/注意力.md"
    assert (B, "[[注意力]]") in places("[[注", "意力]]")
    assert (B, "[t](注意力.md)") in places("[[注", "意力]]")
    assert places("[[注意力#", "定义") == [(B, "[[注意力#定义]]")]
    assert places("\\eqref{eq", ":att}") == [(B, "eq:att"), (attention, "eq:att")]
    assert len(places("\\eqref{eq", ":att}", declared=True)) == 3
    assert places("@vas", "wani") == [(B, "[@vaswani2017]")]
    assert places("\\in \\", "R^n", declared=True) == [(B, "\\R"), (attention, "\\R"), ("site.yaml", "R")]
    assert places("#深", "度") == [(B, "深度学习"), (attention, '"深度学习"')]


def test_rename_a_note_a_label_and_a_tag(shared: Editor, text: str) -> None:
    cursor = at(text, "[[注", "意力]]")
    prepared = shared.ask("prepare_rename", B, cursor)
    assert prepared.placeholder == "注意力"
    assert shared.underlined(B, prepared.range) == "注意力"
    moved = applied(shared.root, shared.ask("rename", B, cursor, new_name="attention"), shared.texts)
    assert "🎉 见 [[attention]]、[[attention#定义]] 和 [t](attention.md)" in moved[B]
    assert "aliases: [/posts/注意力/]" in moved["content/attention.md"]
    label = shared.ask("rename", B, at(text, "\\eqref{eq", ":att}"), new_name="eq:new")
    changed = applied(shared.root, label, shared.texts)
    assert "由 \\eqref{eq:new}，" in changed[B]
    assert "\\label{eq:new}" in changed["content/注意力.md"]
    tag = applied(shared.root, shared.ask("rename", B, at(text, "#深", "度"), new_name="DL"), shared.texts)
    assert tag[B].endswith("#DL\n")
    assert '["DL", "NLP"]' in tag["content/注意力.md"]


def test_a_rename_that_cannot_be_is_refused_with_its_reason(shared: Editor, text: str) -> None:
    with pytest.raises(Exception, match=r"content/draft\.md is there already"):
        shared.ask("rename", B, at(text, "[[注", "意力]]"), new_name="draft")
    assert shared.ask("prepare_rename", B, at(text, "🎉 ", "见")) is None


def test_links_follow_a_file_that_the_editor_renames(shared: Editor, text: str) -> None:
    shared.open(B, text)
    rename = types.FileRename(shared.uri("content/注意力.md"), shared.uri("content/子/新.md"))
    edit = shared.request("workspace_will_rename_files", types.RenameFilesParams([rename]))
    assert "[t](子/新.md)" in applied(shared.root, edit, shared.texts)[B]


def test_the_outline_has_the_headings(shared: Editor) -> None:
    shared.open("content/注意力.md")
    outline = shared.ask("document_symbol", "content/注意力.md")
    assert [item.name for item in outline] == ["定义"]
    shared.close("content/注意力.md")


def test_an_editor_without_markdown_gets_words(tmp_path: Path) -> None:
    site = files(tmp_path)
    text = (site.root / B).read_text(encoding="utf-8")
    with Editor(site.root, markdown=False) as editor:
        shown = editor.hover(B, at(text, "$x ", "\\in"))
        assert "x∈ℝⁿ" in shown
        assert "data:" not in shown
        assert "`" not in shown
    assert editor.exit_code == 0


def test_files_outside_of_sites_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    files(tmp_path / "site")
    (tmp_path / "README.md").write_text("[[x]]\n", encoding="utf-8")
    with Editor(tmp_path / "site") as editor:
        editor.open("../README.md", "[[x]]\n")
        assert editor.hover("../README.md", "[[‸x]]\n") == ""
    assert not (tmp_path / ".notegen").exists()


def test_the_site_of_a_file_is_the_nearest_one(tmp_path: Path) -> None:
    files(tmp_path / "docs")
    (tmp_path / "README.md").write_text("# R\n", encoding="utf-8")
    with Editor(tmp_path) as editor:
        editor.open("docs/content/b.md", (tmp_path / "docs" / B).read_text(encoding="utf-8") + "\n[[没有]]\n")
        editor.problem("docs/content/b.md", "link-broken")
    assert (tmp_path / "docs" / ".notegen").is_dir()
    assert not (tmp_path / ".notegen").exists()


def test_without_pygls_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pygls.py").write_text("raise ImportError\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path.cwd()}")
    site = SiteTest(tmp_path / "site")
    site.root.mkdir()
    site.process("lsp", expect=2).expect_report('pip install "notegen-ssg[lsp]"')
