"""Offices: roles are joined where their words prove it, and a page says no more than briefings have printed."""

from __future__ import annotations

import posixpath
import re
from datetime import date as Date
from pathlib import Path

import pytest

from bindery.content import decisions
from bindery.content.decisions import Held
from bindery.content.lock import Address
from bindery.model import Authority, Library
from bindery.publish import permalinks, render
from bindery.publish.offices import grammar, held
from bindery.publish.permalinks import ALL_OFFICES
from bindery.publish.views import offices
from bindery.publish.views.offices import Silence
from tests.publish.archive import briefing, catalogue_of, planned, site, text

NAMES = grammar.folded_names(
    [
        ("Chongqing", "Chungking", "重庆", "重慶"),
        ("Chengdu", "成都市"),
        ("Shanghai",),
        ("Hitachi, Ltd.", "Hitachi"),
        ("Suzhou",),
        ("Suzhou in Anhui", "Suzhou"),
    ]
)
JAPAN = "Consul General of Japan in Chongqing"
ROLES = {
    "Consul-General of Japan in Chongqing": [JAPAN],
    "the consul general of Japan in Chongqing Municipality": [JAPAN],
    "Japanese Consul General in Chongqing": [JAPAN],
    "Japan’s Consul-General in Chungking": [JAPAN],
    "Consul General of the Consulate-General of Japan in Chongqing": [JAPAN],
    "日本国驻重庆总领事": [JAPAN],
    "在重慶日本国総領事": [JAPAN],
    "Acting Consul-General of Japan in Chongqing": ["Acting Consul General of Japan in Chongqing"],
    "Belarus' Consul General in Chongqing": ["Consul General of Belarus in Chongqing"],
    "Consul of the Republic of Belarus in Chongqing": ["Consul of Belarus in Chongqing"],
    "Consul General of the Kingdom of the Netherlands in Chengdu": ["Consul General of the Netherlands in Chengdu"],
    "Ambassador of Luxembourg to China": ["Ambassador of Luxembourg to China"],
    "Chinese Ambassador to France": ["Ambassador of China to France"],
    "President of the People's Republic of China": ["President of China"],
    "Vice Mayor of Chengdu city": ["Vice Mayor of Chengdu"],
    "Chengdu Vice-Mayor": ["Vice Mayor of Chengdu"],
    "Deputy Mayor of Chengdu": ["Deputy Mayor of Chengdu"],
    "成都市副市长": ["Vice Mayor of Chengdu"],
    "Chairwoman of Hitachi": ["Chair of Hitachi, Ltd."],
    "CEO of Hitachi, Ltd.": ["Chief Executive Officer of Hitachi, Ltd."],
    "Deputy Secretary of the CPC Chongqing Municipal Committee and Mayor of Chongqing": [
        "Deputy Secretary of CPC Chongqing Municipal Committee",
        "Mayor of Chongqing",
    ],
    "Consul-General in Chongqing": [],
    "Korean Consul General in Chongqing": [],
    "Consul General of Japan": [],
    "Mayor": [],
    "Mayor of Springfield": [],
    "Mayor of Suzhou": [],
    "Minister of Commerce": [],
    "former Mayor of Chengdu": [],
    "Mayor-elect of Chengdu": [],
    "Vice-Chairman of 某某 of China": [],
    "Assistant to the Mayor of Chengdu": [],
}
CITY = Authority("city", "chongqing", "Chongqing", ("重慶",), id="cities/chongqing")
PEOPLE = {name: Authority("official", name.lower(), name, id=f"officials/{name.lower()}") for name in ("Mori", "Kato", "Abe", "Doi")}
SEEN = (
    ("Mori", Date(2016, 1, 19), "Consul-General of Japan in Chongqing"),
    ("Mori", Date(2018, 3, 2), "Japanese Consul General in Chongqing"),
    ("Kato", Date(2021, 7, 21), JAPAN),
    ("Kato", Date(2023, 5, 1), JAPAN),
    ("Abe", Date(2023, 1, 14), "在重慶日本国総領事"),
    ("Abe", None, "Mayor of Chongqing"),
    ("Doi", Date(2019, 1, 1), "Consul-General in Chongqing"),
)
PAGE = "offices/consul-general-of-japan-in-chongqing.html"
MARK = re.compile(r'<a class="tenures__mark" href="([^"#]+)#([^"]+)" aria-label="([^"]+)"')


def library() -> Library:
    told = (
        briefing(f"b{number}", "Talk", day, f'[{who}](../officials/{who.lower()}.md "{role}") spoke.')
        for number, (who, day, role) in enumerate(SEEN)
    )
    newest_first = tuple(sorted(told, key=lambda one: one.date or Date.min, reverse=True))
    return Library(newest_first, {one.id: one for one in (CITY, *PEOPLE.values())}, {}, {})


@pytest.mark.parametrize(("role", "expected"), ROLES.items(), ids=ROLES)
def test_a_role_is_the_offices_that_its_words_prove(role: str, expected: list[str]) -> None:
    assert [one.name for one in grammar.offices(role, NAMES)] == expected


def test_offices_of_one_key_are_those_that_are_one() -> None:
    told = [one for role in ROLES for one in grammar.offices(role, NAMES)]

    assert {one.key: one.name for one in told} == {grammar.key(one.name): one.name for one in told}
    assert len({one.key for one in told}) == len({one.name for one in told})
    assert permalinks.office_of(permalinks.office_permalink(told[0].key)) == told[0].key


@pytest.mark.parametrize("name", ["Index", "市長", "Chair of " + "the Very Long Association " * 9])
def test_every_office_has_an_address_of_its_own(name: str) -> None:
    permalink = permalinks.office_permalink(grammar.written(name, NAMES).key)

    assert re.fullmatch(r"offices/[a-z0-9-]{1,100}\.html", permalink)
    assert permalink != ALL_OFFICES


