"""Dossiers: two sides, their contacts in order, and everything on the page leads to the sentences it rests on."""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from random import Random

import pytest

from bindery import config, pipeline
from bindery.config import Site
from bindery.content import lock
from bindery.dossiers import Side, StandingDossier, words_of
from bindery.errors import SiteError
from bindery.model import Authority, Briefing, Library
from bindery.publish import dossiers, render
from bindery.publish.dossiers import Dossier
from bindery.publish.views import dossier
from bindery.publish.views.dossier import DossierView, Gap
from tests.builds import built
from tests.publish.archive import briefing, catalogue_of, planned, site, text

CITIES = ("a", "b", "c")
PEOPLE = ("p", "q", "r", "s")
RECORDS = {
    one.id: one
    for one in (
        *(Authority("city", key, f"City {key}", id=f"cities/{key}") for key in CITIES),
        *(Authority("official", key, f"Person {key}", id=f"officials/{key}", facts={"name_order": "given-first"}) for key in PEOPLE),
        Authority("company", "f", "Firm f", id="companies/f"),
    )
}
SECTION = re.compile(r'<section class="citation contact" id="contact-(\d+)">(.*?)</section>', re.DOTALL)
HIT = re.compile(r'<a class="hit" href="([^"]+)">(.*?)</a>', re.DOTALL)
ROW = re.compile(r'<tr class="table__row"><th class="table__cell table__cell--words"[^>]*>(.*?)</tr>', re.DOTALL)
OFFICE = re.compile(r'<span class="involved__office">(.*?</a>)', re.DOTALL)
BRIEFING = re.compile(r"briefings/(\w+)\.html")
REFERENCE = re.compile(r'class="reference touch-link num" href="([^"]+)" aria-label="Contact (\d+)"')


def said(key: str, role: str = "") -> str:
    title = f' "{role}"' if role else ""
    return f"[{RECORDS[key].name}](../{key}.md{title})"


def talk(number: int, date: Date | None, *paragraphs: str) -> Briefing:
    return briefing(f"b{number:03}", f"Talk {number}", date, "\n\n".join(paragraphs))


def library(*briefings: Briefing) -> Library:
    newest_first = sorted(briefings, key=lambda one: one.date or Date.min, reverse=True)
    named = {key: tuple(one for one in newest_first if any(mention.authority == key for mention in one.mentions)) for key in RECORDS}
    return Library(tuple(newest_first), RECORDS, {key: found for key, found in named.items() if found}, {})


def side(*records: str, office: str = "") -> Side:
    return Side(records, (words_of(office),) if office else ())


def archive(root: Path, one: Side, other: Side) -> Site:
    return replace(site(root), dossiers=(StandingDossier("One and other", "one-and-other", (one, other)),))


