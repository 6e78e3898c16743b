"""What the words of an office's complement are: nouns, places, the beginning of something else."""

from __future__ import annotations

from bindery.ingest.annotate.names_find import LEGAL_FORMS, IsPlace, is_honorific
from bindery.ingest.annotate.names_lexicon import lexicon, terms
from bindery.ingest.annotate.names_tokens import (
    CAPITAL,
    HEAD,
    INITIAL,
    INSTITUTION,
    LOWER,
    MODIFIER,
    NUMBER,
    OPAQUE,
    ORGANISATION,
    STOP,
    UPPER,
    Tokens,
)
from bindery.ingest.annotate.offices_lexicon import office_lexicon

GROWN_ARTICLES = frozenset({"l'", "l’"})
DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "this", "all", "both", "said", "whole", "entire"}) | terms(
    "name_words.txt", "articles"
)


class Phrase:
    """The tokens of one paragraph, asked about one by one."""

    def __init__(self, tokens: Tokens, is_place: IsPlace) -> None:
        self.tokens = tokens
        self.is_place = is_place
        self._base = ""
        """Of the head whose complement is read."""
        self._corporate = False
        self._direct_head = False
        self._splitting = True
        self._start = 0
        """Where the complement begins."""

    def _place_like(self, index: int) -> bool:
        if self.tokens.word(index) in DETERMINERS:
            index += 1
        kind, flags = self.tokens.kind(index), self.tokens.flag(index)
        return kind in (CAPITAL, UPPER, OPAQUE) and not flags & STOP and self.tokens.word(index).rstrip(".") not in lexicon().dates

    def _past_determiners(self, index: int) -> int:
        while self.tokens.word(index) in DETERMINERS or self.tokens.word(index) in GROWN_ARTICLES:
            index += 1
        return index

    def _behind_legal_form(self, index: int) -> bool:
        """'Cauca Verde S.A.S. |Rafael Trujillo': behind the full stop of a legal form a capital begins something else."""
        tokens = self.tokens
        closed = tokens.word(index - 1).endswith(".") and tokens.word(index - 1).rstrip(".") in LEGAL_FORMS
        return closed and tokens.kind(index) == CAPITAL and tokens.word(index).rstrip(".") not in LEGAL_FORMS

    def _organisation_behind(self, index: int) -> bool:
        """Whether the run of capitals from here holds an organisation's noun: '– Nanjing Sister Cities Committee'."""
        while self.tokens.kind(index) in (CAPITAL, UPPER) and self._noun(index):
            if self.tokens.flag(index) & ORGANISATION:
                return True
            index += 1
        return self.tokens.kind(index) == LOWER and bool(self.tokens.flag(index) & ORGANISATION)

    def _glued(self, index: int) -> bool:
        """An unknown lower-case word that a bracket or another script explains: 'yabo (yabo)'."""
        return self.tokens.kind(index + 1) == OPAQUE or (self.tokens.is_mark(index + 1, "(") and not self.tokens.flag(index) & STOP)

    def _lower_place(self, index: int) -> bool:
        """A city in lower case by mistake: 'University of nice'."""
        flags = self.tokens.flag(index)
        return not flags & (STOP | HEAD | MODIFIER) and self._is_place(index)

    def _noun(self, index: int) -> bool:
        """A capitalised word, an institution word or a word of another script."""
        tokens = self.tokens
        kind, flags = tokens.kind(index), tokens.flag(index)
        if kind == OPAQUE:
            return True
        if kind == NUMBER:
            return not tokens.word(index)[-1].isdigit() or tokens.word(index - 1) == "no."
        if kind in (CAPITAL, UPPER):
            addressed = is_honorific(tokens, index) and (not flags & INSTITUTION or tokens.is_mark(index + 1, "."))
            return not addressed and not (flags & STOP and not flags & (INSTITUTION | MODIFIER))
        if kind == INITIAL:
            return True
        return kind == LOWER and bool(flags & INSTITUTION) and not (flags & STOP)

    def _new_office(self, index: int) -> bool:
        """A head inside the phrase begins the next office: 'Municipal Government |Deputy Mayor'; 'Group of Ambassadors' has none."""
        tokens = self.tokens
        word = tokens.word(index)
        many = any(head.plural and head.words == (word,) for head in office_lexicon().heads.get(word, ()))
        return bool(tokens.flag(index) & HEAD) and not tokens.flag(index) & INSTITUTION and not many

    def _office_soon(self, index: int) -> bool:
        """Whether the run of nouns from here ends in the head of another office."""
        for ahead in range(index, index + 8):
            if self.tokens.flag(ahead) & HEAD and not self.tokens.flag(ahead) & INSTITUTION:
                return True
            if not self._noun(ahead):
                return False
        return False

    def _is_place(self, index: int) -> bool:
        return 0 <= index < len(self.tokens) and self.is_place(self.tokens.printed(index, index + 1))

    def _place_run(self, start: int) -> int:
        """End of the longest place name of up to three words that begins here; `start` if there is none."""
        for size in (3, 2, 1):
            end = start + size
            kinds = self.tokens.kinds[start:end]
            if len(kinds) == size and not set(kinds) - {CAPITAL, UPPER} and self.is_place(self.tokens.printed(start, end)):
                return end
        return start

    def _closes(self, index: int) -> bool:
        return index >= len(self.tokens) or self.tokens.is_mark(index, ",;.)(")

    def _complete(self, end: int) -> bool:
        """Whether a noun phrase may end before a token: with an institution word, a place, an abbreviation or a word in lower case."""
        tokens = self.tokens
        two = end > 1 and tokens.kind(end - 2) == tokens.kind(end - 1) == CAPITAL and self.is_place(tokens.printed(end - 2, end))
        return two or bool(tokens.flag(end - 1) & INSTITUTION) or self._is_place(end - 1) or tokens.kind(end - 1) in (UPPER, OPAQUE, LOWER)
