"""The line of a headline → its text, without the site's name and the day that stand on it, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date
from functools import lru_cache

from bindery.ingest.clean import dates
from bindery.ingest.clean.credit import is_listed, is_outlet
from bindery.ingest.clean.lexicon import folded, menu
from bindery.ingest.clean.shape import WIDE

LONGEST_SITE_NAME = 4
"""Words."""

_WORDS = re.compile(r"[^\W\d_]{3,}")
_SQUASH = re.compile(r"\W+")
_TRAILING_DATE = re.compile(
    r"(?:\s|(?<=[^\W\d]))[\[(]?\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:\s\d{1,2}:\d\d(?::\d\d)?)?[\])]?$|\s[\[(]\d{1,2}[-./]\d{1,2}[-./]\d{4}[\])]$"
)
_LEADING_DATE = re.compile(
    r"^[\[(]?(?P<day>\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}"
    r"|\d{1,2}\.? [^\W\d_]{3,10}\.? \d{4}|[^\W\d_]{3,10}\.? \d{1,2}, \d{4})"
    r"[\])]?\s?(?:[-–—:|]|(?<=\d)\s|(?<=[\])])\s?)\s?(?=[^\W\d_\"“„«‘'(\[])"
)
"""'12.03.2021 Two ports …', 'March 12, 2021 - Two ports …'"""
_PREFIX = re.compile(r"^([^|｜]{3,40}?)\s{0,3}(?:\s[|｜–—-]\s|[|｜]|\s::\s)\s{0,3}(\S.{7,})$")
_SUFFIX = re.compile(r"^(.{8,}?)\s{0,8}(?:\s[|｜–—-]\s|[|｜_]|\s::\s)\s{0,8}([^|｜\s][^|｜]{1,59})$")


@lru_cache(maxsize=1024)
def squash(text: str) -> str:
    """Letters and digits alone: for telling whether two lines print the same."""
    return _SQUASH.sub("", folded(text))


def shared_words(text: str, body: str) -> float:
    """Share of the line's words that the text has: headlines 0.4–1.0, mastheads and menus 0.0–0.4."""
    words = _WORDS.findall(folded(text))
    if len(WIDE.findall(text)) * 2 > len(text):
        words = [pair for word in words for pair in (word[i : i + 2] for i in range(len(word) - 1))]
    words = [word for word in words if len(word) > 3 or not word.isascii()]
    return sum(word in body for word in words) / len(words) if words else 0.0


def without_site(text: str, best: int, squashed: Sequence[str], body: str) -> str:
    """The site's name behind the headline or before it taken away: '… | Berks Weekly', 'Berks Weekly: …', '… | News | Berks Weekly'."""
    suffix = _SUFFIX.match(text)
    if suffix and (_is_site_name(suffix[2], best, squashed, body) or " :: " in text):
        bare = suffix[1].rstrip()
        section = _SUFFIX.match(bare)
        return section[1] if section and (folded(section[2]) in menu() or (section[2].istitle() and " " not in section[2])) else bare
    prefix = _PREFIX.match(text)
    return prefix[2] if prefix and (_is_printed_again(prefix[1], best, squashed) or is_listed(prefix[1])) else text


def without_date(text: str) -> tuple[str, Date | None]:
    """'Meeting with the Mayor of Dalian 2016.06.07': figures at the end are the page's date, '… 14 June 2014' is the headline's."""
    if match := _LEADING_DATE.match(text):
        leading = dates.find(match["day"], month_first=False)
        return (text[match.end() :].strip(), leading[0].date) if leading else (text, None)
    match = _TRAILING_DATE.search(text)
    found = dates.find(match[0], month_first=False) if match else ()
    return (text[: match.start()].strip(), found[0].date) if match and found else (text, None)


def _is_site_name(suffix: str, best: int, squashed: Sequence[str], body: str) -> bool:
    """'… - Berks Weekly' where the page names Berks Weekly again by itself, or its text never; '… | Chongqing Two Sessions' stays."""
    titled = suffix.istitle() and len(suffix.split()) <= LONGEST_SITE_NAME
    if titled and is_outlet(suffix) and shared_words(suffix, body) < 1.0:
        return True
    return _is_printed_again(suffix, best, squashed)


def _is_printed_again(name: str, best: int, squashed: Sequence[str]) -> bool:
    """Alone on a line, or in a line of copyright."""
    name, others = squash(name), [other for place, other in enumerate(squashed) if place != best]
    return len(name) > 2 and any(name == other or (name in other and "rightsreserved" in other + name) for other in others)
