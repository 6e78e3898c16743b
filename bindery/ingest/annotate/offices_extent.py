"""What stands behind the head of an office and belongs to it: 'of the Standing Committee of …', ', Indiana'."""

from __future__ import annotations

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.names_find import is_family, is_firm, is_honorific, is_part, skip_honorifics
from bindery.ingest.annotate.names_lexicon import folded, terms
from bindery.ingest.annotate.names_shape import shape
from bindery.ingest.annotate.names_tokens import (
    CAPITAL,
    GIVEN,
    HEAD,
    INITIAL,
    INSTITUTION,
    LOWER,
    MODIFIER,
    NUMBER,
    OPAQUE,
    ORGANISATION,
    POSSESSIVE,
    STOP,
    UPPER,
)
from bindery.ingest.annotate.offices_comma import BehindComma, trade_words
from bindery.ingest.annotate.offices_lexicon import Head, office_lexicon

PREPOSITIONS = terms("offices.txt", "prepositions")
PHRASES = (
    ("in", "charge", "of"),
    ("in", "charge"),
    ("responsible", "for"),
    ("on", "behalf", "of"),
    ("do", "spraw"),
    ("ds", "."),
    ("charge", "de"),
    ("charge", "des"),
    ("charge", "du"),
    ("chargee", "de"),
    ("chargee", "des"),
    ("chargee", "du"),
)
PHRASES_BEGIN = frozenset(phrase[0] for phrase in PHRASES)
JOINTS = frozenset({"et", "y", "e", "und", "ed"})
"""'and' in French, Spanish, Portuguese, Italian, German."""
DIRECT = frozenset({"bupati", "walikota", "kota", "gubernur", "besar", "menteri", "camat", "regent", "kaymakam", "vali", "akim", "hokim"})
"""Heads whose place follows without a preposition."""
LEADING_FORMS = frozenset({"pt", "cv", "ooo", "oao", "pao", "zao", "too", "uab"})
"""Legal forms that begin a firm's name."""
ROMANCE = frozenset({"de", "da", "do", "del", "di", "della", "dello", "dell'", "du", "des", "dos", "das"})
SPEECH = terms("name_words.txt", "speech verbs")
PLAIN_WORDS = 6
LONGEST = 45
"""Tokens of the longest complement that is read."""


