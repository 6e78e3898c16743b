"""What was weighed and not linked → candidates: names for a person to decide, the nearest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from bindery.ingest.annotate import company_candidates, official_candidates
from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.cities import Places, facts
from bindery.ingest.annotate.companies import Companies
from bindery.ingest.annotate.known import Known
from bindery.ingest.annotate.officials import Officials
from bindery.ingest.annotate.overlap import RANK, overlaps
from bindery.ingest.annotate.place_cues import word_names
from bindery.ingest.annotate.toponyms import ENOUGH, Toponym
from bindery.ingest.annotate.words import TITLE
from bindery.ingest.draft import Candidate, Span
from bindery.rules import active

MOST = 8
"""Names a page: beyond them a reviewer reads the page itself."""
NEAR = 4
"""Score from which a place name is worth asking about. On 56 pages of many countries half of those below are words and provinces."""
NEAR_FOR_A_CITY_OF_SIZE = 1
"""The same for a name that is also a word: 'Essen', 'Cuenca'."""
SIZE = 250_000
FEWEST_NATIVE = 100_000
"""Inhabitants; a smaller city's name in Han is more often a common word: 合作 is Hezuo, 友好 is Youhao."""


def candidates(places: Places, people: Officials, firms: Companies, known: Known, taken: Sequence[Span]) -> tuple[Candidate, ...]:
    """Names below the threshold, none of them where `taken` says that something else stands."""
    found = [*_cities(places), *official_candidates.find(people, places), *company_candidates.find(firms)]
    ordered = sorted(found, key=lambda candidate: (RANK[candidate.kind], -candidate.score, candidate.span))
    return tuple(_nearest(_apart(ordered, known, taken)))


def _apart(found: Iterable[Candidate], known: Known, taken: Sequence[Span]) -> Iterator[Candidate]:
    """Each place to one candidate. A name the archive has confirmed as another kind is not asked about."""
    claimed = list(taken)
    for candidate in found:
        confirmed = {kind for kind, _ in known.lookup(candidate.name)}
        if not all(map(active, candidate.evidence)):
            continue
        if confirmed <= {candidate.kind} and not overlaps(candidate.span, claimed):
            claimed.append(candidate.span)
            yield candidate


def _nearest(found: Iterable[Candidate]) -> list[Candidate]:
    """The nearest names, every place of each: who accepts a name wants all its mentions linked. A name has its best score."""
    best: dict[tuple[str, str], Candidate] = {}
    places = list(found)
    for candidate in places:
        key = (candidate.kind, candidate.name)
        if key not in best or candidate.score > best[key].score:
            best[key] = candidate
    kept = dict(sorted(best.items(), key=lambda item: (-item[1].score, item[1].span))[:MOST])
    levelled = (replace(kept[key], span=one.span) for one in places if (key := (one.kind, one.name)) in kept)
    return sorted(levelled, key=lambda candidate: (-candidate.score, candidate.span))


def _cities(places: Places) -> Iterator[Candidate]:
    for toponym in places.unsure:
        if toponym.span.paragraph != TITLE and _is_near(toponym):
            score = round(toponym.score / ENOUGH, 2)
            evidence = facts(toponym.cities[0]) if len(toponym.cities) == 1 else {}
            yield Candidate("city", toponym.form, toponym.span, min(score, 0.99), _lacks(toponym), toponym.evidence, evidence)


def _is_near(toponym: Toponym) -> bool:
    population = toponym.cities[0].population
    if toponym.key in areas() or toponym.crowded:
        return False
    if "city-native" in toponym.evidence:
        return toponym.score >= NEAR and population >= FEWEST_NATIVE
    return toponym.score >= (NEAR_FOR_A_CITY_OF_SIZE if population >= SIZE else NEAR)


def _lacks(toponym: Toponym) -> str:
    proof = "its country or province beside it, or a word of a municipality such as ‘Mayor of’"
    if toponym.key in word_names():
        return f"a sign that it is no common word here: {proof}"
    return proof
