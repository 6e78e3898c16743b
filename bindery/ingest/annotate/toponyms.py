"""Text → toponyms: places where a gazetteer name stands in Latin letters, with the evidence beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from bindery.ingest.annotate import place_cues
from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.gazetteer import City, gazetteer
from bindery.ingest.annotate.place_cues import capital_follows, in_a_larger, matches, name_like, word_names
from bindery.ingest.annotate.words import Text, cues
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
SHORTEST_TOWN = 4
"""Letters of a small town's name."""
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
        "·",
        "・",
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
GROWN = {"du": "le", "au": "le"} | dict.fromkeys(("della", "alla", "dalla", "nella", "sulla"), "la")
"""Preposition → the article it has taken in."""
CITY_STATES = frozenset({"SG", "HK", "MO", "MC", "VA", "GI"})
WELL_KNOWN = 100_000
"""Inhabitants from which capitals in a text are the city's and not an abbreviation's."""
TOWN_BY_THE_WATER = 50_000
"""Inhabitants from which 'Walvis Bay' is the city; below it, as 'Pearl River', it is more often the water."""
SMALL_TOWN = -2
"""Score of a name of towns.tsv.gz by itself."""
FEWEST_LETTERS = 5
"""Of a name that is told by itself."""
ENOUGH = 8
"""Score from which a toponym is taken for a city."""


class Toponym(msgspec.Struct, frozen=True, gc=False):
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


def toponyms(text: Text) -> Iterator[Toponym]:
    """Every gazetteer name of a text, longest first, left to right, with its score."""
    inside = place_cues.organisation_words(text)
    free = 0
    for index in text.capitals:
        if index < free:
            continue
        last, key = contracted(text, index) or longest(text, index)
        if key and index not in inside:
            found = judge(text, index, last, key)
            if found:
                yield found
        free = last + 1


def longest(text: Text, first: int) -> tuple[int, str]:
    """Last word and folded name of the longest gazetteer name that begins at a word; an empty name if none does."""
    known, stop = gazetteer(), min(first + LONGEST, len(text.words))
    while not text.words[stop - 1].capital:  # a name ends in a capital: most stand alone
        stop -= 1
    key, possessive, best = "", False, (first, "")
    for last, word in enumerate(text.words[first:stop], first):
        if key and (possessive or text.gap(last) not in JOINTS):
            break
        key = f"{key} {word.folded}" if key else word.folded
        possessive = word.possessive
        if word.capital and key in known:
            best = (last, key)
    if best[1] and best[0] > first:
        return best
    return spaced(text, first) or (best if best[1] else town(text, first))


def contracted(text: Text, first: int) -> tuple[int, str] | None:
    """'le maire du |Havre', 'au |Mans', 'dalla |Spezia': French and Italian grow the article of a city's name to the preposition."""
    article = GROWN.get(text.folded(first - 1), "") if first else ""
    key = f"{article} {text.folds[first]}"
    grown = article and text.gap(first) == " " and key in gazetteer()
    return (first, key) if grown and not capital_follows(text, first) else None


def town(text: Text, first: int) -> tuple[int, str]:
    """The longest name of a small town, or other name of a city, that begins at a word nobody bears as a name."""
    known, word = gazetteer(), text.words[first]
    if (len(word.folded) < SHORTEST_TOWN and text.after(first).strip(" -")) or not known.begins_town(word.folded):
        return first, ""
    key, best = "", (first, "")
    for last, following in enumerate(text.words[first : first + LONGEST], first):
        if key and (text.words[last - 1].possessive or text.gap(last) not in JOINTS):
            break
        key = f"{key} {following.folded}" if key else following.folded
        if following.capital and len(key) >= SHORTEST_TOWN and known.towns(key) and key not in areas():
            best = (last, key)
    return best


def spaced(text: Text, first: int) -> tuple[int, str] | None:
    """A large Chinese city written by the syllable: 'Zhu Hai', 'Shen Zhen'."""
    last = first + 1
    if last >= len(text.words) or text.gap(last) != " " or not text.words[last].capital or text.words[first].possessive:
        return None
    key = text.folds[first] + text.folds[last]
    if key not in gazetteer() or key.isascii() is False or text.folds[last] in gazetteer():
        return None
    city = gazetteer().named(key)[0]
    return (last, key) if city.country == "CN" and city.population >= SPELT_BY_SYLLABLE else None


