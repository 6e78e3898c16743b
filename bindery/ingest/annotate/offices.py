"""Tokens → offices: where the head of an office stands and what belongs to it before and behind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from bindery.ingest.annotate.names_find import IsPlace, is_honorific, is_part
from bindery.ingest.annotate.names_lexicon import terms
from bindery.ingest.annotate.names_tokens import (
    BEGINS,
    CAPITAL,
    HEAD,
    INITIAL,
    INSTITUTION,
    LOWER,
    MODIFIER,
    NEVER,
    NUMBER,
    OPAQUE,
    ORGANISATION,
    POSSESSIVE,
    POST_NOMINAL,
    STOP,
    UPPER,
    Tokens,
)
from bindery.ingest.annotate.offices_extent import JOINTS, Extent
from bindery.ingest.annotate.offices_lexicon import Head, office_lexicon, split_prefix

ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "my", "whose"})
FOREIGN_ARTICLES = frozenset(
    {
        "l'",
        "l’",
        "dell'",
        "all'",
        "dall'",
        "nell'",
        "dell’",
        "all’",
        "dall’",
        "nell’",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "le",
        "la",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "o",
        "het",
        "de",
        "su",
        "seu",
        "sua",
        "suo",
    }
)
ADDRESS = terms("name_words.txt", "offices of address")
"""Offices that are forms of address too: 'Council leader Councillor Murphy'."""
LEFTMOST = 14
"""Tokens before a head that may belong to it: 'Siemens AG Digital Industry Group Motion Control CEO' has seven."""


class HeadAt(msgspec.Struct, frozen=True, gc=False):
    start: int
    end: int
    head: Head


class Role(msgspec.Struct, frozen=True, gc=False):
    """One office in a text, in tokens; its article stands outside."""

    start: int
    end: int
    head: HeadAt
    determined: bool
    """An article or a possessive stands before it."""
    name_start: int | None
    """Where a name begins that stands directly behind the office's last noun: 'Committee Li Xiaomin'."""

    @property
    def plural(self) -> bool:
        return self.head.head.plural

    def bare(self, tokens: Tokens) -> bool:
        """Nothing but the head: 'Minister', 'the mayor'."""
        return self.end - self.start == self.head.end - self.head.start and tokens.kind(self.start) == LOWER


def heads(tokens: Tokens) -> list[HeadAt]:
    """Every head of an office, the longest reading first, none inside another; a head that only qualifies the next is left to it."""
    found: list[HeadAt] = []
    free = 0
    for index in [place for place, flags in enumerate(tokens.flags) if flags & BEGINS]:
        head = _head_at(tokens, index) if index >= free else None
        if head is None:
            continue
        if not _qualifies_next(tokens, head) and not _letters_behind(tokens, head):
            found.append(head)
        free = head.end
    return found


def _head_at(tokens: Tokens, index: int) -> HeadAt | None:
    word, following = tokens.folded[index], tokens.word(index + 1)
    known = office_lexicon().heads
    for first in (word, split_prefix(word), word.rstrip(".")):
        for head in known.get(first, ()):
            size = len(head.words)
            if size > 1 and head.words[1] != following:
                continue
            if head.office == "letters" and not _letters_lead(tokens, index):
                continue
            if tokens.printed(index, index + 1) == "Md" and tokens.kind(index + 1) == CAPITAL:
                continue  # 'Md Anwarul Karim': Mohammed
            if size == 1 or tuple(tokens.folded[index + 1 : index + size]) == head.words[1:]:
                return HeadAt(index, index + size, head)
    return None


def _letters_lead(tokens: Tokens, index: int) -> bool:
    """'PS Jane Roe', or 'Jane Roe, DG of Filatlas'."""
    before_name = tokens.kind(index + 1) in (CAPITAL, INITIAL)
    behind_name = tokens.is_mark(index - 1, ",") and tokens.word(index + 1) in ("of", "at")
    behind_name = behind_name or (tokens.word(index + 1) == "for" and index > 0 and not tokens.is_mark(index - 1, "(."))
    return tokens.kinds[index] == UPPER and (before_name or behind_name)


def _letters_behind(tokens: Tokens, head: HeadAt) -> bool:
    """'Jane Roe MP': letters behind a name."""
    index = head.start
    return tokens.kinds[index] == UPPER and bool(tokens.flags[index] & POST_NOMINAL) and is_part(tokens, index - 1)


def _qualifies_next(tokens: Tokens, head: HeadAt) -> bool:
    """'Deputy Foreign Minister', 'Chief Information Officer', 'Minister Counsellor': the first word is no head of its own."""
    index = head.end
    if tokens.flag(index) & BEGINS and _head_at(tokens, index):
        qualifier = tokens.flags[head.start] & MODIFIER and head.end - head.start == 1
        return bool(qualifier) or not (tokens.word(index) in ADDRESS and tokens.kind(index) == CAPITAL)
    if head.end - head.start > 1 or not tokens.flags[head.start] & MODIFIER:
        return False
    while index < head.end + 5 and not tokens.flag(index) & HEAD:
        if not (tokens.flag(index) & (INSTITUTION | MODIFIER) or tokens.kind(index) in (CAPITAL, UPPER)):
            return False
        index += 1
    return bool(tokens.flag(index) & HEAD)


