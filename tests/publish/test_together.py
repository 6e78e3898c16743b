"""Who is named with whom: every line that is drawn stands for just the sentences that its page shows."""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from datetime import date as Date
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from bindery import pipeline
from bindery.content import lock
from bindery.model import Authority, Briefing, Library
from bindery.publish import co_mentions, permalinks, render
from bindery.publish.permalinks import NETWORK, TOGETHER, pair_of, pair_permalink
from bindery.publish.together import PARTNERS
from bindery.publish.views import arcs, evidence, network
from tests.builds import built
from tests.publish.archive import briefing, catalogue_of, planned, site, text

NAMES = 45
BRIEFINGS = 90
TIE = re.compile(r'href="([^"]+)" aria-label="([^"]*?)([\d,]+)&nbsp;sentences?\b')
HIT = re.compile(r'<a class="hit".*?</a>', re.DOTALL)
OLDER = re.compile(r'href="([^"]*older-\d+\.html)"')


def record(number: int) -> Authority:
    kind, folder = (("city", "cities"), ("official", "officials"))[number % 2]
    return Authority(kind, f"name-{number}", f"Name {number}", id=f"{folder}/name-{number}")


RECORDS = {one.id: one for one in map(record, range(NAMES))}

RECORD_BY_NAME = {one.name: one.id for one in RECORDS.values()}


def sentence(whom: list[str]) -> str:
    return " and ".join(f"[{RECORDS[one].name}](../{one}.md)" for one in whom) + " met."


def library(bodies: list[str]) -> Library:
    briefings = tuple(briefing(f"b{number}", f"Talk {number}", Date(2020, 1, 1), body) for number, body in enumerate(bodies))
    named = {key: tuple(one for one in briefings if any(mention.authority == key for mention in one.mentions)) for key in RECORDS}
    return Library(briefings, RECORDS, {key: found for key, found in named.items() if found}, {})


@pytest.fixture(scope="module")
def said() -> list[list[str]]:
    """Whom each sentence names: the first names often, the last ones hardly ever."""
    random, ids = Random(7), list(RECORDS)
    return [list(dict.fromkeys(ids[int(NAMES * random.random() ** 3)] for _ in range(random.randint(1, 4)))) for _ in range(3 * BRIEFINGS)]


@pytest.fixture(scope="module")
def counted(said: list[list[str]]) -> Counter[tuple[str, ...]]:
    return Counter(pair for whom in said for pair in combinations(sorted(whom), 2))