def judge(text: Text, first: int, last: int, key: str) -> Toponym | None:
    """The toponym with its score; None where its neighbours make it another thing."""
    is_town = key not in gazetteer()
    beside = place_cues.area_beside(text, first, last)
    matching, named = _beside(key, gazetteer().named(key) or gazetteer().towns(key), beside)
    span = Span(text.paragraph, text.starts[first], _end(text, last))
    form = text.text[span.start : span.end]
    governed = place_cues.office(text, first, last)
    is_country = key in areas().countries and named[0].country not in CITY_STATES
    if (is_country and not (matching or place_cues.has_mayor(text, first))) or place_cues.landscape(text, first, last):
        return None
    if is_town and not governed and (place_cues.speaks(text, last) or (form.isupper() and not text.text.isupper() and first)):
        return None
    if place_cues.another_area(text, first, last, key):
        return Toponym(span, form, key, named, 0, (), area=True)
    if not governed and place_cues.is_person(text, first, last, key, named[0]):
        return Toponym(span, form, key, named, 0, (), person=True)
    score, evidence = (SMALL_TOWN, []) if is_town else _by_itself(text, key, named[0], form)
    located = place_cues.located_at(text, first, last)
    if located and key in word_names() and named[0].population >= WORTH_A_PREPOSITION and not capital_follows(text, last):
        score = ENOUGH - 5
    if not governed and key in word_names() and text.folded(first - 1) in cues("places")["articles"]:
        score -= 20
    for code, worth, holds in (
        ("city-country", 14, bool(matching)),
        ("city-office", 12, governed),
        ("city-locative", _worth_of_preposition(text, first, last, key), located),
        ("city-dateline", 7, first == 0 and place_cues.dateline(text, last, form)),
    ):
        if holds and active(code):
            score += worth
            evidence.append(code)
    crowded = place_cues.stands_in_name(text, first, last)
    firm = located and not is_town and _unmistakable(key, named)
    score -= _doubts(text, first, last, named[0]) + (_crowd(key, named[0], firm=firm) if crowded else 0)
    return Toponym(span, form, key, named, score, tuple(evidence), beside, crowded=crowded)


def _doubts(text: Text, first: int, last: int, city: City) -> int:
    """What the neighbours take from a score: a larger city, a shop's possessive, 'New' before it."""
    worth = 6 if city.population < QUARTER and in_a_larger(text, last) else 0
    worth += 6 if place_cues.of_a_shop(text, last) else 0
    return worth + (12 if place_cues.renewed(text, first) else 0)


def _crowd(key: str, city: City, *, firm: bool) -> int:
    """What a capitalised stranger beside it takes from a name, less if a preposition holds it."""
    if city.population >= 500_000 and not name_like(key):
        return 0
    return 3 if firm else 6


def _end(text: Text, last: int) -> int:
    """Where the name ends: 'Toyota City' is all of it, 'Nelson City Council' is a body of Nelson."""
    following = text.words[last + 1] if last + 1 < len(text.words) and text.after(last) == " " else None
    if following is None or following.text != "City" or text.words[last].possessive or text.folds[last] == "city":
        return text.ends[last]
    beyond = text.words[last + 2] if last + 2 < len(text.words) and text.after(last + 1) == " " else None
    of_a_body = beyond is not None and beyond.capital and beyond.folded not in cues("places")["city_officers"]
    return text.ends[last] if of_a_body else text.ends[last + 1]


def _beside(key: str, named: tuple[City, ...], beside: str) -> tuple[tuple[City, ...], tuple[City, ...]]:
    """The cities that lie in the area printed beside the name, and all of the name, small towns of that area among them."""
    matching = matches(named, beside) if beside else ()
    if beside and not matching and (matching := matches(gazetteer().towns(key), beside)):
        return matching, (*matching, *named)
    return matching, named


def _by_itself(text: Text, key: str, city: City, form: str) -> tuple[int, list[str]]:
    """The score of the bare name, and whether that is evidence enough."""
    score = prior(key, city, form, text) - (6 if " " in form and " " not in key and not form.endswith(" City") else 0)
    evidence = ["city-known"] if score >= ENOUGH and active("city-known") else []
    if score >= ENOUGH and not evidence:
        score = ENOUGH - 2  # what the page says of its country, one point, must not make up for it
    return score, evidence


