"""How a template that fails is reported: a diagnostic at the line of the template at fault."""

import traceback
from collections.abc import Mapping

import jinja2
import msgspec

from notegen.jinja.extension_filters import FilterFailedError
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import SourceFile

FAILURES = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
_FRAMES = 200  # of the traceback, from its end, that are looked at


def failure(
    error: BaseException,
    sources: Mapping[str, SourceFile],
    owner: str,
    occasion: str,
    none: str = "no theme layer has the template",
) -> Diagnostic | None:
    """Return the diagnostic of what rendering a template raised; None where no template is at fault.

    `sources`: all templates; `owner`: what is made, `content/a.md`; `occasion`: when it failed, in brackets;
    `none`: the words in front of the name of one that is missing.
    Diagnostics: template-missing, template-syntax and template-error. `template-syntax` does not name the owner, so
    that equal ones can be shown once.
    """
    match error:
        case FilterFailedError():
            message = f"{error.diagnostic.message} {occasion}"
            return msgspec.structs.replace(error.diagnostic, message=message)
        case jinja2.TemplateSyntaxError():
            file = sources.get(error.name or "")
            path = error.filename or (file.path if file else "")
            return diagnose("template-syntax", error.message or "syntax error", path=path, line=error.lineno)
        case SyntaxError():  # Python's, of what Jinja made of the template: too deeply nested
            return diagnose("template-syntax", error.msg, path=error.filename or "")
        case jinja2.TemplateNotFound():
            path, line = _place(error, sources)
            several = isinstance(error, jinja2.TemplatesNotFound)
            names = ", ".join(map(str, error.templates)) if several else error.name
            message = f"{none} {names} (needed for {owner})"
            return diagnose("template-missing", message, path=path, line=line)
    path, line = _place(error, sources)
    if not path:
        return None
    return diagnose("template-error", f"{_message(error)} {occasion}", path=path, line=line)


def _place(error: BaseException, sources: Mapping[str, SourceFile]) -> tuple[str, int]:
    """Return path and line of the last traceback frame that is a template; Jinja gives those frames its lines."""
    paths = {file.path for file in sources.values()}
    frames = traceback.extract_tb(error.__traceback__, limit=-_FRAMES)
    return next(((item.filename, item.lineno or 0) for item in reversed(frames) if item.filename in paths), ("", 0))


def _message(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "it includes or calls itself without an end"
    text = error.message if isinstance(error, jinja2.TemplateError) else str(error)
    return text or type(error).__name__
