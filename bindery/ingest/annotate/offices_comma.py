"""What stands behind an office and a comma: a wider place, an organisation, or somebody else."""

from __future__ import annotations

from functools import cache

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.firms import firms
from bindery.ingest.annotate.names_find import is_family
from bindery.ingest.annotate.names_lexicon import foreign_nouns, terms
from bindery.ingest.annotate.names_shape import shape
from bindery.ingest.annotate.names_tokens import HEAD, LOWER, ORGANISATION, UPPER
from bindery.ingest.annotate.offices_phrase import Phrase
from bindery.ingest.annotate.words import cues

SPEECH = terms("name_words.txt", "speech verbs")


@cache
def trade_words() -> frozenset[str]:
    """Words of trades and bodies that are nobody's family name."""
    lists = cues("companies")
    return frozenset(word for word in lists["heads"] | lists["tails"] | lists["industries"] | lists["bodies"] if not is_family(word))


class BehindComma(Phrase):
    """Reads on behind the comma after an office."""

    def _after_comma(self, comma: int) -> int:
        """A place that fixes the one before it, or an organisation: ', Indiana', ', Embassy of Japan', ', Acme Co., Ltd.'."""
        end = self._larger_place(comma)
        return end if end > comma else self._organisation(comma)

    def _larger_place(self, comma: int) -> int:
        if comma == self._start:
            return self._city_and_state(comma)
        if not self._narrow_place(comma):
            return comma
        end = self._place_run(comma + 1)
        return end if end > comma + 1 and (self._closes(end) or self.tokens.word(end) in SPEECH) else comma

    def _city_and_state(self, comma: int) -> int:
        """'mayor, St. Charles, Mo.': in lists the place stands behind a comma."""
        end = self._place_run(comma + 1)
        if end == comma + 1 or not self.tokens.is_mark(end, ","):
            return comma
        wider = self._place_run(end + 1)
        return wider if wider > end + 1 and self._closes(wider) else comma

    def _narrow_place(self, end: int) -> bool:
        """Whether a city or county ends before a token: 'Carmel', 'New Albany', 'Shelby County'."""
        tokens = self.tokens
        if tokens.flag(end - 1) & ORGANISATION:
            return True
        return any(self.is_place(tokens.printed(end - size, end)) for size in (1, 2, 3) if end - size >= self._start)

    def _organisation(self, comma: int) -> int:
        """A run of capitals with an organisation's noun in it, closed by a comma or the end, and no name with an office of its own."""
        tokens = self.tokens
        end = self._past_determiners(comma + 1)
        first = end
        while (self._noun(end) and tokens.kind(end) != LOWER) or (
            end > first and tokens.word(end) in ("of", "for", "and", "&") and self._noun(end + 1)
        ):
            end += 1
        inside = range(first, end)
        if end - first > 1 and (self._named_with_noun(first, end) or self._of_family(first, end)):
            return comma
        told = self._closes(end) or (self._corporate and tokens.word(end) in SPEECH)
        if not inside or not told or any(tokens.flag(index) & HEAD for index in inside):
            return comma
        named = any(tokens.flag(index) & ORGANISATION for index in inside) or (end - first == 1 and tokens.kind(first) == UPPER)
        named = named or (self._corporate and self._firm(first, end))
        return end if named and not self._followed_by_office(end) else comma

    def _of_family(self, first: int, end: int) -> bool:
        """'Park Heong-jin': a name by its shape whose noun is a family name."""
        words = tuple(self.tokens.folded[first:end])
        nouns = [word for word, flags in zip(words, self.tokens.flags[first:end], strict=True) if flags & ORGANISATION]
        return end - first < 4 and bool(nouns) and all(len(noun) > 2 and is_family(noun) for noun in nouns) and shape(words).strength == 2

    def _named_with_noun(self, first: int, end: int) -> bool:
        """'Welberth |Porto Siqueira': a noun of another language inside a run of capitals is a family name; as a noun it comes first."""
        nouns = [index for index in range(first, end) if self.tokens.flag(index) & ORGANISATION]
        return bool(nouns) and nouns[0] > first and all(self.tokens.folded[index] in foreign_nouns() for index in nouns)

    def _firm(self, first: int, end: int) -> bool:
        """', Hyundai Motor India', ', IDA Ireland', ', Harbour Logistics': a known firm, letters with a country, a trade at the end."""
        words = self.tokens.folded[first:end]
        letters = end - first == 2 and self.tokens.kind(first) == UPPER and words[1] in areas().countries
        own = words[:-1] if len(words) > 1 and words[-1] in areas().countries else words
        known = firms().by_key.get(" ".join(own))
        return letters or (len(words) > 1 and words[-1] in trade_words()) or (known is not None and not known.weak)

    def _followed_by_office(self, index: int) -> bool:
        """', director of …' behind a run of capitals: the run is somebody or something with its own office."""
        tokens = self.tokens
        if not tokens.is_mark(index, ",("):
            return False
        ahead = self._past_determiners(index + 1)
        return bool(tokens.flag(ahead) & HEAD) and not self._splitting
