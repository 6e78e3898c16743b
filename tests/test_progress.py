"""What is shown of long work, and that it is given through unchanged."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from bindery import progress


class Terminal(io.StringIO):
    """Draws as a terminal does: what a line looks like now."""

    def isatty(self) -> bool:
        return True

    def line(self) -> str:
        drawn: list[str] = []
        for part in self.getvalue().split("\r"):
            drawn[: len(part)] = part
        return "".join(drawn).rstrip()


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


def test_a_bar_counts_says_what_is_left_and_is_gone_at_the_end() -> None:
    terminal, ticks = Terminal(), clock(1.0)
    show = progress.bar(terminal, lambda: next(ticks))
    seen = [terminal.line() for _ in show(range(4), "read", 4)]

    assert seen[0] == f"        read [{'.' * 30}] 0 of 4"
    assert seen[2] == f"        read [{'#' * 15}{'.' * 15}] 2 of 4, 3 s left"
    assert terminal.line() == ""


def test_a_bar_that_is_broken_off_leaves_a_clean_line() -> None:
    terminal = Terminal()
    working = progress.bar(terminal)(range(4), "read", 4)
    next(working)
    assert terminal.line()
    working.close()  # type: ignore[attr-defined]  # it is a generator

    assert terminal.line() == ""


def test_a_log_hears_of_a_slow_stage_every_ten_seconds_and_of_its_end() -> None:
    log, ticks = io.StringIO(), clock(3.0)
    list(progress.lines(log, lambda: next(ticks))(range(8), "read", 8))

    said = log.getvalue().splitlines()
    assert said == ["read: 4 of 8", "read: 8 of 8", "read: 8 in 33.0 s"]