def of(root: Path, one: Side, other: Side, *briefings: Briefing) -> tuple[Dossier, DossierView]:
    catalogue = catalogue_of(library(*briefings), archive(root, one, other))
    (found,) = catalogue.dossiers
    return found, DossierView(found, found.permalink, catalogue)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A hundred briefings of three paragraphs, and a dossier of a city with all consuls."""
    random, keys = Random(5), [*RECORDS]
    roles = ("", "mayor", "Consul General of Japan", "Consul-General, Japan", "deputy consul")

    def sentence() -> str:
        whom = dict.fromkeys(random.choice(keys) for _ in range(random.randint(1, 3)))
        return " and ".join(said(key, random.choice(roles) if key.startswith("officials") else "") for key in whom) + " met."

    briefings = (
        talk(number, Date(2000 + number // 6, 1 + number % 12, 3) if number % 17 else None, *(sentence() for _ in range(3)))
        for number in range(100)
    )
    where = archive(tmp_path_factory.mktemp("site"), side("cities/a"), side(office="consul japan"))
    env = render.environment(where)
    return {one.permalink: text(one, env) for one in planned(library(*briefings), where) if one.template}


def dossier_pages(pages: dict[str, str]) -> list[str]:
    first = "dossiers/one-and-other.html"
    more = sorted(
        (key for key in pages if key.startswith("dossiers/one-and-other/contacts")), key=lambda key: int(re.findall(r"\d+", key)[0])
    )
    return [first, *more]


def led_to(permalink: str, href: str, pages: dict[str, str]) -> str:
    """The paragraph that a link opens."""
    target, _, anchor = posixpath.normpath(posixpath.join(posixpath.dirname(permalink), href)).partition("#")
    found = re.search(rf'<div[^>]* id="{anchor}".*?</div>', pages[target], re.DOTALL)
    assert found, href
    return found[0]


def test_the_number_of_contacts_and_sentences_is_that_of_those_listed(pages: dict[str, str]) -> None:
    where = dossier_pages(pages)
    told = re.search(r"(\d+)&nbsp;contacts with (\d+)&nbsp;sentences that name both", pages[where[0]])
    listed = [found for page in where for found in SECTION.findall(pages[page])]

    assert told
    assert len(where) > 1
    assert [int(number) for number, _ in listed] == [*range(1, int(told[1]) + 1)]
    assert sum(len(HIT.findall(section)) for _, section in listed) == int(told[2]) > int(told[1])
    assert all(len(SECTION.findall(pages[page])) == dossier.ON_A_PAGE for page in where[:-1])


def test_every_sentence_names_both_sides_and_leads_to_its_paragraph(pages: dict[str, str]) -> None:
    for page in dossier_pages(pages):
        for _, section in SECTION.findall(pages[page]):
            for href, sentence in HIT.findall(section):
                names = {html.unescape(name) for name in re.findall(r'<b class="hit__name">(.*?)</b>', sentence)}
                assert "City a" in names
                assert any(name.startswith("Person") for name in names)
                paragraph = led_to(page, href, pages)
                assert all(f">{name}</a>" in paragraph for name in names)


def test_every_number_leads_to_a_paragraph_that_prints_what_stands_before_it(pages: dict[str, str]) -> None:
    """Of the contact it counts; and all of them are counted."""
    first, *_ = where = dossier_pages(pages)
    contacts = {number: (page, section) for page in where for number, section in SECTION.findall(pages[page])}
    briefing_by_number = {number: BRIEFING.findall(section)[0] for number, (_, section) in contacts.items()}
    rows = ROW.findall(pages[first])
    assert len(rows) == len(RECORDS) - 1
    for row in rows:
        name, printed, numbers = row.partition("</th>")[0], *row.partition("</th>")[2].rpartition("<td")[::2]
        who = re.sub("<[^>]+>|&nbsp;", "", name)
        for href, number in REFERENCE.findall(row):
            assert f">{who}</a>" in led_to(first, href, pages)
            assert briefing_by_number[number] == BRIEFING.findall(href)[0]
        for office in OFFICE.findall(printed):
            ((href, _),) = REFERENCE.findall(office)
            assert office.partition(" <a")[0] in led_to(first, href, pages)
        more = re.search(r"and (\d+) more", numbers)
        naming = sum(f">{who}</a>" in pages[f"briefings/{one}.html"] for one in briefing_by_number.values())
        assert len(REFERENCE.findall(numbers)) + int(more[1] if more else 0) == naming


def test_a_group_is_who_was_ever_printed_in_the_office(tmp_path: Path) -> None:
    found, _ = of(
        tmp_path,
        side("cities/a"),
        side("officials/s", office="Consul Japan"),
        talk(1, Date(2016, 1, 1), f"{said('officials/p', 'Consul-General of Japan')} came to {said('cities/a')}."),
        talk(2, Date(2017, 1, 1), f"{said('officials/p', 'ambassador')} left {said('cities/a')}."),
        talk(3, Date(2018, 1, 1), f"{said('officials/q', 'Consul of Belarus')} and {said('officials/r')} came to {said('cities/a')}."),
    )

    assert found.sides == (("cities/a",), ("officials/s", "officials/p"))
    assert [entry.id for entry in found.contacts] == ["b001", "b002"]


@pytest.mark.parametrize(
    ("role", "office", "expected"),
    [
        ("Consul General of Japan in Chongqing", "consul JAPAN", True),
        ("Consulate staff of Japan", "consul Japan", False),
        ("日本驻重庆总领事", "总领事 日本", True),
        ("日本驻重庆副领事", "总领事", False),
        ("Bürgermeister", "bürgermeister", True),
    ],
)
def test_an_office_is_its_words_in_any_order(tmp_path: Path, role: str, office: str, *, expected: bool) -> None:
    met = talk(1, Date(2016, 1, 1), f"{said('officials/p', role)} came to {said('cities/a')}.")
    found, _ = of(tmp_path, side("cities/a"), side("officials/q", office=office), met)

    assert ("officials/p" in found.sides[1]) is expected
    assert len(found.contacts) == expected


def test_nobody_is_in_contact_with_himself(tmp_path: Path) -> None:
    role = "Consul of Japan, mayor"
    found, _ = of(
        tmp_path,
        side(office="mayor"),
        side(office="consul"),
        talk(1, Date(2016, 1, 1), f"{said('officials/p', role)} spoke of {said('cities/a')}."),
        talk(2, Date(2017, 1, 1), f"{said('officials/p', role)} met {said('officials/q', role)}."),
    )

    assert [entry.id for entry in found.contacts] == ["b002"]


def test_a_briefing_that_names_both_in_no_one_sentence_is_no_contact(tmp_path: Path) -> None:
    apart = talk(1, Date(2016, 1, 1), f"{said('cities/a')} grows. {said('cities/b')} too.")
    found, view = of(tmp_path, side("cities/a"), side("cities/b"), apart)

    assert (len(found.contacts), found.sentence_count, [entry.id for entry in view.apart]) == (0, 0, ["b001"])
    assert (view.first, view.timeline, view.groups, view.gaps, view.years) == (None, None, (), (), ())


def test_a_year_without_contact_is_a_gap(tmp_path: Path) -> None:
    both = f"{said('cities/a')} met {said('cities/b')}."
    days = (Date(2016, 1, 31), Date(2017, 1, 30), Date(2019, 1, 30), None)
    talks = [talk(number, day, both) for number, day in enumerate(days)]
    _, view = of(tmp_path, side("cities/a"), side("cities/b"), *talks, talk(9, Date(2020, 3, 1), "Nobody came."))

    assert view.gaps == (Gap(Date(2017, 1, 30), Date(2019, 1, 30), is_open=False), Gap(Date(2019, 1, 30), Date(2020, 3, 1), is_open=True))
    assert [gap.months for gap in view.gaps] == [24, 13]
    assert view.closing_gap == view.gaps[1]
    assert [(year.year, year.gap, [one.number for one in year.contacts]) for year in view.years] == [
        (2016, None, [1]),
        (2017, None, [2]),
        (2019, view.gaps[0], [3]),
        (None, None, [4]),
    ]
    assert view.first
    assert view.last
    assert (view.first.number, view.last.number, view.last.place[1]) == (1, 3, "contact-3")


def test_figures_of_contacts_are_those_in_sentences_with_either_side(tmp_path: Path) -> None:
    a, p, b = (said(key) for key in ("cities/a", "officials/p", "cities/b"))
    later = talk(2, Date(2018, 1, 1), f"{a} met {p}.", f"{a} has 140 tea houses.", f"{b} has 150 tea houses.", "There are 160 tea houses.")
    older = talk(1, Date(2017, 1, 1), f"{p} told {a} of 130 tea houses.")
    apart = talk(3, Date(2019, 1, 1), f"{a} has 170 tea houses.")
    _, view = of(tmp_path, side("cities/a"), side("officials/p"), later, older, apart)

    assert view.figures
    assert [row.quantity for one in view.figures.first for row in one.rows] == ["130", "140"]


def test_a_new_contact_changes_the_last_page_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier, "ON_A_PAGE", 2)
    both = f"{said('cities/a')} met {said('cities/b')}."
    talks = [talk(number, Date(2016, 1, number), both) for number in range(1, 6)]
    before, _ = of(tmp_path, side("cities/a"), side("cities/b"), *talks[:4])
    after, _ = of(tmp_path, side("cities/a"), side("cities/b"), *talks)

    assert [[one.id for one in here] for here in dossier.pages(before).values()] == [["b001", "b002"], ["b003", "b004"]]
    assert [[one.id for one in here] for here in dossier.pages(after).values()] == [["b001", "b002"], ["b003", "b004"], ["b005"]]
    assert [*dossier.pages(after)][-1] == "dossiers/one-and-other/contacts-3.html"


def test_both_sides_stand_on_one_axis(pages: dict[str, str], tmp_path: Path) -> None:
    both = f"{said('cities/a')} met {said('officials/p')} and {said('officials/q')}."
    talks = [
        talk(1, Date(2016, 1, 1), both),
        talk(2, Date(2018, 1, 1), said("officials/p")),
        talk(3, Date(2018, 5, 1), said("officials/p")),
    ]
    one, other = side("cities/a"), side("officials/p", "officials/q", "officials/r")
    view = dossier.SideBySideView(of(tmp_path, one, other, *talks)[0], catalogue_of(library(*talks), archive(tmp_path, one, other)))

    assert [line.named.id for line in view.lines] == ["cities/a", "officials/p", "officials/q"]
    assert view.rows == ((2016, (1, 1, 1)), (2018, (0, 2, 0)))
    assert {line.line.years for line in view.lines} == {(2016, 2018)}
    assert view.more == 1
    assert 'href="one-and-other/side-by-side.html"' in pages["dossiers/one-and-other.html"]
    assert pages["dossiers/one-and-other/side-by-side.html"].count("<figure") == 1 + len(PEOPLE)


def test_pages_of_those_concerned_lead_to_the_dossier(pages: dict[str, str]) -> None:
    link = 'href="../dossiers/one-and-other.html"'

    assert link in pages["cities/a.html"]
    assert link in pages["officials/p.html"]
    assert link not in pages["cities/b.html"]
    assert 'href="dossiers/one-and-other.html"' in pages["index.html"]


def test_a_merged_record_is_followed_and_a_strange_one_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("dossiers:\n- title: A\n  between: cities/old\n  and: cities/c\n", encoding="utf-8")
    found = dossiers.settled(config.load(tmp_path), {"cities/old": "cities/a"})

    assert found.dossiers[0].sides[0].records == ("cities/a",)
    dossiers.refuse_strangers(found, RECORDS)
    with pytest.raises(SiteError, match=r"(?s)site.yaml:4: dossier 'A' names cities/c, which has no record.*fix: .*content/cities/"):
        dossiers.refuse_strangers(found, {"cities/a"})


def test_a_dossier_that_was_published_is_not_lost(tmp_path: Path) -> None:
    for key in ("cities/a", "cities/b"):
        (tmp_path / "content" / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / f"{key}.md").write_text(f"---\nname: {RECORDS[key].name}\n---\n", encoding="utf-8")
    dossier = "dossiers:\n- title: A and B\n  between: cities/a\n  and: cities/b\n"
    (tmp_path / "site.yaml").write_text(dossier, encoding="utf-8")
    assert built(tmp_path, with_search=False) == []
    assert "dossiers/a-and-b.html" in (tmp_path / lock.LOCK_FILE).read_text(encoding="utf-8")

    (tmp_path / "site.yaml").write_text(dossier.replace("A and B", "B and A"), encoding="utf-8")
    with pytest.raises(ExceptionGroup) as caught:
        pipeline.publish(config.load(tmp_path), with_search=False)
    assert "slug: a-and-b" in str(caught.value.exceptions[0])

    (tmp_path / "site.yaml").write_text(dossier.replace("A and B", "B and A\n  slug: a-and-b"), encoding="utf-8")
    assert built(tmp_path, with_search=False) == []
