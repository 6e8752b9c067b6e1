"""`notegen check`: all stages of a build and the rules of check/; nothing is written."""

from functools import partial

import click

from notegen.app.context import reading_context, state_folder
from notegen.app.report import counted
from notegen.app.site_location import scan_site
from notegen.build import make_files
from notegen.check.external import ask_server, external_links
from notegen.check.rules import all_remarks, as_checked, with_severity
from notegen.cli.command_site import Options, opened, print_diagnostics, run_options
from notegen.cli.exit_codes import USAGE, exit_code
from notegen.model.diagnostic import Diagnostic
from notegen.system.children.git import text_at
from notegen.system.disk import Disk


def check_command(options: Options, *, style: str, strict: bool, external: bool = False) -> int:
    """Check the site and print its diagnostics. Return the exit code. `style`: "text", "json" or "sarif".

    `external`: links to other sites are asked for, too.
    """
    disk, run = Disk(), run_options(options)
    site, now = opened(options, disk)
    if site.unusable:
        print_diagnostics(site.diagnostics, site, None, run, style)
        return USAGE
    with reading_context(site, run) as context:
        scanned = scan_site(site, disk)
        built = make_files(scanned, now, context)
        tree = scanned.value
        links: tuple[Diagnostic, ...] = ()
        checked = as_checked(tree, built) if external else None
        if checked and tree.config.check.rules.get("external-link") != "off":
            state, _ = state_folder(site, run.cache_dir)
            answers = external_links(checked, ask_server, state, now, disk)
            links = tuple(with_severity(item, tree.config.check) for item in answers)
    diagnostics = all_remarks(tree, built, *links, earlier=partial(text_at, site.location.root))
    print_diagnostics(diagnostics, site, tree, run, style)
    if not run.quiet:
        click.echo(f"{counted(len(tree.notes), 'note')} checked, {counted(len(diagnostics), 'remark')}", err=True)
    return exit_code(diagnostics, strict=strict)
