"""What a run does → events: its stages with their times, what was slow, what was found. Nothing is noted unless somebody asked."""

from __future__ import annotations

import heapq
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO

from bindery.model import Finding

VERSION = 1
"""Of the events: a field may be added to one, none is taken away or changed without another number."""
MOST_SLOW = 20
"""Seeds, and pages, that are told."""

Values = Mapping[str, object]
Slow = tuple[float, str]
"""CPU seconds and the path of a seed, or the permalink of a file of the site."""


@dataclass(slots=True)
class Journal:
    """The events of a run, in order; each is written to the stream at once, as one line of JSON."""

    stream: TextIO | None = None
    events: list[Values] = field(default_factory=list)

    def note(self, event: str, **values: object) -> None:
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        noted = {"time": moment, "event": event, **values}
        self.events.append(noted)
        if self.stream:
            print(json.dumps(noted), file=self.stream, flush=True)

    def of(self, event: str) -> list[Values]:
        return [noted for noted in self.events if noted["event"] == event]


_current: ContextVar[Journal | None] = ContextVar("journal", default=None)


@contextmanager
def kept(journal: Journal) -> Iterator[Journal]:
    """What happens in the block is noted there."""
    token = _current.set(journal)
    try:
        yield journal
    finally:
        _current.reset(token)


def note(event: str, **values: object) -> None:
    if journal := _current.get():
        journal.note(event, **values)


def finding(found: Finding) -> None:
    note("finding", code=found.code, path=str(found.at.path), line=found.at.line, message=found.message, fix=found.fix)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """A part of a run: "ingest/link" is a part of "ingest". Its CPU time is that of all processes that have ended by then."""
    journal = _current.get()
    if journal is None:
        yield
        return
    started, used = time.perf_counter(), _used()
    try:
        yield
    finally:
        journal.note("stage", stage=name, seconds=_rounded(time.perf_counter() - started), cpu_seconds=_rounded(_used() - used))


def _used() -> float:
    return sum(os.times()[:4])


class Slowest:
    """The longest of many steps; for a member of a team, which tells them at the end."""

    def __init__(self) -> None:
        self.clock: Callable[[], float] | None = time.process_time if _current.get() else None
        self.found: list[Slow] = []

    def begun(self) -> float:
        return self.clock() if self.clock else 0.0

    def ended(self, name: str, begun: float) -> None:
        if self.clock:
            heapq.heappush(self.found, (self.clock() - begun, name))
            if len(self.found) > MOST_SLOW:
                heapq.heappop(self.found)


def slow(what: str, found: Iterable[Slow]) -> None:
    """Note the longest, the very longest first."""
    if _current.get():
        for seconds, name in heapq.nlargest(MOST_SLOW, found):
            note("slow", what=what, name=name, cpu_seconds=_rounded(seconds))


def _rounded(seconds: float) -> float:
    return round(seconds, 4)
