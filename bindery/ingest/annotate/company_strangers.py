"""Capitalised names nobody knows → those with a sign of business about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from msgspec.structs import replace

from bindery.ingest.annotate.company_cues import LIST_JOINTS, plausible
from bindery.ingest.annotate.company_names import Name, closing_words, is_company_word, is_place, runs_of
from bindery.ingest.annotate.names_lexicon import lexicon
from bindery.ingest.annotate.overlap import overlaps
from bindery.ingest.annotate.place_cues import family_names, given_names
from bindery.ingest.annotate.words import TITLE, Text, cues
from bindery.ingest.draft import Span
from bindery.rules import active

LIST, ACTS, TRADE = "company-list", "company-acts", "company-trade-word"
FORM, VISITED, TOWN = "company-brand-form", "company-visited", "company-town"
SHORTEST = 3
LONGEST = 5
CAMEL = re.compile(r"[a-zà-ÿ]{2}[A-ZÀ-Þ][a-zà-ÿ]")
SHORTEST_STEM = 3
HELPERS = 4
"""Words between a name and what it does: 'X said it would open'."""


def strangers(texts: Iterable[Text], linked: Sequence[Span], taken: Sequence[Span]) -> list[Name]:
    """Names with a sign at each of their places, none of them sure: what the signs are worth together, the learnt weights say.

    linked: where companies stand. taken: where anything stands.
    """
    return [name for text in texts if text.paragraph != TITLE and not text.text.isupper() for name in _in_text(text, linked, taken)]


def _in_text(text: Text, linked: Sequence[Span], taken: Sequence[Span]) -> Iterator[Name]:
    here = [span for span in linked if span.paragraph == text.paragraph]
    claimed = [span for span in taken if span.paragraph == text.paragraph]
    for first, last in runs_of(text):
        codes = tuple(code for code in _signs(text, first, last, here) if active(code))
        name = plausible(text, (first, last), codes[0]) if codes else None
        if name and not overlaps(name.span, claimed) and _is_stranger(text, name, codes):
            yield replace(name, sure=False, evidence=codes)


def _signs(text: Text, first: int, last: int, linked: list[Span]) -> Iterator[str]:
    if _listed(text, first, last, linked):
        yield LIST
    if _acts(text, first, last):
        yield ACTS
    if last > first and not trades().isdisjoint(text.folds[first : last + 1]):
        yield TRADE
    if any(_made_up(word.text, word.folded) for word in text.words[first : last + 1]):
        yield FORM
    if _visited(text, first):
        yield VISITED
    if _placed(text, first, last):
        yield TOWN


@cache
def trades() -> frozenset[str]:
    """Words of a trade that are nouns: 'steel' and 'line', not 'industrial' and 'global'."""
    return (closing_words() | cues("companies")["industries"]) - cues("companies")["no_trades"]


def _listed(text: Text, first: int, last: int, linked: list[Span]) -> bool:
    start, end = text.starts[first], text.ends[last]
    return any((text.text[span.end : start] if span.end <= start else text.text[end : span.start]) in LIST_JOINTS for span in linked)


def _before(text: Text, first: int) -> int:
    """The word before a name, articles passed over."""
    return first - 2 if text.folded(first - 1) in ("the", "a", "la", "le", "el", "o", "l", "die", "der", "das") else first - 1


def _acts(text: Text, first: int, last: int) -> bool:
    lists, before = cues("companies"), _before(text, first)
    if text.folded(last + 1) in lists["acts"] and text.after(last) == " " and not text.words[last].possessive:
        return True
    if f"{text.folded(before - 1)} {text.folded(before)}" in lists["acted_on"]:
        return True
    index = last + 1
    while index <= last + HELPERS and text.folded(index) in lists["act_helpers"]:
        index += 1
    return index > last + 1 and text.after(last) == " " and text.folded(index) in lists["act_bases"]


def _visited(text: Text, first: int) -> bool:
    lists, before = cues("companies"), _before(text, first)
    if before < 0 or not text.gap(before + 1).isspace():
        return False
    return text.folded(before) in lists["visiting"] or f"{text.folded(before - 1)} {text.folded(before)}" in lists["chiefs_of"]


def _placed(text: Text, first: int, last: int) -> bool:
    """'RD Tuna of Madang', 'Marlin Rope Access, of Hull', 'Ballina's Charlestown Mouldings'."""
    after = last + 1
    if text.folded(after) in ("of", "from") and text.after(last) in (" ", ", ") and after + 1 < len(text.words):
        return text.words[after + 1].capital and is_place(text.folded(after + 1))
    return bool(first) and text.words[first - 1].possessive and text.words[first - 1].capital and is_place(text.folded(first - 1))


@lru_cache(maxsize=16384)
def _made_up(printed: str, folded: str) -> bool:
    """'AvtoProm', 'Mirek-Plast', 'Polymatech'."""
    if CAMEL.search(printed) and not printed.startswith(("Mc", "Mac", "De", "Di", "La", "Le", "Van", "O'", "O’")):
        return True
    stems = (folded.removesuffix(end) for end in cues("companies")["brand_ends"] if folded.endswith(end))
    return any(len(stem) >= SHORTEST_STEM or not stem for stem in stems) and not is_place(folded)


def _is_stranger(text: Text, name: Name, codes: tuple[str, ...]) -> bool:
    """Nobody's name, and no single word that has its capital from opening a sentence. A trade stands at an end of a firm's name."""
    first, last = text.words[name.first], text.words[name.last]
    if first.folded in lexicon().honorifics or len(name.form) < SHORTEST or name.form.count("(") != name.form.count(")"):
        return False
    if first.folded in given_names() or text.folded(name.first - 1) in lexicon().honorifics:
        return False
    single = name.first == name.last
    if codes == (TRADE,) and (single or not (last.folded in trades() or first.folded in trades())):
        return False
    opens = name.first == 0 or text.gap(name.first).rstrip("\"'“‘ ").endswith((".", "!", "?", ":"))
    return not (single and (opens or first.folded in family_names() or is_company_word(first.folded)))
