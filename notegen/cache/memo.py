"""The memo points: notes and pages remembered by the digest of the values that go into them, and why one was not.

A key is made of the thing's name and named parts. When a key misses, the parts that the same thing was last made from
are compared with the new ones: the difference is the reason that `--explain` prints.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

import msgspec

from notegen.cache.context import BuildContext, Held
from notegen.model.digest import digest

In = TypeVar("In")
T = TypeVar("T")
Parts = Mapping[str, str]  # what went in, by name -> its digest
BATCH = 100  # values in memory at a time


class Wanted(msgspec.Struct, frozen=True):
    """One thing to make: its name for people, which is unique, and the parts of its key."""

    name: str
    parts: dict[str, str]


class Point(msgspec.Struct, Generic[In, T], frozen=True):
    """A memo point: what is made of an item, and what that depends on.

    `kind` keeps keys of different points apart. `parts` gives the parts of an item's key; `common` is the digest of all
    that it looks at besides the item. `make` is given the numbers of items that are missing and yields the bytes of
    each, in that order; `decode` makes a value of them.
    """

    kind: str
    common: str
    parts: Callable[[In], dict[str, str]]
    make: Callable[[Sequence[int]], Iterator[bytes]]
    decode: Callable[[bytes], T]


def remember_values(
    point: Point[In, T], names: Sequence[str], items: Sequence[In], context: BuildContext
) -> Iterator[T]:
    """Yield what is made of each item, decoded, in order: from memory, else from the cache, else from `make`.

    In memory an item is known by its name and by being equal to the last one, which most are by being the very same:
    that is quicker than a key.
    """
    held: list[tuple[In, T] | None] = [context.held.get((point.kind, point.common, name)) for name in names]
    rest = [number for number, last in enumerate(held) if last is None or last[0] != items[number]]
    wanted = [Wanted(names[number], point.parts(items[number])) for number in rest]
    made = remember(point.kind, wanted, lambda missing: point.make([rest[number] for number in missing]), context)
    for number in rest:
        held[number] = None
    for number, last in enumerate(held):
        if last is not None:
            yield last[1]
            continue
        data = next(made)
        value = point.decode(data)
        context.held.put((point.kind, point.common, names[number]), (items[number], value), len(data))
        yield value


def remember(
    kind: str, wanted: Sequence[Wanted], make: Callable[[Sequence[int]], Iterator[bytes]], context: BuildContext
) -> Iterator[bytes]:
    """Yield the bytes of everything wanted, in order: from the cache, else from `make`.

    `make` is given the numbers of what is missing and yields their bytes in that order. `kind` keeps keys of different
    memo points apart.
    """
    keys = [digest(kind, context.engine, item.name, item.parts) for item in wanted]
    known = context.cache.known(keys)
    missing = [number for number, key in enumerate(keys) if key not in known]
    context.counted(kind, len(keys), len(keys) - len(missing))
    _explain(kind, [wanted[number] for number in missing], context)
    fresh = make(missing)
    for start in range(0, len(keys), BATCH):
        batch = range(start, min(start + BATCH, len(keys)))
        found = context.cache.get_many(keys[number] for number in batch if keys[number] in known)
        new: dict[str, bytes] = {}
        values: list[bytes] = []
        for number in batch:
            key = keys[number]
            data = found.get(key)
            if data is None:
                data = next(fresh if key not in known else make([number]))  # the entry was damaged
                new[key] = data
                new[_name_key(kind, wanted[number].name)] = _encode(wanted[number].parts, context)
            values.append(data)
            context.progress(kind, number + 1, len(keys))
        context.cache.put_many(new)  # first: who takes as many as were wanted does not come back
        yield from values


def hold(
    kind: Hashable, names: Sequence[Hashable], items: Sequence[In], make: Callable[[In], T], held: Held
) -> Iterator[T]:
    """Yield `make(item)` of each item, which in memory is the last build's where the item is equal.

    For what is cheap, but not ten thousand times after each edit. `kind` is also all else that `make` looks at.
    """
    for name, item in zip(names, items, strict=True):
        last: tuple[In, T] | None = held.get((kind, name))
        if last is None or last[0] != item:
            last = (item, make(item))
            held.put((kind, name), last, 0)
        yield last[1]


def recall(kind: str, names: Sequence[str], context: BuildContext) -> list[dict[str, str]]:
    """Return the texts that were kept for each name, by key; none for a name without any. See `keep`."""
    keys = [_name_key(kind, name, context.engine) for name in names]
    found = context.cache.get_many(keys)
    return [msgspec.msgpack.decode(found[key], type=dict[str, str]) if key in found else {} for key in keys]


def keep(kind: str, texts: Mapping[str, Mapping[str, str]], context: BuildContext) -> None:
    """Keep texts by name and key, for another build by the same engine to `recall`."""
    encode = msgspec.msgpack.Encoder().encode
    context.cache.put_many({_name_key(kind, name, context.engine): encode(value) for name, value in texts.items()})


def _name_key(kind: str, name: str, engine: str = "") -> str:
    return digest("by name", kind, name, engine)


def _encode(parts: Parts, context: BuildContext) -> bytes:
    return msgspec.msgpack.encode({**parts, "notegen or a library": context.engine})


def _explain(kind: str, items: Sequence[Wanted], context: BuildContext) -> None:
    """Say of each item why it is made anew."""
    if context.explain is None:
        return
    old = context.cache.get_many(_name_key(kind, item.name) for item in items)
    for item in items:
        data = old.get(_name_key(kind, item.name))
        context.explain(kind, item.name, _reason(data, _encode(item.parts, context)))


def _reason(old: bytes | None, new: bytes) -> str:
    if old is None:
        return "new"
    before, after = (msgspec.msgpack.decode(data, type=dict[str, str]) for data in (old, new))
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return ", ".join(changed) or "its entry left the cache"
