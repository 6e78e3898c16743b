"""Draft → annotation: cities, officials with roles, companies; and what an archive has more kinds for."""

from __future__ import annotations

from collections.abc import Container, Iterable

from bindery.ingest.annotate import cities, companies, officials, organisations
from bindery.ingest.annotate.candidates import candidates
from bindery.ingest.annotate.cities import Places
from bindery.ingest.annotate.company_signs import Others
from bindery.ingest.annotate.known import Known
from bindery.ingest.annotate.officials import Officials
from bindery.ingest.annotate.overlap import overlaps, resolved
from bindery.ingest.annotate.windows import Windows
from bindery.ingest.draft import Annotation, Draft, Entity, Span

__all__ = ["Known", "Places", "annotate", "others"]


def others(people: Officials, municipalities: Iterable[Entity], places: Places, language: str | None) -> Others:
    """What a page names beside its companies."""
    officials = tuple(span for person in people.entities for span in person.spans)
    towns = tuple(span for city in municipalities for span in city.spans)
    return Others(officials, towns, lambda paragraph: people.page.persons(paragraph, places), language)


def annotate(draft: Draft, known: Known, kinds: Container[str] = ()) -> Annotation:
    """Find every city, official and company a draft names. What is named in the title alone has no place and is left out.

    `kinds` are those of the archive: organisations are looked for where they are one of them.
    """
    windows = Windows(draft)
    return windows.whole(_annotate(windows.draft, known, kinds))


def _annotate(draft: Draft, known: Known, kinds: Container[str]) -> Annotation:
    places = Places.of(draft, known)
    people = officials.examine(draft, places)
    municipalities, unclear = cities.find(places)
    firms = companies.examine(places.texts, others(people, municipalities, places, draft.metadata.language), known)
    barred = tuple(Span(suspect.paragraph, suspect.start, suspect.end) for suspect in draft.suspects)
    entities = resolved((*people.entities, *firms.entities, *municipalities), barred)
    taken = (*(span for entity in entities for span in entity.spans), *barred)
    ambiguous = tuple(sorted((span, reason) for span, reason in (*unclear, *people.ambiguous) if not overlaps(span, taken)))
    asked = (*taken, *(span for span, _ in ambiguous))
    if organisations.KIND in kinds:
        towns = tuple(span for entity in entities if entity.kind == "city" for span in entity.spans)
        bodies = organisations.find(places.texts, asked, towns, known)
        entities = tuple(sorted((*entities, *bodies), key=lambda entity: (entity.spans[0], entity.kind)))
        asked = (*asked, *(span for body in bodies for span in body.spans))
    return Annotation(entities, ambiguous, candidates(places, people, firms, known, asked))
