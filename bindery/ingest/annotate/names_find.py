"""Tokens → the name that ends or begins at a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bindery.ingest.annotate.names_lexicon import lexicon, pinyin
from bindery.ingest.annotate.names_shape import NONE, Shape, shape
from bindery.ingest.annotate.names_tokens import (
    BEGINS,
    CAPITAL,
    GIVEN,
    HEAD,
    HONORIFIC,
    INITIAL,
    INSTITUTION,
    LOWER,
    MODIFIER,
    NEVER,
    PARTICLE,
    POST_NOMINAL,
    STOP,
    UPPER,
    Tokens,
)

IsPlace = Callable[[str], bool]

LONGEST = 6
"""Tokens of the longest name, particles included: 'Sheikh Mohammed bin Rashid Al Maktoum' without 'Sheikh'."""

REFUSED = STOP | INSTITUTION | HONORIFIC | NEVER | HEAD | MODIFIER | BEGINS
LOCATIVES = frozenset({"in", "of", "at", "near", "from", "to", "for", "and", "via", "around", "outside", "across"})
LEADING_PARTICLES = frozenset({"van", "von", "de", "da", "di", "du", "al", "el", "ten", "ter", "bin"})


@dataclass(frozen=True, slots=True)
class NameFound:
    start: int
    """Tokens, honorific outside."""
    end: int
    shape: Shape
    titled: bool
    """An honorific stands before it."""

    @property
    def single(self) -> bool:
        return self.end - self.start == 1


def is_family(word: str) -> bool:
    """Whether a folded word is a family name anywhere."""
    known = lexicon()
    return (
        word in known.families or word in known.chinese or word in known.southern or word in known.korean or word in known.japanese_families
    )


def is_part(tokens: Tokens, index: int) -> bool:
    """Whether a token may be part of a name for what it is, and not for where it stands."""
    kind = tokens.kind(index)
    if kind == INITIAL:
        return True
    if kind not in (CAPITAL, UPPER):
        return False
    return not tokens.flags[index] & REFUSED or _excused(tokens, index)


def _excused(tokens: Tokens, index: int) -> bool:
    """A common word that is a name here: 'Tony Page', 'Theresa May', 'He Lifeng', 'Park Geun-hye', 'April Jones'."""
    word, flags = tokens.folded[index], tokens.flags[index]
    before, after = tokens.flag(index - 1), tokens.kind(index + 1)
    given_before = tokens.kind(index - 1) == INITIAL or (before & GIVEN and not before & (STOP | INSTITUTION | HEAD))
    if tokens.kinds[index] == CAPITAL and given_before and after not in (CAPITAL, UPPER) and word in lexicon().families:
        return True
    if after != CAPITAL or flags & (HONORIFIC | HEAD) or tokens.flag(index + 1) & REFUSED:
        return False
    following = tokens.word(index + 1)
    if word in lexicon().chinese and pinyin(following) == 2:
        return True
    if word in lexicon().korean and "-" in following:
        return True
    return bool(flags & GIVEN and flags & STOP and following in lexicon().families)


def is_honorific(tokens: Tokens, index: int) -> bool:
    return bool(tokens.flag(index) & HONORIFIC) and tokens.kind(index) in (CAPITAL, UPPER, INITIAL)


def skip_honorifics(tokens: Tokens, index: int) -> int:
    """Where a name may begin: after 'H.E. Mr.', 'His Excellency', 'Tan Sri Dato’'."""
    while True:
        step = next((len(p) for p in lexicon().honorific_phrases if tuple(tokens.folded[index : index + len(p)]) == p), 0)
        if step and tokens.kind(index) == LOWER and tokens.word(index) != "the":
            step = 0
        if not step and is_honorific(tokens, index):
            step = 1
        if not step:
            return index
        index += step
        if tokens.is_mark(index, ".'’"):
            index += 1


def _core(tokens: Tokens, start: int, end: int) -> tuple[str, ...]:
    """Folded words of a possible name, without post-nominals and with initials bare."""
    return tuple(tokens.folded[index].rstrip(".") for index in range(start, end) if tokens.folded[index] not in lexicon().suffixes)


def _shape(tokens: Tokens, start: int, end: int) -> Shape:
    words = _core(tokens, start, end)
    if not words or (len(words) == 1 and (len(words[0]) < 2 or tokens.kinds[start] == INITIAL)):
        return NONE
    found = shape(words)
    if found.strength == 1 and _mixed_capitals(tokens, start, end):
        return NONE
    return found


def _mixed_capitals(tokens: Tokens, start: int, end: int) -> bool:
    """An unknown word in capitals beside others is more often an acronym than a surname."""
    kinds = tokens.kinds[start:end]
    upper = [index for index in range(start, end) if tokens.kinds[index] == UPPER]
    if not upper:
        return False
    return CAPITAL not in kinds or not all(is_family(tokens.folded[index]) or len(tokens.folded[index]) > 4 for index in upper)


def _judged(tokens: Tokens, start: int, end: int, is_place: IsPlace, *, titled: bool) -> NameFound | None:
    """The name in tokens start to end if it has a name's shape and is no place."""
    found = _shape(tokens, start, end)
    if not found.strength:
        return None
    if is_place(tokens.printed(start, end)) and not (end - start == 1 and _names_person(tokens, start, titled=titled)):
        return None
    return NameFound(start, end, found, titled)


