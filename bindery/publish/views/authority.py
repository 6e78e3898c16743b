"""An authority record → its page: names, facts, roles, every mention, and with whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property

from markupsafe import Markup

from bindery.languages import Interface
from bindery.model import Authority, AuthorityId
from bindery.publish import body, citations, dossiers, languages
from bindery.publish.dossiers import Dossier
from bindery.publish.entry import Entry
from bindery.publish.permalinks import feed_addresses
from bindery.publish.views import (
    citing,
    concordance,
    external_ids,
    figures,
    indexes,
    linked_data,
    lists,
    network,
    offices,
    places,
    timeline,
)
from bindery.publish.views.catalogue import Catalogue, Named, han_language
from bindery.publish.views.citing import CiteView
from bindery.publish.views.concordance import Year
from bindery.publish.views.indexes import Group
from bindery.publish.views.lists import Around, Part
from bindery.publish.views.network import Ego
from bindery.publish.views.offices import Band
from bindery.publish.views.places import Locator
from bindery.publish.views.timeline import Point, Timeline

ON_A_PAGE = 25
"""Briefings quoted on a page of mentions."""
LEAST_FIRST = 10
"""Briefings quoted on the page of a record itself, at least: the newest; up to ON_A_PAGE more where no page is full yet."""

LABELS = {"geonames": "GeoNames", "wikidata": "Wikidata", "viaf": "VIAF"}
"""Of facts whose key is a proper name; any other is its key in words."""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    html: Markup
    address: str | None = None
    """On the web; None for a fact that is no external id."""


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody was printed as, on one day in one source."""

    html: Markup
    entry: Entry
    anchor: str


