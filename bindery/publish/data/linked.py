"""The archive → JSON-LD in the words of https://schema.org/: what each briefing is and whom it names, what each record is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from bindery.publish import sources
from bindery.publish.data.holdings import Briefing, Holdings
from bindery.publish.permalinks import authority_permalink
from bindery.publish.pieces import Pieced
from bindery.publish.views import linked_data

PERMALINK = "data/archive.jsonld"
BETWEEN = b",\n"
"""Two nodes."""
CONTEXT = {"@vocab": f"{linked_data.CONTEXT}/"} | {
    name: {"@type": "@id"} for name in ("archivedAt", "isBasedOn", "isPartOf", "mentions", "sameAs", "url")
}
"""All of it is here, so that nothing has to be fetched to read it."""


def jsonld(holdings: Holdings) -> Pieced:
    """A node a line. Addresses are absolute where the archive has one, else relative to the file."""
    encode = msgspec.json.Encoder().encode
    nodes = BETWEEN.join(map(encode, _others(holdings)))
    head = b'{"@context":' + encode(CONTEXT) + b',"@graph":[\n' + nodes + (BETWEEN if holdings.said else b"")
    return Pieced(head, holdings.said, lambda key: encode(_article(holdings.briefing(key), holdings)), BETWEEN, b"\n]}\n")


def _others(holdings: Holdings) -> Iterator[Mapping[str, object]]:
    yield linked_data.archive(PERMALINK, holdings.catalogue)
    for record in holdings.catalogue.authorities.values():
        yield linked_data.thing(record, PERMALINK, holdings.catalogue)


def _article(briefing: Briefing, holdings: Holdings) -> Mapping[str, object]:
    """Its text is not here: RDF says what it is and whom it names."""
    catalogue = holdings.catalogue
    entry = catalogue.entries[briefing.id]
    address = linked_data.address_of(entry.permalink, PERMALINK, catalogue)
    named = [holdings.authority(said) for said in briefing.named]
    return linked_data.known(
        {
            "@type": "NewsArticle",
            "@id": address,
            "url": address,
            "identifier": briefing.id,
            "headline": entry.title,
            "datePublished": briefing.date,
            "inLanguage": briefing.language,
            "creditText": briefing.byline,
            "publisher": linked_data.organisation(briefing.source, _outlet(briefing)),
            "isBasedOn": entry.original,
            "isPartOf": linked_data.address_of("index.html", PERMALINK, catalogue),
            "mentions": [
                linked_data.address_of(authority_permalink(catalogue.authorities[key]), PERMALINK, catalogue)
                for key in named
                if key in catalogue.authorities
            ],
        }
    )


def _outlet(briefing: Briefing) -> str | None:
    host = sources.host(briefing.source)
    return f"https://{host}/" if host else None
