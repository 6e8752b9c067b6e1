"""The Jinja environment of a theme: equal values give equal pages, and what a page does hundreds of times is quick.

What is overridden here does the same as Jinja's own, for the values that templates get, with fewer steps.
"""

import marshal
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import jinja2
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from notegen.model.source import SourceFile
from notegen.render.filters import FILTERS

_special = re.compile("[&<>\"']").search
_METHODS = frozenset(dir(dict))


def make_environment(sources: Mapping[str, SourceFile], code: Mapping[str, bytes]) -> jinja2.Environment:
    """Return an environment of templates by name; `code`: those that are compiled already, see theme.analyse.

    It is strict about undefined names, escapes in HTML and XML, and has neither `random` nor `lipsum`. A template's
    file name is its real path, so that errors can point at it.
    """
    environment = _Environment(
        loader=_Loader(sources, code),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(("html", "xml"), default_for_string=True, default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # templates have hardly any constants, and looking for them takes a while
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters.update(FILTERS)
    del environment.filters["random"]
    del environment.globals["lipsum"]
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    return environment


class Generator(CodeGenerator):
    """Turns a template into Python, and gathers the names that it reads and does not set, as jinja2.meta would."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.undeclared: set[str] = set()

    def enter_frame(self, frame: Frame) -> None:
        """Begin a scope."""
        super().enter_frame(frame)
        for action, name in frame.symbols.loads.values():
            if action == "resolve" and name is not None and name not in self.environment.globals:
                self.undeclared.add(name)

    def _output_child_pre(self, node: Any, frame: Frame, finalize: Any) -> None:
        """Begin to write out an expression: where it is known that it is escaped, no Markup needs be made of it."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Context(Context):
    """Calls macros without asking what they want to be given."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        if type(obj) is not Macro:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(self.eval_ctx, *args, **kwargs)


class _Environment(jinja2.Environment):
    code_generator_class = Generator
    context_class = _Context

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: a plain dictionary, for they are gone through with each include."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return `obj.attribute`: of a dictionary, such as `t`, the value, without the exception on the way there."""
        if type(obj) is dict and attribute in obj and attribute not in _METHODS:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            pass
        try:
            return obj[attribute]
        except (AttributeError, TypeError, LookupError):
            return self.undefined(obj=obj, name=attribute)

    @staticmethod
    def shown(value: Any) -> str:
        """Return the HTML of a value that is written out."""
        kind = type(value)
        if kind is Markup or (kind is str and not _special(value)):
            text: str = value
            return text
        return escape(value)


class _Loader(jinja2.BaseLoader):
    def __init__(self, sources: Mapping[str, SourceFile], code: Mapping[str, bytes]) -> None:
        self._sources = sources
        self._code = code

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Any]:
        """Return the text and the path of a template; it never changes."""
        del environment
        if template not in self._sources:
            raise jinja2.TemplateNotFound(template)
        file = self._sources[template]
        return file.text, file.path, lambda: True

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (Jinja's name for it)
    ) -> jinja2.Template:
        """Return a template, of its code where that is known."""
        if name not in self._code:
            return super().load(environment, name, globals)
        code = marshal.loads(self._code[name])  # noqa: S302 (whoever writes it could write templates, which are code)
        return environment.template_class.from_code(environment, code, globals or {}, lambda: True)
