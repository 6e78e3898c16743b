"""Draft → the cities it names: gazetteer, script and context."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import replace

from bindery.ingest.annotate import native
from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.gazetteer import City, fold, gazetteer
from bindery.ingest.annotate.inflected import nominatives
from bindery.ingest.annotate.known import Known
from bindery.ingest.annotate.place_cues import matches, name_like, word_names
from bindery.ingest.annotate.toponyms import ENOUGH, Toponym, distinct, neighbours, toponyms
from bindery.ingest.annotate.words import INFLECTING, TITLE, Text, texts
from bindery.ingest.draft import Draft, Entity, Span
from bindery.rules import active

DOMINANT = 10
"""How many times larger than the next city of its name one must be to be meant without a word of context."""
TOO_LARGE_FOR_A_DISTRICT = 2_000_000
"""Inhabitants from which a city's name stands for the city even on a page that names its province."""
NEAR, FAR = 200, 150
"""Kilometres to a city of the page within which a namesake is meant; the others lie three times as far, and farther than that."""
ONE_PLACE = 60
"""Kilometres within which two entries of a name are one city: its old and its new centre."""
METROPOLIS = 500_000
TOWN = 250_000
DOMINANT_AT_HOME = 3
"""The same among cities of one country, once the page names the country."""


@dataclass(frozen=True, slots=True)
class Places:
    """What a draft says of places: mentions taken for cities, and the lexicon of every place name."""

    texts: tuple[Text, ...]
    mentions: tuple[Toponym, ...]
    """Taken for cities, with the cities they can mean: one if that is decided."""
    unsure: tuple[Toponym, ...]
    """Names of the gazetteer that lacked evidence here."""
    language: str | None = None

    @classmethod
    def of(cls, draft: Draft, known: Known | None = None) -> Places:
        read = texts(draft)
        found = [toponym for text in read for toponym in _in_text(text, known or Known())]
        context = Context.of(read, found)
        found = [_with_context(toponym, context) for toponym in found]
        found = _beside_each_other(read, _distinct(_without_areas(found)))
        proven = _proven(found)
        bearers = frozenset(toponym.key for toponym in found if toponym.person)
        taken = [toponym for toponym in found if _taken(toponym, proven, bearers)]
        decided = _decide(taken, context)
        unsure = tuple(toponym for toponym in found if not _taken(toponym, proven, bearers) and not toponym.person)
        return cls(read, tuple(decided), unsure, draft.metadata.language)

    def is_place(self, text: str) -> bool:
        """A city, country, province, region or people by lexicon, whatever its context."""
        if self.language in INFLECTING:
            text = " ".join(nominatives(tuple(fold(text).split(" ")), self.language))
        return _is_place(text)

    def is_city(self, text: str) -> bool:
        """Something this draft names as a city."""
        folded = fold(text)
        return any(toponym.key in (folded, text) for toponym in self.mentions)

    def spans(self, paragraph: int) -> tuple[Span, ...]:
        """Mentions of cities in a paragraph (TITLE for the title), in order."""
        return tuple(sorted(toponym.span for toponym in self.mentions if toponym.span.paragraph == paragraph))


@lru_cache(maxsize=65536)
def _is_place(text: str) -> bool:
    folded = fold(text)
    return folded in areas() or text in areas() or folded in gazetteer() or gazetteer().is_native(text)


@dataclass(frozen=True, slots=True)
class Context:
    """Which countries and provinces the page speaks of."""

    countries: Mapping[str, int]
    """ISO code → how often the page names it, its people or its provinces."""
    divisions: frozenset[tuple[str, str]]
    """(ISO code, folded name) of provinces and states the page names."""
    named: frozenset[str]
    """ISO codes the page names itself, by country, people or province; not those its cities imply."""

    @classmethod
    def of(cls, read: Iterable[Text], found: Iterable[Toponym]) -> Context:
        countries, divisions = Counter[str](), set[tuple[str, str]]()
        for text in read:
            for area in native.area_codes(text.text):
                countries[area] += 1
            for first in text.capitals:
                for key in _prefixes(text, first):
                    if key in areas():
                        countries.update(areas().countries_of(key) if key not in areas().divisions else ())
                        divisions |= areas().divisions.get(key, frozenset()) if len(key) > 3 else frozenset()
        countries.update(code for code, _ in divisions if sum(1 for other, _ in divisions if other == code))
        named = frozenset(countries)
        for toponym in found:
            divisions |= areas().divisions.get(toponym.beside, frozenset())
            if toponym.score >= ENOUGH and len({city.country for city in toponym.cities}) == 1:
                countries[toponym.cities[0].country] += 1
        return cls(countries, frozenset(divisions), named)


