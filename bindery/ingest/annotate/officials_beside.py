"""Tokens of one paragraph → the names directly beside an office, before it and behind."""

from __future__ import annotations

from functools import cache

import msgspec

from bindery.ingest.annotate.firms import firms
from bindery.ingest.annotate.names_find import IsPlace, NameFound, is_honorific, name_before, name_from, skip_honorifics
from bindery.ingest.annotate.names_lexicon import lexicon, terms
from bindery.ingest.annotate.names_tokens import (
    CAPITAL,
    HEAD,
    INITIAL,
    INSTITUTION,
    LOWER,
    MARK,
    NUMBER,
    POSSESSIVE,
    STOP,
    UPPER,
    Tokens,
)
from bindery.ingest.annotate.offices import ARTICLES, FOREIGN_ARTICLES, HeadAt, Offices, Role
from bindery.ingest.annotate.offices_comma import trade_words
from bindery.ingest.annotate.offices_extent import JOINTS, ROMANCE

BEFORE = "official-office-before"
AFTER = "official-office-after"
BRACKETS = "official-office-in-brackets"
APPOSED = "official-name-apposed"
VERB = "official-as"
LIST = "official-shared-office"
LABEL = "official-label"
BODY_BEHIND = "official-body-behind"

DESCRIPTION = 4
"""Words between a comma and an office that describe its holder."""
FAR = 14
"""Tokens between an office and the comma before its holder."""
FAR_JOINTS = ROMANCE | {
    "van",
    "voor",
    "bij",
    "der",
    "w",
    "we",
    "do",
    "spraw",
    "dari",
    "di",
    "untuk",
    "per",
    "pour",
    "por",
    "allo",
    "dell'",
    "all'",
    "sul",
    "sulla",
    "en",
    "em",
    "a",
    "à",
    "al",
    "para",
    "alla",
    "alle",
    "ai",
    "fur",
    "im",
    "am",
    "zur",
    "zum",
    "vom",
    "und",
    "beim",
}
WHOSE = frozenset({"whose", "dont", "deren", "dessen", "cuyo", "cuya", "cujo", "cuja", "cui"})
"""'Daum, dont le directeur Paul Vasseur': the holder is not who stands before the comma."""
BODY_WORDS = 8
"""Words of a body between 'of' and a comma."""
OPENING = "(（"
BEFORE_FIRMS = frozenset({"partner", "owner"})
DASHES = "-–—:|"
NOWHERE_FOR_PEOPLE = frozenset({"in", "at", "near", "off", "outside", "inside", "around"})
"""'off |Umhlanga, the harbour master': a single capital behind these is a place."""
PLACES = frozenset({"there", "here", "now"})


class Held(msgspec.Struct, frozen=True, gc=False):
    """A name beside an office."""

    name: NameFound
    role: str
    heads: tuple[HeadAt, ...]
    start: int
    """Of the office, in tokens."""
    end: int
    rule: str


