"""The memo points: notes and pages remembered by the digest of the values that go into them, and why one was not.

A key is made of the thing's name and named parts. When a key misses, the parts that the same thing was last made from
are compared with the new ones: the difference is the reason that `--explain` prints.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from notegen.model.digest import digest
from notegen.tools.tools import Tools

T = TypeVar("T")
Parts = Mapping[str, str]  # what went in, by name -> its digest
BATCH = 100  # values in memory at a time


class Wanted(msgspec.Struct, frozen=True):
    """One thing to make: its name for people, which is unique, and the parts of its key."""

    name: str
    parts: dict[str, str]


def remember(
    kind: str, wanted: Sequence[Wanted], make: Callable[[Sequence[int]], Iterator[bytes]], tools: Tools
) -> Iterator[bytes]:
    """Yield the bytes of everything wanted, in order. See `remember_values`."""
    return remember_values(kind, wanted, make, bytes, tools)


def remember_values(
    kind: str,
    wanted: Sequence[Wanted],
    make: Callable[[Sequence[int]], Iterator[bytes]],
    decode: Callable[[bytes], T],
    tools: Tools,
) -> Iterator[T]:
    """Yield everything wanted, decoded, in order: from memory, else from the cache, else from `make`.

    `make` is given the numbers of what is missing and yields their bytes in that order. `kind` keeps keys of different
    memo points apart.
    """
    keys = [digest(kind, tools.engine, item.name, item.parts) for item in wanted]
    held = {key: value for key in keys if (value := tools.held.get(key)) is not None}
    known = tools.cache.known(key for key in keys if key not in held)
    missing = [number for number, key in enumerate(keys) if key not in known and key not in held]
    tools.counted(kind, len(keys), len(keys) - len(missing))
    _explain(kind, [wanted[number] for number in missing], tools)
    fresh = make(missing)
    for start in range(0, len(keys), BATCH):
        batch = range(start, min(start + BATCH, len(keys)))
        found = tools.cache.get_many(keys[number] for number in batch if keys[number] in known)
        new: dict[str, bytes] = {}
        for number in batch:
            key = keys[number]
            if key not in held:
                data = found.get(key)
                if data is None:
                    data = next(fresh if key not in known else make([number]))  # the entry was damaged
                    new[key] = data
                    new[_name_key(kind, wanted[number].name)] = _encode(wanted[number].parts, tools)
                value = decode(data)
                tools.held.put(key, value, len(data))
            else:
                value = held[key]
            yield value
            tools.progress(kind, number + 1, len(keys))
        tools.cache.put_many(new)


def recall(kind: str, names: Sequence[str], tools: Tools) -> list[dict[str, str]]:
    """Return the texts that were kept for each name, by key; none for a name without any. See `keep`."""
    keys = [_name_key(kind, name, tools.engine) for name in names]
    found = tools.cache.get_many(keys)
    return [msgspec.msgpack.decode(found[key], type=dict[str, str]) if key in found else {} for key in keys]


def keep(kind: str, texts: Mapping[str, Mapping[str, str]], tools: Tools) -> None:
    """Keep texts by name and key, for another build by the same engine to `recall`."""
    encode = msgspec.msgpack.Encoder().encode
    tools.cache.put_many({_name_key(kind, name, tools.engine): encode(value) for name, value in texts.items()})


def _name_key(kind: str, name: str, engine: str = "") -> str:
    return digest("by name", kind, name, engine)


def _encode(parts: Parts, tools: Tools) -> bytes:
    return msgspec.msgpack.encode({**parts, "notegen or a library": tools.engine})


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
