"""What is known of templates, kept while a process of tests runs: a thousand small sites have the same ones."""

from collections.abc import Hashable, Iterable, Mapping
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from notegen.jinja.dependencies import analyse
from notegen.jinja.environment import make_environment
from notegen.jinja.templates import Reads
from notegen.model.source import SourceFile


class CompiledTemplates(jinja2.BytecodeCache):
    """Code of templates by name, file and text, and what they read, by that of all templates; in memory."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}
        self._reads: dict[Hashable, dict[str, Reads]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if there is any."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code

    def make_environment(self, sources: Mapping[str, SourceFile], *, sandboxed: bool = False) -> jinja2.Environment:
        """Return notegen's own environment, which looks here before it compiles."""
        environment = make_environment(sources, sandboxed=sandboxed)
        environment.bytecode_cache = self
        return environment

    def analyse(self, sources: Mapping[str, SourceFile], names: Iterable[str]) -> dict[str, Reads]:
        """Return what notegen's own function finds out of templates, which is asked once for the same texts."""
        key = (tuple(names), tuple(sorted((name, file.path, file.text) for name, file in sources.items())))
        if key not in self._reads:
            self._reads[key] = analyse(sources, key[0])
        return self._reads[key]
