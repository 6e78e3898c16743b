"""Text → toponyms: places where a gazetteer name stands in Latin letters, with the evidence beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.gazetteer import City, fold, gazetteer
from bindery.ingest.annotate.words import Text, cues, lexicon
from bindery.ingest.draft import Span
from bindery.rules import active

SPELT_BY_SYLLABLE = 1_000_000
"""Inhabitants from which a Chinese city is looked for in two words; smaller ones are more often a person's name."""
WORTH_A_PREPOSITION = 80_000
"""Inhabitants from which 'in' before a capital makes a word a city: 'in Bath', but not 'in Commerce'."""
QUARTER = 100_000
"""Inhabitants below which a name before 'in <large city>' is a quarter of it."""
LARGE = 200_000
"""Inhabitants from which a word beside a sure city of its country is the city: 'Bath and Hull'."""
LONGEST = 5
"""Words of a name: "Santa Cruz de la Sierra"."""
JOINTS = frozenset({" ", "-", "‑", ". ", "’", "\u00a0", ".", "- "})
LIST_JOINTS = frozenset(
    {
        ", ",
        " and ",
        "-",
        "–",
        "/",
        " & ",
        ", and ",
        " to ",
        "、",
        " or ",
        " et ",
        " und ",
        " y ",
        " e ",
        " en ",
        " och ",
        " og ",
        " ve ",
        " i ",
    }
)
CITY_STATES = frozenset({"SG", "HK", "MO", "MC", "VA", "GI"})
ENOUGH = 8
"""Score from which a toponym is taken for a city."""
DATELINE = re.compile(r"[^.;:]{0,60}?(?:--|—|–| - |/\s?\w+\s?/|\([^)]{2,40}\))")


@dataclass(frozen=True, slots=True)
class Toponym:
    """One place where a city may be named."""

    span: Span
    form: str
    key: str
    """The folded name; native script as it stands."""
    cities: tuple[City, ...]
    """Every city of the name, the largest first."""
    score: int
    evidence: tuple[str, ...]
    """Rule codes."""
    beside: str = ""
    """Folded country, state or province printed beside it."""
    person: bool = False
    """Its neighbours say that this is somebody's name."""
    crowded: bool = False
    """A capitalised word that is no place stands beside it: it may be part of a longer name."""
    area: bool = False
    """Its neighbours say that this is a wider or smaller area of the name: 'Fukuoka Prefecture', 'Xiangcheng District'."""


@cache
def word_names() -> frozenset[str]:
    return lexicon("places", "word_names.txt")


@cache
def given_names() -> frozenset[str]:
    return lexicon("people", "given_latin.txt") | lexicon("people", "japanese_given_latin.txt")


@cache
def family_names() -> frozenset[str]:
    return lexicon("people", "families_latin.txt") | lexicon("people", "japanese_families_latin.txt")


def toponyms(text: Text) -> Iterator[Toponym]:
    """Every gazetteer name of a text, longest first, left to right, with its score."""
    inside = organisation_words(text)
    free = 0
    for index, word in enumerate(text.words):
        if not word.capital or index < free:
            continue
        last, key = longest(text, index)
        if key and index not in inside:
            found = judge(text, index, last, key)
            if found:
                yield found
        free = last + 1


def longest(text: Text, first: int) -> tuple[int, str]:
    """Last word and folded name of the longest gazetteer name that begins at a word; an empty name if none does."""
    known, following = gazetteer(), text.words[first : first + LONGEST]
    key, possessive, best = "", False, (first, "")
    for last, word in enumerate(following, first):
        if key and (possessive or text.gap(last) not in JOINTS):
            break
        key = f"{key} {word.folded}" if key else word.folded
        possessive = word.possessive
        if word.capital and key in known:
            best = (last, key)
    if best[1] and best[0] > first:
        return best
    return spaced(text, first) or best


