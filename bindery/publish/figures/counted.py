"""A number and what follows → the noun that is counted."""

from __future__ import annotations

import re
from typing import NamedTuple

from bindery.publish.figures import phrases
from bindery.publish.figures.numbers import Number

LAST_DAY = 31
LONGEST = 8
"""Words from the number to the noun it counts, at most."""
_WORD = re.compile(r"[ \u00a0](?P<word>(?:[A-Z]\.){2,4}|[^\W\d_][\w&/-]*+(?:['’][^\W\d_]++)?+)")
_RANKED = re.compile(r"[ \u00a0](?:(?:Fortune|Forbes)(?: Global)?|Global|World(?: Top)?|Top|FT) [1-9]00\b")
"""The one kind of name with a number that stands before nouns."""
_OF = re.compile(r" of (?:the |its |their |[A-Z][a-z]++['’]s )?(?:world['’]s |country['’]s |nation['’]s )?")
_MEMBERS = re.compile(r"-(?P<what>member|strong|person|people)(?![\w-])(?: (?P<whose>[a-z]++(?: [a-z]++)?))?")
_MORE = frozenset({"more", "other"})
_GROUPS = phrases.words("delegation team group committee board panel crew mission council orchestra troupe commission party")


class Counted(NamedTuple):
    noun: str
    end: int
    subject: str


def counted(text: str, number: Number) -> Counted | None:
    """What a number counts; None where it counts nothing that is told, or is no count."""
    if not number.is_whole or number.value > 10**11 or _is_named(text, number) or _is_year(number):
        return None
    if text.startswith("-", number.end):
        return _members(text, number)
    found = _nouns(text, number.end)
    if found is None:
        return None
    noun = found.noun
    if noun in phrases.NOT_COUNTED or noun in phrases.MONTHS:
        return None
    least = phrases.LEAST_TOLD if noun in phrases.TELLING else phrases.LEAST
    if number.value < least and not number.is_scaled:
        return None
    if number.value < phrases.LEAST and _word_before(text, number).lower() in phrases.DEFINITE:
        return None
    return found


def _nouns(text: str, position: int) -> Counted | None:
    """The words up to the first plural that can be counted."""
    among = _OF.match(text, position)
    if among is not None and text[among.end() : among.end() + 1].isupper():
        among = None  # 30 of China's: what follows is a name
    begin = at = among.end() - 1 if among else position
    joined = False
    for _ in range(LONGEST):
        ranked = _RANKED.match(text, at)
        if ranked is not None:
            at = ranked.end()
            continue
        found = _WORD.match(text, at)
        if found is None:
            return None
        word = found["word"]
        lower = word.lower()
        if lower in ("and", "or") and at > begin and not joined:
            joined, at = True, found.end()  # small and medium-sized enterprises
            continue
        if lower in _MORE and at == begin:
            at = found.end()  # 31 more projects
            continue
        if lower in phrases.STOPS or lower in phrases.VERBS or (lower in phrases.MONTHS and lower not in ("may", "march")):
            return None
        if _is_plural(lower) and not (lower in phrases.MODIFIERS and _goes_on(text, found.end())):
            return Counted(lower, found.end(), text[begin + 1 : found.end()])
        at = found.end()
    return None


def _is_plural(word: str) -> bool:
    if word in phrases.PLURALS or word.endswith(("men", "folk")):
        return len(word) > 3 and word not in ("specimen", "regimen")
    return len(word) > 3 and word.endswith("s") and not word.endswith(phrases.SINGULAR_ENDINGS)


def _goes_on(text: str, position: int) -> bool:
    """Whether another noun follows that may be the one that is counted."""
    found = _WORD.match(text, position)
    return found is not None and found["word"].lower() not in phrases.STOPS and found["word"].lower() not in phrases.VERBS


def _members(text: str, number: Number) -> Counted | None:
    """ "a 35-member delegation"."""
    found = _MEMBERS.match(text, number.end)
    if found is None or not found["whose"]:
        return None
    whose = found["whose"].split()
    group = next((place for place, word in enumerate(whose) if word in _GROUPS), None)
    if group is None:
        return None
    subject = " ".join(whose[: group + 1])
    return Counted("members" if found["what"] == "member" else "people", found.start("whose") + len(subject), subject)


def _word_before(text: str, number: Number) -> str:
    return text[max(0, number.start - 30) : number.start].rstrip().rpartition(" ")[2].strip("\"'“‘(")


def _is_named(text: str, number: Number) -> bool:
    """Whether the number belongs to a name, a rank or a date: "Expo 2020", "Line 3", "the top 10", "July 18"."""
    before = text[max(0, number.start - 30) : number.start]
    word = _word_before(text, number)
    lower = word.lower()
    if lower in ("hundred", "thousand", "million", "billion") or (lower == "and" and before.rstrip().lower().endswith(("hundred and",))):
        return True  # "one hundred and twenty": only its end was read
    if number.bound != "exactly" or number.currency:
        return False
    if not before.endswith((" ", "\u00a0")) or (word.endswith((",", ";", ":", ".", "—", ")", '"', "”")) and lower not in phrases.NUMBERED):
        return lower in phrases.MONTHS and number.value <= LAST_DAY
    if lower in phrases.MONTHS:
        return number.value <= LAST_DAY
    return lower in phrases.NUMBERED or (word[:1].isupper() and lower not in phrases.LEADING)


def _is_year(number: Number) -> bool:
    plain = number.bound == "exactly" and not (number.is_scaled or number.is_grouped or number.is_spelt)
    return plain and number.most is None and 1800 <= number.value <= 2100
