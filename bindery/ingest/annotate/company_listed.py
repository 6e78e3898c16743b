"""Text → well-known firms, each to the end of its name."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from bindery.ingest.annotate.company_extent import extended, with_front
from bindery.ingest.annotate.company_names import (
    FIRM_JOINTS,
    Name,
    is_company_word,
    is_legal,
    is_place,
    key,
    make,
)
from bindery.ingest.annotate.firms import bodies, firms
from bindery.ingest.annotate.place_cues import family_names, given_names
from bindery.ingest.annotate.words import Text, cues

SHORTEST_LONE = 4


def listed(text: Text) -> Iterator[Name]:
    """Well-known firms, each taken to the end of its name: 'Hitachi', 'Hitachi China', 'Hitachi Automotive'."""
    known, free = firms(), 0
    for index in [index for index, word in enumerate(text.folds) if word in known.longest_from]:
        if index >= free and known.may_begin(text.folds[index], text.folded(index + 1)):
            found = _listed_at(text, index)
            if found:
                yield found
                free = found.last + 1


def _listed_at(text: Text, first: int) -> Name | None:
    last = _longest_form(text, first)
    if last is None:
        return None
    form = firms().by_key[key(text, first, last)]
    printed = text.text[text.starts[first] : text.ends[last]]
    if form.acronym and printed != form.text and (form.weak or len(printed) < 4 or printed.islower()):
        return None  # "Ikea" is IKEA, "bt" is not BT
    small = (
        text.words[first].text.islower() and len(printed) >= 6 and not (form.weak or form.regional) and not is_place(form.text.casefold())
    )
    if not (text.words[first].capital or printed == form.text or small) or _body_follows(text, last) or _personal(text, first, last):
        return None
    end = extended(text, last)
    whole = key(text, first, end)
    if whole in bodies() or _ends_body(text, first, end):
        return None
    first = with_front(text, first, last)
    if end > last or printed != text.text[text.starts[first] : text.ends[last]]:
        whole = key(text, first, end)
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
    known, best, owned = firms(), None, False
    words = text.words[first : first + known.longest_from[text.folds[first]]]
    whole = ""
    for last, word in enumerate(words, first):
        # 'Dr. Reddy's Laboratories' is one firm's name, 'Ford's Motor' is not
        owned = owned or bool(whole and text.words[last - 1].possessive)
        if whole and text.gap(last) not in FIRM_JOINTS and not (owned and text.gap(last)[:2] in ("'s", "’s")):
            break
        whole = f"{whole} {word.folded}" if whole else word.folded
        if whole in known.by_key and not (owned and "'s " not in known.by_key[whole].text):
            best = last
    return best


def _body_follows(text: Text, last: int) -> bool:
    """'Toyota Foundation', 'Boeing 737', 'Tesla Museum': a body, a model, a building."""
    if text.after(last) != " " or text.words[last].possessive:
        return False
    word = text.words[last + 1]
    model = any(letter.isdigit() for letter in word.text) and not (word.text.isdigit() and len(word.text) == 4)
    return model or (word.capital and word.folded in cues("companies")["bodies"])


def _alone(text: Text, first: int, last: int) -> bool:
    """'Apple would move', 'nothing from Shell': a word whose capital, inside a sentence, says that it is the firm."""
    lists, folded = cues("companies"), text.folded(first)
    if first != last or text.gap(first) != " " or not first or not (folded in lists["lone"] or _no_other_name(folded)):
        return False
    before = text.words[first - 1]
    if before.capital or before.folded in ("the", "a", "an", "this", "every", "each", "no") or text.text.isupper():
        return False
    after = text.after(last)
    return after != "-" and (text.words[last].possessive or after[:1] in ",.;:)" or text.folded(last + 1) in lists["lone_after"])


def _no_other_name(folded: str) -> bool:
    """No place, no person and no two or three letters: the one thing of this name with a capital is the firm."""
    return len(folded) >= SHORTEST_LONE and not (is_place(folded) or folded in family_names() or folded in given_names())


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
