"""Cities: gazetteer and context."""

from __future__ import annotations

import time

import pytest

from bindery.ingest.annotate import Known, Places
from bindery.ingest.annotate.cities import find
from bindery.ingest.annotate.gazetteer import Gazetteer, entries, fold, gazetteer
from bindery.ingest.draft import Draft, Entity, Metadata, Paragraph
from bindery.model import Authority, Seed


def drafted(*paragraphs: str, title: str | None = None, language: str | None = "en") -> Draft:
    """A cleaned page of these paragraphs."""
    seed = Seed("page.txt", "0" * 64, 0, "utf-8", ())
    metadata = Metadata(title, None, None, None, language)
    return Draft(seed, (), metadata, tuple(Paragraph(text, (number,)) for number, text in enumerate(paragraphs, 1)), ())


def cities(*paragraphs: str, title: str | None = None) -> dict[str, Entity]:
    entities, _ = find(Places.of(drafted(*paragraphs, title=title)))
    return {entity.name: entity for entity in entities}


def named(*paragraphs: str) -> list[str]:
    return sorted(cities(*paragraphs))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Delegates met in Chongqing on Monday.", ["Chongqing"], id="a city in running text"),
        pytest.param("SUZHOU, China, July 4, 2019 /PRNewswire/ -- The fair opened.", ["Suzhou"], id="a dateline in capitals"),
        pytest.param("Talks went on in Xi'an and in Xian.", ["Xi’an"], id="two spellings are one city"),
        pytest.param("Suzhou's gardens draw Beijing’s guests.", ["Beijing", "Suzhou"], id="a possessive"),
        pytest.param("The Chengdu-Chongqing region grows.", ["Chengdu", "Chongqing"], id="a compound"),
        pytest.param("In Leverkusen, Solingen und Essen lernen sie.", ["Essen", "Leverkusen", "Solingen"], id="a list in German"),
        pytest.param("La délégation rejoindra Nantes et Tours demain.", ["Nantes", "Tours"], id="a list in French"),
        pytest.param(
            "Traders in Manchester and Hull in England came.",
            ["Kingston upon Hull", "Manchester"],
            id="a word beside a city of its country",
        ),
        pytest.param("Joinville lies in Brazil, and Santa Catarina pays.", ["Joinville"], id="a state of the country the page names"),
        pytest.param("Budapest-Chongqing flights have resumed.", ["Budapest", "Chongqing"], id="a route"),
        pytest.param("The Consul General of Japan in Shanghai spoke.", ["Shanghai"], id="an office abroad"),
        pytest.param("It is based in the Wuxi National High-tech District.", ["Wuxi"], id="a zone of a city"),
        pytest.param("The Suzhou Municipal Committee met.", ["Suzhou"], id="a body of a city"),
        pytest.param("A plant was built in Shen Zhen near the Pearl River.", ["Shenzhen"], id="a Chinese city by the syllable"),
        pytest.param("Singapore and Hong Kong sent guests to Dubai.", ["Dubai", "Hong Kong", "Singapore"], id="city-states"),
        pytest.param("Guests came from Duesseldorf, Genf and Peking.", ["Beijing", "Düsseldorf", "Geneva"], id="other spellings"),
        pytest.param("The mayor of Celle, Ute Brandt, came from Germany.", ["Celle"], id="a town by its mayor"),
        pytest.param("Talks with Zwickau, Plauen and Görlitz went on.", ["Görlitz", "Plauen", "Zwickau"], id="smaller cities"),
        pytest.param("She read about it in Bath and flew from Nice to Cork.", ["Bath", "Cork", "Nice"], id="words after a preposition"),
        pytest.param("Danyang and Liuyang are county-level cities.", ["Danyang", "Liuyang"], id="cities filed under their seat"),
        pytest.param("A distillery buys malt from Skibbereen.", [], id="a small town of a country nobody names"),
        pytest.param("Ireland's smallest brewery opened in Skibbereen.", ["Skibbereen"], id="a small town in a country the page names"),
        pytest.param("The new line ends in Decherd, Tennessee.", ["Decherd"], id="a small town before its state"),
        pytest.param("The mayor of Skibbereen spoke.", ["Skibbereen"], id="a small town by its mayor"),
        pytest.param("Nantua's mayor and council wrote.", ["Nantua"], id="a small town's own mayor"),
        pytest.param("The team visited Skibbereen High School.", [], id="a small town inside a longer name"),
        pytest.param("An engine of Belarus travelled to Zhodino.", ["Horad Zhodzina"], id="the Russian name of a city of Belarus"),
        pytest.param("Flights of Argentina to Bariloche resumed.", ["San Carlos de Bariloche"], id="the last word of a long name"),
        pytest.param("Toyota City hosts the fair.", ["Toyota"], id="City is part of the name"),
        pytest.param("The Nelson City Council met in New Zealand.", ["Nelson"], id="a city council's city"),
        pytest.param("Boats crossed Tampa Bay and Armenia Avenue.", [], id="water and streets"),
        pytest.param("There is an avenue in Tampa, and Tampa Bay is near.", ["Tampa"], id="a city beside its bay"),
        pytest.param("The Mayor of Armenia, Quindío, came.", ["Armenia"], id="a city named like a country, by its province"),
        pytest.param("He spoke of dairy in the district of Novo Sarandi in Brazil.", [], id="a place called after another"),
        pytest.param("O leite do Oeste do Paraná vai para Curitiba.", ["Curitiba"], id="a Brazilian state has an article"),
        pytest.param("The plant in Sligo will open, Ireland said.", ["Sligo"], id="nobody is in a person"),
        pytest.param("Sligo said that he would come to Ireland.", [], id="a person speaks"),
        pytest.param("Lille and Kempten were in the race.", ["Kempten (Allgäu)", "Lille"], id="two names prove each other"),
        pytest.param("Haven Hydraulics, of Hull, left England with orders.", ["Kingston upon Hull"], id="a firm of a city"),
        pytest.param("In Paris, Texas, they looked at Hugo.", ["Hugo", "Paris"], id="of several towns the nearest"),
        pytest.param("A delegation from Walvis Bay in Namibia spoke.", ["Walvis Bay"], id="a city whose name ends in water"),
        pytest.param("광양시는 지난 5월 포산시의 초청을 받았다.", ["Foshan", "Gwangyang"], id="Jinan is also 'last' in Korean"),
        pytest.param("The European Union Chamber of Commerce met.", [], id="a word before a chamber"),
        pytest.param("KOTRA opened an office in Quito.", ["Quito"], id="capitals of an abbreviation"),
        pytest.param(
            "A guest went on to Kariya and to Toyota City in Japan.", ["Kariya", "Toyota"], id="a family name beside a city of its country"
        ),
    ],
)
def test_a_city_is_found(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Reading books is nice, and the mobile page loads fast.", id="words"),
        pytest.param("Visitors from Fukuoka Prefecture and Guangdong province arrived.", id="provinces"),
        pytest.param("Mexico, Kuwait and Luxembourg signed; Georgia did not.", id="countries"),
        pytest.param("Paris Hilton, Jack London and Mr. Jackson were there.", id="people"),
        pytest.param("He studied at Nanjing University and the University of Oxford.", id="universities"),
        pytest.param("The Shanghai Daily and the Boston Globe wrote about it.", id="newspapers"),
        pytest.param("They walked down Nanjing Road to the Pearl River.", id="a street and a river"),
        pytest.param("Jackson Street is closed; Lake Geneva is calm.", id="a street and a lake"),
        pytest.param("Officials of Jiangjin District and Liangjiang New Area spoke.", id="districts and new areas"),
        pytest.param("Columbia University in the City; the Bank rose in August.", id="words with capitals"),
    ],
)
def test_what_is_no_city_is_left_alone(text: str) -> None:
    assert named(text) == []


