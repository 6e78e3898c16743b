"""Dates as press pages print them → datetime.date."""

from __future__ import annotations

import re
from datetime import date as Date

import msgspec

from bindery.ingest.clean.lexicon import folded, months

OLDEST_YEAR, NEWEST_YEAR = 1900, 2100
"""A number outside is a quantity or a licence, not a year."""

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
"""Year before the first one of the era: 令和5年 is 2023; 民國 is the calendar of Taiwan."""

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
"""Every date in ASCII has one; other scripts have eras and other calendars."""
_ISO = re.compile(
    r"(?<!\d)(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)(?:t\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d:?\d\d)?)?"
)
_EAST = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]")
_ERA = re.compile(rf"({'|'.join(ERAS)})\s?(\d{{1,3}}|元)\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,10})[.,]?[\s-]{0,2}(\d{1,2})(?:st|nd|rd|th)?[\s,./-]{1,3}(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\.?,?\s(?:m\.\s)?([^\W\d_]{3,10})\.?\s(\d{1,2})(?![\d:])")
"""'2019 September 12', '2021 m. kovo 12 d.', '2021. március 12.'"""
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?[\s/-]{0,3}(?:of\s|de\s)?\s?([^\W\d_]{3,10})\.?[\s,/-]{0,3}(?:del?\s)?\s?(\d{4})(?!\d)"
)
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_FIGURES = re.compile(r"\d\s?[./-]\s?\d")
"""What every date in figures has: a quick look that saves the pattern."""
_REPUBLIC = re.compile(r"(?<![\d./-])(1[0-2]\d)\s?([-./年])\s?(\d{1,2})\s?(?:\2|月)\s?(\d{1,2})(?![\d./-])")
"""Years of the Republic of China without its name, as Taiwan's offices print them: '110-03-12', '110年3月12日'."""
FIGURES = {ord(figure): str(value) for zero in "٠۰०০๐" for value, figure in enumerate(map(chr, range(ord(zero), ord(zero) + 10)))}
"""Arabic, Persian, Hindi, Bengali and Thai figures."""
_FOREIGN_FIGURE = re.compile(f"[{''.join(map(chr, FIGURES))}]")
_HAN = re.compile("[㐀-鿿]")
FIRST_OF_THE_REPUBLIC = 1911
_BUDDHIST = re.compile(r"(?<!\d)(\d{1,2})\s+([\u0e00-\u0e7f.]{3,12})\s+(?:พ\.?ศ\.?\s?)?(25\d\d)(?!\d)")
"""Thailand counts from the Buddha's death: 2564 is 2021."""
BUDDHIST = 543
_PERSIAN = re.compile(r"(?<!\d)(1[34]\d\d)\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
"""Years of Iran, in its digits: '۱۴۰۰/۱۲/۲۱'."""
_DAY_OF_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?([a-z]{3,9})\b|\b([a-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?(?![\d:])"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED_DAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+(\d{1,2})([/.-])(\d{1,2})\3(\d{4})")
_DAY_FIRST_SIGNS = re.compile(
    r"\b(?:ist|wib|pkt|sgt|myt|gmt|bst|aest|nzst|eat|wat|sast|cet|cest|bernama|wam|kuna|qna|ansa|afp|efe|vna|nnt|tanjug|hina|bta|agerpres|ana-mpa|antara|tnn|pti|ani|apa|dpa|adnkronos)\b"
    r"|\.(?:my|in|uk|au|nz|sg|za|ng|ke|gh|ie|eu|de|fr|it|es|pl|ae|qa|kw|sa|om|bh|eg|tr|th|vn|id|bd|lk|np|pk|hk)\b"
)
"""Agencies, clocks and addresses of countries that put the day before the month."""
_DAY_FIRST_COUNTRIES = re.compile(
    r"\b(?:new zealand|whakat|aotearoa|australia|india|pakistan|bangladesh|sri lanka|nepal|malaysia|singapore|kenya|nigeria|ghana|uganda"
    r"|tanzania|rwanda|zambia|zimbabwe|namibia|ireland|united kingdom|england|scotland|wales|emirates|kuwait|qatar|oman|bahrain|saudi"
    r"|egypt|jordan|turkey|türkiye|hong kong|thailand|vietnam|indonesia|france|germany|italy|spain|poland|romania|serbia|greece|brazil"
    r"|argentina|chile|mexico|colombia|peru)"
)
_MONTH_FIRST_COUNTRIES = re.compile(r"\b(?:u\.s\.|usa\b|united states|america\b|american\b|philippine|china\b|chinese\b|taiwan|korea)")

TIME = re.compile(
    r"(?:\b(?:at|um|à|a las|às|alle|kl)\s+)?(?:(?:오전|오후|午前|午後|上午|下午|晚上|凌晨|中午)\s?)?"
    r"(?<!\d)\d{1,2}\s?(?::|h|時|시|点|點|(?<=\d)\.(?=\d\d(?:\b|[ap]m)))\s?\d{2}(?!\d)分?분?(?::\d{2})?"
    r"\s?(?:[ap]\.?m\b\.?)?\s?(?:uhr|hrs?|hours)?"
    r"(?:\s?\(?(?:gmt|utc|[ecmpb]s?t|e[ds]t|p[ds]t|c[ds]t|m[ds]t|ist|jst|kst|sgt|hkt|cest|cet|bst|aest|wib|pkt|msk)\b(?:\s?[+-]\s?\d{1,2}(?::?\d{2})?)?\)?)?",
)
"""A time of day with its zone, in folded text."""

WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
    r"|\b(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela)\b"
    r"|\b(?:segunda|terça|quarta|quinta|sexta)-feira\b|\b(?:sábado|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b"
    r"|\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|isnin|khamis|jumaat|ahad|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar)\b"
    r"|\b(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|pondělí|úterý|středa|čtvrtek|pátek|neděle)\b"
    r"|\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap)\b"
    r"|(?:星期|周|週)[一二三四五六日天]|\(?[月火水木金土日]曜?日?\)|[월화수목금토일]요일"
)


_SHORT_WEEKDAYS = ("mon", "tue", "tues", "wed", "wednes", "thu", "thur", "thurs", "fri", "sat", "satur", "sun")
_ASCII_WEEKDAYS = frozenset(re.findall(r"[a-z]{3,}", WEEKDAY.pattern)) | {day + end for day in _SHORT_WEEKDAYS for end in ("", "day")}
_ASCII_WORD = re.compile("[a-z]{3,}")


def may_have_time(low: str) -> bool:
    """A quick look that saves the pattern."""
    return _DIGIT.search(low) is not None


def may_have_weekday(low: str) -> bool:
    """A quick look that saves the pattern; words of other scripts are not looked at."""
    return not low.isascii() or not _ASCII_WEEKDAYS.isdisjoint(_ASCII_WORD.findall(low))


class Found(msgspec.Struct, frozen=True, gc=False):
    """A date and where it stands in the text."""

    start: int
    end: int
    date: Date


def find(text: str, *, month_first: bool) -> tuple[Found, ...]:
    """Every full date, in order, none overlapping. `month_first` reads 03/04/2021 as 4 March."""
    if not (_YEAR if text.isascii() else _DIGIT).search(text):
        return ()
    low = folded(text)
    if not low.isascii():
        low = low.translate(FIGURES)
        month_first = month_first and not _FOREIGN_FIGURE.search(text)
    found = [*_found(_ISO, low, (1, 3, 4)), *_found(_EAST, low, (1, 2, 3)), *_found(_VIETNAMESE, low, (3, 2, 1))]
    found += [*_named(_MONTH_FIRST, low, (3, 1, 2)), *_named(_DAY_FIRST, low, (3, 2, 1)), *_named(_YEAR_FIRST, low, (1, 2, 3))]
    found += [*_numeric(low, month_first), *_eras(low), *_elsewhere(low, text)]
    return tuple(_apart(sorted(found, key=lambda item: (item.start, -item.end))))


def day_first(text: str, edges: str = "") -> bool:
    """Whether an English page puts the day before the month in figures: by another date of it, its weekday, or where it comes from.

    Of the countries it names, those of its first and last lines (`edges`) come before those the text speaks of.
    """
    low = folded(text)
    figures = {(int(match[1]), int(match[3])) for match in _NUMBERS.finditer(low)} if _FIGURES.search(low) else set()
    if not figures:
        return False
    if clear := {first > 12 for first, second in figures if (first > 12) != (second > 12)}:
        return clear == {True}
    for weekday, first, _, second, year in _NAMED_DAY.findall(low):
        day_first, month_first = _date(int(year), int(second), int(first)), _date(int(year), int(first), int(second))
        fits = [date is not None and _WEEKDAYS[date.weekday()] == weekday for date in (day_first, month_first)]
        if fits[0] != fits[1]:
            return fits[0]
    named = {(day, month) for day, month in map(_day_and_month, _DAY_OF_MONTH.finditer(low)) if month}
    swapped = {(second, first) for first, second in figures} & named
    if as_day_first := figures & named:
        return not swapped - as_day_first
    from_there = _DAY_FIRST_SIGNS.search(low) or _names_day_first(folded(edges)) or _names_day_first(low)
    return not swapped and bool(from_there)


def _names_day_first(low: str) -> bool:
    """A country that puts the day first is named, and none that puts the month first."""
    return _DAY_FIRST_COUNTRIES.search(low) is not None and not _MONTH_FIRST_COUNTRIES.search(low)


def _day_and_month(match: re.Match[str]) -> tuple[int, int]:
    """'12 March', 'March 12' → (12, 3); a word that is no month gives 0."""
    day, month = (match[1], match[2]) if match[1] else (match[4], match[3])
    return int(day), months().get(month, 0)


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


def in_common_years(line: str) -> str:
    """'發布日期：110-03-12' → '發布日期：2021-03-12', so that the figures can be read without their label."""
    if line.isascii() or not _HAN.search(line):
        return line
    return _REPUBLIC.sub(lambda match: f"{FIRST_OF_THE_REPUBLIC + int(match[1])}-{match[3]}-{match[4]}", line)


def _elsewhere(text: str, printed: str) -> list[Found]:
    """Calendars that count other years without saying so: Taiwan's in a line of Han letters, Thailand's, Iran's in its own figures."""
    if printed.isascii():
        return []
    found = []
    if _HAN.search(text):
        found += [(match, _date(FIRST_OF_THE_REPUBLIC + int(match[1]), int(match[3]), int(match[4]))) for match in _REPUBLIC.finditer(text)]
    for match in _BUDDHIST.finditer(text):
        found.append((match, _date(int(match[3]) - BUDDHIST, months().get(match[2], 0), int(match[1]))))
    found += [
        (match, _of_iran(int(match[1]), int(match[3]), int(match[4])))
        for match in _PERSIAN.finditer(text)
        if not printed[match.start() : match.end()].isascii()
    ]
    return [Found(match.start(), match.end(), date) for match, date in found if date]


def _of_iran(year: int, month: int, day: int) -> Date | None:
    """The solar calendar of Iran: six months of 31 days, then of 30; a year begins at the equinox, about 21 March.

    The 33-year rule of leap years, right for 1343 to 1502 (1964 to 2123).
    """
    if not (1343 <= year <= 1502 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    leaps = (8 * (year - 1) + 29) // 33 - (8 * (1399 - 1) + 29) // 33
    new_year = Date(2020, 3, 20).toordinal() + (year - 1399) * 365 + leaps
    return Date.fromordinal(new_year + (month - 1) * 30 + min(month - 1, 6) + day - 1)
