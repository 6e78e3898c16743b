"""An authority record → its page: names, facts, roles, every mention, and with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date

from markupsafe import Markup

from bindery.model import Authority, AuthorityId
from bindery.publish import body, citations, languages
from bindery.publish.permalinks import feed_addresses
from bindery.publish.views import citing, concordance, external_ids, indexes, linked_data
from bindery.publish.views.catalogue import Catalogue, Entry, Named, han_language
from bindery.publish.views.citing import CiteView
from bindery.publish.views.concordance import Year
from bindery.publish.views.indexes import Group
from bindery.publish.views.timeline import Timeline, timeline

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
    archive_count: int
    """Briefings in the whole archive."""
    extent: tuple[Date, Date] | None
    roles: tuple[Role, ...]
    """Newest first."""
    timeline: Timeline | None
    years: tuple[Year, ...]
    together: tuple[Group, ...]
    cite: CiteView
    linked_data: Markup
    feeds: tuple[tuple[str, str], ...]
    """Media type and absolute address of each; empty for an archive without an address, and for a record nobody names."""


def view(authority: Authority, catalogue: Catalogue) -> AuthorityView:
    named = catalogue.named[authority.id]
    briefings = catalogue.briefings.get(authority.id, ())
    han = han_language(authority, briefings)
    names = (authority.name, *authority.variants)
    return AuthorityView(
        named=named,
        is_confirmed=authority.status == "confirmed",
        found_as=tuple(languages.in_languages(name, catalogue.site.language, han) for name in names),
        facts=tuple(_facts(authority, catalogue)),
        note=note(authority, catalogue),
        mention_count=sum(catalogue.counts[briefing.id][authority.id] for briefing in briefings),
        briefing_count=len(briefings),
        archive_count=len(catalogue.library.briefings),
        extent=catalogue.extents.get(authority.id),
        roles=tuple(roles(authority.id, catalogue)),
        timeline=timeline(authority.id, catalogue),
        years=concordance.by_year(authority.id, catalogue),
        together=indexes.together_with(authority.id, catalogue),
        cite=citing.view(citations.of_authority(authority, catalogue.site), catalogue.site),
        linked_data=linked_data.of_authority(authority, catalogue),
        feeds=feed_addresses(authority.id, catalogue.site) if briefings else (),
    )


def note(authority: Authority, catalogue: Catalogue) -> Markup:
    target = catalogue.target_from(catalogue.named[authority.id].permalink)
    return languages.body_in_languages(body.note_html(authority.note, target), catalogue.site.language)


def roles(identifier: AuthorityId, catalogue: Catalogue) -> Iterator[Role]:
    """Each role once a briefing, where it stands first; newest first."""
    for briefing in catalogue.briefings.get(identifier, ()):
        seen: set[str] = set()
        for block in catalogue.blocks[briefing.id]:
            for mention in block.mentions:
                if mention.authority == identifier and mention.role and mention.role not in seen:
                    seen.add(mention.role)
                    html = languages.printed(mention.role, briefing.language, catalogue.site.language)
                    yield Role(html, catalogue.entries[briefing.id], f"p-{block.key}")


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
