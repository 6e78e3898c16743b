"""Chinese, Japanese and Korean paragraphs → officials: full names with their offices, surnames before a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bindery.ingest.annotate import officials_chinese, officials_japanese, officials_korean
from bindery.ingest.annotate.names_native import HAN, alternation, family, terms_of
from bindery.ingest.annotate.names_shape import FAMILY_FIRST
from bindery.ingest.annotate.offices_class import native_class
from bindery.ingest.annotate.officials_native import IsPlace, NativeHeld
from bindery.ingest.draft import Entity, Span
from bindery.rules import active

TITLE = -1
KANA_SHARE = 0.02
"""Of the characters of a page that say it is Japanese; Japanese news has about 0.4, Chinese with a borrowed word under 0.005."""
READING = re.compile(rf"(?<=[{HAN}])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{{1,6}}\)(?=[{HAN}])")
OTHER_SCRIPT = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
SURNAME, FULL, IN_TITLE = "official-surname", "official-name-again", "official-in-title"

Finder = Callable[[str, str, IsPlace], Iterator[NativeHeld]]


@dataclass(frozen=True, slots=True)
class Script:
    """How one language is read."""

    find: Finder
    titles: frozenset[str]
    """What makes the family name before it a mention."""
    apart: str
    """Pattern between family name and title."""
    guard: str
    """Pattern before a family name that is a word of its own."""


@dataclass(frozen=True, slots=True)
class NativeText:
    """A paragraph without the readings that damage puts between its characters, and where each character stood."""

    text: str
    printed: str
    places: tuple[int, ...] | None
    """Offset in the paragraph of each character; None where nothing was taken out."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def without_readings(text: str) -> NativeText:
    """'總領(lǐng)事' → '總領事'."""
    if not READING.search(text):
        return NativeText(text, text, None)
    dropped = {place for match in READING.finditer(text) for place in range(*match.span())}
    places = tuple(place for place in range(len(text)) if place not in dropped)
    return NativeText("".join(text[place] for place in places), text, places)


@dataclass(frozen=True, slots=True)
class NativeOffice:
    """An office as printed, with the name beside it."""

    paragraph: int
    held: NativeHeld
    role: str
    beside: tuple[int, int]


@dataclass(slots=True)
class NativePerson:
    name: str
    offices: list[NativeOffice] = field(default_factory=list)

    @property
    def family(self) -> str:
        return family(self.name)

    @property
    def heads(self) -> str:
        return " ".join(office.role for office in self.offices)


def script_of(page: str) -> Script | None:
    """The language of a page's East Asian script; None for a page without any."""
    characters = OTHER_SCRIPT.findall(page)
    if not characters:
        return None
    hangul = sum("가" <= char <= "힣" for char in characters)
    kana = sum("぀" <= char <= "ヿ" for char in characters)
    if hangul > len(characters) / 2:
        return Script(officials_korean.held, officials_korean.heads() | {"씨"}, " ", "(?<![가-힣])")
    if kana > len(characters) * KANA_SHARE:
        titles = officials_japanese.heads() | terms_of("japanese titles")
        return Script(officials_japanese.held, titles, "", rf"(?<![{HAN}])")
    return Script(officials_chinese.held, officials_chinese.heads() | terms_of("chinese titles"), "", "")


def natives(texts: Mapping[int, str], is_place: IsPlace) -> tuple[list[Entity], list[tuple[Span, str]]]:
    """Officials of a page's paragraphs (TITLE for the title), and surnames that two of them share."""
    if all(text.isascii() for text in texts.values()):
        return [], []
    read = {number: without_readings(text) for number, text in texts.items()}
    page = "\n".join(text.text for text in read.values())
    script = script_of(page)
    people = _people(read, page, script, is_place) if script else []
    if not script or not people:
        return [], []
    sightings = Sightings(people, script)
    for number, text in read.items():
        if number != TITLE:
            sightings.look(number, text)
    seen = sightings.by_name
    return [_entity(person, seen[person.name]) for person in people if seen[person.name]], sightings.ambiguous