def _worth_of_preposition(text: Text, first: int, last: int, key: str) -> int:
    """Nobody is 'in' or 'at' a person; a firm may be meant by 'at'."""
    if not name_like(key) or key in word_names() or capital_follows(text, last) or not place_cues.inside(text, first):
        return 5
    return 5 if text.folded(first - 1) == "at" and key in cues("places")["firms"] else 9


def _unmistakable(key: str, named: tuple[City, ...]) -> bool:
    """A name long enough, of one country only, that is nobody's name and no word: a capital makes it the place."""
    one_country = len({city.country for city in named}) == 1
    return len(key) >= FEWEST_LETTERS and one_country and not name_like(key) and key not in word_names() and key not in areas()


def prior(key: str, city: City, form: str, text: Text) -> int:
    """What a name is worth without its neighbours: by size, less if it is a word or somebody's name."""
    size = next(worth for smallest, worth in ((500_000, 10), (100_000, 8), (15_000, 6), (5_000, 3), (0, -2)) if city.population >= smallest)
    size += 2 if city.capital else 0
    end = key.rsplit(" ", maxsplit=1)[-1]
    landscape = end != key and city.population < TOWN_BY_THE_WATER and end in cues("places")["landscape_after"]
    if key in word_names() or landscape or end in cues("places")["area_after"]:
        return size - 10  # "Pearl River" is a town of Mississippi, too
    if (
        form.isupper()
        and not text.text.isupper()
        and (len(form) <= 4 or (city.population < WELL_KNOWN and not text.text.startswith((f"{form},", f"{form} ("))))
    ):
        return size - 8  # 'KOTRA' is nobody's town
    size += min(key.count(" "), 2)  # 'Bayou La Batre' is nothing else
    return size - 4 if name_like(key) and city.population < 1_000_000 else size


def distinct(toponym: Toponym) -> bool:
    """A name that is the place wherever it stands with a capital; not that of a small town, which strangers may bear."""
    return _unmistakable(toponym.key, toponym.cities)


def neighbours(found: list[Toponym], text: str) -> list[Toponym]:
    """Toponyms beside a sure one in a list or compound gain by it, more so if both are of one country: 'Houston and Mobile'."""
    if not active("city-list"):
        return found
    better = _two_together(_listed_together(list(found), text), text)
    for left, right in zip(range(len(found)), range(1, len(found)), strict=False):
        if text[found[left].span.end : found[right].span.start] not in LIST_JOINTS:
            continue
        for one, other in ((left, right), (right, left)):
            if better[other].score >= ENOUGH > better[one].score and not found[one].person and not found[one].area:
                worth = 7 if found[one].cities[0].country == found[other].cities[0].country else 3
                worth += 3 if worth == 7 and found[one].cities[0].population >= LARGE else 0
                better[one] = replace(better[one], score=better[one].score + worth, evidence=(*found[one].evidence, "city-list"))
    return better


PAIR_JOINTS = frozenset({" and ", " or ", " et ", " und ", " y ", " e ", " i ", " og ", " och ", " ve "})


def _two_together(found: list[Toponym], text: str) -> list[Toponym]:
    """Two distinct names of cities joined by 'and' prove each other: 'Lille and Kempten'."""
    for first, second in pairwise(range(len(found))):
        pair = (found[first], found[second])
        joined = text[pair[0].span.end : pair[1].span.start] in PAIR_JOINTS
        if joined and all(distinct(toponym) and toponym.cities[0].population >= 5_000 and not toponym.person for toponym in pair):
            found[first : second + 1] = [replace(toponym, score=max(toponym.score, ENOUGH)) for toponym in pair]
    return found


def _listed_together(found: list[Toponym], text: str) -> list[Toponym]:
    """Three distinct names of one country in a row prove each other: 'Rüsselsheim, Raunheim and Kelsterbach'."""
    for first in range(len(found) - 2):
        row = found[first : first + 3]
        joined = all(text[one.span.end : other.span.start] in LIST_JOINTS for one, other in pairwise(row))
        if joined and all(distinct(toponym) for toponym in row) and len({toponym.cities[0].country for toponym in row}) == 1:
            found[first : first + 3] = [replace(toponym, score=max(toponym.score, ENOUGH)) for toponym in row]
    return found
