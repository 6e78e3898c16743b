"""Names found on one page → persons: which forms are one person's, and which bare words are nobody's alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bindery.ingest.annotate.names_find import NameFound, is_family
from bindery.ingest.annotate.names_lexicon import folded, lexicon
from bindery.ingest.annotate.names_shape import FAMILY_FIRST, GIVEN_FIRST
from bindery.ingest.annotate.names_tokens import CAPITAL, UPPER, Tokens
from bindery.ingest.annotate.officials_beside import Held
from bindery.rules import active

Words = tuple[str, ...]
"""A name as folded words."""


@dataclass(slots=True)
class Office:
    """One office of a person as printed."""

    role: str
    bases: frozenset[str]
    """Heads in the singular: {"mayor"}."""
    classes: frozenset[str]
    paragraph: int
    start: int
    """Of the name beside it, code points."""
    end: int
    rule: str


@dataclass(slots=True)
class Person:
    """Somebody on the page."""

    forms: Counter[Words] = field(default_factory=Counter)
    """Full forms, the first seen first."""
    printed: dict[Words, str] = field(default_factory=dict)
    """The best print of each form: mixed case before capitals."""
    offices: list[Office] = field(default_factory=list)
    order: str = ""
    natives: list[str] = field(default_factory=list)
    """The name in its own script, from brackets."""
    misspelt: bool = False

    @property
    def words(self) -> Words:
        """The fullest form; the commonest of several as full."""
        return max(self.forms, key=lambda form: (len(form), self.forms[form]))

    def tails(self) -> frozenset[Words]:
        """The family name with its particles: 'Al Hajiri', 'von der Leyen'."""
        particles = lexicon().particles
        starts = [(words, at) for words in self.forms for at in range(1, len(words) - 1) if words[at] in particles]
        return frozenset(words[at:] for words, at in starts if words[at - 1] not in particles)

    def ends(self) -> frozenset[str]:
        """What may follow 'Mr.' or a title: either end of a name, since pages take the wrong one for the family name."""
        return frozenset(word for words in self.forms for word in (words[0], words[-1]) if len(word) > 1)

    def bare(self) -> frozenset[str]:
        """The words by which the person may be named alone."""
        found: set[str] = set()
        for words in self.forms:
            found |= _bare(words, self.order)
        return frozenset(found)


def _bare(words: Words, order: str) -> set[str]:
    if len(words) == 1:
        return set(words)
    if order == FAMILY_FIRST:
        return {words[0]}
    ends = {words[0], words[-1]}
    if len(words) > 2 and words[-2] in lexicon().families and words[-2] not in lexicon().given:
        ends.add(words[-2])  # 'Sara Milena Restrepo Uribe' is 'Governor Restrepo'
    return {word for word in ends if len(word) > 1}


def form(tokens: Tokens, start: int, end: int) -> Words:
    """The folded words of a name, without generational suffix, initials bare."""
    suffixes = lexicon().suffixes
    return tuple(word.rstrip(".") for word in tokens.folded[start:end] if word not in suffixes)


class Register:
    """Gathers the persons of one page."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.others: dict[Words, str] = {}
        """Names without an office, and how they are printed."""
        self._bearers: dict[str, list[int]] = {}
        """Word → places in `people` of those with a form that has it."""
        self._other_ends: Counter[str] = Counter()
        self._place: dict[int, int] = {}

    def add(self, tokens: Tokens, paragraph: int, held: Iterable[Held]) -> None:
        """Full names with their offices; single words wait for `add_single`."""
        for one in held:
            if not one.name.single:
                self._note(self._person(form(tokens, one.name.start, one.name.end)), tokens, paragraph, one)

    def add_single(self, tokens: Tokens, paragraph: int, held: Iterable[Held]) -> None:
        for one in held:
            if one.name.single:
                words = form(tokens, one.name.start, one.name.end)
                person = self._by_word(words[0], {head.head.base for head in one.heads})
                if person is None and not self._shared(words[0]):
                    person = self._promoted(words[0]) or self._new()
                if person:
                    self._note(person, tokens, paragraph, one)

    def add_other(self, tokens: Tokens, found: Iterable[NameFound]) -> None:
        """Names that hold no office here: they make a shared surname ambiguous, or are a misspelling."""
        for name in found:
            words = form(tokens, name.start, name.end)
            if words in self.others or self._known(words):
                continue
            person = next((p for p in self._alike(words) if any(misspelt(words, other) for other in p.forms)), None)
            if person and active("official-misspelt"):
                self._print(person, words, tokens.printed(name.start, name.end))
                person.misspelt = True
            else:
                self.others[words] = tokens.printed(name.start, name.end)
                self._other_ends.update({words[0], words[-1]})

    def _promoted(self, word: str) -> Person | None:
        """The one full name without an office that a titled surname means: 'Ann Lee … chief executive Lee'."""
        if self._other_ends[word] != 1:
            return None
        found = [words for words in self.others if word in (words[0], words[-1])]
        person = self._new()
        self._print(person, found[0], self.others.pop(found[0]))
        self._other_ends.subtract({found[0][0], found[0][-1]})
        return person

    def owners(self, word: str) -> list[Person]:
        """Persons a bare word can mean."""
        return [person for person in self._alike((word,)) if word in person.bare()]

    def is_shared(self, word: str) -> bool:
        """Whether two people of the page could be meant by a word."""
        return len(self.owners(word)) > 1 or self._other_ends[word] > 0

    def _shared(self, word: str) -> bool:
        return bool(self.owners(word))

    def _known(self, words: Words) -> bool:
        """A form of a person, or one with something grown to it: 'Porto Rui Moreira'."""
        alike = self._alike(words)
        if any(words in person.tails() for person in alike):
            return True
        return any(same(words, other) or _within(other, words) for person in alike for other in person.forms)

    def _person(self, words: Words) -> Person:
        found = next((p for p in self._alike(words) if any(same(words, other) for other in p.forms)), None)
        return found or self._new()

    def _alike(self, words: Words) -> list[Person]:
        """Persons with a form that shares a word, in the order they came."""
        places = sorted({place for word in words for place in self._bearers.get(word, ())})
        return [self.people[place] for place in places]

    def _new(self) -> Person:
        person = Person()
        self._place[id(person)] = len(self.people)
        self.people.append(person)
        return person

    def _by_word(self, word: str, bases: set[str]) -> Person | None:
        """The one person a titled surname can mean; of several the one who holds that office."""
        owners = self.owners(word)
        if len(owners) > 1:
            owners = [person for person in owners if any(office.bases & bases for office in person.offices)]
        return owners[0] if len(owners) == 1 else None

    def _print(self, person: Person, words: Words, printed: str) -> None:
        if words not in person.forms:
            place = self._place[id(person)]
            for word in set(words):
                self._bearers.setdefault(word, []).append(place)
        person.forms[words] += 1
        best = person.printed.get(words)
        if best is None or (_shouts(best) and not _shouts(printed)):
            person.printed[words] = printed

    def _note(self, person: Person, tokens: Tokens, paragraph: int, held: Held) -> None:
        name = held.name
        words = form(tokens, name.start, name.end)
        if not (name.single and person.forms):
            self._print(person, words, tokens.printed(name.start, name.end))
        person.order = person.order or _order(tokens, name, len(words))
        start, end = tokens.starts[name.start], tokens.ends[name.end - 1]
        bases = frozenset(head.head.base for head in held.heads)
        classes = frozenset(head.head.office for head in held.heads)
        person.offices.append(Office(held.role, bases, classes, paragraph, start, end, held.rule))
        _native(person, tokens, name.end)


