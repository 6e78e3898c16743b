"""Options of the suite."""

from __future__ import annotations

from collections.abc import Callable

import jinja2
import pytest
from hypothesis import settings

from bindery.publish import closing, issue, press
from bindery.publish.data import database
from bindery.publish.views import authority, dossier, indexes, lists

settings.register_profile("patient", deadline=None)  # a law holds on a busy machine, too; pytest-timeout ends what hangs
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="attack in every field, kill at every moment: minutes instead of seconds")
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files of golden folders; the diff is the review")


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists on several pages, and two processes, with a dozen briefings."""
    monkeypatch.setattr(lists, "ON_ONE_PAGE", 6)
    monkeypatch.setattr(lists, "NEWEST", 4)
    monkeypatch.setattr(lists, "NAMES_ON_ONE_PAGE", 4)
    monkeypatch.setattr(authority, "ON_A_PAGE", 3)
    monkeypatch.setattr(authority, "LEAST_FIRST", 2)
    monkeypatch.setattr(dossier, "ON_A_PAGE", 2)
    monkeypatch.setattr(indexes, "WHOLE", 5)
    monkeypatch.setattr(press, "READING_FOR_TWO", 3)
    monkeypatch.setattr(press, "MAKING_FOR_TWO", 30)
    monkeypatch.setattr(closing, "FOR_TWO", 3)
    monkeypatch.setattr(database, "PART", 2)
    monkeypatch.setattr(issue, "LOOKING_FOR_TWO", 50)


@pytest.fixture
def compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds from nothing in no time: the program's own templates are compiled for the first of them only."""
    monkeypatch.setattr(jinja2.Environment, "compile", _compile)


_compile_anew: Callable[..., object] = jinja2.Environment.compile
_compiled: dict[tuple[object, ...], object] = {}


def _compile(env: jinja2.Environment, source: str, name: str | None = None, filename: str | None = None, **rest: bool) -> object:
    key = (source, name, filename)
    if key not in _compiled:
        _compiled[key] = _compile_anew(env, source, name, filename, **rest)
    return _compiled[key]
