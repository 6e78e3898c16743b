"""Text → names that look like a company's: known firms, legal forms, head nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.firms import Firm, bodies, firms
from bindery.ingest.annotate.gazetteer import gazetteer
from bindery.ingest.annotate.toponyms import family_names, given_names, spaced
from bindery.ingest.annotate.words import Text, cues
from bindery.ingest.draft import Span
from bindery.rules import active

JOINTS = frozenset({" ", "-", "‑", "&", " & ", "+", " + ", "’", "'", ".", "·", "- ", "\u00a0"})
FIRM_JOINTS = JOINTS | {", ", ". "}
LEGAL_JOINTS = frozenset({" ", ", ", ". ", ".", "., ", ".,", ",", ") ", "), ", " & ", ")", "/"})
PARTICLES = frozenset({"de", "do", "da", "du", "del", "des", "dos", "das", "della", "di"})
ABBREVIATED = frozenset({"co", "ltd", "inc", "corp"})
ABBREVIATION = re.compile(r"\.(?=[,;:)]|\s+[a-z(\d])")
"""A full stop that belongs to 'Ltd.' and ends no sentence."""
LONGEST_RUN = 12
"""Words of the longest company name taken for one."""


@dataclass(frozen=True, slots=True)
class Name:
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


def names(text: Text) -> list[Name]:
    """Names in one text, left to right, longest first where two overlap."""
    formed_or_listed = (name for name in (*formed(text), *listed(text)) if active(name.evidence[0]))
    found = sorted(formed_or_listed, key=lambda name: (name.span.start, -name.span.end, not name.sure))
    kept: list[Name] = []
    for name in found:
        if not kept or name.first > kept[-1].last or name.span.start >= kept[-1].span.end:
            kept.append(name)
        elif name.last > kept[-1].last and name.sure and not kept[-1].sure:
            kept[-1] = name
    return kept


def make(text: Text, first: int, last: int, evidence: str, *, sure: bool = True) -> Name:
    start, end = text.words[first].start, text.words[last].end
    if text.words[last].folded in ABBREVIATED and ABBREVIATION.match(text.text, end):
        end += 1
    if text.text.count("(", start, end) > text.text.count(")", start, end) and text.text[end : end + 1] == ")":
        end += 1
    return Name(Span(text.paragraph, start, end), text.text[start:end], key(text, first, last), sure, (evidence,), None, first, last)


def key(text: Text, first: int, last: int) -> str:
    return " ".join(word.folded for word in text.words[first : last + 1])


def is_legal(text: Text, index: int) -> bool:
    lists, word = cues("companies"), text.words[index]
    if word.text in lists["legal_exact"] or word.folded in lists["legal_dotted"]:
        return True
    return word.folded in lists["legal"] and text.after(index)[:1] != "-" and (word.capital or word.folded in lists["legal_small"])


def strong_legal(text: Text, index: int) -> bool:
    """A legal form that is no other word: 'Ltd', 'GmbH', not 'Company'."""
    return is_legal(text, index) and text.words[index].folded not in ("company", "corporation", "corp", "holding", "holdings")


def listed(text: Text) -> Iterator[Name]:
    """Well-known firms, each taken to the end of its name: 'Hitachi', 'Hitachi China', 'Hitachi Automotive'."""
    sizes, free = firms().longest_from, 0
    for index, word in enumerate(text.words):
        if index >= free and word.folded in sizes:
            found = _listed_at(text, index)
            if found:
                yield found
                free = found.last + 1


def _listed_at(text: Text, first: int) -> Name | None:
    last = _longest_form(text, first)
    if last is None:
        return None
    form = firms().by_key[key(text, first, last)]
    printed = text.text[text.words[first].start : text.words[last].end]
    if form.acronym and printed != form.text and (form.weak or len(printed) < 4 or printed.islower()):
        return None  # "Ikea" is IKEA, "bt" is not BT
    small = printed.islower() and len(printed) >= 6 and not (form.weak or form.regional) and not is_place(form.text.casefold())
    if not (text.words[first].capital or printed == form.text or small) or _body_follows(text, last) or _personal(text, first, last):
        return None
    end = extended(text, last)
    whole = key(text, first, end)
    if whole in bodies() or _ends_body(text, first, end):
        return None
    if end > last:
        known = firms().by_key.get(whole)
        sure = not form.weak or printed.isupper() or any(is_legal(text, index) for index in range(last + 1, end + 1))
        return replace(make(text, first, end, "company-listed", sure=sure), firm=known.firm if known else None)
    if form.weak and _inside(text, first):
        return None
    if form.weak and _alone(text, first, last):
        return replace(make(text, first, last, "company-lone"), firm=form.firm)
    weak = form.weak and (not printed.isupper() or len(printed) <= 3)
    return replace(make(text, first, last, "company-listed", sure=not weak), firm=form.firm)


def _longest_form(text: Text, first: int) -> int | None:
    known, best = firms(), None
    words = text.words[first : first + known.longest_from[text.words[first].folded]]
    whole = ""
    for last, word in enumerate(words, first):
        if whole and (text.gap(last) not in FIRM_JOINTS or text.words[last - 1].possessive):
            break
        whole = f"{whole} {word.folded}" if whole else word.folded
        if whole in known.by_key:
            best = last
    return best


def extended(text: Text, last: int) -> int:
    """Last word of a name that goes on with a legal form, an industry, a country or a city: 'China', '(Chongqing)', 'Automotive'."""
    lists = cues("companies")
    end = index = last
    while not text.words[index].possessive and index + 1 < len(text.words):
        index += 1
        gap, word = text.gap(index), text.words[index]
        legal = is_legal(text, index) and gap in LEGAL_JOINTS
        bracket = gap == " (" and text.after(index).startswith(")") and is_place(word.folded) and word.capital
        if not (legal or bracket or (gap in JOINTS and word.capital) or (gap == ") " and word.capital and word.folded in lists["heads"])):
            break
        if not legal and (word.folded in lists["bodies"] or word.folded in lists["titles"]):
            break
        if is_legal(text, end) and not legal and end > last:
            break
        if legal or bracket or word.folded in closing_words() or (is_country_or_city(word.folded) and gap == " "):
            end = index
        elif (city := spaced(text, index)) and gap == " ":
            end = index = city[0]
        elif word.folded not in lists["industries"]:
            break
    return end


def is_place(folded: str) -> bool:
    return folded in areas() or folded in gazetteer()


def is_well_known_place(folded: str) -> bool:
    """A country, people, province or a city of size: 'Suzhou Chemical' may be anything, 'Sopo Chemical' is a firm."""
    return folded in areas() or any(city.population >= 100_000 for city in gazetteer().named(folded)[:1])


def is_country_or_city(folded: str) -> bool:
    if folded in areas().countries or folded in {"asia", "europe", "america", "africa", "asia pacific"}:
        return True
    return any(city.population > 300_000 for city in gazetteer().named(folded)[:1])


def _body_follows(text: Text, last: int) -> bool:
    """'Toyota Foundation', 'Boeing 737', 'Tesla Museum': a body, a model, a building."""
    if text.after(last) != " " or text.words[last].possessive:
        return False
    word = text.words[last + 1]
    model = any(letter.isdigit() for letter in word.text) and not (word.text.isdigit() and len(word.text) == 4)
    return model or (word.capital and word.folded in cues("companies")["bodies"])


def _alone(text: Text, first: int, last: int) -> bool:
    """'Apple would move', 'nothing from Shell': a word whose capital, inside a sentence, says that it is the firm."""
    lists = cues("companies")
    if first != last or text.words[first].folded not in lists["lone"] or text.gap(first) != " " or not first:
        return False
    before = text.words[first - 1]
    if before.capital or before.folded in ("the", "a", "an", "this", "every", "each", "no") or text.text.isupper():
        return False
    after = text.after(last)
    return after != "-" and (text.words[last].possessive or after[:1] in ",.;:)" or text.folded(last + 1) in lists["lone_after"])


def _ends_body(text: Text, first: int, last: int) -> bool:
    """'Bank of India' in 'Reserve Bank of India'."""
    if not first or text.gap(first) != " " or not text.words[first - 1].capital:
        return False
    return key(text, first - 1, last) in bodies() or key(text, first - 1, first) in bodies()


def _inside(text: Text, first: int) -> bool:
    """A capitalised word before it that is no title, place or opening: 'Bridging News', 'Grand Canon'."""
    if not first or text.gap(first) not in (" ", "-") or not text.words[first - 1].capital or text.words[first - 1].possessive:
        return False
    before, lists = text.folded(first - 1), cues("companies")
    return before not in lists["generic"] and before not in lists["titles"] and not is_place(before)


def _personal(text: Text, first: int, last: int) -> bool:
    """'Mr Suzuki', 'Henry Ford', 'Honda Soichiro': somebody of that name."""
    if first != last:
        return False
    word = text.words[first]
    named = word.folded in family_names() or word.folded in given_names()
    if first and text.gap(first) in (" ", ". ") and text.words[first - 1].capital:
        before = text.folded(first - 1)
        if before in cues("places")["honorifics"] or (named and before in given_names() and not is_place(before)):
            return True
    if not named or text.after(first) != " " or word.possessive:
        return False
    following = text.words[first + 1]
    return following.capital and following.folded in given_names() and not (is_place(following.folded) or is_company_word(following.folded))


@cache
def company_words() -> frozenset[str]:
    lists = cues("companies")
    return lists["legal"] | lists["heads"] | lists["tails"] | lists["industries"]


@cache
def closing_words() -> frozenset[str]:
    """Nouns that end a company's name."""
    return cues("companies")["heads"] | cues("companies")["tails"]


