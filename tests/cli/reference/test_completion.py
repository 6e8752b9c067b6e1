"""Completion in the shells themselves: their scripts are sourced, and asked as the shell asks them."""

import shutil
from pathlib import Path

import pytest

from notegen.cli.commands import cli
from notegen.cli.reference.completion import SHELLS, completion_script, content_folder, folders, templates, terms
from tests.support.cases import all_cases
from tests.support.shell import run_shell
from tests.support.site import SiteTest

# What a person has typed; each shell's way to ask for the words that may follow.
ASK = {
    "bash": """
eval "$(notegen completion bash)"
COMP_WORDS=({words} "{last}"); COMP_CWORD={count}
_notegen_completion notegen
printf '%s\\n' "${{COMPREPLY[@]}}"
""",
    "zsh": """
autoload -Uz compinit && compinit -D
eval "$(notegen completion zsh)"
compadd() {{ print -rl -- $completions }}
_describe() {{ print -rl -- ${{completions_with_descriptions%%:*}} }}
words=({words} "{last}"); CURRENT=$(({count} + 1))
_notegen_completion
""",
    "fish": """
notegen completion fish | source
complete -C '{words} {last}' | string replace -r '\\t.*' ''
""",
}


@pytest.fixture
def noted(tmp_path: Path) -> SiteTest:
    """Return a site with categories, tags, folders and a template."""
    site = SiteTest(tmp_path / "site").write("site.yaml", "title: T\n").write("templates/paper.md", "x")
    site.write("content/ml/a.md", "---\ncategories: [Optimization]\ntags:\n  - Adam\n  - 注意力\n---\nx")
    site.write("content/ml/b.md", '---\ncategory: "Optics"\ntags: Adam, AdamW\n---\ntags: none\n')
    return site.write("content/c.md", "No front matter.\n\ntags: [Addition]\n")


def completions(shell: str, site: SiteTest, words: str, last: str) -> list[str]:
    """Return what a shell offers for the last word, in its order."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    text = ASK[shell].format(words=words, last=last, count=len(words.split()))
    done = run_shell([shell, "-c", text], site.root, site.root.parent / "bin")
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


@pytest.mark.slow
@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes(shell: str, noted: SiteTest) -> None:
    assert sorted(completions(shell, noted, "notegen", "ch")) == ["check"]
    assert "--drafts" in completions(shell, noted, "notegen build", "--d")
    assert sorted(completions(shell, noted, "notegen new x -t", "Ad")) == ["Adam", "AdamW"]
    assert sorted(completions(shell, noted, "notegen new x --category", "Opt")) == ["Optics", "Optimization"]
    assert sorted(completions(shell, noted, "notegen explain", "math-u")) == ["math-unclosed", "math-undefined-command"]
    assert completions(shell, noted, "notegen completion", "z") == ["zsh"]


@all_cases("shell", SHELLS)
def test_the_script_names_the_command(shell: str) -> None:
    assert "_NOTEGEN_COMPLETE" in completion_script(cli, shell)


def test_terms_are_those_of_front_matter_most_used_first(noted: SiteTest) -> None:
    assert terms(noted.root, "tags", "")[0] == "Adam"
    assert set(terms(noted.root, "tags", "")) == {"Adam", "AdamW", "注意力"}
    assert terms(noted.root, "tags", "注") == ["注意力"]


def test_folders_and_templates_are_names(noted: SiteTest) -> None:
    assert folders(noted.root, "") == ["ml"]
    assert templates(noted.root, "p") == ["paper"]


@pytest.mark.parametrize(
    ("settings", "name"), [("", "content"), ("content_dir: 'notes'\n", "notes"), ("x: [", "content")]
)
def test_the_content_folder(tmp_path: Path, settings: str, name: str) -> None:
    (tmp_path / "site.yaml").write_text(settings, encoding="utf-8")
    assert content_folder(tmp_path) == tmp_path
    (tmp_path / name).mkdir()
    assert content_folder(tmp_path) == tmp_path / name


def test_a_folder_without_notes_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to("nowhere")
    assert (terms(tmp_path, "tags", ""), folders(tmp_path, ""), templates(tmp_path, "")) == ([], [], [])
