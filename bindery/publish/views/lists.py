"""Home, the index of each kind, and all briefings by year."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import groupby

import msgspec
from markupsafe import Markup

from bindery.languages import Interface
from bindery.model import Kind
from bindery.publish import body, languages
from bindery.publish.dossiers import Dossier
from bindery.publish.entry import Entry
from bindery.publish.scripts import sort_key
from bindery.publish.views import indexes, timeline
from bindery.publish.views.catalogue import Catalogue, Named
from bindery.publish.views.indexes import Group, Row
from bindery.publish.views.timeline import Timeline

NEWEST = 15
"""Briefings on the home page."""
NAMES = 6
"""Names under a briefing on the home page."""
ON_ONE_PAGE = 170
"""Briefings that the list of all still holds; of more each year has a page of its own, or several of this many."""
NAMES_ON_ONE_PAGE = 120
"""Names that the index of a kind still holds; of more each letter has a page of its own, or several of this many."""
FOREMOST = 30
"""Names at the head of an index that is spread over pages."""
ALL_BRIEFINGS = "briefings/index.html"

Register = dict[str, tuple[str, Sequence[str]]]
"""Permalink of every page of a kind's index → its letter ("" for the page of all), and the ids of the records on it, from A to Z."""
OTHER = "other"
"""Group of names that do not begin with a Latin letter."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A briefing on the home page: how it begins and whom it names."""

    entry: Entry
    lead: Markup
    names: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """Briefings of a year; `year` is None for those without a date."""

    year: int | None
    entries: tuple[Entry, ...]

    @property
    def count(self) -> int:
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class NewestYear:
    year: int | None
    newcomers: tuple[Newcomer, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The archive in numbers."""

    briefings: int
    """Copies of one release count once."""
    copies: int
    """Pages beside these: copies of them, and captured again."""
    sources: int
    years: tuple[int, int] | None
    kinds: tuple[tuple[Kind, int], ...]
    """Names of each kind that a briefing mentions."""
    languages: tuple[str, ...]
    """In words, the most frequent first."""


@dataclass(frozen=True, slots=True)
class HomeView:
    counts: Counts
    description: Markup
    years: tuple[NewestYear, ...]
    is_partial: bool
    """There are more briefings than stand here."""
    index: tuple[Group, ...]
    timeline: Timeline | None
    """Briefings by month or year; None where there are fewer than two."""
    dossiers: tuple[Dossier, ...]


class RegisterRow(msgspec.Struct, frozen=True):
    named: Named
    detail: Markup | None
    """A city's or company's country; an official's latest role. None if the archive does not know."""
    briefing_count: int
    extent: tuple[Date, Date] | None


@dataclass(frozen=True, slots=True)
class Letter:
    letter: str
    """"A"; OTHER for the last group."""
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a list that is spread over several."""

    permalink: str
    words: str
    """What it holds, as links name it: "2016", "2016, 2 of 3", "A"."""
    count: int


@dataclass(frozen=True, slots=True)
class Around:
    """A part between its neighbours. None at the ends."""

    here: Part
    before: Part | None
    after: Part | None


@dataclass(frozen=True, slots=True)
class KindView:
    kind: Kind
    total: int
    letters: tuple[Letter, ...]
    """Everybody, or those of this part; empty on the first page of an index that is spread over parts."""
    parts: tuple[Part, ...] = ()
    """Empty where one page holds all."""
    around: Around | None = None
    """None on the first page."""
    foremost: tuple[Row, ...] = ()
    """Those in most briefings, on the first page of an index that is spread over parts."""


@dataclass(frozen=True, slots=True)
class YearsView:
    total: int
    years: tuple[Year, ...]
    """All, or those of this part; on the first page of a list that is spread over parts the newest."""
    parts: tuple[Part, ...] = ()
    around: Around | None = None


def counts(catalogue: Catalogue) -> Counts:
    site, entries = catalogue.site, catalogue.leads.values()
    total_by_kind = Counter(catalogue.authorities[key].kind for key in catalogue.briefings if key in catalogue.authorities)
    names = Counter(site.interface.language_name(entry.language) for entry in entries if entry.language)
    return Counts(
        briefings=len(entries),
        copies=len(catalogue.entries) - len(entries),
        sources=len({entry.source_name for entry in catalogue.entries.values() if entry.source_name}),
        years=catalogue.years,
        kinds=tuple((kind, total_by_kind[kind.name]) for kind in site.kinds),
        languages=tuple(sorted(names, key=lambda name: (-names[name], name))),
    )


def newest(catalogue: Catalogue) -> list[Entry]:
    """The briefings on the home page."""
    return [entry for entry, _ in zip(catalogue.leads.values(), range(NEWEST), strict=False)]


def home(catalogue: Catalogue) -> HomeView:
    newcomers = [_newcomer(entry, catalogue) for entry in newest(catalogue)]
    return HomeView(
        counts=counts(catalogue),
        description=body.note_html(catalogue.site.description, catalogue.target_from("index.html")),
        years=tuple(NewestYear(year, tuple(found)) for year, found in groupby(newcomers, key=lambda newcomer: newcomer.entry.year)),
        is_partial=len(catalogue.leads) > NEWEST,
        index=indexes.whole_index(catalogue),
        timeline=line(catalogue),
        dossiers=catalogue.dossiers,
    )


def line(catalogue: Catalogue) -> Timeline | None:
    """All briefings over time; None where there is nothing to compare."""
    dated = [entry for entry in catalogue.leads.values() if entry.date]
    if catalogue.years is None or len(dated) < 2:
        return None
    pages = years(catalogue)
    listed = {page: found for page, found in pages.items() if page != ALL_BRIEFINGS or len(pages) == 1}
    told = timeline.told(dated, lambda _: True)
    counts = Counter(timeline.month_of(entry.date) for entry in dated if entry.date)
    return timeline.summed(counts, told, timeline.places(listed), catalogue.years)


def _newcomer(entry: Entry, catalogue: Catalogue) -> Newcomer:
    named = [catalogue.named[key] for key in entry.named if key in catalogue.named]
    order = ["official", *(kind.name for kind in catalogue.site.kinds)]
    named.sort(key=lambda one: order.index(one.kind.name))
    return Newcomer(entry, lead(entry, catalogue), tuple(_balanced(named)))


def _balanced(named: list[Named]) -> Iterator[Named]:
    """A few of each kind, so that fifteen delegates do not hide the city."""
    kinds = {one.kind.name for one in named}
    for _, found in groupby(named, key=lambda one: one.kind.name):
        yield from list(found)[: max(NAMES // len(kinds), 1)]


def lead(entry: Entry, catalogue: Catalogue) -> Markup:
    """How the text begins, its languages marked."""
    return languages.printed(catalogue.leaves[entry.id].lead, entry.language, catalogue.site.language)


def years(catalogue: Catalogue) -> dict[str, Sequence[Entry]]:
    """Permalink of every page with briefings by year → those on it, newest first. The first is that of the list of all."""
    entries = list(catalogue.leads.values())
    if len(entries) <= ON_ONE_PAGE:
        return {ALL_BRIEFINGS: entries}
    pages: dict[str, Sequence[Entry]] = {ALL_BRIEFINGS: entries[:NEWEST]}
    for year, of_year in groupby(entries, key=lambda entry: entry.year):
        found = list(of_year)
        for number, start in enumerate(range(0, len(found), ON_ONE_PAGE), 1):
            pages[year_permalink(year, number)] = found[start : start + ON_ONE_PAGE]
    return pages


def year_permalink(year: int | None, number: int = 1) -> str:
    """Of a page of a year in a list that is spread over pages."""
    return f"briefings/by-year/{year or 'undated'}{f'-{number}' if number > 1 else ''}.html"


def year_place(year: int, catalogue: Catalogue) -> tuple[str, str]:
    """Where a year of the archive is listed: permalink and fragment."""
    return (ALL_BRIEFINGS, f"y{year}") if len(catalogue.leads) <= ON_ONE_PAGE else (year_permalink(year), "")


def years_view(permalink: str, pages: dict[str, Sequence[Entry]], catalogue: Catalogue) -> YearsView:
    by_year = tuple(Year(year, tuple(found)) for year, found in groupby(pages[permalink], key=lambda entry: entry.year))
    parts = [part for part in pages if part != ALL_BRIEFINGS]
    made = tuple(Part(part, _words(part, pages, catalogue.site.interface), len(pages[part])) for part in parts)
    return YearsView(len(catalogue.leads), by_year, made, around(permalink, made))


def _words(permalink: str, pages: dict[str, Sequence[Entry]], interface: Interface) -> str:
    """ "2016", "2016, 2 of 3"."""
    year = pages[permalink][0].year
    same = [part for part in pages if part.startswith((year_permalink(year), year_permalink(year)[: -len(".html")] + "-"))]
    words = str(year) if year else interface.say("Undated")
    if len(same) == 1:
        return words
    return interface.say("{part}, {number} of {count}", part=words, number=same.index(permalink) + 1, count=len(same))


def around(permalink: str, parts: tuple[Part, ...]) -> Around | None:
    """A part between its neighbours; None for a page that is no part."""
    place = next((place for place, part in enumerate(parts) if part.permalink == permalink), None)
    if place is None:
        return None
    return Around(parts[place], parts[place - 1] if place else None, parts[place + 1] if place + 1 < len(parts) else None)


def register(kind: Kind, catalogue: Catalogue) -> Register:
    """A kind's index, spread over pages where there are many names."""
    ids = [record.id for record in catalogue.authorities.values() if record.kind == kind.name]
    ids.sort(key=lambda key: sort_key(catalogue.authorities[key].name))
    first = f"{kind.folder}/index.html"
    if len(ids) <= NAMES_ON_ONE_PAGE:
        return {first: ("", ids)}
    pages: Register = {first: ("", ids)}
    for letter, of_letter in groupby(ids, key=lambda key: initial(catalogue.authorities[key].name)):
        found = list(of_letter)
        for number, start in enumerate(range(0, len(found), NAMES_ON_ONE_PAGE), 1):
            name = f"{kind.folder}/a-z/{letter.lower()}{f'-{number}' if number > 1 else ''}.html"
            pages[name] = (letter, found[start : start + NAMES_ON_ONE_PAGE])
    return pages


def register_view(permalink: str, kind: Kind, pages: Register, catalogue: Catalogue) -> KindView:
    """One page of a kind's index, from A to Z."""
    letter, ids = pages[permalink]
    total = len(next(iter(pages.values()))[1])
    parts = tuple(_letter_part(part, pages, catalogue.site.interface) for part in pages if pages[part][0])
    if parts and not letter:
        rows = (Row(catalogue.named[key], len(catalogue.briefings.get(key, ()))) for key in ids)
        return KindView(kind, total, (), parts, None, tuple(indexes.most_frequent(rows)[:FOREMOST]))
    named = [catalogue.named[key] for key in ids]
    letters = tuple(Letter(one, tuple(_rows(found, catalogue))) for one, found in groupby(named, key=lambda one: initial(one.name)))
    return KindView(kind, total, letters, parts, around(permalink, parts))


def _letter_part(permalink: str, pages: Register, interface: Interface) -> Part:
    letter, ids = pages[permalink]
    same = [part for part, (one, _) in pages.items() if one == letter]
    words = interface.say("Other") if letter == OTHER else letter
    return Part(permalink, f"{words} {same.index(permalink) + 1}" if len(same) > 1 else words, len(ids))


def initial(name: str) -> str:
    """The letter a name stands under: Ōsaka under O, 重庆 under OTHER."""
    is_other, letters, _ = sort_key(name)
    return OTHER if is_other else unicodedata.normalize("NFKD", letters[0])[0].upper()


def _rows(named: Iterable[Named], catalogue: Catalogue) -> Iterator[RegisterRow]:
    for one in named:
        detail = detail_of(one.id, catalogue)
        marked = None if detail is None else Markup(detail)  # noqa: S704  # made by detail_of
        yield RegisterRow(one, marked, len(catalogue.briefings.get(one.id, ())), catalogue.extents.get(one.id))


def detail_of(identifier: str, catalogue: Catalogue) -> str | None:
    """A record's country, else the latest role, as HTML; None if the archive knows neither."""
    country = catalogue.authorities[identifier].facts.get("country")
    if country:
        return str(Markup.escape(catalogue.site.interface.country(country)))
    return next((roles[0] for entry in catalogue.briefings.get(identifier, ()) if (roles := entry.roles.get(identifier))), None)
