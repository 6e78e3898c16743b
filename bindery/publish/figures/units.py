"""Words and signs of units → what is measured, and the unit in one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bindery.publish.figures.figure import Measure


class Unit(NamedTuple):
    measure: Measure
    code: str
    """ISO 4217 for money, the sign of the unit for anything else."""
    is_abbreviated: bool = False
    """Stands close to its number, and its capitals count: "MW", "t"."""


_IN_WORDS: Mapping[tuple[Measure, str], str] = {
    ("share", "%"): "percent|per cent|pct",
    ("share", "percentage points"): "percentage points|percentage point|percent points",
    ("share", "basis points"): "basis points",
    ("money", "USD"): "us dollars|u.s. dollars|american dollars|dollars|dollar|us dollar|usd",
    ("money", "HKD"): "hong kong dollars|hk dollars|hkd",
    ("money", "SGD"): "singapore dollars|singaporean dollars|sgd",
    ("money", "AUD"): "australian dollars|aud",
    ("money", "CAD"): "canadian dollars|cad",
    ("money", "NZD"): "new zealand dollars|nzd",
    ("money", "TWD"): "new taiwan dollars|taiwan dollars|nt dollars|twd",
    ("money", "CNY"): "yuan renminbi|chinese yuan|yuan rmb|yuan|renminbi|rmb|cny",
    ("money", "JPY"): "japanese yen|yen|jpy",
    ("money", "EUR"): "euros|euro|eur",
    ("money", "GBP"): "pounds sterling|british pounds|gbp",
    ("money", "KRW"): "south korean won|korean won|won|krw",
    ("money", "INR"): "indian rupees|inr",
    ("money", "RUB"): "russian rubles|russian roubles|rubles|roubles|rub",
    ("money", "CHF"): "swiss francs|chf",
    ("money", "THB"): "thai baht|baht|thb",
    ("money", "MYR"): "ringgit|myr",
    ("money", "VND"): "vietnamese dong|vnd",
    ("money", "IDR"): "rupiah|idr",
    ("money", "PHP"): "philippine pesos|php",
    ("money", "AED"): "uae dirhams|dirhams|aed",
    ("money", "KZT"): "kazakhstani tenge|tenge|kzt",
    ("money", "HUF"): "hungarian forints|forints|huf",
    ("money", "PLN"): "polish zlotys|zlotys|zloty|pln",
    ("money", "KES"): "kenyan shillings|kes",
    ("money", "NGN"): "naira|ngn",
    ("money", "ZAR"): "south african rand|zar",
    ("money", "SEK"): "swedish kronor|sek",
    ("area", "km²"): (
        "square kilometers|square kilometres|square kilometer|square kilometre|sq. kilometers"
        "|square-kilometer|square-kilometre|sq. km|sq km|square km|sq.km"
    ),
    ("area", "m²"): (
        "square meters|square metres|square meter|square metre|square-meter|square-metre|sq. meters|sq meters|sq. m|sq m|square m|sq.m|sqm"
    ),
    ("area", "ha"): "hectares|hectare",
    ("area", "mu"): "mu",
    ("area", "acres"): "acres|acre",
    ("area", "sq mi"): "square miles|square mile",
    ("area", "sq ft"): "square feet|square foot|square-foot|sq ft|sq. ft",
    ("speed", "km/h"): "kilometers per hour|kilometres per hour|kilometers an hour|kilometres an hour|km per hour|km/h|kph|kmph",
    ("length", "km"): "kilometers|kilometres|kilometer|kilometre",
    ("length", "m"): "meters|metres|meter|metre",
    ("length", "mi"): "miles|mile",
    ("length", "nmi"): "nautical miles",
    ("mass", "t"): "metric tons|metric tonnes|metric ton|tonnes|tons|tonne|ton",
    ("mass", "kg"): "kilograms|kilogrammes|kilogram",
    ("volume", "m³"): "cubic meters|cubic metres|cubic meter|cubic metre",
    ("volume", "l"): "liters|litres|liter|litre",
    ("volume", "barrels"): "barrels|barrel",
    ("volume", "TEU"): "twenty-foot equivalent units|standard containers|teus|teu",
    ("energy", "kWh"): "kilowatt-hours|kilowatt hours",
    ("energy", "MWh"): "megawatt-hours|megawatt hours",
    ("energy", "GWh"): "gigawatt-hours|gigawatt hours",
    ("energy", "TWh"): "terawatt-hours|terawatt hours",
    ("power", "kW"): "kilowatts|kilowatt",
    ("power", "MW"): "megawatts|megawatt",
    ("power", "GW"): "gigawatts|gigawatt",
}
_SIGNS: Mapping[tuple[Measure, str], str] = {
    ("share", "%"): "%|％",
    ("area", "km²"): "km²|km2",
    ("area", "m²"): "m²|m2",
    ("area", "ha"): "ha",
    ("length", "km"): "km",
    ("mass", "t"): "t",
    ("mass", "kg"): "kg",
    ("volume", "m³"): "m³|m3",
    ("energy", "kWh"): "kWh",
    ("energy", "MWh"): "MWh",
    ("energy", "GWh"): "GWh",
    ("energy", "TWh"): "TWh",
    ("power", "kW"): "kW",
    ("power", "MW"): "MW",
    ("power", "GW"): "GW",
}

CURRENCY_SIGNS: Mapping[str, str] = {
    "US$": "USD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD",
    "$": "USD", "€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR", "USD": "USD", "RMB": "CNY", "CNY": "CNY", "JPY": "JPY", "EUR": "EUR",
    "GBP": "GBP", "RM": "MYR", "Rp": "IDR", "Rs": "INR", "Rs.": "INR", "PHP": "PHP", "AED": "AED", "KZT": "KZT", "HUF": "HUF",
    "HKD": "HKD", "SGD": "SGD", "AUD": "AUD", "CAD": "CAD", "KRW": "KRW", "INR": "INR", "CHF": "CHF",
}  # fmt: skip
"""Before a number. "$" alone is taken for the United States', as the press does; "¥" is yen or yuan and decides nothing."""


def _table(rows: Mapping[tuple[Measure, str], str], *, is_abbreviated: bool) -> dict[str, Unit]:
    return {word: Unit(*unit, is_abbreviated) for unit, words in rows.items() for word in words.split("|")}


UNITS = _table(_SIGNS, is_abbreviated=True) | _table(_IN_WORDS, is_abbreviated=False)
"""Signs as they are, words in small letters."""


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


_SIGN = one_of(word for word, unit in UNITS.items() if unit.is_abbreviated)
_WORD = one_of(word for word, unit in UNITS.items() if not unit.is_abbreviated)
_UNIT = re.compile(rf"[ \u00a0\u2009\u202f-]?(?:(?P<word>(?i:{_WORD}))(?![\w²³])|(?P<sign>{_SIGN})(?![\w²³/]))")


def unit_at(text: str, position: int) -> tuple[Unit, int] | None:
    """The unit that stands there, a space or a hyphen before it, and where it ends."""
    found = _UNIT.match(text, position)
    if found is None:
        return None
    word = found["sign"] or found["word"].lower()
    return UNITS[word], found.end()