def _shouts(printed: str) -> bool:
    return any(word.isupper() and len(word) > 1 and "." not in word for word in printed.split())


def calm(printed: str) -> str:
    """'NING Jizhe' → 'Ning Jizhe'; initials and mixed case stay."""
    return " ".join("-".join(_calm(part) for part in word.split("-")) for word in printed.split())


def _calm(word: str) -> str:
    plain = word.isupper() and "." not in word and folded(word) not in lexicon().suffixes and (len(word) > 3 or is_family(folded(word)))
    return word.capitalize() if plain else word


def _order(tokens: Tokens, name: NameFound, count: int) -> str:
    """By a surname in capitals, else by shape."""
    kinds = tokens.kinds[name.start : name.end]
    if count > 1 and CAPITAL in kinds and (kinds[0] == UPPER) != (kinds[-1] == UPPER):
        return FAMILY_FIRST if kinds[0] == UPPER else GIVEN_FIRST
    return name.shape.order


def _native(person: Person, tokens: Tokens, end: int) -> None:
    """'Zhang Yongwu (章勇武)'."""
    if tokens.is_mark(end, "(（") and tokens.kind(end + 1) == "X" and tokens.is_mark(end + 2, ")）"):
        native = tokens.printed(end + 1, end + 2)
        if native not in person.natives:
            person.natives.append(native)


def same(one: Words, other: Words) -> bool:
    """Whether two full forms are one name: equal, in the other order, or one with a middle name or initial more."""
    if one == other or (len(one) == len(other) and len(one) > 1 and sorted(one) == sorted(other)):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and short[0] == long[0] and short[-1] == long[-1] and set(short) < set(long)


def _within(short: Words, long: Words) -> bool:
    size = len(short)
    return 1 < size < len(long) and any(long[start : start + size] == short for start in range(len(long) - size + 1))


def misspelt(one: Words, other: Words) -> bool:
    """'Gou Gengmao' for 'Guo Gengmao': one word alike and long, the other one slip away."""
    if len(one) != 2 or len(other) != 2 or one == other:
        return False
    if one[1] == other[1] and len(one[1]) >= 5:
        return slip(one[0], other[0])
    return one[0] == other[0] and len(one[1]) >= 6 and slip(one[1], other[1])


def slip(one: str, other: str) -> bool:
    """One letter left out, put in or changed, or two neighbours swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or (a[:2] == b[1::-1] and len(b) > 1 and a[2:] == b[2:])
