"""Compiled templates, kept while a process of tests runs: a thousand small sites have the same ones."""

from collections.abc import Mapping
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from notegen.model.source import SourceFile
from notegen.render.environment import make_environment


class CompiledTemplates(jinja2.BytecodeCache):
    """Code of templates by name, file and text, in memory."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if there is any."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code

    def make_environment(self, sources: Mapping[str, SourceFile]) -> jinja2.Environment:
        """Return notegen's own environment, which looks here before it compiles."""
        environment = make_environment(sources)
        environment.bytecode_cache = self
        return environment
