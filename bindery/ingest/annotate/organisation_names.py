"""A paragraph → the organisations it names, by their nouns: 'China-Asia Economic Development Association', 'University of Tokyo'.

A noun is not enough: an 'Administrative Committee' or a 'Ministry of Commerce' may be of anywhere. So the name has to hold a place, or
for an association or a university a word that is no common one.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import yaml

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.gazetteer import gazetteer
from bindery.ingest.annotate.names_lexicon import lexicon
from bindery.ingest.annotate.words import Text, english
from bindery.ingest.draft import Span
from bindery.rules import active

LONGEST = 9
"""Words before the noun."""
FURTHER = 10
"""Words behind it."""
TOWN = 50_000
"""Inhabitants of a town whose name stands in that of an organisation; smaller ones have names of people and of words."""
CONTINENTS = frozenset({"asia", "africa", "america", "europe", "asian", "african", "european", "asean", "eurasian"})
JOINTS = frozenset({" ", "-", "‑", "–", " & ", "&", "’", "\u00a0"})
CHAMBER = "chamber of commerce"
"""It ends a name as often as it begins one, and is looked at from its end."""
OWN = frozenset({"people", "women", "children", "workers", "writers"})
"""Possessives inside the name of a body."""
SMALL = frozenset({"of", "for", "and", "on", "the"})


class Found(NamedTuple):
    """A place where an organisation is named."""

    span: Span
    name: str
    """As it is listed: the words as printed, or with the country that stands before them behind them."""
    evidence: str
    country: str = ""


@cache
def nouns(section: str) -> frozenset[str]:
    """A section of data/organisations/nouns.yaml."""
    source = resources.files("bindery.ingest").joinpath("data", "organisations", "nouns.yaml").read_text(encoding="utf-8")
    return frozenset(yaml.safe_load(source)[section])


@cache
def _last_words() -> frozenset[str]:
    return frozenset(noun.split()[-1] for section in ("named_ends", "zones", "placed_ends") for noun in nouns(section))


def find(text: Text) -> Iterator[Found]:
    """Each organisation once, the longer of two that overlap; whatever else is named in the same place is not looked at."""
    free = 0
    for index in text.capitals:
        if index < free:
            continue
        found = _beginning(text, index, free) or _ending(text, index, free)
        if found:
            one, free = found
            yield one


def _ending(text: Text, last: int, free: int) -> tuple[Found, int] | None:
    """'Japan Trade Promotion |Agency': the noun ends the name."""
    if text.folded(last) not in _last_words() or (
        last + 1 < len(text.words) and text.words[last + 1].capital and text.after(last) in JOINTS
    ):
        return None
    size, section = _noun(text, last)
    if f"{text.folded(last)} {text.folded(last + 1)} {text.folded(last + 2)}" == "commerce and industry":
        return None
    head = last - size + 1
    first = _start(text, head, free) if size else head
    if first >= head or text.gap(first).endswith(("'", "’", "‘")) or not active("organisation-noun") or _is_shouted(text, first, last):
        return None
    before = range(first, head)
    is_placed = any(is_place(text, index) for index in before)
    if not is_placed and (section == "placed_ends" or not any(_is_name(text, index) for index in before)):
        return None
    if all(text.folded(index) in areas().demonyms for index in before):
        last = _seat(text, last) if len(before) == 1 else last
        if last == head + size - 1 and len(before) == 1:
            return None
    return _made(text, first, last), last + 1


def _seat(text: Text, last: int) -> int:
    """'American Chamber of Commerce |in China': there is one in many countries. The last word of the place, or as it was."""
    if text.folded(last + 1) == "in" and text.after(last) == " " and last + 2 < len(text.words) and is_place(text, last + 2):
        return last + 2
    return last


def _noun(text: Text, last: int) -> tuple[int, str]:
    """Words of the noun that ends with this one, the most there are, and its section."""
    for size in range(5, 0, -1):
        words = " ".join(text.folded(index) for index in range(last - size + 1, last + 1))
        for section in ("named_ends", "zones", "placed_ends"):
            if words in nouns(section):
                return size, section
    return 0, ""


def _start(text: Text, head: int, free: int) -> int:
    """The first word of the name: capitals without a gap, 'and' between two common words, no word that only leads in."""
    first = head
    while first > free and head - first < LONGEST and _joined(text, first):
        before = first - 1
        if _is_owner(text, before):
            break
        if text.words[before].capital:
            first = before
        elif text.folded(before) == "and" and before > free and _are_common(text, before):
            first = before - 1
        else:
            break
    while first < head and text.folded(first) in nouns("lead_in"):
        first += 1
    return first


def _joined(text: Text, index: int) -> bool:
    """Nothing stands between a word and the one before it but what a name has there."""
    gap = text.gap(index)
    return gap in JOINTS or (gap in ("'s ", "’s ") and text.folded(index - 1) in OWN)


def _is_owner(text: Text, index: int) -> bool:
    """Whose something is: 'Japan's'; but 'People's Congress' is a name."""
    return text.words[index].possessive and text.folded(index) not in OWN


def _are_common(text: Text, joint: int) -> bool:
    """'Development |and Reform': what stands on both sides is no name."""
    sides = (joint - 1, joint + 1)
    return (
        all(text.words[side].capital and not _is_name(text, side) and not is_place(text, side) for side in sides) and text.gap(joint) == " "
    )


def _is_common(text: Text, index: int) -> bool:
    """'|Administrative Committee of …': a capital that belongs to the noun, and no name, place or word that only leads in."""
    word = text.words[index]
    is_other = word.possessive or word.folded in nouns("lead_in") or word.folded in SMALL
    return word.capital and not is_other and not _is_name(text, index) and not is_place(text, index)


def _beginning(text: Text, first: int, free: int) -> tuple[Found, int] | None:
    """'|Ministry of Foreign Affairs of Japan', 'Japan's |Ministry of Justice': the noun begins the name."""
    if text.folded(first) not in nouns("begin") or text.folded(first + 1) not in ("of", "for") or text.gap(first + 1) != " ":
        return None
    last = _end(text, first)
    if (
        last == first
        or not active("organisation-of")
        or _is_shouted(text, first, last)
        or f"{text.folded(first)} of {text.folded(first + 2)}" == CHAMBER
    ):
        return None
    inside = range(first + 2, last + 1)
    head = first
    while head > free and text.gap(head) == " " and _is_common(text, head - 1):
        head -= 1
    if any(is_place(text, index) for index in inside) or (text.folded(first) == "university" and _is_name(text, first + 2)):
        return _made(text, head, last, "organisation-of"), last + 1
    country = _owner(text, head - 1) if head > free else ""
    if not country:
        return None
    bare, whole = _made(text, head, last, "organisation-of"), _made(text, head - 1, last, "organisation-of")
    return whole._replace(name=f"{bare.name} of {country}", country=country), last + 1


