"""Copies of one release are shown and counted as one, and every page of them stays."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest

from bindery.config import Site
from bindery.content import markup
from bindery.dossiers import Side, StandingDossier
from bindery.model import Briefing, Library
from bindery.publish import render, rights
from bindery.publish.data import tables
from bindery.publish.follow import feed
from bindery.publish.mail import digest
from bindery.publish.mail.message import Envelope
from bindery.publish.views import lists, network
from bindery.publish.views.catalogue import Catalogue
from tests.publish import archive

RELEASE = """[Tang Zongwei](../officials/tang-zongwei.md "deputy director") received [Yoichiro Mori](../officials/mori.md) in
[Chongqing](../cities/chongqing.md) to speak about the third basin of the port, which opens in spring after eleven years of works.

Some two hundred berths are let already; the rest, the office wrote, go to whoever asks before the end of the month, small boats
before large ones, and the ferries will have the northern quay to themselves."""
SHORTER = RELEASE.partition("; the rest")[0] + ". [NEC Co., Ltd.](../companies/nec.md) built the cranes, this paper has learned."
LATER = RELEASE.replace("two hundred", "three hundred") + "\n\nA second basin is planned."
OTHER = """[Tang Zongwei](../officials/tang-zongwei.md) came to [Wuxi](../cities/wuxi.md), where nobody knew of any port or basin, and
where a hall for tea was opened with songs by the children of nine schools, who had practised them since the end of the rains."""


def briefing(identifier: str, title: str, day: int, body: str, source: str) -> Briefing:
    text, mentions = markup.standoff(body)
    seed = f"{identifier}.txt"
    return Briefing(identifier, f"{identifier}-page", title, Date(2020, 5, day), source, None, "en", text, mentions, seed=seed)


BRIEFINGS = (
    briefing("tea1", "A hall for tea", 20, OTHER, "Gazette"),
    briefing("cap2", "Basin opens", 4, LATER, "Gazette"),
    briefing("cap1", "Basin opens", 4, RELEASE, "Gazette"),
    briefing("cop2", "Berths for whoever asks", 3, RELEASE, "Valley Courier"),
    briefing("cop1", "Port grows", 2, SHORTER, "Harbour Wire"),
)
"""Newest first: one release on four pages, two of them captures of one page; the oldest of them names somebody the others do not."""


def library(*briefings: Briefing) -> Library:
    records = archive.library().authorities
    named = {key: tuple(one for one in briefings if any(mention.authority == key for mention in one.mentions)) for key in records}
    return Library(briefings, records, {key: found for key, found in named.items() if found}, {})


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("stories")
    (root / "content").mkdir()
    (root / "content/decisions.yaml").write_text("event:\n  - [cop1, tea1]\n", encoding="utf-8")
    return archive.site(root, base_url="https://archive.example")


@pytest.fixture(scope="module")
def read(where: Site) -> Catalogue:
    return archive.catalogue_of(library(*BRIEFINGS), where)


@pytest.fixture(scope="module")
def pages(where: Site) -> Mapping[str, str]:
    env = render.environment(where)
    return {one.permalink: archive.text(one, env) for one in archive.planned(library(*BRIEFINGS), where) if one.template}


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def section(identifier: str, html: str) -> str:
    found = re.search(rf'<section class="story" aria-labelledby="{identifier}">.*?</section>', html, re.DOTALL)
    assert found
    return found[0]


def test_a_story_is_listed_once_under_its_oldest_page(read: Catalogue, pages: Mapping[str, str]) -> None:
    listed = pages["briefings/index.html"]

    assert list(read.leads) == ["tea1", "cop1"]
    assert len(read.entries) == 5
    assert "2 briefings, newest first" in plain(listed).replace("\u00a0", " ").replace("&nbsp;", " ")
    assert re.findall(r'class="entry-title quiet-link" href="([^"]*)"', listed) == ["tea1-page.html", "cop1-page.html"]
    assert "Also published by Valley Courier , Gazette , Gazette" in plain(listed)


def test_counts_are_of_stories(read: Catalogue) -> None:
    assert (lists.counts(read).briefings, lists.counts(read).copies) == (2, 3)
    assert lists.counts(read).sources == 3
    assert [entry.id for entry in read.briefings["officials/tang-zongwei"]] == ["tea1", "cop1"]
    assert [entry.id for entry in feed.of_archive(read).briefings] == ["tea1", "cop1"]


def test_a_sentence_that_was_printed_again_counts_once(read: Catalogue) -> None:
    assert read.together.count("cities/chongqing", "officials/mori") == 1
    assert {tie.count for tie in network.view(read).ties} == {1}


def test_whom_a_copy_alone_names_is_not_lost() -> None:
    """Here the leading page is the longer one, and the copy says what it does not."""
    told = library(BRIEFINGS[3], replace(BRIEFINGS[4], date=Date(2020, 5, 9)))
    found = archive.catalogue_of(told, archive.site(Path()))

    assert list(found.leads) == ["cop2"]
    assert [entry.id for entry in found.briefings["companies/nec"]] == ["cop1"]
    assert [entry.id for entry in found.briefings["officials/mori"]] == ["cop2"]


def test_a_digest_tells_of_a_story_once_and_of_whom_a_copy_alone_names(where: Site) -> None:
    told = archive.catalogue_of(library(*BRIEFINGS[:4], replace(BRIEFINGS[4], date=Date(2020, 5, 9))), where)
    counts = [
        digest.digest(told, digest.Choice(Date(2020, 1, 1), names), Envelope()).count
        for names in ((), ("official/mori",), ("company/nec",), ("company/nec", "official/mori"))
    ]
    assert counts == [2, 1, 1, 1]


def test_every_page_of_a_story_stays_and_names_the_others(pages: Mapping[str, str]) -> None:
    for one, others in {"cop1": ("cop2", "cap1", "cap2"), "cop2": ("cop1", "cap1", "cap2"), "cap1": ("cop1", "cop2")}.items():
        named = re.findall(r'href="(\w+)-page.html"', section("story", pages[f"briefings/{one}-page.html"]).split("section__note")[0])
        assert sorted(named) == sorted(others)
    assert f"b/{BRIEFINGS[1].id}/index.html" in pages


def test_the_neighbours_of_a_page_are_of_other_stories(pages: Mapping[str, str]) -> None:
    later = {one.id: re.findall(r'href="(\w+)-page.html" rel="next"', pages[f"briefings/{one.id}-page.html"]) for one in BRIEFINGS}
    assert later == {"tea1": [], "cap2": ["tea1"], "cap1": ["tea1"], "cop2": ["tea1"], "cop1": ["tea1"]}
    assert 'href="cop1-page.html" rel="prev"' in pages["briefings/tea1-page.html"]


def test_a_later_capture_says_what_changed(pages: Mapping[str, str]) -> None:
    captures = section("captures", pages["briefings/cap2-page.html"])

    assert plain(captures).startswith("Captured twice Basin opens")
    assert '<del class="change change--removed"><span class="visually-hidden">[left out: </span>two<' in captures
    assert '<ins class="change change--added"><span class="visually-hidden">[added: </span>three<' in captures
    assert "A second basin is planned." in captures
    assert "#changes" in section("captures", pages["briefings/cap1-page.html"])
    assert "<del" not in pages["briefings/cap1-page.html"]


def test_texts_that_are_withheld_are_grouped_and_not_compared(where: Site) -> None:
    kept = replace(where, rights="metadata-only")
    shown = rights.shown(library(*BRIEFINGS), kept)
    env = render.environment(kept)
    made = {one.permalink: one for one in archive.planned(shown, kept)}
    captures = section("captures", archive.text(made["briefings/cap2-page.html"], env))

    assert "are not compared here" in captures
    assert "three" not in captures
    assert list(archive.catalogue_of(shown, kept).leads) == ["tea1", "cop1"]


def test_an_event_is_told_on_every_page_of_both_stories(pages: Mapping[str, str]) -> None:
    assert "tea1-page.html" in section("event", pages["briefings/cop1-page.html"])
    assert "tea1-page.html" in section("event", pages["briefings/cap2-page.html"])
    assert re.findall(r"(\w+)-page.html", section("event", pages["briefings/tea1-page.html"])) == ["cop1"]


def test_the_data_says_which_briefings_share_a_story(read: Catalogue) -> None:
    rows = [row[-1] for row in tables.BRIEFINGS.rows(archive.holdings(read))]
    assert rows == ["tea1", "cop1", "cop1", "cop1", "cop1"]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(archive.database_of(read))
        asked = connection.execute("SELECT name, briefings FROM names_by_year ORDER BY name").fetchall()
    assert asked == [("Chongqing", 1), ("NEC Co., Ltd.", 1), ("Tang Zongwei", 2), ("Wuxi", 1), ("Yoichiro Mori", 1)]


def test_a_page_without_copies_loads_no_styles_for_them(pages: Mapping[str, str], where: Site) -> None:
    env = render.environment(where)
    alone = next(one for one in archive.planned(library(BRIEFINGS[4]), where) if one.permalink == "briefings/cop1-page.html")

    assert "story.css" in pages["briefings/cop1-page.html"]
    assert "story.css" not in archive.text(alone, env)


def test_a_dossier_counts_a_contact_once_and_keeps_one_that_a_copy_alone_tells(where: Site) -> None:
    sides = Side(("officials/mori",), ()), Side(("companies/nec",), ())
    told = "[Yoichiro Mori](../officials/mori.md) thanked [NEC Co., Ltd.](../companies/nec.md) for the cranes."
    copies = [briefing(f"dos{day}", "Cranes", day, f"{RELEASE}\n\n{told}", f"Paper {day}") for day in (7, 6, 5)]
    site = replace(where, dossiers=(StandingDossier("Mori and NEC", "mori-and-nec", sides),))
    found = archive.catalogue_of(library(*copies, BRIEFINGS[3]), site)

    assert list(found.leads) == ["cop2"]
    assert [entry.id for entry in found.dossiers[0].contacts] == ["dos5"]
    assert found.dossiers[0].sentence_count == 1
