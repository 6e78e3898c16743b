"""data/people/offices.txt and offices_by_language.txt → heads of offices by their first word, in every number, case and spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bindery.ingest.annotate.names_lexicon import by_first_word, folded, phrases, sections, terms
from bindery.ingest.annotate.polish import declined

OFFICES = "offices.txt"
BY_LANGUAGE = "offices_by_language.txt"
CLASSES = ("diplomatic", "government", "corporate", "other", "neutral", "abbreviated", "letters")
WITHOUT_PLURAL = ("abbreviated", "letters")
DIRECT = frozenset({"pl", "id"})
"""Languages in which what an office is of follows it without a preposition."""
WITHOUT_ARTICLES = DIRECT | {"vi", "tr", "cs"}
PREFIXES = (
    "vice",
    "deputy",
    "co",
    "ex",
    "sub",
    "under",
    "pro",
    "non",
    "then",
    "acting",
    "assistant",
    "oud",
    "alt",
    "eks",
    "mede",
    "adjunct",
)
GROWN = ("vize", "vice", "ex", "sub")
"""Prefixes that grow to an office without a hyphen: 'exministro', 'vicealcaldesa'."""
COMPOUND_ENDS = (
    "burgermeister", "minister", "prasident", "direktor", "vorsitzende", "sekretar", "sprecher", "geschaftsfuhrer", "leiter", "botschafter",
    "wethouder", "burgemeester", "directeur", "woordvoerder",
    "senator", "dezernent", "beauftragte", "konsul", "burgermeister", "vorstand",
    "ratschef", "konzernchef", "firmenchef", "parteichef", "verbandschef",
)  # fmt: skip
"""Offices that German compounds end in."""
SUFFIXES = ("elect", "designate", "emeritus")
GENERALS = frozenset({"general", "in", "of", "pro", "at", "a.i."})
"""Second words of a head whose plural falls on its first word: 'consuls general', 'members of parliament'."""


@dataclass(frozen=True, slots=True)
class Head:
    """One way to print the head of an office."""

    words: tuple[str, ...]
    office: str
    """Its class: "diplomatic", "government", "corporate", "other", "neutral", "abbreviated" or "letters"."""
    plural: bool
    base: str
    """The last word of the singular."""
    language: str = ""
    """ISO 639-1 of a language without articles; empty for all others."""

    @property
    def direct(self) -> bool:
        """What the office is of follows it without a preposition."""
        return self.language in DIRECT


@dataclass(frozen=True, slots=True)
class OfficeLexicon:
    heads: dict[str, tuple[Head, ...]]
    """First folded word → heads, the longest first."""
    never: frozenset[str]
    modifiers: frozenset[str]
    after_modifiers: dict[str, tuple[tuple[str, ...], ...]]
    """By their first word."""
    takes_to: frozenset[str]
    takes_on: frozenset[str]


def plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in "aeo":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


def _plurals(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield (*words[:-1], plural(words[-1]))
    if len(words) > 1 and words[1] in GENERALS:
        yield (plural(words[0]), *words[1:])


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    if len(words) == 2:
        yield ("-".join(words),)
    if len(words) == 3:
        yield ("-".join(words),)
        yield ("-".join(words[:2]), words[2])
        yield (words[0], "-".join(words[1:]))
    if len(words) == 1 and "-" in words[0]:
        yield tuple(words[0].split("-"))


def _heads(office: str) -> Iterator[Head]:
    for phrase in phrases(OFFICES, office):
        words = tuple(folded(phrase).split())
        base = words[0] if len(words) > 1 and words[1] in GENERALS else words[-1]
        for spelling in _spellings(words):
            yield Head(spelling, office, False, base)
        if office not in WITHOUT_PLURAL:
            for many in _plurals(words):
                for spelling in _spellings(many):
                    yield Head(spelling, office, True, base)


def _heads_by_language() -> Iterator[Head]:
    """Of languages without articles each head knows its language; Polish ones come in every case."""
    for section in sections(BY_LANGUAGE):
        language, office = section.split(" ", maxsplit=1)
        for phrase in phrases(BY_LANGUAGE, section):
            words = tuple(folded(phrase).split())
            known = language if language in WITHOUT_ARTICLES else ""
            head = Head(words, office, False, words[0] if known else words[-1], known)
            yield head
            if language == "pl":
                yield from (replace(head, words=case) for case in declined(words))
            elif not known:
                for spelling in _spellings(words):
                    yield replace(head, words=spelling)


@cache
def office_lexicon() -> OfficeLexicon:
    by_words: dict[tuple[str, ...], Head] = {}
    for office in CLASSES:
        for head in _heads(office):
            by_words.setdefault(head.words, head)
    for head in _heads_by_language():
        known = by_words.setdefault(head.words, head)
        by_words[head.words] = replace(known, language=known.language or head.language)
    heads: dict[str, list[Head]] = {}
    for head in by_words.values():
        heads.setdefault(head.words[0], []).append(head)
    return OfficeLexicon(
        heads={word: tuple(sorted(found, key=lambda head: -len(head.words))) for word, found in heads.items()},
        never=terms(OFFICES, "never"),
        modifiers=terms(OFFICES, "modifiers"),
        after_modifiers=by_first_word(tuple(folded(phrase).split()) for phrase in phrases(OFFICES, "after modifiers")),
        takes_to=terms(OFFICES, "takes to"),
        takes_on=terms(OFFICES, "takes on"),
    )


CASES = ("", "n", "en", "s", "r", "in")
"""Endings of the cases of COMPOUND_ENDS, and of a woman who has the office."""
_DECLINED = tuple(ending + case for ending in COMPOUND_ENDS for case in CASES)


@lru_cache(maxsize=16384)
def split_prefix(word: str) -> str:
    """The office inside a longer word; '' for a word without one.

    'mayor' of 'vice-mayor' and 'mayor-elect', 'alcalde' of 'vicealcalde', 'minister' of 'finanzminister'.
    """
    first, hyphen, rest = word.partition("-")
    if hyphen and first in PREFIXES:
        return rest
    front, hyphen, last = word.rpartition("-")
    if hyphen:
        return front if last in SUFFIXES else _compound(last)
    rest = next((word[len(grown) :] for grown in GROWN if word.startswith(grown) and len(word) >= len(grown) + 6), "")
    return _compound(rest or word) or rest


def _compound(word: str) -> str:
    """The last part of a German compound, in the nominative: 'vorsitzende' of 'Vorstandsvorsitzenden'."""
    if not word.endswith(_DECLINED):  # nearly every word
        return ""
    return next(ending for ending in COMPOUND_ENDS if word.endswith(tuple(ending + case for case in CASES)))
