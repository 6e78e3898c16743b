"""Persons and tokens → every place that names one of them: in full, by surname, after a title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from bindery.ingest.annotate.names_find import IsPlace, is_honorific
from bindery.ingest.annotate.names_lexicon import lexicon
from bindery.ingest.annotate.names_tokens import CAPITAL, HEAD, INITIAL, INSTITUTION, LOWER, MARK, NUMBER, STOP, UPPER, Tokens
from bindery.ingest.annotate.people import Person, Register, Words

LOCATIVES = frozenset({"in", "at", "near", "around", "outside", "inside", "across"})


class Sighting(msgspec.Struct, frozen=True, gc=False):
    """Tokens that name a person; None where two people could be meant."""

    start: int
    end: int
    person: Person | None
    bare: bool


class Lookout:
    """Finds the persons of a register in one paragraph after another."""

    def __init__(self, register: Register, is_place: IsPlace, organisations: frozenset[str]) -> None:
        self._is_place = is_place
        self._organisations = organisations
        """Words that stand inside an office somewhere on the page."""
        self._full: dict[str, list[tuple[Words, Person | None]]] = {}
        self._bare: dict[str, Person | None] = {}
        self._titles: Mapping[str, list[Person]] = {}
        self._ends: dict[str, list[Person]] = {}
        self._printed: set[str] = set()
        """Every word of these, with a full stop and without."""
        self._fill(register)

    def _fill(self, register: Register) -> None:
        named: list[tuple[Words, Person | None]] = [(words, None) for words in sorted(register.others)]
        named += [(words, person) for person in register.people for words in person.forms if len(words) > 1]
        named += [(words, person) for person in register.people for words in sorted(person.tails())]
        for words, person in named:
            self._full.setdefault(words[0], []).append((words, person))
        for found in self._full.values():
            found.sort(key=lambda entry: -len(entry[0]))
        bare = {word for person in register.people for word in person.bare()}
        self._bare = {word: None if register.is_shared(word) else register.owners(word)[0] for word in sorted(bare)}
        self._titles = {word: register.owners(word) for word in bare}
        for person in register.people:
            for word in sorted(person.ends()):
                self._ends.setdefault(word, []).append(person)
        looked_for = self._full.keys() | self._bare.keys() | self._ends.keys()
        self._printed = looked_for | {f"{word}." for word in looked_for}

    def sightings(self, tokens: Tokens, taken: frozenset[int]) -> Iterator[Sighting]:
        """From left to right; no bare word inside `taken`, the tokens of offices."""
        free = 0
        for index in [place for place, word in enumerate(tokens.folded) if word in self._printed]:
            if index < free:
                continue
            word = tokens.folded[index].rstrip(".")
            found = self._in_full(tokens, index) if word in self._full else None
            if found is None and word in self._bare and index not in taken:
                found = self._alone(tokens, index, word)
            elif found is None and word in self._ends and index not in taken:
                found = self._by_honorific(tokens, index, word)
            if found is None:
                continue
            if found.person or found.bare:
                yield found
            free = found.end

    def _in_full(self, tokens: Tokens, index: int) -> Sighting | None:
        if tokens.kinds[index] == LOWER and tokens.folded[index] not in ("van", "von", "de", "al", "ten"):
            return None
        for words, person in self._full[tokens.folded[index].rstrip(".")]:
            end = index + len(words)
            if tuple(word.rstrip(".") for word in tokens.folded[index:end]) == words:
                end += tokens.word(end) in lexicon().suffixes
                return Sighting(index, end, person, bare=False)
        return None

    def _alone(self, tokens: Tokens, index: int, word: str) -> Sighting | None:
        """A surname alone, or a given name alone: a capital that nothing but a title goes before and no other capital follows."""
        if tokens.kinds[index] not in (CAPITAL, UPPER) or tokens.kind(index + 1) in (CAPITAL, UPPER, INITIAL):
            return None
        titled = self._titled(tokens, index)
        if not titled and not self._free(tokens, index, word):
            return None
        person = self._bare[word]
        if person is None and titled:
            person = self._by_title(tokens, index, word)
        return Sighting(index, index + 1, person, bare=True)

    def _by_honorific(self, tokens: Tokens, index: int, word: str) -> Sighting | None:
        """'Mr. Muneo' for Takahashi Muneo."""
        alone = tokens.kinds[index] in (CAPITAL, UPPER) and tokens.kind(index + 1) not in (CAPITAL, UPPER, INITIAL)
        owners = self._ends[word]
        if alone and len(owners) == 1 and self._titled(tokens, index):
            return Sighting(index, index + 1, owners[0], bare=True)
        return None

    def _titled(self, tokens: Tokens, index: int) -> bool:
        if index == 0:
            return False
        before = index - 2 if tokens.is_mark(index - 1, ".'’") else index - 1
        return is_honorific(tokens, before) or (tokens.kind(before) == CAPITAL and bool(tokens.flag(before) & HEAD))

    def _by_title(self, tokens: Tokens, index: int, word: str) -> Person | None:
        """'Mayor Wang' where two people are called Wang and one of them is mayor."""
        title = tokens.word(index - 1).split("-")[-1]
        holders = [person for person in self._titles[word] if any(title in office.bases for office in person.offices)]
        return holders[0] if len(holders) == 1 else None

    def _free(self, tokens: Tokens, index: int, word: str) -> bool:
        """No title before it: then it must be no other word, no place and no part of a longer name."""
        flags = tokens.flags[index]
        before = tokens.kind(index - 1) if index else MARK
        if before in (CAPITAL, UPPER, INITIAL) and not tokens.flag(index - 1) & STOP:
            return False
        if flags & (STOP | INSTITUTION) and (before != LOWER or tokens.kind(index + 1) == NUMBER):
            return False
        if word in self._organisations:
            return False
        if self._is_place(tokens.printed(index, index + 1)):
            return tokens.word(index - 1) not in LOCATIVES and not (
                tokens.is_mark(index + 1, ",")
                and tokens.kind(index + 2) == CAPITAL
                and self._is_place(tokens.printed(index + 2, index + 3))
            )
        return True
