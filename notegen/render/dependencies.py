"""What is known of templates before a page is made: what each can reach and read, and its code."""

import contextlib
import io
import marshal
from collections.abc import Iterable, Mapping

import jinja2
import msgspec
from jinja2 import meta

from notegen.model.source import SourceFile
from notegen.render.environment import Generator, make_environment
from notegen.render.theme.load import Analysis, Reads

SHARED = frozenset({"site", "categories", "tags", "assets", "t", "options"})


class _Facts(msgspec.Struct, frozen=True):
    """One template: which it refers to (None: a computed one), which names it reads, its code (empty: wrong)."""

    references: frozenset[str | None]
    names: frozenset[str]
    code: bytes


def analyse(sources: Mapping[str, SourceFile], names: Iterable[str]) -> Analysis:
    """Return what the templates `names` of a theme can reach and read, and the code of all these."""
    environment, facts = make_environment(sources, {}), dict[str, _Facts | None]()
    found = {name: _reads(environment, sources, name, facts) for name in names}
    return Analysis(found, {name: item.code for name, item in sorted(facts.items()) if item and item.code})


def _reads(
    environment: jinja2.Environment, sources: Mapping[str, SourceFile], name: str, facts: dict[str, _Facts | None]
) -> Reads:
    """Return the names of all templates that `name` can reach, itself among them, and of the shared values they read.

    A template whose name is computed, or one with a syntax error, may be anything: then it is every template and every
    shared value. `facts` keeps what was learned of each template from one call to the next.
    """
    templates: set[str] = set()
    names: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in templates:
            continue
        templates.add(current)
        if current not in sources:
            continue
        if current not in facts:
            facts[current] = _look(environment, current, sources[current])
        known = facts[current]
        if known is None:
            return frozenset((*sources, *templates)), SHARED
        waiting += [item for item in (sources if None in known.references else known.references) if item]
        names |= known.names
    return frozenset(templates), SHARED & names


def _look(environment: jinja2.Environment, name: str, file: SourceFile) -> _Facts | None:
    """Return what is to be known of a template; None for a syntax error."""
    stream = io.StringIO()
    generator = Generator(environment, name, file.path, stream, optimized=environment.optimized)
    try:
        tree = environment.parse(file.text, name, file.path)
        references = frozenset(meta.find_referenced_templates(tree))
        generator.visit(tree)
    except jinja2.TemplateSyntaxError:  # the last call too: it looks for the filters and tests
        return None
    code = b""
    with contextlib.suppress(SyntaxError, RecursionError, MemoryError):  # of Python: too deeply nested
        code = marshal.dumps(compile(stream.getvalue(), file.path, "exec"))
    return _Facts(references, frozenset(generator.undeclared), code)
