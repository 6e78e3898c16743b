"""The assembly: every place to one entity, in order, suspects left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from bindery.ingest.annotate import Known, annotate
from bindery.ingest.annotate.overlap import resolved
from bindery.ingest.draft import Entity, Span, Suspect
from bindery.rules import rules
from tests.ingest.test_cities import drafted

PAGE = (
    "Liu Xiaoliu, Vice Mayor of Chengdu city, and Ida Takashi, General Representative of Hitachi China, met in Chengdu.",
    "The Bank of Shanghai and Bosch Hydrogen Powertrain Systems (Chongqing) Co Ltd sent nobody to Wuxi.",
)


def test_people_companies_and_cities_are_found_together() -> None:
    found = {(entity.kind, entity.name) for entity in annotate(drafted(*PAGE), Known()).entities}
    assert {("city", "Chengdu"), ("city", "Wuxi"), ("company", "Hitachi China"), ("official", "Ida Takashi")} <= found


def test_a_city_only_inside_a_company_is_not_named() -> None:
    found = {entity.name for entity in annotate(drafted(*PAGE), Known()).entities if entity.kind == "city"}
    assert found.isdisjoint({"Shanghai", "Chongqing"})


def test_mentions_never_overlap_and_entities_stand_in_order() -> None:
    entities = annotate(drafted(*PAGE), Known()).entities
    spans = sorted(span for entity in entities for span in entity.spans)
    assert all(one.paragraph != other.paragraph or one.end <= other.start for one, other in pairwise(spans))
    assert [entity.spans[0] for entity in entities] == sorted(entity.spans[0] for entity in entities)


def test_the_same_page_gives_the_same_annotation() -> None:
    assert annotate(drafted(*PAGE), Known()) == annotate(drafted(*PAGE), Known())


def test_a_suspect_run_names_nobody() -> None:
    page = drafted("Vice-Chairman of Siemens Shanghai Casino of China spoke in Wuxi.")
    suspect = replace(page, suspects=(Suspect(0, 17, 40, "spam"),))
    names = {entity.name for entity in annotate(suspect, Known()).entities}
    assert names.isdisjoint({"Siemens", "Shanghai"})
    assert "Wuxi" in names


def test_a_name_in_the_title_alone_has_no_place() -> None:
    assert annotate(drafted("Nothing is named here.", title="Guests from Hitachi in Wuxi"), Known()).entities == ()


def test_every_evidence_is_a_rule_with_a_sentence() -> None:
    entities = annotate(drafted(*PAGE), Known()).entities
    assert {code for entity in entities for code in entity.evidence} <= set(rules())


@pytest.mark.parametrize(("first", "second", "kept"), [("official", "city", "official"), ("city", "company", "company")])
def test_a_place_two_kinds_claim_goes_to_one(first: str, second: str, kept: str) -> None:
    entities = (Entity(first, "A", (Span(0, 0, 5),)), Entity(second, "B", (Span(0, 3, 9),)))
    assert [entity.kind for entity in resolved(entities)] == [kept]


def test_an_empty_page_has_nothing() -> None:
    assert annotate(drafted(), Known()).entities == ()