def is_company_word(folded: str) -> bool:
    return folded in company_words()


def formed(text: Text) -> Iterator[Name]:
    """Names by legal form ('… Co., Ltd.') or head noun ('… Airlines', '… Logistics')."""
    free = 0
    for index, word in enumerate(text.words):
        if word.capital and index >= free:
            last = run_end(text, index)
            yield from _in_run(text, index, last)
            free = last + 1


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


def _runs_on(text: Text, index: int) -> bool:
    """A word belongs to the same run as the one before it."""
    gap, legal = text.gap(index), is_legal(text, index)
    if not (text.words[index].capital or legal):
        return False
    if gap in JOINTS or (gap in LEGAL_JOINTS and legal):
        return True
    if gap in (" (", "("):
        return text.after(index)[:1] == ")" and _goes_on(text, index)
    return gap in (") ", ")") and text.gap(index - 1)[-1:] == "("


def _goes_on(text: Text, index: int) -> bool:
    """After a bracketed word a company's name goes on, or ended before it."""
    return is_place(text.words[index].folded) and (
        is_company_word(text.folded(index - 1)) or (index + 1 < len(text.words) and is_company_word(text.folded(index + 1)))
    )


def _joins(text: Text, index: int) -> bool:
    """'of' and 'and' inside a name: 'Bank of Chongqing', 'Science and Technology Co.'."""
    if index + 1 >= len(text.words) or not text.words[index + 1].capital or text.gap(index) != " " or text.gap(index + 1) != " ":
        return False
    word, before = text.words[index].text, text.folded(index - 1)
    if word in PARTICLES:
        return True
    if word == "of":
        if before == "port":
            return any(text.folded(later) in ("company", "corporation") for later in range(index + 2, index + 4))
        return before in ("bank", "company", "corporation", "group", "institute", "limited")
    industries = cues("companies")["industries"]
    if word != "and" or before not in industries or text.folded(index + 1) not in industries:
        return False
    return any(strong_legal(text, later) for later in range(index + 2, min(index + 7, len(text.words))))


