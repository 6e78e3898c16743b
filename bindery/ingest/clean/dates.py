"""Dates as press pages print them → datetime.date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Date

from bindery.ingest.clean.lexicon import folded, months

OLDEST_YEAR, NEWEST_YEAR = 1900, 2100
"""A number outside is a quantity or a licence, not a year."""

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
"""Year before the first one of the era: 令和5年 is 2023; 民國 is the calendar of Taiwan."""

_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"(?<!\d)(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_EAST = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]")
_ERA = re.compile(rf"({'|'.join(ERAS)})\s?(\d{{1,3}}|元)\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,10})\.?[\s-]{0,2}(\d{1,2})(?:st|nd|rd|th)?[\s,-]{1,3}(\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?[\s-]{0,2}(?:of\s|de\s)?\s?([^\W\d_]{3,10})\.?[\s,-]{0,3}(?:del?\s)?\s?(\d{4})(?!\d)"
)
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")

TIME = re.compile(
    r"(?:\b(?:at|um|à|a las|às|alle|kl)\s+)?(?<!\d)\d{1,2}\s?(?::|h|時|시|点|點|(?<=\d)\.(?=\d\d\b))\s?\d{2}(?!\d)分?분?(?::\d{2})?"
    r"\s?(?:[ap]\.?m\b\.?)?\s?(?:uhr|hrs?|hours)?"
    r"(?:\s?\(?(?:gmt|utc|[ecmpb]s?t|e[ds]t|p[ds]t|c[ds]t|m[ds]t|ist|jst|kst|sgt|hkt|cest|cet|bst|aest|wib|pkt|msk)\b(?:\s?[+-]\s?\d{1,2}(?::?\d{2})?)?\)?)?",
)
"""A time of day with its zone, in folded text."""

WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
    r"|(?:星期|周|週)[一二三四五六日天]|\(?[月火水木金土日]曜?日?\)|[월화수목금토일]요일"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date and where it stands in the text."""

    start: int
    end: int
    date: Date


def find(text: str, *, month_first: bool) -> tuple[Found, ...]:
    """Every full date, in order, none overlapping. `month_first` reads 03/04/2021 as 4 March."""
    if not _DIGIT.search(text):
        return ()
    low = folded(text)
    found = [*_found(_ISO, low, (1, 3, 4)), *_found(_EAST, low, (1, 2, 3)), *_found(_VIETNAMESE, low, (3, 2, 1))]
    found += [*_named(_MONTH_FIRST, low, (3, 1, 2)), *_named(_DAY_FIRST, low, (3, 2, 1))]
    found += [*_numeric(low, month_first), *_eras(low)]
    return tuple(_apart(sorted(found, key=lambda item: (item.start, -item.end))))


def _apart(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _date(year: int, month: int, day: int) -> Date | None:
    if not OLDEST_YEAR <= year <= NEWEST_YEAR:
        return None
    try:
        return Date(year, month, day)
    except ValueError:
        return None


def _found(pattern: re.Pattern[str], text: str, groups: tuple[int, int, int]) -> list[Found]:
    matches = ((match, _date(*(int(match[group]) for group in groups))) for match in pattern.finditer(text))
    return [Found(match.start(), match.end(), date) for match, date in matches if date]


def _named(pattern: re.Pattern[str], text: str, groups: tuple[int, int, int]) -> list[Found]:
    """Dates with the month as a word; a word that is no month is no date."""
    year, month, day = groups
    matches = ((match, months().get(match[month])) for match in pattern.finditer(text))
    dated = ((match, _date(int(match[year]), number, int(match[day]))) for match, number in matches if number)
    return [Found(match.start(), match.end(), date) for match, date in dated if date]


def _numeric(text: str, month_first: bool) -> list[Found]:
    """10/30/2017, 30.10.2017, 30-10-2017. Stops and hyphens put the day first; with slashes it depends on the country."""
    found = []
    for match in _NUMBERS.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        slashed_month_first = match[2] == "/" and month_first
        order = ((first, second), (second, first)) if slashed_month_first else ((second, first), (first, second))
        date = next((date for month, day in order if (date := _date(year, month, day))), None)
        if date:
            found.append(Found(match.start(), match.end(), date))
    return found


def _eras(text: str) -> list[Found]:
    matches = ((match, ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))) for match in _ERA.finditer(text))
    dated = ((match, _date(year, int(match[3]), int(match[4]))) for match, year in matches)
    return [Found(match.start(), match.end(), date) for match, date in dated if date]
