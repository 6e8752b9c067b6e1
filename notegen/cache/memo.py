"""Memos: results remembered by name and by the digests of what went into them, on the disk, in memory, or in both.

A request names a thing and the parts that it is made of; the cache's key is a digest of these, of the memo's name and
of the engine. When a key misses, the parts that the same thing was last made of are compared with the new ones: the
difference is the reason that `--explain` prints. In memory a thing is known by its name and by being equal.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Generic, TypeVar

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memory import MemoryEntry
from notegen.model.digest import digest

In = TypeVar("In")
T = TypeVar("T")
BATCH = 100  # values in memory at a time
_ENGINE = "notegen or a library"  # the part that every key has


class Tiers(Enum):
    """Where the values of a memo are kept. `MEMORY` is that of a server between its builds."""

    DISK = 1
    MEMORY = 2
    BOTH = 3


class Memo(msgspec.Struct, Generic[T], frozen=True):
    """One kind of thing that is remembered: its name, which no other memo has, the type of its values, where they are.

    Values of type `bytes` are kept as they are, others as MessagePack. `compact`: of memos in both, returns an equal
    value that takes less of a server's memory.
    """

    name: str
    value_type: type[T]
    tiers: Tiers = Tiers.DISK
    compact: Callable[[T], T] | None = None


class Request(msgspec.Struct, frozen=True):
    """A thing: its name for people, which is unique in its memo, and its parts: what goes in, by name -> its digest."""

    name: str
    parts: dict[str, str]


Make = Callable[[Sequence[int]], Iterator[bytes]]


def memoize(
    memo: Memo[T],
    names: Sequence[str],
    items: Sequence[In],
    parts: Callable[[In], dict[str, str]],
    make: Make,
    context: BuildContext,
    common: str = "",
) -> Iterator[T]:
    """Yield what is made of each item, in order: from memory, else from the disk, else by `make`.

    `names`: of the items; `parts` gives those of an item's request; `common` is the digest of all that they hold
    besides the item. `make` is given the numbers of the items that are missing, and yields the encoded value of each.
    """
    in_memory = memo.tiers is Tiers.BOTH
    common = f"{common} {context.engine}"  # which changes with the site's extensions
    entries = [context.memory.get(memo.name, name) if in_memory else None for name in names]
    stale = [
        number
        for number, entry in enumerate(entries)
        if entry is None or entry.common != common or entry.item != items[number]
    ]
    requests = [Request(names[number], parts(items[number])) for number in stale]
    encoded = memoize_bytes(memo, requests, lambda missing: make([stale[number] for number in missing]), context)
    decode = _decoder(memo)
    for number in stale:
        entries[number] = None
    for number, entry in enumerate(entries):
        if entry is not None:
            if entry.item is not items[number]:
                context.memory.renew(memo.name, names[number], items[number])
            yield entry.value
            continue
        data = next(encoded)
        try:
            value = decode(data)
        except msgspec.DecodeError:  # a cache from elsewhere; what it has is no value of ours
            data = next(iter(make([number])))
            value = decode(data)
        if in_memory:
            value = memo.compact(value) if memo.compact and context.preview else value
            context.memory.put(memo.name, names[number], MemoryEntry(common, items[number], value), len(data))
        yield value
    list(encoded)  # empty now; this lets `make` end


def memoize_bytes(memo: Memo[T], requests: Sequence[Request], make: Make, context: BuildContext) -> Iterator[bytes]:
    """Yield the encoded value of each request, in order: from the disk, else by `make`, as `memoize` says."""
    keys = [_key(memo, request, context) for request in requests]
    known = context.cache.known(keys)
    missing = [number for number, key in enumerate(keys) if key not in known]
    context.counted(memo.name, len(keys), len(keys) - len(missing))
    _explain(memo, [requests[number] for number in missing], context)
    fresh = make(missing) if missing else iter(())
    for start in range(0, len(keys), BATCH):
        batch = range(start, min(start + BATCH, len(keys)))
        cached = context.cache.get_many(keys[number] for number in batch if keys[number] in known)
        new: dict[str, bytes] = {}
        values: list[bytes] = []
        for number in batch:
            key = keys[number]
            data = cached.get(key)
            if data is None:
                data = next(fresh if key not in known else make([number]))  # the entry was damaged
                new |= {key: data, _name_key(memo, requests[number].name): _encode_parts(requests[number], context)}
            values.append(data)
            context.progress(memo.name, number + 1, len(keys))
        context.cache.put_many(new)  # first: who takes as many as were requested does not come back
        yield from values
    list(fresh)  # empty now; this lets `make` end


def memoize_in_memory(
    memo: Memo[T],
    names: Sequence[str],
    items: Sequence[In],
    make: Callable[[In], T],
    context: BuildContext,
    common: str = "",
) -> Iterator[T]:
    """Yield `make(item)` of each item; in a server's memory the last build's where the item and `common` are equal."""
    for name, item in zip(names, items, strict=True):
        entry = context.memory.get(memo.name, name)
        if entry is None or entry.common != common or entry.item != item:
            entry = MemoryEntry(common, item, make(item))
            context.memory.put(memo.name, name, entry, 0)
        elif entry.item is not item:
            context.memory.renew(memo.name, name, item)
        yield entry.value


def last_value(memo: Memo[T], name: str, context: BuildContext) -> T | None:
    """Return the value that a server's memory has of a thing, whatever it was made of; None for none."""
    entry = context.memory.get(memo.name, name)
    return None if entry is None else entry.value