def test_a_district_named_in_full_keeps_its_short_name_from_being_a_city() -> None:
    assert named("Secretary of Xiangcheng District in Suzhou.", "Xiangcheng will build a bridge.") == ["Suzhou"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        pytest.param("Ann Lee, Mayor of Rochester, Minnesota, spoke.", "Rochester", "United States", id="a state beside it"),
        pytest.param("The mayor of Columbia, Mo., spoke.", "Columbia", "United States", id="an abbreviated state"),
        pytest.param("Victoria, the capital of British Columbia, is in Canada.", "Victoria", "Canada", id="a province on the page"),
        pytest.param("The mayor of Valencia came from Spain.", "Valencia", "Spain", id="a country on the page"),
        pytest.param("Sessions were staged in Chicago, San Diego and Vancouver.", "Vancouver", "Canada", id="a metropolis among towns"),
        pytest.param("Moscow and London agreed.", "London", "United Kingdom", id="the dominant one"),
    ],
)
def test_the_page_says_which_city_of_a_name_is_meant(text: str, name: str, country: str) -> None:
    assert cities(text)[name].facts["country"] == country


def test_a_name_of_two_cities_is_reported_and_not_guessed() -> None:
    entities, ambiguous = find(Places.of(drafted("The mayor of Springfield welcomed guests.")))
    assert entities == ()
    assert [reason.split(" may be ")[0] for _, reason in ambiguous] == ["'Springfield'"]


