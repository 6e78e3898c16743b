"""What the search index is told of a page besides its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bindery.model import Briefing
from bindery.publish.views.catalogue import Catalogue, Named

BRIEFING = "briefing"
"""The kind by which the search page tells briefings from the pages of names."""


@dataclass(frozen=True, slots=True)
class SearchData:
    """Filters, metadata and sort key, each as (name, value)."""

    filters: tuple[tuple[str, str], ...]
    meta: tuple[tuple[str, str], ...]
    sort: tuple[tuple[str, str], ...]


def of_briefing(briefing: Briefing, mentioned: Iterable[Named], catalogue: Catalogue) -> SearchData:
    """Whom it names under their canonical names, and all their other names, so that either order and every script finds it."""
    names = list(mentioned)
    date = briefing.date.isoformat() if briefing.date else None
    facts = [("source", briefing.source), ("language", briefing.language), ("year", date[:4] if date else None)]
    meta = [("title", briefing.heading), ("date", date), ("source", briefing.source), ("aliases", _aliases(names, catalogue))]
    return SearchData(
        filters=_given([("kind", BRIEFING), *((named.kind.name, named.name) for named in names), *facts]),
        meta=_given(meta),
        sort=_given([("date", date)]),
    )


def of_authority(named: Named, catalogue: Catalogue) -> SearchData:
    meta = [("title", named.name), ("aliases", _aliases([named], catalogue))]
    return SearchData(filters=(("kind", named.kind.name),), meta=_given(meta), sort=())


def _aliases(names: Iterable[Named], catalogue: Catalogue) -> str:
    return " · ".join(variant for named in names for variant in catalogue.library.authorities[named.id].variants)


def _given(pairs: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in pairs if value)
