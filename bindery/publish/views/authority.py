"""An authority record → its page: names, facts, roles, every mention, and with whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date

from markupsafe import Markup

from bindery.model import Authority, AuthorityId
from bindery.publish import body, citations, languages
from bindery.publish.entries import Entry
from bindery.publish.permalinks import feed_addresses
from bindery.publish.views import citing, concordance, external_ids, indexes, linked_data, lists
from bindery.publish.views.catalogue import Catalogue, Named, han_language
from bindery.publish.views.citing import CiteView
from bindery.publish.views.concordance import Year
from bindery.publish.views.indexes import Group
from bindery.publish.views.lists import Around, Part
from bindery.publish.views.timeline import Timeline, timeline

ON_A_PAGE = 40
"""Briefings quoted on a page of mentions."""
LEAST_FIRST = 20
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


@dataclass(frozen=True, slots=True)
class AuthorityView:
    named: Named
    is_confirmed: bool
    found_as: tuple[Markup, ...]
    """The name and all its variants."""
    facts: tuple[Fact, ...]
    note: Markup
    mention_count: int
    briefing_count: int
    extent: tuple[Date, Date] | None
    roles: tuple[Role, ...]
    """Newest first; of those in the briefings quoted here."""
    timeline: Timeline | None
    years: tuple[Year, ...]
    older: tuple[Part, ...]
    """Pages with the mentions that do not stand here, newest first; empty where all do."""
    together: tuple[Group, ...]
    cite: CiteView
    linked_data: Markup
    feeds: tuple[tuple[str, str], ...]
    """Media type and absolute address of each; empty for an archive without an address, and for a record nobody names."""


@dataclass(frozen=True, slots=True)
class OlderView:
    """A page of mentions that are not among the newest."""

    named: Named
    around: Around
    parts: tuple[Part, ...]
    """All pages with older mentions."""
    roles: tuple[Role, ...]
    years: tuple[Year, ...]


def view(authority: Authority, catalogue: Catalogue) -> AuthorityView:
    named = catalogue.named[authority.id]
    entries = catalogue.briefings.get(authority.id, ())
    han = han_language(authority, entries)
    names = (authority.name, *authority.variants)
    here, *_ = pages(authority.id, catalogue).values()
    return AuthorityView(
        named=named,
        is_confirmed=authority.status == "confirmed",
        found_as=tuple(languages.in_languages(name, catalogue.site.language, han) for name in names),
        facts=tuple(_facts(authority, catalogue)),
        note=note(authority, catalogue),
        mention_count=sum(entry.named[authority.id] for entry in entries),
        briefing_count=len(entries),
        extent=catalogue.extents.get(authority.id),
        roles=tuple(roles(authority.id, here, catalogue)),
        timeline=timeline(authority.id, catalogue),
        years=concordance.by_year(authority.id, here, catalogue),
        older=_parts(authority.id, catalogue),
        together=indexes.together_with(authority.id, catalogue),
        cite=citing.view(citations.of_authority(authority, catalogue.site), catalogue.site),
        linked_data=linked_data.of_authority(authority, catalogue),
        feeds=feed_addresses(authority.id, catalogue.site) if entries else (),
    )


def older_view(identifier: AuthorityId, permalink: str, catalogue: Catalogue) -> OlderView:
    parts = _parts(identifier, catalogue)
    around = lists.around(permalink, parts)
    assert around
    entries = pages(identifier, catalogue)[permalink]
    return OlderView(
        named=catalogue.named[identifier],
        around=around,
        parts=parts,
        roles=tuple(roles(identifier, entries, catalogue)),
        years=concordance.by_year(identifier, entries, catalogue),
    )


def pages(identifier: AuthorityId, catalogue: Catalogue) -> dict[str, Sequence[Entry]]:
    """Permalink → the briefings quoted there, newest first: the record's own page, then the older ones.

    Older pages are full and counted from the oldest, so that a new briefing changes the first page alone.
    """
    entries = catalogue.briefings.get(identifier, ())
    count = max(0, (len(entries) - LEAST_FIRST) // ON_A_PAGE)
    first = len(entries) - count * ON_A_PAGE
    found = {f"{identifier}.html": entries[:first]}
    for number in range(count, 0, -1):
        start = first + (count - number) * ON_A_PAGE
        found[f"{identifier}/mentions-{number}.html"] = entries[start : start + ON_A_PAGE]
    return found


def _parts(identifier: AuthorityId, catalogue: Catalogue) -> tuple[Part, ...]:
    _, *older = pages(identifier, catalogue).items()
    return tuple(Part(permalink, _span(entries), len(entries)) for permalink, entries in older)


def _span(entries: Sequence[Entry]) -> str:
    """Years in words: "2012", "2009–2012"."""
    years = [entry.year for entry in entries if entry.year]
    words = f"{years[-1]}–{years[0]}" if years and years[-1] != years[0] else f"{years[0]}" if years else ""
    return ", ".join(filter(None, (words, "undated" if len(years) < len(entries) else ""))).capitalize()


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
    facts, around = authority.facts, catalogue.site.language
    for key in catalogue.named[authority.id].kind.facts:
        if key == "latitude" and "longitude" in facts and key in facts:
            coordinates = _coordinates(facts["latitude"], facts["longitude"])
            yield Fact("Coordinates", Markup.escape(coordinates))
        elif key in facts and not (key == "longitude" and "latitude" in facts):
            yield Fact(label(key), languages.in_languages(_in_words(facts[key]), around), external_ids.address(key, facts[key]))


def label(key: str) -> str:
    return LABELS.get(key, key.replace("_", " ").capitalize())


def _in_words(value: str) -> str:
    """ "family-first" → "Family first"; anything with a capital or a figure is left as it is."""
    return value.replace("-", " ").replace("_", " ").capitalize() if re.fullmatch(r"[a-z]+(?:[-_ ][a-z]+)*", value) else value


def _coordinates(latitude: str, longitude: str) -> str:
    """29.56° N, 106.55° E; as written where they are no numbers."""
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return f"{latitude}, {longitude}"
    return f"{abs(north):.2f}°\u00a0{'N' if north >= 0 else 'S'}, {abs(east):.2f}°\u00a0{'E' if east >= 0 else 'W'}"
