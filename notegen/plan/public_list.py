"""Every file of the site with the reason why it is public, and the author's file that it comes from."""

from collections.abc import Container, Iterable, Iterator
from pathlib import PurePath
from typing import Literal

from notegen.model.output import Copy, OutputFile, Published, Resized, Stripped
from notegen.model.pages import NotePage, Page, RedirectPage
from notegen.model.site import Linked
from notegen.plan.plan import Plan


def published(files: Iterable[OutputFile], plan: Plan, linked: Linked) -> Iterator[Published]:
    """Yield what is published: the files of a build, in their order."""
    pages = {page.output: page for page in plan.pages}
    notes = frozenset(linked.owners.values())
    reasons = {file.path: file.reason for file in linked.files.values()}
    for file in files:
        page = pages.get(file.path)
        yield _of_page(page, notes) if page else _of_file(file, reasons.get(file.path, ""))


def _of_page(page: Page, notes: Container[str]) -> Published:
    match page.value:
        case NotePage(note=note):
            kind: Literal["page", "note"] = "page" if page.template == "page.html" else "note"
            return Published(page.output, page.owner, f"a {kind}, unlisted" if note.unlisted else f"a {kind}", kind)
        case RedirectPage():
            return Published(page.output, page.owner, "an old address", "made")
        case _ if page.owner in notes:
            return Published(page.output, page.owner, "a page", "page")
        case _:
            return Published(page.output, "", page.owner, "made")


def _of_file(file: OutputFile, reason: str) -> Published:
    match file.content:
        case Copy(asset) | Stripped(asset):
            if reason or not PurePath(asset.path).is_absolute():
                return Published(file.path, asset.path, reason or "a file of the theme", "file")
            return Published(file.path, "", "a file of the theme", "made")
        case Resized(variant):
            return Published(file.path, variant.asset.path, "a smaller copy", "made")
        case _:
            return Published(file.path, "", "made for the site", "made")
