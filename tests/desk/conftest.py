"""A desk over a small archive, its questions asked."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bindery import config
from bindery.desk.desk import Desk
from tests.desk import archive

LONG = 200.0
"""Seconds after which something that should have happened has not."""


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as ingest leaves it, to be copied."""
    return archive.ingested(tmp_path_factory.mktemp("desk") / "archive")


@pytest.fixture
def root(ingested: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ingested, tmp_path / "archive"))


@pytest.fixture
def desk(root: Path) -> Iterator[Desk]:
    with working(root) as desk:
        yield desk


@contextmanager
def working(root: Path) -> Iterator[Desk]:
    """A desk whose questions are asked, and which goes on asking."""
    desk = Desk(lambda: config.load(root), quiet_seconds=0)
    work = threading.Thread(target=desk.work, daemon=True)
    work.start()
    settled(desk)
    try:
        yield desk
    finally:
        desk.close()
        work.join(LONG)


def settled(desk: Desk) -> None:
    """Wait until nothing is at work."""
    until(lambda: not desk.state()["at_work"])
    assert desk.state()["error"] == ""


def until(claim: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not claim():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
