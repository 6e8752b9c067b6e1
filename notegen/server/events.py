"""One stream of server-sent events a page: what has changed since the page was sent.

The stream tells states, not events: it compares what the page has with what there is. So a message that got lost, a
server that was killed, or a tab that slept for an hour ends with the right page all the same.
"""

from collections.abc import AsyncIterator

import msgspec

from notegen.server.inject import client_version
from notegen.server.overlay import OverlayEntry, for_page
from notegen.server.snapshot import Snapshot
from notegen.server.state import BuildState, SiteState

BEAT = 15.0  # seconds between signs of life
_RETRY = b"retry: 400\n\n"  # milliseconds after which the browser tries again


class Message(msgspec.Struct, frozen=True):
    """The state of one page."""

    epoch: int
    page: str  # the page's fingerprint
    problems: tuple[OverlayEntry, ...]
    files: tuple[str, ...]  # images and other files that changed
    follow: bool
    version: str  # of the script


def message(state: SiteState, path: str, epoch: int) -> Message:
    """Return the state of the page at a URL path, sent to a browser that knows the files of `epoch`."""
    snapshot = state.snapshot or Snapshot(0)
    return Message(
        epoch=snapshot.epoch,
        page=snapshot.fingerprint(path),
        problems=for_page(state.problems, snapshot.owners.get(path, "")),
        files=snapshot.touched_since(epoch),
        follow=state.follow,
        version=client_version(),
    )


async def stream(build_state: BuildState, path: str, epoch: int) -> AsyncIterator[bytes]:
    """Yield the page's state now, and again whenever the page, its problems or files are different."""
    yield _RETRY
    sent: Message | None = None
    while not build_state.stopped:
        new = message(build_state.current, path, epoch)
        page = msgspec.structs.replace(new, epoch=0, files=())
        if page != sent or new.files:
            sent, epoch = page, max(epoch, new.epoch)
            yield b"data: " + msgspec.json.encode(new) + b"\n\n"
        elif not await build_state.change(BEAT):
            yield b": still here\n\n"
