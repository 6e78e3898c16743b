"""What is shown of long work, and that it is given through unchanged."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from bindery import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def clock(step: float) -> Iterator[float]:
    now = 0.0
    while True:
        yield now
        now += step


@pytest.mark.parametrize("silent", [True, False])
@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["log", "terminal"])
def test_every_item_is_given_through_in_its_order(stream: io.StringIO, silent: bool) -> None:
    show = progress.for_stream(stream, silent=silent)
    assert list(show("abc", "read", 3)) == ["a", "b", "c"]
    assert list(show("", "make", 0)) == []


def test_a_log_hears_of_a_slow_stage_every_ten_seconds_and_of_its_end() -> None:
    log, ticks = io.StringIO(), clock(3.0)
    list(progress.lines(log, lambda: next(ticks))(range(8), "read", 8))

    said = log.getvalue().splitlines()
    assert said == ["read: 4 of 8", "read: 8 of 8", "read: 8 in 33.0 s"]
