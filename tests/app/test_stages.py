"""Diagnostics of every stage reach the author: none can be forgotten, and each is told once, by place."""

import contextlib
import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, get_origin, get_type_hints

import pytest

import notegen.build as pipeline
from notegen import rebuild
from notegen.app.stages import Stages
from notegen.cache.context import BuildContext
from notegen.math_font.site_font import math_font
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result
from notegen.search.index import search_index
from tests.support.site import SiteTest


def stage_names(module: ModuleType) -> list[str]:
    """Return the names of the functions that a module imports and that return a Result: the stages that it calls."""
    imported = {
        name: value
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ != module.__name__
    }
    return [name for name, value in imported.items() if get_origin(get_type_hints(value).get("return")) is Result]


STAGES = [(module, name) for module in (rebuild, pipeline) for name in stage_names(module)]
MARKER = "said by a stage"


def marked(function: Callable[..., Result[Any]]) -> Callable[..., Result[Any]]:
    """Return a stage that reports one thing more."""

    def stage(*arguments: Any, **named: Any) -> Result[Any]:
        value, diagnostics = function(*arguments, **named)
        return Result(value, (*diagnostics, diagnose("note-undated", MARKER)))

    return stage


def test_the_pipeline_has_its_stages() -> None:
    assert {"scan", "read_notes", "link_site", "plan_pages", "render_pages", "emit"} <= {name for _, name in STAGES}


@pytest.mark.parametrize(("module", "name"), STAGES)
def test_what_a_stage_reports_reaches_the_author(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str
) -> None:
    monkeypatch.setattr(module, name, marked(getattr(module, name)))
    assert site.note("a", "$x$").build().stderr.count(MARKER) == 1


def test_what_the_makers_of_font_and_index_report_reaches_the_author(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:

    @contextlib.contextmanager
    def marked_font(*arguments: Any) -> Iterator[Any]:
        with math_font(*arguments) as making:
            yield type(making)(making.path, marked(making.wait))

    @contextlib.contextmanager
    def marked_index(*arguments: Any) -> Iterator[Any]:
        with search_index(*arguments) as wait:
            yield marked(wait)

    monkeypatch.setattr(pipeline, "math_font", marked_font)
    assert site.note("a", "$x$").build().stderr.count(MARKER) == 1
    monkeypatch.setattr(pipeline, "math_font", math_font)
    monkeypatch.setattr(pipeline, "search_index", marked_index)
    assert site.note("a", "$y$").build().stderr.count(MARKER) == 1


def at(path: str, line: int) -> Diagnostic:
    """Return a diagnostic at a place."""
    return diagnose("note-undated", MARKER, path=path, line=line)


def test_diagnostics_are_each_told_once_by_place() -> None:
    with Stages(BuildContext()) as stages:
        assert stages.run("read", lambda: Result(1, (at("b", 1), at("a", 9)))) == 1
        assert stages.take(Result("x", (at("a", 2), at("b", 1)))) == "x"
    assert stages.diagnostics == (at("a", 2), at("a", 9), at("b", 1))


def test_what_goes_on_beside_the_stages_ends_with_them() -> None:
    ended: list[str] = []

    @contextlib.contextmanager
    def work() -> Iterator[int]:
        try:
            yield 1
        finally:
            ended.append("work")

    def fail() -> Result[int]:
        assert ended == []
        raise KeyboardInterrupt

    with Stages(BuildContext()) as stages:
        assert stages.begin(work()) == 1
        with pytest.raises(KeyboardInterrupt):
            stages.run("read", fail)
    assert ended == ["work"]
