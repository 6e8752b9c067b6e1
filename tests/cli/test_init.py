"""`notegen init` as a command; and what a build says of a folder that another program made."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import notegen
from notegen.scan.config.load import load_config
from tests.support.limits import DEADLINE
from tests.support.site import SiteTest


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["site.yaml", "notegen.yml"])
def test_a_site_that_is_there_is_not_overwritten(tmp_path: Path, name: str) -> None:
    site = SiteTest(tmp_path).write(name, "title: Mine\n").write("hugo.toml", "title = 'T'\n")
    before = snapshot(tmp_path)
    site.init(expect=2).expect_report(f"{name} is there already; init overwrites nothing")
    assert snapshot(tmp_path) == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("hugo.toml", "title = 'T'\n").write("content/a.md", "Words.\n")
    before = snapshot(tmp_path)
    site.init("--dry-run")
    assert snapshot(tmp_path) == before
    assert "This is a site of Hugo; 1 note" in site.stdout
    text = site.stdout[site.stdout.index("# The settings") :]
    assert load_config(text, "site.yaml")[0].title == "T"


def test_what_is_written_is_named_and_what_is_there_stays(tmp_path: Path) -> None:
    workflow = ".github/workflows/notegen.yml"
    site = SiteTest(tmp_path).write(workflow, "mine\n").write("a.md", "Words.\n").write(".gitignore", "x\n").init()
    lines = site.stdout.splitlines()
    written = ["  write site.yaml", "  write .notegen.schema.json"]
    assert lines[1:5] == [*written, "  add to .gitignore", f"  leave {workflow}"]
    files = snapshot(tmp_path)
    assert files[workflow] == b"mine\n"
    assert files["a.md"] == b"Words.\n"
    assert files[".gitignore"].startswith(b"x\n")


def test_the_workflow_installs_this_release_with_few_rights(tmp_path: Path) -> None:
    text = snapshot(SiteTest(tmp_path).init().root)[".github/workflows/notegen.yml"].decode()
    assert f'--from "notegen-ssg[search]=={notegen.__version__}" notegen build' in text
    before_jobs = text[: text.index("jobs:")]
    assert before_jobs[before_jobs.index("permissions:") :].split("\n\n")[0] == "permissions:\n  contents: read"
    assert "git clone" not in text


def test_a_wrong_language_is_refused(tmp_path: Path) -> None:
    SiteTest(tmp_path).init("--language", "zh CN", expect=2).expect_report("must be a language tag")
    assert snapshot(tmp_path) == {}


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    SiteTest(tmp_path).write(".github", "a file").init(expect=1).expect_report("cannot be written")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (["_config.yml", "source/_posts/a.md"], "a site of Hexo, by _config.yml"),
        (
            ["mkdocs.yml", "docs/a.md", ".obsidian/app.json"],
            "a site of MkDocs, by mkdocs.yml (the files of Obsidian are here too)",
        ),
    ],
)
def test_a_build_names_the_program_once(tmp_path: Path, files: list[str], message: str) -> None:
    site = SiteTest(tmp_path)
    for path in files:
        site.write(path, "---\ndate: 2024-01-01\n---\nx\n" if path.endswith(".md") else "{}")
    site.build().expect_lines(f"info[dialect-recognised]: no site.yaml: built as {message}")
    site.expect_report("hint: `notegen init` writes its settings to site.yaml")
    assert site.run("list").stderr.count("dialect-recognised") == 1
    site.init().build()
    assert "dialect-recognised" not in site.stderr


def test_a_vault_without_its_settings_is_told_by_its_links(tmp_path: Path) -> None:
    site = (
        SiteTest(tmp_path)
        .write("a.md", "See [[b]]\nand more.")
        .write("x/b.md", "![[a]]")
        .write("c.md", "No `[[link]]`.")
    )
    site.build().expect_report("built as a site of Obsidian, by the wiki links in its notes")
    assert "<br>" in site.html("a/index.html")
    site.write("a.md", "See b.").build().expect_report("config-missing")


def test_templates_of_a_vault_are_told(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write(".obsidian/templates.json", '{"folder": "Templates"}').write("a.md", "A")
    site.write("Templates/t.md", "T").build()
    site.expect_report("info[note-none]: Templates/t.md: templates, or files that the program's settings exclude")
    assert "1 Markdown file not published: Templates/t.md" in site.init("--yes").stderr + site.stdout


@pytest.mark.slow
def test_the_command_as_a_process(tmp_path: Path) -> None:
    """Not on a terminal it asks nothing."""
    command = [sys.executable, "-m", "notegen", "init", str(tmp_path / "blog")]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "blog" / "content" / "first-note.md").is_file()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(("answer", "code"), [(b"n\n", 1), (b"y\n", 0)])
def test_on_a_terminal_it_asks_once(tmp_path: Path, answer: bytes, code: int) -> None:
    import pty

    keyboard, terminal = pty.openpty()
    try:
        command = [sys.executable, "-m", "notegen", "init", str(tmp_path)]
        with subprocess.Popen(command, stdin=terminal, stdout=subprocess.PIPE) as process:
            os.write(keyboard, answer)
            output = process.communicate(timeout=DEADLINE)[0]
    finally:
        os.close(keyboard)
        os.close(terminal)
    assert output.count(b"Write these files?") == 1
    assert (process.returncode, (tmp_path / "site.yaml").exists()) == (code, code == 0)
