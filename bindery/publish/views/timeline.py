"""When somebody is named: a picture of stems over years, in percentages, so that its lettering keeps its size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date as Date
from functools import lru_cache
from itertools import pairwise

import msgspec

from bindery.model import AuthorityId
from bindery.publish.views.catalogue import Catalogue

AXIS = 100
"""Height of the axis below the top, in pixels."""
TALLEST, SHORTEST = 75, 10
CLOSEST = 5.0
"""Percent of the width between two stems whose figures can still be read on a phone; closer ones are summed by year."""
LABELS = 12
"""Years named under the axis at most."""


class Stem(msgspec.Struct, frozen=True):
    when: Date | int
    """A briefing's date, or a year."""
    count: int
    x: str
    """"69.4%"."""
    y: int
    """Pixels from the top."""


class Label(msgspec.Struct, frozen=True):
    year: int
    x: str


class Timeline(msgspec.Struct, frozen=True):
    stems: tuple[Stem, ...]
    labels: tuple[Label, ...]
    ticks: tuple[str, ...]
    by_year: bool
    """Each stem is a year and counts briefings; otherwise a briefing, and counts mentions."""


def timeline(identifier: AuthorityId, catalogue: Catalogue) -> Timeline | None:
    """None where there is nothing to compare: fewer than two dated briefings."""
    dated = [(entry.date, entry.named[identifier]) for entry in catalogue.briefings.get(identifier, ()) if entry.date]
    return drawn(dated, catalogue.years)


def drawn(dated: Sequence[tuple[Date, int]], years: tuple[int, int] | None) -> Timeline | None:
    """The same of any days and counts, newest first, in an archive of these years."""
    if len(dated) < 2 or years is None:
        return None
    first, last = years
    dated = dated[::-1]
    places = [_place(date, first, last) for date, _ in dated]
    by_year = any(right - left < CLOSEST for left, right in pairwise(places))
    points = [(date, count, place) for (date, count), place in zip(dated, places, strict=True)]
    stems = _by_year(dated, first, last) if by_year else _stems(points)
    return Timeline(stems, _labels(first, last), _ticks(first, last), by_year)


def _by_year(dated: Sequence[tuple[Date, int]], first: int, last: int) -> tuple[Stem, ...]:
    counts = Counter(date.year for date, _ in dated)
    return _stems([(year, counts[year], _middle(year, first, last)) for year in sorted(counts)])


def _stems(points: Sequence[tuple[Date | int, int, float]]) -> tuple[Stem, ...]:
    most = max(count for _, count, _ in points)
    return tuple(Stem(when, count, _percent(place), _height(count, most)) for when, count, place in points)


def _height(count: int, most: int) -> int:
    return AXIS - SHORTEST - round((TALLEST - SHORTEST) * count / most)


@lru_cache(maxsize=16_384)
def _place(date: Date, first: int, last: int) -> float:
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
