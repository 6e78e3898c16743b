"""Text in East Asian scripts → toponyms: names that no space sets apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec.structs import replace

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.gazetteer import City, gazetteer
from bindery.ingest.annotate.toponyms import Toponym
from bindery.ingest.annotate.words import Text, lexicon
from bindery.ingest.draft import Span
from bindery.rules import active

HAN = "㐀-鿿豈-﫿々〆ヶ"
KANA = "ァ-ヺー"
HANGUL = "가-힣"
RUN = re.compile(rf"[{HAN}]+|(?:いわき|つくば|さいたま)市?|[{KANA}][{KANA}・]*|[{HANGUL}]+")
HIRAGANA = re.compile("[ぁ-ん]")

WIDER = (*"省县縣県区區州道郡町村岛島川江河湖路街府", "半岛", "半島")
"""What makes a name another area when it follows: 福岡県, 海淀区, 南京路."""
INSTITUTION = re.compile(
    r"(?:(?![的在与和會会見见了是访訪到将將為为舉举行對对])[㐀-鿿]){0,6}?(?:大学|大學|学院|學院|中学|中學|国小|國小|國中|小学|小學|高中|航空|银行|銀行|日报|日報|晚报|晚報|新闻网|新聞社|新聞|电视台|電視臺|证券|證券|証券|"
    r"股份|有限|集团|集團|公司|株式会社|汽车厂|医院|醫院|病院)"
)
MUNICIPAL = re.compile(r"市(?!场|場|民|值|面|井|价|價|售|况|況|外|内|內)")
GOVERNS = re.compile(r"(?:市长|市長|市委|市政府|市人民|市议会|市議会|市商務|市商务|市部门|市外)")
TOWARD = tuple("駐驻在訪访赴抵到至飞从自与和・、：（“「同對对")
LOCATED = ("で", "へ", "に", "から", "を訪", "訪問", "入り", "滞在")
STATIONS = ("空港", "機場", "机场", "総領事館", "总领事馆", "總領事館")
PLACED = ("の", "と", "を", "、", "・", "/", "（", "）", "＝", "=", "」", "は", "が")
KOREAN_AFTER = re.compile(
    r"(특별시|광역시|특별자치시|시)?(?:장|청|의회|민|립|항|공항|국제공항|역|지역|사무소)?(에서는|에서도|에서|에는|에도|에|에게|으로|로|와|과|은|는|이|가|을|를|의|도|까지|부터|행|발|간|"
    r"주재|총영사관?|무역관|지역|사무소|(?:공항|항|역)(?:을|를|에서|에|과|와|은|는|이|가|의|으로|로)?)?"
)


OFFICES = ("장", "청", "의회", "의원", "의장", "민", "립")
"""What a city's office, council and people are called behind 시."""


@cache
def korean_words() -> frozenset[str]:
    """Names that are words too: 지난 19일 is last 19th, and seldom Jinan."""
    return lexicon("places", "word_names_korean.txt")


@cache
def words() -> frozenset[str]:
    """Names that are common words: 合作 is cooperation, and seldom the city of Gansu."""
    return lexicon("places", "word_names_native.txt")


@cache
def common() -> frozenset[str]:
    """Japanese family names: 松本 is a person more often than the city."""
    return lexicon("people", "japanese_families.txt")


def toponyms(text: Text) -> Iterator[Toponym]:
    """Every native gazetteer name, longest first, with its score."""
    if text.text.isascii() or not active("city-native"):
        return
    for run in RUN.finditer(text.text):
        if "가" <= run.group()[0] <= "힣":
            yield from _korean(text, run)
        else:
            yield from _spaceless(text, run)


def area_codes(text: str) -> Iterator[str]:
    """ISO codes of the countries whose native names stand in a text."""
    if not text.isascii():
        for match in _countries().finditer(text):
            yield areas().countries[match.group()]


@cache
def _countries() -> re.Pattern[str]:
    names = sorted((name for name in areas().countries if len(name) > 1 and name[0] > "⺀"), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, names)))


def _korean(text: Text, run: re.Match[str]) -> Iterator[Toponym]:
    word = run.group()
    for size in range(len(word), 1, -1):
        cities = gazetteer().native(word[:size])
        rest = KOREAN_AFTER.fullmatch(word[size:]) if cities else None
        if rest:
            municipal = bool(rest.group(1)) and active("city-office")
            score = 9 if cities[0].population >= 300_000 else 4
            if (word[:size] in korean_words() or _is_country(word[:size], cities)) and not municipal:
                return
            told = _told_by_country(text.text, run.start(), cities)
            score += COUNTRY_BEFORE if told else 0
            score += 4 if "·" in (text.text[run.start() - 1 : run.start()], text.text[run.end() : run.end() + 1]) else 0
            score += (6 if municipal else 0) + (4 if (rest.group(2) or "").startswith(("에", "공항", "항", "주재", "총영사")) else 0)
            extent = size + (1 if rest.group(1) == "시" and not word.startswith(OFFICES, size + 1) else 0)
            span = Span(text.paragraph, run.start(), run.start() + extent)
            found = _toponym(text, span, word[:size], score, municipal=municipal)
            yield replace(found, cities=told, evidence=(*found.evidence, "city-country")) if told else found
            return


