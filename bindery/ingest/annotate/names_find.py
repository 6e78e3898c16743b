"""Tokens → the name that ends or begins at a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from bindery.ingest.annotate.firms import firms
from bindery.ingest.annotate.names_lexicon import foreign_nouns, lexicon, pinyin, terms
from bindery.ingest.annotate.names_shape import FAMILY_FIRST, NONE, Shape, shape
from bindery.ingest.annotate.names_tokens import (
    BEGINS,
    CAPITAL,
    GIVEN,
    HEAD,
    HONORIFIC,
    INITIAL,
    INSTITUTION,
    LOWER,
    MARK,
    MODIFIER,
    NEVER,
    NUMBER,
    PARTICLE,
    POST_NOMINAL,
    STOP,
    UPPER,
    Tokens,
)

IsPlace = Callable[[str], bool]

LONGEST_UNSURE = 4
LONGEST = 9
"""Tokens of the longest name, particles included: 'Sheikh Mohammed bin Rashid Al Maktoum' without 'Sheikh'."""
MOST_HONORIFICS = 12
"""In a row: 'Yang Berhormat Tan Sri Dato’ Seri Utama Professor Dr. Haji' are eight. A line of nothing else would cost the square of its
length, since each begins such a row."""

REFUSED = STOP | INSTITUTION | HONORIFIC | NEVER | HEAD | MODIFIER | BEGINS
QUOTES = "\"“”«»„‟'‘’"
RETIRED = frozenset({"rtd", "retd", "ret", "ret'd", "retired"})
LOWER_HONORIFICS = terms("name_words.txt", "lower honorifics")
LEGAL_FORMS = terms("institution_words.txt", "legal forms")
LOCATIVES = frozenset({"in", "of", "at", "near", "from", "to", "for", "and", "via", "around", "outside", "across"})
SITES = frozenset({"in", "at", "near", "outside"})
ARABIC_PARTICLES = frozenset({"al", "el", "bin"})
LEADING_PARTICLES = frozenset({"van", "von", "de", "da", "di", "du", "al", "el", "ten", "ter", "bin"})


class NameFound(msgspec.Struct, frozen=True, gc=False):
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
        if tokens.flags[index] & HONORIFIC:
            return False
        return not tokens.flags[index] & STOP or tokens.text[tokens.ends[index] - 1] == "."
    if kind not in (CAPITAL, UPPER):
        return False
    if tokens.folded[index].rstrip(".") in lexicon().dates:
        return _no_date(tokens, index)
    return not tokens.flags[index] & REFUSED or _excused(tokens, index)


def _no_date(tokens: Tokens, index: int) -> bool:
    """'Lee Jun Seung', 'Theresa May': a month beside another capital and no number."""
    near = (tokens.kind(index - 1), tokens.kind(index + 1))
    return NUMBER not in near and tokens.text[tokens.ends[index] - 1] != "." and bool({CAPITAL, UPPER, INITIAL} & set(near))


def _excused(tokens: Tokens, index: int) -> bool:
    """A common word that is a name here: 'Tony Page', 'Theresa May', 'He Lifeng', 'Park Geun-hye', 'April Jones'."""
    word, flags = tokens.folded[index], tokens.flags[index]
    before, after = tokens.flag(index - 1), tokens.kind(index + 1)
    given_before = tokens.kind(index - 1) == INITIAL or (before & GIVEN and not before & (STOP | INSTITUTION | HEAD))
    if tokens.kinds[index] == CAPITAL and given_before and after not in (CAPITAL, UPPER) and word in lexicon().families:
        return True
    if word in lexicon().southern and tokens.word(index - 1) in lexicon().southern and tokens.kinds[index] == CAPITAL:
        # 'Jimmy Ong |Eng Hock' is no engineer, 'Peter Lim Eng |Soon' no adverb
        return after == CAPITAL if flags & HONORIFIC else tokens.word(index - 2) in lexicon().southern
    if word == "md" and tokens.kinds[index] == after == CAPITAL:
        return True  # 'Md Anwarul Karim': Mohammed, as Bengal shortens it
    if pinyin(word) == 1 and tokens.kinds[index] == CAPITAL and _ends_syllables(tokens, index):
        return True
    if after != CAPITAL or flags & (HONORIFIC | HEAD) or tokens.flag(index + 1) & REFUSED:
        return False
    following = tokens.word(index + 1)
    if word in lexicon().chinese and pinyin(following) == 2:
        return True
    if word in lexicon().korean and "-" in following:
        return True
    if word in lexicon().families and word in foreign_nouns() and _between_capitals(tokens, index):
        return True
    inside = index > 0 and tokens.kind(index - 1) == CAPITAL  # 'Head of Mission Per Sandahl'
    return bool(flags & GIVEN and flags & STOP and (following in lexicon().families or inside))


def _between_capitals(tokens: Tokens, index: int) -> bool:
    """'Welberth |Porto Siqueira': capitals that are no common words on both sides."""
    around = (index - 1, index + 1)
    return all(tokens.kind(at) == CAPITAL and not tokens.flag(at) & REFUSED for at in around)


def _ends_syllables(tokens: Tokens, index: int) -> bool:
    """'Ng Sze |Han': the third syllable of a name whose first is a family name of the south; 'han' is Spanish too."""
    family, given = tokens.word(index - 2), tokens.word(index - 1)
    capitals = tokens.kind(index - 2) == tokens.kind(index - 1) == CAPITAL != tokens.kind(index + 1)
    return capitals and family in lexicon().southern and len(given) <= 5 and not tokens.flag(index - 1) & REFUSED


def is_honorific(tokens: Tokens, index: int) -> bool:
    if tokens.kind(index) == LOWER:
        return tokens.folded[index].rstrip(".") in LOWER_HONORIFICS
    if (
        tokens.word(index) == "he" and tokens.kind(index) == UPPER
    ):  # Gulf pages print 'HE the Minister', 'HE Saad Ali'; 'He' is another word
        return tokens.kind(index + 1) == CAPITAL
    return bool(tokens.flag(index) & HONORIFIC) and tokens.kind(index) in (CAPITAL, UPPER, INITIAL)


def skip_honorifics(tokens: Tokens, index: int) -> int:
    """Where a name may begin: after 'H.E. Mr.', 'His Excellency', 'Tan Sri Dato’'."""
    for _ in range(MOST_HONORIFICS):
        phrases = lexicon().honorific_phrases.get(tokens.word(index), ())
        step = next((len(p) for p in phrases if _bare(tokens, index, index + len(p)) == p), 0)
        if step and tokens.kind(index) == LOWER and tokens.word(index) != "the":
            step = 0
        if not step and is_honorific(tokens, index):
            step = 1
        if not step:
            return index
        index += step
        if tokens.is_mark(index, ".'’"):
            index += 1
        if tokens.is_mark(index, "-") and is_honorific(tokens, index + 1):  # 'Dipl.-Ing.'
            index += 1
        inside = tokens.is_mark(index, "(") and tokens.is_mark(index + 2, ")")
        if (tokens.is_mark(index, "(") and tokens.word(index + 1).rstrip(".'’") in RETIRED) or (inside and is_honorific(tokens, index + 1)):
            index += 3
    return index


def _bare(tokens: Tokens, start: int, end: int) -> tuple[str, ...]:
    return tuple(word.rstrip(".") for word in tokens.folded[start:end])


def _core(tokens: Tokens, start: int, end: int) -> tuple[str, ...]:
    """Folded words of a possible name, without post-nominals and with initials bare."""
    named = (index for index in range(start, end) if tokens.kinds[index] != MARK and not _is_nickname(tokens, index))
    return tuple(tokens.folded[index].rstrip(".") for index in named if tokens.folded[index] not in lexicon().suffixes)


def _is_nickname(tokens: Tokens, index: int) -> bool:
    """'Reynaldo "Nonoy" Reyes': one word in quotation marks inside a name."""
    quoted = tokens.is_mark(index - 1, QUOTES) and tokens.is_mark(index + 1, QUOTES)
    around = tokens.kind(index - 2) in (CAPITAL, INITIAL) and tokens.kind(index + 2) == CAPITAL
    return quoted and around and tokens.kind(index) == CAPITAL


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
    upper = [index for index in range(start, end) if tokens.kinds[index] == UPPER and tokens.folded[index] not in lexicon().suffixes]
    if not upper or (upper == [start] and _initials_before(tokens, start)):
        return False
    return CAPITAL not in kinds or not all(is_family(tokens.folded[index]) or len(tokens.folded[index]) > 4 for index in upper)


def _grown_to_capital(tokens: Tokens, index: int) -> bool:
    """'New |York': the last of several capitals is no name of its own."""
    return index > 0 and tokens.kinds[index - 1] in (CAPITAL, UPPER) and not tokens.flags[index - 1] & (HEAD | STOP)


def _initials_before(tokens: Tokens, index: int) -> bool:
    """'minister TRB Rajaa': up to three capitals behind an office or an honorific are initials."""
    return tokens.ends[index] - tokens.starts[index] <= 3 and bool(tokens.flag(index - 1) & (HEAD | HONORIFIC))


def _judged(tokens: Tokens, start: int, end: int, is_place: IsPlace, *, titled: bool) -> NameFound | None:
    """The name in tokens start to end if it has a name's shape and is no place."""
    found = _shape(tokens, start, end)
    if not found.strength or (end - start == 1 and not titled and _grown_to_capital(tokens, start)):
        return None
    if is_firm(tokens, end) or is_firm(tokens, start) or _is_known_firm(tokens, start, end) or _is_of_people(tokens, start, end, is_place):
        return None
    in_place = end - start > 2 and tokens.folded[end - 2] == "di" and is_place(tokens.printed(end - 1, end))
    if (end - start > 1 and tokens.kinds[end - 1] == LOWER) or (in_place and not is_family(tokens.folded[end - 1])):
        return None  # 'Putu Ariawan |di Denpasar'
    inner = start + (tokens.kinds[start] == LOWER)
    if titled and start and tokens.kind(start - 1) == CAPITAL and is_place(tokens.printed(start - 1, end)):
        return None  # 'Sri Lanka'
    if is_place(tokens.printed(inner, end)) and not (end - start == 1 and _names_person(tokens, start, titled=titled)):
        return None
    return NameFound(start, end, found, titled)


