"""catalogue → what the search index is told of each page: briefings and records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bindery.model import Authority, Briefing
from bindery.publish.permalinks import authority_permalink, briefing_permalink
from bindery.publish.search import documents
from bindery.publish.search.documents import Document
from bindery.publish.views import authority as records
from bindery.publish.views import search_data
from bindery.publish.views.catalogue import Catalogue, Named

FORM = "1"
"""To be raised when documents are written otherwise, since the index of earlier ones is kept."""
VARIANTS = 4
"""As many as stand on the page of a record."""


def all_documents(catalogue: Catalogue) -> Iterator[Document]:
    """Of every page that is searched: records in order of their ids, briefings oldest first."""
    named = {key: _told(one, catalogue.library.authorities[key]) for key, one in catalogue.named.items()}
    for record in sorted(catalogue.library.authorities.values(), key=lambda record: record.id):
        yield _record(record, named[record.id], catalogue)
    for briefing in reversed(catalogue.library.briefings):
        mentioned = [catalogue.named[key] for key in catalogue.counts[briefing.id]]
        yield _briefing(briefing, mentioned, "\0".join(named[one.id] for one in mentioned), catalogue)


def _briefing(briefing: Briefing, mentioned: list[Named], told: str, catalogue: Catalogue) -> Document:
    blocks = catalogue.blocks[briefing.id]
    date = briefing.date.isoformat() if briefing.date else None

    def html() -> str:
        data = search_data.of_briefing(briefing, blocks, mentioned, catalogue.library.authorities)
        return documents.briefing_html(data, briefing.heading, blocks)

    said = (word for block in blocks for word in (block.key, block.tag, block.text, block.html))
    digest = _digest(briefing.heading, date, briefing.source, briefing.language, told, *said)
    return documents.of_briefing(briefing_permalink(briefing), date, digest, html)


def _record(record: Authority, told: str, catalogue: Catalogue) -> Document:
    named = catalogue.named[record.id]
    roles = [str(role.html) for role in records.roles(record.id, catalogue)] if search_data.PERSON_FACT in named.kind.facts else []
    stretches = [" · ".join(named.others[:VARIANTS]), records.note(record, catalogue), *dict.fromkeys(roles)]

    def html() -> str:
        data = search_data.of_authority(named, catalogue.library.authorities)
        return documents.record_html(data, record.name, filter(None, stretches))

    return documents.of_record(authority_permalink(record), _digest(told, record.note, *stretches), html)


def _told(named: Named, record: Authority) -> str:
    """Everything that is indexed of a record with a page that names it."""
    return "\0".join((named.kind.name, str(search_data.PERSON_FACT in named.kind.facts), record.name, *record.variants))


def _digest(*told: str | None) -> str:
    joined = "\0".join("\1" if word is None else word for word in (FORM, *told))
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
