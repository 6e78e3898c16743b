"""When somebody is named: a picture of stems over time, in percentages, so that its lettering keeps its size, and a table beside it.

A stem is a briefing where there is room for each, else a month where the years are few, else a year. A ring on the line is a day that
a text prints of what it tells of, as far as it lies elsewhere on the line than the briefing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date as Date
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from bindery.model import AuthorityId
from bindery.publish.entry import Entry

AXIS = 100
"""Height of the axis below the top, in pixels."""
TALLEST, SHORTEST = 75, 10
CLOSEST = 5.0
"""Percent of the width between two stems whose figures can still be read on a phone; briefings that are closer are summed."""
FEW = 3
"""Years of which each month is a stem."""
LABELS = 12
"""Years or months named under the axis at most."""

Place = tuple[str, str]
"""A permalink, and a fragment there or none."""
Unit = Literal["briefing", "month", "year"]
Years = tuple[int, int]
"""First and last."""
Month = int
"""Counted from the year 0: 12 times the year, and January is 0."""


class Point(msgspec.Struct, frozen=True):
    """What a stem may stand for by itself: a briefing, and what is counted in it."""

    when: Date
    count: int
    permalink: str


class Told(msgspec.Struct, frozen=True):
    """A day that a briefing prints of what it tells of."""

    when: Date
    published: Date
    place: Place


class Places(NamedTuple):
    """Where those of a year and of a month are listed."""

    years: Mapping[int, Place]
    months: Mapping[Month, Place]


class Stem(msgspec.Struct, frozen=True):
    when: Date
    """A briefing's day, or the first of a month or year."""
    count: int
    x: str
    """"69.4%"."""
    y: int
    """Pixels from the top."""
    place: Place
    """Where it leads: the briefing, or where those of the month or year are listed."""


class Ring(msgspec.Struct, frozen=True):
    when: Date
    """The day, or the first of its month or year."""
    count: int
    x: str
    place: Place
    """Where the newest text prints it."""


class Label(msgspec.Struct, frozen=True):
    when: Date
    """The first day of a year, or of a month: January is named by its year."""
    x: str


class Row(msgspec.Struct, frozen=True):
    """A year of the table."""

    year: int
    months: tuple[int, ...]
    """Briefings of each, from January on."""


class Timeline(msgspec.Struct, frozen=True):
    unit: Unit
    """What a stem is; a briefing's counts what the points count, the others count briefings."""
    stems: tuple[Stem, ...]
    rings: tuple[Ring, ...]
    labels: tuple[Label, ...]
    ticks: tuple[str, ...]
    is_dense: bool
    """Figures would lie upon each other on a phone."""
    years: Years
    """Of the axis."""
    rows: tuple[Row, ...]
    """Oldest first; empty where several timelines are compared."""


def drawn(points: Sequence[Point], told: Iterable[Told], pages: Mapping[str, Sequence[Entry]], years: Years | None) -> Timeline | None:
    """Of briefings, newest first, in an archive of these years. None where there is nothing to compare: fewer than two.

    `pages` says on which page which briefings are quoted, newest first: where the stem of a month or year leads.
    """
    if len(points) < 2 or years is None:
        return None
    where = places(pages)
    counts = Counter(month_of(point.when) for point in points)
    shares = [_share(point.when, *years) for point in reversed(points)]
    if any(right - left < CLOSEST for left, right in pairwise(shares)):
        return summed(counts, told, where, years)
    most = max(point.count for point in points)
    stems = tuple(
        Stem(point.when, point.count, _percent(share), _height(point.count, most), (point.permalink, ""))
        for point, share in zip(reversed(points), shares, strict=True)
    )
    return _timeline("briefing", stems, told, years, _rows(counts))