def is_firm(tokens: Tokens, end: int) -> bool:
    """'Boshoku America, Inc.': a legal form behind it."""
    end += tokens.is_mark(end, ",")
    return tokens.kind(end) != LOWER and tokens.word(end).rstrip(".") in LEGAL_FORMS


def _is_known_firm(tokens: Tokens, start: int, end: int) -> bool:
    """'Mercedes Benz', 'Thomas Cook': a firm named like somebody."""
    key = " ".join(tokens.folded[start:end]).replace("-", " ")
    known = firms().by_key.get(key) if " " in key else None
    return known is not None and not known.weak


def _is_of_people(tokens: Tokens, start: int, end: int, is_place: IsPlace) -> bool:
    """'Irish Distillers': a people's name before a word that is in no list of names."""
    first, last = tokens.folded[start], tokens.folded[end - 1]
    if end - start != 2 or tokens.flags[start] & GIVEN or is_family(first) or is_family(last) or tokens.flags[end - 1] & GIVEN:
        return False
    return last.endswith("s") and is_place(tokens.printed(start, start + 1))


def _names_person(tokens: Tokens, index: int, *, titled: bool) -> bool:
    """A word that is a city too: 'Mayor Eden', or 'Paul, vice president of …' where nothing says that it is a place."""
    office = tokens.flag(index - 1) & HEAD and tokens.kind(index - 1) == CAPITAL
    if titled or office:
        return is_family(tokens.folded[index])
    return bool(tokens.flags[index] & GIVEN) and tokens.word(index - 1) not in LOCATIVES and tokens.kind(index - 1) not in (CAPITAL, UPPER)


