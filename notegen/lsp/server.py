"""The protocol: what an editor asks and tells, in the types of LSP 3.17, by pygls."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, TypeVar

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from notegen import __version__
from notegen.lsp import answers
from notegen.lsp.analysis import Analysis
from notegen.lsp.positions import UTF16, Positions, normal
from notegen.lsp.rename import moved, workspace_edit
from notegen.lsp.sites import LspOptions, SiteSession, has_configuration, site_root
from notegen.lsp.symbols import Reader
from notegen.model.diagnostic import Severity
from notegen.rename.find import Renamed

T = TypeVar("T")
QUIET = 0.15  # seconds without a change before the site is read again
TRIGGERS = ("[", "#", "@", "\\", "{", "(", "/", ":", " ", ",", "`")
_REFUSED = -32803  # RequestFailed of LSP


class NotesServer(LanguageServer):
    """The server of one editor: its open files, the sites that they belong to."""

    def __init__(self, options: LspOptions) -> None:
        super().__init__("notegen", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.options = options
        self.sessions: dict[Path, SiteSession] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def encoding(self) -> str:
        """What the editor counts in."""
        return types.PositionEncodingKind(self.workspace.position_encoding or UTF16).value

    @property
    def folders(self) -> list[Path]:
        """The folders that are open in the editor."""
        named = [folder.uri for folder in self.workspace.folders.values()]
        roots = named or ([self.workspace.root_uri] if self.workspace.root_uri else [])
        return [path.resolve() for path in map(path_of, roots) if path is not None]

    def session(self, uri: str) -> tuple[SiteSession, str] | None:
        """Return the session of a file's site and its path there; None for a file of no site."""
        file = path_of(uri)
        file = file.parent.resolve() / file.name if file is not None else None
        root = site_root(file, self.folders, self.options.source) if file else None
        if root is None or file is None:
            return None
        return self.opened(root), file.relative_to(root).as_posix()

    def opened(self, root: Path) -> SiteSession:
        """Return the session of a site."""
        if root not in self.sessions:
            self.sessions[root] = SiteSession(root, self.options, self.changed)
        return self.sessions[root]

    def text(self, uri: str) -> str:
        """Return the text of an open file."""
        return normal(self.workspace.get_text_document(uri).source)

    def keep(self, uri: str) -> None:
        """Let a file be what the editor holds."""
        if placed := self.session(uri):
            session, path = placed
            session.buffers[session.root / path] = self.text(uri)
            self.changed(session)

    def leave(self, uri: str) -> None:
        """Let a file be what is on the disk."""
        if placed := self.session(uri):
            session, path = placed
            session.buffers.pop(session.root / path, None)
            self.changed(session)

    def look_again(self, uris_of_files: Iterable[str]) -> None:
        """Read the sites again that some files belong to."""
        sessions = {placed[0].root: placed[0] for uri in uris_of_files if (placed := self.session(uri))}
        for session in sessions.values():
            self.changed(session)

    def start(self) -> None:
        """Read the sites that are open as folders: what is wrong with them is shown before a file is opened."""
        source = self.options.source
        for root in [source.resolve()] if source else filter(has_configuration, self.folders):
            self.changed(self.opened(root))

    def changed(self, session: SiteSession) -> None:
        """Read a site again when nothing has changed for a moment, and say what is wrong."""
        session.touch()
        task = asyncio.get_running_loop().create_task(self._diagnose(session, session.changes))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            words = f"notegen: {type(error).__name__}: {error}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, words))

    async def _diagnose(self, session: SiteSession, number: int) -> None:
        await asyncio.sleep(QUIET)
        if session.changes == number:
            self._publish(session, await session.analysis())

    def _publish(self, session: SiteSession, analysis: Analysis) -> None:
        """Tell the editor of files whose diagnostics are other than it knows; infos of open files alone."""
        opened = {path.relative_to(session.root).as_posix(): path for path in session.buffers}
        config = analysis.site.location.config_path
        by_path: dict[str, list[types.Diagnostic]] = {}
        positions: dict[str, Positions] = {}
        for item in analysis.diagnostics:
            path = item.path or config
            if not path or (item.severity is Severity.INFO and path not in opened):
                continue
            if path not in positions:
                positions[path] = Positions.of(analysis.text(path) or "\n" * item.line, self.encoding)
            shown = answers.diagnostic(item, positions[path], self.options.explained)
            by_path.setdefault(path, []).append(shown)
        for path in sorted({*by_path, *session.published}):
            items = by_path.get(path, [])
            if session.published.get(path) != items:
                session.published[path] = items
                uri = (session.root / path).as_uri()
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, items))

    async def ask(self, uri: str, position: types.Position, question: Callable[[Reader, int], T]) -> T | None:
        """Return the answer to a question about a place in an open file."""
        return await self.ask_of(uri, lambda reader: question(reader, reader.positions.offset(position)))

    async def ask_of(self, uri: str, question: Callable[[Reader], T]) -> T | None:
        """Return the answer to a question about a file; None for a file of no site."""
        placed = self.session(uri)
        if placed is None:
            return None
        session, path = placed
        return await session.ask(path, self.text(uri), self.encoding, question)

    def shows_markdown(self) -> bool:
        """Return whether the editor renders Markdown in hovers."""
        hover = self.client_capabilities.text_document and self.client_capabilities.text_document.hover
        formats = (hover.content_format if hover else None) or ()
        return types.MarkupKind.Markdown in formats

    def versions(self, session: SiteSession) -> dict[str, int | None]:
        """Return the versions of open files, by their paths."""
        opened = {path: self.workspace.get_text_document(path.as_uri()) for path in session.buffers}
        return {path.relative_to(session.root).as_posix(): document.version for path, document in opened.items()}


