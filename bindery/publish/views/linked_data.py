"""A page → JSON-LD in the words of https://schema.org/: what a program that reads the page is told.

Addresses are absolute where the archive has one, else relative to the page, as JSON-LD allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec
from markupsafe import Markup

from bindery.model import Authority, Briefing, Kind
from bindery.publish import sources
from bindery.publish.body import Block
from bindery.publish.citations import Citation
from bindery.publish.permalinks import authority_permalink, briefing_permalink, relative
from bindery.publish.views import external_ids, lists
from bindery.publish.views.catalogue import Catalogue
from bindery.publish.views.search_data import PERSON_FACT

CONTEXT = "https://schema.org"
PLACE_FACT = "latitude"
"""A kind whose records may have it is a kind of places."""
ORGANISATIONS = frozenset({"company", "organisation", "organization"})
_ENCODER = msgspec.json.Encoder()
_INERT = [(sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029"]
"""What could end the script element, open a comment in it, or end a line for a reader of JavaScript."""

Crumb = tuple[str, str, str]
"""Words, permalink, fragment."""


def of_briefing(briefing: Briefing, blocks: Iterable[Block], citation: Citation, catalogue: Catalogue) -> Markup:
    """A NewsArticle: what was printed, by whom, and whom it is about, each official with the roles printed there."""
    permalink = briefing_permalink(briefing)
    address = address_of(permalink, permalink, catalogue)
    roles: dict[str, dict[str, None]] = {key: {} for key in catalogue.entries[briefing.id].named}
    for block in blocks:
        for mention in block.mentions:
            found = roles.setdefault(mention.authority, {})
            if mention.role:
                found[mention.role] = None
    records = catalogue.authorities
    article = {
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "identifier": briefing.id,
        "headline": briefing.heading,
        "datePublished": briefing.date.isoformat() if briefing.date else None,
        "inLanguage": citation.language,
        "creditText": briefing.byline,
        "publisher": organisation(briefing.source, sources.outlet_address(briefing)),
        "isBasedOn": citation.original,
        "archivedAt": citation.address,
        "isPartOf": archive(permalink, catalogue),
        "about": [_told(records[key], tuple(found), permalink, catalogue) for key, found in roles.items() if key in records],
    }
    year = [(str(briefing.date.year), *lists.year_place(briefing.date.year, catalogue))] if briefing.date else []
    steps = [(catalogue.site.interface.say("Briefings"), "briefings/index.html", ""), *year, (briefing.heading, permalink, "")]
    return _script([article, _breadcrumbs(steps, permalink, catalogue)])


def of_authority(authority: Authority, catalogue: Catalogue) -> Markup:
    """The Place, Person or Organization itself, with every role printed of a person."""
    permalink, kind = authority_permalink(authority), catalogue.site.kind(authority.kind)
    steps = [(kind.plural, f"{kind.folder}/index.html", ""), (authority.name, permalink, "")]
    return _script([thing(authority, permalink, catalogue), _breadcrumbs(steps, permalink, catalogue)])


def thing(authority: Authority, origin: str, catalogue: Catalogue) -> dict[str, object]:
    """All that is known of a record; `origin` is the file it is to stand in."""
    named_in = catalogue.briefings.get(authority.id, ())
    roles = dict.fromkeys(said.text for entry in named_in for said in catalogue.leaves[entry.id].roles.get(authority.id, ()))
    about = _about(authority, list(roles), origin, catalogue)
    return known(about | {"url": about["@id"], "alternateName": list(authority.variants), "identifier": authority.id})


@lru_cache
def schema_type(kind: Kind) -> str:
    """By what its records can say; a kind of its own making is a Thing."""
    if PERSON_FACT in kind.facts:
        return "Person"
    if PLACE_FACT in kind.facts:
        return "Place"
    return "Organization" if kind.name in ORGANISATIONS else "Thing"


def _told(authority: Authority, roles: tuple[str, ...], origin: str, catalogue: Catalogue) -> msgspec.Raw:
    """What a page of this folder says of a record, as it stands there: it is the same on many."""
    key = authority.id, roles, "" if catalogue.site.base_url else origin.rpartition("/")[0]
    told = catalogue.told.get(key)
    if told is None:
        told = catalogue.told[key] = msgspec.Raw(_ENCODER.encode(_about(authority, roles, origin, catalogue)))
    return told


def _about(authority: Authority, roles: Sequence[str], origin: str, catalogue: Catalogue) -> dict[str, object]:
    kind, facts = catalogue.site.kind(authority.kind), authority.facts
    what = schema_type(kind)
    thing: dict[str, object] = {"@type": what, "@id": address_of(authority_permalink(authority), origin, catalogue), "name": authority.name}
    if roles and what == "Person":
        thing["jobTitle"] = list(roles)
    if not facts:
        return thing
    country = facts.get("country") if what in ("Place", "Organization") else None
    said = {
        "geo": _geo(facts) if what == "Place" else None,
        "address": {"@type": "PostalAddress", "addressCountry": country} if country else None,
        "sameAs": [address for fact in kind.facts if fact in facts and (address := external_ids.address(fact, facts[fact]))],
    }
    return thing | known(said)


def _geo(facts: Mapping[str, str]) -> dict[str, object] | None:
    if not {"latitude", "longitude"} <= facts.keys():
        return None
    return {"@type": "GeoCoordinates", "latitude": float(facts["latitude"]), "longitude": float(facts["longitude"])}


def archive(origin: str, catalogue: Catalogue) -> dict[str, object]:
    site = catalogue.site
    address = address_of("index.html", origin, catalogue)
    return known({"@type": "Collection", "@id": address, "name": site.title, "maintainer": organisation(site.publisher)})


def organisation(name: str | None, address: str | None = None) -> dict[str, object] | None:
    return known({"@type": "Organization", "name": name, "url": address}) if name else None


def _breadcrumbs(steps: Iterable[Crumb], origin: str, catalogue: Catalogue) -> dict[str, object]:
    """The way the page shows at its head, and the page itself."""
    crumbs = [(catalogue.site.interface.say("Archive"), "index.html", ""), *steps]
    items = [
        {"@type": "ListItem", "position": position, "name": words, "item": {"@id": address_of(permalink, origin, catalogue, fragment)}}
        for position, (words, permalink, fragment) in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def address_of(permalink: str, origin: str, catalogue: Catalogue, fragment: str = "") -> str:
    base = catalogue.site.base_url
    if base:
        return f"{base}/{permalink}#{fragment}" if fragment else f"{base}/{permalink}"
    return relative(origin, permalink, fragment)


def _script(graph: Sequence[Mapping[str, object]]) -> Markup:
    """For a `<script type="application/ld+json">`, whatever names and titles hold."""
    text = _ENCODER.encode({"@context": CONTEXT, "@graph": [known(node) for node in graph]}).decode()
    for sign, inert in _INERT:
        if sign in text:
            text = text.replace(sign, inert)
    return Markup(text)  # noqa: S704  # no sign is left that HTML reads


def known(node: Mapping[str, object]) -> dict[str, object]:
    """Without what is not known: neither a text, a list nor a node holds nothing."""
    return {name: value for name, value in node.items() if value}
