"""How long work shows itself: a bar on a terminal, plain lines in a log, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TextIO, TypeVar

Item = TypeVar("Item")

SLOW = 10.0
"""Seconds after which a log hears again from a stage that still runs."""
REDRAWN = 0.1
"""Seconds after which a bar is drawn again."""
WIDTH = 30
"""Of the bar, in characters; plain ones, that every terminal has."""


class Progress(Protocol):
    """Wraps the loop of a stage; yields what it is given."""

    def __call__(self, items: Iterable[Item], stage: str, total: int) -> Iterator[Item]: ...


def quiet(items: Iterable[Item], stage: str, total: int) -> Iterator[Item]:
    """Shows nothing."""
    del stage, total
    yield from items


def lines(stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Progress:
    """One line when a stage ends, and one every ten seconds while it runs."""

    def show(items: Iterable[Item], stage: str, total: int) -> Iterator[Item]:
        start = heard = clock()
        count = 0
        for item in items:
            yield item
            count += 1
            if clock() - heard >= SLOW:
                heard = clock()
                print(f"{stage}: {count:,} of {total:,}", file=stream, flush=True)
        print(f"{stage}: {count:,} in {clock() - start:.1f} s", file=stream, flush=True)

    return show


def bar(stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Progress:
    """A bar with count and time left, gone when the stage ends."""

    def show(items: Iterable[Item], stage: str, total: int) -> Iterator[Item]:
        start, drawn, shown = clock(), float("-inf"), ""
        try:
            for count, item in enumerate(items):
                if (now := clock()) - drawn >= REDRAWN:
                    line = _bar(stage, count, total, now - start)
                    print(f"\r{line:{len(shown)}}", end="", file=stream, flush=True)
                    drawn, shown = now, line
                yield item
        finally:
            print(f"\r{'':{len(shown)}}\r", end="", file=stream, flush=True)

    return show


def _bar(stage: str, count: int, total: int, seconds: float) -> str:
    done = round(WIDTH * count / total) if total else 0
    left = f", {seconds * (total - count) / count:.0f} s left" if count and seconds > REDRAWN else ""
    return f"{stage:>12} [{'#' * done:.<{WIDTH}}] {count:,} of {total:,}{left}"


def for_stream(stream: TextIO = sys.stderr, *, silent: bool = False) -> Progress:
    """The right one for where the output goes."""
    if silent:
        return quiet
    return bar(stream) if stream.isatty() else lines(stream)