def _prefixes(text: Text, first: int) -> tuple[str, ...]:
    """The first one, two and three words from a place on, as names of countries may be that long."""
    one = text.folds[first]
    if first + 1 >= len(text.words) or not text.words[first + 1].capital:
        return (one,) if len(one) > 2 else ()
    two = f"{one} {text.folds[first + 1]}"
    return (one, two, f"{two} {text.folded(first + 2)}") if len(one) > 2 else (two, f"{two} {text.folded(first + 2)}")


def _in_text(text: Text, known: Known) -> list[Toponym]:
    found = sorted((*toponyms(text), *native.toponyms(text)), key=lambda toponym: toponym.span)
    return [_confirmed(toponym, known) for toponym in found]


def _confirmed(toponym: Toponym, known: Known) -> Toponym:
    """A confirmed record of exactly this city is evidence, unless the name is somebody's here."""
    cities = tuple(city for city in toponym.cities if city.geonames in known.by_geonames)
    if toponym.person or len(cities) != 1 or not known.has("city", toponym.form) or not active("city-confirmed"):
        return toponym
    return replace(toponym, score=toponym.score + 5, evidence=(*toponym.evidence, "city-confirmed"))


def _with_context(toponym: Toponym, context: Context) -> Toponym:
    """A city whose country the page speaks of gains; a small one of a country it never names loses."""
    if toponym.person:
        return toponym
    if _is_division_here(toponym, context):
        return replace(toponym, score=toponym.score - 14)
    toponym = _at_home(toponym, context)
    mistakable = name_like(toponym.key) or toponym.key in word_names()
    if toponym.cities[0].country in context.countries:
        return replace(toponym, score=toponym.score + (2 if toponym.cities[0].population >= METROPOLIS else 1 if mistakable else 3))
    foreign = bool(context.named) and not any(city.country in context.countries for city in toponym.cities)
    penalty = 1 if distinct(toponym) else 3
    return replace(toponym, score=toponym.score - penalty) if foreign and toponym.cities[0].population < TOWN else toponym


def _at_home(toponym: Toponym, context: Context) -> Toponym:
    """'Dingle' on a page about Ireland is the small town there, not the larger one elsewhere."""
    if toponym.key not in gazetteer() or any(city.country in context.countries for city in toponym.cities):
        return toponym
    at_home = tuple(city for city in gazetteer().towns(toponym.key) if city.country in context.countries)
    return replace(toponym, cities=(*at_home, *toponym.cities)) if at_home and toponym.cities[0].population < METROPOLIS else toponym


def _is_division_here(toponym: Toponym, context: Context) -> bool:
    """'Santa Catarina' on a page about Brazil: a state there, and a city elsewhere only."""
    homes = {code for code, _ in areas().divisions.get(toponym.key, frozenset())} & context.named
    return bool(homes) and not any(city.country in context.named for city in toponym.cities)


def _without_areas(found: list[Toponym]) -> list[Toponym]:
    """Where the page speaks of 'Fukuoka Prefecture' or 'Xiangcheng District', the bare name needs proof of its own to be a city."""
    wider = {toponym.key for toponym in found if toponym.area}
    doubtful = {toponym.key for toponym in found if toponym.key in wider and toponym.cities[0].population < TOO_LARGE_FOR_A_DISTRICT}
    return [replace(toponym, score=toponym.score - 7) if toponym.key in doubtful else toponym for toponym in found if not toponym.area]


def _distinct(found: list[Toponym]) -> list[Toponym]:
    """A distinct name of a smaller city counts by itself, unless somewhere on the page it is part of a longer name."""
    if not active("city-known"):
        return found
    crowded = {toponym.key for toponym in found if toponym.crowded or toponym.person}
    return [
        replace(toponym, score=toponym.score + 3) if distinct(toponym) and toponym.key not in crowded and not toponym.person else toponym
        for toponym in found
    ]


