"""What is known of templates, kept while a process of tests runs: a thousand small sites have the same ones."""

from collections.abc import Mapping
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from notegen.jinja.dependencies import Facts, template_facts
from notegen.jinja.environment import make_environment
from notegen.model.source import SourceFile


class CompiledTemplates(jinja2.BytecodeCache):
    """Code of templates by name, file and text, and what is known of them, in memory."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}
        self._facts: dict[tuple[str, str, str], Facts | None] = {}

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

    def template_facts(self, environment: jinja2.Environment, name: str, file: SourceFile) -> Facts | None:
        """Return what notegen's own function finds out of a template, which is asked once for the same text."""
        key = (name, file.path, file.text)
        if key not in self._facts:
            self._facts[key] = template_facts(environment, name, file)
        return self._facts[key]