class Offices:
    """The offices of one paragraph."""

    def __init__(self, tokens: Tokens, is_place: IsPlace) -> None:
        self.tokens = tokens
        self.is_place = is_place
        self.heads = heads(tokens)
        self._starts = [head.start for head in self.heads]
        self._extent = Extent(tokens, is_place)

    def role(self, head: HeadAt, low: int, *, splitting: bool) -> Role:
        """The office of a head; nothing before token `low` belongs to it.

        splitting: whether a personal name at the end of its complement is a name and no part of it.
        """
        start = self.left(head.start, low)
        end, name = self._extent.right(head.end, head.head, splitting=splitting)
        return Role(start, end, head, self._determined(start), name)

    def complement(self, start: int, head: HeadAt) -> int:
        """End of the words from `start` on that tell what an office is of."""
        return self._extent.right(start, head.head, splitting=False)[0]

    def _determined(self, start: int) -> bool:
        before = self.tokens.word(start - 1)
        return before in ARTICLES or before in FOREIGN_ARTICLES or self.tokens.kind(start - 1) == POSSESSIVE

    def left(self, head: int, low: int) -> int:
        """First token of an office whose head is at a place."""
        tokens = self.tokens
        start = head
        while start > low and head - start < LEFTMOST:
            step = self._joins(start, low)
            if not step:
                break
            start -= step
        while start < head and self._dangles(start):
            start += 1
        if tokens.kind(start) == POSSESSIVE:
            start += 1
        sovereign = start >= low + 3 and tokens.kind(start - 1) == POSSESSIVE and tokens.word(start - 2) == "majesty"
        return start - 3 if sovereign and tokens.word(start - 3) in ("his", "her") else start

    def _dangles(self, index: int) -> bool:
        """A word no office begins with."""
        if self.tokens.word(index) == "local" and self.tokens.flag(index + 1) & HEAD:  # 'Local TD': how near, not which
            return True
        return self.tokens.word(index) in ("and", "of", "for", "&", ",", "-", "/") or self.tokens.kind(index) == POSSESSIVE

    def _joins(self, start: int, low: int) -> int:
        """How many tokens before `start` belong with what stands there; 0 for none."""
        tokens, index = self.tokens, start - 1
        kind, flags, word = tokens.kinds[index], tokens.flags[index], tokens.folded[index]
        if kind in (POSSESSIVE, OPAQUE) or word == "&":
            return 1
        if kind == INITIAL and "." not in word and tokens.kind(start) == LOWER:
            return 0  # 'Z prezydentem'
        if kind in (CAPITAL, UPPER, INITIAL):
            return int(self._proper(index))
        if kind == NUMBER:
            return int(not word[-1].isdigit())
        if kind == LOWER and flags & (MODIFIER | INSTITUTION):
            return int(word != "war")  # German 'was'; in capitals a minister's
        if index <= low:
            return 0
        if word in ("and", ","):
            return 2 if self._list(index) else 0
        if word in "–-" and tokens.flag(index - 1) & INSTITUTION and tokens.kind(index - 1) == tokens.kind(index + 1) == CAPITAL:
            return 2
        if word == ")" and tokens.is_mark(index - 2, "(") and tokens.kind(index - 1) == UPPER:
            return 3
        if word in ("of", "for"):
            return 2 if self._organisation_of(index) else 0
        return 0

    def _proper(self, index: int) -> bool:
        flags = self.tokens.flags[index]
        if self.tokens.folded[index] in FOREIGN_ARTICLES and (self.tokens.kind(index + 1) == LOWER or self.tokens.flag(index + 1) & HEAD):
            return False
        if flags & NEVER or (is_honorific(self.tokens, index) and not flags & (MODIFIER | INSTITUTION)):
            return False
        if flags & STOP and not flags & MODIFIER:
            return False
        return not flags & HEAD or bool(flags & (MODIFIER | INSTITUTION))

    def _list(self, index: int) -> bool:
        """'Development and Infrastructure Minister', 'Commerce, Trade and Investment Commissioner': both sides are institution words."""
        tokens = self.tokens
        before, after = tokens.flag(index - 1), tokens.flag(index + 1)
        alike = tokens.kind(index - 1) == tokens.kind(index + 1)
        if not (before & INSTITUTION and after & INSTITUTION and alike and not before & HEAD):
            return False
        return tokens.word(index) == "and" or "and" in tokens.folded[index + 1 : index + 5]

    def _organisation_of(self, index: int) -> bool:
        """'Ministry of Commerce spokesperson', 'Bank of Japan Governor'."""
        tokens = self.tokens
        return (
            bool(tokens.flag(index - 1) & ORGANISATION) and tokens.kind(index - 1) == CAPITAL and tokens.kind(index + 1) in (CAPITAL, UPPER)
        )

    def next_in_chain(self, end: int) -> Iterator[HeadAt]:
        """The head of an office joined on by 'and', a comma or a stroke: 'President and CEO', 'Secretary of A, Chairman of B'."""
        first = self._after_joint(end)
        if first is None:
            return
        if self.tokens.word(first) in ARTICLES:
            first += 1
        place = bisect_left(self._starts, first)
        if place < len(self.heads) and self.left(self.heads[place].start, first) == first:
            yield self.heads[place]

    def _after_joint(self, end: int) -> int | None:
        tokens = self.tokens
        index = end
        if tokens.is_mark(index, ",;") and tokens.word(index) == ",":
            index += 1
        if tokens.word(index) in ("and", "&", "/", "cum", "concurrently", *JOINTS):
            index += 1
        if tokens.word(index) in ("also", "concurrently", "then", "former"):
            index += 1
        return index if index > end else None
