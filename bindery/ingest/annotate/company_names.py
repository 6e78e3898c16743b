"""What a company's name is made of: words, legal forms, runs of capitals."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.firms import Firm
from bindery.ingest.annotate.gazetteer import fold, gazetteer
from bindery.ingest.annotate.words import Text, cues
from bindery.ingest.draft import Span

JOINTS = frozenset({" ", "-", "‑", "&", " & ", "+", " + ", "’", "'", ".", "·", "- ", "\u00a0"})
FIRM_JOINTS = JOINTS | {", ", ". "}
LEGAL_JOINTS = frozenset({" ", ", ", ". ", ".", "., ", ".,", ",", ") ", "), ", " & ", ")", "/"})
HEADS_BEFORE_OF = frozenset({"bank", "company", "corporation", "group", "institute", "limited"})
RUNNING = frozenset(
    {"management", "development", "operations", "maintenance", "marketing", "promotion", "supply", "services", "works", "section"}
)
"""What a firm's name may have on either side of 'and', beside its trades."""
BRACKET_OPENS = frozenset({" (", "(", "., (", ". (", ", ("})
PARTICLES = frozenset({"de", "do", "da", "du", "del", "des", "dos", "das", "della", "di"})
ABBREVIATED = frozenset({"co", "ltd", "inc", "corp"})
ABBREVIATION = re.compile(r"\.(?=[,;:)]|\s+[a-z(\d])")
"""A full stop that belongs to 'Ltd.' and ends no sentence."""
TWO_TOWNS = " - "
BEYOND_BRACKET = 2
"""Words behind a bracketed place of which one says that the firm's name goes on: 'Jost (Yangzhou) Trailer Parts'."""
LEGAL_REACH = 6
"""Words after 'of' or 'and' within which a legal form says that they are inside a firm's name."""
LONG_COMPOUND = 9
"""Letters of the shortest German compound taken for one."""
LONGEST_RUN = 12
"""Words of the longest company name taken for one."""


class Name(msgspec.Struct, frozen=True, gc=False):
    """One place where a company may be named."""

    span: Span
    form: str
    key: str
    """Its folded words, set apart by a space; a native name as it stands."""
    sure: bool
    """Its own form says that it is a company."""
    evidence: tuple[str, ...]
    firm: Firm | None = None
    """Where the whole name is a well-known firm's."""
    first: int = 0
    last: int = 0
    """Numbers of its first and last word in the text; of no meaning in native script."""


def make(text: Text, first: int, last: int, evidence: str, *, sure: bool = True) -> Name:
    start, end = text.starts[first], text.ends[last]
    if text.folds[last] in ABBREVIATED and ABBREVIATION.match(text.text, end):
        end += 1
    if text.text.count("(", start, end) > text.text.count(")", start, end) and text.text[end : end + 1] == ")":
        end += 1
    return Name(Span(text.paragraph, start, end), text.text[start:end], key(text, first, last), sure, (evidence,), None, first, last)


def key(text: Text, first: int, last: int) -> str:
    return " ".join(text.folds[first : last + 1])


def is_legal(text: Text, index: int) -> bool:
    lists, word = cues("companies"), text.words[index]
    if word.folded not in legal_words():
        return False
    if word.text in lists["legal_exact"] or word.folded in lists["legal_dotted"]:
        return True
    if word.folded in ("sp", "z"):  # 'Sp. z o.o.'
        return {"sp": text.folded(index + 1), "z": text.folded(index - 1)}[word.folded] in ("z", "sp")
    return word.folded in lists["legal"] and text.after(index)[:1] != "-" and (word.capital or word.folded in lists["legal_small"])


@cache
def legal_words() -> frozenset[str]:
    """Every word of a legal form: a quick look."""
    lists = cues("companies")
    return lists["legal"] | lists["legal_dotted"] | {fold(word) for word in lists["legal_exact"]} | {"sp", "z"}


def strong_legal(text: Text, index: int) -> bool:
    """A legal form that is no other word: 'Ltd', 'GmbH', not 'Company'."""
    return is_legal(text, index) and text.folds[index] not in ("company", "corporation", "corp", "holding", "holdings")


def is_place(folded: str) -> bool:
    return folded in areas() or folded in gazetteer()


def is_well_known_place(folded: str) -> bool:
    """A country, people, province or a city of size: 'Suzhou Chemical' may be anything, 'Sopo Chemical' is a firm."""
    return folded in areas() or any(city.population >= 100_000 for city in gazetteer().named(folded)[:1])


def is_country_or_city(folded: str) -> bool:
    if folded in areas().countries or folded in {"asia", "europe", "america", "africa", "asia pacific"}:
        return True
    return any(city.population > 100_000 for city in gazetteer().named(folded)[:1])


@cache
def company_words() -> frozenset[str]:
    lists = cues("companies")
    return lists["legal"] | lists["heads"] | lists["tails"] | lists["industries"]


