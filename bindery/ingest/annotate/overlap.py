"""Entities of all kinds → entities whose mentions do not overlap."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from bindery.ingest.draft import Entity, Span

RANK = {"official": 0, "company": 1, "city": 2}
"""Who keeps a place two kinds claim: Paris Hilton is no city, Bank of Shanghai is a bank."""


def resolved(entities: Iterable[Entity], barred: Iterable[Span] = ()) -> tuple[Entity, ...]:
    """Each place to the first of its claimants by rank; suspect runs to none. Sorted by first mention."""
    taken: dict[int, list[Span]] = {}
    for span in barred:
        taken.setdefault(span.paragraph, []).append(span)
    kept = []
    for entity in sorted(entities, key=lambda entity: RANK.get(entity.kind, len(RANK))):
        spans = tuple(span for span in sorted(set(entity.spans)) if _free(span, taken))
        for span in spans:
            taken.setdefault(span.paragraph, []).append(span)
        if spans:
            beside = entity.role_span if entity.role_span in spans else None
            kept.append(replace(entity, spans=spans, role_span=beside))
    return tuple(sorted(kept, key=lambda entity: (entity.spans[0], entity.kind)))


def _free(span: Span, taken: dict[int, list[Span]]) -> bool:
    return not any(span.start < other.end and other.start < span.end for other in taken.get(span.paragraph, ()))


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a place shares a character with any of some others."""
    return any(span.paragraph == other.paragraph and span.start < other.end and other.start < span.end for other in others)
