"""Front matter (YAML, TOML, JSON; the keys of other generators) to a Meta."""
