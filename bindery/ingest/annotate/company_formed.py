"""Text → names that say by their own words that they are companies: legal forms and head nouns."""

from __future__ import annotations

from collections.abc import Iterator

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.company_listed import listed
from bindery.ingest.annotate.company_names import (
    LONGEST_RUN,
    Name,
    closing_words,
    ending_words,
    is_company_word,
    is_country_or_city,
    is_label,
    is_legal,
    is_well_known_place,
    key,
    make,
    runs_of,
    strong_legal,
)
from bindery.ingest.annotate.firms import bodies
from bindery.ingest.annotate.gazetteer import gazetteer
from bindery.ingest.annotate.names_lexicon import lexicon
from bindery.ingest.annotate.words import Text, cues
from bindery.rules import active

FOREIGN_ARTICLES = frozenset(
    ["die", "der", "das", "den", "dem", "la", "le", "les", "el", "los", "las", "il", "lo", "gli", "o", "os", "as", "l"]
)
DEPARTMENTS = frozenset({"exports", "sales", "marketing", "finance", "operations", "projects", "procurement", "hr", "it", "legal", "trade"})
"""Behind a title, as South Asian pages print them: 'Director Marketing X Ltd'."""


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


def formed(text: Text) -> Iterator[Name]:
    """Names by legal form ('… Co., Ltd.') or head noun ('… Airlines', '… Logistics')."""
    for first, last in runs_of(text):
        yield from _in_run(text, first, last)


def _in_run(text: Text, first: int, last: int) -> Iterator[Name]:
    """The company name in a run of capitalised words, if one is there."""
    lists = cues("companies")
    for index in range(first, last):
        leads = text.words[index].text in lists["prefixes_legal"] and (index == first or text.words[index].text in ("PT", "CV", "M/s"))
        if leads:
            yield make(text, index, _balanced(text, last), "company-legal-form")
            return
    head = first + (text.folded(first) in FOREIGN_ARTICLES or is_label(text, first))
    if (
        head < last
        and text.gap(head + 1) != "-"
        and (text.folded(head) in lists["prefixes"] or key(text, head, head + 1) in lists["prefixes"])
    ):
        whole = key(text, head, last)
        if not any(whole.startswith(body) for body in bodies()):
            yield make(text, head, last, "company-head-noun")
        return
    yield from _two_owners(text, first, last)
    if ending_words().isdisjoint(text.folds[first : last + 1]):
        return
    ends = [index for index in range(first, last + 1) if text.folds[index] in closing_words() or is_legal(text, index)]
    if not ends:
        return
    end = next((index for index in ends if strong_legal(text, index) and not _form_goes_on(text, index, ends)), ends[-1])
    start = trimmed(text, first, end)
    if start is None or end - start > LONGEST_RUN:
        return
    if text.folded(end + 1) == "of" and text.folds[end] == "bank":
        return  # 'the Central Bank of …'; 'Bank of Chongqing' is one run
    yield from _judged(text, start, end, last, _carried_on(text, end, last))


def _carried_on(text: Text, end: int, last: int) -> int:
    """To the last word of the run, if it says where or what the firm is: 'SFA Semicon |Philippines', 'Railway |Services'."""
    behind = text.folded(end + 1)
    whole = end + 1 == last and text.gap(last) == " " and not is_legal(text, end)
    return last if whole and (behind in cues("companies")["last_words"] or is_country_or_city(behind)) else end


def _two_owners(text: Text, first: int, last: int) -> Iterator[Name]:
    """'Godfrey & Kahn', 'Burkhalter & Sons': '&' between names that are nothing else."""
    at = next((index for index in range(first + 1, last + 1) if text.gap(index) == " & "), 0)
    if not at:
        return
    lists, sides = cues("companies"), (text.folded(at - 1), text.folded(at))
    if any(word in lists["bodies"] for word in (text.folded(index) for index in range(first, last + 1))):
        return
    plain = any(is_company_word(word) or word in lists["generic"] or is_well_known_place(word) or len(word) < 3 for word in sides)
    institution = any(word in lexicon().institution for word in sides)
    start = trimmed(text, first, at)
    if not plain and not institution and start is not None:
        yield make(text, start, last, "company-head-noun")


def _balanced(text: Text, last: int) -> int:
    """'PT PLN (Persero)': the bracket belongs to the name."""
    return last + 1 if text.after(last) == " (" and text.folded(last + 1) == "persero" else last


