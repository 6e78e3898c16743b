"""Words of a page in a language that inflects names of cities → the names in the nominative: 'Gdańsku', 'Zielonej Górze'."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.gazetteer import entries, gazetteer

SMALLEST_AT_HOME = 10_000
"""Inhabitants of a town whose inflected name is read; smaller ones are more often words: 'Pile', 'Lasku'."""
SMALLEST_ABROAD = 100_000
SHORTEST = 4
"""Letters that stay when the ending is taken away."""


def nominatives(words: tuple[str, ...], language: str | None) -> tuple[str, ...]:
    """Folded words of a name in the nominative; the words themselves where that gives no place or the language does not inflect."""
    return _polish(words) if language == "pl" else words


@lru_cache(maxsize=16384)
def _polish(words: tuple[str, ...]) -> tuple[str, ...]:
    if " ".join(words) in gazetteer() or " ".join(words) in areas():
        return words
    found = (base for base in product(*map(_bases, words)) if _known(" ".join(base)))
    return max(found, key=lambda base: _size(" ".join(base)), default=words)


def _bases(word: str) -> Iterator[str]:
    yield word
    for ending, nominative in _cases():
        if ending == f"={word}":
            yield nominative
        elif word.endswith(ending) and len(word) - len(ending) + len(nominative) >= SHORTEST:
            yield word.removesuffix(ending) + nominative


@cache
def _cases() -> tuple[tuple[str, str], ...]:
    """Ending of an oblique case and of the nominative; '=' before a whole name."""
    rows = entries("polish_cases.tsv")
    return tuple((ending.strip("-"), nominative.strip("-")) for ending, forms in rows for nominative in forms.split("|"))


def _known(name: str) -> bool:
    """A town of Poland, a large city abroad or a country."""
    if name in areas().countries:
        return True
    return any(city.population >= (SMALLEST_AT_HOME if city.country == "PL" else SMALLEST_ABROAD) for city in gazetteer().named(name)[:1])


def _size(name: str) -> int:
    cities = gazetteer().named(name)
    return cities[0].population if cities else 0