def _names_person(tokens: Tokens, index: int, *, titled: bool) -> bool:
    """A word that is a city too: 'Mayor Eden', or 'Paul, vice president of …' where nothing says that it is a place."""
    if titled:
        return is_family(tokens.folded[index])
    return bool(tokens.flags[index] & GIVEN) and tokens.word(index - 1) not in LOCATIVES and tokens.kind(index - 1) not in (CAPITAL, UPPER)


def _run_before(tokens: Tokens, end: int, low: int) -> int:
    """First token of the name-like run that ends at a place."""
    start = index = end
    while index > low and end - index < LONGEST:
        index -= 1
        if is_part(tokens, index):
            start = index
        elif not (start < end and tokens.flag(index) & PARTICLE and tokens.kind(index) in (LOWER, CAPITAL)):
            break
    if start > low and tokens.kind(start - 1) == LOWER and tokens.word(start - 1) in LEADING_PARTICLES and start < end:
        start -= 1
    return start


def name_before(tokens: Tokens, end: int, is_place: IsPlace, low: int = 0) -> NameFound | None:
    """The name whose last token is the one before `end`; of a longer run of capitals the part that has a name's shape."""
    while end > low and (tokens.flag(end - 1) & POST_NOMINAL) and tokens.kind(end - 1) == UPPER:
        end -= 1
    start = _run_before(tokens, end, low)
    return _best(tokens, [(first, end) for first in range(start, end)], is_place)


def name_from(tokens: Tokens, start: int, is_place: IsPlace) -> NameFound | None:
    """The name that begins at a token, after honorifics."""
    first = skip_honorifics(tokens, start)
    end = _run_from(tokens, first)
    titled = first > start
    if end == first:
        return _surname_like(tokens, first, titled=titled)
    return _best(tokens, [(first, last) for last in range(end, first, -1)], is_place, titled=titled)


def _run_from(tokens: Tokens, start: int) -> int:
    """End of the name-like run that begins at a place."""
    end = index = start
    while index - start < LONGEST:
        if is_part(tokens, index):
            end = index + 1
        elif not _runs_on(tokens, index, first=index == start):
            break
        index += 1
    return end


def _runs_on(tokens: Tokens, index: int, *, first: bool) -> bool:
    """A particle inside a name, or one of those a name may begin with."""
    if first:
        return tokens.word(index) in LEADING_PARTICLES
    return bool(tokens.flag(index) & PARTICLE) and tokens.kind(index) in (LOWER, CAPITAL)


def _surname_like(tokens: Tokens, index: int, *, titled: bool) -> NameFound | None:
    """'Mayor Page', 'Mr. Park': a common word that is a family name, alone after a title."""
    word = tokens.word(index)
    alone = tokens.kind(index) == CAPITAL and tokens.kind(index + 1) not in (CAPITAL, UPPER)
    known = lexicon()
    if alone and titled and (word in known.families or word in known.chinese or word in known.korean) and not tokens.flag(index) & HEAD:
        return NameFound(index, index + 1, Shape(1, ""), titled)
    return None


def _best(tokens: Tokens, places: list[tuple[int, int]], is_place: IsPlace, *, titled: bool = False) -> NameFound | None:
    """The whole run if its shape is sure, else its longest part that is, else the whole if it is short enough."""
    found = [
        name
        for start, end in places
        if _starts_well(tokens, start) and (name := _judged(tokens, start, end, is_place, titled=_titled(tokens, start, titled)))
    ]
    sure = next((name for name in found if name.shape.strength == 2 and not name.single), None)
    if sure:
        return sure
    return next((name for name in found if name.end - name.start <= 3 and (name.start, name.end) == places[0]), None)


def _titled(tokens: Tokens, start: int, titled: bool) -> bool:
    return titled or is_honorific(tokens, start - 1) or (tokens.is_mark(start - 1, ".'’") and is_honorific(tokens, start - 2))


def _starts_well(tokens: Tokens, start: int) -> bool:
    return tokens.kinds[start] != LOWER or tokens.folded[start] in LEADING_PARTICLES


def names(tokens: Tokens, is_place: IsPlace) -> Iterator[NameFound]:
    """Every run of capitals that is surely a name, from left to right."""
    index = 0
    while index < len(tokens):
        if tokens.kinds[index] in (CAPITAL, UPPER) and is_part(tokens, index):
            end = _run_from(tokens, index)
            found = _best(tokens, [(index, end)], is_place)
            if found and not found.single and found.shape.strength == 2:
                yield found
            index = max(end, index + 1)
        else:
            index += 1
