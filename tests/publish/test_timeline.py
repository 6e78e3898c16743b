"""Timelines: what a stem is, where it leads, the table beside it, and the days that texts print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date
from itertools import pairwise
from pathlib import Path

import pytest

from bindery.publish import entries
from bindery.publish.entry import Entry
from bindery.publish.events import days
from bindery.publish.views import lists, timeline
from bindery.publish.views.authority import AuthorityView
from bindery.publish.views.timeline import CLOSEST, Point, Timeline, Told
from tests.publish import archive
from tests.publish.archive import read, rendered, site


def entry(number: int, day: Date) -> Entry:
    return entries.entry(archive.briefing(f"b{number}", "Talk", day, "Text."), (), site(Path()))


def line(days: list[Date], years: tuple[int, int], told: tuple[Told, ...] = ()) -> Timeline:
    """Of a page with the newest four, and one with the others."""
    listed = [entry(number, day) for number, day in enumerate(sorted(days, reverse=True))]
    points = [Point(one.date, 2, one.permalink) for one in listed if one.date]
    found = timeline.drawn(points, told, {"a.html": listed[:4], "a/older.html": listed[4:]}, years)
    assert found
    return found


def stems(found: Timeline) -> list[tuple[Date, int, tuple[str, str]]]:
    return [(stem.when, stem.count, stem.place) for stem in found.stems]


def test_a_timeline_needs_two_dates(tmp_path: Path) -> None:
    catalogue = read(tmp_path)
    assert AuthorityView(catalogue.authorities["cities/chongqing"], catalogue).timeline is None
    found = AuthorityView(catalogue.authorities["officials/mori"], catalogue).timeline
    assert found
    assert found.unit == "briefing"
    assert [(stem.when, stem.count, stem.x) for stem in found.stems] == [(Date(2016, 1, 19), 1, "0.8%"), (Date(2021, 7, 21), 1, "92.5%")]
    assert [stem.place for stem in found.stems] == [("briefings/old1.html", ""), ("briefings/new1.html", "")]


def test_home_counts_the_briefings_of_each_year(tmp_path: Path) -> None:
    found = lists.home(read(tmp_path)).timeline
    assert found
    assert found.unit == "year"
    assert stems(found) == [
        (Date(2016, 1, 1), 1, ("briefings/index.html", "y2016")),
        (Date(2021, 1, 1), 1, ("briefings/index.html", "y2021")),
    ]


def test_briefings_that_would_touch_are_summed_by_year_and_lead_to_the_page_that_quotes_them() -> None:
    found = line([Date(year, month, 1) for year in (2014, 2019, 2020) for month in (3, 2)], (2010, 2020))
    assert found.unit == "year"
    assert stems(found) == [
        (Date(2014, 1, 1), 2, ("a/older.html", "y2014")),
        (Date(2019, 1, 1), 2, ("a.html", "y2019")),
        (Date(2020, 1, 1), 2, ("a.html", "y2020")),
    ]


def test_those_of_few_years_are_summed_by_month_on_an_axis_of_these_years() -> None:
    found = line([Date(year, month, day) for year in (2019, 2020) for month in (3, 2) for day in (1, 2)], (1990, 2020))
    assert (found.unit, found.years) == ("month", (2019, 2020))
    assert stems(found) == [
        (Date(2019, 2, 1), 2, ("a/older.html", "m2019-02")),
        (Date(2019, 3, 1), 2, ("a/older.html", "m2019-03")),
        (Date(2020, 2, 1), 2, ("a.html", "m2020-02")),
        (Date(2020, 3, 1), 2, ("a.html", "m2020-03")),
    ]
    assert [(row.year, row.months[:4]) for row in found.rows] == [(2019, (0, 2, 2, 0)), (2020, (0, 2, 2, 0))]


def test_the_months_of_one_year_have_the_axis_of_the_archive_where_it_is_short() -> None:
    found = line([Date(2019, 3, day) for day in range(1, 9)], (2018, 2019))
    assert (found.unit, found.years, len(found.ticks), len(found.labels)) == ("month", (2018, 2019), 25, 12)
    assert [label.when.month for label in found.labels[:3]] == [1, 3, 5]


@pytest.mark.parametrize("span", [1, 3, 30])
def test_a_timeline_of_any_length_has_room_for_its_labels(span: int) -> None:
    every_month = [Date(1991 + year, month, day) for year in range(span) for month in range(1, 13) for day in (1, 15)]
    found = line(every_month, (1991, 1990 + span))
    shares = [float(label.x.removesuffix("%")) for label in found.labels]
    assert len(found.stems) == {1: 12, 3: 36, 30: 30}[span]
    assert len(shares) <= timeline.LABELS
    assert min(later - before for before, later in pairwise(shares)) > CLOSEST
    assert sum(stem.count for stem in found.stems) == sum(sum(row.months) for row in found.rows) == len(every_month)


def test_a_ring_is_a_day_that_lies_elsewhere_on_the_line() -> None:
    told = (
        Told(Date(2019, 12, 30), Date(2020, 1, 2), ("new.html", "p-b")),
        Told(Date(2019, 12, 30), Date(2019, 12, 31), ("old.html", "p-a")),
        Told(Date(2030, 1, 1), Date(2020, 1, 2), ("new.html", "p-c")),
    )
    far = line([Date(2012, 1, 1), Date(2020, 1, 2)], (2010, 2020), told)
    near = line([Date(2012, 1, day) for day in (1, 2)] + [Date(2020, 1, 2)], (2010, 2020), told)

    assert [(ring.when, ring.count, ring.place) for ring in far.rings] == [(Date(2019, 12, 30), 2, ("new.html", "p-b"))]
    assert (near.unit, [(ring.when, ring.count, ring.place) for ring in near.rings]) == (
        "year",
        [(Date(2019, 1, 1), 1, ("new.html", "p-b"))],
    )


PUBLISHED = Date(2016, 1, 19)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Jan 18, it says.", ["2016-01-18"]),
        ("They met on Jan. 18 and 19.", ["2016-01-18"]),
        ("They met on the 18th of January.", ["2016-01-18"]),
        ("They met on December 30th, at noon.", ["2015-12-30"]),
        ("They will meet on March 3.", ["2016-03-03"]),
        ("They met on 15 July 2015.", ["2015-07-15"]),
        ("They met on Sept 1, 2015, and on 2 May 2015.", ["2015-09-01", "2015-05-02"]),
        ("They met from January 12 to 14.", ["2016-01-12"]),
        ("They met on 12-14 January 2016.", ["2016-01-12"]),
        ("They met on January 12–14, 2016.", ["2016-01-12"]),
        ("1月18日に会談した。", ["2016-01-18"]),
        ("双方于2016年1月12日会谈。", ["2016-01-12"]),
        ("1월 18일 회담", ["2016-01-18"]),
        ("The firm was founded on May 4, 1992.", []),
        ("They met on July 2.", []),
        ("They met on January 12 2000 people came.", []),
        ("They met on January 32.", []),
        ("As of January 12 there were 140.", []),
        ("It is open until 18 January.", []),
        ("截至1月12日共有140家。", []),
        ("1月12日まで開かれる。", []),
        ("令和3年1月12日", []),
        ("Beijing, Jan. 18 (Xinhua) -- They met.", []),
        ("SUZHOU, China, Jan 18, 2016 /PRNewswire/ -- They met.", []),
        ("In January 2016 and at 18:01 they may 5 times have met; 3.5 May.", []),
    ],
)
def test_a_day_is_read_where_it_can_be_read_in_one_way(text: str, expected: list[str]) -> None:
    assert [when.isoformat() for _, when in days(text, PUBLISHED, is_first=True)] == expected


def test_an_event_is_of_those_whom_its_sentence_names(tmp_path: Path) -> None:
    body = "[Tang](../officials/tang-zongwei.md) came on Jan 18. [Mori](../officials/mori.md) left.\n\nIt was Jan 19, they said on Jan 18."
    one = archive.briefing("b1", "Talk", PUBLISHED, body)
    _, blocks = archive.reading(replace(archive.library(), briefings=(one,)))("b1")
    found = entries.entry(one, blocks, site(tmp_path))

    assert [(event.when, event.anchor, event.whom) for event in found.events] == [
        (Date(2016, 1, 18), f"p-{blocks[0].key}", (0,)),
        (Date(2016, 1, 18), f"p-{blocks[1].key}", ()),
    ]
    assert len(found.told(lambda whom: "officials/tang-zongwei" in whom)) == 1
    assert found.told(lambda whom: "officials/mori" in whom) == ()


def test_a_page_has_the_places_its_timeline_leads_to(tmp_path: Path) -> None:
    pages = {page.permalink: source for page, source in rendered(tmp_path)}
    assert 'id="m2016-01"' in pages["officials/mori.html"]
    assert 'id="m2016-01"' in pages["briefings/index.html"]
    assert 'href="briefings/index.html#y2016" aria-label="2016: 1&nbsp;briefing"' in pages["index.html"]
