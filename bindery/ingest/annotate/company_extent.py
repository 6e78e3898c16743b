"""A well-known firm's name → where it begins and ends: its trade, country or town behind it, words of its own on either side."""

from __future__ import annotations

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.company_names import (
    BRACKET_OPENS,
    JOINTS,
    LEGAL_JOINTS,
    closing_words,
    is_company_word,
    is_country_or_city,
    is_legal,
    is_place,
)
from bindery.ingest.annotate.firms import firms
from bindery.ingest.annotate.place_cues import family_names, given_names
from bindery.ingest.annotate.toponyms import spaced
from bindery.ingest.annotate.words import Text, cues, english
from bindery.rules import active

OWN_WORDS = "company-own-words"
SHORTEST_OWN = 3
"""Letters of the shortest word taken for a firm's own."""
ENGLISH = frozenset({"the", "of", "and", "to", "by", "for", "with", "at", "has", "its"})
"""One of them, and the text is English: before a firm's name a common word of another language cannot be told from its own."""
GERMAN = frozenset({"der", "die", "das", "und", "den", "dem", "mit", "von"})
"""One of them, and every noun may have a capital."""


def extended(text: Text, last: int) -> int:
    """Last word of a name that goes on with a legal form, an industry, a country or a city: 'China', '(Chongqing)', 'Automotive'."""
    lists = cues("companies")
    end = index = last
    while not text.words[index].possessive and index + 1 < len(text.words):
        index += 1
        gap, word = text.gap(index), text.words[index]
        legal = is_legal(text, index) and gap in LEGAL_JOINTS
        inside = gap in BRACKET_OPENS and text.after(index).startswith(")") and word.capital
        bracket = inside and ((gap == " (" and is_place(word.folded) and not word.text.isupper()) or _form_behind(text, index))
        if not (legal or bracket or (gap in JOINTS and word.capital) or (gap == ") " and word.capital and word.folded in lists["heads"])):
            break
        if text.after(index)[:1] in ("'", "’") and text.after(index)[1:2].isalpha():
            break  # 'BYD |Manisa'da': where it is, and no part of it
        if not legal and (word.folded in lists["bodies"] or word.folded in lists["titles"]):
            break
        if is_legal(text, end) and not (legal or bracket) and end > last:
            break
        if legal or bracket or _belongs(text, index) or (gap == " " and word.folded in lists["last_words"]):
            end = index
        elif (city := spaced(text, index)) and gap == " ":
            end = index = city[0]
        elif (own := _own_words(text, index)) is not None and active(OWN_WORDS):
            end = index = own
        elif word.folded not in lists["industries"]:
            break
    return end


def _form_behind(text: Text, index: int) -> bool:
    """'Aeon Co |(M) Bhd', 'Isuzu Motors Co., |(Thailand) Ltd.': a legal form behind the bracket, so that it is inside the name."""
    return index + 1 < len(text.words) and text.gap(index + 1) == ") " and is_legal(text, index + 1)


def _belongs(text: Text, index: int) -> bool:
    """A trade, a country or a division behind a firm's name."""
    lists, word = cues("companies"), text.folded(index)
    if word in closing_words() or word in lists["abroad"] or (is_country_or_city(word) and text.gap(index) == " "):
        return True
    if text.gap(index) == "-":
        return word not in firms().by_key and word not in lists["no_extension"]
    return _own_letters(text, index)


def _own_words(text: Text, index: int) -> int | None:
    """Last word of what a firm's name goes on with by words of its own: 'Sri Lanka', another firm ('GAC Mitsubishi'), 'Infracore'."""
    if text.gap(index) != " ":
        return None
    word, lists = text.words[index], cues("companies")
    if index + 1 < len(text.words) and text.gap(index + 1) == " " and text.words[index + 1].capital and not word.possessive:
        two = f"{word.folded} {text.folded(index + 1)}"
        if two in areas().countries or two in lists["abroad"]:
            return index + 1
    partner = _partner(text, index)
    if partner is not None:
        return partner
    known = word.folded in lists["generic"] or _is_of_others(word.folded) or word.folded in lists["products"]
    goods = text.folded(index + 1) in lists["goods"]
    fits = len(word.text) >= SHORTEST_OWN and not known and not goods and word.text.isalpha() and not word.text.isupper()
    return index if fits and not _is_german(text) else None


def _partner(text: Text, index: int) -> int | None:
    """Last word of another well-known firm that stands right behind: the two are a joint venture of both names."""
    whole, best = "", None
    for last in range(index, min(index + firms().longest_from.get(text.folded(index), 0), len(text.words))):
        if last > index and text.gap(last) not in JOINTS:
            break
        whole = f"{whole} {text.folded(last)}" if whole else text.folded(last)
        form = firms().by_key.get(whole)
        if form and not form.weak and text.words[last].capital:
            best = last
    return best


def _is_of_others(folded: str) -> bool:
    """A common word, a place, a people, a person's name: what stands beside a firm and is none of its own."""
    return (
        folded in english()
        or is_place(folded)
        or folded in given_names()
        or folded in family_names()
        or any(folded in cues("companies")[group] for group in ("apposition", "plural_cue", "business_agents", "titles", "bodies"))
    )


def _is_german(text: Text) -> bool:
    return text.text.isupper() or any(word.folded in GERMAN and not word.capital for word in text.words)


def is_english(text: Text) -> bool:
    return not text.text.isupper() and any(word.folded in ENGLISH for word in text.words)


def _own_letters(text: Text, index: int) -> bool:
    """'FrieslandCampina WAMCO', 'Keppel FELS': letters behind a firm's name are part of it; one or two are a model's."""
    letters = text.words[index].text
    own = letters.isupper() and letters.isalpha() and letters.casefold() not in firms().by_key
    return own and 3 <= len(letters) <= 6 and text.gap(index) == " "


def with_front(text: Text, first: int, last: int) -> int:
    """First word of the firm's name: 'Syrma SGS' is another firm than SGS, 'Krakatau Posco' than Posco."""
    if not first or text.gap(first) != " " or text.text.isupper():
        return first
    front, lists = text.words[first - 1], cues("companies")
    known = front.folded in lists["generic"] or front.folded in lists["titles"] or is_place(front.folded) or is_company_word(front.folded)
    if not front.capital or front.text.isupper() or front.possessive or known or front.folded in given_names():
        return first
    inside = first > 1 and text.gap(first - 1) in (" ", ", ") and not text.words[first - 2].capital
    if inside and first == last and text.words[first].text.isupper():
        return first - 1
    opens = first == 1 or inside
    own = len(front.text) > SHORTEST_OWN and front.text.isalpha() and not _is_of_others(front.folded)
    return first - 1 if opens and own and is_english(text) and active(OWN_WORDS) else first
