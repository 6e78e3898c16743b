"""Records with coordinates → GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bindery.content.files import DEGREES
from bindery.model import Authority
from bindery.publish.data.holdings import Holdings


def geojson(holdings: Holdings) -> bytes:
    """A feature a line, in the order of the records."""
    features = b",\n".join(map(msgspec.json.encode, _features(holdings)))
    return b'{"type":"FeatureCollection","features":[\n' + features + b"\n]}\n"


def _features(holdings: Holdings) -> Iterator[dict[str, object]]:
    for record in holdings.catalogue.authorities.values():
        if record.facts.keys() >= DEGREES.keys():
            yield _feature(record, holdings)


def _feature(record: Authority, holdings: Holdings) -> dict[str, object]:
    count, first, last = holdings.extent(record.id)
    facts = {fact: value for fact, value in record.facts.items() if fact not in DEGREES}
    own = {
        "kind": record.kind,
        "name": record.name,
        "variants": record.variants,
        "status": record.status,
        "briefings": count,
        "first": first,
        "last": last,
        "url": holdings.address(record.id),
    }
    point = [float(record.facts["longitude"]), float(record.facts["latitude"])]
    return {"type": "Feature", "id": record.id, "geometry": {"type": "Point", "coordinates": point}, "properties": {**facts, **own}}
