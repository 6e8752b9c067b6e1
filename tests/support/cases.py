"""Tests of many small cases: one test for all of them, which names every case that fails.

pytest needs longer to begin, report and end a test than most of our cases take: four thousand of them were a tenth of
the suite. NOTEGEN_CASE=text runs only the cases whose name has the text, for who looks into one.
"""

import functools
import inspect
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest

WANTED = os.environ.get("NOTEGEN_CASE", "")
SHOWN = 200  # characters of a case's name
Test = Callable[..., None]


def all_cases(
    names: str | Sequence[str], cases: Iterable[Any], *, ids: Iterable[object] | Callable[[Any], object] | None = None
) -> Callable[[Test], Test]:
    """Return what makes one test of a function with these arguments, called once for each case.

    It takes what `pytest.mark.parametrize` takes, `pytest.param` without marks too. All cases share the fixtures of
    the test, so these are none that a case changes.
    """
    arguments = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    named = list(_named(len(arguments), list(cases), ids))
    assert named, "no cases"

    def decorate(test: Test) -> Test:
        @functools.wraps(test)
        def run(**fixtures: Any) -> None:
            _run(test, [(name, {**fixtures, **dict(zip(arguments, values, strict=True))}) for name, values in named])

        signature = inspect.signature(test)
        others = [parameter for name, parameter in signature.parameters.items() if name not in arguments]
        assert len(others) + len(arguments) == len(signature.parameters), f"{test.__name__} lacks an argument"
        vars(run)["__signature__"] = signature.replace(
            parameters=[parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in others]
        )
        return run

    return decorate


def check_each(cases: Iterable[Sequence[Any]], check: Test) -> None:
    """Call `check(number, *values)` for each case, such as the notes of one site; fail with all cases that fail."""
    names = list(inspect.signature(check).parameters)
    given = [(number, *values) for number, values in enumerate(cases)]
    assert given, "no cases"
    _run(check, [("-".join(map(str, values))[:SHOWN], dict(zip(names, values, strict=True))) for values in given])


def _run(test: Test, cases: list[tuple[str, dict[str, Any]]]) -> None:
    chosen = [(name, arguments) for name, arguments in cases if WANTED in name]
    if not chosen:
        pytest.skip(f"no case has {WANTED!r} in its name")
    failed = [f"{name}\n{problem}" for name, arguments in chosen if (problem := _problem(test, arguments))]
    if failed:
        pytest.fail(f"{len(failed)} of {len(chosen)} cases\n\n" + "\n\n".join(failed), pytrace=False)


def _problem(test: Test, arguments: dict[str, Any]) -> str:
    """Return what is wrong with a case: the message of its assertion, as pytest words it, and where; "" if nothing."""
    try:
        test(**arguments)
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 (the other cases are wanted, too)
        where = traceback.extract_tb(error.__traceback__)[-1]
        given = [f"  {name} = {value!r}" for name, value in arguments.items()]
        said = f"{where.filename}:{where.lineno}: {type(error).__name__}: {error}\n  {where.line}"
        return "\n".join([*given, said])
    return ""


def _named(
    count: int, cases: list[Any], ids: Iterable[object] | Callable[[Any], object] | None
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the name of each case, and its values."""
    given = list(ids) if ids is not None and not callable(ids) else [None] * len(cases)
    word = ids if callable(ids) else str
    for case, identity in zip(cases, given, strict=True):
        if isinstance(case, type(pytest.param())):
            assert not case.marks, "a case with marks needs a test of its own"
            values, own = tuple(case.values), case.id
        else:
            values, own = ((case,) if count == 1 else tuple(case)), None
        yield str(identity or own or "-".join(str(word(value)) for value in values))[:SHOWN], values
