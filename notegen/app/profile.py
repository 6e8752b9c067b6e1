"""What a build took: seconds for each stage, how many things it handled, how many of them the cache had."""

import contextlib
import time
from collections.abc import Iterator


class Profile:
    """Gathers what `--profile` prints and what the summary says of the cache."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.items: dict[str, tuple[int, int]] = {}
        self.cache_size = 0

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage; its times are added up."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started

    def counted(self, name: str, items: int, hits: int) -> None:
        """Hear how many things a stage was asked for, and how many of them the cache had."""
        self.items[name] = (items, hits)

    def table(self) -> str:
        """Return the table: one line a stage, in the order they ran."""
        lines = [f"{'stage':<8} {'seconds':>8} {'items':>8} {'cached':>8}"]
        for name, seconds in self.seconds.items():
            items, hits = self.items.get(name, ("", ""))
            lines.append(f"{name:<8} {seconds:>8.3f} {items:>8} {hits:>8}".rstrip())
        return "\n".join(lines)

    def cache_line(self) -> str:
        """Return what the summary says of the cache: `cache: read 12 of 12, render 9 of 40; 3.4 MB`."""
        counts = ", ".join(f"{name} {hits} of {items}" for name, (items, hits) in self.items.items() if name != "emit")
        return f"cache: {counts}; {self.cache_size / 1_000_000:.1f} MB"
