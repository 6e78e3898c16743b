"""data/places/cities.tsv.gz and towns.tsv.gz → City by name, in Latin and in East Asian scripts."""

from __future__ import annotations

import gzip
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from importlib import resources

import msgspec

MARKS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"} | dict.fromkeys("’'‘ʻʼ`", ""))
GAPS = re.compile(r"[\s\-./,·‐‑–]+")


class City(msgspec.Struct, frozen=True, gc=False):
    """One municipality of GeoNames (CC BY 4.0)."""

    geonames: str
    country: str
    """ISO 3166-1 alpha-2."""
    division: str
    """Name of its province, state or region; empty if GeoNames has none."""
    latitude: str
    longitude: str
    population: int
    capital: bool
    name: str
    natives: tuple[str, ...]
    """Its name in Han, kana and Hangul."""


@cache
def fold(text: str) -> str:
    """How two Latin spellings are compared: no accents, apostrophes, case; hyphens and stops are spaces."""
    text = text.casefold().translate(MARKS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return GAPS.sub(" ", text).strip()


Rows = dict[str, int | tuple[int, ...]]
"""Name → number of the row, or numbers: half a million lists would cost the garbage collector an eighth of all time."""


def _add(rows: Rows, name: str, number: int) -> None:
    present = rows.get(name)
    if present is None:
        rows[name] = number
    else:
        rows[name] = (present, number) if isinstance(present, int) else (*present, number)


class Gazetteer:
    """All cities, by folded Latin name and by native name. Rows become `City` when first asked for."""

    def __init__(self, text: str, other_tongues: list[list[str]]) -> None:
        """`text` is cities.tsv, `other_tongues` the lines of exonyms_by_language.tsv."""
        self._rows = text.splitlines()
        self._by_name: Rows = {}
        self._by_native: Rows = {}
        for number, row in enumerate(self._rows):
            *_, names, natives = row.rsplit("\t", 2)
            for name in names.split("|"):
                _add(self._by_name, name, number)
            if natives:
                for name in natives.split("|"):
                    _add(self._by_native, name, number)
        for _, name, country, forms in other_tongues:
            self._call(name, country, forms.split("|"))
        self._cities: dict[int, City] = {}
        self._found: dict[str, tuple[City, ...]] = {}
        self._longest: dict[str, int] = {}
        for name in self._by_native:
            if len(name) > self._longest.get(name[0], 0):
                self._longest[name[0]] = len(name)

        self._towns: list[str] | None = None
        self._small: dict[str, tuple[City, ...]] = {}
        self._beginnings: dict[str, bool] = {}

    def _call(self, name: str, country: str, forms: list[str]) -> None:
        """Let a city be known by more forms, in their place among its namesakes: the largest first."""
        known = self._by_name.get(fold(name), ())
        numbers = (known,) if isinstance(known, int) else known
        number = next((place for place in numbers if self._rows[place].split("\t", 2)[1] == country), None)
        if number is None:
            raise KeyError(f"no city {name} in {country}")
        for form in forms:
            rows, key = (self._by_native, form) if form[0] > "\u2e80" else (self._by_name, fold(form))
            _add(rows, key, number)
            row = rows[key]
            rows[key] = row if isinstance(row, int) else tuple(sorted(set(row)))

    def __contains__(self, folded: str) -> bool:
        return folded in self._by_name

    def named(self, folded: str) -> tuple[City, ...]:
        """Cities of a folded Latin name, the largest first."""
        if folded not in self._found:
            self._found[folded] = self._all(self._by_name, folded)
        return self._found[folded]

    def is_native(self, text: str) -> bool:
        return text in self._by_native

    def longest_from(self, first: str) -> int:
        """Length of the longest native name that begins with a character; 0 if none does."""
        return self._longest.get(first, 0)

    def native(self, text: str) -> tuple[City, ...]:
        """Cities of a name in Han, kana, Hangul or Cyrillic, the largest first."""
        return self._all(self._by_native, text)

    def begins_town(self, word: str) -> bool:
        """Whether any name of towns.tsv.gz has a folded word as its first: a quick look before names of several."""
        known = self._beginnings.get(word)
        if known is None:
            place = bisect_left(self.town_rows, f"{word}\t")
            whole = (f"{word}\t", f"{word} ")
            known = self._beginnings[word] = place < len(self.town_rows) and self.town_rows[place].startswith(whole)
        return known

    def towns(self, folded: str) -> tuple[City, ...]:
        """Small towns of a folded name, and cities that have it beside their first one: names that need evidence."""
        if folded not in self._small:
            self._small[folded] = tuple(self._towns_of(f"{folded}\t"))
        return self._small[folded]

    @property
    def town_rows(self) -> list[str]:
        """Lines of towns.tsv.gz in order of their names, read when first asked for: most are never looked at."""
        if self._towns is None:
            self._towns = _unpacked("towns.tsv.gz").splitlines()
        return self._towns

    def _towns_of(self, beginning: str) -> Iterator[City]:
        place = bisect_left(self.town_rows, beginning)
        while place < len(self.town_rows) and self.town_rows[place].startswith(beginning):
            row = self.town_rows[place][len(beginning) :]
            yield self._city(int(row)) if row.isdigit() else parse(row)
            place += 1

    def _all(self, rows: Rows, name: str) -> tuple[City, ...]:
        numbers = rows.get(name, ())
        return tuple(self._city(number) for number in ((numbers,) if isinstance(numbers, int) else numbers))

    def _city(self, number: int) -> City:
        if number not in self._cities:
            self._cities[number] = parse(self._rows[number])
        return self._cities[number]


def parse(row: str) -> City:
    geonames, country, division, latitude, longitude, population, capital, name, _, natives = row.split("\t")
    return City(
        geonames, country, division, latitude, longitude, int(population), bool(capital), name, tuple(natives.split("|")) if natives else ()
    )


def _read(name: str) -> str:
    return resources.files("bindery.ingest").joinpath("data", "places", name).read_text(encoding="utf-8")


def _unpacked(name: str) -> str:
    return gzip.decompress(resources.files("bindery.ingest").joinpath("data", "places", name).read_bytes()).decode()


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(_unpacked("cities.tsv.gz"), entries("exonyms_by_language.tsv"))


def entries(name: str) -> list[list[str]]:
    """Lines of a lexicon in data/places/, split at tabs; comments and blank lines left out."""
    return [line.split("\t") for line in _read(name).splitlines() if line and not line.startswith("#")]
