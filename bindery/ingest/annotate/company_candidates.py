"""Names of firms with too little evidence, and capitalised names that behave like firms → candidates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from bindery.ingest.annotate.companies import Companies
from bindery.ingest.annotate.company_cues import LIST_JOINTS, plausible
from bindery.ingest.annotate.company_names import Name, closing_words, is_company_word, run_end
from bindery.ingest.annotate.names_lexicon import lexicon
from bindery.ingest.annotate.overlap import overlaps
from bindery.ingest.annotate.toponyms import family_names, given_names
from bindery.ingest.annotate.words import TITLE, Text, cues
from bindery.ingest.draft import Candidate, Span

ACTS, TRADE, LIST = "company-acts", "company-trade-word", "company-list"
SCORE = {"company-head-noun": 0.7, "company-listed": 0.6, LIST: 0.5, ACTS: 0.4, TRADE: 0.3}
LACKS = {
    "company-head-noun": "a legal form, or a proper name before its noun",
    "company-listed": "a sign that it is the firm and not the word: a legal form, ‘the carmaker’ before it, its plant or its chairman",
    LIST: "a legal form, or a word that calls it a company: it only stands beside one",
    ACTS: "a legal form, or a word that calls it a company: it only acts like one",
    TRADE: "a legal form, or a word that calls it a company: a trade is only part of its name",
}
SHORTEST = 3
JOINTS = tuple(LIST_JOINTS)


def find(texts: Iterable[Text], firms: Companies) -> Iterator[Candidate]:
    """Candidates in every text but the title."""
    linked = [span for entity in firms.entities for span in entity.spans]
    for text in texts:
        if text.paragraph == TITLE or text.text.isupper():
            continue
        weak = [name for name in firms.unsure if name.span.paragraph == text.paragraph and _is_balanced(name.form)]
        here = [span for span in linked if span.paragraph == text.paragraph]
        taken = [*here, *(name.span for name in weak)]
        for name in chain(weak, _strangers(text, here, taken)):
            code = name.evidence[0]
            yield Candidate("company", name.form, name.span, SCORE[code], LACKS[code], name.evidence)


@cache
def trades() -> frozenset[str]:
    """Words of a trade that are nouns: 'steel' and 'line', not 'industrial' and 'global'."""
    return (closing_words() | cues("companies")["industries"]) - cues("companies")["no_trades"]


@cache
def signs() -> frozenset[str]:
    """A text without a firm and without one of these has no stranger in it."""
    lists = cues("companies")
    return trades() | lists["acts"] | {phrase.split(" ")[-1] for phrase in lists["acted_on"]}


def _is_balanced(form: str) -> bool:
    return form.count("(") == form.count(")")


def _strangers(text: Text, linked: list[Span], taken: list[Span]) -> Iterator[Name]:
    """Runs of capitals nobody knows, with a sign of business about them."""
    if not _lists_go_on(text.text, linked) and not any(_beside_capital(text, index) for index in _signs(text)):
        return
    free = 0
    for index in [place for place, word in enumerate(text.words) if word.capital]:
        if index < free:
            continue
        last = run_end(text, index)
        free = last + 1
        code = _sign(text, index, last, linked)
        name = plausible(text, (index, last), code) if code else None
        if name and not overlaps(name.span, taken) and _is_stranger(text, name):
            yield name


def _signs(text: Text) -> list[int]:
    known = signs()
    return [index for index, word in enumerate(text.words) if word.folded in known]


def _beside_capital(text: Text, index: int) -> bool:
    return text.words[index - 1].capital or any(word.capital for word in text.words[index + 1 : index + 3])


def _lists_go_on(text: str, linked: list[Span]) -> bool:
    return any(text.startswith(JOINTS, span.end) or text.endswith(JOINTS, 0, span.start) for span in linked)


def _sign(text: Text, first: int, last: int, linked: list[Span]) -> str:
    """The strongest sign, as a rule's code; empty where there is none."""
    start, end = text.words[first].start, text.words[last].end
    for span in linked:
        near = text.text[span.end : start] if span.end <= start else text.text[end : span.start]
        if near in LIST_JOINTS:
            return LIST
    lists = cues("companies")
    if text.folded(last + 1) in lists["acts"] and text.after(last) == " " and not text.words[last].possessive:
        return ACTS
    before = first - 2 if text.folded(first - 1) == "the" else first - 1
    if f"{text.folded(before - 1)} {text.folded(before)}" in lists["acted_on"]:
        return ACTS
    return TRADE if last > first and any(word.folded in trades() for word in text.words[first : last + 1]) else ""


def _is_stranger(text: Text, name: Name) -> bool:
    """Nobody's name, and no single word that has its capital from opening a sentence. A trade stands at an end of a firm's name."""
    first, last = text.words[name.first], text.words[name.last]
    if first.folded in given_names() or first.folded in lexicon().honorifics or len(name.form) < SHORTEST or not _is_balanced(name.form):
        return False
    single = name.first == name.last
    if TRADE in name.evidence and (single or not (last.folded in trades() or first.folded in trades())):
        return False
    opens = name.first == 0 or text.gap(name.first).rstrip("\"'“‘ ").endswith((".", "!", "?", ":"))
    return not (single and (opens or first.folded in family_names() or is_company_word(first.folded)))
