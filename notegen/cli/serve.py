"""`notegen serve`: the site in the browser while it is written. Nothing is written to the output folder."""

import asyncio
import os
import signal
import socket
import sys
import webbrowser
from pathlib import Path
from types import FrameType

import click
import msgspec
import uvicorn

from notegen.app.context import state_folder
from notegen.app.site_location import OpenedSite, open_site
from notegen.cli.command_site import Options, clock, run_options, shows_colour, site_flags
from notegen.scan.themes import bundled_themes
from notegen.server.http import Application, ServerSettings
from notegen.server.loop import BuildLoop, ServeOptions
from notegen.server.origin_check import is_loopback, make_origin_check
from notegen.server.state import BuildState
from notegen.server.watch import Watcher
from notegen.system.disk import Disk

PORT = 8000
POLL = 1.0  # seconds between scans of a disk that reports no changes
TRIES = 50  # ports that are tried when none was asked for
GRACE = 0.4  # seconds that open connections are given when we stop
FIRST = 600.0  # seconds to wait for the first build before the address is printed all the same


class Address(msgspec.Struct, frozen=True):
    """Where to listen. `port` None: the first free one from 8000 on; `browser`: open the site there."""

    host: str = "127.0.0.1"
    port: int | None = None
    browser: bool = False
    reload: bool = True


def serve_command(options: Options, address: Address, *, poll: bool, drafts: bool) -> None:
    """Serve the site until Ctrl-C. `poll`: scan every second; `drafts`: show drafts and future notes too."""
    clock(options)  # wrong options are refused before anything starts
    flags = site_flags({**options, **dict.fromkeys(("drafts", "future") if drafts else (), True)})
    run = msgspec.structs.replace(run_options(options), preview=True)
    serve_site(address, ServeOptions(flags, run, options["now"], shows_colour(), POLL if poll else 0.0))


def serve_site(address: Address, options: ServeOptions) -> None:
    """Build, serve, and build again at every change, until Ctrl-C (KeyboardInterrupt).

    Raises click.ClickException when the address cannot be used.
    """
    listening = listen(address.host, address.port)
    if not is_loopback(address.host):
        click.echo(f"warning: everyone who can reach this machine can read the site: --host {address.host}", err=True)
    try:
        asyncio.run(_serve(address, options, listening))
    finally:
        listening.close()


async def _serve(address: Address, options: ServeOptions, listening: socket.socket) -> None:
    build_state = BuildState(asyncio.get_running_loop())
    watcher = Watcher(build_state.wake)
    build_loop = BuildLoop(options, build_state, watcher.follow if not options.poll else lambda _session: None)
    server = uvicorn.Server(
        uvicorn.Config(
            Application(build_state, _settings(address, options)),
            access_log=False,
            http="h11",
            lifespan="off",
            log_level="warning",
            loop="asyncio",
            server_header=False,
            timeout_graceful_shutdown=1,
            ws="none",
        )
    )
    hung_up = _heed_hangup(server)
    build_loop.start()
    tasks = [
        asyncio.create_task(_announce(build_state, address, listening)),
        asyncio.create_task(_end(build_state, server)),
    ]
    try:
        await server.serve([listening])
        if hung_up:
            sys.exit(128 + hung_up[0])
    finally:
        build_state.stop()
        watcher.stop()
        for task in tasks:
            task.cancel()
        build_loop.join(GRACE)
        _leave(build_loop)


def _leave(build_loop: BuildLoop) -> None:
    """End at once when the build_loop is in the middle of a long build; nothing that it does may be left half done.

    The processes that it has started end with this one.
    """
    if build_loop.is_alive():
        stopped = sys.exception()
        sys.stderr.flush()
        os._exit(stopped.code if isinstance(stopped, SystemExit) and isinstance(stopped.code, int) else 130)
    if build_loop.failure is not None:
        raise build_loop.failure


def _heed_hangup(server: uvicorn.Server) -> list[int]:
    """Let SIGHUP stop the server, which of itself heeds only SIGINT and SIGTERM. Return where its number will be.

    A hangup that is ignored already stays so: nohup wants that.
    """
    hung_up: list[int] = []

    def hang_up(number: int, _frame: FrameType | None) -> None:
        hung_up.append(number)
        server.should_exit = True

    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, hang_up)
    return hung_up


async def _end(build_state: BuildState, server: uvicorn.Server) -> None:
    """Stop the server when the build_loop ends, and open streams when the server stops."""
    while not server.should_exit and not build_state.stopped:
        await build_state.change(0.05)
    server.should_exit = True
    build_state.stop()
    await asyncio.sleep(GRACE)
    server.force_exit = True


async def _announce(build_state: BuildState, address: Address, listening: socket.socket) -> None:
    """Say where the site is once there is something to see."""
    state = await build_state.fresh(FIRST)
    if build_state.stopped:
        return
    base = state.snapshot.base_path if state.snapshot else "/"
    url = f"http://{_shown(address.host)}:{listening.getsockname()[1]}{base}"
    click.echo(f"{url}  (Ctrl-C ends)", err=True)
    if address.browser:
        await asyncio.to_thread(webbrowser.open, url)


def _shown(host: str) -> str:
    """Return the host as a browser on this machine names it."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (only compared)
    return f"[{name}]" if ":" in name else name


def _settings(address: Address, options: ServeOptions) -> ServerSettings:
    """Return what the HTTP server needs to know of the site."""
    site = open_site(options.flags, Disk())
    state, _ = state_folder(site, options.run.cache_dir)
    return ServerSettings(make_origin_check(address.host), state / "images", _roots(site), address.reload)


def _roots(site: OpenedSite) -> tuple[Path, ...]:
    """Return the folders that files of the site may lie in, links followed."""
    root, config = site.location.root, site.config
    names = (".", config.content_dir, config.static_dir, config.themes_dir)
    return tuple({folder.resolve() for folder in (*(root / name for name in names), *bundled_themes())})


def listen(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens on `port`, or on the first free port from 8000 on.

    Raises click.ClickException where that cannot be.
    """
    ports = range(PORT, PORT + TRIES) if port is None else (port,)
    return _first_free(host, ports, asked=port is not None)


def _first_free(host: str, ports: "range | tuple[int, ...]", *, asked: bool) -> socket.socket:
    for port in ports:
        try:
            return _bind(host, port)
        except socket.gaierror:
            raise click.ClickException(f"there is no host {host} on this machine") from None
        except PermissionError:
            raise click.ClickException(f"port {port} may not be used; choose one above 1023 with --port") from None
        except OSError as error:
            if asked:
                hint = "another program uses it; choose another with --port" if _in_use(error) else error.strerror
                raise click.ClickException(f"cannot listen on {host} port {port}: {hint}") from None
            if not _in_use(error):
                raise click.ClickException(f"cannot listen on {host}: {error.strerror}") from None
    raise click.ClickException(f"no free port from {ports[0]} to {ports[-1]}; choose one with --port")


def _in_use(error: OSError) -> bool:
    import errno

    return error.errno == errno.EADDRINUSE


def _bind(host: str, port: int) -> socket.socket:
    family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listening = socket.socket(family, kind)
    try:
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(256)
    except OSError:
        listening.close()
        raise
    listening.setblocking(False)
    return listening
