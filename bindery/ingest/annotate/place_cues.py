"""A name in a text → what its neighbours say: an office, a preposition, a dateline, a country; or a person, a river, a longer name."""

from __future__ import annotations

import re
from functools import cache

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.gazetteer import City, fold, gazetteer
from bindery.ingest.annotate.words import Text, cues, lexicon

DATELINE = re.compile(r"[^.;:]{0,60}?(?:--|—|–| - |/\s?\w+\s?/|\([^)]{2,40}\))")


@cache
def word_names() -> frozenset[str]:
    return lexicon("places", "word_names.txt")


@cache
def given_names() -> frozenset[str]:
    return lexicon("people", "given_latin.txt") | lexicon("people", "japanese_given_latin.txt")


@cache
def family_names() -> frozenset[str]:
    return lexicon("people", "families_latin.txt") | lexicon("people", "japanese_families_latin.txt")


def organisation_words(text: Text) -> frozenset[int]:
    """Words inside the name of a university, newspaper, club …: a city in it is not named itself."""
    lists, found = cues("places"), set[int]()
    nouns = organisation_nouns()
    for index in text.capitals:
        head = text.folds[index]
        if head not in nouns:
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


def located_at(text: Text, first: int, last: int) -> bool:
    """A preposition of place before the name: 'in Suzhou', 'à Cannes'."""
    if not first or text.gap(first) != " ":
        return False
    before = text.words[first - 1]
    if before.folded == "of" and first > 1:  # 'Haven Hydraulics, of Hull, …', 'Corvus Energy of Richmond, …', 'by way of Záhony'
        ends = text.text[text.ends[last] : text.ends[last] + 1] in (",", ";", ".", ")", "")
        seated = ends and text.words[first - 2].capital and (_is_two(text, first - 2) or _is_firm_like(text, first - 2))
        return text.gap(first - 1) == ", " or text.folded(first - 2) == "way" or seated
    return before.folded in cues("places")["locative"] or before.text in ("à", "À")


def _is_two(text: Text, index: int) -> bool:
    return index > 0 and text.words[index - 1].capital


def _is_firm_like(text: Text, index: int) -> bool:
    """'Alutech |of Çorlu,': one capital that is no title, no body and no place may be a firm."""
    word, lists = text.folded(index), cues("places")
    titled = any(word in lists[group] for group in ("titles", "honorifics", "organisation_of", "organisation_heads", "office_before"))
    return index > 0 and not titled and word not in areas() and word not in cues("companies")["bodies"]


def inside(text: Text, first: int) -> bool:
    """A preposition that no person stands behind: 'in Sligo', 'a delegation from Lipova'."""
    before = text.folded(first - 1)
    if before != "from":
        return before in cues("places")["inside"]
    return first > 1 and (text.words[first - 2].capital or text.folded(first - 2) in cues("places")["come_from"])


def capital_follows(text: Text, last: int) -> bool:
    return last + 1 < len(text.words) and text.after(last) == " " and text.words[last + 1].capital


def in_a_larger(text: Text, last: int) -> bool:
    """'Whitefield in Bengaluru': a quarter of the city it lies in."""
    if text.after(last) != " " or text.folded(last + 1) != "in":
        return False
    return any(city.population >= 500_000 for city in gazetteer().named(text.folded(last + 2))[:1])


def name_like(key: str) -> bool:
    return key in given_names() or key in family_names()


def another_area(text: Text, first: int, last: int, key: str) -> bool:
    """A province, district, new area … that has the city's name."""
    lists, following = cues("places"), text.folded(last + 1)
    if text.after(last) == " " and following in lists["area_after"] and not text.words[last].possessive:
        small = following in lists["area_after_small"]
        if small or text.words[last + 1].capital:
            return True
    if text.after(last) == " " and following == "new" and text.folded(last + 2) == "area":
        return True
    before = text.folded(first - 1)
    if before in lists["article_contractions"] and key in areas().divisions:  # 'no Paraná': states have an article, cities have none
        return True
    two = f"{text.folded(first - 2)} {before}"
    return text.gap(first) in (" ", ". ") and (before in lists["area_before"] or two in lists["area_before"])