def lookup(memo: Memo[T], request: Request, context: BuildContext) -> T | None:
    """Return the value that the disk has of a request; None for none."""
    return lookup_all(memo, [request], context)[0]


def lookup_all(memo: Memo[T], requests: Iterable[Request], context: BuildContext) -> list[T | None]:
    """Return the value that the disk has of each request; None for none."""
    keys = [_key(memo, request, context) for request in requests]
    cached, decode = context.cache.get_many(keys), _decoder(memo)
    return [_decoded(cached.get(key), decode) for key in keys]


def store(memo: Memo[T], request: Request, value: T, context: BuildContext) -> None:
    """Keep the value of a request on the disk, and that it is the latest of its name."""
    data = value if isinstance(value, bytes) else msgspec.msgpack.encode(value)
    context.cache.put_many({_key(memo, request, context): data})
    store_latest(memo, request, context)


def store_all(memo: Memo[T], values: Iterable[tuple[Request, T]], context: BuildContext) -> None:
    """Keep the values of requests on the disk."""
    encode = msgspec.msgpack.Encoder().encode
    context.cache.put_many({_key(memo, request, context): encode(value) for request, value in values})


def store_latest(memo: Memo[T], request: Request, context: BuildContext) -> None:
    """Note on the disk that a request is the latest of its name."""
    context.cache.put_many({_name_key(memo, request.name): _encode_parts(request, context)})


def latest(memo: Memo[T], name: str, context: BuildContext) -> Request | None:
    """Return the latest request of a name that this engine made; None for none."""
    key = _name_key(memo, name)
    parts = _decoded(context.cache.get_many([key]).get(key), _decode_parts) or {}
    return Request(name, parts) if parts.pop(_ENGINE, None) == context.engine else None


def _decoded(data: bytes | None, decode: Callable[[bytes], T]) -> T | None:
    """Return a value that the disk has; None where it has none, or none of ours: a cache may come from elsewhere."""
    try:
        return None if data is None else decode(data)
    except msgspec.DecodeError:
        return None


_decode_parts = msgspec.msgpack.Decoder(dict[str, str]).decode


def _decoder(memo: Memo[T]) -> Callable[[bytes], T]:
    if memo.value_type is bytes:
        return memo.value_type  # bytes of bytes are these themselves
    return msgspec.msgpack.Decoder(memo.value_type).decode


def _key(memo: Memo[T], request: Request, context: BuildContext) -> str:
    return digest(memo.name, context.engine, request.name, request.parts)


def _name_key(memo: Memo[T], name: str) -> str:
    return digest("by name", memo.name, name)


def _encode_parts(request: Request, context: BuildContext) -> bytes:
    return msgspec.msgpack.encode({**request.parts, _ENGINE: context.engine})


def _explain(memo: Memo[T], requests: Sequence[Request], context: BuildContext) -> None:
    """Say of each thing why it is made anew."""
    if context.explain is None:
        return
    old = context.cache.get_many(_name_key(memo, request.name) for request in requests)
    for request in requests:
        data = old.get(_name_key(memo, request.name))
        context.explain(memo.name, request.name, _reason(data, _encode_parts(request, context)))


def _reason(old: bytes | None, new: bytes) -> str:
    if old is None:
        return "new"
    before, after = (_decoded(data, _decode_parts) or {} for data in (old, new))
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return ", ".join(changed) or "its entry left the cache"