def test_holders_stand_in_order_with_the_silence_and_the_overlap_between_them(tmp_path: Path) -> None:
    found = offices.view("consul-general-of-japan-in-chongqing", catalogue_of(library(), site(tmp_path)))
    mori, kato, abe = found.band.rows

    assert (found.holder_count, found.briefing_count, found.extent) == (3, 5, (Date(2016, 1, 19), Date(2023, 5, 1)))
    assert [row.silence for row in (mori, kato, abe)] == [None, Silence(Date(2018, 3, 2), Date(2021, 7, 21)), None]
    assert [(row.html, row.is_beside) for row in (mori, kato, abe)] == [("Mori", False), ("Kato", False), ("Abe", True)]
    assert mori.span == (mori.marks[0].x, mori.marks[-1].x)
    assert mori.printed == ("Japanese Consul General in Chongqing", "Consul-General of Japan in Chongqing")
    assert abe.span is None


def test_every_mark_leads_to_a_paragraph_that_prints_the_role(tmp_path: Path) -> None:
    where = site(tmp_path)
    env = render.environment(where)
    pages = {one.permalink: text(one, env) for one in planned(library(), where) if one.template}
    marks = MARK.findall(pages[PAGE])

    assert len(marks) == 5
    for href, anchor, label in marks:
        target = pages[posixpath.normpath(posixpath.join("offices", href))]
        paragraph = target[target.index(f'id="{anchor}"') :].partition("para-tools")[0]
        assert label.partition(": ")[2] in re.sub(r"<[^>]+>", "", paragraph)
    assert "consul-general-of-japan-in-chongqing.html" in pages["officials/mori.html"]
    assert JAPAN in pages[ALL_OFFICES]


def test_an_office_with_one_holder_stands_on_his_page_alone(tmp_path: Path) -> None:
    found = catalogue_of(library(), site(tmp_path))
    band = offices.of_person("officials/abe", found)

    assert list(found.offices.shown) == ["consul-general-of-japan-in-chongqing"]
    assert band is not None
    assert [(row.html, row.permalink) for row in band.rows] == [(JAPAN, PAGE), ("Mayor of Chongqing", None)]
    assert offices.of_person("officials/doi", found) is None


DECIDED = {
    "joined": (Held("Consul-General in Chongqing", "officials/doi", JAPAN), "consul-general-of-japan-in-chongqing", "officials/doi", True),
    "for everybody": (Held("Consul-General in Chongqing", None, JAPAN), "consul-general-of-japan-in-chongqing", "officials/doi", True),
    "apart": (Held(JAPAN, "officials/kato", "Consul of his own"), "consul-general-of-japan-in-chongqing", "officials/kato", False),
    "none": (Held(JAPAN, "officials/kato", "none"), "consul-general-of-japan-in-chongqing", "officials/kato", False),
    "of another": (Held(JAPAN, "officials/doi", "none"), "consul-general-of-japan-in-chongqing", "officials/kato", True),
}


@pytest.mark.parametrize(("decided", "key", "who", "holds"), DECIDED.values(), ids=DECIDED)
def test_a_decision_joins_and_splits(tmp_path: Path, decided: Held, key: str, who: str, holds: bool) -> None:
    found = catalogue_of(library(), site(tmp_path))
    told = held.found(found.entries.values(), found.authorities, found.site, [decided])

    assert (who in told.holders[key]) is holds


def test_a_page_that_there_was_stays_while_somebody_was_seen_in_the_office(tmp_path: Path) -> None:
    found = catalogue_of(library(), site(tmp_path))
    before = ("offices/mayor-of-chongqing.html", "offices/mayor-of-nowhere.html", ALL_OFFICES)
    told = held.found(found.entries.values(), found.authorities, found.site, published=before)
    lost = {permalink: Address(permalink) for permalink in before}

    assert list(told.shown) == ["consul-general-of-japan-in-chongqing", "mayor-of-chongqing"]
    kept = permalinks.kept(lost, (), (), {}, {ALL_OFFICES, "offices/mayor-of-chongqing.html"})
    assert [(one.permalink, one.target) for one in kept] == [("offices/mayor-of-nowhere.html", ALL_OFFICES)]


def test_marks_too_close_to_be_told_apart_are_one_a_year(tmp_path: Path) -> None:
    days = [Date(2020, 1, day) for day in range(1, 15)] + [Date(2022, 1, 1)]
    told = tuple(briefing(f"b{n}", "Talk", day, f'[Abe](../officials/abe.md "{JAPAN}") spoke.') for n, day in enumerate(days))
    found = catalogue_of(Library(told[::-1], {CITY.id: CITY, "officials/abe": PEOPLE["Abe"]}, {}, {}), site(tmp_path))
    band = offices.of_person("officials/abe", found)

    assert band is not None
    (row,) = band.rows
    assert [(mark.when, mark.count) for mark in row.marks] == [(Date(2020, 1, 1), 14), (Date(2022, 1, 1), 1)]
    assert row.briefing_count == 15


def test_what_is_decided_is_read_and_a_wrong_line_is_told() -> None:
    source = "office:\n  - {role: Consul-General in Chongqing, official: officials/doi, office: Consul General of Japan in Chongqing}\n"

    assert decisions.parse(source).held == (Held("Consul-General in Chongqing", "officials/doi", JAPAN),)
    assert decisions.parse(source).named == {"officials/doi"}
    with pytest.raises(Exception, match="not a role and an office"):
        decisions.parse("office:\n  - {role: Mayor}\n")
