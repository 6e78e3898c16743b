"""A text in Latin letters → the numbers in it, with their scales, ranges, and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bindery.publish.figures.figure import Bound, Value
from bindery.publish.figures.units import CURRENCY_SIGNS, one_of

_SMALL = (
    "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = dict(zip(_SMALL, range(3, 20), strict=True)) | dict(zip(_TENS, range(20, 100, 10), strict=True))
"""Numbers in words. One and two are mostly no numbers ("one of the most", "the two sides"): they need a hundred or more behind them."""
_ALL_WORDS = {"one": 1, "two": 2} | WORDS
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "crore": 10**7}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12}
_SHORT_ANYWHERE = frozenset({"mn", "mln", "bn", "bln", "trn"})
"""The others stand behind money alone: elsewhere "m" is a metre, and "b" a part of an address."""

LONGEST = 18
"""Characters of a number; what is longer is an id."""
GREATEST = 10**17
"""Far beyond any quantity of the press, and within what every reader of JSON takes for a whole number."""

BOUNDS: dict[str, Bound] = {
    "over": "over", "more than": "over", "above": "over", "at least": "over", "no less than": "over", "not less than": "over",
    "no fewer than": "over", "upwards of": "over", "in excess of": "over", "exceeding": "over", "well over": "over",
    "just over": "over", "slightly over": "over", "slightly more than": "over", "a minimum of": "over",
    "nearly": "under", "almost": "under", "close to": "under", "under": "under", "less than": "under", "fewer than": "under",
    "below": "under", "up to": "under", "as many as": "under", "as much as": "under", "at most": "under", "no more than": "under",
    "not more than": "under", "just under": "under", "a maximum of": "under",
    "about": "about", "around": "about", "some": "about", "approximately": "about", "roughly": "about", "an estimated": "about",
    "estimated": "about", "approx.": "about", "circa": "about",
}  # fmt: skip
"""Words before a number."""
_BETWEEN = "between "
_MOST_WORDS = max(len(words.split(" ")) for words in BOUNDS)
_REACH = max(map(len, BOUNDS)) + 2
_SIGN_ENDS = frozenset(sign[-1] for sign in CURRENCY_SIGNS)
_SIGNS = tuple(sorted(CURRENCY_SIGNS, key=lambda sign: -len(sign)))

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})++(?:\.[0-9]++)?+|[0-9]++(?:\.[0-9]++)?+"
_UNITS_OF_TEN = "one|two|three|four|five|six|seven|eight|nine"
_SPELT = (
    rf"(?:{one_of(_TENS)})(?:-(?:{_UNITS_OF_TEN})\b)?|{one_of(_SMALL)}"
    r"|(?:one|two)(?= (?:hundred|thousand|million|billion)\b)"
)
_LETTERED = "|".join(rf"(?<=\b{re.escape(sign)})" for sign in _SIGNS if not sign.endswith(("$", "€", "£", "₩", "₹")))
_NO_NUMBER_BEFORE = rf"(?:(?<![\w.,:/+\-\u2010-\u2013\u2212'’#№^])|{_LETTERED})"
"""But for the letters of a currency: RM780."""
_NUMBER = re.compile(rf"{_NO_NUMBER_BEFORE}(?:(?P<digits>{_DIGITS})|(?P<spelt>(?i:{_SPELT}))(?![\w'’]))(?!(?:st|nd|rd|th)\b|[.,:/]?[0-9])")
_SECOND = re.compile(
    rf"(?: ?[-\u2010-\u2013~\u301c\uff5e] ?| (?P<word>to|and) )(?:US)?[$€£]?(?P<digits>{_DIGITS})(?!(?:st|nd|rd|th)\b|[.,:/]?[0-9])"
)
_SCALE = re.compile(rf"[ \u00a0-]?(?P<scale>(?i:{one_of(SCALES)}))\b(?: (?P<again>(?i:{one_of(SCALES)}))\b)?")
_MISSPELT = re.compile(r" [bmt][a-z]{0,3}l{0,2}i{1,2}l?l?ion\b|[ -](?:hundredth|thousandth|millionth)s?\b")
"""A number whose scale cannot be read is none: "$8.6 bliion"."""
_SHORT_SCALE = re.compile(rf" ?((?i:{one_of(SHORT_SCALES)}))\b")
_BEGINNING = re.compile(
    "[\\s0-9(\\[\"“‘'—](?:(?<=[0-9])[0-9]*+"
    "|(?:[Tt](?:hree|hirt|en\\b|w[eo])|[Ff](?:i[vf]|o[ur])|[Ss](?:ix|even)|[Ee](?:ight|leven)|[Nn]ine|[Oo]ne (?=[hmbt])))"
)
"""Where a number may begin, at its first digit or before its first letter: a set of characters first, which `re` looks for fastest."""


class Number(NamedTuple):
    """A number with all that is said of it but its unit."""

    start: int
    """Of the words that bound it, or else of the currency's sign or of itself."""
    first: int
    """Of its first digit or letter."""
    end: int
    value: Value
    most: Value | None
    bound: Bound
    currency: str
    """By the sign before it; empty if there is none."""
    is_spelt: bool
    is_scaled: bool
    is_grouped: bool
    """Written with a comma: no year."""

    @property
    def is_whole(self) -> bool:
        return isinstance(self.value, int)