def spaced(text: Text, first: int) -> tuple[int, str] | None:
    """A large Chinese city written by the syllable: 'Zhu Hai', 'Shen Zhen'."""
    last = first + 1
    if last >= len(text.words) or text.gap(last) != " " or not text.words[last].capital or text.words[first].possessive:
        return None
    key = text.words[first].folded + text.words[last].folded
    if key not in gazetteer() or key.isascii() is False or text.words[last].folded in gazetteer():
        return None
    city = gazetteer().named(key)[0]
    return (last, key) if city.country == "CN" and city.population >= SPELT_BY_SYLLABLE else None


def organisation_words(text: Text) -> frozenset[int]:
    """Words inside the name of a university, newspaper, club …: a city in it is not named itself."""
    lists, found = cues("places"), set[int]()
    for index, word in enumerate(text.words):
        head = word.folded
        if not word.capital or head not in organisation_nouns():
            continue
        if head in lists["organisation_heads"] or head in lists["institute"]:
            start = run_start(text, index)
            found.update(range(start, index + 1))
        if head in lists["organisation_of"] and text.folded(index + 1) == "of" and text.words[index + 1].capital is False:
            found.update(range(index, run_end(text, index + 2) + 1))
    return frozenset(found)


@cache
def organisation_nouns() -> frozenset[str]:
    lists = cues("places")
    return lists["organisation_heads"] | lists["institute"] | lists["organisation_of"]


def run_start(text: Text, index: int) -> int:
    """First word of the capitalised run that ends at a word."""
    while index and text.words[index - 1].capital and not text.words[index - 1].possessive and text.gap(index) in (" ", "-", " & "):
        index -= 1
    return index


def run_end(text: Text, index: int) -> int:
    """Last word of the capitalised run that begins at a word; the word before it if that has no capital."""
    if index >= len(text.words) or not text.words[index].capital:
        return index - 1
    while index + 1 < len(text.words) and text.words[index + 1].capital and text.gap(index + 1) in (" ", "-", " & "):
        index += 1
    return index


def judge(text: Text, first: int, last: int, key: str) -> Toponym | None:
    """The toponym with its score; None where its neighbours make it another thing."""
    named = gazetteer().named(key)
    country = areas().countries.get(key)
    if country and named[0].country not in CITY_STATES:
        return None
    start, end = text.words[first].start, text.words[last].end
    span = Span(text.paragraph, start, end)
    form = text.text[start:end]
    if another_area(text, first, last):
        return Toponym(span, form, key, named, 0, (), area=True)
    if is_person(text, first, last, key, named[0]):
        return Toponym(span, form, key, named, 0, (), person=True)
    beside = area_beside(text, first, last)
    matching = matches(named, beside) if beside else ()
    score = prior(key, named[0], form, text) - (6 if " " in form and " " not in key else 0)
    evidence = ["city-known"] if score >= ENOUGH and active("city-known") else []
    if score >= ENOUGH and not evidence:
        score = ENOUGH - 2  # what the page says of its country, one point, must not make up for it
    located = located_at(text, first)
    if located and key in word_names() and named[0].population >= WORTH_A_PREPOSITION and not _capital_follows(text, last):
        score = ENOUGH - 5
    if key in word_names() and text.folded(first - 1) in cues("places")["articles"]:
        score -= 20
    for code, worth, holds in (
        ("city-country", 10, bool(matching)),
        ("city-office", 10, office(text, first, last)),
        ("city-locative", 5, located),
        ("city-dateline", 7, first == 0 and dateline(text, last, form)),
    ):
        if holds and active(code):
            score += worth
            evidence.append(code)
    if named[0].population < QUARTER and _in_a_larger(text, last):
        score -= 6
    crowded = stands_in_name(text, first, last)
    if crowded and (named[0].population < 500_000 or name_like(key)):
        score -= 6
    return Toponym(span, form, key, named, score, tuple(evidence), beside, crowded=crowded)