def test_two_readings_on_one_page_are_not_mixed_up() -> None:
    entities, ambiguous = find(
        Places.of(drafted("Reading, on the Schuylkill in Pennsylvania, is a city.", "The mayor of Reading, England, sent a word."))
    )
    countries = {entity.facts["country"] for entity in entities}
    assert "United Kingdom" in countries
    assert len(entities) + len(ambiguous) >= 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("重慶市と東京都の代表が参加した。", ["Chongqing", "Tokyo"], id="Japanese"),
        pytest.param("無錫市長は大連を訪問した。", ["Dalian", "Wuxi"], id="mayor and visit"),
        pytest.param("广州与德黑兰市将加强合作。", ["Guangzhou", "Tehran"], id="Chinese"),
        pytest.param("廣島和圖盧茲是友好城市。", ["Hiroshima", "Toulouse"], id="traditional characters"),
        pytest.param("부산시장은 서울에서 인천광역시 대표를 만났다.", ["Busan", "Incheon", "Seoul"], id="Korean with particles"),
        pytest.param("ロンドンやパリとの協力。", ["London", "Paris"], id="katakana"),
        pytest.param("福岡県と静岡県の知事。", [], id="prefectures"),
        pytest.param("松本大使があいさつした。", [], id="a family name"),
        pytest.param("重庆大学和上海银行。", [], id="a university and a bank"),
    ],
)
def test_native_names_need_no_spaces(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_a_city_has_its_english_name_native_variants_and_facts() -> None:
    city = cities("重慶市で会議。Chongqing hosted it.")["Chongqing"]
    assert city.facts == {"country": "China", "latitude": "29.5603", "longitude": "106.5577", "geonames": "1814906"}
    assert {"重庆", "重慶"} <= set(city.variants)
    assert len(city.spans) == 2


def test_places_know_every_place_name_and_the_mentions_of_a_paragraph() -> None:
    places = Places.of(drafted("Suzhou and Tokyo are friends.", title="Guests from Japan"))
    assert all(places.is_place(name) for name in ("Suzhou", "Jiangsu", "Japan", "Japanese", "重庆", "Asia"))
    assert not places.is_place("Tang Zongwei")
    assert [(span.start, span.end) for span in places.spans(0)] == [(0, 6), (11, 16)]


def test_a_confirmed_record_decides_a_weak_name() -> None:
    page = drafted("Talks with Reading go on.")
    record = Authority("city", "reading", "Reading", status="confirmed", facts={"geonames": "2639577"}, id="cities/reading")
    assert find(Places.of(page))[0] == ()
    known = Known.from_authorities([record, Authority("city", "x", "Proposed", id="cities/x")])
    assert known.lookup("reading") == (("city", "cities/reading"),)
    assert known.lookup("Proposed") == ()
    assert [mention.evidence for mention in Places.of(page, known).unsure + Places.of(page, known).mentions]


def test_spellings_fold_alike() -> None:
    assert fold("Xi’an") == fold("XIAN") == "xian"
    assert fold("Düsseldorf") == fold("Dusseldorf")
    assert fold("St. Gallen") == "st gallen"


def test_the_gazetteer_loads_in_half_a_second() -> None:
    gazetteer.cache_clear()
    start = time.process_time()
    loaded = gazetteer()
    assert isinstance(loaded, Gazetteer)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("pl", "W Bydgoszczy i Toruniu otwarto biura; konferencja w Zielonej Górze.", ["Bydgoszcz", "Toruń", "Zielona Góra"]),
        ("pl", "Wczoraj w Brukseli i Hamburgu podpisano umowę z portem w Antwerpii.", ["Antwerp", "Brussels", "Hamburg"]),
        ("pl", "Prezydent Katowic był w Londynie i Pradze.", ["Katowice", "London", "Prague"]),
        ("pl", "Piła i żagiel leżą w stodole. Dobra Rada nie jest droga.", []),
        ("en", "They read Katowic and Hamburgu on the list.", []),
        ("tr", "Toplantı Bursa'da yapıldı; heyet Münih'ten ve Viyana'dan geldi.", ["Bursa", "Munich", "Vienna"]),
        ("it", "I traffici verranno spostati da Salonicco e, in parte, dalla Spezia.", ["La Spezia", "Thessaloníki"]),
        ("de", "Busse fahren von Klausenburg nach Temeswar.", ["Cluj-Napoca", "Timişoara"]),
        ("zh", "新厂位于波兰弗罗茨瓦夫，总部在荷兰埃因霍温。", ["Eindhoven", "Wrocław"]),
        ("zh", "總部位於荷蘭恩荷芬。", ["Eindhoven"]),
        ("ko", "멕시코 알타미라와 인도네시아 칠레곤에서 일했다. 멕시코는 멀다.", ["Altamira", "Cilegon"]),
        ("ja", "ハンガリーのデブレツェンで工場が動きだした。", ["Debrecen"]),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) == 2 else "",
)
def test_a_city_is_found_by_what_the_language_of_the_page_calls_it(language: str, text: str, expected: list[str]) -> None:
    entities, _ = find(Places.of(drafted(text, language=language)))
    assert sorted(entity.name for entity in entities) == expected


def test_every_exonym_names_a_city() -> None:
    for _, name, country, forms in entries("exonyms_by_language.tsv"):
        for form in forms.split("|"):
            known = (*gazetteer().named(fold(form)), *gazetteer().native(form))
            assert (name, country) in {(city.name, city.country) for city in known}
