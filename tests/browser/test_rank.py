"""Our reading of the index against Pagefind's: the same pages, scores and places for the same words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.browser.readers import SEARCHED, Reader
from tests.browser.test_equality import WORDS

FURTHER = (
    *(
        "spoke",
        "talk number",
        "harbour ferries harbour",
        "consul general came",
        "the city of",
        "a general",
        "osaka OSAKA Ōsaka",
        "speaking",
    ),
    *(
        '"harbour, of ferries"',
        '"consul general"',
        '"Official 01"',
        '"TAKADA Masumi"',
        '"takada"',
        '"of of"',
        "gazette",
        "江新",
        "official 01",
    ),
)
ANSWERS = """async (terms) => {
  const theirs = await window.searchDisk.pagefind();
  const chunks = window.searchDisk.chunks();
  const engine = await window.searchDisk.pagefind(chunks.fetchWords);
  await engine.init();
  const rank = window.searchRank(engine, chunks);
  const { idOf, fields } = await chunks.book();
  const answers = [];
  for (const term of terms) {
    const { results } = await theirs.search(term);
    const expected = results.map(({ id, score, words, matchedMetaFields = [] }) => [id, [score, words, matchedMetaFields.sort()]]);
    const found = await rank.search(term);
    const ours = [...found.pages].map((page, at) => [idOf(page), [
      found.scores[at], found.places(page).map(({ place }) => place), fields.filter((_, field) => found.fields[at] & (1 << field))]]);
    const read = [];
    for (const result of results.slice(0, 3)) {
      const { weighted_locations: places } = await result.data();
      const page = found.pages.find((page) => idOf(page) === result.id);
      read.push([places.map(({ balanced_score: score }) => score), page === undefined ? [] : found.places(page).map(({ score }) => score)]);
    }
    answers.push({ expected: Object.fromEntries(expected), found: Object.fromEntries(ours), read });
  }
  return answers;
}"""


def asked(reader: Reader, site: Path, terms: Sequence[str]) -> list[dict[str, Any]]:
    reader.goto(f"{site.as_uri()}/search.html")
    reader.wait_for(SEARCHED)
    answers: list[dict[str, Any]] = reader.evaluate(f"({ANSWERS})({json.dumps(terms)})")
    return answers


@pytest.mark.parametrize("of", ["site_folder", "large_site"])
def test_words_are_found_and_weighed_as_pagefind_does(reader: Reader, request: pytest.FixtureRequest, of: str) -> None:
    terms = [*WORDS, *FURTHER]
    answers = asked(reader, request.getfixturevalue(of), terms)

    assert sum(bool(answer["expected"]) for answer in answers) > len(terms) / 3
    for term, answer in zip(terms, answers, strict=True):
        # Of several words that stand in one place ("consul", "consul-general" for "c") Pagefind takes any: its sort is not stable.
        alike = 1e-4 if len(term) > 2 else 0.02
        assert answer["found"].keys() == answer["expected"].keys(), term
        for page, (score, places, fields) in answer["expected"].items():
            assert answer["found"][page] == [pytest.approx(score, rel=alike), places, fields], (term, page)
        for expected, found in answer["read"] if len(term) > 2 else ():
            assert found == pytest.approx(expected, rel=alike), term


def test_so_are_words_whose_places_are_not_loaded(reader: Reader, frequent_site: Path) -> None:
    terms = [term for term in (*WORDS, *FURTHER) if len(term) > 2]
    untold = 0
    for term, answer in zip(terms, asked(reader, frequent_site, terms), strict=True):
        assert answer["found"].keys() == answer["expected"].keys(), term
        for page, (score, places, fields) in answer["expected"].items():
            found = answer["found"][page]
            assert found[::2] == [pytest.approx(score, rel=1e-4), fields], (term, page)
            assert set(found[1]) <= set(places), (term, page)
            assert found[1] == places or '"' not in term, (term, page)
            untold += found[1] != places

    assert untold > 100


def test_words_follow_each_other_across_words_whose_places_are_not_loaded(reader: Reader, site_folder: Path) -> None:
    """Places (minus: of such a word), how many of these words were typed, and how many places follow each other."""
    cases: tuple[tuple[list[int], int, int], ...]
    cases = (
        ([4, 5, 6, 9], 0, 3),
        ([4, 6, 9], 0, 1),
        ([4, 6, 9], 1, 2),
        ([4, 6, 9], 2, 3),
        ([4, -5, 7], 1, 1),
        ([4, -5, 6], 1, 2),
        ([], 1, 0),
    )
    reader.goto(f"{site_folder.as_uri()}/search.html")
    reader.wait_for(SEARCHED)
    for places, passed, expected in cases:
        told = [{"place": abs(place), "isFrequent": place < 0} for place in places]
        assert reader.evaluate(f"window.searchRank.longest({json.dumps(told)}, {passed})") == expected, places