class Beside:
    """The names beside the offices of one paragraph, read from left to right."""

    def __init__(self, tokens: Tokens, is_place: IsPlace) -> None:
        self.tokens = tokens
        self.is_place = is_place
        self.offices = Offices(tokens, is_place)
        self._held: list[Held] = []
        """What has been decided so far."""
        self._free = 0
        """First token that serves no office yet."""
        self._headline = _is_headline(tokens)

    def _name_right(self, role: Role) -> NameFound | None:
        """The name directly behind an office."""
        if role.name_start is not None:
            split = name_from(self.tokens, role.name_start, self.is_place)
            return split if split and (self._sure(split) or not self._headline) else None
        addressed = self.tokens.word(role.end).rstrip(".") in COURTESY and self.tokens.kind(role.end) == CAPITAL
        found = name_from(self.tokens, role.end + addressed, self.is_place)
        if found and not self._sure(found) and (self._only_capital(found) or self._headline or self._is_of_firm(role, found)):
            return None
        return found

    def _is_of_firm(self, role: Role, found: NameFound) -> bool:
        """'its partner Coast Garments', 'the fund manager Fibra Macquarie': heads that stand before firms as often as before people."""
        small = self.tokens.kind(role.head.start) == LOWER
        before_firms = small and role.head.head.base in BEFORE_FIRMS and not role.plural and role.end == role.head.end
        letters = self.tokens.kind(found.start) == UPPER and self.tokens.kind(found.start + 1) == LOWER  # 'délégué |CGT de Décolpro'
        return before_firms or letters or self.tokens.folded[found.end - 1] in trade_words() or self._names_firm(found)

    def _names_firm(self, found: NameFound) -> bool:
        """'managers of HD |Hyundai Infracore', 'chez |Michelin': a well-known firm and nobody's name."""
        if found.titled:
            return False
        first = next((index for index in range(found.start, found.end) if self.tokens.kind(index) != LOWER), found.start)
        words = self.tokens.folded[first].replace("-", " "), *self.tokens.folded[first + 1 : first + 2]
        return words[0] in firm_names() or (found.end - first > 1 and " ".join(words) in firm_names())

    def _sure(self, found: NameFound) -> bool:
        return found.titled or (found.shape.strength == 2 and not found.single)

    def _only_capital(self, found: NameFound) -> bool:
        """One unknown word that more capitals or an organisation's noun follow: 'President Hotel', 'Minister Award'."""
        after = found.end
        return found.single and (self.tokens.kind(after) in (CAPITAL, UPPER) or self.tokens.kind(found.start) == UPPER)

    def _shared(self, first: NameFound, role: Role) -> list[NameFound]:
        """All names behind a plural office: 'Vice Presidents A, B and C'."""
        names = [first]
        while role.plural:
            index = names[-1].end
            while self.tokens.word(index) in (",", "and", "&"):
                index += 1
            found = name_from(self.tokens, index, self.is_place) if index > names[-1].end else None
            if found is None:
                break
            names.append(found)
        return names

    def _name_left(self, start: int, *, plural: bool, described: bool) -> tuple[list[NameFound], str]:
        """Names an office that begins at `start` may belong to, and by which rule.

        described: whether words may stand between a comma and the office; in languages without articles they are verbs.
        """
        if self.tokens.word(start - 1) in WHOSE or self.tokens.word(start - 2) in WHOSE:
            return [], ""
        index = self._past_description(start - 1) if described else start - 1
        if self.tokens.is_mark(index, ","):
            return self._from_body(index) or self._names_ending(self._past_insertions(index), plural=plural), AFTER
        if self.tokens.is_mark(index, OPENING):
            return self._names_ending(index, plural=plural), BRACKETS
        if self.tokens.is_mark(index, DASHES):
            names = self._names_ending(index, plural=plural)
            return [name for name in names if self._sure(name) and self._line_begins(name)], LABEL
        verb = self._past_verb(index)
        if verb < index:
            names = [name for name in self._names_ending(verb + 1, plural=plural) if name.titled or self._stands_free(name)]
            return names or self._holder_before(verb + 1), VERB
        return [], ""

    def _stands_free(self, name: NameFound) -> bool:
        """More than one word, and no rest of a firm's name: 'UOB |Kay Hian is the adviser'."""
        before = name.start - 1
        return not name.single and not (self.tokens.kind(before) == UPPER and not self.tokens.flag(before) & HEAD)

    def _from_body(self, comma: int) -> list[NameFound]:
        """'Mr. Walter Lechner of Rail Cargo Austria, |its representative': the name before 'of' and a body."""
        tokens = self.tokens
        if tokens.word(comma + 1) not in ("its", "their"):
            return []
        index = self._past_insertions(comma)
        while (
            index > 0
            and comma - index < BODY_WORDS
            and (tokens.kind(index - 1) in (CAPITAL, UPPER) or tokens.word(index - 1) in ("and", "&"))
        ):
            index -= 1
        index -= tokens.word(index - 1) == "the"
        if tokens.word(index - 1) not in ("of", "from"):
            return []
        found = name_before(tokens, index - 1, self.is_place, self._low())
        return [found] if found and self._sure(found) and not found.single else []

    def _past_description(self, index: int) -> int:
        """Back over articles, 'until now', "the family's second-generation", 'sister cities' to the comma before them."""
        tokens = self.tokens
        if tokens.word(index) in ARTICLES or tokens.word(index) in FOREIGN_ARTICLES:
            index -= 1
        while tokens.kind(index) in (CAPITAL, INITIAL, MARK) and is_honorific(tokens, index - tokens.is_mark(index, ".")):
            index -= 1 + tokens.is_mark(index, ".")
        back = index
        while index - back < DESCRIPTION and tokens.kind(back) in (LOWER, POSSESSIVE) and self._describes(back):
            back -= 1
        return back if tokens.is_mark(back, ",") else index

    def _describes(self, index: int) -> bool:
        word = self.tokens.word(index)
        if word in JOINTS:
            return False
        return word in DESCRIPTIONS or word in ARTICLES or not self.tokens.flag(index) & (STOP | HEAD)

    def _holder_before(self, index: int) -> list[NameFound]:
        """'Ann Lee, head of A, will serve as …': the name whose office ends here."""
        last = self._held[-1] if self._held else None
        return [last.name] if last and last.end == index and last.rule == AFTER else []

    def _line_begins(self, name: NameFound) -> bool:
        """'Jane Roe - President': the name opens the line or an item of it."""
        before = skip_back(self.tokens, name.start)
        numbered = self.tokens.kind(before - 2) == NUMBER and self.tokens.is_mark(before - 1, ".)")
        last_of_list = self.tokens.word(before - 1) == "and" and bool(self._held) and self._held[-1].rule == LABEL
        return before == 0 or numbered or last_of_list or self.tokens.is_mark(before - 1, ";•·|,:")

    def _past_insertions(self, comma: int) -> int:
        """End of a name before a comma, behind an age, a degree or a bracket: 'Li Wei (李伟), 45, chairman'."""
        index = comma
        if self.tokens.kind(index - 1) == NUMBER and self.tokens.is_mark(index - 2, ","):
            index -= 2
        if self.tokens.word(index - 1).rstrip(".") in POST and self.tokens.is_mark(index - 2, ","):
            index -= 2
        if self.tokens.is_mark(index - 1, ")）"):
            opening = next((back for back in range(index - 2, max(index - 9, -1), -1) if self.tokens.is_mark(back, OPENING)), index)
            index = opening
        return index

    def _names_ending(self, end: int, *, plural: bool) -> list[NameFound]:
        last = name_before(self.tokens, end, self.is_place, self._low())
        names = [last] if last else []
        while names and plural:
            index = skip_back(self.tokens, names[-1].start)
            while self.tokens.word(index - 1) in (",", "and", "&"):
                index -= 1
            found = name_before(self.tokens, index, self.is_place, self._low()) if index < names[-1].start else None
            if found is None:
                break
            names.append(found)
        return [name for name in names if not self._acronym(name) and not self._is_where(name)]

    def _is_where(self, name: NameFound) -> bool:
        """'off Umhlanga', 'in Dudweiler': one capital behind a preposition that nobody stands behind."""
        return name.single and not name.titled and self.tokens.word(name.start - 1) in NOWHERE_FOR_PEOPLE

    def _low(self) -> int:
        """Names on the left may reach back to the last office's end, or take up the name that holds it."""
        return min(self._free, self._held[-1].name.start) if self._held and self._held[-1].rule != AFTER else self._free

    def _acronym(self, name: NameFound) -> bool:
        return (
            name.single and (self.tokens.kind(name.start) == UPPER or bool(self.tokens.flag(name.start) & INSTITUTION)) and not name.titled
        )

    def _past_verb(self, index: int) -> int:
        """Back over 'who is', 'was appointed as', 'serves as'; `index` itself if no such words stand there."""
        back, placing = index, False
        while back > 0 and index - back < 6 and self.tokens.kind(back) == LOWER:
            word = self.tokens.folded[back]
            if word in PLACING:
                placing = True
            elif word not in FILLERS:
                break
            back -= 1
        if self.tokens.is_mark(back, ","):
            back -= 1
        return back if placing else index


