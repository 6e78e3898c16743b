"""Draft → annotation: cities, officials with roles, companies."""

from __future__ import annotations

from bindery.ingest.annotate import cities, companies, officials
from bindery.ingest.annotate.cities import Places
from bindery.ingest.annotate.known import Known
from bindery.ingest.annotate.overlap import resolved
from bindery.ingest.draft import Annotation, Draft, Span

__all__ = ["Known", "Places", "annotate"]


def annotate(draft: Draft, known: Known) -> Annotation:
    """Find every city, official and company a draft names. What is named in the title alone has no place and is left out."""
    places = Places.of(draft, known)
    people = officials.examine(draft, places)
    named = tuple(span for person in people.entities for span in person.spans)
    firms = companies.find(places.texts, named, known)
    municipalities, unclear = cities.find(places)
    barred = tuple(Span(suspect.paragraph, suspect.start, suspect.end) for suspect in draft.suspects)
    entities = resolved((*people.entities, *firms, *municipalities), barred)
    taken = tuple(span for entity in entities for span in entity.spans)
    ambiguous = tuple(sorted((span, reason) for span, reason in (*unclear, *people.ambiguous) if not _overlaps(span, (*taken, *barred))))
    return Annotation(entities, ambiguous)


def _overlaps(span: Span, others: tuple[Span, ...]) -> bool:
    return any(span.paragraph == other.paragraph and span.start < other.end and other.start < span.end for other in others)
