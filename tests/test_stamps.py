"""A file that was read is known again by its stamp, unless it was so young that another change might not show."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bindery import stamps

SECOND = 1_000_000_000


def stamp(path: Path, now: int, monkeypatch: pytest.MonkeyPatch) -> stamps.Stamp:
    """As it is taken when the clock says so."""
    monkeypatch.setattr(time, "time_ns", lambda: now)
    return stamps.take(path)


def looked_at(path: Path, modified: int, changed: int) -> os.stat_result:
    """What a file system with such times says of a file."""
    known = path.stat()
    return os.stat_result((*known[:10],), {"st_mtime_ns": modified, "st_ctime_ns": changed, "st_size": known.st_size})


@pytest.mark.parametrize(
    ("age", "modified", "is_known"),
    [
        pytest.param(10_000_000, 5 * SECOND + 123, False, id="a hundredth of a second"),
        pytest.param(60_000_000, 5 * SECOND + 123, True, id="older than a clock's tick"),
        pytest.param(60_000_000, 5 * SECOND, False, id="by whole seconds"),
        pytest.param(2_400_000_000, 4 * SECOND, False, id="by every other second"),
        pytest.param(2_600_000_000, 4 * SECOND, True, id="older than a second of any clock"),
        pytest.param(-7 * SECOND, 5 * SECOND + 123, False, id="from the future"),
    ],
)
def test_a_young_file_is_read_again(tmp_path: Path, age: int, modified: int, is_known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a", "utf-8")
    seen = looked_at(path, modified, modified)
    monkeypatch.setattr(time, "time_ns", lambda: modified + age)

    (taken,) = stamps.taken({"a.txt": (str(path), seen)}, {}).values()
    assert taken.fits(seen) is is_known


def test_a_file_that_was_given_an_older_time_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a", "utf-8")
    before = stamp(path, path.stat().st_ctime_ns + SECOND * 9, monkeypatch)
    assert before.fits(path.stat())
    time.sleep(0.02)  # a tick of the clock of the file system
    path.write_text("b", "utf-8")
    os.utime(path, ns=(before.modified, before.modified))

    assert not before.fits(path.stat())