def _people(read: Mapping[int, NativeText], page: str, script: Script, is_place: IsPlace) -> list[NativePerson]:
    """Full names first; a surname alone is whoever bears it, or somebody of whom the page says no more."""
    people: dict[str, NativePerson] = {}
    found = [
        _office(number, text, held)
        for number, text in read.items()
        for held in script.find(text.text, page, is_place)
        if _speaks(number, held)
    ]
    single = [office for office in found if office.held.surname]
    for office in found:
        if office not in single:
            people.setdefault(office.held.name, NativePerson(office.held.name)).offices.append(office)
    for office in single:
        name = office.held.name
        owners = [person for person in people.values() if person.family == name]
        if not owners:
            owners = [people.setdefault(name, NativePerson(name))]
        if len(owners) == 1:
            owners[0].offices.append(office)
    return list(people.values())


def _speaks(number: int, held: NativeHeld) -> bool:
    return active(IN_TITLE if number == TITLE else held.rule)


def _office(number: int, text: NativeText, held: NativeHeld) -> NativeOffice:
    pieces = (held.body, held.role) if held.body else (held.role,)
    joint = " " if "가" <= held.head[0] <= "힣" else ""
    role = joint.join(text.printed[slice(*text.span(*piece))] for piece in pieces)
    return NativeOffice(number, held, role, text.span(held.start, held.end))


class Sightings:
    """Every place of a page that names one of its people, gathered text by text."""

    def __init__(self, people: list[NativePerson], script: Script) -> None:
        self.by_name: dict[str, list[tuple[Span, bool]]] = {person.name: [] for person in people}
        """Name → places, and whether each has the surname alone."""
        self.ambiguous: list[tuple[Span, str]] = []
        self._people = people
        self._beside = {(office.paragraph, office.beside[0]) for person in people for office in person.offices}
        self._pattern = _mentions(people, script)

    def look(self, number: int, text: NativeText) -> None:
        for match in self._pattern.finditer(text.text):
            if match.group("full"):
                span = Span(number, *text.span(*match.span()))
                if active(FULL) or (span.paragraph, span.start) in self._beside:
                    self.by_name[match.group("full")].append((span, False))
            elif active(SURNAME):
                self._alone(Span(number, *text.span(*match.span("family"))), match.group("family"), match.group("title"))

    def _alone(self, span: Span, surname: str, title: str) -> None:
        owners = [person for person in self._people if person.family == surname]
        if len(owners) > 1:
            owners = [person for person in owners if title in person.heads] or owners
        if len(owners) == 1:
            self.by_name[owners[0].name].append((span, True))
        else:
            self.ambiguous.append((span, f"more than one person of the page is called {surname}"))


def _mentions(people: list[NativePerson], script: Script) -> re.Pattern[str]:
    """A full name, or a family name before a title."""
    full = alternation(person.name for person in people)
    families = alternation({person.family for person in people if person.family and person.family != person.name})
    title = f"(?={script.apart}(?P<title>{alternation(script.titles)}))"
    return re.compile(rf"(?P<full>{full})|{script.guard}(?P<family>{families or '(?!)'}){title}")


def _entity(person: NativePerson, seen: list[tuple[Span, bool]]) -> Entity:
    office = max(person.offices, key=lambda office: (len(office.role), office.paragraph != TITLE, -office.paragraph))
    spans = tuple(span for span, _ in seen)
    beside = Span(office.paragraph, *office.beside)
    facts = {"office": native_class(office.role, office.held.head)}
    if person.family and person.name.startswith(person.family) and person.family != person.name:
        facts["name_order"] = FAMILY_FIRST
    return Entity(
        kind="official",
        name=person.name,
        spans=spans,
        role=office.role,
        role_span=beside if beside in spans else None,
        variants=tuple(dict.fromkeys(office.held.latin for office in person.offices if office.held.latin)),
        facts=facts,
        evidence=_evidence(person, seen),
    )


def _evidence(person: NativePerson, seen: list[tuple[Span, bool]]) -> tuple[str, ...]:
    beside = {(office.paragraph, office.beside[0]) for office in person.offices}
    codes = [IN_TITLE if office.paragraph == TITLE else office.held.rule for office in person.offices]
    codes += [FULL] if any(not bare and (span.paragraph, span.start) not in beside for span, bare in seen) else []
    codes += [SURNAME] if any(bare for _, bare in seen) else []
    return tuple(dict.fromkeys(codes))
