"""When somebody is named: a picture of stems over years, in percentages, so that its lettering keeps its size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date as Date
from functools import lru_cache
from itertools import pairwise

import msgspec

from bindery.publish.entry import Entry

AXIS = 100
"""Height of the axis below the top, in pixels."""
TALLEST, SHORTEST = 75, 10
CLOSEST = 5.0
"""Percent of the width between two stems whose figures can still be read on a phone; closer ones are summed by year."""
LABELS = 12
"""Years named under the axis at most."""


Place = tuple[str, str]
"""A permalink, and a fragment there or none."""


class Point(msgspec.Struct, frozen=True):
    """What a stem may stand for by itself: a briefing, and what is counted in it."""

    when: Date
    count: int
    permalink: str


class Stem(msgspec.Struct, frozen=True):
    when: Date | int
    """A briefing's date, or a year."""
    count: int
    x: str
    """"69.4%"."""
    y: int
    """Pixels from the top."""
    place: Place
    """Where it leads: the briefing, or where those of the year are listed."""


class Label(msgspec.Struct, frozen=True):
    year: int
    x: str


class Timeline(msgspec.Struct, frozen=True):
    stems: tuple[Stem, ...]
    labels: tuple[Label, ...]
    ticks: tuple[str, ...]
    by_year: bool
    """Each stem is a year and counts briefings; otherwise a briefing, and counts mentions."""


def drawn(points: Sequence[Point], pages: Mapping[str, Sequence[Entry]], years: tuple[int, int] | None) -> Timeline | None:
    """Of briefings, newest first, in an archive of these years. None where there is nothing to compare: fewer than two.

    `pages` says on which page which briefings are quoted, newest first: where the stem of a year leads.
    """
    if len(points) < 2 or years is None:
        return None
    first, last = years
    shares = [_share(point.when, first, last) for point in reversed(points)]
    if any(right - left < CLOSEST for left, right in pairwise(shares)):
        return yearly(Counter(point.when.year for point in points), places(pages), years)
    most = max(point.count for point in points)
    stems = (
        Stem(point.when, point.count, _percent(share), _height(point.count, most), (point.permalink, ""))
        for point, share in zip(reversed(points), shares, strict=True)
    )
    return Timeline(tuple(stems), _labels(first, last), _ticks(first, last), by_year=False)


def yearly(counts: Mapping[int, int], places: Mapping[int, Place], years: tuple[int, int], most: int = 0) -> Timeline:
    """A stem a year, and where it leads. `most` is the count of the tallest, where several timelines are compared."""
    first, last = years
    most = most or max(counts.values())
    stems = (
        Stem(year, counts[year], _percent(_middle(year, first, last)), _height(counts[year], most), places[year]) for year in sorted(counts)
    )
    return Timeline(tuple(stems), _labels(first, last), _ticks(first, last), by_year=True)


def places(pages: Mapping[str, Sequence[Entry]]) -> dict[int, Place]:
    """Year → where the newest of its briefings is quoted."""
    found: dict[int, Place] = {}
    for permalink, entries in pages.items():
        for entry in entries:
            if entry.year:
                found.setdefault(entry.year, (permalink, f"y{entry.year}"))
    return found


def _height(count: int, most: int) -> int:
    return AXIS - SHORTEST - round((TALLEST - SHORTEST) * count / most)


@lru_cache(maxsize=16_384)
def _share(date: Date, first: int, last: int) -> float:
    year = date.year - first + (date.timetuple().tm_yday - 1) / 366
    return min(max(100 * year / (last - first + 1), 0.6), 99.4)


def _middle(year: int, first: int, last: int) -> float:
    return 100 * (year - first + 0.5) / (last - first + 1)


@lru_cache
def _labels(first: int, last: int) -> tuple[Label, ...]:
    step = -(-(last - first + 1) // LABELS)
    return tuple(Label(year, _percent(_middle(year, first, last))) for year in range(first, last + 1, step))


@lru_cache
def _ticks(first: int, last: int) -> tuple[str, ...]:
    count = last - first + 1
    return tuple(_percent(100 * number / count) for number in range(count + 1))


def _percent(place: float) -> str:
    return f"{place:.1f}%"