def _run_before(tokens: Tokens, end: int, low: int) -> int:
    """First token of the name-like run that ends at a place."""
    start = index = end
    while index > low and end - index < LONGEST:
        index -= 1
        if is_part(tokens, index):
            start = index
        elif not _in_nickname(tokens, index) and not (start < end and _is_particle(tokens, index)):
            break
    if start > low and start < end and _leads(tokens, start - 1, end):
        start -= 1
    return start


def without_post_nominals(tokens: Tokens, end: int, low: int) -> int:
    """End of a name before 'OBE', 'MP', 'AO'."""
    while end > low and tokens.flag(end - 1) & POST_NOMINAL and tokens.kind(end - 1) == UPPER:
        end -= 1
    return end


def name_before(tokens: Tokens, end: int, is_place: IsPlace, low: int = 0) -> NameFound | None:
    """The name whose last token is the one before `end`; of a longer run of capitals the part that has a name's shape."""
    end = without_post_nominals(tokens, end, low)
    start = _run_before(tokens, end, low)
    return _best(tokens, [(first, end) for first in range(start, end)], is_place)


def name_from(tokens: Tokens, start: int, is_place: IsPlace) -> NameFound | None:
    """The name that begins at a token, after honorifics."""
    first = skip_honorifics(tokens, start)
    end = without_post_nominals(tokens, _run_from(tokens, first), first)
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
    return start if tokens.kind(start) == LOWER and not _leads(tokens, start, end) else end


