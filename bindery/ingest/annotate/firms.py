"""data/companies/ → well-known firms by name, in Latin and in East Asian scripts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bindery.ingest.annotate.words import lexicon, words

REGIONAL = "regional.tsv"
NATIVE = "native.tsv"
"""Its rows add names to the firms of the other lists."""


@dataclass(frozen=True, slots=True)
class Firm:
    """One well-known firm."""

    name: str
    """Its usual English name: what its records are merged by."""
    country: str
    """ISO code of its home; empty if not known, or known from hearsay."""


@dataclass(frozen=True, slots=True)
class Form:
    """One name of a firm."""

    firm: Firm
    text: str
    weak: bool
    """The name is also a word, a surname or another thing's name."""
    regional: bool = False
    """Known in its own region only: in small letters it is a word."""

    @property
    def acronym(self) -> bool:
        """Found in capitals only: "BT", not "bt"."""
        return len(self.text) <= 5 and self.text.isupper()


class Firms:
    """Well-known firms by key (folded words, set apart by a space) and by native name."""

    def __init__(self) -> None:
        weak = lexicon("companies", "word_firms.txt") | _lines("word_firms_long.txt")
        native_weak = lexicon("companies", "word_firms_native.txt")
        self.by_key: dict[str, Form] = {}
        self.by_native: dict[str, Form] = {}
        for file, country, *names in _rows():
            regional = file == REGIONAL  # whose column of countries was never checked against a source
            known = self.by_key.get(key_of(names[0])) if file == NATIVE else None
            firm = known.firm if known else Firm(names[0], "" if regional else country)
            for name in names:
                if name[0] > "⺀" or any(letter > "⺀" for letter in name):
                    self.by_native.setdefault(name, Form(firm, name, name in native_weak))
                elif key := key_of(name):
                    self.by_key.setdefault(key, Form(firm, name, key in weak or len(key) < 2, regional))
        self.longest_native = max(map(len, self.by_native))
        self.last_words = Counter(key.rsplit(" ", 1)[1] for key in self.by_key if " " in key)
        """Last word of a name of several → how many firms have it: 'foods', 'railroad', 'advogados'."""
        self.first_words = Counter(key.split(" ", 1)[0] for key in self.by_key if " " in key)
        """The same of first words."""
        self.longest_from: dict[str, int] = {}
        """First word of a name → words of the longest name that begins with it."""
        self._pairs: set[str] = set()
        for key in self.by_key:
            first, *more = key.split(" ")
            if len(more) >= self.longest_from.get(first, 0):
                self.longest_from[first] = len(more) + 1
            if more:
                self._pairs.add(f"{first} {more[0]}")

    def may_begin(self, first: str, second: str) -> bool:
        """Whether two words begin a name, or the first is one: many names begin with a word that stands in every text."""
        return first in self.by_key or f"{first} {second}" in self._pairs


def key_of(name: str) -> str:
    if name.isascii() and name.replace(" ", "").isalnum():
        return name.lower()  # most names, ten times as fast
    return " ".join(word.folded for word in words(name))


def _rows() -> list[list[str]]:
    """File, country, names; those kept by hand first, so that they win over the index members."""
    rows = []
    for file in ("firms.tsv", REGIONAL, "listed.tsv", NATIVE):
        source = resources.files("bindery.ingest").joinpath("data", "companies", file).read_text(encoding="utf-8")
        for line in source.splitlines():
            if not line.startswith("#"):
                country, names = line.split("\t")
                rows.append([file, country, *names.split("|")])
    return rows


@cache
def firms() -> Firms:
    return Firms()


def _lines(file: str) -> frozenset[str]:
    """Keys of the names in a data file, one a line."""
    source = resources.files("bindery.ingest").joinpath("data", "companies", file).read_text(encoding="utf-8")
    return frozenset(key_of(line) for line in source.splitlines() if not line.startswith("#"))


@cache
def bodies() -> frozenset[str]:
    """Keys of acronyms and names that are no companies."""
    return _lines("organisations.txt")