def summed(counts: Mapping[Month, int], told: Iterable[Told], where: Places, years: Years) -> Timeline:
    """Of briefings by month. Where they are of few years these are the axis, whatever the years of the archive."""
    own = min(counts) // 12, max(counts) // 12
    if own[1] - own[0] < FEW:
        years = own if years[1] - years[0] >= FEW else years
        return _timeline("month", tuple(_month_stems(counts, where, years)), told, years, _rows(counts))
    by_year: Counter[int] = Counter()
    for month, count in counts.items():
        by_year[month // 12] += count
    return _timeline("year", tuple(_year_stems(by_year, where, years)), told, years, _rows(counts))


def yearly(counts: Mapping[int, int], where: Places, years: Years, most: int = 0) -> Timeline:
    """A stem a year, to be compared with others. `most` is the count of the tallest of all."""
    return _timeline("year", tuple(_year_stems(counts, where, years, most)), (), years, ())


def told(entries: Iterable[Entry], is_meant: Callable[[Sequence[AuthorityId]], bool]) -> Iterator[Told]:
    """The days that some briefings, newest first, print in sentences that name who is meant."""
    for entry in entries:
        if entry.date:
            for event in entry.told(is_meant):
                yield Told(event.when, entry.date, (entry.permalink, event.anchor))


def places(pages: Mapping[str, Sequence[Entry]]) -> Places:
    """Where the newest of each year and month is quoted, on pages of briefings, newest first."""
    years: dict[int, Place] = {}
    months: dict[Month, Place] = {}
    for permalink, entries in pages.items():
        for entry in entries:
            if entry.date and month_of(entry.date) not in months:
                months[month_of(entry.date)] = permalink, f"m{entry.date:%Y-%m}"
                years.setdefault(entry.date.year, (permalink, f"y{entry.date.year}"))
    return Places(years, months)


def month_of(day: Date) -> Month:
    return 12 * day.year + day.month - 1


def _timeline(unit: Unit, stems: tuple[Stem, ...], told: Iterable[Told], years: Years, rows: tuple[Row, ...]) -> Timeline:
    shares = [float(stem.x.removesuffix("%")) for stem in stems]
    is_dense = any(right - left < CLOSEST for left, right in pairwise(shares))
    is_monthly = unit == "month"
    return Timeline(
        unit, stems, tuple(_rings(unit, told, years)), _labels(*years, is_monthly), _ticks(*years, is_monthly), is_dense, years, rows
    )


def _year_stems(counts: Mapping[int, int], where: Places, years: Years, most: int = 0) -> Iterator[Stem]:
    most = most or max(counts.values())
    for year in sorted(counts):
        yield Stem(Date(year, 1, 1), counts[year], _percent(_middle(year, *years)), _height(counts[year], most), where.years[year])


def _month_stems(counts: Mapping[Month, int], where: Places, years: Years) -> Iterator[Stem]:
    most = max(counts.values())
    for month in sorted(counts):
        x = _percent(_middle(month, 12 * years[0], 12 * years[1] + 11))
        yield Stem(_first_day(month), counts[month], x, _height(counts[month], most), where.months[month])


def _rings(unit: Unit, told: Iterable[Told], years: Years) -> Iterator[Ring]:
    """Each day, month or year once, that a text of another one prints."""
    found: dict[Date, list[Place]] = {}
    for one in told:
        when, published = _of_unit(one.when, unit), _of_unit(one.published, unit)
        if when != published and years[0] <= when.year <= years[1]:
            found.setdefault(when, []).append(one.place)
    for when, where in sorted(found.items()):
        match unit:
            case "briefing":
                share = _share(when, *years)
            case "month":
                share = _middle(month_of(when), 12 * years[0], 12 * years[1] + 11)
            case "year":
                share = _middle(when.year, *years)
        yield Ring(when, len(where), _percent(share), where[0])


def _of_unit(day: Date, unit: Unit) -> Date:
    match unit:
        case "briefing":
            return day
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)


def _rows(counts: Mapping[Month, int]) -> tuple[Row, ...]:
    years = sorted({month // 12 for month in counts})
    return tuple(Row(year, tuple(counts.get(12 * year + month, 0) for month in range(12))) for year in years)


def _first_day(month: Month) -> Date:
    return Date(month // 12, month % 12 + 1, 1)


def _height(count: int, most: int) -> int:
    return AXIS - SHORTEST - round((TALLEST - SHORTEST) * count / most)


@lru_cache(maxsize=16_384)
def _share(date: Date, first: int, last: int) -> float:
    year = date.year - first + (date.timetuple().tm_yday - 1) / 366
    return min(max(100 * year / (last - first + 1), 0.6), 99.4)


def _middle(unit: int, first: int, last: int) -> float:
    """Of a year among years, or a month among months."""
    return 100 * (unit - first + 0.5) / (last - first + 1)


@lru_cache
def _labels(first: int, last: int, is_monthly: bool) -> tuple[Label, ...]:
    step = -(-(last - first + 1) // LABELS)
    if not is_monthly:
        return tuple(Label(Date(year, 1, 1), _percent(_middle(year, first, last))) for year in range(first, last + 1, step))
    begin, end = 12 * first, 12 * last + 11
    step = -(-(end - begin + 1) // LABELS)
    return tuple(Label(_first_day(month), _percent(_middle(month, begin, end))) for month in range(begin, end + 1, step))


@lru_cache
def _ticks(first: int, last: int, is_monthly: bool) -> tuple[str, ...]:
    count = (last - first + 1) * (12 if is_monthly else 1)
    return tuple(_percent(100 * number / count) for number in range(count + 1))


def _percent(place: float) -> str:
    return f"{place:.1f}%"