def located_at(text: Text, first: int) -> bool:
    """A preposition of place before the name: 'in Suzhou', 'à Cannes'."""
    if not first or text.gap(first) != " ":
        return False
    before = text.words[first - 1]
    return before.folded in cues("places")["locative"] or before.text in ("à", "À")


def _capital_follows(text: Text, last: int) -> bool:
    return last + 1 < len(text.words) and text.after(last) == " " and text.words[last + 1].capital


def _in_a_larger(text: Text, last: int) -> bool:
    """'Whitefield in Bengaluru': a quarter of the city it lies in."""
    if text.after(last) != " " or text.folded(last + 1) != "in":
        return False
    return any(city.population >= 500_000 for city in gazetteer().named(text.folded(last + 2))[:1])


def prior(key: str, city: City, form: str, text: Text) -> int:
    """What a name is worth without its neighbours: by size, less if it is a word or somebody's name."""
    size = next(worth for smallest, worth in ((500_000, 10), (100_000, 8), (15_000, 5), (0, 2)) if city.population >= smallest)
    size += 2 if city.capital else 0
    if key in word_names() or key.rsplit(" ", maxsplit=1)[-1] in cues("places")["area_after"]:
        return size - 10  # "Pearl River" is a town of Mississippi, too
    if len(form) <= 4 and form.isupper() and not text.text.isupper():
        return size - 8
    return size - 4 if name_like(key) and city.population < 1_000_000 else size


def distinct(toponym: Toponym) -> bool:
    """A name long enough, of one country only, that is nobody's name and no word: a capital makes it the place."""
    key = toponym.key
    countries = {city.country for city in toponym.cities}
    return len(key) >= 6 and len(countries) == 1 and not name_like(key) and key not in word_names() and key not in areas()


def name_like(key: str) -> bool:
    return key in given_names() or key in family_names()


def another_area(text: Text, first: int, last: int) -> bool:
    """A province, river, street … that has the city's name."""
    lists, following = cues("places"), text.folded(last + 1)
    if text.after(last) == " " and following in lists["area_after"] and not text.words[last].possessive:
        small = following in lists["area_after_small"]
        if small or text.words[last + 1].capital:
            return True
    if text.after(last) == " " and following == "new" and text.folded(last + 2) == "area":
        return True
    before = text.folded(first - 1)
    two = f"{text.folded(first - 2)} {before}"
    return text.gap(first) in (" ", ". ") and (before in lists["area_before"] or two in lists["area_before"])


def is_person(text: Text, first: int, last: int, key: str, city: City) -> bool:
    lists = cues("places")
    before, gap = text.folded(first - 1), text.gap(first)
    if first and gap in (" ", ". ") and before in lists["honorifics"] and text.words[first - 1].capital:
        return True
    likely = name_like(key) or key in word_names() or city.population < 100_000
    if first and gap == " " and text.words[first - 1].capital and likely:
        if before in lists["titles"]:
            return True
        if before in given_names() and before not in gazetteer() and before not in areas() and not text.words[first - 1].possessive:
            return True
    following = text.words[last + 1] if last + 1 < len(text.words) and text.after(last) == " " else None
    if following is None or not following.capital or key not in given_names() or text.words[last].possessive:
        return False
    return following.folded in family_names() and following.folded not in lists["office_after"]


def office(text: Text, first: int, last: int) -> bool:
    """'Mayor of X', 'City of X', 'X city', 'X Municipal …', 'X-based'."""
    lists = cues("places")
    if text.folded(first - 1) in lists["of"] and text.gap(first) == " " and text.folded(first - 2) in lists["office_before"]:
        return True
    if text.folded(first - 1) in lists["office_direct"] and text.gap(first) == " ":
        return True
    if text.after(last) == ", " and text.folded(last + 1) in ("the", "a", "an"):
        return any(text.folded(last + step) in lists["office_before"] for step in (2, 3, 4))
    return text.after(last) in (" ", "-") and text.folded(last + 1) in lists["office_after"] and not text.words[last].possessive


