"""A run of capitals nobody has decided on → its signs: what a learnt weight speaks for or against a company by.

A sign is a short text: "before=by", "last=trade", "list-with-firm". The signs of every place where a page prints the run
are taken together, so that one clear place is enough. What they weigh stands in data/companies/weights.tsv, written by
tools/train_companies.py; a sign without a weight says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.company_cues import LIST_JOINTS, plausible
from bindery.ingest.annotate.company_names import Name, closing_words, is_legal, runs_of
from bindery.ingest.annotate.firms import firms
from bindery.ingest.annotate.gazetteer import gazetteer
from bindery.ingest.annotate.names_lexicon import lexicon
from bindery.ingest.annotate.overlap import overlaps
from bindery.ingest.annotate.place_cues import family_names, given_names, word_names
from bindery.ingest.annotate.words import TITLE, Text, Word, cues, english
from bindery.ingest.draft import Span

REACH = 7
"""Words of a clause around a name that are looked at for words of business."""
NEAR = 4
"""Words before and after a name that are signs themselves."""
LONGEST_EXPANSION = 9
"""Words of what an acronym may be short for."""
LITTLE_WORDS = frozenset({"the", "of", "and", "to", "in", "is", "was", "by", "for", "with", "at", "on", "from", "has"})
"""A paragraph without any of them is in another language than the signs."""
SMALL_WORDS = frozenset({"of", "for", "and", "the", "de"})
"""Words in small letters inside a name."""
CLASSES = ("business_agents", "business_agents_plural", "business_verbs", "business_things", "business_officers", "other_things")
"""Sets of data/companies/cues.yaml that stand beside a name."""
TRADE = "trade"
SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+(?=[A-Z\"“])")
CITY = 100_000
"""Inhabitants from which a word is a city's name, below which a town's."""
INSIDE = ("heads", "tails", "industries", "bodies", "generic", "titles")
"""Sets of data/companies/cues.yaml that a name is made of."""


@dataclass(frozen=True, slots=True)
class Others:
    """What else the page names, and in what language."""

    officials: Sequence[Span] = ()
    cities: Sequence[Span] = ()
    persons: Callable[[int], Sequence[Span]] = lambda _: ()
    """Names of persons by their shape alone, in a paragraph."""
    language: str | None = None
    """Of the page, as a BCP 47 tag."""

    def within(self, paragraph: int) -> Others:
        """What of it stands in one paragraph: a page has thousands, each looked at for every name beside it."""
        officials = [span for span in self.officials if span.paragraph == paragraph]
        return replace(self, officials=officials, cities=[span for span in self.cities if span.paragraph == paragraph])


@dataclass(frozen=True, slots=True)
class Undecided:
    """One run of a page with the places where it stands."""

    key: str
    names: tuple[Name, ...]
    signs: frozenset[str]


def undecided(texts: Sequence[Text], sure: Sequence[Name], unsure: Sequence[Name], others: Others) -> list[Undecided]:
    """Runs that no rule has made a company and that name no official, in the order of their first mention."""
    return runs(texts, sure, unsure, others, (*(name.span for name in sure), *others.officials))


def runs(texts: Sequence[Text], sure: Sequence[Name], unsure: Sequence[Name], others: Others, held: Sequence[Span]) -> list[Undecided]:
    """Runs with their signs, none of them where `held` says. `sure` are the page's firms."""
    small = frozenset(word.folded for text in texts for word in text.words if not word.capital)
    found: dict[str, list[Name]] = {}
    signs: dict[str, set[str]] = {}
    for text in texts:
        if text.paragraph == TITLE or text.text.isupper() or LITTLE_WORDS.isdisjoint(word.folded for word in text.words):
            continue
        here = [name for name in unsure if name.span.paragraph == text.paragraph]
        near, beside = [firm for firm in sure if firm.span.paragraph == text.paragraph], others.within(text.paragraph)
        for name in _runs(text, here, [span for span in held if span.paragraph == text.paragraph]):
            others_near = [firm.span for firm in near if firm.key != name.key]
            found.setdefault(name.key, []).append(name)
            signs.setdefault(name.key, set()).update(
                _form_signs(text, name, small), _place_signs(text, name), _list_signs(text, name, others_near, beside), _by_rule(name, here)
            )
    alone = frozenset(key for key in found if " " not in key)
    return [Undecided(key, tuple(names), frozenset(signs[key].union(_again(key, alone)))) for key, names in found.items()]


def _by_rule(name: Name, unsure: Iterable[Name]) -> list[str]:
    """What a rule has said of a name without being sure."""
    return [f"rule={code}" for other in unsure if other.span == name.span for code in other.evidence]