def _beside_each_other(read: Iterable[Text], found: list[Toponym]) -> list[Toponym]:
    """Evidence from lists and compounds, text by text; what another mention proves, proves its neighbours."""
    by_paragraph: dict[int, list[Toponym]] = {}
    elsewhere = _proven(found)
    for toponym in found:
        lifted = toponym.key in elsewhere and -7 < toponym.score < ENOUGH and not toponym.person
        by_paragraph.setdefault(toponym.span.paragraph, []).append(replace(toponym, score=ENOUGH) if lifted else toponym)
    texts_with = ((text, by_paragraph[text.paragraph]) for text in read if text.paragraph in by_paragraph)
    return [toponym for text, row in texts_with for toponym in neighbours(row, text.text)]


def _proven(found: Iterable[Toponym]) -> frozenset[str]:
    """Names that one mention proves for the whole page. A name that is also somebody's here is proven only where it stands."""
    people = {toponym.key for toponym in found if toponym.person}
    return frozenset(toponym.key for toponym in found if toponym.score >= ENOUGH and toponym.key not in people)


def _taken(toponym: Toponym, proven: frozenset[str], bearers: frozenset[str]) -> bool:
    """Whether it is taken for a city. In scripts without capitals a name that is somebody's here wants its 市 each time."""
    if toponym.person:
        return False
    if not toponym.key.isascii() and toponym.key in bearers:
        return "city-office" in toponym.evidence
    return toponym.score >= ENOUGH or (toponym.key in proven and toponym.score > -7)


def _decide(taken: list[Toponym], context: Context) -> list[Toponym]:
    """Narrow each mention to the one city it means, where the page says which."""
    beside: dict[str, dict[str, City]] = {}
    first_bare: dict[str, Span] = {}
    first_beside: dict[str, Span] = {}
    for toponym in taken:
        meant = matches(toponym.cities, toponym.beside) if toponym.beside else ()
        if meant:
            beside.setdefault(toponym.key, {})[meant[0].geonames] = meant[0]
            first_beside.setdefault(toponym.key, toponym.span)
        elif toponym.span.paragraph != TITLE:
            first_bare.setdefault(toponym.key, toponym.span)
    decided = []
    for toponym in taken:
        meant = matches(toponym.cities, toponym.beside) if toponym.beside else ()
        if meant:
            decided.append(replace(toponym, cities=meant[:1]))
            continue
        choice = choose(toponym.cities, context)
        stated = tuple(beside.get(toponym.key, {}).values())
        if stated:
            early = toponym.key in first_bare and first_bare[toponym.key] < first_beside[toponym.key]
            choice = choice if early and choice != stated else stated
            if early and choice != stated:
                choice = tuple(dict.fromkeys((*choice, *stated)))
        decided.append(replace(toponym, cities=choice))
    return _nearest(decided)


def _nearest(decided: list[Toponym]) -> list[Toponym]:
    """Of several towns of a name the one beside another city of the page, where the others are far from all of them.

    'Hugo' beside Paris in Texas is the town over the river: a page speaks of places near each other (Leidner's spatial minimality).
    """
    anchors = {toponym.key: toponym.cities[0] for toponym in decided if len(toponym.cities) == 1}
    if not anchors:
        return decided
    open_keys = {toponym.key: toponym.cities for toponym in decided if len(toponym.cities) > 1}
    near = {key: _near(cities, [city for other, city in anchors.items() if other != key]) for key, cities in open_keys.items()}
    return [replace(toponym, cities=near[toponym.key]) if toponym.cities == open_keys.get(toponym.key) else toponym for toponym in decided]


def _near(cities: tuple[City, ...], anchors: Sequence[City]) -> tuple[City, ...]:
    if not anchors:
        return cities
    ranked = sorted((min(kilometres(city, anchor) for anchor in anchors), number) for number, city in enumerate(cities))
    (nearest, number), (next_one, _) = ranked[:2]
    return (cities[number],) if nearest <= NEAR and next_one >= max(FAR, 3 * nearest) else cities


