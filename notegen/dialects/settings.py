"""Settings by their dotted names, put into a configuration."""

from collections.abc import Mapping
from typing import Any

import msgspec

from notegen.model.config import Config


def with_settings(config: Config, settings: Mapping[str, Any]) -> Config:
    """Return the configuration with the settings, dotted name (`markdown.breaks`) -> value, in place of its own."""
    for name, value in settings.items():
        config = _replaced(config, name.split("."), value)
    return config


def _replaced(struct: Any, names: list[str], value: Any) -> Any:
    """Return a struct with another value at the end of the path `names`."""
    name, *deeper = names
    return msgspec.structs.replace(
        struct, **{name: _replaced(getattr(struct, name), deeper, value) if deeper else value}
    )
