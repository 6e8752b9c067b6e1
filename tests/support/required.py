"""What browser tests do without a browser: skip with a message, or fail where one is required."""

import os
from typing import NoReturn

import pytest


def give_up(reason: str) -> NoReturn:
    """Skip the test, or fail where a browser is required."""
    if os.environ.get("NOTEGEN_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(f"{reason} (NOTEGEN_REQUIRE_BROWSER=1 makes this a failure)")