def dateline(text: Text, last: int, form: str) -> bool:
    rest = text.text[text.words[last].end :]
    return (form.isupper() and rest[:1] in (",", " ")) or bool(DATELINE.match(rest))


def area_beside(text: Text, first: int, last: int) -> str:
    """The folded country, state or province after a comma or in brackets, or before it as possessive or adjective."""
    if text.after(last) in (", ", ",", " (", "("):
        for count in (3, 2, 1):
            key = " ".join(text.folded(last + step) for step in range(1, count + 1))
            if key in areas().countries or key in areas().divisions:
                return key
    if first and text.gap(first) == " " and text.words[first - 1].possessive:
        for count in (3, 2, 1):
            if first >= count:
                key = " ".join(text.folded(first - step) for step in range(count, 0, -1))
                if key in areas().countries or key in areas().divisions:
                    return key
    if first >= 3 and text.folded(first - 1) == "of" and text.folded(first - 2) in ("city", "town", "port", "capital"):
        return text.folded(first - 3) if text.folded(first - 3) in areas().demonyms else ""
    return ""


def matches(named: tuple[City, ...], area: str) -> tuple[City, ...]:
    """The cities that lie in an area: in its province or state where one has the name, else in its country."""
    divisions = areas().divisions.get(area, frozenset())
    inside = tuple(city for city in named if (city.country, fold(city.division)) in divisions)
    wider = {country for country, division in divisions if not division} | {areas().countries.get(area)}
    return inside or tuple(city for city in named if city.country in wider)


def stands_in_name(text: Text, first: int, last: int) -> bool:
    """A capitalised word beside it that is no known place or office: likely part of a longer name."""
    for index, gap in ((first - 1, text.gap(first)), (last + 1, text.after(last))):
        if not 0 <= index < len(text.words) or gap not in (" ", "-") or not text.words[index].capital:
            continue
        word = text.words[index]
        if index < first and gap == " " and (index == 0 or word.possessive or text.gap(index)[-2:-1] in ".!?:"):
            continue
        if index > last and text.words[last].possessive:
            continue
        known = len(word.folded) > 3 and (word.folded in gazetteer() or word.folded in areas())
        if not known and word.folded not in neutral():
            return True
    return False


@cache
def neutral() -> frozenset[str]:
    """Words that stand beside a city's name without being part of it."""
    lists = cues("places")
    return lists["office_after"] | lists["locative"] | lists["of"]


def neighbours(found: list[Toponym], text: str) -> list[Toponym]:
    """Toponyms beside a sure one in a list or compound gain by it, more so if both are of one country: 'Houston and Mobile'."""
    if not active("city-list"):
        return found
    better = _listed_together(list(found), text)
    for left, right in zip(range(len(found)), range(1, len(found)), strict=False):
        if text[found[left].span.end : found[right].span.start] not in LIST_JOINTS:
            continue
        for one, other in ((left, right), (right, left)):
            if better[other].score >= ENOUGH > better[one].score and not found[one].person and not found[one].area:
                worth = 7 if found[one].cities[0].country == found[other].cities[0].country else 3
                worth += 3 if worth == 7 and found[one].cities[0].population >= LARGE else 0
                better[one] = replace(better[one], score=better[one].score + worth, evidence=(*found[one].evidence, "city-list"))
    return better


def _listed_together(found: list[Toponym], text: str) -> list[Toponym]:
    """Three distinct names of one country in a row prove each other: 'Rüsselsheim, Raunheim and Kelsterbach'."""
    for first in range(len(found) - 2):
        row = found[first : first + 3]
        joined = all(text[one.span.end : other.span.start] in LIST_JOINTS for one, other in pairwise(row))
        if joined and all(distinct(toponym) for toponym in row) and len({toponym.cities[0].country for toponym in row}) == 1:
            found[first : first + 3] = [replace(toponym, score=max(toponym.score, ENOUGH)) for toponym in row]
    return found
