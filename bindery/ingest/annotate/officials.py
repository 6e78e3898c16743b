"""Draft → officials: who holds which office, and every place that names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bindery.ingest.annotate.names_find import IsPlace, NameFound, is_family, names
from bindery.ingest.annotate.names_lexicon import lexicon
from bindery.ingest.annotate.names_tokens import Tokens
from bindery.ingest.annotate.offices import HeadAt
from bindery.ingest.annotate.offices_class import office_class
from bindery.ingest.annotate.officials_beside import Held
from bindery.ingest.annotate.officials_join import Joiner
from bindery.ingest.annotate.officials_mentions import Lookout, Sighting
from bindery.ingest.annotate.people import Office, Person, Register, calm
from bindery.ingest.annotate.people_native import natives
from bindery.ingest.annotate.place_cues import word_names
from bindery.ingest.annotate.words import cues
from bindery.ingest.draft import Draft, Entity, Span
from bindery.rules import active

TITLE = -1
"""Paragraph number of the title: it may prove an office and has no place in the body."""

SURNAME = "official-surname"
FULL = "official-name-again"
MISSPELT = "official-misspelt"
IN_TITLE = "official-in-title"
ORDINARY = ("industries", "tails", "bodies", "generic", "titles", "business_things", "other_things")
"""Sets of data/companies/cues.yaml: words that with a capital behind an office belong to it."""


class Places(Protocol):
    """What the finder of cities tells about places."""

    def is_place(self, text: str) -> bool:
        """Whether a text is the name of a city, country, province or people."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """The paragraphs of a draft in tokens, with the offices held in them."""

    tokens: dict[int, Tokens]
    held: dict[int, list[Held]]
    heads: dict[int, list[HeadAt]]
    names: dict[int, list[NameFound]]
    """Full names by their shape; of a paragraph nobody has asked about there is no entry yet."""

    def names_in(self, paragraph: int, places: Places) -> list[NameFound]:
        if paragraph not in self.names:
            self.names[paragraph] = list(names(self.tokens[paragraph], places.is_place))
        return self.names[paragraph]

    def persons(self, paragraph: int, places: Places) -> list[Span]:
        """Where full names stand, of officials and of anybody."""
        tokens = self.tokens[paragraph]
        found = self.names_in(paragraph, places)
        return [Span(paragraph, tokens.starts[name.start], tokens.ends[name.end - 1]) for name in found if not name.single]


@dataclass(frozen=True, slots=True)
class Officials:
    """The officials of a page, and surnames that two of its people share."""

    entities: tuple[Entity, ...]
    ambiguous: tuple[tuple[Span, str], ...]
    page: Page


def find(draft: Draft, places: Places) -> tuple[Entity, ...]:
    """The officials of a draft, in the order of their first mention."""
    return examine(draft, places).entities


def examine(draft: Draft, places: Places) -> Officials:
    """`find`, with the mentions it left unlinked and why."""
    page = _read(draft, places)
    found, ambiguous = _latin(page, places)
    others, unlinked = natives({number: tokens.text for number, tokens in page.tokens.items()}, places.is_place)
    entities = sorted([*found, *others], key=lambda entity: entity.spans[0])
    return Officials(tuple(entities), tuple(sorted([*ambiguous, *unlinked])), page)


def _latin(page: Page, places: Places) -> tuple[list[Entity], list[tuple[Span, str]]]:
    """Officials whose names are in Latin script."""
    register = _register(page, places)
    if not register.people:
        return [], []
    spans: dict[int, list[tuple[Span, bool]]] = {}
    ambiguous = []
    lookout = Lookout(register, places.is_place, _organisations(page))
    for paragraph, tokens in page.tokens.items():
        if paragraph == TITLE:
            continue
        for seen in lookout.sightings(tokens, _taken(page.held[paragraph])):
            span = Span(paragraph, tokens.starts[seen.start], tokens.ends[seen.end - 1])
            if seen.person and _speaks(seen.person, span, bare=seen.bare):
                spans.setdefault(id(seen.person), []).append((span, seen.bare))
            elif not seen.person:
                ambiguous.append((span, _shared(tokens, seen)))
    entities = [_entity(person, spans[id(person)], places.is_place) for person in register.people if _is_shown(person, spans)]
    return entities, ambiguous


def _is_shown(person: Person, spans: dict[int, list[tuple[Span, bool]]]) -> bool:
    """Somebody in office; of one ordinary word the page has to speak twice: 'Minister Tourism' is nobody, 'Minister Quina' somebody."""
    seen = spans.get(id(person), [])
    named = len(person.words) > 1 or not _is_ordinary(person.words[0])
    return bool(seen and person.offices) and (named or len(seen) > 1)


def _is_ordinary(word: str) -> bool:
    """In a list of words of trades, bodies and places, and in none of names."""
    lists, forms = cues("companies"), {word, word.removesuffix("s"), word.removesuffix("ies") + "y"}
    listed = any(form in lists[group] for group in ORDINARY for form in forms) or word in word_names() or word in lexicon().institution
    return listed and not (is_family(word) or word in lexicon().given)


def _speaks(person: Person, span: Span, *, bare: bool) -> bool:
    """Whether the rule of a sighting is active; a name beside its office needs no rule but the office's."""
    if bare:
        return active(SURNAME)
    return active(FULL) or any((office.paragraph, office.start) == (span.paragraph, span.start) for office in person.offices)