@dataclass(frozen=True)
class AuthorityView:
    """What a record's page may say, each thing made when the template first asks for it. What it is made from is not the template's, as
    with a briefing's."""

    authority: Authority
    _catalogue: Catalogue

    @cached_property
    def named(self) -> Named:
        return self._catalogue.named[self.authority.id]

    @cached_property
    def _entries(self) -> Sequence[Entry]:
        return self._catalogue.briefings.get(self.authority.id, ())

    @cached_property
    def _here(self) -> Sequence[Entry]:
        here, *_ = pages(self.authority.id, self._catalogue).values()
        return here

    @property
    def is_confirmed(self) -> bool:
        return self.authority.status == "confirmed"

    @cached_property
    def found_as(self) -> tuple[Markup, ...]:
        """The name and all its variants."""
        han = han_language(self.authority, self._entries)
        names = (self.authority.name, *self.authority.variants)
        return tuple(languages.in_languages(name, self._catalogue.site.language, han) for name in names)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(_facts(self.authority, self._catalogue))

    @cached_property
    def note(self) -> Markup:
        return note(self.authority, self._catalogue)

    @cached_property
    def mention_count(self) -> int:
        return sum(entry.named[self.authority.id] for entry in self._entries)

    @property
    def briefing_count(self) -> int:
        return len(self._entries)

    @property
    def extent(self) -> tuple[Date, Date] | None:
        return self._catalogue.extents.get(self.authority.id)

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Newest first; of those in the briefings quoted here."""
        return tuple(roles(self.authority.id, self._here, self._catalogue))

    @cached_property
    def timeline(self) -> Timeline | None:
        identifier = self.authority.id
        points = [Point(entry.date, entry.named[identifier], entry.permalink) for entry in self._entries if entry.date]
        told = timeline.told(self._entries, lambda whom: identifier in whom)
        return timeline.drawn(points, told, pages(identifier, self._catalogue), self._catalogue.years)

    @cached_property
    def years(self) -> tuple[Year, ...]:
        return concordance.by_year(self.authority.id, self._here, self._catalogue)

    @cached_property
    def figures(self) -> figures.Quotations | None:
        """In sentences that name it, of the briefings quoted here; None if there are none."""
        return figures.quotations({self.authority.id}, self._here, self._catalogue)

    @cached_property
    def older(self) -> tuple[Part, ...]:
        """Pages with the mentions that do not stand here, newest first; empty where all do."""
        return parts(self.authority.id, self._catalogue)

    @cached_property
    def together(self) -> tuple[Group, ...]:
        return indexes.together_with(self.authority.id, self._catalogue)

    @cached_property
    def locator(self) -> Locator | None:
        return places.locator(self.authority)

    @cached_property
    def network(self) -> Ego | None:
        return network.ego(self.authority.id, self._catalogue)

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """Those that concern it."""
        return tuple(one for one in self._catalogue.dossiers if dossiers.has(one, self.authority.id))

    @cached_property
    def offices(self) -> Band | None:
        """In which offices it was seen, and when; None where in none."""
        return offices.of_person(self.authority.id, self._catalogue)

    @cached_property
    def cite(self) -> CiteView:
        return citing.view(citations.of_authority(self.authority, self._catalogue.site), self._catalogue.site)

    @cached_property
    def linked_data(self) -> Markup:
        return linked_data.of_authority(self.authority, self._catalogue)

    @cached_property
    def feeds(self) -> tuple[tuple[str, str], ...]:
        """Media type and absolute address of each; empty for an archive without an address, and for a record nobody names."""
        return feed_addresses(self.authority.id, self._catalogue.site) if self._entries else ()


@dataclass(frozen=True, slots=True)
class OlderView:
    """A page of mentions that are not among the newest."""

    named: Named
    around: Around
    parts: tuple[Part, ...]
    """All pages with older mentions."""
    roles: tuple[Role, ...]
    years: tuple[Year, ...]
    figures: figures.Quotations | None


def older_view(identifier: AuthorityId, permalink: str, catalogue: Catalogue) -> OlderView:
    around = lists.around(permalink, parts(identifier, catalogue))
    assert around
    entries = pages(identifier, catalogue)[permalink]
    return OlderView(
        named=catalogue.named[identifier],
        around=around,
        parts=parts(identifier, catalogue),
        roles=tuple(roles(identifier, entries, catalogue)),
        years=concordance.by_year(identifier, entries, catalogue),
        figures=figures.quotations({identifier}, entries, catalogue),
    )


def pages(identifier: AuthorityId, catalogue: Catalogue) -> dict[str, Sequence[Entry]]:
    """Permalink → the briefings quoted there, newest first: the record's own page, then the older ones.

    Older pages are full and counted from the oldest, so that a new briefing changes the first page alone.
    """
    entries = catalogue.briefings.get(identifier, ())
    here = f"{identifier}.html"
    return spread(entries, here, f"{identifier}/mentions") if catalogue.is_paged else {here: entries}


def spread(entries: Sequence[Entry], here: str, older: str) -> dict[str, Sequence[Entry]]:
    """The same of any briefings. `older` is how the addresses of older pages begin; a number follows."""
    count = max(0, (len(entries) - LEAST_FIRST) // ON_A_PAGE)
    first = len(entries) - count * ON_A_PAGE
    found = {here: entries[:first]}
    for number in range(count, 0, -1):
        start = first + (count - number) * ON_A_PAGE
        found[f"{older}-{number}.html"] = entries[start : start + ON_A_PAGE]
    return found


def parts(identifier: AuthorityId, catalogue: Catalogue) -> tuple[Part, ...]:
    """The pages with older mentions, newest first."""
    return parts_of(pages(identifier, catalogue), catalogue.site.interface)


def parts_of(pages: Mapping[str, Sequence[Entry]], interface: Interface) -> tuple[Part, ...]:
    """All but the first."""
    _, *older = pages.items()
    return tuple(Part(permalink, _span(entries, interface), len(entries)) for permalink, entries in older)


def _span(entries: Sequence[Entry], interface: Interface) -> str:
    """Years in words: "2012", "2009–2012". The entries are newest first, those without a date last."""
    last, first = entries[0].year, next((entry.year for entry in reversed(entries) if entry.year), None)
    words = f"{first}–{last}" if first != last else f"{last or ''}"
    if entries[-1].year:
        return words
    return interface.say("{years}, undated", years=words) if words else interface.say("Undated")


def note(authority: Authority, catalogue: Catalogue) -> Markup:
    target = catalogue.target_from(catalogue.named[authority.id].permalink)
    return languages.body_in_languages(body.note_html(authority.note, target), catalogue.site.language)


def roles(identifier: AuthorityId, entries: Iterable[Entry], catalogue: Catalogue) -> Iterator[Role]:
    """Each role once a briefing, where it stands first, in the order of the briefings."""
    for entry in entries:
        if identifier in entry.roles:
            for said in catalogue.leaves[entry.id].roles[identifier]:
                yield Role(said.html, entry, said.anchor)


def _facts(authority: Authority, catalogue: Catalogue) -> Iterator[Fact]:
    facts, around, interface = authority.facts, catalogue.site.language, catalogue.site.interface
    for key in catalogue.named[authority.id].kind.facts:
        if key == "latitude" and "longitude" in facts and key in facts:
            coordinates = _coordinates(facts["latitude"], facts["longitude"], interface)
            yield Fact(interface.say("Coordinates"), Markup.escape(coordinates))
        elif key in facts and not (key == "longitude" and "latitude" in facts):
            value = interface.country(facts[key]) if key == "country" else interface.say(_in_words(facts[key]))
            yield Fact(interface.say(label(key)), languages.in_languages(value, around), external_ids.address(key, facts[key]))


def label(key: str) -> str:
    return LABELS.get(key, key.replace("_", " ").capitalize())


def _in_words(value: str) -> str:
    """ "family-first" → "Family first"; anything with a capital or a figure is left as it is."""
    return value.replace("-", " ").replace("_", " ").capitalize() if re.fullmatch(r"[a-z]+(?:[-_ ][a-z]+)*", value) else value


def _coordinates(latitude: str, longitude: str, interface: Interface) -> str:
    """29.56° N, 106.55° E; as written where they are no numbers."""
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return f"{latitude}, {longitude}"
    degrees = (
        interface.say("{degrees}°\u00a0N" if north >= 0 else "{degrees}°\u00a0S", degrees=interface.decimal(abs(north), 2)),
        interface.say("{degrees}°\u00a0E" if east >= 0 else "{degrees}°\u00a0W", degrees=interface.decimal(abs(east), 2)),
    )
    return interface.listed(degrees)
