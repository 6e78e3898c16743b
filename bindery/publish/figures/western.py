"""A text in English → its figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from msgspec.structs import replace

from bindery.publish.figures import subjects
from bindery.publish.figures.counted import Counted, counted
from bindery.publish.figures.figure import Figure, Sentences, Span, Value
from bindery.publish.figures.numbers import LONGEST, Number, numbers, of_digits
from bindery.publish.figures.units import Unit, unit_at

CUT_OFF = ("…", " …")
"""Behind a figure: perhaps a scale or a unit followed."""
NOWHERE: Span = (0, 0)
"""Of a figure whose sentence nobody has looked for yet."""
WHOLE = 100
"""Percent that are mostly a manner of speaking ("100 percent natural"), unless it is said of what."""
_PER = re.compile(
    r" (?:per|an?) (capita|person|head|year|month|week|day|hour|second|tonne|ton|barrel|kilogram|hectare|acre|mu|kilometer"
    r"|square (?:kilometer|kilometre|meter|metre|foot|mile))\b"
)
_UPPER = re.compile(r"[-\u2010-\u2013~](?:US)?[$€£]?([0-9]++(?:\.[0-9]++)?+)")
_PEOPLE_OF = re.compile(r"\b(population|workforce) of (?:[a-z]++ ){0,3}$")
_POPULATION_REACH = 40
_SAME_IN = (" (", " (or ", ", or ", " or ")
"""Between a sum and the same in another currency."""


def figures(text: str, sentences: Sentences) -> Iterator[Figure]:
    """In order, none in another; each within one sentence, and none that runs into what an excerpt leaves out."""
    spans: Sequence[Span] = ()
    before: Figure | None = None
    for number in numbers(text):
        found = _figure(text, number) if before is None or number.start >= before.end else None
        if found is None or text.startswith(CUT_OFF, found.end):
            continue
        spans = spans or sentences(text)
        sentence = spans[max(bisect_right(spans, found.start, key=itemgetter(0)) - 1, 0)]
        if sentence[0] <= found.start and found.end <= sentence[1]:
            subject = found.subject or _subject(text, found, sentence, before)
            before = replace(found, printed=text[found.start : found.end], subject=subject, sentence=sentence)
            yield before


def _figure(text: str, number: Number) -> Figure | None:
    """But for its words, its sentence, and what it is of where it is measured."""
    measured = _measured(text, number)
    if measured is not None:
        unit, end, most = measured
        return Figure(number.start, end, "", unit.measure, number.value, most, number.bound, unit.code, "", NOWHERE)
    counts = counted(text, number) or _population(text, number)
    return (
        Figure(number.start, counts.end, "", "count", number.value, number.most, number.bound, counts.noun, counts.subject, NOWHERE)
        if counts
        else None
    )


def _population(text: str, number: Number) -> Counted | None:
    """ "a population of 32 million"."""
    if not number.is_whole or not (number.is_scaled or number.is_grouped):
        return None
    said = _PEOPLE_OF.search(text[max(0, number.start - _POPULATION_REACH) : number.start])
    return Counted("people", number.end, said[1]) if said else None


def _measured(text: str, number: Number) -> tuple[Unit, int, Value | None] | None:
    """Unit, end, and the upper end of a range; None for a number without a unit."""
    found = unit_at(text, number.end)
    if number.currency:
        end = found[1] if found and found[0].measure == "money" else number.end
        if found is None and text[end : end + 1].isalpha():
            return None  # "$5x"
        unit = Unit("money", number.currency)
    elif found is None or (found[0].code == "KRW" and not number.is_scaled):  # "the 11 won"
        return None
    else:
        unit, end = found
    most = number.most
    upper = _UPPER.match(text, end) if most is None and not number.is_scaled else None
    if upper is not None:
        again = unit_at(text, upper.end())
        most = of_digits(upper[1]) if len(upper[1]) <= LONGEST else None
        if again is None or again[0] != unit or most is None or most <= number.value:
            return None
        end = again[1]
    if unit == Unit("share", "%", unit.is_abbreviated) and number.value == WHOLE and not text.startswith(" of", end):
        return None
    per = _PER.match(text, end)
    if per is not None:
        return unit._replace(code=f"{unit.code} per {per[1]}"), per.end(), most
    return unit, end, most


def _subject(text: str, figure: Figure, sentence: Span, before: Figure | None) -> str:
    if figure.measure == "count":
        return ""
    if before and before.measure == figure.measure == "money" and text[before.end : figure.start] in _SAME_IN:
        return before.subject  # "130 billion yuan ($18.24 billion)"
    start, end = sentence
    return subjects.subject(text[start : figure.start], text[figure.end : end], figure.measure)
