"""Pages of another program that are programs, such as Docusaurus' `src/pages/index.js`: reported, as no code is run."""

from pathlib import Path

from notegen.dialects.dialect import Dialect
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, first_names
from notegen.text.paths import fits_path


def programmed_pages(root: Path, dialect: Dialect | None) -> tuple[Diagnostic, ...]:
    """Return file-unread, once, where there are such pages below the root of a site, whether in its notes or not."""
    patterns = dialect.programmed if dialect is not None else ()
    folders = {root / pattern.partition("*")[0] for pattern in patterns}
    files = (path.relative_to(root).as_posix() for folder in folders if folder.is_dir() for path in folder.rglob("*"))
    paths = sorted(path for path in files if fits_path(path, patterns))
    if dialect is None or not paths:
        return ()
    names = first_names(paths, more=" …")
    count = f"1 page of {dialect.name} is" if len(paths) == 1 else f"{len(paths)} pages of {dialect.name} are"
    hint = "a Markdown file of the same name beside it is a page here"
    return (diagnose("file-unread", f"{count} in JavaScript, which is not run: {names}", path=paths[0], hint=hint),)
