"""Layer 1: the only code that touches the outside: disk, cache, process pool."""
