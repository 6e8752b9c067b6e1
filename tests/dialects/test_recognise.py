"""Which program a folder comes from."""

from notegen.dialects.programs.all import DIALECTS
from notegen.dialects.recognise import by_texts, recognise
from tests.support.cases import all_cases


@all_cases(
    ("paths", "key"),
    [
        ("_config.yml source/_posts/ scaffolds/ package.json", "hexo"),
        ("hugo.toml content/ archetypes/", "hugo"),
        ("config.toml content/ themes/", "hugo"),
        ("config/_default/ content/", "hugo"),
        ("_config.yml _posts/ Gemfile", "jekyll"),
        ("_config.yml _layouts/ _bibliography/", "jekyll"),
        ("_quarto.yml index.qmd posts/", "quarto"),
        (".obsidian/ Note.md", "obsidian"),
        ("quartz.config.ts content/ content/.obsidian/", "quartz"),
        ("mkdocs.yml docs/", "mkdocs"),
        ("docs/.vitepress/config.mts docs/index.md", "vitepress"),
        (".vitepress/config.ts index.md", "vitepress"),
        ("docs/.vuepress/config.js", "vuepress"),
        ("docusaurus.config.ts docs/ blog/", "docusaurus"),
        ("_config.yml _toc.yml intro.md", "jupyter-book"),
        ("myst.yml index.md", "myst"),
        ("SUMMARY.md README.md book.json", "gitbook"),
        (".gitbook.yaml docs/", "gitbook"),
        ("book.toml src/SUMMARY.md", "mdbook"),
        ("docs/_sidebar.md docs/README.md", "docsify"),
        ("mkdocs.yml docs/SUMMARY.md", "mkdocs"),
    ],
)
def test_a_program_is_told_by_its_files(paths: str, key: str) -> None:
    assert recognise(paths.split())[0].key == key


def test_a_folder_of_notes_alone_comes_from_no_program() -> None:
    assert recognise(["site.yaml", "content/", "content/a.md", "README.md", "_config.yml"]) == ()


def test_two_programs_in_one_folder_are_both_named() -> None:
    keys = [dialect.key for dialect in recognise(["mkdocs.yml", "docs/", ".obsidian/", "_config.yml", "Gemfile"])]
    assert keys == ["mkdocs", "jekyll", "obsidian"]


def test_each_dialect_has_its_own_name() -> None:
    assert len({dialect.key for dialect in DIALECTS}) == len(DIALECTS)


@all_cases(
    ("files", "told"),
    [
        ({"docs/index.html": "<script>window.$docsify = {}</script>", "docs/README.md": ""}, "docsify docs/index.html"),
        ({"index.html": "<p>A page</p>", "README.md": ""}, ""),
        (
            {"SUMMARY.md": "# S\n\n- [A](a.md)\n  1. B\n    * [C](b/c.md)\n", "a.md": "", "b/c.md": ""},
            "gitbook SUMMARY.md",
        ),
        (
            {"docs/SUMMARY.md": "[A](a.md)\n\n---\n\n* [B](<b.md>)", "docs/a.md": "", "docs/b.md": ""},
            "gitbook docs/SUMMARY.md",
        ),
        ({"SUMMARY.md": "# S\n\nWhat I learnt:\n\n- [A](a.md)\n- [B](b.md)\n", "a.md": "", "b.md": ""}, ""),
        ({"SUMMARY.md": "- [A](a.md)\n- [B](gone.md)\n", "a.md": ""}, ""),
        ({"SUMMARY.md": "- one\n- two\n", "a.md": "", "b.md": ""}, ""),
        (
            {".gitignore": "*.log\n/.obsidian/\n", "a.md": "", "b.md": "", "c.md": ""},
            "obsidian .gitignore, which names .obsidian",
        ),
        ({".gitignore": "**/.obsidian/workspace.json\n", "a.md": ""}, ""),
        ({".gitignore": "# not .obsidian\n", "a.md": ""}, ""),
        ({".gitignore": ".obsidian\n", "a.py": ""}, ""),
        ({".gitignore": ".obsidian\n", "content/a.md": ""}, ""),
    ],
)
def test_a_folder_without_a_marker_is_told_by_what_its_files_say(files: dict[str, str], told: str) -> None:
    found = by_texts(files, files.get)
    assert (f"{found[0].key} {found[1]}" if found else "") == told