def _leads(tokens: Tokens, index: int, end: int) -> bool:
    """'van Gogh', 'von der Leyen', 'de Blasio'; in 'von Anna Schmidt' and 'de Ana López' the word is a preposition."""
    if tokens.kind(index) != LOWER or tokens.word(index) not in LEADING_PARTICLES:
        return False
    names = [at for at in range(index + 1, end) if tokens.kinds[at] in (CAPITAL, UPPER, INITIAL)]
    return len(names) == 1 or (len(names) > 1 and not tokens.flags[names[0]] & GIVEN and tokens.word(index) in ARABIC_PARTICLES)


def _runs_on(tokens: Tokens, index: int, *, first: bool) -> bool:
    """A particle inside a name, or one of those a name may begin with."""
    if first:
        return tokens.word(index) in LEADING_PARTICLES
    return _is_particle(tokens, index) or _in_nickname(tokens, index)


def _is_particle(tokens: Tokens, index: int) -> bool:
    """'van', 'bin'; 'y', 'e' and 'i' between two family names, as in 'Ortega y Gasset', but not before the given name of somebody else."""
    if not tokens.flag(index) & PARTICLE or tokens.kind(index) not in (LOWER, CAPITAL):
        return False
    following = tokens.word(index + 1)
    if tokens.word(index) == "van" and tokens.kind(index - 1) == CAPITAL:
        known = firms().by_key.get(following)
        if tokens.kind(index + 1) == UPPER or (known is not None and not known.weak and not is_family(following)):
            return False  # 'Bram Hoekstra |van VolkerWessels'
    joins_people = tokens.word(index) in ("y", "e", "i") and bool(tokens.flag(index + 1) & GIVEN) and tokens.kind(index + 2) == CAPITAL
    return not joins_people


def _in_nickname(tokens: Tokens, index: int) -> bool:
    """The quotation marks around a nickname."""
    return tokens.is_mark(index, QUOTES) and (_is_nickname(tokens, index + 1) or _is_nickname(tokens, index - 1))


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
    whole = next((name for name in found if (name.start, name.end) == places[0]), None)
    sure = next((name for name in found if name.shape.strength == 2 and not name.single), None)
    if whole and (whole == sure or sure is None):
        return whole if whole.end - whole.start <= LONGEST_UNSURE or whole == sure else None
    if whole and sure and (_grown(tokens, whole, sure, is_place) or _led_by_given(tokens, whole, sure)):
        return whole
    return sure


def _led_by_given(tokens: Tokens, whole: NameFound, sure: NameFound) -> bool:
    """'Amal |Al Zadjali': what goes before an Arabic particle is the given name."""
    alone = whole.start + 1 == sure.start and whole.end == sure.end
    if not alone or tokens.folded[sure.start] not in ARABIC_PARTICLES:
        return False
    capital = tokens.kinds[whole.start] == CAPITAL and tokens.kind(whole.start - 1) in (LOWER, MARK, "")
    return whole.titled or capital or bool(tokens.flags[whole.start] & GIVEN)


def _grown(tokens: Tokens, whole: NameFound, sure: NameFound, is_place: IsPlace) -> bool:
    """An unsure run is one long name ('Nikhilesh Chandra Giri'), unless a place is in it ('at Sunnylands John Kerry')."""
    if whole.end - whole.start > LONGEST_UNSURE or sure.shape.order == FAMILY_FIRST:
        return False
    if tokens.word(whole.start - 1) in SITES:
        return False
    rest = [index for index in range(whole.start, whole.end) if not sure.start <= index < sure.end]
    return not any(tokens.kinds[index] == UPPER or is_place(tokens.printed(index, index + 1)) for index in rest)


def _titled(tokens: Tokens, start: int, titled: bool) -> bool:
    return titled or is_honorific(tokens, start - 1) or (tokens.is_mark(start - 1, ".'’") and is_honorific(tokens, start - 2))


def _starts_well(tokens: Tokens, start: int) -> bool:
    return tokens.kinds[start] != LOWER or tokens.folded[start] in LEADING_PARTICLES


def names(tokens: Tokens, is_place: IsPlace) -> Iterator[NameFound]:
    """Every run of two or more capitals that is surely a name, from left to right."""
    free = 0
    for index in [place for place, kind in enumerate(tokens.kinds) if kind in (CAPITAL, UPPER)]:
        if index < free or not is_part(tokens, index):
            continue
        free = _run_from(tokens, index)
        found = _best(tokens, [(index, free)], is_place) if free > index + 1 else None
        if found and found.shape.strength == 2:
            yield found