class Extent(BehindComma):
    """Reads to the right of a head; one for each paragraph."""

    def right(self, head_end: int, head: Head, *, splitting: bool) -> tuple[int, int | None]:
        """End of the office, and where a name begins that stands directly behind its last noun."""
        self._base, self._corporate, self._direct_head = head.base, head.office == "corporate", head.direct
        self._splitting, self._start = splitting, head_end
        end = self._after_modifier(head_end)
        while end - head_end < LONGEST:
            step, name = self._step(end)
            if name is not None:
                return name, name
            if step == end:
                break
            end = step
        return end, None

    def _after_modifier(self, end: int) -> int:
        tokens = self.tokens
        adjective = tokens.kind(end) == LOWER and not tokens.flag(end) & (STOP | HEAD) and tokens.word(end) not in ROMANCE
        if adjective and tokens.word(end + 1) in ROMANCE:
            return end + 1  # 'secretário municipal de', 'directeur technique du'
        for phrase in office_lexicon().after_modifiers.get(tokens.word(end), ()):
            if tuple(tokens.folded[end : end + len(phrase)]) == phrase:
                return end + len(phrase)
        return end

    def _step(self, end: int) -> tuple[int, int | None]:
        """One more complement, bracket or place behind `end`; `end` itself if there is none."""
        word = self.tokens.word(end)
        if word == "(":
            return self._bracket(end), None
        if word == ",":
            return self._after_comma(end), None
        if word.startswith(("d'", "d’")) and self.is_place(self.tokens.text[self.tokens.starts[end] + 2 : self.tokens.ends[end]]):
            return end + 1, None
        if end == self._start and self._splitting and (last := self._before_address(end) or self._place_before_name(end)):
            return last, last
        if end == self._start and self._splitting and (named := self._field_before_name(end)):
            return named, named
        if end == self._start and self._direct_head and (following := self._directly(end)) != (end, None):
            return following
        if end == self._start and (direct := self._direct(end)) > end:
            return direct, direct if is_part(self.tokens, direct) else None
        for phrase in PHRASES if word in PHRASES_BEGIN else ():
            if tuple(self.tokens.folded[end : end + len(phrase)]) == phrase:
                return self._nouns(end + len(phrase), end)
        if word in PREPOSITIONS and self._allowed(word, end):
            return self._nouns(end + 1, end)
        if end == self._start and not self._splitting and self.tokens.kind(end) in (CAPITAL, UPPER):
            return self._area(end), None
        return end, None

    def _before_address(self, start: int) -> int:
        """'President FCCI |Dr Khurram Tariq', 'Director Marketing Gulzar Ceramics |Ms Nazia': capitals before an address; 0 for none."""
        tokens, index = self.tokens, start
        while tokens.kind(index) in (CAPITAL, UPPER) and self._noun(index) and not tokens.flag(index) & HEAD:
            index += 1
        if not 0 < index - start <= PLAIN_WORDS or not is_honorific(tokens, index) or tokens.kind(index) == LOWER:
            return 0
        named = shape(tuple(tokens.folded[start:index])).strength == 2 and index - start > 1
        return index if not named and is_part(tokens, skip_honorifics(tokens, index)) else 0

    def _place_before_name(self, start: int) -> int:
        """'Commissioner Faisalabad Division |Silwat Aftab': a place without a preposition, as South Asia prints it; 0 for none."""
        tokens = self.tokens
        index = self._place_run(start)
        if index == start or tokens.kind(start - 1) != CAPITAL:
            return 0
        if tokens.flag(start) & GIVEN or is_family(tokens.folded[start]) or tokens.printed(start, start + 1).endswith("."):
            return 0
        while tokens.kind(index) == CAPITAL and tokens.flag(index) & INSTITUTION:
            index += 1
        end = index
        while is_part(tokens, end):
            end += 1
        words = tokens.folded[index:end]
        return index if end - index in (2, 3) and (GIVEN & tokens.flag(index) or is_family(words[-1])) and not self._is_place(index) else 0

    def _direct(self, end: int) -> int:
        """'Bupati Banyuwangi', 'Direktur Utama PT Kereta Api': in Malay and its sisters no preposition joins them."""
        if self._base in DIRECT:
            return self._place_run(end)
        stop = end
        if end < len(self.tokens) and self.tokens.printed(end, end + 1) == "PT":
            while self._noun(stop) or (stop > end and self.tokens.is_mark(stop, "()")):
                stop += 1
        return stop

    def _field_before_name(self, start: int) -> int:
        """'wethouder Economische Zaken |Karin Bos', 'Director Marketing |Ann Lee': a field before a known given name; 0 for none."""
        tokens, index = self.tokens, start
        while tokens.kind(index) == CAPITAL and tokens.flag(index) & INSTITUTION and not tokens.flag(index) & HEAD:
            index += 1
        named = is_part(tokens, index) and is_part(tokens, index + 1) and bool(tokens.flag(index) & GIVEN)
        named = named and not is_firm(tokens, index + 2)
        return index if 0 < index - start <= PLAIN_WORDS and named and not self._is_place(index) else 0

    def _directly(self, end: int) -> tuple[int, int | None]:
        """'prezydent |Gdańska', 'Ketua |Komisi C DPRD Surabaya': capitals behind the head, unless they are its holder's name."""
        tokens, index = self.tokens, end
        lettered = tokens.kind(end) == INITIAL and "." not in tokens.folded[end]  # 'Ketua Komisi |C DPRD'
        if self._splitting and not lettered and is_part(tokens, end) and (tokens.flag(end) & GIVEN or not self._is_place(end)):
            while is_part(tokens, index):
                index += 1
            known = tokens.flag(end) & GIVEN or shape(tuple(tokens.folded[end:index])).strength == 2
            later = (self._name_at(start, index) for start in range(end + 1, index - 1))
            runs_on = tokens.kind(index) == CAPITAL and bool(tokens.flag(index) & INSTITUTION)
            placed = tokens.is_mark(index, ",") and is_part(tokens, index + 1) and any(map(self._is_place, range(end + 1, index)))
            if known or not (runs_on or placed or max(later, default=0)):
                return end, None
        return self._nouns(end, end) if tokens.kind(end) != LOWER or tokens.flag(end) & INSTITUTION else (self._plain(end, end), None)

    def _allowed(self, word: str, index: int) -> bool:
        """Whether this preposition joins a noun to an office here."""
        following = self.tokens.word(index + 1)
        if word == "in":
            return self._place_like(index + 1) or (self.tokens.kind(index + 1) == LOWER and self._noun(index + 1))
        if word in ("at", "do", "da", "w", "we", "bij"):
            return self._place_like(index + 1)
        if word == "to":
            return self._base in office_lexicon().takes_to and (following == "the" or self._noun(index + 1))
        if word in ("on", "from", "with", "under"):
            words = {self._base, self.tokens.word(index - 1)}
            return word == "on" and bool(words & office_lexicon().takes_on) and self._noun(index + 1)
        return True

    def _nouns(self, start: int, end: int) -> tuple[int, int | None]:
        """Read a noun phrase from `start`; `end` is given back if there is none."""
        index = self._past_determiners(start)
        first = index
        while index - first < LONGEST:
            step = self._noun_step(index, first)
            if not step:
                break
            index += step
        if index == first:
            return self._plain(first, end), None
        name = self._name_inside(first, index) if self._splitting else None
        return (index, name) if name is None else (name, name)

    def _plain(self, start: int, end: int) -> int:
        """'vice president of poultry and prepared foods,': common words up to a stop; `end` if they run on."""
        index = start
        while index - start < PLAIN_WORDS and self.tokens.kind(index) == LOWER and not self._verbal(index):
            index += 1
        if start < index <= start + 2 and self._begins_name(index):
            return index
        return index if index > start and self._closes(index) else end

    def _begins_name(self, index: int) -> bool:
        """'le directeur du site |Bruno Convert': two capitals, the first a given name."""
        tokens = self.tokens
        two = tokens.kind(index) == tokens.kind(index + 1) == CAPITAL and is_part(tokens, index) and is_part(tokens, index + 1)
        return two and bool(tokens.flag(index) & GIVEN) and not self.is_place(tokens.printed(index, index + 2))

    def _verbal(self, index: int) -> bool:
        return bool(self.tokens.flag(index) & STOP) and self.tokens.word(index) not in ("and", "the")

    def _noun_step(self, index: int, first: int) -> int:
        """How many tokens at `index` carry the noun phrase on; 0 if it ends here."""
        tokens = self.tokens
        if tokens.kind(index + 1) == POSSESSIVE and tokens.word(index + 2) == "office" and self._noun(index):
            return 3
        if quoted := self._quoted(index):
            return quoted
        if self._noun(index):
            ended = index > first and (self._new_office(index) or self._behind_legal_form(index))
            return 0 if ended else 1
        kind, word = tokens.kind(index), tokens.word(index)
        if tokens.flag(index) & HEAD and index == first and not is_part(tokens, index + 1):
            return 1
        if word in ("d", "l") and tokens.is_mark(index + 1, "'’‘`´") and tokens.kind(index + 2) == CAPITAL:
            return 3
        if index == first:
            return int(kind == LOWER and (self._glued(index) or self._lower_place(index)))
        if kind == POSSESSIVE:
            return int(self._noun(index + 1))
        if word in ("-", "–", "/") and self._organisation_behind(index + 1):
            return int(self._noun(index - 1))
        if word in ("and", "&", "-", "–", "/") and self._joins(index):
            return 1
        if word in JOINTS and kind == LOWER and self._joins_foreign(index):
            return 1
        if word == "and" and not self._splitting and self._last_of_list(index + 1):
            return 2
        if word == ",":
            return int(self._enumerates(index))
        return 0

    def _quoted(self, index: int) -> int:
        """'the Chamber of Entrepreneurs |«Atameken»': tokens of a name in quotation marks; 0 if none stands there."""
        tokens = self.tokens
        if not tokens.is_mark(index, '«„“"') or tokens.kind(index + 1) not in (CAPITAL, UPPER):
            return 0
        close = next((ahead for ahead in range(index + 2, index + 6) if tokens.is_mark(ahead, '»“”"')), None)
        inner = range(index + 1, index if close is None else close)
        return close + 1 - index if close is not None and all(tokens.kind(at) in (CAPITAL, UPPER, NUMBER) for at in inner) else 0

    def _joins(self, index: int) -> bool:
        """'Foreign Affairs and Law', 'Brazil and Chile', 'China - East China': both sides of a kind, and no name or office begins."""
        tokens = self.tokens
        after = self._past_determiners(index + 1)
        if not self._noun(after) or tokens.flag(after) & HEAD or not self._noun(index - 1):
            return False
        alike = tokens.flag(index - 1) & INSTITUTION and tokens.flag(after) & INSTITUTION
        if alike or (tokens.kind(index - 1) == CAPITAL and self._organisation_behind(after)):
            return not self._office_soon(after)
        if tokens.flag(after) & INSTITUTION and self._of_body(index):
            return not self._office_soon(after)
        return self._is_place(index - 1) and self._is_place(after) and not tokens.flag(after + 1) & HEAD

    def _of_body(self, index: int) -> bool:
        """'Ministry of Entrepreneurship |and Technology': an organisation's noun, 'of' and words of its field."""
        back = index - 1
        while back > self._start and self.tokens.kind(back) == CAPITAL and index - back < 4:
            back -= 1
        return self.tokens.word(back) in ("of", "for") and bool(self.tokens.flag(back - 1) & ORGANISATION)

    def _joins_foreign(self, index: int) -> bool:
        """'secretário de Desenvolvimento Econômico e Inovação': words of a kind on both sides, and neither a name nor an office begins."""
        tokens = self.tokens
        after = self._past_determiners(index + 1)
        if not self._noun(after) or tokens.kind(after) != tokens.kind(index - 1) or self._office_soon(after):
            return False
        end = after
        while is_part(tokens, end):
            end += 1
        return end - after < 2 or shape(tuple(tokens.folded[at].rstrip(".") for at in range(after, end))).strength < 2

    def _enumerates(self, index: int) -> bool:
        """'Minister for Trade, Tourism and Investment': an institution word on both sides of the comma and an 'and' soon."""
        tokens = self.tokens
        both = tokens.flag(index - 1) & INSTITUTION and tokens.flag(index + 1) & INSTITUTION
        return bool(both) and "and" in tokens.folded[index + 1 : index + 6] and not self._office_soon(index + 1)

    def _last_of_list(self, index: int) -> bool:
        """'…, development and regeneration,': one common word that closes a list."""
        flags = self.tokens.flag(index)
        return self.tokens.kind(index) == LOWER and not flags & (STOP | HEAD | MODIFIER) and self._closes(index + 1)

    def _bracket(self, index: int) -> int:
        """An abbreviation or another name of the body in brackets, of one to four words: '(GIP)', '(yabo)'."""
        tokens = self.tokens
        close = next((ahead for ahead in range(index + 1, index + 6) if tokens.is_mark(ahead, ")")), 0)
        inner = range(index + 1, close)
        if close and index == self._start and (tokens.word(close + 1) in PREPOSITIONS or all(tokens.flag(ahead) & HEAD for ahead in inner)):
            return close + 1  # 'Akim (governor) of', 'Regional Director (Humber) of'
        if close and index == self._start and self._field_in_brackets(inner, close + 1):
            return close + 1
        field = all(tokens.flag(ahead) & INSTITUTION for ahead in inner)
        if not close or (index == self._start and tokens.kind(index + 1) != OPAQUE and not field):
            return index
        before = folded(tokens.printed(max(self._start, index - 3), index))
        fits = field or all(tokens.kind(ahead) in (UPPER, CAPITAL, OPAQUE) or tokens.word(ahead) in before for ahead in inner)
        return close + 1 if inner and fits and not any(tokens.flag(ahead) & HEAD for ahead in inner) else index

    def _field_in_brackets(self, inner: range, after: int) -> bool:
        """'additional commissioner |(projects) Sunita Kharat', 'Director |(Shipbuilding) Cmde. R. Hemanth': what field, then who."""
        tokens = self.tokens
        plain = all(tokens.kind(at) == LOWER or (len(inner) == 1 and tokens.kind(at) == CAPITAL) for at in inner)
        named = is_honorific(tokens, after) or is_part(tokens, after)
        return bool(inner) and plain and named and not any(tokens.flag(at) & (STOP | HEAD) for at in inner)

    def _area(self, start: int) -> int:
        """'Managing Director Asia Pacific', 'MD Toyota India': a field, region or company directly behind the head."""
        tokens = self.tokens
        end = start
        while tokens.kind(end) in (CAPITAL, UPPER) and self._noun(end) and not tokens.flag(end) & HEAD:
            end += 1
        if end == start or not self._closes(end):
            return start
        plain = all(tokens.flag(index) & INSTITUTION or self._is_place(index) for index in range(start, end))
        named = shape(tuple(tokens.folded[start:end])).strength == 2
        return end if plain or (self._corporate and not named and end - start > 1) else start

    def _of_business(self, start: int, end: int) -> bool:
        """'Suez |Canal Container Terminal', 'Rail |Cargo Austria': a word of trade or of a country among words that are no known name."""
        words = self.tokens.folded[start:end]
        if words[-1] in trade_words():
            return True
        return shape(tuple(words)).strength < 2 and any(word in trade_words() or word in areas().countries for word in words)

    def _name_inside(self, first: int, end: int) -> int | None:
        """Where a name begins among the last capitals of a noun phrase: 'Municipal Committee |Li Xiaomin', 'to France |Lu Shaye'."""
        tokens = self.tokens
        run = end
        while run > first and is_part(tokens, run - 1):
            run -= 1
        sure = [(self._name_at(start, end), -start) for start in range(max(run, first + 1), end - 1)]
        strength, start = max(sure, default=(0, 0))
        return -start if strength else None

    def _name_at(self, start: int, end: int) -> int:
        """How sure tokens start to end are a personal name behind a noun phrase that may end before them; 0 if they are none."""
        tokens = self.tokens
        if (
            tokens.word(start - 1) in LEADING_FORMS
            or self._of_business(start, end)
            or end - start > 4
            or is_firm(tokens, end)
            or self.is_place(tokens.printed(start, end))
            or (start > 0 and self.is_place(tokens.printed(start - 1, start + 1)))
            or tokens.kind(end) in (CAPITAL, UPPER)
        ):
            return 0
        strength = shape(tuple(tokens.folded[index].rstrip(".") for index in range(start, end))).strength
        if not self._complete(start):
            named = (tokens.flag(index) & GIVEN or is_family(tokens.folded[index]) for index in range(start, end))
            placed = any(self._is_place(index) and not known for index, known in zip(range(start, end), named, strict=True))
            return 2 if strength == 2 and not placed else 0
        if strength == 2:
            return 3
        if (
            tokens.is_mark(end, ",") and tokens.flag(end + 1) & GIVEN and tokens.kind(end + 2) == CAPITAL
        ):  # '… Bretagne Ouest, Jean Le Gall,'
            return 0
        return int(strength == 1 and end - start <= 3 and not all(self._is_place(index) for index in range(start, end)))