def _is_headline(tokens: Tokens) -> bool:
    """Mostly capitals and no full stop: there a capital proves no name."""
    small = tokens.kinds.count(LOWER)
    return small < 0.4 * (small + tokens.kinds.count(CAPITAL) + tokens.kinds.count(UPPER)) and not tokens.is_mark(len(tokens) - 1, '.!?"”')


PLACING = terms("name_words.txt", "placing verbs")
FILLERS = terms("name_words.txt", "placing fillers")
SPEECH = terms("name_words.txt", "speech verbs")
DESCRIPTIONS = terms("name_words.txt", "descriptions")
COURTESY = terms("name_words.txt", "offices of address")
POST = terms("name_words.txt", "post nominals")


@cache
def firm_names() -> frozenset[str]:
    """Well-known firms of one or two words whose names are no words, persons or places."""
    known = lexicon()
    asian = (
        known.chinese | known.southern | known.korean | known.vietnamese | known.syllables | known.japanese_families | known.japanese_given
    )
    persons = known.given | known.families | asian
    certain = (key for key, form in firms().by_key.items() if not form.weak and not form.regional and key.count(" ") < 2)
    return frozenset(key for key in certain if len(key) > 2 and persons.isdisjoint(key.split(" ")))


def skip_back(tokens: Tokens, start: int) -> int:
    """First token of the honorifics before a name."""
    index = start
    while index > 0 and skip_honorifics(tokens, index - 1) == start:
        index -= 1
    return index
