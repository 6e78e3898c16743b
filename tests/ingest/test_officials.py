"""Who holds which office, and every place that names them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bindery.ingest.annotate import officials
from bindery.ingest.annotate.cities import Places
from bindery.ingest.draft import Draft, Entity, Metadata, Paragraph
from bindery.model import Line, Seed
from bindery.rules import rules


def draft(*texts: str, title: str | None = None, language: str = "en") -> Draft:
    paragraphs = tuple(Paragraph(text, (number,)) for number, text in enumerate(texts, 1))
    seed = Seed("page.txt", "0" * 64, 1, "utf-8", tuple(Line(number, text) for number, text in enumerate(texts, 1)))
    return Draft(seed, (), Metadata(title, None, None, None, language), paragraphs, ())


def find(*texts: str, title: str | None = None, language: str = "en") -> dict[str, Entity]:
    page = draft(*texts, title=title, language=language)
    return {entity.name: entity for entity in officials.find(page, Places.of(page))}


def forms(entity: Entity, *texts: str) -> list[str]:
    return [texts[span.paragraph][span.start : span.end] for span in entity.spans]


CODES = {"polish": "pl", "indonesian": "id", "dutch": "nl", "turkish": "tr"}
"""Languages of pages whose inflected places are read in the nominative, and their neighbours."""
SENTENCES = [
    pytest.param(case["sentence"], case["roles"], CODES.get(language, "en"), id=f"{language}-{number}")
    for source in ("official_sentences.yaml", "native_sentences.yaml")
    for language, cases in yaml.safe_load((Path(__file__).parent / source).read_text(encoding="utf-8")).items()
    for number, case in enumerate(cases, 1)
]


@pytest.mark.parametrize(("sentence", "roles", "language"), SENTENCES)
def test_a_name_beside_an_office_is_an_official_with_that_role(sentence: str, roles: dict[str, str], language: str) -> None:
    assert {name: entity.role for name, entity in find(sentence, language=language).items()} == roles


def test_capitals_of_a_headline_are_nobody_behind_a_committee() -> None:
    assert find("x", title="Wali Kota Malang Minta Kontraktor Korea Kebut Proyek Trem", language="id") == {}


def test_the_surname_alone_is_a_mention() -> None:
    texts = ("Tang Zongwei, deputy director of the committee, met the guests.", "Tang thanked them. For Tang, this was new.")
    assert forms(find(*texts)["Tang Zongwei"], *texts) == ["Tang Zongwei", "Tang", "Tang"]


def test_an_honorific_stands_outside_the_mention() -> None:
    texts = ("H.E. Mr. Lim Chee Onn, Chairman of Keppel, spoke.", "Mr. Lim left.")
    assert forms(find(*texts)["Lim Chee Onn"], *texts) == ["Lim Chee Onn", "Lim"]


def test_a_given_name_alone_is_a_mention() -> None:
    texts = ("Dmitry Yemelyanov, Consul General of Belarus, spoke.", "said Dmitry.")
    assert forms(find(*texts)["Dmitry Yemelyanov"], *texts) == ["Dmitry Yemelyanov", "Dmitry"]


def test_a_surname_two_people_share_is_left_alone_and_reported() -> None:
    page = draft("Wang Rong, party secretary, and Wang Jinhua, mayor of Suzhou, met.", "Wang spoke.")
    found = officials.examine(page, Places.of(page))
    assert [len(entity.spans) for entity in found.entities] == [1, 1]
    assert [span.paragraph for span, _ in found.ambiguous] == [1]


def test_a_title_tells_two_people_of_one_surname_apart() -> None:
    texts = ("Wang Rong, party secretary, and Wang Jinhua, mayor of Suzhou, met.", "Mayor Wang spoke.")
    assert forms(find(*texts)["Wang Jinhua"], *texts) == ["Wang Jinhua", "Wang"]


def test_a_private_person_of_the_same_surname_makes_it_ambiguous() -> None:
    texts = ("Mayor Michael Jones met his friend Peter Jones.", "Jones laughed.")
    assert forms(find(*texts)["Michael Jones"], *texts) == ["Michael Jones"]


def test_a_japanese_surname_before_a_title_is_a_mention() -> None:
    texts = ("赤松秀一総領事・大使が訪れた。", "赤松大使は述べた。")
    assert forms(find(*texts)["赤松秀一"], *texts) == ["赤松秀一", "赤松"]


def test_the_fullest_role_of_a_page_counts() -> None:
    found = find("Ambassador Simon Adovelande arrived.", "Simon Adovelande, the ambassador of Benin in China, spoke.")
    assert found["Simon Adovelande"].role == "ambassador of Benin in China"
    assert found["Simon Adovelande"].role_span is not None
    assert found["Simon Adovelande"].role_span.paragraph == 1


def test_a_role_in_the_headline_counts_for_a_name_in_the_body() -> None:
    found = find("Lu Wei paid a visit to Nice.", title="Nice Visited by Chinese Ambassador to France Lu Wei")
    assert found["Lu Wei"].role == "Chinese Ambassador to France"
    assert found["Lu Wei"].role_span is None


def test_a_misspelt_name_is_a_variant() -> None:
    found = find("Guo Gengmao, governor of Henan, spoke. Gou Gengmao said so.")
    assert found["Guo Gengmao"].variants == ("Gou Gengmao",)


def test_the_native_name_in_brackets_is_a_variant() -> None:
    assert find("Zhang Yongwu (章勇武), mayor of Hefei, spoke.")["Zhang Yongwu"].variants == ("章勇武",)
    assert find("市政府主任の章勇武（Zhang Yongwu）氏が述べた。")["章勇武"].variants == ("Zhang Yongwu",)


def test_capitals_of_a_surname_are_calmed_and_tell_the_order() -> None:
    found = find("NING Jizhe, chairman of the commission, spoke.")["Ning Jizhe"]
    assert found.facts["name_order"] == "family-first"


OFFICES = [
    ("Ann Lee, consul of Peru in Lyon, spoke.", "diplomatic"),
    ("Ann Lee, secretary of the party committee, spoke.", "government"),
    ("Ann Lee, president of France, spoke.", "government"),
    ("Ann Lee, president of Acme Group, spoke.", "corporate"),
    ("Ann Lee, chairman of Keppel, spoke.", "corporate"),
    ("Ann Lee, president of the Chamber of Commerce, spoke.", "other"),
    ("Ann Lee, dean of the University of Porto, spoke.", "other"),
]


@pytest.mark.parametrize(("sentence", "office"), OFFICES, ids=[sentence[9:40] for sentence, _ in OFFICES])
def test_an_office_has_its_kind(sentence: str, office: str) -> None:
    assert find(sentence)["Ann Lee"].facts["office"] == office


NOBODY = [
    "Reporter Chen Yu and photographer Wang Hao were there.",
    "Professor Li Hong of Tongji University spoke.",
    "Consul Generals Talk about the Potential of the City",
    "On Monday, Suzhou Industrial Park opened; Nomura Research Institute drew the plan in May 2019.",
    "President Hotel in Moscow and Governor Street were closed.",
    "The mayor and the party secretary of the city were absent.",
]


@pytest.mark.parametrize("sentence", NOBODY, ids=[sentence[:20] for sentence in NOBODY])
def test_a_name_without_an_office_and_an_office_without_a_name_are_no_officials(sentence: str) -> None:
    assert find(sentence) == {}


def test_every_rule_has_its_sentence() -> None:
    found = find(
        "Mayor Ann Lee spoke.",
        "Lee left. Bo Xi, head of Acme, and the consul of Peru, Al Roe, came. Jim Poe was named as director of Acme.",
    )
    assert {code for entity in found.values() for code in entity.evidence} <= set(rules())
