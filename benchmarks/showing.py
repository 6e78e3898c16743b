"""What is being measured, shown while it is: a bar on a terminal, a line for each run in a log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO


class Stage(Protocol):
    """Told of the runs of a stage."""

    def begin(self, what: str) -> None: ...
    def end(self, result: str) -> None: ...


class Bar:
    """On a terminal: how many runs of the stage are done, and what runs now."""

    def __init__(self, name: str, total: int) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - a log needs none

        columns = (
            TextColumn("{task.fields[stage]:>12}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        )
        self.progress = Progress(*columns, transient=True)
        self.task = self.progress.add_task("", total=total, stage=name)

    def begin(self, what: str) -> None:
        self.progress.update(self.task, description=what)

    def end(self, result: str) -> None:
        del result
        self.progress.advance(self.task)


class Lines:
    """In a log: each run with its result."""

    def __init__(self, name: str, total: int, stream: TextIO) -> None:
        self.name, self.total, self.stream = name, total, stream
        self.count, self.what = 0, ""

    def begin(self, what: str) -> None:
        self.what = what

    def end(self, result: str) -> None:
        self.count += 1
        print(f"{self.name} {self.count}/{self.total}: {self.what}: {result}", file=self.stream, flush=True)


@contextmanager
def stage(name: str, total: int, stream: TextIO | None = None) -> Iterator[Stage]:
    """The right one for where it is shown: on standard error if not said."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield Lines(name, total, stream)
        return
    bar = Bar(name, total)
    with bar.progress:
        yield bar
