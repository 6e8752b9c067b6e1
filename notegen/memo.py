"""The memo points: notes and pages remembered by the digest of the values that go into them, and why one was not.

A key is made of named parts. When a key misses, the parts that were last used for the same thing are compared with the
new ones: the difference is the reason that `--explain` prints.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from notegen.model.digest import digest
from notegen.tools.tools import Tools

Parts = Mapping[str, str]  # what went in, by name -> its digest


class Wanted(msgspec.Struct, frozen=True):
    """One thing to make: its name for people, and the parts of its key."""

    name: str
    parts: dict[str, str]


def remember(
    kind: str, wanted: Sequence[Wanted], make: Callable[[Sequence[int]], Iterable[bytes]], tools: Tools
) -> Iterator[bytes]:
    """Yield the bytes of everything wanted, in order: from the cache, else from `make`.

    `make` is given the numbers of what is missing and yields their bytes in that order. `kind` keeps keys of different
    memo points apart.
    """
    keys = [digest(kind, tools.engine, item.parts) for item in wanted]
    found = tools.cache.get_many(keys)
    missing = [number for number, key in enumerate(keys) if key not in found]
    if tools.explain is not None:
        _explain(kind, [wanted[number] for number in missing], tools)
    fresh = iter(make(missing))
    new: dict[str, bytes] = {}
    for number, key in enumerate(keys):
        data = found.get(key)
        if data is None:
            data = new[key] = next(fresh)
        yield data
        tools.progress(kind, number + 1, len(keys))
    names = {_name_key(kind, wanted[number].name): _encode(wanted[number].parts, tools) for number in missing}
    tools.cache.put_many(new | names)


def _name_key(kind: str, name: str) -> str:
    return digest("parts", kind, name)


def _encode(parts: Parts, tools: Tools) -> bytes:
    return msgspec.msgpack.encode({**parts, "notegen or a library": tools.engine}, order="deterministic")


def _explain(kind: str, items: Sequence[Wanted], tools: Tools) -> None:
    """Say of each item why it is made anew."""
    if tools.explain is None:
        return
    old = tools.cache.get_many(_name_key(kind, item.name) for item in items)
    for item in items:
        data = old.get(_name_key(kind, item.name))
        tools.explain(kind, item.name, _reason(data, _encode(item.parts, tools)))


def _reason(old: bytes | None, new: bytes) -> str:
    if old is None:
        return "new"
    before, after = (msgspec.msgpack.decode(data, type=dict[str, str]) for data in (old, new))
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return ", ".join(changed) or "its entry left the cache"
