"""What is known of templates before a page is made: what each can reach and read. Data: their code is never kept."""

from collections.abc import Iterable, Mapping

import jinja2
import msgspec
from jinja2 import meta, nodes

from notegen.jinja.environment import make_environment
from notegen.jinja.templates import Reads
from notegen.model.source import SourceFile

SHARED = frozenset({"site", "categories", "tags", "assets", "t", "options", "data", "inject", "stylesheets"})


class Facts(msgspec.Struct, frozen=True):
    """One template: which it refers to (None: a computed one), which shared values it may read."""

    references: frozenset[str | None]
    names: frozenset[str]


def analyse(sources: Mapping[str, SourceFile], names: Iterable[str]) -> dict[str, Reads]:
    """Return, for each of the templates `names`, which it can reach, and which shared values these may read.

    Of `data` the files are told apart: `data.papers`; `data` alone is all of them.
    """
    environment, facts = make_environment(sources), dict[str, Facts | None]()
    return {name: _reads(environment, sources, name, facts) for name in names}


def _reads(
    environment: jinja2.Environment, sources: Mapping[str, SourceFile], name: str, facts: dict[str, Facts | None]
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
            facts[current] = template_facts(environment, current, sources[current])
        known = facts[current]
        if known is None:
            return frozenset((*sources, *templates)), SHARED
        waiting += [item for item in (sources if None in known.references else known.references) if item]
        names |= known.names
    return frozenset(templates), frozenset(names)


def template_facts(environment: jinja2.Environment, name: str, file: SourceFile) -> Facts | None:
    """Return what is to be known of a template; None for a syntax error.

    A shared value counts as read also where a variable of the template has its name: `meta.find_undeclared_variables`
    would tell the two apart, but takes as long as compiling does.
    """
    try:
        tree = environment.parse(file.text, name, file.path)
    except jinja2.TemplateSyntaxError:
        return None
    names = SHARED.intersection(node.name for node in tree.find_all(nodes.Name))
    if "data" in names:
        names = names - {"data"} | _data_files(tree)
    return Facts(frozenset(meta.find_referenced_templates(tree)), names)


def _data_files(tree: nodes.Template) -> frozenset[str]:
    """Return which files of data a template reads: `data.papers`; `data`, all, where a name is computed."""
    named: set[str] = set()
    count = 0
    looked_up = [(node.node, node.attr) for node in tree.find_all(nodes.Getattr)]
    looked_up += [(item.node, _constant(item.arg)) for item in tree.find_all(nodes.Getitem)]
    for node, key in looked_up:
        if isinstance(node, nodes.Name) and node.name == "data":
            count += 1
            named.add(f"data.{key}" if key else "data")
    uses = sum(name.name == "data" for name in tree.find_all(nodes.Name))
    return frozenset({"data"} if uses > count else named)


def _constant(node: nodes.Expr) -> str:
    """Return a text that stands in a template as such; "" for anything else."""
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else ""
