"""Home, the index of each kind, and all briefings by year."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from itertools import groupby

from markupsafe import Markup

from bindery.model import Briefing, Kind
from bindery.publish import body, languages
from bindery.publish.views import authority, indexes
from bindery.publish.views.catalogue import Catalogue, Entry, Named, script, sort_key
from bindery.publish.views.indexes import Group

NEWEST = 20
"""Briefings on the home page."""
NAMES = 6
"""Names under a briefing on the home page."""
LEAD = 280
"""Code points of a text's beginning; a longer first paragraph is cut at a word."""
WIDE = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"}
"""Scripts whose letters take the room of two."""
ELLIPSIS = "\u00a0…"
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


@dataclass(frozen=True, slots=True)
class RegisterRow:
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
class KindView:
    kind: Kind
    total: int
    letters: tuple[Letter, ...]


def counts(catalogue: Catalogue) -> Counts:
    site, library = catalogue.site, catalogue.library
    total_by_kind = {kind.name: 0 for kind in site.kinds}
    for identifier in catalogue.briefings:
        total_by_kind[catalogue.named[identifier].kind.name] += 1
    names = [languages.name(briefing.language) for briefing in library.briefings]
    found = [name for name in names if name]
    return Counts(
        briefings=len(library.briefings),
        sources=len({briefing.source for briefing in library.briefings if briefing.source}),
        years=catalogue.years(),
        kinds=tuple((kind, total_by_kind[kind.name]) for kind in site.kinds),
        languages=tuple(sorted(set(found), key=lambda name: (-found.count(name), name))),
    )


def home(catalogue: Catalogue) -> HomeView:
    newest = [_newcomer(briefing, catalogue) for briefing in catalogue.library.briefings[:NEWEST]]
    return HomeView(
        counts=counts(catalogue),
        description=body.note_html(catalogue.site.description, catalogue.target_from("index.html")),
        years=tuple(NewestYear(year, tuple(found)) for year, found in groupby(newest, key=lambda newcomer: newcomer.entry.year)),
        is_partial=len(catalogue.library.briefings) > NEWEST,
        index=indexes.whole_index(catalogue),
    )


def _newcomer(briefing: Briefing, catalogue: Catalogue) -> Newcomer:
    named = [catalogue.named[key] for key in catalogue.counts[briefing.id]]
    order = ["official", *(kind.name for kind in catalogue.site.kinds)]
    named.sort(key=lambda one: order.index(one.kind.name))
    return Newcomer(catalogue.entries[briefing.id], lead(briefing, catalogue), tuple(_balanced(named)))


def _balanced(named: list[Named]) -> Iterator[Named]:
    """A few of each kind, so that fifteen delegates do not hide the city."""
    kinds = {one.kind.name for one in named}
    for _, found in groupby(named, key=lambda one: one.kind.name):
        yield from list(found)[: max(NAMES // len(kinds), 1)]


def lead(briefing: Briefing, catalogue: Catalogue) -> Markup:
    """How the text begins, its languages marked."""
    return languages.printed(lead_text(catalogue.blocks[briefing.id]), briefing.language, catalogue.site.language)


def lead_text(blocks: Iterable[body.Block]) -> str:
    """The first paragraph of a text, cut at a word where it is long; empty for a text without one."""
    text = next((block.text for block in blocks if block.tag == "p" and block.text), "")
    longest = LEAD // 2 if script(text) in WIDE else LEAD
    if len(text) <= longest:
        return text
    text = text[:longest].rpartition(" ")[0] or text[:longest]
    return text.rstrip(" ,;:，、；：") + ELLIPSIS


def all_years(catalogue: Catalogue) -> tuple[Year, ...]:
    """Every briefing, newest first."""
    entries = (catalogue.entries[briefing.id] for briefing in catalogue.library.briefings)
    return tuple(Year(year, tuple(found)) for year, found in groupby(entries, key=lambda entry: entry.year))


def kind_index(kind: Kind, catalogue: Catalogue) -> KindView:
    """Every record of a kind, from A to Z."""
    named = [one for one in catalogue.named.values() if one.kind == kind]
    named.sort(key=lambda one: sort_key(one.name))
    letters = tuple(Letter(letter, tuple(_rows(found, catalogue))) for letter, found in groupby(named, key=lambda one: initial(one.name)))
    return KindView(kind, len(named), letters)


def initial(name: str) -> str:
    """The letter a name stands under: Ōsaka under O, 重庆 under OTHER."""
    is_other, letters, _ = sort_key(name)
    return OTHER if is_other else unicodedata.normalize("NFKD", letters[0])[0].upper()


def _rows(named: Iterable[Named], catalogue: Catalogue) -> Iterator[RegisterRow]:
    for one in named:
        yield RegisterRow(one, _detail(one, catalogue), len(catalogue.briefings.get(one.id, ())), catalogue.extents.get(one.id))


def _detail(named: Named, catalogue: Catalogue) -> Markup | None:
    country = catalogue.library.authorities[named.id].facts.get("country")
    if country:
        return Markup.escape(country)
    role = next(authority.roles(named.id, catalogue), None)
    return role.html if role else None
