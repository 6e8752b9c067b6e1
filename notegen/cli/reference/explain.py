"""`notegen explain`: what diagnostics mean, with an example and what to do; what settings mean."""

from collections.abc import Iterable

import click

from notegen.cli.exit_codes import OK
from notegen.model.codes import CODES
from notegen.reference.explanations import as_list as list_of_codes
from notegen.reference.explanations import as_text, explanations
from notegen.reference.settings import as_text as setting_as_text
from notegen.reference.settings import settings
from notegen.text.suggestions import Suggestions


def explain_command(names: Iterable[str], *, as_list: bool, of_settings: bool) -> int:
    """Print the explanations of codes and settings, or a line for each code or setting there is. Return the exit code.

    A section of settings is printed with all that is in it.
    """
    asked = [name.strip("[]") for name in names]
    if of_settings:
        click.echo("\n".join(map(setting_as_text, settings())), nl=False)
    elif as_list or not asked:
        click.echo(list_of_codes(), nl=False)
    else:
        click.echo("\n".join(_explained(name) for name in asked), nl=False)
    return OK


def _explained(name: str) -> str:
    if name in CODES:
        return as_text(explanations()[name])
    rows = [row for row in settings() if row.name == name or row.name.startswith(f"{name}.")]
    if rows:
        return "\n".join(map(setting_as_text, rows))
    known = (*CODES, *(row.name for row in settings()))
    hint = Suggestions({item: item for item in known}).hint(name) or "--list and --settings name them all"
    raise click.UsageError(f"no diagnostic or setting is called {name}; {hint}")
