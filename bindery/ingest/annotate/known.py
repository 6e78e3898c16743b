"""content/ authority records → names already confirmed: evidence for every later page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bindery.ingest.annotate.gazetteer import fold
from bindery.model import Authority, AuthorityId


@dataclass(frozen=True, slots=True)
class Known:
    """The archive's confirmed names. Proposed records prove nothing and are not in it."""

    by_form: Mapping[str, tuple[tuple[str, AuthorityId], ...]] = field(default_factory=dict)
    """Folded name or variant → (kind, authority id), several where records share a name."""
    by_geonames: Mapping[str, AuthorityId] = field(default_factory=dict)

    @classmethod
    def from_authorities(cls, authorities: Iterable[Authority]) -> Known:
        by_form: dict[str, list[tuple[str, AuthorityId]]] = {}
        by_geonames: dict[str, AuthorityId] = {}
        for authority in authorities:
            if authority.status != "confirmed":
                continue
            for form in dict.fromkeys(fold(form) for form in (authority.name, *authority.variants)):
                by_form.setdefault(form, []).append((authority.kind, authority.id))
            if "geonames" in authority.facts:
                by_geonames[str(authority.facts["geonames"])] = authority.id
        return cls({form: tuple(sorted(found)) for form, found in by_form.items()}, by_geonames)

    def lookup(self, form: str) -> tuple[tuple[str, AuthorityId], ...]:
        """(kind, authority id) of every confirmed record with this name or variant."""
        return self.by_form.get(fold(form), ())

    def has(self, kind: str, form: str) -> bool:
        return any(found == kind for found, _ in self.lookup(form))
