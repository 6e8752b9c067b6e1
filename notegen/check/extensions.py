"""Checks of extensions."""

from collections.abc import Iterator

from notegen.check.checked_site import CheckedSite
from notegen.extensions.api import Finding
from notegen.extensions.load import FOREIGN_ERRORS, failed, load_extensions
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic


def extension_checks(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield what the checks of extensions find, check-extension; extension-error and extension-value of their own."""
    for loaded in load_extensions(checked.tree.extensions):
        for check in loaded.value.checks:
            try:
                for item in check(checked.site) or ():
                    if _is_finding(item):
                        message = f"{item.message} ({loaded.file.name})"
                        yield diagnose("check-extension", message, path=item.path, line=item.line, hint=item.hint)
                    else:
                        message = f"checks: a value of the type {type(item).__name__}; expected Finding"
                        yield diagnose("extension-value", message, path=loaded.file.path)
            except FOREIGN_ERRORS as error:
                yield failed(error, loaded.file, "in checks")


def _is_finding(item: object) -> bool:
    """Return whether a check yields what it should."""
    return (
        isinstance(item, Finding)
        and all(isinstance(text, str) for text in (item.path, item.message, item.hint))
        and isinstance(item.line, int)
    )