def _spaceless(text: Text, run: re.Match[str]) -> Iterator[Toponym]:
    word, index = run.group(), 0
    while index < len(word) - 1:
        size = _longest(word, index)
        if not size:
            index += 1
            continue
        found = _judge(text, run.start() + index, size)
        if found:
            yield found
        index += size


def _longest(word: str, index: int) -> int:
    for size in range(min(gazetteer().longest_from(word[index]), len(word) - index), 1, -1):
        if gazetteer().is_native(word[index : index + size]):
            return size
    return 0


def within_city(text: str, start: int, end: int) -> bool:
    """布勒 in 德布勒森, 자카 in 자카르타: whether a short name's letters are some of a city's longer name."""
    size = end - start
    return size < LONGEST_WITHIN and any(
        gazetteer().is_native(text[first:last])
        for first in range(max(0, start - CITY_REACH), start + 1)
        for last in range(end, min(end + CITY_REACH, len(text)) + 1)
        if last - first > size
    )


def _judge(text: Text, start: int, size: int) -> Toponym | None:
    name = text.text[start : start + size]
    before, after = text.text[max(0, start - 1) : start], text.text[start + size :]
    cities = gazetteer().native(name)
    told = _told_by_country(text.text, start, cities)
    if name.endswith("市") and after.startswith(("场", "場", "民", "值")):
        return None
    if after.startswith(WIDER) and not after.startswith(("府中", "道路", "州市")):
        return None
    if _is_bearer(text, start, name, after):
        return replace(_toponym(text, Span(text.paragraph, start, start + size), name, 0, municipal=False), person=True)
    if re.match(f"[{KANA}]", name) and (re.match(f"[{KANA}]", after) or re.fullmatch(f"[{KANA}]", before)):
        return None
    municipal, governs = name.endswith("市") or bool(MUNICIPAL.match(after)), bool(GOVERNS.match(after))
    if not (municipal or governs) and (name in words() or _is_country(name, cities)):
        return None
    if not municipal and INSTITUTION.match(after):
        return None
    score = _prior(name, cities[0], japanese=bool(HIRAGANA.search(text.text)))
    score += 10 if (municipal or governs) and active("city-office") else 0
    score += 3 if before in TOWARD else 0
    score += COUNTRY_BEFORE if told else 0
    score += 4 if after.startswith((*LOCATED, *STATIONS)) else 2 if after.startswith(PLACED) else 0
    extent = size + (1 if municipal and not governs and not name.endswith("市") else 0)
    found = _toponym(text, Span(text.paragraph, start, start + extent), name, score, municipal=municipal or governs)
    return replace(found, cities=told, evidence=(*found.evidence, "city-country")) if told else found


LONGEST_WITHIN, CITY_REACH = 4, 3
"""Letters of which a name is part of no other, and those by which a city's may go on to either side."""
COUNTRY_BEFORE = 8
"""Worth of a city's own country directly before it: 匈牙利|德布勒森, 멕시코 |알타미라."""
COUNTRY_LENGTH = 8
CITY_STATES = frozenset({"SG", "HK", "MO", "MC", "VA", "GI"})


def _told_by_country(text: str, start: int, cities: tuple[City, ...]) -> tuple[City, ...]:
    """The cities of a name that lie in the country printed right before it."""
    if not active("city-country"):
        return ()
    before = text[max(0, start - COUNTRY_LENGTH) : start].removesuffix(" ").removesuffix("の").removesuffix("의")
    known = areas().countries
    code = next((known[before[-size:]] for size in range(len(before), 1, -1) if before[-size:] in known), None)
    return tuple(city for city in cities if city.country == code) if code else ()


def _is_country(name: str, cities: tuple[City, ...]) -> bool:
    """멕시코 is Mexico before it is its capital; Singapore is both."""
    return name in areas().countries and cities[0].country not in CITY_STATES


TITLE_BEFORE = re.compile(
    "(?:市長|市长|会長|会长|會長|社長|部長|部长|局長|局长|所長|所长|院長|院长|主席|会頭|會頭|知事|教授|団長|團長|团长|議長|议长|理事|領事|领事|大使)$"
)


def _is_bearer(text: Text, start: int, name: str, after: str) -> bool:
    """高松市長川崎修平: a family name between an office and a given name."""
    named = name in common() and re.match(f"[{HAN}]", after) and not after.startswith(("市", "県", "縣"))
    return bool(named) and TITLE_BEFORE.search(text.text[max(0, start - 3) : start]) is not None


def _prior(name: str, city: City, *, japanese: bool) -> int:
    size = next(worth for smallest, worth in ((1_000_000, 10), (300_000, 8), (100_000, 5), (0, 2)) if city.population >= smallest)
    if name in common() and (city.population < 1_000_000 or (japanese and city.population < 5_000_000)):
        size -= 4
    return size


def _toponym(text: Text, span: Span, name: str, score: int, *, municipal: bool) -> Toponym:
    evidence = ("city-native", "city-office") if municipal else ("city-native",)
    return Toponym(span, text.text[span.start : span.end], name, gazetteer().native(name), score, evidence)