def _runs(text: Text, unsure: Sequence[Name], held: Sequence[Span]) -> Iterator[Name]:
    weak = [name for name in unsure if not overlaps(name.span, held) and name.key[:1].isascii()]
    yield from weak
    blocked = (*held, *(name.span for name in weak))
    for run in runs_of(text):
        name = None if _heads_longer(text, run) else plausible(text, run, "company-likely")
        if name and not overlaps(name.span, blocked):
            yield name


def _heads_longer(text: Text, run: tuple[int, int]) -> bool:
    """'Port of Liverpool', 'Friends of Music': one common word before 'of' and another capital."""
    first, last = run
    if first != last or text.words[last].possessive or text.folded(last) not in english():
        return False
    follows = text.after(last) == " " and text.folded(last + 1) == "of" and last + 2 < len(text.words)
    return follows and (text.words[last + 2].capital or text.folded(last + 2) == "the")


def _form_signs(text: Text, name: Name, small: frozenset[str]) -> Iterator[str]:
    """What the name is made of."""
    words = text.words[name.first : name.last + 1]
    first, last = words[0], words[-1]
    yield f"words={min(len(words), 5)}"
    yield from _shape(name.form, words)
    groups, none = _inside(), ()
    yield from (f"last={group}" for group in groups.get(last.folded, none))
    if len(words) > 1:
        yield from (f"first={group}" for group in groups.get(first.folded, none))
        yield from (f"inner={group}" for word in words[1:-1] for group in groups.get(word.folded, none))
        yield from (f"last={mark}" for mark in _person_or_place(last.folded))
        yield f"ends-as={min(firms().last_words[last.folded], 3)}-firms"
        yield f"begins-as={min(firms().first_words[first.folded], 3)}-firms"
    yield f"letters={last.folded[-3:]}"
    yield from (f"first={mark}" for mark in _person_or_place(first.folded))
    if last.folded in closing_words():
        yield "last=trade"
    if any(is_legal(text, index) for index in range(name.first, name.last + 1)):
        yield "legal"
    known = [word.folded in small or word.folded in word_names() for word in words]
    yield "ordinary=all" if all(known) else "ordinary=some" if any(known) else "ordinary=none"
    listed = [word.folded in english() for word in words]
    common = "all" if all(listed) else "last" if listed[-1] else "first" if listed[0] else "none"
    yield f"english={common}-of-one" if len(words) == 1 else f"english={common}"


def _shape(form: str, words: Sequence[Word]) -> Iterator[str]:
    if form.isupper():
        yield f"capitals={min(len(form), 7)}" if len(words) == 1 else "capitals=several"
    if any(word.text[1:] != word.text[1:].lower() and not word.text.isupper() for word in words):
        yield "inner-capital"
    if any(letter.isdigit() for letter in form):
        yield "digit"
    if "&" in form or "+" in form:
        yield "ampersand"
    if "-" in form:
        yield "hyphen"
    if form.endswith(("'s", "’s")):
        yield "own-apostrophe"


@lru_cache(maxsize=16384)
def _person_or_place(folded: str) -> tuple[str, ...]:
    """What a word is in the lists of names, bodies and places."""
    cities = gazetteer().named(folded)[:1]
    marks = (
        ("given-name", folded in given_names()),
        ("family-name", folded in family_names()),
        ("institution", folded in lexicon().institution),
        ("demonym", folded in areas().demonyms),
        ("area", folded not in areas().demonyms and folded in areas()),
        ("city", bool(cities) and cities[0].population >= CITY),
        ("town", bool(cities) and cities[0].population < CITY),
    )
    return tuple(mark for mark, holds in marks if holds)


def _place_signs(text: Text, name: Name) -> Iterator[str]:
    """What stands around the name."""
    first, last = name.first, name.last
    before, after = text.folded(first - 1), text.folded(last + 1)
    gap_before, gap_after = text.gap(first), text.after(last)
    opens = first == 0 or gap_before.rstrip("\"'“‘ ").endswith((".", "!", "?"))
    if opens:
        yield "opens"
    elif gap_before == " ":
        yield f"before={before}"
        yield f"before-two={text.folded(first - 2)} {before}" if first > 1 and text.gap(first - 1) == " " else "before-two="
    else:
        yield f"gap-before={gap_before.strip()[:3]}"
    if text.words[last].possessive:
        yield "possessive"
    if gap_after == " ":
        yield f"after={after}"
    else:
        yield f"gap-after={gap_after.strip()[:2]}"
    yield from _business(text, first, last)
    yield from _near(text, first, last)
    if gap_before.endswith("("):
        yield from _bracketed(text, name)


