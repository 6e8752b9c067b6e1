"""Templates by name, whose Jinja environment is made when one is first needed: a build may need none."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from notegen.model.source import ExtensionFile, SourceFile

if TYPE_CHECKING:
    import jinja2


Reads = tuple[frozenset[str], frozenset[str]]  # templates reached, shared values read: `site`, `data.papers`


class Templates:
    """The Jinja environment of template files, by the names that they answer to; `extensions` add filters.

    Another process gets the sources and makes its own; one that is forked has what was compiled before. `sandboxed`:
    see make_environment.
    """

    def __init__(
        self, sources: Mapping[str, SourceFile], extensions: tuple[ExtensionFile, ...] = (), *, sandboxed: bool = False
    ) -> None:
        self.sources = sources
        self.extensions = extensions
        self._sandboxed = sandboxed

    def __reduce__(self) -> tuple[Any, ...]:
        return (_sandboxed if self._sandboxed else Templates), (self.sources, self.extensions)

    @cached_property
    def environment(self) -> "jinja2.Environment":
        """The environment."""
        from notegen.jinja.environment import make_environment

        environment = make_environment(self.sources, sandboxed=self._sandboxed)
        if self.extensions:
            from notegen.jinja.extension_filters import extension_filters

            environment.filters.update(extension_filters(self.extensions))
        return environment


def _sandboxed(sources: Mapping[str, SourceFile], extensions: tuple[ExtensionFile, ...]) -> Templates:
    return Templates(sources, extensions, sandboxed=True)