def _in_run(text: Text, first: int, last: int) -> Iterator[Name]:
    """The company name in a run of capitalised words, if one is there."""
    if text.words[first].text in cues("companies")["prefixes_legal"] and last > first:
        yield make(text, first, _balanced(text, last), "company-legal-form")
        return
    if text.words[first].folded in cues("companies")["prefixes"] and last > first:
        whole = key(text, first, last)
        if not any(whole.startswith(body) for body in bodies()):
            yield make(text, first, last, "company-head-noun")
        return
    ends = [index for index in range(first, last + 1) if text.words[index].folded in closing_words() or is_legal(text, index)]
    if not ends:
        return
    end = next((index for index in ends if strong_legal(text, index) and not _form_goes_on(text, index, ends)), ends[-1])
    start = trimmed(text, first, end)
    if start is None or end - start > LONGEST_RUN:
        return
    if text.folded(end + 1) == "of" and text.words[end].folded == "bank":
        return  # 'the Central Bank of …'; 'Bank of Chongqing' is one run
    yield from _judged(text, start, end, last)


def _balanced(text: Text, last: int) -> int:
    """'PT PLN (Persero)': the bracket belongs to the name."""
    return last + 1 if text.after(last) == " (" and text.folded(last + 1) == "persero" else last


def trimmed(text: Text, first: int, end: int) -> int | None:
    """First word of a name without the words before it that are not its own; None if nothing is left."""
    lists = cues("companies")
    for index in range(end - 1, first - 1, -1):
        if text.words[index].folded in lists["titles_own"]:
            first = index + 1
            break
    while first < end:
        word = text.words[first]
        opening = word.folded in lists["generic"] and not is_company_word(word.folded) and word.folded not in ("united", "international")
        people = word.folded in areas().demonyms and first + 1 < end
        if not (opening or people or word.text.islower()):
            return first
        first += 1
    return first if first < end else None


