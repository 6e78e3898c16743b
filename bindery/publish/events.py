"""A text → the days that it prints of what it tells of, where they are not the day of its publication.

Only what is printed and can be read in one way counts: a month in words or figures of East Asia with its day, "January 18" as well as
"18th of January 2016" and 1月18日. A day without a year is of the year in which it lies near the day of publication; one that lies near
it in no year, or a year farther away, tells of something else. What is a term ("as of", "until", 截至) or a dateline is no event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date as Date

import msgspec

from bindery.model import AuthorityId
from bindery.publish.block import Block
from bindery.publish.sentences import sentence_spans

NEAR = 60
"""Days around the publication within which a day without a year must lie."""
FAR = 366
"""The same of a day with a year."""
MOST = 12
"""Of a briefing; one that prints more is a calendar."""
DATELINE = 100
"""Characters at the beginning of a text, within which a day before an agency's name is that of the report."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
)
_NUMBER = re.compile(r"(?<![\d.,:/$¥€£-])\d{1,2}(?![\d%:/]|[.,]\d)")
"""Every day begins, or ends, with such a number: a text is searched for these alone."""
_MONTH_BEFORE = re.compile(rf"(?<![\w-])({_MONTH})[ \u00a0]$")
_YEAR_AFTER = re.compile(r"(?P<days>(?:st|nd|rd|th)?(?:\s?[-–—]\s?\d{1,2}(?!\d))?)(?:(?P<comma>,)?\s(?P<year>\d{4})(?!\d|[.,]\d))?")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?:\s?[-–—]\s?\d{{1,2}})?(?: of)?[ \u00a0]({_MONTH})(?!\w)(?:,?\s(?P<year>\d{{4}})(?!\d))?")
_EASTERN = re.compile(r"\s?[月월]\s?(\d{1,2})\s?[日号號일]")
_EASTERN_YEAR = re.compile(r"(?:(?<!\d)(\d{4})|(\S))\s?[年년]\s?$")
_TERM_BEFORE = re.compile(
    r"(?:\b(?:as (?:of|at)|until|till|by|since|before|after|end of|born|prior to|no later than|due)|截至|截止|截至到|到)\s?(?:on |the )?$",
    re.IGNORECASE,
)
_TERM_AFTER = re.compile(r"まで|迄|以前|以来|以來|之前|前|까지|이전")
_AGENCY_AFTER = re.compile(r"\s?(?:[/(（—]|--|[–-]\s)")
_LONGEST_MONTH = 12
"""Characters of a month's name and what stands after it."""


class Event(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A day that a briefing prints."""

    when: Date
    anchor: str
    """Of its paragraph."""
    whom: tuple[int, ...]
    """Whom its sentence names: their places among all that the briefing names."""


def events(blocks: Iterable[Block], published: Date | None, place: Mapping[AuthorityId, int]) -> list[Event]:
    """Of a briefing, in order; each day once a paragraph. None of one without a date."""
    if published is None:
        return []
    found: dict[tuple[Date, str], Event] = {}
    for number, block in enumerate(blocks):
        for start, when in days(block.text, published, is_first=not number):
            if when != published:
                event = Event(when, f"p-{block.key}", _whom(block, start, place))
                found.setdefault((when, block.key), event)
    return [*found.values()] if len(found) <= MOST else []


def days(text: str, published: Date, *, is_first: bool = False) -> Iterator[tuple[int, Date]]:
    """Where each day is printed that can be read in one way, and which it is. `is_first`: it may begin with a dateline."""
    read = 0
    for number in _NUMBER.finditer(text):
        if number.start() < read:
            continue
        found = _eastern(text, number) or _western(text, number)
        if found is None:
            continue
        start, read, month, day, year = found
        is_term = _TERM_BEFORE.search(text, max(0, start - 16), start) or _TERM_AFTER.match(text, read)
        is_dateline = is_first and start < DATELINE and _AGENCY_AFTER.match(text, read)
        when = None if is_term or is_dateline else _resolved(year, month, day, published)
        if when:
            yield start, when


_Found = tuple[int, int, int, int, int | None]
"""Where it begins and ends; month, day, and year if printed; 0 for a year that is not understood."""


def _western(text: str, number: re.Match[str]) -> _Found | None:
    day = int(number[0])
    before = _MONTH_BEFORE.search(text, max(0, number.start() - _LONGEST_MONTH), number.start())
    if before:
        after = _YEAR_AFTER.match(text, number.end())
        assert after is not None  # all of it may be missing
        year = int(after["year"]) if after["year"] else None
        end = after.end() if after["comma"] else after.end("days")
        return before.start(), end, _month(before[1]), day, year if year is None or after["comma"] else -year
    after = _MONTH_AFTER.match(text, number.end())
    if after:
        return number.start(), after.end(), _month(after[1]), day, int(after["year"]) if after["year"] else None
    return None


def _eastern(text: str, number: re.Match[str]) -> _Found | None:
    after = _EASTERN.match(text, number.end())
    if after is None:
        return None
    before = _EASTERN_YEAR.search(text, max(0, number.start() - 8), number.start())
    year = int(before[1]) if before and before[1] else 0 if before else None  # 令和3年 is understood by nobody here
    return before.start() if before else number.start(), after.end(), int(number[0]), int(after[1]), year


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _resolved(year: int | None, month: int, day: int, published: Date) -> Date | None:
    """A negative year stands where it may be a number of something else: "July 2 2000 people came"."""
    if year is None or year < 0:
        near = [when for one in (-1, 0, 1) if (when := _date(published.year + one, month, day)) and abs((when - published).days) <= NEAR]
        return near[0] if near and year in (None, -near[0].year) else None
    when = _date(year, month, day)
    return when if when and abs((when - published).days) <= FAR else None


def _date(year: int, month: int, day: int) -> Date | None:
    try:
        return Date(year, month, day)
    except ValueError:
        return None


def _whom(block: Block, start: int, place: Mapping[AuthorityId, int]) -> tuple[int, ...]:
    begin, end = next(((begin, end) for begin, end in sentence_spans(block.text) if begin <= start < end), (0, 0))
    named = dict.fromkeys(place[one.authority] for one in block.mentions if begin <= one.start < end and one.authority in place)
    return tuple(named)
