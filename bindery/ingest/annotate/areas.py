"""data/places/areas.tsv and its neighbours → countries, demonyms, provinces by every name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from bindery.ingest.annotate.gazetteer import entries, fold

T = TypeVar("T")

COMPASS = re.compile(
    r"(?:the )?(?:(?:north|south)?[ -]?(?:east|west)|north|south|northern|southern|eastern|western|centre|center|central|capital|coast"
    r"|littoral|plateaux|nord|sud|est|ouest|red sea|upper|lower|midlands|highlands)(?: (?:region|province|district|state|peninsula))?"
)
"""Provinces whose names say nothing: 'Eastern', 'Western Province', 'Centre'."""
NATIVE = "\u2e80"
"""Before every East Asian script, whose marks of voice and syllables no folding may take apart."""


@dataclass(frozen=True, slots=True)
class Areas:
    """What is a place and no city. Latin names are folded; native names stand as they are."""

    countries: Mapping[str, str]
    """Name → ISO code."""
    demonyms: Mapping[str, frozenset[str]]
    """Adjective or people → ISO codes (Congolese has two)."""
    divisions: Mapping[str, frozenset[tuple[str, str]]]
    """Name or abbreviation of a province or state → (ISO code, folded name as GeoNames has it; empty for other areas)."""
    regions: frozenset[str]
    short_name: Mapping[str, str]
    """ISO code → English short name."""
    names: frozenset[str]
    """All names of any of them."""

    def __contains__(self, folded: str) -> bool:
        return folded in self.names

    def countries_of(self, folded: str) -> frozenset[str]:
        """Every country a name points to, as country, people or province."""
        country = self.countries.get(folded)
        own = frozenset({country}) if country else frozenset()
        return own | self.demonyms.get(folded, frozenset()) | frozenset(code for code, _ in self.divisions.get(folded, ()))


@cache
def areas() -> Areas:
    countries: dict[str, str] = {}
    divisions: dict[str, set[tuple[str, str]]] = {}
    short_name: dict[str, str] = {}
    for level, code, names in entries("areas.tsv"):
        if level == "country":
            forms = names.split("|")
            short_name[code] = forms[0]
            countries |= {form if form[0] > NATIVE else fold(form): code for form in forms}
        elif not COMPASS.fullmatch(fold(names)):
            divisions.setdefault(fold(names), set()).add((code, fold(names)))
    for code, division, names in entries("divisions.tsv"):
        for name in filter(None, (division, *names.split("|"))):
            divisions.setdefault(fold(name), set()).add((code, fold(division)))
    demonyms: dict[str, set[str]] = {}
    for code, adjectives, *others in entries("demonyms.tsv"):
        countries |= {fold(name): code for name in (others[0] if others else "").split("|") if name}
        for adjective in adjectives.split("|"):
            demonyms.setdefault(fold(adjective), set()).add(code)
            demonyms.setdefault(fold(adjective) + "s", set()).add(code)
    regions = frozenset(fold(name) for (name,) in entries("regions.txt"))
    everything = frozenset().union(countries, demonyms, divisions, regions)
    return Areas(countries, _frozen(demonyms), _frozen(divisions), regions, short_name, everything)


def _frozen(sets: dict[str, set[T]]) -> dict[str, frozenset[T]]:
    return {name: frozenset(members) for name, members in sets.items()}
