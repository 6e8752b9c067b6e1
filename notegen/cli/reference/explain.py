"""`notegen explain`: what diagnostics mean, with an example and what to do."""

from collections.abc import Iterable

import click

from notegen.cli.exit_codes import OK
from notegen.model.codes import CODES
from notegen.reference.explanations import as_list as list_of_codes
from notegen.reference.explanations import as_text, explanations
from notegen.text.suggestions import Suggestions


def explain_command(codes: Iterable[str], *, as_list: bool) -> int:
    """Print the explanations of codes, or a line for each code there is. Return the exit code."""
    names = [code.strip("[]") for code in codes]
    if as_list or not names:
        click.echo(list_of_codes(), nl=False)
        return OK
    for name in names:
        if name not in CODES:
            hint = Suggestions({code: code for code in CODES}).hint(name) or "--list names them all"
            raise click.UsageError(f"no diagnostic is called {name}; {hint}")
    known = explanations()
    click.echo("\n".join(as_text(known[name]) for name in names), nl=False)
    return OK