def landscape(text: Text, first: int, last: int) -> bool:
    """'Tampa Bay', 'Armenia Avenue', 'Lake Garda': water, mountains and streets say nothing of the city."""
    lists = cues("places")
    if text.after(last) == " " and text.folded(last + 1) in lists["landscape_after"] and text.words[last + 1].capital:
        return not text.words[last].possessive
    before, two = text.folded(first - 1), f"{text.folded(first - 2)} {text.folded(first - 1)}"
    if before == "via" and not text.words[first - 1].capital:  # 'via Singapore' is a route, 'Via Roma' a street
        return False
    return text.gap(first) in (" ", ". ") and (before in lists["landscape_before"] or two in lists["landscape_before"])


def speaks(text: Text, last: int) -> bool:
    """'Sulit said': a person."""
    return text.after(last) == " " and text.folded(last + 1) in cues("places")["speech_after"]


def has_mayor(text: Text, first: int) -> bool:
    """'Mayor of Armenia', which is a country, too."""
    return text.folded(first - 1) in cues("places")["of"] and text.folded(first - 2) in cues("places")["mayors"]


def of_a_shop(text: Text, last: int) -> bool:
    """'stopped by Kirkland's and …': a possessive without a noun is a shop or a person."""
    alone = text.after(last)[2:].strip() != "" or text.folded(last + 1) in ("and", "or", "", "among")
    return text.words[last].possessive and alone


def renewed(text: Text, first: int) -> bool:
    """'Novo Sarandi': another place, called after the first."""
    before = text.words[first - 1] if first and text.gap(first) == " " else None
    return before is not None and before.capital and not before.text.isupper() and before.folded in cues("places")["renewing"]


def is_person(text: Text, first: int, last: int, key: str, city: City) -> bool:
    lists = cues("places")
    before, gap = text.folded(first - 1), text.gap(first)
    if first and gap in (" ", ". ") and before in lists["honorifics"] and text.words[first - 1].capital:
        return True
    likely = name_like(key) or key in word_names() or city.population < 100_000
    if likely and (
        speaks(text, last) or (gap == ". " and first and len(text.words[first - 1].text) == 1 and text.words[first - 1].capital)
    ):
        return True  # 'Corazon T. Sulit', 'Sulit said'
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
    """'Mayor of X', 'City of X', 'X city', 'X Municipal …', 'X-based', 'X's vice mayor', 'X and Y towns'."""
    lists = cues("places")
    two_before = f"{text.folded(first - 3)} {text.folded(first - 2)}"
    of_it = text.folded(first - 1) in lists["of"] and text.gap(first) == " "
    if of_it and (text.folded(first - 2) in lists["office_before"] or two_before in lists["office_before"]):
        return True
    if text.folded(first - 1) in lists["office_direct"] and text.gap(first) == " ":
        return True
    if text.after(last) == ", " and text.folded(last + 1) in ("the", "a", "an"):
        return any(text.folded(last + step) in lists["office_before"] for step in (2, 3, 4))
    if text.words[last].possessive:
        return text.folded(last + 1) in lists["office_of_it"] or text.folded(last + 2) in lists["office_of_it"]
    if text.after(last) in (" ", "-"):
        following = text.folded(last + 1)
        if following in lists["office_after"] or (following in lists["trade_after"] and text.folded(last) not in word_names()):
            return True
    return _before_towns(text, last)


def _before_towns(text: Text, last: int) -> bool:
    """'Carmen and Sto. Tomas towns'"""
    for index in range(last + 1, min(last + 6, len(text.words))):
        if text.folded(index) in cues("places")["many_after"]:
            return not text.words[index].capital and text.gap(index) == " "
        if not (text.words[index].capital or text.folded(index) == "and") or text.gap(index) not in (" ", ", ", ". "):
            return False
    return False


def dateline(text: Text, last: int, form: str) -> bool:
    rest = text.text[text.ends[last] :]
    return (form.isupper() and rest[:1] in (",", " ")) or bool(DATELINE.match(rest))


def area_beside(text: Text, first: int, last: int) -> str:
    """The folded country, state or province after a comma or in brackets, or before it as possessive or adjective."""
    if text.after(last) in (", ", ",", " (", "(") and last + 1 < len(text.words) and text.words[last + 1].capital:
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