@cache
def closing_words() -> frozenset[str]:
    """Nouns that end a company's name."""
    return cues("companies")["heads"] | cues("companies")["tails"]


@cache
def ending_words() -> frozenset[str]:
    """What a company's name may end in: such a noun or a legal form."""
    return closing_words() | legal_words()


def is_company_word(folded: str) -> bool:
    return folded in company_words()


@lru_cache(maxsize=8192)
def is_trade_noun(folded: str) -> bool:
    """'Hafenbetreiber', 'Möbelversenders': a German compound that says what the firm behind it does."""
    if len(folded) < LONG_COMPOUND:
        return False
    return any(folded.endswith((end, f"{end}s", f"{end}n", f"{end}es", f"{end}in")) for end in cues("companies")["caller_ends"])


def is_label(text: Text, index: int) -> bool:
    """A noun before a firm's name that is no part of it: 'Firma', 'Mutterkonzern'."""
    word, lists = text.folded(index), cues("companies")
    return word in lists["label_words"] or (word not in lists["prefixes"] and is_trade_noun(word))


def run_end(text: Text, first: int) -> int:
    """Last word of a run of capitalised words, with 'of', '&', legal forms after a comma and a bracketed place inside it."""
    last = first
    while last + 1 < len(text.words) and last - first < LONGEST_RUN * 2 and not text.words[last].possessive:
        if _runs_on(text, last + 1):
            last += 1
        elif _joins(text, last + 1):
            last += 2
        else:
            break
    return last


@lru_cache(maxsize=512)
def runs_of(text: Text) -> tuple[tuple[int, int], ...]:
    """First and last word of every run of capitals, left to right: the finders of a page each ask for them."""
    found, free = [], 0
    for index in text.capitals:
        if index >= free:
            last = run_end(text, index)
            found.append((index, last))
            free = last + 1
    return tuple(found)


def _runs_on(text: Text, index: int) -> bool:
    """A word belongs to the same run as the one before it."""
    gap, legal = text.gap(index), is_legal(text, index)
    if not (text.words[index].capital or legal):
        return False
    if gap in JOINTS or (gap in LEGAL_JOINTS and legal) or (gap == TWO_TOWNS and _of_two_towns(text, index)):
        return True
    if gap in BRACKET_OPENS:
        if text.after(index)[:1] != ")":
            return False
        closes = index + 1 < len(text.words) and is_legal(text, index + 1)
        return legal or (closes and text.after(index)[:2] == ") ") or (not text.words[index].text.isupper() and _goes_on(text, index))
    return gap in (") ", ")") and text.gap(index - 1)[-1:] == "("


def _goes_on(text: Text, index: int) -> bool:
    """After a bracketed word a company's name goes on, or ended before it."""
    if not is_place(text.folds[index]):
        return False
    beyond = range(index + 1, min(index + 1 + BEYOND_BRACKET, len(text.words)))
    ahead = any(is_company_word(text.folded(later)) for later in beyond if text.words[later].capital and text.gap(later) in (") ", " "))
    return is_company_word(text.folded(index - 1)) or ahead


def _of_two_towns(text: Text, index: int) -> bool:
    """'Saigon - |Hai Phong Industrial Park Corporation': towns on either side of the dash, and a legal form to come."""
    before = text.folded(index - 1) in gazetteer() or f"{text.folded(index - 2)} {text.folded(index - 1)}" in gazetteer()
    behind = text.folded(index) in gazetteer() or f"{text.folded(index)} {text.folded(index + 1)}" in gazetteer()
    return before and behind and _legal_ahead(text, index)


def _joins(text: Text, index: int) -> bool:
    """'of' and 'and' inside a name: 'Bank of Chongqing', 'Science and Technology Co.'."""
    if index + 1 >= len(text.words) or not text.words[index + 1].capital or text.gap(index) != " " or text.gap(index + 1) != " ":
        return False
    word, before = text.words[index].text, text.folded(index - 1)
    if word in PARTICLES:
        return True
    if word == "of":
        return before in HEADS_BEFORE_OF or (before == "port" and _legal_ahead(text, index + 1))
    if word not in ("and", "ve"):
        return False
    trades = cues("companies")["industries"] | RUNNING
    return before in trades and text.folded(index + 1) in trades and _legal_ahead(text, index + 1)


def _legal_ahead(text: Text, index: int) -> bool:
    """The capitals from a word on go on to a legal form: 'Port of |Gdynia Authority S.A.', 'Development and |Management Company'."""
    for later in range(index + 1, min(index + LEGAL_REACH, len(text.words))):
        if is_legal(text, later) and text.gap(later) in LEGAL_JOINTS:
            return True
        if not text.words[later].capital or text.gap(later) not in JOINTS or text.words[later - 1].possessive:
            return False
    return False
