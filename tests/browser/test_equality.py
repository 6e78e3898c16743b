"""The same search over http and from disk: the same results in the same order, with the same scores, counts and excerpts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.equality import Query, answers, shown
from tests.browser.readers import SEARCHED, Reader
from tests.browser.serving import serving

WORDS = (
    *("japan", "japanese", "japanese companies", "japanese consul", "consul general", "consul-general", "consuls", "cooperation"),
    *("economic and technological cooperation", "investment promotion", "smart manufacturing", "two sessions", "seminar", "robot"),
    *("140 Japanese companies", "2023", "1", "5 %", "hitachi", "HITACHI", "nec", "kawasaki", "nomura research institute", "wnd", "WND"),
    *("chongqing", "Chonqing", "liangjiang", "suzhou xiangcheng", "wuxi", "budapest", "tokyo", "osaka", "Ōsaka", "zongwei"),
    *(
        '"two sessions"',
        '"cooperation potential"',
        '"sessions two"',
        "masakiro tomita",
        '"Tomita Masakiro"',
        "c",
        "co",
        "visit visits visited",
    ),
    *(
        "重庆",
        "重慶",
        "两江新区",
        "新区",
        "日本",
        "富田",
        "naïve",
        "harbour ferries",
        "שלום",
        "<b>bold</b>",
        "no such word at all",
        "&",
        "'",
        "%41",
    ),
)
QUERIES = (
    *(Query(words) for words in WORDS),
    Query(None),
    Query("japan", {"kind": "briefing"}),
    Query(None, {"kind": "briefing", "city": {"any": ["Chongqing", "Wuxi"]}}),
    Query("consul", {"city": ["Chongqing"], "year": {"any": ["2016", "2023"]}}),
    Query("japan", {"none": {"city": "Chongqing"}}),
    Query("harbour", {"source": {"any": ["Gazette 1", "Gazette 2"]}}),
    Query(None, {"city": "No such city"}),
)
PAGES = {
    "site_folder": ("", "?q=japanese+companies", "?q=consul-general", "?q=chongqing&order=oldest", "?q=%22two+sessions%22", "?q=xyzzy"),
    "large_site": ("?order=oldest", "?q=the&order=newest", "?q=harbour&year=2012", "?q=consul-general"),
}


@pytest.fixture(scope="module", params=PAGES)
def name(request: pytest.FixtureRequest) -> str:
    """The archive of this repository, and one with more of everything."""
    return str(request.param)


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, name: str) -> Path:
    folder: Path = request.getfixturevalue(name)
    return folder


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


def test_there_are_forty_queries_and_more() -> None:
    assert len(QUERIES) >= 40


def test_pagefind_answers_the_same(reader: Reader, site: Path, served: str) -> None:
    filters, over_http = answers(reader, served, QUERIES)
    filters_from_disk, from_disk = answers(reader, f"{site.as_uri()}/", QUERIES)

    assert filters_from_disk == filters
    assert sum(bool(answer["order"]) for answer in over_http) > len(QUERIES) / 3
    for query, expected, found in zip(QUERIES, over_http, from_disk, strict=True):
        assert found == expected, str(query)


COUNTED = ("", "japan", "consul", "consul visit", "chongqing", "harbour")
COUNTS = """async (queries, engine) => {
  const pairs = [];
  await engine.filters();
  for (const words of queries) {
    const { filters } = await engine.search(words || null, { filters: { kind: "briefing" } });
    const { counts } = await window.searchIndex.find({ words, chosen: {}, order: "newest" });
    pairs.push([words, filters, await counts()]);
  }
  return pairs;
}"""


def test_values_are_counted_as_pagefind_counts_them(reader: Reader, site: Path) -> None:
    reader.goto(f"{site.as_uri()}/search.html")
    reader.wait_for(SEARCHED)
    for words, expected, found in reader.evaluate(f"({COUNTS})({json.dumps(COUNTED)}, await window.searchDisk.pagefind())"):
        assert found == expected, words
        assert words or any(found["city"].values())


def test_the_search_page_shows_the_same(reader: Reader, name: str, site: Path, served: str) -> None:
    for query in PAGES[name]:
        assert shown(reader, f"{site.as_uri()}/", query) == shown(reader, served, query), query


FREQUENT = ("?q=harbour", "?q=spoke&city=Chongqing", "?q=general+harbour&order=newest", "?q=%22harbour+again%22")


def test_words_that_most_pages_say_are_shown_as_others_are(reader: Reader, large_address: str, frequent_site: Path) -> None:
    """Only how often a page says them is loaded; where they stand is found in the texts that are shown."""
    with serving(frequent_site, asked=(files := [])) as frequent:
        for query in FREQUENT:
            expected = shown(reader, large_address, query)
            assert shown(reader, frequent, query) == expected, query
            assert shown(reader, f"{frequent_site.as_uri()}/", query) == expected, query
            assert any(tag == "mark" for tag, _, _ in expected), query

    assert len({file for file in files if file.startswith("pagefind/frequent/")}) >= 3
