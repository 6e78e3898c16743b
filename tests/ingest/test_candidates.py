"""Names that fell short: which are worth asking about, and what they lack."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from bindery.ingest.annotate import Known, annotate
from bindery.ingest.annotate.candidates import MOST
from bindery.ingest.annotate.overlap import overlaps
from bindery.ingest.draft import Candidate
from bindery.model import Authority
from bindery.rules import rules
from tests.ingest.test_cities import drafted


def candidates(*paragraphs: str, known: Known | None = None, **fields: Any) -> tuple[Candidate, ...]:
    """Of a page whose language is not said: in English, learnt weights may link what these sentences only hint at."""
    return annotate(drafted(*paragraphs, **{"language": None, **fields}), known or Known()).candidates


def names(*paragraphs: str) -> set[tuple[str, str]]:
    return {(candidate.kind, candidate.name) for candidate in candidates(*paragraphs)}


ASKED = {
    "a-town-of-a-name-with-many-bearers": ("Johor wants Masai to repair more ships.", ("city", "Masai")),
    "a-large-city-that-is-also-a-word": ("Die Gäste aus Deutschland wollen von Essen lernen.", ("city", "Essen")),
    "a-firm-that-is-also-a-word": ("Shell would leave, said the rumour.", ("company", "Shell")),
    "a-stranger-beside-a-firm": ("The soles are made for Nike and Zolmarin.", ("company", "Zolmarin")),
    "a-trade-in-the-name": ("The ferry belongs to Arken Line.", ("company", "Arken Line")),
    "talks-with-it": ("She was given a kettle after talks with Iwamaru and smiled.", ("company", "Iwamaru")),
    "an-honorific-and-no-office": ("They listened to Dr. Karen Whitfield and left.", ("official", "Karen Whitfield")),
    "a-name-spelt-in-sounds": ("会上，安娜·科瓦尔谈了港口。", ("official", "安娜·科瓦尔")),
    "a-japanese-form-of-address": ("会場では大村雅之氏も話した。", ("official", "大村雅之")),
}


@pytest.mark.parametrize(("text", "expected"), ASKED.values(), ids=ASKED)
def test_a_near_miss_is_asked_about(text: str, expected: tuple[str, str]) -> None:
    assert expected in names(text)


NOT_ASKED = {
    "a-common-word": "The Chamber of Commerce met in March.",
    "a-province": "Guests from Fukuoka Prefecture spoke. Fukuoka was thanked.",
    "a-word-of-two-characters": "双方签署了合作备忘录，友好交流将继续。",
    "a-body-beside-a-firm": "Siemens and the Harbour Commission met.",
    "a-person-beside-a-firm": "Siemens and Karen met.",
    "a-trade-that-ends-other-names": "They read about Sustainable Development and walked through Challawa Estate.",
    "a-word-that-opens-a-sentence": "Makers of ships came. Zolmarin.",
    "an-office-behind-a-full-stop": "He is the mayor. Karen Whitfield walked by.",
}


@pytest.mark.parametrize("text", NOT_ASKED.values(), ids=NOT_ASKED)
def test_what_is_no_near_miss_is_left_alone(text: str) -> None:
    assert names(text) == set()


def test_a_name_near_an_office_is_asked_about_and_one_beside_it_is_linked() -> None:
    apart = "The chair of the port works, who came late, Karen Whitfield, said no."
    assert names(apart) == {("official", "Karen Whitfield")}
    assert names("The mayor of Bremen, Karen Whitfield, said no.") == set()


PAGE = (
    "Johor wants Masai to repair more ships, said Mayor Ann Lee of Ipoh.",
    "Nike and Zolmarin listened to Dr. Karen Whitfield.",
    "Masai was named again, and the rumour was that Shell would leave.",
)


def test_the_nearest_comes_first() -> None:
    scores = [candidate.score for candidate in candidates(*PAGE)]
    assert len(scores) > 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


def test_candidates_overlap_neither_mentions_nor_each_other() -> None:
    annotation = annotate(drafted(*PAGE), Known())
    linked = [span for entity in annotation.entities for span in entity.spans]
    spans = [candidate.span for candidate in annotation.candidates]
    assert linked
    assert not any(overlaps(span, linked) for span in spans)
    assert not any(overlaps(one, (other,)) for one, other in combinations(spans, 2))


def test_every_place_of_a_name_is_a_candidate_with_the_best_score() -> None:
    places = [candidate for candidate in candidates(*PAGE) if candidate.name == "Masai"]
    assert len({candidate.span for candidate in places}) == 2
    assert len({candidate.score for candidate in places}) == 1


def test_it_says_what_is_lacking_and_which_rules_spoke_for_it() -> None:
    found = candidates(*PAGE, "The ferry belongs to Arken Line.", "Die Gäste aus Deutschland wollen von Essen lernen.")
    assert all(candidate.lacks for candidate in found)
    assert {code for candidate in found for code in candidate.evidence} <= set(rules())
    assert "no common word" in next(candidate.lacks for candidate in found if candidate.name == "Essen")


def test_a_city_of_one_bearer_brings_its_facts() -> None:
    (masai, *_) = (candidate for candidate in candidates(*PAGE) if candidate.name == "Masai")
    assert masai.facts["country"] == "Malaysia"


def test_a_name_confirmed_as_another_kind_is_not_asked_about() -> None:
    record = Authority("official", "zolmarin", "Zolmarin", status="confirmed", id="officials/zolmarin")
    text = "The soles are made for Nike and Zolmarin."
    assert ("company", "Zolmarin") in names(text)
    assert candidates(text, known=Known.from_authorities([record])) == ()


def test_a_page_full_of_doubt_asks_about_the_nearest_alone() -> None:
    strangers = [f"Zolm{letter}rin" for letter in "abcdefghijklm"]
    asked = candidates(*(f"The soles are made for Nike and {name}." for name in strangers))
    assert len({candidate.name for candidate in asked}) == MOST


def test_the_headline_asks_nothing() -> None:
    assert candidates("Nothing is named here.", title="Nike and Zolmarin listen to Dr. Karen Whitfield") == ()
