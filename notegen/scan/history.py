"""When notes were changed last, and by whom, where site.yaml asks git for it."""

from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Result
from notegen.model.source import FileHistory, SiteLocation
from notegen.system.children.git import histories


def file_history(location: SiteLocation, config: Config) -> Result[dict[str, FileHistory]]:
    """Return the history of notes by path below the root. Diagnostics: git-shallow, git-missing."""
    if config.updated != "git":
        return Result({})
    known = histories(location.root, config.content_dir)
    if known.problem == "shallow":
        hint = "fetch all of it: git fetch --unshallow, or `fetch-depth: 0` of actions/checkout"
        message = "the clone is shallow: git does not know when notes were changed"
        return Result({}, (diagnose("git-shallow", message, path=location.config_path, hint=hint),))
    if known.problem:
        message = f"no dates from git: {known.problem}"
        hint = "set updated: front-matter, or build in a clone of the repository"
        return Result({}, (diagnose("git-missing", message, path=location.config_path, hint=hint),))
    return Result(known.files)
