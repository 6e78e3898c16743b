"""Companies: known firms, legal forms, head nouns, and what stands beside a name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from bindery.ingest.annotate import Known, Places, annotate
from bindery.ingest.annotate.companies import find
from bindery.ingest.annotate.company_signs import Others
from bindery.ingest.annotate.firm_identity import base_of, subsequence
from bindery.ingest.annotate.firms import firms
from bindery.ingest.draft import Entity
from tests.ingest.test_cities import drafted
from tools import train_companies

TAUGHT = Path(__file__).resolve().parents[1] / "golden" / "pages" / "taught"


def companies(*paragraphs: str, language: str | None = None) -> tuple[Entity, ...]:
    return find(Places.of(drafted(*paragraphs)).texts, Others(language=language))


def named(*paragraphs: str) -> list[str]:
    return sorted(entity.name for entity in companies(*paragraphs))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It was hosted by Hitachi in Chengdu.", ["Hitachi"], id="a known firm"),
        pytest.param("Hitachi met somebody of Hitachi China.", ["Hitachi", "Hitachi China"], id="a subsidiary stays apart"),
        pytest.param("companies such as Hitachi Automotive and Kawasaki Robot", ["Hitachi Automotive", "Kawasaki Robot"], id="examples"),
        pytest.param("They saw Japan AIRTECH Co., Ltd., and left.", ["Japan AIRTECH Co., Ltd."], id="a legal form"),
        pytest.param("Kasapreko Company Limited and Tullow Oil plc paid.", ["Kasapreko Company Limited", "Tullow Oil plc"], id="Ghana"),
        pytest.param("Ashok Leyland Ltd. and Tata Motors", ["Ashok Leyland Ltd.", "Tata Motors"], id="India"),
        pytest.param("Sime Darby Plantation Berhad and Petronas", ["Petronas", "Sime Darby Plantation Berhad"], id="Malaysia"),
        pytest.param("Air Astana JSC flies there.", ["Air Astana JSC"], id="Kazakhstan"),
        pytest.param("Metso Automation GmbH und Biofrontera AG", ["Biofrontera AG", "Metso Automation GmbH"], id="Germany"),
        pytest.param("Vale S.A. and PKN Orlen S.A. signed.", ["PKN Orlen S.A.", "Vale S.A."], id="dotted forms"),
        pytest.param("He left Banco Angolano de Investimentos.", ["Banco Angolano de Investimentos"], id="head noun first"),
        pytest.param("Bosch (China) Investment Ltd. exhibited.", ["Bosch (China) Investment Ltd."], id="a place in brackets"),
        pytest.param("Dubai Holding and Hiroshima Bank", ["Dubai Holding", "Hiroshima Bank"], id="head nouns after a city"),
        pytest.param("Chicason Group has an executive chairman.", ["Chicason Group"], id="a group"),
        pytest.param("Mr. Okaeru, CEO, Come Homes Properties Limited; others", ["Come Homes Properties Limited"], id="after an office"),
        pytest.param("The plant is operated by Zarimont Dairy and will be sold.", ["Zarimont Dairy"], id="who operates a plant"),
        pytest.param("The supplier to Volmarin spoke; acquisition of Zentrova is next.", ["Volmarin", "Zentrova"], id="supplier and prey"),
        pytest.param("Linz-based Zarkont and the Linz-based brewer Ottavo hired.", ["Ottavo", "Zarkont"], id="based in a town"),
        pytest.param("Invitó a la firma láctea Zolara y a la empresa Ventora.", ["Ventora", "Zolara"], id="a noun before it in Spanish"),
        pytest.param("L'entreprise toulousaine Marvolec et la société Fermont recrutent.", ["Fermont", "Marvolec"], id="in French"),
        pytest.param(
            "Er führt die Firma Mirek-Plast und das Startup Isarin Aerospace.", ["Isarin Aerospace", "Mirek-Plast"], id="in German"
        ),
        pytest.param("Die Stadtwerke Emsdorf und die Trumpf-Gruppe bauen.", ["Stadtwerke Emsdorf", "Trumpf"], id="articles and groups"),
        pytest.param(
            "Era director general de Telvira y visitó la fábrica de Granzol.", ["Granzol", "Telvira"], id="chief and factory in Spanish"
        ),
        pytest.param("They praised the firm, Zelmont Wilco, for its work.", ["Zelmont Wilco"], id="a noun, a comma and the name"),
        pytest.param("Tenants include Ikea, Uniqlo and Origona.", ["Ikea", "Origona", "Uniqlo"], id="the last of a list"),
        pytest.param("Godwin & Kahner gave advice to Burkwell & Sons.", ["Burkwell & Sons", "Godwin & Kahner"], id="two owners"),
        pytest.param(
            "PJSC Zarstal and LLC Agrovent, then Bodrega Sp. z o.o. came.",
            ["Bodrega Sp. z o.o.", "LLC Agrovent", "PJSC Zarstal"],
            id="Russia, Poland",
        ),
        pytest.param(
            "Baotou Steel and Zarwa Exports (Pvt) Ltd. agreed.", ["Baotou Steel", "Zarwa Exports (Pvt) Ltd."], id="a city's steel"
        ),
        pytest.param(
            "They saw Keppel FELS, Yazaki EDS Samoa and Downer NZ.", ["Downer NZ", "Keppel FELS", "Yazaki EDS Samoa"], id="divisions"
        ),
        pytest.param("Zarmont employs 4,700 people there.", ["Zarmont"], id="who employs"),
        pytest.param(
            "In the hall Mr Lee met Big Zarrow Electric Corporation.", ["Big Zarrow Electric Corporation"], id="an adjective of its own"
        ),
        pytest.param("They want BZRD, the joint venture, to grow.", ["BZRD"], id="an apposition"),
        pytest.param("Kingfisher, the retailer, signed.", ["Kingfisher"], id="a word proved by an apposition"),
        pytest.param("Shell chief executive Wael Sawan and the CEO of Visa spoke.", ["Shell", "Visa"], id="words proved by their chiefs"),
        pytest.param("a joint venture of the Bosch Group and Velmora Motors Group", ["Bosch Group", "Velmora Motors Group"], id="partners"),
        pytest.param("He called at the head office of Murata.", ["Murata"], id="premises"),
        pytest.param("Bosch, Zollwerk and Lanxess invested.", ["Bosch", "Lanxess", "Zollwerk"], id="a stranger in a list"),
        pytest.param("Asked whether Apple would hire, he named nothing from Shell.", ["Apple", "Shell"], id="words with a lone capital"),
        pytest.param("The state firm met PT Kaca Angin Selatan there.", ["PT Kaca Angin Selatan"], id="a legal form that begins the name"),
        pytest.param("It fell to Anahuac Servicios S.A. de C.V. to pay.", ["Anahuac Servicios S.A. de C.V."], id="Mexico"),
        pytest.param("Rigalto SIA, Tallora OÜ and Vilnora UAB", ["Rigalto SIA", "Tallora OÜ", "Vilnora UAB"], id="the Baltic states"),
        pytest.param("The Port of Galveston Company paid.", ["Port of Galveston Company"], id="a port that is a company"),
        pytest.param("Workers at Zolmar and a spokesman for Vintor agreed.", ["Vintor", "Zolmar"], id="workers and a spokesman"),
        pytest.param("They saw Zarvan-operated mines of the Zemko group.", ["Zarvan", "Zemko"], id="who operates, and a group"),
        pytest.param("distillers such as Bushwell and Pilko", ["Bushwell", "Pilko"], id="examples of a trade"),
        pytest.param("Corvana Energy and Hatrona Logistics signed.", ["Corvana Energy", "Hatrona Logistics"], id="a trade after a name"),
        pytest.param("Otrar Temir NC JSC (KTZ) said KTZ would pay.", ["Otrar Temir NC JSC"], id="its own letters"),
        pytest.param("Ikea and IKEA", ["Ikea"], id="an acronym printed as a name"),
        pytest.param("AT&T, H&M and E.ON", ["AT&T", "E.ON", "H&M"], id="marks inside names"),
    ],
)
def test_a_company_is_found(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Apple growers need no visa; orange trees and a shell.", id="words"),
        pytest.param("Visa rules were relaxed, and Apple trees grew.", id="words with capitals"),
        pytest.param("the Japan Trade Promotion Agency and the German Chamber of Commerce", id="agencies and chambers"),
        pytest.param("the China-Asia Economic Development Association", id="an association"),
        pytest.param("52 Fortune Global 500 corporations and the World Bank", id="a ranking and a bank of states"),
        pytest.param("Tsinghua University, the Bank of Ghana and the Reserve Bank of India", id="a university and central banks"),
        pytest.param("Suzhou Industrial Park and the China International Import Expo", id="a park and an expo"),
        pytest.param("the Chairman of the CPPCC and the director of NDRC", id="bodies known by acronyms"),
        pytest.param("the Toyota Foundation and the Korea Trade-Investment Promotion Agency", id="names that go on to a body"),
        pytest.param("Mr. Suzuki and Henry Ford", id="people"),
        pytest.param("He drove a diesel car past the service industries of the plus side.", id="regional names in small letters"),
        pytest.param("the Ministry of Energy and the Department of Steel", id="a trade without a name"),
        pytest.param("An Apple a day, the Orange revolution and a Shell lay there.", id="words after an article"),
        pytest.param("The Company and its subsidiary signed a Technology agreement.", id="generic words"),
        pytest.param("The chairman of KLTD thanked the CEO of RAKEZ and the KNCCI Kisumu branch.", id="letters with chiefs"),
        pytest.param("A plant at Zhuhai is run by the city; the owner Ann Lee spoke of Chongqing FAO.", id="a town, a person, an office"),
        pytest.param("Surabaya-based analyst Fithra Yulianto and the farmer John Weems.", id="people with a trade"),
        pytest.param("They visited Harbour House. The Research & Development hall and Trinidad & Tobago.", id="one reason, and fields"),
        pytest.param("The mayor visited Zarmonta.", id="one visit"),
        pytest.param("Metropolitan Chief Executive and Acting Chief Executive Officer", id="adjectives of an office"),
        pytest.param("Minister for Large and Medium Industries", id="a minister's field"),
    ],
)
def test_what_is_no_company_is_left_alone(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("川崎重工業、山九、株式会社安川電機が参加。", ["山九", "川崎重工業", "株式会社安川電機"], id="Japanese"),
        pytest.param("阪和興業株式会社の会長", ["阪和興業株式会社"], id="a particle inside a name"),
        pytest.param("最早投资的企业叫明达远公司。", ["明达远公司"], id="Chinese"),
        pytest.param("会见三星（中国）半导体有限公司总经理。", ["三星（中国）半导体有限公司"], id="a place in brackets"),
        pytest.param("该公司和跨国公司签约。", [], id="generic"),
        pytest.param("현대자동차와 삼성전자", ["삼성전자", "현대자동차"], id="Korean"),
        pytest.param("ボッシュとシュナイダーエレクトリックが出展。", ["シュナイダーエレクトリック", "ボッシュ"], id="foreign firms"),
        pytest.param("再生可能エネルギーとバイエルン州の政策。", [], id="firms that only begin another word"),
        pytest.param("采埃孚、舍弗勒和西门子医疗扩建。", ["舍弗勒", "西门子医疗", "采埃孚"], id="foreign firms in Chinese"),
    ],
)
def test_native_names_need_no_spaces(text: str, expected: list[str]) -> None:
    assert named(text) == expected


NATIVE = [
    pytest.param(case["sentence"], case["companies"], id=f"{language}-{number}")
    for language, cases in yaml.safe_load((Path(__file__).parent / "native_firms.yaml").read_text(encoding="utf-8")).items()
    for number, case in enumerate(cases, 1)
]


@pytest.mark.parametrize(("sentence", "expected"), NATIVE)
def test_a_firm_is_told_by_its_list_its_noun_or_the_word_beside_it(sentence: str, expected: list[str]) -> None:
    assert sorted(named(sentence)) == sorted(expected)


EUROPEAN = [
    pytest.param(language, case["sentence"], case["companies"], id=f"{language}-{number}")
    for language, cases in yaml.safe_load((Path(__file__).parent / "european_firms.yaml").read_text(encoding="utf-8")).items()
    for number, case in enumerate(cases, 1)
]


@pytest.mark.parametrize(("language", "sentence", "expected"), EUROPEAN)
def test_a_firm_is_told_by_the_words_of_its_language(language: str, sentence: str, expected: list[str]) -> None:
    assert sorted(entity.name for entity in companies(sentence, language=language)) == sorted(expected)


@pytest.mark.parametrize(
    ("paragraphs", "forms"),
    [
        pytest.param(
            ("Nomura Research Institute of Japan planned it.", "Nomura Comprehensive Research Institute, Co., Ltd. came."),
            2,
            id="a word more",
        ),
        pytest.param(("Airbus Group and Bayer AG spoke.", "Airbus was proud."), 2, id="with and without Group"),
        pytest.param(("Northwind Savings Bank (NSB) opened.", "NSB has a counter."), 3, id="an acronym in brackets"),
        pytest.param(("Velmora Motors Group builds lorries.", "Those of Velmora run on hydrogen."), 2, id="the first word"),
    ],
)
def test_the_forms_of_one_firm_are_one_entity(paragraphs: tuple[str, ...], forms: int) -> None:
    first = companies(*paragraphs)[0]
    assert len(first.spans) == forms


def test_samsung_alone_is_none_of_its_three_companies() -> None:
    found = named("Samsung Electronics, Samsung SDI and Samsung Display met Samsung.")
    assert found == ["Samsung", "Samsung Display", "Samsung Electronics", "Samsung SDI"]


def test_a_known_firm_has_its_country() -> None:
    assert companies("Wizz Air took off.")[0].facts == {"country": "Hungary"}


def test_a_firm_is_one_in_every_script() -> None:
    assert len(companies("Schaeffler expands.", "舍弗勒和西门子签约。", "셰플러와 보쉬가 투자한다.")) == 3


def test_a_country_nobody_checked_is_no_fact() -> None:
    assert companies("They fly with Loganair.")[0].facts == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "They spoke with Polaris and with Vesuvius; then came Arctic.",
            ["Arctic", "Polaris", "Vesuvius"],
            id="alone inside a sentence",
        ),
        pytest.param(
            "Titan and the Vesuvius were seen. In Arctic Bay a Titan lay; Arctic terns came.", [], id="a word, a mountain, a place"
        ),
        pytest.param("It was posted on the Instagram page and LinkedIn profile of the town.", [], id="platforms"),
    ],
)
def test_a_name_that_is_a_word_too_needs_a_capital_of_its_own(text: str, expected: list[str]) -> None:
    assert named(text) == expected


SENTENCES = [
    pytest.param(case["sentence"], case["companies"], id=str(number))
    for number, case in enumerate(yaml.safe_load((Path(__file__).parent / "company_sentences.yaml").read_text(encoding="utf-8")), 1)
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_the_companies_of_a_sentence_and_nothing_else_are_found(sentence: str, expected: list[str]) -> None:
    found = annotate(drafted(sentence), Known()).entities
    assert sorted(entity.name for entity in found if entity.kind == "company") == expected


def test_bases_and_subsequences() -> None:
    assert base_of("Mercedes-Benz Group AG") == ("mercedes", "benz")
    assert subsequence(("nomura", "research", "institute"), ("nomura", "comprehensive", "research", "institute"))
    assert not subsequence(("hitachi",), ("hitachi", "automotive"))


def test_every_line_of_the_firm_lists_is_read() -> None:
    assert len({form.firm.name for form in firms().by_key.values()}) > 1500
    assert len(firms().by_native) > 800


LIKELY = "The deal lets Zarvolia supply turbines. Zarvolia, which makes them in two plants, has 300 workers and sells to Zimtrak."


def test_a_firm_nobody_knows_is_told_by_what_stands_around_it() -> None:
    found = companies(LIKELY, language="en")

    assert "Zarvolia" in [entity.name for entity in found]
    assert all("company-likely" in entity.evidence for entity in found)


@pytest.mark.parametrize("language", [None, "de"])
def test_the_words_around_a_name_are_read_in_english_only(language: str | None) -> None:
    assert companies(LIKELY, language=language) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The road to Zarvolia was closed in the week of the Zarvolia Night.", id="a place and a feast"),
        pytest.param("The Association of Zinc Users (AZU) said AZU members would meet.", id="letters of a body"),
        pytest.param("Voters in Zarvolia elected members of the council for the Green List.", id="an election"),
        pytest.param("He had the Zarvolia Prize and read Zimtrak, a novel.", id="a prize and a book"),
    ],
)
def test_other_strangers_stay_unlinked(text: str) -> None:
    assert companies(text, language="en") == ()


def test_the_same_pages_teach_the_same_weights(tmp_path: Path) -> None:
    """And what is taught speaks for a list beside a firm, whatever the pages."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for record in sorted(TAUGHT.glob("*.json"))[:12]:
        shutil.copy(record, pages)
        shutil.copy(record.with_suffix(".txt"), pages)
    for name in ("one.tsv", "other.tsv"):
        train_companies.main([str(pages)], tmp_path / name)
    rows = dict(line.split("\t") for line in (tmp_path / "one.tsv").read_text("utf-8").splitlines()[1:])

    assert (tmp_path / "one.tsv").read_bytes() == (tmp_path / "other.tsv").read_bytes()
    assert float(rows["list-with-firm"]) > 0
