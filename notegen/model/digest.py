"""The one digest function: equal values have equal digests, in every process and on every machine."""

import hashlib
from typing import Any, Protocol

import msgspec


class Keyed(Protocol):
    """A value with a short `key` that is equal for equal values only."""

    @property
    def key(self) -> tuple[str, ...]:
        """What stands for the value."""


def _stand_in(value: Keyed) -> tuple[str, ...]:
    """Return what is encoded for a value that msgspec does not know."""
    return value.key


_ENCODER = msgspec.msgpack.Encoder(order="deterministic", enc_hook=_stand_in)


def digest_bytes(data: bytes) -> str:
    """Return the hexadecimal BLAKE2b-160 digest of `data`."""
    return hashlib.blake2b(data, digest_size=20).hexdigest()


def digest(*values: Any) -> str:
    """Return the digest of `values`: type names tag each value, so `1` and `"1"` differ.

    Values are what msgspec encodes (Structs, str, numbers, dates, tuples, dicts), and `Keyed` ones. Encoding is
    deterministic: dictionaries and sets are sorted. Pickle would not do: equal values may pickle to different bytes.
    """
    state = hashlib.blake2b(digest_size=20)
    for value in values:
        data = _ENCODER.encode(value)
        state.update(f"{type(value).__qualname__}:{len(data)}:".encode())
        state.update(data)
    return state.hexdigest()
