"""Organisations are found where site.yaml has the kind, and take nothing from cities, officials and companies."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bindery import config, pipeline
from bindery.ingest.annotate import annotate, organisations_listed
from bindery.ingest.annotate.known import Known
from bindery.ingest.draft import Annotation, Entity
from bindery.ingest.identity import Register
from bindery.model import Authority
from tests.ingest.test_cities import drafted

SENTENCES = yaml.safe_load(Path(__file__).with_name("organisation_sentences.yaml").read_text("utf-8"))
PAGE = (
    "Tang Zongwei, deputy director of the Chongqing Administration Committee, met with Tomita Masakiro, Consul-General in Chongqing.",
    "Tang praised Liangjiang New Area and Hitachi Automotive, and the Wuxi New District (WND) in Wuxi, China. WND has cranes.",
)
SITE = "kinds:\n" + "".join(
    f"  {name}: {{folder: {folder}, facts: [{facts}]}}\n"
    for name, folder, facts in (
        ("city", "cities", "country, geonames"),
        ("official", "officials", "office, name_order"),
        ("company", "companies", "country"),
        ("organisation", "organisations", "country"),
    )
)


def found(paragraphs: tuple[str, ...], kinds: frozenset[str] = frozenset({"organisation"}), known: Known | None = None) -> Annotation:
    return annotate(drafted(*paragraphs), known or Known(), kinds)


def bodies(annotation: Annotation) -> list[Entity]:
    return [entity for entity in annotation.entities if entity.kind == "organisation"]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_an_organisation_is_linked_where_its_words_prove_it(sentence: str, expected: list[str]) -> None:
    spans = sorted(span for body in bodies(found((sentence,))) for span in body.spans)

    assert [sentence[span.start : span.end] for span in spans] == expected


def test_the_others_have_what_they_have_without_the_kind() -> None:
    with_it, without = found(PAGE), found(PAGE, frozenset())
    others = tuple(entity for entity in with_it.entities if entity.kind != "organisation")

    assert [body.name for body in bodies(with_it)] == ["Liangjiang New Area", "Wuxi New District"]
    assert (others, with_it.ambiguous) == (without.entities, without.ambiguous)
    assert bodies(without) == []


def test_what_another_has_is_not_taken_and_the_acronym_still_leads_to_the_name() -> None:
    (_, district) = bodies(found(PAGE))

    assert [PAGE[1][span.start : span.end] for span in district.spans] == ["WND", "WND"]
    assert "WND" in district.variants


def test_the_acronym_of_a_confirmed_record_is_known_on_every_page() -> None:
    record = Authority("organisation", "zpf", "Zolmar Port Federation", ("ZPF",), "confirmed", id="organisations/zpf")
    page = ("The ZPF was asked.",)

    assert [body.name for body in bodies(found(page, known=Known.from_authorities([record])))] == ["ZPF"]
    assert bodies(found(page)) == []


def test_two_bodies_of_one_acronym_stay_two() -> None:
    register = Register()
    register.add(Authority("organisation", "a", "Brenfield Cranes Association", ("BCA",), id="organisations/a"))
    other = Entity("organisation", "Belford Citizens Association", (), variants=("BCA",))
    same = Entity("organisation", "Brenfield Cranes Association", ())

    assert register.match(other, {}).authority is None
    assert register.match(same, {}).authority == register.authorities["organisations/a"]


def test_ministries_of_two_countries_are_two() -> None:
    (german, french) = bodies(found(("The German Ministry of Justice met the French Ministry of Justice.",)))

    assert (german.name, french.name) == ("Ministry of Justice of Germany", "Ministry of Justice of France")
    assert {*german.variants, *french.variants} == {"German Ministry of Justice", "French Ministry of Justice"}


def test_no_form_of_the_list_is_that_of_two_bodies() -> None:
    forms = [form for form, _ in organisations_listed.forms()]

    assert len(forms) == len(set(forms)) > 100


@pytest.mark.parametrize("has_kind", [True, False], ids=["with the kind", "without"])
def test_records_are_proposed_where_the_archive_has_the_kind(tmp_path: Path, *, has_kind: bool) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/page.txt").write_text("Guests in Chongqing\n\nMay 14, 2018\n\n" + "\n\n".join(PAGE) + "\n", encoding="utf-8")
    (tmp_path / "site.yaml").write_text(SITE if has_kind else "title: A\n", encoding="utf-8")
    pipeline.ingest(config.load(tmp_path))
    (briefing,) = (tmp_path / "content/briefings").glob("2*.md")

    assert (tmp_path / "content/organisations/liangjiang-new-area.md").is_file() is has_kind
    assert ("[WND](../organisations/wuxi-new-district.md)" in briefing.read_text("utf-8")) is has_kind