def path_of(uri: str) -> Path | None:
    """Return the path of a file; None for what is none."""
    path = uris.to_fs_path(uri) if uri.startswith("file:") else None
    return Path(path) if path else None


def serve(options: LspOptions, reading: BinaryIO, writing: BinaryIO) -> bool:
    """Answer an editor until it leaves. Return whether all work has ended."""
    server = make_server(options)
    server.start_io(reading, writing)
    ended = [session.close() for session in server.sessions.values()]
    return all(ended)


def make_server(options: LspOptions) -> NotesServer:
    """Return a server that knows what to do with each message."""
    server = NotesServer(options)
    _follow_files(server)
    _answer_questions(server)
    _rename(server)
    return server


def _follow_files(server: NotesServer) -> None:
    """Let the server hear of files that are opened, written and closed."""

    @server.feature(types.INITIALIZED)
    def initialized(_params: types.InitializedParams) -> None:
        server.start()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.keep(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.keep(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.look_again([params.text_document.uri])

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.leave(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.look_again(change.uri for change in params.changes)


def _answer_questions(server: NotesServer) -> None:
    """Let the server answer what is asked of a place."""

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[*TRIGGERS]))
    async def complete(params: types.CompletionParams) -> types.CompletionList | None:
        uri = params.text_document.uri
        placed = server.session(uri)
        if placed is None:
            return None
        session, path = placed
        analysis = session.latest or await session.analysis()  # the last one will do: this text is half written
        positions = Positions.of(server.text(uri), server.encoding)
        return answers.completion(positions, params.position, analysis, path)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        markdown = server.shows_markdown()
        return await server.ask(
            params.text_document.uri,
            params.position,
            lambda reader, offset: answers.hover(reader, offset, markdown=markdown),
        )

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location]:
        return await server.ask(params.text_document.uri, params.position, answers.definitions) or []

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location]:
        declared = params.context.include_declaration
        locations = await server.ask(
            params.text_document.uri,
            params.position,
            lambda reader, offset: answers.all_references(reader, offset, declared=declared),
        )
        return locations or []

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def outline(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        return await server.ask_of(params.text_document.uri, answers.outline) or []


def _rename(server: NotesServer) -> None:
    """Let the server rename."""

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        return await server.ask(params.text_document.uri, params.position, answers.renamable)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        changed = await server.ask(
            params.text_document.uri,
            params.position,
            lambda reader, offset: answers.rename(reader, offset, params.new_name),
        )
        if isinstance(changed, str):
            raise JsonRpcException(changed, code=_REFUSED)
        if changed is None or (placed := server.session(params.text_document.uri)) is None:
            return None
        return as_edit(changed, placed[0], moves=True)

    notes = types.FileOperationFilter(types.FileOperationPattern("**/*.{md,markdown,qmd,Rmd,ipynb}"))

    @server.feature(types.WORKSPACE_WILL_RENAME_FILES, types.FileOperationRegistrationOptions([notes]))
    async def will_rename(params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        file = params.files[0]
        before, after = server.session(file.old_uri), server.session(file.new_uri)
        if len(params.files) > 1 or before is None or after is None or before[0] is not after[0]:
            return None
        changed = await server.ask_of(file.old_uri, lambda reader: moved(before[1], after[1], reader))
        return as_edit(changed, before[0], moves=False) if changed is not None else None

    def as_edit(changed: Renamed, session: SiteSession, *, moves: bool) -> types.WorkspaceEdit | None:
        analysis = session.latest
        if analysis is None:
            return None
        for problem in changed.problems:
            server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, problem))
        renaming = changed.renaming
        move = renaming.moved if moves else None
        return workspace_edit(renaming.edits, move, analysis, server.versions(session), server.encoding)
