"""Which diagnostics tests really provoked: every report that a driver reads is looked through for codes.

In a whole run each code of the registry must be among them; tests/conftest.py asks at its end.
"""

import re

import pytest

_CODE = re.compile(r'(?:error|warning|info)\[([a-z0-9-]+)\]|"code": ?"([a-z0-9-]+)"')


class Provoked:
    """The codes of all reports that this process has read."""

    codes: set[str] = set()  # one for the process, as the drivers have no other way to the end of the run

    @classmethod
    def by(cls, report: str) -> None:
        """Take the codes of a report: lines of text or JSON."""
        cls.codes |= {text or json for text, json in _CODE.findall(report)}


def is_whole(config: pytest.Config) -> bool:
    """Return whether a run is of all tests: no paths and nothing that picks some of them."""
    picking = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "collectonly")
    named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    return not named and not any(config.getoption(option, None) for option in picking)
