"""Options of the suite."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

from bindery.publish import closing, issue, press, render
from bindery.publish.data import database
from bindery.publish.views import authority, dossier, indexes, lists

settings.register_profile("patient", deadline=None)  # a law holds on a busy machine, too; pytest-timeout ends what hangs
settings.load_profile("patient")

TEMPLATES = Path(__file__).parents[1] / "templates"
Made = TypeVar("Made")

IN_MEMORY = Path("/dev/shm")
ROOM = 3_000_000_000
"""Bytes; what a run of everything writes, three times over."""


def pytest_configure(config: pytest.Config) -> None:
    """Archives, sites and browsers' profiles lie in memory where the system has room there, unless somebody says where they shall lie:
    a build of a small one waits for its disk a quarter of the time."""
    if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK):
        there = os.statvfs(IN_MEMORY)
        if there.f_bavail * there.f_frsize > ROOM and not there.f_flag & os.ST_NOEXEC:
            os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)


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


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """The program's own templates are read and compiled for the first build of a process only; those of an archive for each."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_parse", "compile"):
            patch.setattr(render.Environment, name, _own_once(getattr(render.Environment, name)))
        yield


def _own_once(make: Callable[..., Made]) -> Callable[..., Made]:
    """What a method of an environment makes of a source, which is told where it comes from, once for each language."""
    known: dict[tuple[object, ...], Made] = {}

    def made(env: render.Environment, source: str, name: str | None = None, filename: str | None = None, **rest: bool) -> Made:
        if not filename or TEMPLATES not in Path(filename).parents:
            return make(env, source, name, filename, **rest)
        key = (source, name, env.interface.digest, env.interface.language, env.code_generator_class, *rest.items())
        if key not in known:
            known[key] = make(env, source, name, filename, **rest)
        return known[key]

    return made
