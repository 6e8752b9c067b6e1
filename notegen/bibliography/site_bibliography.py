"""The works that the notes of a site cite. A site without a bibliography need not load what reads one."""

from collections.abc import Sequence

from notegen.cache.context import BuildContext
from notegen.model.body import NO_BIBLIOGRAPHY, Bibliography
from notegen.model.diagnostic import Result
from notegen.model.note import Note
from notegen.model.source import Tree


def site_bibliography(notes: Sequence[Note], tree: Tree, context: BuildContext) -> Result[Bibliography]:
    """Return the works that notes cite. Diagnostics: those of `read_bibliography`."""
    if not tree.bibliographies:
        return Result(NO_BIBLIOGRAPHY)
    from notegen.bibliography.bibliography import read_bibliography

    return read_bibliography(notes, tree, context)