@pytest.fixture(scope="module")
def pages(said: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    bodies = ["\n\n".join(map(sentence, said[start : start + 3])) for start in range(0, len(said), 3)]
    where = site(tmp_path_factory.mktemp("site"))
    env = render.environment(where)
    return {one.permalink: text(one, env) for one in planned(library(bodies), where) if one.template}


def sentences(permalink: str, pages: dict[str, str]) -> list[str]:
    """All that a page of two names lists, on it and on its older pages."""
    older = {posixpath.normpath(posixpath.join(posixpath.dirname(permalink), found)) for found in OLDER.findall(pages[permalink])}
    return [hit for page in (permalink, *sorted(older)) for hit in HIT.findall(pages[page])]


def test_every_line_leads_to_as_many_sentences_as_it_says(pages: dict[str, str], counted: Counter[tuple[str, ...]]) -> None:
    """On the network, on the page of every name, in drawings and tables; a single sentence may be shown where it stands."""
    lines = single = 0
    for permalink, source in pages.items():
        for href, names, count in TIE.findall(source):
            target, _, fragment = posixpath.normpath(posixpath.join(posixpath.dirname(permalink), href)).partition("#")
            pair = pair_of(target)
            if pair is None:
                one, other = map(RECORD_BY_NAME.__getitem__, names.removesuffix(": ").split(" and "))
                assert counted[one, other] == int(count) == 1
                assert all(f">{RECORDS[key].name}</a>" in paragraph(fragment, pages[target]) for key in (one, other))
                single += 1
                continue
            found = sentences(target, pages)
            assert len(found) == int(count.replace(",", "")) == counted[pair], (permalink, target)
            for hit in found:
                assert {html.unescape(name) for name in re.findall(r'<b class="hit__name">(.*?)</b>', hit)} == {
                    RECORDS[one].name for one in pair
                }
            lines += 1
    assert lines > 500
    assert single > 20


def paragraph(anchor: str, source: str) -> str:
    found = re.search(rf'<div[^>]* id="{anchor}".*?</div>|<p[^>]* id="{anchor}".*?</p>', source, flags=re.DOTALL)
    assert found, anchor
    return found[0]


def test_a_sentence_stands_once_on_the_page_of_two_names(pages: dict[str, str], counted: Counter[tuple[str, ...]]) -> None:
    strongest = max(sorted(counted), key=lambda pair: counted[pair])
    first = pair_permalink((strongest[0], strongest[1]))

    assert counted[strongest] > 20
    assert sum(permalink.startswith(first.removesuffix(".html")) for permalink in pages) >= 1
    assert len(sentences(first, pages)) == counted[strongest]


def test_a_long_list_of_sentences_is_spread_over_pages() -> None:
    found = library([sentence(["cities/name-0", "officials/name-1"])] * 120)
    made = [one.permalink for one in planned(found, site(Path()))]

    assert [one for one in made if one.startswith(f"{TOGETHER}/")] == [
        "together/cities/name-0/officials/name-1.html",
        "together/cities/name-0/officials/name-1/older-4.html",
        "together/cities/name-0/officials/name-1/older-3.html",
        "together/cities/name-0/officials/name-1/older-2.html",
        "together/cities/name-0/officials/name-1/older-1.html",
    ]


def test_two_names_stand_on_one_scale_of_years(tmp_path: Path) -> None:
    years = (2016, 2016, 2016, 2018, 2019)
    bodies = [sentence(["cities/name-0", "officials/name-1"])] * 2 + [sentence(["cities/name-0"])] * 2 + [sentence(["officials/name-1"])]
    briefings = tuple(
        briefing(f"b{number}", "Talk", Date(year, 3, number + 1), body)
        for number, (year, body) in enumerate(zip(years, bodies, strict=True))
    )
    found = catalogue_of(Library(briefings[::-1], RECORDS, {}, {}), site(tmp_path))
    pair = ("cities/name-0", "officials/name-1")
    city, official = evidence.EvidenceView(pair, pair_permalink(pair), found).beside

    assert [(stem.when.year, stem.count) for stem in city.line.stems] == [(2016, 3), (2018, 1)]
    assert [(stem.when.year, stem.count) for stem in official.line.stems] == [(2016, 2), (2019, 1)]
    assert city.line.stems[0].place == ("cities/name-0.html", "y2016")
    assert city.line.stems[0].y < official.line.stems[0].y
    assert city.line.stems[1].y == official.line.stems[1].y


def test_the_network_is_bounded_and_each_arc_is_one_of_its_pairs(said: list[list[str]], tmp_path: Path) -> None:
    found = catalogue_of(library([sentence(whom) for whom in said]), site(tmp_path))
    view = network.view(found)

    assert view.arcs is not None
    assert len(view.arcs.rows) <= network.NAMES < NAMES
    assert len(view.arcs.arcs) <= network.ARCS < view.pair_count
    assert {arc.place for arc in view.arcs.arcs} <= {(tie.permalink, "") for tie in view.ties}
    assert [tie.count for tie in view.ties] == sorted((tie.count for tie in view.ties), reverse=True)


def test_a_drawing_around_a_name_has_its_foremost_partners_and_what_joins_them(tmp_path: Path) -> None:
    ids = list(RECORDS)
    bodies = [sentence([ids[0], other]) for other in ids[1 : PARTNERS + 3]] + [sentence([ids[0], ids[12]])] * 2 + [sentence(ids[1:3])]
    ego = network.ego(ids[0], catalogue_of(library(bodies), site(tmp_path)))

    assert ego is not None
    assert ego.partner_count == PARTNERS + 3
    assert [row.named.id for row in ego.arcs.rows[:2]] == [ids[0], ids[12]]
    assert len(ego.arcs.rows) == PARTNERS + 1
    assert [(arc.one.id, arc.other.id) for arc in ego.arcs.arcs if not arc.is_central] == [(ids[2], ids[1])]


def test_the_same_archive_is_the_same_drawing(said: list[list[str]], tmp_path: Path) -> None:
    bodies = [sentence(whom) for whom in said]
    one, other = (network.view(catalogue_of(library(order), site(tmp_path))) for order in (bodies, bodies[::-1]))
    assert one == other


def test_a_figure_finds_a_place_beside_the_others(said: list[list[str]], tmp_path: Path) -> None:
    drawn = network.view(catalogue_of(library([sentence(whom) for whom in said]), site(tmp_path))).arcs
    assert drawn
    close = [
        (one, other)
        for one, other in combinations(drawn.arcs, 2)
        if abs(one.y - other.y) < arcs.LABEL_HEIGHT - 1 and abs(one.x - other.x) < arcs.FIGURE
    ]
    assert len(close) <= len(drawn.arcs) // 8


def found_in(body: str) -> list[tuple[str, list[str]]]:
    one = briefing("b1", "Talk", None, body)
    (blocks,) = pipeline.bodies(Library((one,), RECORDS, {}, {})).values()
    return [(sentence.text, sentence.whom) for sentence in co_mentions.sentences(blocks, RECORDS)]


A, B, C = "[Ann](../cities/name-0.md)", "[Bob](../officials/name-1.md)", "[Cy](../cities/name-2.md)"


def test_names_of_two_sentences_are_not_named_together() -> None:
    assert found_in(f"{A} left. {B} came.") == []
    assert found_in(f"{A} left, {A} came.") == []
    assert found_in(f"It rained. {A} met {B}! {C} left.") == [("Ann met Bob!", ["cities/name-0", "officials/name-1"])]


def test_a_text_without_full_stops_and_a_long_list_name_nobody_together() -> None:
    ids = list(RECORDS)
    assert found_in(f"{A} {'word ' * 300} {B}") == []
    assert found_in(sentence(ids[: co_mentions.MOST + 1])) == []
    assert len(found_in(sentence(ids[: co_mentions.MOST]))) == 1


def test_an_address_with_two_long_names_is_short() -> None:
    one, other = f"cities/{'a' * 80}", f"officials/{'b' * 80}"
    assert len(pair_permalink((one, other))) < permalinks.LONGEST_OF_PAIR
    assert pair_of(pair_permalink((one, other))) is None
    assert pair_of(pair_permalink(("cities/a", "officials/b"))) == ("cities/a", "officials/b")


ALONE = Briefing("6898abf", "a-page", "A page", None, None, None, "en", "Text.")


@pytest.mark.parametrize(
    ("merged", "made", "expected"),
    [
        ({}, ["cities/a.html", "officials/b.html"], "cities/a.html"),
        ({}, ["officials/b.html"], "officials/b.html"),
        (
            {"cities/a": "cities/z"},
            ["cities/z.html", "officials/b.html", "together/cities/z/officials/b.html"],
            "together/cities/z/officials/b.html",
        ),
        ({"cities/a": "cities/z"}, ["cities/z.html", "officials/b.html"], "cities/z.html"),
        ({}, [], NETWORK),
    ],
)
def test_the_page_of_two_names_is_never_lost(merged: dict[str, str], made: list[str], expected: str) -> None:
    address = "together/cities/a/officials/b.html"
    (kept,) = permalinks.kept({address: lock.Address(address)}, [ALONE], {}, merged, {*made, NETWORK})
    assert kept.target == expected


def test_a_page_of_two_names_stays_when_no_sentence_names_both_any_more(tmp_path: Path) -> None:
    for key in ("cities/name-0", "officials/name-1"):
        (tmp_path / "content" / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / f"{key}.md").write_text(f"---\nname: {RECORDS[key].name}\n---\n", encoding="utf-8")
    path = tmp_path / "content/briefings/talk.md"
    path.parent.mkdir()
    address = "together/cities/name-0/officials/name-1.html"
    for body, words in ((f"{A} met {B}.", "1&nbsp;sentence"), (f"{A} left. {B} came.", "No sentence names both any more")):
        path.write_text(f"---\nid: abc123\ntitle: Talk\n---\n\n{body}\n", encoding="utf-8")
        assert built(tmp_path, with_search=False) == []
        assert words in (tmp_path / "site" / address).read_text(encoding="utf-8")
        assert address in (tmp_path / lock.LOCK_FILE).read_text(encoding="utf-8")
