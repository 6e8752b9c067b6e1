"""The HTTP server: an ASGI application that answers from the current snapshot of the site, and from nothing else."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from notegen.cache.page_store import bytes_of
from notegen.routes.urls import quote_path
from notegen.search.index import FOLDER
from notegen.server.events import stream
from notegen.server.inject import EVENTS, SCRIPT, client_script, client_version, inject
from notegen.server.origin_check import HEADERS, OriginCheck
from notegen.server.responses import data_response, file_response
from notegen.server.snapshot import NOT_FOUND, Snapshot, is_page, waiting_page
from notegen.server.state import BuildState

PATIENCE = 2.0  # seconds a request waits for a build that is under way


class ServerSettings(msgspec.Struct, frozen=True):
    """What the server needs to know besides the state of builds. `roots`: the folders that files may be sent from."""

    origin_check: OriginCheck
    images: Path  # the folder of smaller images
    roots: tuple[Path, ...]
    reload: bool = True


class Application:
    """The ASGI application."""

    def __init__(self, build_state: BuildState, settings: ServerSettings) -> None:
        self._build_state = build_state
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        response = await self._answer(Request(scope))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if refusal := self._settings.origin_check.refusal(request.headers):
            return _text(refusal, 403)
        if request.method not in {"GET", "HEAD"}:
            return Response("only GET and HEAD", 405, {**HEADERS, "allow": "GET, HEAD"}, "text/plain")
        path = request.scope["path"]
        if self._settings.reload and path == SCRIPT:
            return data_response(client_script(), SCRIPT, client_version(), request.headers)
        if self._settings.reload and path == EVENTS:
            return self._events(request)
        state = await self._build_state.fresh(PATIENCE)
        if state.snapshot is None:
            return self._page(waiting_page("Building the site …"), Snapshot(0), path, request.headers, 503)
        return await self._from(state.snapshot, path, request.headers, indexing=state.indexing)

    def _events(self, request: Request) -> Response:
        page, epoch = request.query_params.get("page", "/"), request.query_params.get("epoch", "0")
        number = int(epoch) if epoch.isascii() and epoch.isdigit() and len(epoch) < 10 else 0  # noqa: PLR2004
        headers = {**HEADERS, "cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(
            stream(self._build_state, page, number), headers=headers, media_type="text/event-stream; charset=utf-8"
        )

    async def _from(self, snapshot: Snapshot, path: str, headers: Headers, *, indexing: bool) -> Response:
        """Answer from one snapshot, whatever the builder does meanwhile."""
        file = snapshot.find(path)
        if file is None and indexing and path.startswith(f"{snapshot.base_path}{FOLDER}/"):
            return _text("The search index is being made …", 503)  # the theme's search box says so and asks again
        if file is None:
            target = snapshot.folder(path) or (snapshot.base_path if path == "/" else "")
            if target:
                return Response(status_code=302, headers={**HEADERS, "location": quote_path(target)})
            lost = snapshot.files.get(NOT_FOUND)
            words = (lost and bytes_of(lost.content)) or waiting_page("404: there is no such page")
            return self._page(words, snapshot, path, headers, 404)
        if is_page(file.path) and (data := bytes_of(file.content)) is not None:
            status = 404 if file.path == NOT_FOUND and path != snapshot.base_path + NOT_FOUND else 200
            return self._page(data, snapshot, path, headers, status)
        return await file_response(file, headers, self._settings.images, self._settings.roots)

    def _page(
        self, data: bytes, snapshot: Snapshot, path: str, headers: Mapping[str, str], status: int = 200
    ) -> Response:
        """Return an HTML page with its epoch, and with our script."""
        fingerprint = snapshot.fingerprint(path)
        if self._settings.reload:
            data = inject(data, snapshot.epoch, fingerprint)
        return data_response(data, NOT_FOUND, f"{fingerprint}.{snapshot.epoch}", headers, status)


def _text(words: str, status: int) -> Response:
    return Response(words + "\n", status, HEADERS, "text/plain; charset=utf-8")
