"""An editor without a screen: it runs `notegen lsp` as a process and speaks with it over stdin and stdout."""

import asyncio
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.support.limits import DEADLINE
from tests.support.site import NOW

CURSOR = "‸"
_PARAMS: dict[str, Callable[..., Any]] = {
    "hover": types.HoverParams,
    "definition": types.DefinitionParams,
    "references": types.ReferenceParams,
    "prepare_rename": types.PrepareRenameParams,
    "rename": types.RenameParams,
    "document_symbol": types.DocumentSymbolParams,
}


def units(text: str) -> int:
    """Return the length of a text in UTF-16, as the protocol counts."""
    return len(text.encode("utf-16-le")) // 2


def path_below(root: Path, uri: str) -> str:
    """Return the path below a folder that an address means."""
    return unquote(uri).removeprefix(unquote(root.as_uri()) + "/")


class Editor:
    """A context: the server of one folder. A text may have the sign ‸ for the cursor."""

    def __init__(self, root: Path, *arguments: str, markdown: bool = True) -> None:
        self.root = root
        self.texts: dict[str, str] = {}
        self.problems: dict[str, list[types.Diagnostic]] = {}
        self.messages: list[str] = []
        self.exit_code: int | None = None
        self._arguments, self._markdown = arguments, markdown
        self._runner = asyncio.Runner()
        self._thread = ThreadPoolExecutor(1)  # of its own: where a browser is tested, this one has a loop that runs
        self._client = LanguageClient("test", "1")
        self._news = asyncio.Event()

    def __enter__(self) -> Self:
        self._run(self._begin())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self._end())
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    async def _begin(self) -> None:
        client = self._client

        def published(params: types.PublishDiagnosticsParams) -> None:
            self.problems[params.uri] = [*params.diagnostics]
            self._news.set()

        def said(params: types.ShowMessageParams | types.LogMessageParams) -> None:
            self.messages.append(params.message)

        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(published)
        client.feature(types.WINDOW_SHOW_MESSAGE)(said)
        client.feature(types.WINDOW_LOG_MESSAGE)(said)

        command = ("-m", "notegen", "lsp", "--now", NOW, *self._arguments)
        await client.start_io(sys.executable, *command, cwd=self.root)
        formats = [types.MarkupKind.Markdown] if self._markdown else [types.MarkupKind.PlainText]
        hover = types.HoverClientCapabilities(content_format=formats)
        await client.initialize_async(
            types.InitializeParams(
                types.ClientCapabilities(text_document=types.TextDocumentClientCapabilities(hover=hover)),
                root_uri=self.root.as_uri(),
                workspace_folders=[types.WorkspaceFolder(self.root.as_uri(), "site")],
            )
        )
        client.initialized(types.InitializedParams())

    async def _end(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._client.shutdown_async(None), DEADLINE)
            self._client.exit(None)
            server = self._client._server  # noqa: SLF001 - the process
            if server is not None:
                self.exit_code = await asyncio.wait_for(server.wait(), DEADLINE)
        await self._client.stop()  # type: ignore[no-untyped-call]

    def _run(self, work: Any) -> Any:
        return self._thread.submit(self._runner.run, asyncio.wait_for(work, DEADLINE)).result()

    def uri(self, path: str) -> str:
        """Return the address of a file."""
        return (self.root / path).as_uri()

    def path(self, uri: str) -> str:
        """Return the path of a file below the root."""
        return path_below(self.root, uri)

    def open(self, path: str, text: str | None = None) -> types.Position:
        """Open a file, or change what its buffer holds; return where the cursor is."""
        text = (self.root / path).read_text(encoding="utf-8") if text is None else text
        before, _, behind = text.partition(CURSOR)
        text, version = before + behind, len(self.texts) + 2
        uri = self.uri(path)
        if path in self.texts:
            identifier = types.VersionedTextDocumentIdentifier(version, uri)
            change = types.TextDocumentContentChangeWholeDocument(text)
            self._client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        else:
            item = types.TextDocumentItem(uri, "markdown", version, text)
            self._client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        self.texts[path] = text
        line = before.rpartition("\n")[2]
        return types.Position(before.count("\n"), units(line))

    def close(self, path: str) -> None:
        """Close a file; what was not saved is lost."""
        del self.texts[path]
        document = types.TextDocumentIdentifier(self.uri(path))
        self._client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def told(self, path: str, true: Callable[[list[str]], bool]) -> list[str]:
        """Wait until something is true of the codes of a file's diagnostics, and return them."""
        return list(self._run(self._wait(path, true)))

    async def _wait(self, path: str, true: Callable[[list[str]], bool]) -> list[str]:
        while True:
            codes = [str(item.code) for item in self.problems.get(self.uri(path), [])]
            if true(codes):
                return codes
            self._news.clear()
            await self._news.wait()

    def problem(self, path: str, code: str) -> types.Diagnostic:
        """Wait for a diagnostic of a file, and return it."""
        self.told(path, lambda codes: code in codes)
        return next(item for item in self.problems[self.uri(path)] if item.code == code)

    def underlined(self, path: str, place: types.Range) -> str:
        """Return the text of a range in a file."""
        text = self.texts.get(path) or (self.root / path).read_text(encoding="utf-8")
        lines = text.split("\n")
        first, last = (lines[point.line].encode("utf-16-le") for point in (place.start, place.end))
        if place.start.line == place.end.line:
            return first[2 * place.start.character : 2 * place.end.character].decode("utf-16-le")
        between = lines[place.start.line + 1 : place.end.line]
        parts = [first[2 * place.start.character :].decode("utf-16-le"), *between]
        return "\n".join([*parts, last[: 2 * place.end.character].decode("utf-16-le")])

    def completed(self, path: str, text: str) -> dict[str, types.CompletionItem]:
        """Return what is offered at the cursor in a text, by its label."""
        position = self.open(path, text)
        document = types.TextDocumentIdentifier(self.uri(path))
        answer = self._run(self._client.text_document_completion_async(types.CompletionParams(document, position)))
        return {item.label: item for item in (answer.items if answer else ())}

    def accepted(self, path: str, text: str, label: str) -> str:
        """Return the text of a file when an offer at its cursor is taken."""
        item = self.completed(path, text)[label]
        assert isinstance(item.text_edit, types.TextEdit)
        return apply(self.texts[path], [item.text_edit])

    def ask(self, method: str, path: str, text: str | None = None, **more: Any) -> Any:
        """Return the answer to a request about a file, or the cursor in a text: such as hover, definition, rename."""
        place = {"position": self.open(path, text)} if text is not None else {}
        params = _PARAMS[method](text_document=types.TextDocumentIdentifier(self.uri(path)), **place, **more)
        return self.request(f"text_document_{method}", params)

    def request(self, method: str, params: Any) -> Any:
        """Return the answer to any other request."""
        return self._run(getattr(self._client, f"{method}_async")(params))

    def hover(self, path: str, text: str) -> str:
        """Return what is shown of the thing at the cursor; "" for nothing."""
        answer = self.ask("hover", path, text)
        return str(answer.contents.value) if answer else ""

    def places(self, locations: Iterable[types.Location]) -> list[tuple[str, str]]:
        """Return locations as paths and texts, sorted."""
        spans = ((self.path(location.uri), location.range) for location in locations)
        return sorted((path, self.underlined(path, place)) for path, place in spans)


def apply(text: str, edits: Iterable[types.TextEdit]) -> str:
    """Return a text with edits made, as an editor makes them."""
    lines = text.split("\n")

    def offset(position: types.Position) -> int:
        line = lines[position.line].encode("utf-16-le")[: 2 * position.character].decode("utf-16-le")
        return sum(len(one) + 1 for one in lines[: position.line]) + len(line)

    for edit in sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def applied(root: Path, edit: types.WorkspaceEdit, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the files that an edit leaves, by their paths; `texts`: those of open files."""
    files: dict[str, str] = {}
    for change in edit.document_changes or ():
        if isinstance(change, types.TextDocumentEdit):
            path = path_below(root, change.text_document.uri)
            text = texts.get(path) or (root / path).read_text(encoding="utf-8")
            files[path] = apply(text, [item for item in change.edits if isinstance(item, types.TextEdit)])
        elif isinstance(change, types.RenameFile):
            old, new = (path_below(root, uri) for uri in (change.old_uri, change.new_uri))
            files[new] = files.pop(old, texts.get(old) or (root / old).read_text(encoding="utf-8"))
    return files
