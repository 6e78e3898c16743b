"""catalogue → what the search index is told of each page: briefings and records."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bindery.model import Authority
from bindery.publish.entry import Entry
from bindery.publish.permalinks import authority_permalink
from bindery.publish.plan import Keys
from bindery.publish.planned import Read, key_of
from bindery.publish.search import documents
from bindery.publish.search.documents import Document
from bindery.publish.views import authority as records
from bindery.publish.views import search_data
from bindery.publish.views.catalogue import Catalogue

FORM = "2"
"""To be raised when documents are written otherwise, since the index of earlier ones is kept."""
VARIANTS = 4
"""As many as stand on the page of a record."""


def all_documents(catalogue: Catalogue, keys: Keys, read: Read) -> Iterator[Document]:
    """Of every page that is searched: records in order of their ids, briefings oldest first."""
    for identifier, record in sorted(catalogue.authorities.items()):
        roles = _roles(record, catalogue)
        digest = _digest(keys.name[identifier], key_of(*roles))
        yield documents.of_record(authority_permalink(record), digest, partial(_record, record, roles, catalogue))
    for entry in reversed(list(catalogue.entries.values())):
        date = entry.date.isoformat() if entry.date else None
        yield documents.of_briefing(entry.permalink, date, _digest(keys.said[entry.id]), partial(_briefing, entry, catalogue, read))


def _briefing(entry: Entry, catalogue: Catalogue, read: Read) -> str:
    briefing, blocks = read(entry.id)
    mentioned = [catalogue.named[key] for key in entry.named if key in catalogue.named]
    data = search_data.of_briefing(briefing, blocks, mentioned, catalogue.authorities)
    return documents.briefing_html(data, entry.title, blocks)


def _record(record: Authority, roles: list[str], catalogue: Catalogue) -> str:
    named = catalogue.named[record.id]
    stretches = [" · ".join(named.others[:VARIANTS]), records.note(record, catalogue), *roles]
    data = search_data.of_authority(named, catalogue.authorities)
    return documents.record_html(data, record.name, filter(None, stretches))


def _roles(record: Authority, catalogue: Catalogue) -> list[str]:
    """Everything that a person was printed as, as HTML."""
    if search_data.PERSON_FACT not in catalogue.site.kind(record.kind).facts:
        return []
    named_in = catalogue.briefings.get(record.id, ())
    return list(dict.fromkeys(role for entry in named_in for role in entry.roles.get(record.id, ())))


def _digest(*keys: int) -> str:
    return f"{FORM}-{key_of(*map(str, keys)):014x}"
