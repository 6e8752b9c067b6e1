"""What a command tells the shell when it ends."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notegen.model.diagnostic import Diagnostic

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def exit_code(diagnostics: "Iterable[Diagnostic]", *, strict: bool = False) -> int:
    """Return USAGE for a wrong configuration, theme or output folder, FAILED for another error, or OK.

    `strict`: a warning fails too.
    """
    from notegen.app.site_location import unusable
    from notegen.model.diagnostic import Severity

    items = tuple(diagnostics)
    if unusable(items):
        return USAGE
    worst = max((item.severity for item in items), default=Severity.INFO)
    return FAILED if worst >= (Severity.WARNING if strict else Severity.ERROR) else OK