def _same_place(cities: tuple[City, ...]) -> tuple[City, ...]:
    """The largest of entries so near to each other that they are one city twice."""
    return cities[:1] if all(kilometres(cities[0], other) < ONE_PLACE for other in cities[1:]) else ()


def kilometres(one: City, other: City) -> float:
    """Between two cities, on a globe."""
    north, east = (math.radians(float(a) - float(b)) for a, b in ((one.latitude, other.latitude), (one.longitude, other.longitude)))
    width = math.cos(math.radians(float(one.latitude))) * math.cos(math.radians(float(other.latitude)))
    return 12_742 * math.asin(math.sqrt(math.sin(north / 2) ** 2 + width * math.sin(east / 2) ** 2))


def choose(cities: tuple[City, ...], context: Context) -> tuple[City, ...]:
    """The city a bare name means on this page: one if that is decided, else those it may mean."""
    if len(cities) == 1 or (cities := _same_place(cities) or cities)[1:] == ():
        return cities
    by_division = tuple(city for city in cities if (city.country, fold(city.division)) in context.divisions)
    if len(by_division) == 1 and cities[0].population < DOMINANT * by_division[0].population:
        return by_division
    at_home = tuple(city for city in cities if city.country in context.countries)
    ratio = DOMINANT_AT_HOME if len({city.country for city in at_home}) == 1 else DOMINANT
    if at_home and dominates(at_home, ratio) and cities[0].population < _outshone(at_home[0]) * at_home[0].population:
        return at_home[:1]
    if dominates(cities, DOMINANT) or _metropolis(cities) or (cities[0].capital and not at_home):
        return cities[:1]
    return cities


def _outshone(city: City) -> int:
    """How many times larger a city abroad must be to be meant although the page speaks of this one's country."""
    return DOMINANT if city.population >= METROPOLIS else DOMINANT_AT_HOME


def _metropolis(cities: tuple[City, ...]) -> bool:
    """A large city whose namesakes are all towns beside it: Vancouver, Portland, Manchester."""
    large, next_one = cities[0].population, cities[1].population
    return large >= METROPOLIS and next_one < TOWN and large >= DOMINANT_AT_HOME * next_one


def dominates(cities: tuple[City, ...], ratio: int) -> bool:
    """The first city is so much larger than the next that the bare name means it."""
    return len(cities) == 1 or cities[0].population >= ratio * max(cities[1].population, 1)


def find(places: Places) -> tuple[tuple[Entity, ...], tuple[tuple[Span, str], ...]]:
    """City entities of the body, and its mentions left open because several cities have the name."""
    by_city: dict[str, list[Toponym]] = {}
    ambiguous = []
    for toponym in places.mentions:
        if len(toponym.cities) == 1:
            by_city.setdefault(toponym.cities[0].geonames, []).append(toponym)
        elif toponym.span.paragraph != TITLE:
            ambiguous.append((toponym.span, reason(toponym)))
    entities = (_entity(mentions) for mentions in by_city.values())
    return tuple(entity for entity in entities if entity.spans), tuple(ambiguous)


def reason(toponym: Toponym) -> str:
    among = ", ".join(f"{city.name} ({city.division or areas().short_name.get(city.country, city.country)})" for city in toponym.cities[:4])
    return f"{toponym.form!r} may be {among}"


def facts(city: City) -> dict[str, str]:
    """What a proposed record says of a city."""
    country = areas().short_name.get(city.country, city.country)
    return {"country": country, "latitude": city.latitude, "longitude": city.longitude, "geonames": city.geonames}


def _entity(mentions: list[Toponym]) -> Entity:
    city = mentions[0].cities[0]
    spans = tuple(sorted(toponym.span for toponym in mentions if toponym.span.paragraph != TITLE))
    printed = dict.fromkeys(toponym.form for toponym in mentions if fold(toponym.form) != fold(city.name) and not toponym.form.isupper())
    variants = tuple(dict.fromkeys((*printed, *city.natives)))
    by_itself = ("city-known",) if active("city-known") else ()
    evidence = tuple(dict.fromkeys(code for toponym in mentions for code in toponym.evidence)) or by_itself
    return Entity("city", city.name, spans, variants=variants, facts=facts(city), evidence=evidence)
