"""Words of a possible name → how sure its shape is and where its family name stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from bindery.ingest.annotate.names_lexicon import hepburn, lexicon, pinyin

FAMILY_FIRST = "family-first"
GIVEN_FIRST = "given-first"


class Shape(NamedTuple):
    strength: int
    """2: a name wherever it stands. 1: a name beside an office. 0: none."""
    order: str
    """"family-first", "given-first", or "" where the shape does not tell."""


NONE = Shape(0, "")
WEAK = Shape(1, "")


@lru_cache(maxsize=16384)
def shape(words: tuple[str, ...]) -> Shape:
    """The best reading of folded words that all look like parts of a name."""
    if len(words) == 1:
        return Shape(1, "")
    readings = (reading(words) for reading in READINGS)
    return max(readings, key=lambda found: found.strength, default=NONE)


def _chinese(words: tuple[str, ...]) -> Shape:
    """Mandarin in pinyin: 'Gou Gengmao', 'Zeng Zhi', 'Lixin Wang', 'Zhang Yong Wu'."""
    family, *given = words
    known = lexicon().chinese
    if len(words) <= 3 and family in known and _mandarin_given(given):
        return Shape(2, FAMILY_FIRST)
    if len(words) == 2 and given[0] in known and pinyin(family) == 2:
        return Shape(2, GIVEN_FIRST)
    return NONE


def _mandarin_given(words: list[str]) -> bool:
    counts = [pinyin(word) for word in words]
    return all(counts) and sum(counts) <= 2


def _southern(words: tuple[str, ...]) -> Shape:
    """Cantonese and Hokkien romanised syllable by syllable: 'Chan Hing Wing', 'Lim Chee Onn', 'Tsai Ing-wen', 'Carrie Lam'."""
    family, *given = words
    known = lexicon()
    short = all(len(part) <= 6 for word in given for part in word.split("-"))
    syllables = sum(len(word.split("-")) for word in given)
    if family in known.southern and short and syllables == 2:
        return Shape(2, FAMILY_FIRST)
    if len(words) >= 2 and words[0] in known.given and words[1] in known.southern:
        return Shape(2, GIVEN_FIRST)
    if len(words) == 4 and family in known.southern and all(len(word) <= 5 and _SYLLABLE.fullmatch(word) for word in given):
        return Shape(2, FAMILY_FIRST)  # 'Loo Lee Lian Fong': the husband's name or a second one behind
    return NONE


_SYLLABLE = re.compile(r"[bcdfghjklmnpqrstvwxyz]{0,3}[aeiouy]{1,3}(?:ng|[nmptkh])?")


def _korean(words: tuple[str, ...]) -> Shape:
    """'Lee Seok-hee', 'Seok-hee Lee', 'Yang Geol', 'Ban Ki Moon'."""
    family, given = words[0], words[1:]
    known = lexicon().korean
    if len(words) == 2 and "-" in words[1] and family in known:
        return Shape(2, FAMILY_FIRST)
    if len(words) == 2 and "-" in words[0] and given[0] in known:
        return Shape(2, GIVEN_FIRST)
    if family in known and all(3 <= len(word) <= 6 for word in given) and len(words) == 3:
        return Shape(1, FAMILY_FIRST)
    return NONE


def _vietnamese(words: tuple[str, ...]) -> Shape:
    """'Nguyen Van Hung', 'Pham Minh Chinh'."""
    if len(words) in (3, 4) and words[0] in lexicon().vietnamese and all(len(word) <= 6 for word in words):
        return Shape(2, FAMILY_FIRST)
    return NONE


def _japanese(words: tuple[str, ...]) -> Shape:
    """Hepburn in either order: 'Tomita Masakiro', 'Yoichiro Mori'."""
    spelt = [hepburn(word) for word in words]
    if len(words) != 2 or not all(spelt):
        return NONE
    known = lexicon()
    first, last = spelt
    forward = (first in known.japanese_families) + (last in known.japanese_given)
    backward = (first in known.japanese_given) + (last in known.japanese_families)
    if forward == backward:
        return Shape(2 if forward == 2 else 1, "")
    return Shape(2, FAMILY_FIRST if forward > backward else GIVEN_FIRST)


def _western(words: tuple[str, ...]) -> Shape:
    """A known given name before another word: 'Clas Neumann', 'Grzegorz Piotr Morawski', 'Pim ten Haaf', 'J. B. Pritzker'."""
    known = lexicon()
    if len(words[0]) == 1 or "." in words[0]:
        return Shape(2, "")
    if any(word in known.strong_particles for word in words[1:-1]):
        return Shape(2, GIVEN_FIRST)
    first = words[0].split("-")[0]
    if first in known.given:
        return Shape(2, "" if words[-1] in known.given else GIVEN_FIRST)
    if words[-1] in known.given and words[0] in known.families:
        return Shape(2, FAMILY_FIRST)
    if all(word in known.families for word in (words[0], words[-1])):
        return Shape(2, "")
    return WEAK


READINGS: tuple[Callable[[tuple[str, ...]], Shape], ...] = (_chinese, _korean, _southern, _vietnamese, _japanese, _western)
