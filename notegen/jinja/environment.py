"""The Jinja environments of templates: strict, escaping, and such that equal values give equal pages."""

from collections.abc import Callable, Mapping

import jinja2

from notegen.jinja.bounded import BoundedEnvironment
from notegen.jinja.bytecode import bytecode_cache
from notegen.jinja.filters import FILTERS
from notegen.model.source import SourceFile


def make_environment(sources: Mapping[str, SourceFile], *, sandboxed: bool = False) -> jinja2.Environment:
    """Return an environment of templates by name, each compiled when it is first asked for, unless its code is kept.

    It is strict about undefined names, escapes in HTML and XML, and has neither `random` nor `lipsum`. A template's
    file name is its real path, so that errors can point at it. `sandboxed`: templates reach nothing of Python's behind
    their values, change none of these, and have an end (see bounded.py); for templates that a folder of notes brings.
    """

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        file = sources.get(name)
        return (file.text, file.path, lambda: True) if file else None

    kind = BoundedEnvironment if sandboxed else jinja2.Environment
    environment = kind(
        loader=jinja2.FunctionLoader(load),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(("html", "xml"), default_for_string=True, default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # templates have hardly any constants, and looking for them is a tenth of compiling
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=bytecode_cache(kind),
    )
    environment.filters.update(FILTERS)
    if isinstance(environment, BoundedEnvironment):
        environment.bound_filters()
    del environment.filters["random"]
    del environment.globals["lipsum"]
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    return environment
