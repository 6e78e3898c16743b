"""Who was seen in an office, and in which offices somebody was seen: spans between dated briefings, and the silences between them.

A briefing proves that a role was printed on its day, not when a term began or ended. So a span is called 'seen from … to …', a
silence 'not seen between', and a year that nobody saw anybody in stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from itertools import groupby, pairwise

from markupsafe import Markup

from bindery.model import AuthorityId
from bindery.publish import languages
from bindery.publish.offices.grammar import Office
from bindery.publish.offices.held import Seen
from bindery.publish.permalinks import office_permalink
from bindery.publish.scripts import sort_key
from bindery.publish.views.catalogue import Catalogue, Named

MARKS = 12
"""Briefings of a row that each have a mark; of more each year has one."""
CLOSEST = 2.5
"""Percent of the width between two marks that can still be told apart on a phone; where they are closer each year has one."""
LABELS = 6
"""Years named above the rows at most."""
PRINTED = 4
"""Ways in which an office is printed that a row tells."""
ROWS = 200
"""Holders on a page; of more those seen last."""
LISTED = 400
"""Offices in the list of all; of more those with most holders."""

Place = tuple[str, str]
"""A permalink, and a fragment there."""
Head = tuple[Markup, str | None]
"""What a row is of, and its page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A briefing on a band, or the first of a year."""

    x: str
    when: Date
    role: Markup
    """As printed there."""
    place: Place
    count: int
    """Briefings it stands for."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Between two days on which somebody was seen: nobody was."""

    since: Date
    until: Date


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in an office; or an office of somebody."""

    html: Markup
    permalink: str | None
    """None for an office without a page."""
    marks: tuple[Mark, ...]
    """Oldest first; empty where no briefing has a date."""
    span: tuple[str, str] | None
    """From the first mark to the last; None where there is one day."""
    first: Mark | None
    last: Mark | None
    briefing_count: int
    printed: tuple[Markup, ...]
    """In how many ways, the newest first, each once."""
    silence: Silence | None = None
    """Before the first mark; None for an office of somebody, and where nobody was missed."""
    is_beside: bool = False
    """Seen while somebody else was, in an office of which there is one."""


@dataclass(frozen=True, slots=True)
class Label:
    year: int
    x: str


@dataclass(frozen=True, slots=True)
class Band:
    """Rows on one scale of years."""

    rows: tuple[Row, ...]
    labels: tuple[Label, ...]
    ticks: tuple[str, ...]
    is_drawn: bool
    """There are two days at least: a single mark shows nothing."""


@dataclass(frozen=True, slots=True)
class OfficeView:
    office: Office
    band: Band
    holder_count: int
    row_count: int
    """Holders that have a row: less than all where there are many."""
    briefing_count: int
    extent: tuple[Date, Date] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """An office in the list of all."""

    office: Office
    permalink: str
    holder_count: int
    extent: tuple[Date, Date] | None
    last: tuple[Named, ...]
    """Who was seen in it on the last of these days."""


@dataclass(frozen=True, slots=True)
class OfficesView:
    rows: tuple[Listed, ...]
    total: int


def view(key: str, catalogue: Catalogue) -> OfficeView:
    """The holders of an office in the order in which they were first seen."""
    offices = catalogue.offices
    office, holders = offices.by_key[key], offices.holders[key]
    known = sorted(holders, key=lambda who: _order(holders[who]))[-ROWS:]
    years = _years(seen for who in known for seen in holders[who])
    rows = [_row((catalogue.named[who].html, catalogue.named[who].permalink), who, holders[who], years, catalogue) for who in known]
    dated = [entry.date for seen in holders.values() for entry, _ in seen if entry.date]
    return OfficeView(
        office,
        _band(tuple(_with_silences(rows, is_single=office.is_single)), years),
        holder_count=len(holders),
        row_count=len(rows),
        briefing_count=len({seen.entry.id for found in holders.values() for seen in found}),
        extent=(min(dated), max(dated)) if dated else None,
    )


def of_person(identifier: AuthorityId, catalogue: Catalogue) -> Band | None:
    """The offices that somebody was seen in, in the order in which he first was; None for somebody seen in none."""
    offices = catalogue.offices
    keys = offices.held.get(identifier, ())
    seen = {key: offices.holders[key][identifier] for key in keys}
    years = _years(one for found in seen.values() for one in found)
    rows = (
        _row(
            (
                languages.printed(offices.by_key[key].name, "en", catalogue.site.language),
                office_permalink(key) if key in offices.shown else None,
            ),
            identifier,
            seen[key],
            years,
            catalogue,
        )
        for key in sorted(keys, key=lambda key: _order(seen[key]))
    )
    return _band(tuple(rows), years) if keys else None


def all_offices(catalogue: Catalogue) -> OfficesView:
    """Those that have a page, by the body they belong to as far as the alphabet goes."""
    shown = listed(catalogue)
    return OfficesView(tuple(_listed(key, catalogue) for key in shown), len(catalogue.offices.shown))


def listed(catalogue: Catalogue) -> list[str]:
    """Keys of the offices in the list of all, in its order."""
    offices = catalogue.offices
    foremost = sorted(offices.shown, key=lambda key: (-len(offices.holders[key]), key))[:LISTED]
    return sorted(foremost, key=lambda key: sort_key(offices.by_key[key].name))


def _listed(key: str, catalogue: Catalogue) -> Listed:
    holders = catalogue.offices.holders[key]
    last = {who: max((entry.date for entry, _ in seen if entry.date), default=None) for who, seen in holders.items()}
    days = [entry.date for seen in holders.values() for entry, _ in seen if entry.date]
    newest = max(days, default=None)
    named = tuple(catalogue.named[who] for who, day in last.items() if day and day == newest)
    return Listed(catalogue.offices.by_key[key], office_permalink(key), len(holders), (min(days), max(days)) if days else None, named)


def _order(seen: Sequence[Seen]) -> tuple[Date, Date, str]:
    """First seen, first told; the undated at the end."""
    dates = [one.entry.date for one in seen if one.entry.date]
    return min(dates, default=Date.max), max(dates, default=Date.max), seen[-1].entry.id


def _row(head: Head, who: AuthorityId, seen: Sequence[Seen], years: tuple[int, int], catalogue: Catalogue) -> Row:
    said = [(one.entry, catalogue.leaves[one.entry.id].roles[who][one.place]) for one in seen]
    dated = [
        Mark(_percent(_share(entry.date, years)), entry.date, role.html, (entry.permalink, role.anchor), 1)
        for entry, role in reversed(said)
        if entry.date
    ]
    marks = tuple(_told_apart(dated))
    first, last = (dated[0], dated[-1]) if dated else (None, None)
    is_span = first is not None and last is not None and first.when != last.when
    printed = dict.fromkeys(role.html for _, role in said)
    return Row(
        *head,
        marks,
        (dated[0].x, dated[-1].x) if is_span else None,
        first,
        last,
        briefing_count=len(seen),
        printed=tuple(printed)[:PRINTED],
    )


def _told_apart(marks: Sequence[Mark]) -> Iterator[Mark]:
    """A mark a briefing, or where they would stand too close one a year, at the first of its briefings."""
    places = [float(mark.x.removesuffix("%")) for mark in marks]
    if len(marks) <= MARKS and all(right - left >= CLOSEST for left, right in pairwise(places)):
        yield from marks
        return
    for _, of_year in groupby(marks, key=lambda mark: mark.when.year):
        found = list(of_year)
        yield Mark(found[0].x, found[0].when, found[0].role, found[0].place, len(found))


def _with_silences(rows: Iterable[Row], *, is_single: bool) -> Iterator[Row]:
    """Rows in order of their first days, and between them the days without anybody; an overlap is said where it asks for a reason."""
    until: Date | None = None
    for row in rows:
        if row.first is None or row.last is None:
            yield row
            continue
        silence = Silence(until, row.first.when) if until and row.first.when > until else None
        is_beside = is_single and until is not None and row.first.when < until
        yield replace(row, silence=silence, is_beside=is_beside)
        until = max(until or row.last.when, row.last.when)


def _band(rows: tuple[Row, ...], years: tuple[int, int]) -> Band:
    first, last = years
    count = last - first + 1
    step = -(-count // LABELS)
    labels = (Label(year, _percent(100 * (year - first + 0.5) / count)) for year in range(first, last + 1, step))
    days = {mark.when for row in rows for mark in row.marks}
    return Band(rows, tuple(labels), tuple(_percent(100 * number / count) for number in range(count + 1)), is_drawn=len(days) > 1)


def _years(seen: Iterable[Seen]) -> tuple[int, int]:
    years = [one.entry.date.year for one in seen if one.entry.date]
    return min(years, default=0), max(years, default=0)


def _share(date: Date, years: tuple[int, int]) -> float:
    first, last = years
    return min(max(100 * (date.year - first + (date.timetuple().tm_yday - 1) / 366) / (last - first + 1), 0.6), 99.4)


def _percent(place: float) -> str:
    return f"{place:.1f}%"
