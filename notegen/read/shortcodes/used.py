"""Which notes use which templates of shortcodes: so a changed one is a reason to read these notes, and no others."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Tiers, memoize
from notegen.jinja.templates import Reads
from notegen.model.digest import digest
from notegen.model.source import SourceFile
from notegen.read.shortcodes.templates import ShortcodeFiles
from notegen.read.syntax.templated.tags import names_in

SHORTCODES: Memo[dict[str, Reads]] = Memo("analyse shortcodes", dict[str, Reads], Tiers.BOTH)
_NONE: dict[str, str] = {}


def shortcode_digests(shortcodes: ShortcodeFiles, context: BuildContext) -> dict[str, str]:
    """Return the digest of each shortcode: of every template that its own can reach, of the data that these read."""
    if not shortcodes.templates:
        return {}
    files = shortcodes.templates
    texts = {name: digest(file.path, file.digest) for name, file in files.items()}
    data = {f"data.{name}": digest(value) for name, value in shortcodes.data.items()} | {
        "data": digest(shortcodes.data)
    }

    def make(_missing: Sequence[int]) -> Iterator[bytes]:
        from notegen.jinja.dependencies import analyse

        yield msgspec.msgpack.encode(analyse(files, files))

    (reads,) = memoize(SHORTCODES, ["shortcodes"], [texts], dict, make, context)
    return {
        name.removesuffix(".html"): digest(
            {other: texts.get(other, "") for other in templates}, {key: data.get(key, "") for key in _data_keys(read)}
        )
        for name, (templates, read) in reads.items()
    }


def _data_keys(read: frozenset[str]) -> set[str]:
    return {key for key in read if key == "data" or key.startswith("data.")}


def used_digests(source: SourceFile, digests: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of the shortcodes that a note may call, by what `--explain` says of them."""
    if not digests:
        return _NONE
    return {f"shortcode {name}": digests[name] for name in names_in(source) if name in digests}