def _shared(tokens: Tokens, seen: Sighting) -> str:
    return f"more than one person of the page is called {tokens.printed(seen.start, seen.end)}"


def _read(draft: Draft, places: Places) -> Page:
    texts = {number: paragraph.text for number, paragraph in enumerate(draft.paragraphs)}
    if draft.metadata.title:
        texts[TITLE] = draft.metadata.title
    tokens = {number: Tokens(text) for number, text in texts.items()}
    joiners = {number: Joiner(read, places.is_place) for number, read in tokens.items()}
    silent = () if active(IN_TITLE) else (TITLE,)
    held = {number: [] if number in silent else joiner.held() for number, joiner in joiners.items()}
    return Page(tokens, held, {number: joiner.offices.heads for number, joiner in joiners.items()}, {})


def _register(page: Page, places: Places) -> Register:
    register = Register()
    for number, held in page.held.items():
        register.add(page.tokens[number], number, held)
    if any(page.held.values()):
        for number, tokens in page.tokens.items():
            register.add_other(tokens, page.names_in(number, places))
    for number, held in page.held.items():
        register.add_single(page.tokens[number], number, held)
    return register


def _taken(held: list[Held]) -> frozenset[int]:
    """Tokens that belong to an office."""
    return frozenset(index for one in held for index in range(one.start, one.end))


def _organisations(page: Page) -> frozenset[str]:
    """Capitalised words of offices: a surname among them is the organisation's as much as the person's."""
    return frozenset(
        page.tokens[number].folded[index]
        for number, held in page.held.items()
        for index in _taken(held)
        if page.tokens[number].kinds[index] in "CA"
    )


def _entity(person: Person, seen: list[tuple[Span, bool]], is_place: IsPlace) -> Entity:
    name = calm(person.printed[person.words])
    office = _fullest(person)
    spans = tuple(span for span, _ in seen)
    beside = Span(office.paragraph, office.start, office.end)
    return Entity(
        kind="official",
        name=name,
        spans=spans,
        role=office.role,
        role_span=beside if beside in spans else None,
        variants=_variants(person, name),
        facts=_facts(person, office, is_place),
        evidence=_evidence(person, seen),
    )


def _fullest(person: Person) -> Office:
    """The office printed in most words; of two the first in the body."""
    return max(person.offices, key=lambda office: (len(office.role.split()), office.paragraph != TITLE, -office.paragraph))


def _variants(person: Person, name: str) -> tuple[str, ...]:
    printed = (calm(person.printed[words]) for words in person.forms if len(words) > 1)
    others = [form for form in printed if form.casefold() != name.casefold()]
    return tuple(dict.fromkeys([*others, *person.natives]))


def _facts(person: Person, office: Office, is_place: IsPlace) -> dict[str, str]:
    facts = {"office": office_class(office.role, office.classes, is_place)}
    if person.order:
        facts["name_order"] = person.order
    return facts


def _evidence(person: Person, seen: list[tuple[Span, bool]]) -> tuple[str, ...]:
    codes = [IN_TITLE if office.paragraph == TITLE else office.rule for office in person.offices]
    beside = {(office.paragraph, office.start) for office in person.offices}
    again = [span for span, bare in seen if not bare and (span.paragraph, span.start) not in beside]
    codes += [FULL] if again else []
    codes += [SURNAME] if any(bare for _, bare in seen) and len(person.words) > 1 else []
    codes += [MISSPELT] if person.misspelt else []
    return tuple(dict.fromkeys(codes))