def trimmed(text: Text, first: int, end: int) -> int | None:
    """First word of a name without the words before it that are not its own; None if nothing is left."""
    lists = cues("companies")
    for index in range(end - 1, first - 1, -1):
        if text.folds[index] in lists["titles_own"] or _heads_department(text, index, end):
            first = index + 1
            while first < end - 1 and text.folds[first] in DEPARTMENTS:
                first += 1
            break
    while first < end:
        word = text.words[first]
        inside = first and text.gap(first) == " " and word.folded in lists["may_open"]
        opening = word.folded in lists["generic"] and not is_company_word(word.folded) and not inside and word.folded != "united"
        opening = opening or is_label(text, first) or (not first and word.folded in FOREIGN_ARTICLES)
        people = word.folded in areas().demonyms and first + 1 < end
        if text.gap(first + 1) == "-":
            if not is_label(text, first + 1):
                return first  # 'E-Da Group', 'Thai-Nichi Industries'
            first += 1  # 'TAKATA-Nachfolger |Joyson Safety Systems'
            continue
        if not (opening or people or word.text.islower()):
            return first
        first += 1
    return first if first < end else None


def _heads_department(text: Text, index: int, end: int) -> bool:
    """'Group |Head Exports Interloop Limited': a title, not part of the firm's name."""
    return text.folds[index] == "head" and index + 2 <= end and text.folded(index + 1) in DEPARTMENTS


def _ends_body(text: Text, start: int) -> bool:
    """'Chamber of |Commerce and Industry, Inc.': the rest of a body's name."""
    if start < 2 or text.folded(start - 1) != "of" or not text.words[start - 2].capital:
        return False
    return text.folded(start - 2) in cues("companies")["bodies"] and text.folded(start - 2) not in ("office", "branch", "board")


def _form_goes_on(text: Text, index: int, ends: list[int]) -> bool:
    """'GmbH & Co.', 'S.A. de C.V.'."""
    return index + 1 in ends or (text.folded(index + 1) == "de" and index + 2 in ends)


def _trade_ends(text: Text, end: int, inner: list[str]) -> bool:
    """'Corvus Energy', 'Hatrans Logistics': the trade's noun ends the run and no lone word of the dictionary begins it."""
    nouns = cues("companies")["firm_nouns"]
    return inner[-1] in nouns and not (text.after(end) == " " and end + 1 < len(text.words) and text.words[end + 1].capital)


def _of_a_city(inner: list[str]) -> bool:
    """'Baotou Steel': of a city, too, some nouns of a trade are firms; of a country they are its trade."""
    return len(inner) == 2 and inner[-1] in cues("companies")["city_nouns"] and inner[0] not in areas()


def _becomes_body(text: Text, end: int, run_last: int) -> bool:
    """The run goes on to a body's noun: 'Korea Trade-Investment Promotion Agency'."""
    lists = cues("companies")
    for word in text.words[end + 1 : run_last + 1]:
        if word.folded in lists["titles"]:
            return False
        if word.folded in lists["bodies"]:
            return True
    return False


def _judged(text: Text, start: int, end: int, run_last: int, stop: int) -> Iterator[Name]:
    """The name from `start` to `stop`, if its words as far as its trade (`end`) are a firm's."""
    lists = cues("companies")
    inner = text.folds[start : end + 1]
    legal = any(strong_legal(text, index) for index in range(start, end + 1))
    proper = [word for word in inner if not is_company_word(word) and word not in lists["generic"] and word not in lists["bodies"]]
    own = [word for word in proper if not is_well_known_place(word)]
    if (not proper and _ends_body(text, start)) or (legal and not any(len(word) > 1 and "." not in word for word in inner)):
        return
    if " ".join(inner) in bodies() or " ".join(inner[-2:]) in bodies() or " ".join(inner[:2]) in bodies():
        return
    run_by = lists["run_by_firms"] if inner[-1] in ("corporation", "company", "corp") else frozenset()
    body = any(word in lists["bodies"] and word not in run_by for word in inner) or _becomes_body(text, end, run_last)
    if inner[:2] == ["bank", "of"]:
        if not legal and (" ".join(inner[2:]) in areas() or " ".join(inner[2:]) not in gazetteer()):
            return  # 'Bank of Ghana' is an authority, 'Bank of Ningbo' a firm
        yield make(text, start, stop, "company-head-noun")
    elif legal and (proper or len(inner) > 3):
        yield make(text, start, stop, "company-legal-form")
    elif body or not proper:
        return
    elif any(word in lists["heads"] for word in inner[1:]) or inner[-1] in ("company", "corporation", "corp") or _of_a_city(inner):
        yield make(text, start, stop, "company-head-noun")
    elif own and inner[-1] in lists["tails"]:
        trades = sum(is_company_word(word) for word in inner)
        yield make(text, start, stop, "company-head-noun", sure=inner[-1] == "group" or trades > 1 or _trade_ends(text, stop, inner))
    elif proper and inner[-1] in lists["tails"] and len(inner) > 2:
        yield make(text, start, stop, "company-head-noun", sure=False)