def _end(text: Text, first: int) -> int:
    """The last word of what follows the noun: capitals, small words between them, and commas where 'and' comes after."""
    last, index = first, first + 1
    while index < len(text.words) and index - first <= FURTHER and not _is_owner(text, index - 1):
        gap = text.gap(index)
        if text.words[index].capital and (_joined(text, index) or (gap == ", " and _goes_on(text, index))):
            last = index
        elif text.folded(index) not in SMALL or gap != " " or (text.folded(index) == "and" and not _are_common(text, index)):
            break
        index += 1
    return last


def _goes_on(text: Text, index: int) -> bool:
    """'Economy, |Trade and Industry': one or two words, and the last of the list."""
    return any(text.folded(later) == "and" and _are_common(text, later) for later in (index + 1, index + 2) if later + 1 < len(text.words))


def _owner(text: Text, index: int) -> str:
    """The country whose a body is: 'Japan's', 'Japanese'. Empty where none stands there, or one of two."""
    if index < 0 or text.after(index) not in (" ", "'s ", "’s ", "' ", "’ "):
        return ""
    word = text.words[index]
    if not word.capital or (not word.possessive and word.folded not in areas().demonyms):
        return ""
    codes = areas().demonyms.get(word.folded) or frozenset(filter(None, (areas().countries.get(word.folded),)))
    return areas().short_name[next(iter(codes))] if len(codes) == 1 else ""


def is_place(text: Text, index: int) -> bool:
    """A country, a people, a province, a continent or a town of size; by its own word or with the next."""
    if not text.words[index].capital:
        return False
    two = f"{text.folded(index)} {text.folded(index + 1)}"
    return any(word in CONTINENTS or word in areas() or _is_town(word) for word in (text.folded(index), two))


def _is_town(folded: str) -> bool:
    return folded not in english() and any(city.population >= TOWN for city in gazetteer().named(folded)[:1])


def _is_name(text: Text, index: int) -> bool:
    """A word that is no common one, and no noun of institutions."""
    word = text.words[index]
    return word.capital and len(word.folded) > 2 and word.folded not in english() and word.folded not in lexicon().institution


def _is_shouted(text: Text, first: int, last: int) -> bool:
    return all(word.text.isupper() for word in text.words[first : last + 1])


def _made(text: Text, first: int, last: int, evidence: str = "organisation-noun") -> Found:
    span = Span(text.paragraph, text.starts[first], text.ends[last])
    opens = text.folded(first) if text.after(first) == " " else ""  # "China-Asia …" is of two, and of neither
    return Found(span, text.text[span.start : span.end], evidence, areas().short_name.get(areas().countries.get(opens, ""), ""))


def rest(text: Text, found: Found, taken: Sequence[Span]) -> Found | None:
    """A zone behind a mention of another, as of its town: 'Administrative Committee of Chongqing |Liangjiang New Area'. None where what
    stands there is no name."""
    end = max((span.end for span in taken if found.span.start <= span.start < found.span.end), default=0)
    words = [index for index, start in enumerate(text.starts) if end <= start and text.ends[index] <= found.span.end]
    if not end or not words:
        return None
    size, section = _noun(text, words[-1])
    is_named = section == "zones" and text.words[words[0]].capital and any(_is_name(text, index) for index in words[:-size])
    return _made(text, words[0], words[-1]) if is_named else None


def initials(name: str, small: Container[str] = SMALL) -> str:
    """'Wuxi New District' → 'WND'."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word.casefold() not in small and word[0].isalpha()).upper()