def _form_goes_on(text: Text, index: int, ends: list[int]) -> bool:
    """'GmbH & Co.', 'S.A. de C.V.'."""
    return index + 1 in ends or (text.folded(index + 1) == "de" and index + 2 in ends)


def _trade_ends(text: Text, end: int, inner: list[str]) -> bool:
    """'Corvus Energy', 'Hatrans Logistics': the trade's noun ends the run and no lone word of the dictionary begins it."""
    nouns = cues("companies")["firm_nouns"]
    return inner[-1] in nouns and not (text.after(end) == " " and end + 1 < len(text.words) and text.words[end + 1].capital)


def _becomes_body(text: Text, end: int, run_last: int) -> bool:
    """The run goes on to a body's noun: 'Korea Trade-Investment Promotion Agency'."""
    lists = cues("companies")
    for word in text.words[end + 1 : run_last + 1]:
        if word.folded in lists["titles"]:
            return False
        if word.folded in lists["bodies"]:
            return True
    return False


def _judged(text: Text, start: int, end: int, run_last: int) -> Iterator[Name]:
    lists = cues("companies")
    inner = [word.folded for word in text.words[start : end + 1]]
    legal = any(strong_legal(text, index) for index in range(start, end + 1))
    proper = [word for word in inner if not is_company_word(word) and word not in lists["generic"] and word not in lists["bodies"]]
    own = [word for word in proper if not is_well_known_place(word)]
    if " ".join(inner) in bodies() or " ".join(inner[-2:]) in bodies() or " ".join(inner[:2]) in bodies():
        return
    body = any(word in lists["bodies"] for word in inner) or _becomes_body(text, end, run_last)
    if inner[:2] == ["bank", "of"]:
        if not legal and (" ".join(inner[2:]) in areas() or " ".join(inner[2:]) not in gazetteer()):
            return  # 'Bank of Ghana' is an authority, 'Bank of Ningbo' a firm
        yield make(text, start, end, "company-head-noun")
    elif legal and (proper or len(inner) > 3):
        yield make(text, start, end, "company-legal-form")
    elif body or not proper:
        return
    elif any(word in lists["heads"] for word in inner[1:]) or inner[-1] in ("company", "corporation", "corp"):
        yield make(text, start, end, "company-head-noun")
    elif own and inner[-1] in lists["tails"]:
        yield make(text, start, end, "company-head-noun", sure=inner[-1] == "group" or _trade_ends(text, end, inner))
    elif proper and inner[-1] in lists["tails"] and len(inner) > 2:
        yield make(text, start, end, "company-head-noun", sure=False)