def _near(text: Text, first: int, last: int) -> Iterator[str]:
    """The words in small letters near by, as far as the sentence goes."""
    for index in range(first - 1, max(-1, first - 1 - NEAR), -1):
        if text.after(index)[:1] in ".;:!?":
            break
        if not text.words[index].capital:
            yield f"near-left={text.folds[index]}"
    for index in range(last + 1, min(len(text.words), last + 1 + NEAR)):
        if text.gap(index)[:1] in ".;:!?":
            break
        if not text.words[index].capital:
            yield f"near-right={text.folds[index]}"


def _bracketed(text: Text, name: Name) -> Iterator[str]:
    """'Maharashtra Chamber of Commerce (MCCIA)': what an acronym in brackets is short for."""
    start = name.first
    while start and name.first - start < LONGEST_EXPANSION and text.gap(start).strip(" (") == "" and _expands(text.words[start - 1]):
        start -= 1
    inner = set(text.folds[start : name.first])
    if inner & (cues("companies")["bodies"] | lexicon().institution):
        yield "short-for=body"
    elif inner:
        yield "short-for=name"


def _expands(word: Word) -> bool:
    return word.capital or word.folded in SMALL_WORDS


@cache
def _classes() -> Mapping[str, tuple[str, ...]]:
    """The sets of words of business, trade and other things that a word belongs to."""
    lists = cues("companies")
    return _groups_of({**{group: lists[group] for group in CLASSES}, TRADE: lists["tails"] | lists["industries"]})


@cache
def _inside() -> Mapping[str, tuple[str, ...]]:
    """The sets of words a name is made of that a word belongs to."""
    return _groups_of({group: cues("companies")[group] for group in INSIDE})


def _groups_of(words: Mapping[str, frozenset[str]]) -> Mapping[str, tuple[str, ...]]:
    """Word → its sets."""
    found: dict[str, tuple[str, ...]] = {}
    for group, known in words.items():
        for word in known:
            found[word] = (*found.get(word, ()), group)
    return found


def _business(text: Text, first: int, last: int) -> Iterator[str]:
    """Classes of the words before and behind the name: next to it, near by, and as far as a clause reaches."""
    known, words, none = _classes(), text.words, ()
    for index in range(max(0, first - REACH), first):
        for group in known.get(words[index].folded, none):
            yield f"left={group}"
            if first - index <= NEAR:
                yield f"near={group}"
            if first - index == 1:
                yield f"just-before={group}"
    for index in range(last + 1, min(len(words), last + 1 + REACH)):
        for group in known.get(words[index].folded, none):
            yield f"right={group}"
            if index - last <= NEAR:
                yield f"near={group}"
            if index - last == 1:
                yield f"just-after={group}"
    if text.after(last) == ", " and text.folded(last + 1) in ("a", "an", "the", "which", "one", "whose"):
        yield f"apposition={text.folded(last + 1)}"


def _list_signs(text: Text, name: Name, near: Sequence[Span], others: Others) -> Iterator[str]:
    """What else is named here, or stands in one list or bracket with the name."""
    same = sum(_in_one_sentence(text, span, name.span) for span in near)
    yield f"firms-in-sentence={min(same, 2)}"
    yield f"firms-in-paragraph={min(len(near), 3)}"
    persons = others.persons(name.span.paragraph)
    for spans, label in ((near, "firm"), (others.officials, "official"), (others.cities, "city"), (persons, "person")):
        for span in spans:
            if span.paragraph != name.span.paragraph:
                continue
            if span.start < name.span.end and name.span.start < span.end:
                yield f"is-{label}" if (span.start, span.end) == (name.span.start, name.span.end) else f"meets-{label}"
                continue
            between = text.text[span.end : name.span.start] if span.end <= name.span.start else text.text[name.span.end : span.start]
            if between in LIST_JOINTS:
                yield f"list-with-{label}"
            if between in (" (", "("):
                yield f"bracket-with-{label}"


def _in_one_sentence(text: Text, one: Span, other: Span) -> bool:
    left, right = sorted((one, other))
    return not SENTENCE_END.search(text.text, left.end, right.start)


def _again(key: str, alone: frozenset[str]) -> Iterator[str]:
    """By which of its words the page names the thing again: persons by their last."""
    parts = key.split(" ")
    yield from (f"again={place}" for place, part in (("first", parts[0]), ("last", parts[-1])) if len(parts) > 1 and part in alone)
