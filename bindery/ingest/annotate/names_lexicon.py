"""data/people/ → the words personal names and offices are told by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "’": "'", "‘": "'", "‐": "-", "‑": "-"}
)


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """How two spellings of a Latin word are compared: no accents, one apostrophe, one hyphen, lower case."""
    word = word.lower().translate(LETTERS)
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def read(name: str) -> str:
    return resources.files("bindery.ingest").joinpath("data", "people", name).read_text(encoding="utf-8")


def _lines(name: str) -> Iterator[str]:
    return (line for line in read(name).splitlines() if line and not line.startswith("#"))


def words(name: str) -> frozenset[str]:
    """The words of a flat list."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def sections(name: str) -> dict[str, str]:
    """The text of each [section] of a data file."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in _lines(name):
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), [])
        else:
            current.append(line)
    return {section: "\n".join(lines) for section, lines in found.items()}


def terms(name: str, section: str) -> frozenset[str]:
    """The words of a section, folded."""
    return frozenset(folded(word) for word in sections(name).get(section, "").split())


def phrases(name: str, section: str) -> tuple[str, ...]:
    """The phrases of a section, divided by semicolons and lines, as they stand."""
    return tuple(phrase.strip() for phrase in re.split(r"[;\n]", sections(name).get(section, "")) if phrase.strip())


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """Sets of folded words."""

    given: frozenset[str]
    families: frozenset[str]
    japanese_given: frozenset[str]
    japanese_families: frozenset[str]
    syllables: frozenset[str]
    chinese: frozenset[str]
    southern: frozenset[str]
    korean: frozenset[str]
    vietnamese: frozenset[str]
    particles: frozenset[str]
    strong_particles: frozenset[str]
    honorifics: frozenset[str]
    honorific_phrases: dict[str, tuple[tuple[str, ...], ...]]
    """By their first word."""
    post_nominals: frozenset[str]
    suffixes: frozenset[str]
    stop: frozenset[str]
    dates: frozenset[str]
    """Months and days that are names too."""
    institution: frozenset[str]
    """Nouns, adjectives and abbreviations of organisations."""
    organisation: frozenset[str]
    """Nouns and abbreviations of organisations alone: what an organisation's name may end in."""


def by_first_word(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


@cache
def lexicon() -> NameLexicon:
    nouns = terms("institution_words.txt", "organisation nouns") | terms("institution_words.txt", "organisation abbreviations")
    nouns |= terms("institution_words.txt", "organisation nouns of other languages")
    fields = terms("institution_words.txt", "organisation adjectives")
    fields |= terms("institution_words.txt", "organisation adjectives of other languages")
    asian = {key: terms("asian_names.txt", key) for key in sections("asian_names.txt")}
    return NameLexicon(
        given=words("given_latin.txt"),
        families=words("families_latin.txt"),
        japanese_given=words("japanese_given_latin.txt"),
        japanese_families=words("japanese_families_latin.txt"),
        syllables=asian["pinyin syllables"],
        chinese=asian["pinyin families"],
        southern=asian["southern families"],
        korean=asian["korean families"],
        vietnamese=asian["vietnamese families"],
        particles=terms("name_words.txt", "particles"),
        strong_particles=terms("name_words.txt", "strong particles"),
        honorifics=terms("name_words.txt", "honorifics"),
        honorific_phrases=by_first_word(tuple(folded(p).split()) for p in phrases("name_words.txt", "honorific phrases")),
        post_nominals=terms("name_words.txt", "post nominals"),
        suffixes=terms("name_words.txt", "suffixes"),
        stop=terms("name_words.txt", "stop") - terms("name_words.txt", "dates"),
        dates=terms("name_words.txt", "dates"),
        institution=nouns | fields,
        organisation=nouns,
    )


@cache
def foreign_nouns() -> frozenset[str]:
    """Nouns of organisations that no English text has: 'porto', 'comune'."""
    own = terms("institution_words.txt", "organisation nouns") | terms("institution_words.txt", "organisation abbreviations")
    return terms("institution_words.txt", "organisation nouns of other languages") - own


@lru_cache(maxsize=16384)
def pinyin(word: str) -> int:
    """How many Mandarin syllables a folded word is made of, hyphens and apostrophes apart; 0 if it is not."""
    total = 0
    for part in re.split(r"[-']", word):
        count = _syllables(part)
        if not count:
            return 0
        total += count
    return total


def _syllables(part: str) -> int:
    """Fewest syllables that spell a word of up to twelve letters; 0 if none do."""
    if not part or len(part) > 12:
        return 0
    best = [0] + [99] * len(part)
    known = lexicon().syllables
    for end in range(1, len(part) + 1):
        best[end] = min((best[start] + 1 for start in range(max(0, end - 6), end) if part[start:end] in known), default=99)
    return best[-1] if best[-1] < 99 else 0


HEPBURN = re.compile(
    r"(?:(?:ky|gy|sh|ch|ts|ny|hy|by|py|my|ry|[kgsztdnhbpmyrwjf]|kk|tt|pp|ss|ssh|tch|cch)?[aeiou]h?|n(?![aeiouy])|m(?=[bmp]))+"
)


@lru_cache(maxsize=16384)
def hepburn(word: str) -> str:
    """A folded word without its marks of length if it could be Japanese in Hepburn romanisation, else ''."""
    if len(word) < 3 or not HEPBURN.fullmatch(word):
        return ""
    word = re.sub(r"o[uo]|oh(?![aeiou])", "o", word).replace("uu", "u")
    return re.sub(r"m(?=[bmp])", "n", word)
