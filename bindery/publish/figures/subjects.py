"""The words around a quantity that is measured → what it is the quantity of."""

from __future__ import annotations

import re

from bindery.publish.figures import phrases
from bindery.publish.figures.figure import Measure
from bindery.publish.figures.numbers import WORDS

REACH = 160
"""Characters before and after it that are looked at."""
LONGEST = 12
"""Words of a subject."""
_TOKEN = re.compile(r"[^\s,;:.!?()\[\]\"“”—–]+(?:[.'’-][^\s,;:.!?()\[\]\"“”—–]+)*|[,;:.!?()\[\]\"“”—–]")
_MARKS = frozenset(',;:.!?()[]"“”—–')
_ARTICLES = phrases.words("a an the its their his her our this that these those some any another")
_PREPOSITIONS = phrases.words("by to at for from up of only a an around about some nearly over approximately down")
_HELPERS = phrases.words(
    "has have had was were is are be been being will would may might also already further then still now alone together just only"
)
_PRONOUNS = phrases.words("i he she it they we you them him me us there")
_CLAUSES = phrases.words(
    "and but which who that while when where whereas as because if said says noted added after before although achieved"
)
_LONG = re.compile(r"[ -](long|wide|high|tall|deep|away|thick)\b")


def subject(before: str, after: str, measure: Measure) -> str:
    """What the figure between two parts of a sentence is of, as printed; empty where the words beside it do not say."""
    head, tail = before[-REACH:], after[:REACH]
    return _behind(head, tail, measure) or _before(head) or ""


def _behind(before: str, after: str, measure: Measure) -> str:
    """ "of the total in Wuxi", "in investment", "a $5 million plant"."""
    tokens = _TOKEN.findall(after) if after[:1] in (" ", "-", "\u00a0") else []
    if not tokens:
        return ""
    first = tokens[0].lower().lstrip("-")
    if first in ("of", "worth") or (first == "in" and len(tokens) > 1 and tokens[1].lower() in phrases.WHAT_MONEY_IS_IN):
        rest = tokens[2:] if first == "worth" and tokens[1:2] == ["of"] else tokens[1:]
        return _phrase(rest, keeps=("of", "the", "in", "'s") if measure == "share" else ("of",))
    determiner = before.rstrip().rpartition(" ")[2].lower()
    if determiner in ("a", "an", "the", "its", "their", "this", "another", "of") and first not in phrases.STOPS:
        if _LONG.match(after):
            tokens = tokens[1:]
        return _phrase([first, *tokens[1:]] if tokens and after.startswith("-") else tokens, keeps=(), most=4) if determiner != "of" else ""
    return ""


def _phrase(tokens: list[str], keeps: tuple[str, ...], most: int = 8) -> str:
    """The words up to the end of the noun phrase they begin with, without its article."""
    found: list[str] = []
    for token in tokens[:most]:
        lower = token.lower()
        if token in _MARKS or (
            (lower in phrases.STOPS or lower in phrases.VERBS) and lower not in keeps and not (lower in _ARTICLES and not found)
        ):
            break
        found.append(token)
    while found and found[-1].lower() in ("of", "the", "in", "a", "an"):
        found.pop()
    while found and found[0].lower() in _ARTICLES:
        found.pop(0)
    return " ".join(found) if any(word[0].isalpha() for word in found) else ""


def _before(text: str) -> str:
    """ "a total area of", "exports rose by", "have invested"."""
    tokens = _TOKEN.findall(text)
    while tokens and tokens[-1].lower() in _ARTICLES:
        tokens.pop()
    if len(tokens) > 1 and tokens[-1].lower() == "of":
        noun = tokens[-2].lower()
        if noun not in phrases.SCHEMATIC or (len(tokens) > 2 and tokens[-3].lower() not in phrases.STOPS and tokens[-3] not in _MARKS):
            return _nouns_before(tokens[:-1])
        tokens = tokens[:-2]
        while tokens and tokens[-1].lower() in _ARTICLES:
            tokens.pop()
    taken = len(tokens)
    while taken and tokens[taken - 1].lower() in _PREPOSITIONS:
        taken -= 1
    if not taken:
        return ""
    verb = tokens[taken - 1].lower()
    if verb in phrases.CHANGES:
        return _clause(tokens[: taken - 1], tokens[taken - 1 :])
    if verb in ("worth", "valued"):
        tokens = tokens[: taken - 1]
        while tokens and tokens[-1].lower() in _HELPERS:
            tokens.pop()
        return _nouns_before(tokens)
    if verb in phrases.LEVELS:
        return _clause(tokens[: taken - 1], [])
    return verb if verb in phrases.SPENDING and taken == len(tokens) else ""


def _nouns_before(tokens: list[str]) -> str:
    """The noun phrase that ends here."""
    found: list[str] = []
    for token in reversed(tokens[-6:]):
        lower = token.lower()
        if token in _MARKS or lower in phrases.STOPS or lower in phrases.VERBS or lower in phrases.LEVELS - {"total"} or lower in WORDS:
            break
        found.insert(0, token)
    return " ".join(found) if found and any(word[0].isalpha() for word in found) else ""


def _clause(tokens: list[str], verb: list[str]) -> str:
    """The subject of a verb: the words from the beginning of its clause, if they are few enough to be one."""
    begin = len(tokens)
    while begin and tokens[begin - 1] not in _MARKS and (tokens[begin - 1].lower() not in _CLAUSES or _joins(tokens, begin - 1)):
        begin -= 1
    found = tokens[begin:]
    while found and (found[-1].lower() in _HELPERS or found[-1].lower().endswith("ly")):
        found.pop()
    while found and (found[0].lower() in (*_ARTICLES, "of") or found[0][-1:].isdigit() or found[0][0] in "$€£" or "$" in found[0]):
        found.pop(0)
    if not found or len(found) > LONGEST or found[0].lower() in phrases.STOPS or any(word.lower() in _PRONOUNS for word in found):
        return ""
    return " ".join([*found, *verb])


def _joins(tokens: list[str], place: int) -> bool:
    """Whether an "and" joins two nouns of one subject: "import and export volume between Chongqing and Belarus"."""
    if tokens[place].lower() != "and" or place == 0 or place + 1 >= len(tokens):
        return False
    beside = tokens[place - 1].lower(), tokens[place + 1].lower()
    return not any(word in phrases.STOPS or word in phrases.VERBS or word in phrases.SPENDING or word in _MARKS for word in beside)
