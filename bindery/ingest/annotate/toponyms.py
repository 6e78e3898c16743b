"""Text → toponyms: places where a gazetteer name stands in Latin letters, with the evidence beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.gazetteer import City, fold, gazetteer
from bindery.ingest.annotate.words import Text, cues, lexicon
from bindery.ingest.draft import Span

LONGEST = 5
"""Words of a name: "Santa Cruz de la Sierra"."""
JOINTS = frozenset({" ", "-", "‑", ". ", "’", "\u00a0", ".", "- "})
LIST_JOINTS = frozenset({", ", " and ", "-", "–", "/", " & ", ", and ", " to ", "、", " or "})
CITY_STATES = frozenset({"SG", "HK", "MO", "MC", "VA", "GI"})
ENOUGH = 0.8
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
    score: float
    evidence: tuple[str, ...]
    """Rule codes."""
    beside: str = ""
    """Folded country, state or province printed beside it."""
    person: bool = False
    """Its neighbours say that this is somebody's name."""


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
    index = 0
    while index < len(text.words):
        last, key = longest(text, index) if text.words[index].capital else (index, "")
        if key and index not in inside:
            found = judge(text, index, last, key)
            if found:
                yield found
        index = last + 1


def longest(text: Text, first: int) -> tuple[int, str]:
    """Last word and folded name of the longest gazetteer name that begins at a word; an empty name if none does."""
    key, best = "", (first, "")
    for last in range(first, min(first + LONGEST, len(text.words))):
        if last > first and (text.gap(last) not in JOINTS or text.words[last - 1].possessive):
            break
        key = f"{key} {text.words[last].folded}" if key else text.words[last].folded
        if key in gazetteer() and (last == first or text.words[last].capital):
            best = (last, key)
    return best


def organisation_words(text: Text) -> frozenset[int]:
    """Words inside the name of a university, newspaper, club …: a city in it is not named itself."""
    lists, found = cues("places"), set[int]()
    for index, word in enumerate(text.words):
        head = word.folded
        if not word.capital or head not in lists["organisation_heads"] | lists["institute"] | lists["organisation_of"]:
            continue
        if head in lists["organisation_heads"] or head in lists["institute"]:
            start = run_start(text, index)
            found.update(range(start, index + 1))
        if head in lists["organisation_of"] and text.folded(index + 1) == "of" and text.words[index + 1].capital is False:
            found.update(range(index, run_end(text, index + 2) + 1))
    return frozenset(found)


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
    if another_area(text, first, last):
        return None
    start, end = text.words[first].start, text.words[last].end
    span = Span(text.paragraph, start, end)
    form = text.text[start:end]
    if is_person(text, first, last, key, named[0]):
        return Toponym(span, form, key, named, 0.0, (), person=True)
    beside = area_beside(text, first, last)
    matching = matches(named, beside) if beside else ()
    score = prior(key, named[0], form, text)
    evidence = ["city-known"] if score >= ENOUGH else []
    for code, worth, holds in (
        ("city-country", 1.0, bool(matching)),
        ("city-office", 1.0, office(text, first, last)),
        ("city-locative", 0.5, text.folded(first - 1) in cues("places")["locative"] and text.gap(first) == " "),
        ("city-dateline", 0.7, first == 0 and dateline(text, last, form)),
    ):
        if holds:
            score += worth
            evidence.append(code)
    if stands_in_name(text, first, last) and (named[0].population < 500_000 or name_like(key)):
        score -= 0.6
    return Toponym(span, form, key, named, score, tuple(evidence), beside)


def prior(key: str, city: City, form: str, text: Text) -> float:
    """What a name is worth without its neighbours: by size, less if it is a word or somebody's name."""
    size = next(worth for smallest, worth in ((500_000, 1.0), (100_000, 0.8), (15_000, 0.5), (0, 0.2)) if city.population >= smallest)
    size += 0.2 if city.capital else 0.0
    if key in word_names():
        return size - 1.0
    if len(form) <= 4 and form.isupper() and not text.text.isupper():
        return size - 0.8
    return size - 0.4 if name_like(key) and city.population < 1_000_000 else size


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
    if text.folded(first - 1) == "of" and text.gap(first) == " ":
        before = text.folded(first - 2)
        if before in lists["office_before"]:
            return True
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
    lists = cues("places")
    for index, gap in ((first - 1, text.gap(first)), (last + 1, text.after(last))):
        if not 0 <= index < len(text.words) or gap != " " or not text.words[index].capital:
            continue
        word = text.words[index]
        if index < first and (index == 0 or word.possessive or text.gap(index)[-2:-1] in ".!?:"):
            continue
        if word.folded in gazetteer() or word.folded in areas() or word.folded in lists["office_after"] | lists["locative"]:
            continue
        return True
    return False


def neighbours(found: list[Toponym], text: str) -> list[Toponym]:
    """Toponyms beside a sure one in a list or compound gain by it: 'Houston and Mobile', 'Budapest-Chongqing'."""
    better = list(found)
    for left, right in zip(range(len(found)), range(1, len(found)), strict=False):
        if text[found[left].span.end : found[right].span.start] not in LIST_JOINTS:
            continue
        for one, other in ((left, right), (right, left)):
            if found[other].score >= ENOUGH > found[one].score and not found[one].person:
                better[one] = replace(found[one], score=found[one].score + 0.3, evidence=(*found[one].evidence, "city-list"))
    return better
