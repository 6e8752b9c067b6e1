"""`notegen lsp`: the language server of an editor, over stdin and stdout."""

import gc
import os
import sys
from pathlib import Path
from typing import BinaryIO

import click

from notegen.app.context import RunOptions
from notegen.app.site_location import Flags
from notegen.cli.command_site import manual
from notegen.cli.exit_codes import OK, USAGE
from notegen.reference.explanations import addresses
from notegen.system.installed import this_machine


def lsp_command(source: Path | None, cache_dir: Path | None, *, no_cache: bool, now: str | None) -> int:
    """Answer an editor until it leaves. Return the exit code."""
    try:
        import lsprotocol  # noqa: F401
        import pygls  # noqa: F401
    except ImportError:
        click.echo('the language server needs pygls: pip install "notegen-ssg[lsp]"', err=True)
        return USAGE
    from notegen.lsp.server import serve
    from notegen.lsp.sites import LspOptions

    gc.enable()  # it runs for days
    installed = click.get_current_context().obj or this_machine()
    run = RunOptions(quiet=True, no_cache=no_cache, cache_dir=cache_dir)
    options = LspOptions(Flags(installed=installed), run, source, now, addresses(manual()))
    if not serve(options, *_protocol_streams()):
        os._exit(OK)  # in the middle of a long reading: nothing is half written, the cache takes whole values
    return OK


def _protocol_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return stdin and stdout for the protocol alone: what else is printed goes to stderr, and no child reads them."""
    sys.stdout.flush()
    reading, writing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")