def numbers(text: str) -> Iterator[Number]:
    """In order. The second number of a range is not told again."""
    read = 0
    for place in _places(text):
        found = _NUMBER.match(text, place) if place >= read else None
        number = _number(text, found) if found else None
        if number is not None:
            read = number.end
            yield number


def _places(text: str) -> Iterator[int]:
    if text[:1].isalpha():
        yield 0
    for found in _BEGINNING.finditer(text):
        yield found.start() + (not found[0][0].isdigit())


def _number(text: str, found: re.Match[str]) -> Number | None:
    if len(found[0]) > LONGEST:
        return None
    sign, begin = _currency(text, found.start())
    start, bound = _bounded(text, begin)
    factor, end = _scale(text, found.end(), is_money=bool(sign))
    value = whole(_value(found) * factor)
    upper = _upper(text, end, begin, is_money=bool(sign)) if found["digits"] else None
    most: Value | None = None
    if upper is not None:
        most, stop, factor_above = upper
        value = value if factor > 1 else whole(value * factor_above)  # 3 to 5 million
        if value < most:
            factor, end = max(factor, factor_above), stop
            start = begin - len(_BETWEEN) if text[max(0, begin - len(_BETWEEN)) : begin].lower() == _BETWEEN else start
        else:
            return None  # a score, a code, a telephone number; or "from 5 to 3 percent", of which the second is told
    if max(value, most or 0) > GREATEST or _MISSPELT.match(text, end) or text[max(0, start - 7) : start].lower() == "out of ":
        return None
    return _loosened(
        text, Number(start, found.start(), end, value, most, bound, sign, found["digits"] is None, factor > 1, "," in found[0])
    )


def _upper(text: str, end: int, begin: int, *, is_money: bool) -> tuple[Value, int, int] | None:
    """The second number of a range, where it ends, and its scale. "and" makes a range behind "between" alone."""
    found = _SECOND.match(text, end)
    if found is None or len(found["digits"]) > LONGEST:
        return None
    if found["word"] and (found["word"] == "and") != (text[max(0, begin - len(_BETWEEN)) : begin].lower() == _BETWEEN):
        return None
    factor, stop = _scale(text, found.end(), is_money=is_money)
    return whole(of_digits(found["digits"]) * factor), stop, factor


def _loosened(text: str, number: Number) -> Number | None:
    """With what bounds it from behind: "100+", "1,000-plus". None for "10+3"."""
    end = number.end
    if text.startswith("+", end):
        return None if text[end + 1 : end + 2].isdigit() else number._replace(end=end + 1, bound="over")
    if text.startswith(("-plus", " plus "), end):
        return number._replace(end=end + len("-plus"), bound="over")
    if text.startswith("-odd", end):
        return number._replace(end=end + len("-odd"), bound="about")
    return number


def _value(found: re.Match[str]) -> Value:
    if found["digits"]:
        return of_digits(found["digits"])
    tens, _, rest = found["spelt"].lower().partition("-")
    return _ALL_WORDS[tens] + _ALL_WORDS.get(rest, 0)


def of_digits(digits: str) -> Value:
    """Raises no error: what is longer than a number has been left out."""
    plain = digits.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _scale(text: str, end: int, *, is_money: bool) -> tuple[int, int]:
    """What a number is to be multiplied by, and where that ends."""
    found = _SCALE.match(text, end)
    if found is not None:
        return SCALES[found["scale"].lower()] * SCALES.get((found["again"] or "").lower(), 1), found.end()
    short = _SHORT_SCALE.match(text, end)
    if short is not None and not is_money and short[1].lower() not in _SHORT_ANYWHERE:
        short = None
    return (SHORT_SCALES[short[1].lower()], short.end()) if short else (1, end)


def whole(value: Value) -> Value:
    """Without the errors of binary fractions: 18.24 billion is 18240000000."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _currency(text: str, first: int) -> tuple[str, int]:
    """Code and beginning of the sign before a number."""
    before = text[max(0, first - 5) : first]
    if not before or not (before[-1] in _SIGN_ENDS or (before[-1] in " \u00a0" and before[-2:-1] in _SIGN_ENDS)):
        return "", first
    near = before[:-1] if before.endswith((" ", "\u00a0")) else before
    for sign in _SIGNS:
        if near.endswith(sign) and (sign.endswith("$") or near == before or sign.isalpha()):
            begin = first - (len(before) - len(near)) - len(sign)
            if not text[begin - 1 : begin].isalnum() or not sign[0].isalpha():
                return CURRENCY_SIGNS[sign], begin
    return "", first


def _bounded(text: str, begin: int) -> tuple[int, Bound]:
    """Where the words that bound a number begin, and what they say."""
    before = text[max(0, begin - _REACH) : begin]
    if before[-1:] not in (" ", "\u00a0"):
        return begin, "exactly"
    last = before[:-1].lower().replace("(", " ").split(" ")[-_MOST_WORDS:]
    for count in range(len(last)):
        words = " ".join(last[count:])
        if words in BOUNDS:
            return begin - 1 - len(words), BOUNDS[words]
    return begin, "exactly"
