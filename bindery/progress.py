"""How long work shows itself: a bar on a terminal, plain lines in a log, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TextIO, TypeVar

Item = TypeVar("Item")

SLOW = 10.0
"""Seconds after which a log hears again from a stage that still runs."""


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


def bar(items: Iterable[Item], stage: str, total: int) -> Iterator[Item]:
    """A bar with count and rate, gone when the stage ends."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - 60 ms that only a terminal pays

    columns = (TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True) as progress:
        yield from progress.track(items, total=total, description=stage)


def for_stream(stream: TextIO = sys.stderr, *, silent: bool = False) -> Progress:
    """The right one for where the output goes."""
    if silent:
        return quiet
    return bar if stream.isatty() else lines(stream)
