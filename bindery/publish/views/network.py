"""Who is named with whom in a sentence: around one name, and in the whole archive.

Two thousand names with all their ties are a ball of wool. So a drawing has a bounded number of names, those with the strongest ties;
each name leads to its own page, where what is around it is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import msgspec

from bindery.model import AuthorityId
from bindery.publish.permalinks import Pair, pair, pair_permalink
from bindery.publish.together import PARTNERS
from bindery.publish.views.arcs import Arcs, Place, drawing, in_order
from bindery.publish.views.catalogue import Catalogue, Named

NAMES = 30
"""Of the archive, in the drawing."""
ARCS = 48


class Tie(msgspec.Struct, frozen=True):
    """A pair in the table."""

    one: Named
    other: Named
    count: int
    permalink: str


class NetworkView(msgspec.Struct, frozen=True):
    arcs: Arcs | None
    """None where no sentence names two."""
    ties: tuple[Tie, ...]
    """The strongest, most sentences first."""
    name_count: int
    """Names that share a sentence with another."""
    pair_count: int


class Ego(msgspec.Struct, frozen=True):
    """What is around one name."""

    arcs: Arcs
    partner_count: int
    """All with whom it shares a sentence; more than are drawn where there are many."""


def ego(identifier: AuthorityId, catalogue: Catalogue) -> Ego | None:
    """None where no sentence names it with another."""
    together = catalogue.together
    partners = together.partners.get(identifier, ())
    if not partners:
        return None
    edges = {pair(identifier, other): together.count(identifier, other) for other in partners[:PARTNERS]}
    single = {two: _sentence(two, catalogue) for two in edges if two not in together.shown}
    edges |= _among(identifier, catalogue)
    return Ego(drawing([identifier, *partners[:PARTNERS]], edges, catalogue, identifier, single), len(partners))


def among(identifier: AuthorityId, catalogue: Catalogue) -> tuple[int, ...]:
    """All of a drawing around a name that does not follow from the briefings that name it."""
    found = _among(identifier, catalogue)
    partners = catalogue.together.partners.get(identifier, ())[:PARTNERS]
    return tuple(found.get(pair(*two), 0) for two in combinations(partners, 2))


def _among(identifier: AuthorityId, catalogue: Catalogue) -> dict[Pair, int]:
    """Ties of the foremost partners with each other, as far as these have a page."""
    partners = catalogue.together.partners.get(identifier, ())[:PARTNERS]
    pairs = (pair(*two) for two in combinations(partners, 2))
    return {two: len(told) for two in pairs if two in catalogue.together.shown and (told := catalogue.together.sentences.get(two))}


def _sentence(two: Pair, catalogue: Catalogue) -> Place:
    """Where the only sentence of a pair stands."""
    (identifier,) = catalogue.together.sentences[two]
    anchor = next(one.anchor for one in catalogue.leaves[identifier].shared if {*two} <= {*one.whom})
    return catalogue.entries[identifier].permalink, anchor


def view(catalogue: Catalogue) -> NetworkView:
    together = catalogue.together
    edges = strongest(catalogue)
    ties = (
        Tie(catalogue.named[one], catalogue.named[other], together.count(one, other), pair_permalink((one, other)))
        for one, other in together.strongest
    )
    arcs = drawing(in_order(edges), edges, catalogue) if edges else None
    return NetworkView(arcs, tuple(ties), len(together.partners), len(together.sentences))


def strongest(catalogue: Catalogue) -> Mapping[Pair, int]:
    """The ties that are drawn: the strongest, as far as the drawing has room for their names."""
    names: set[AuthorityId] = set()
    found: dict[Pair, int] = {}
    for two in catalogue.together.strongest:
        if len(names.union(two)) <= NAMES and len(found) < ARCS:
            names.update(two)
            found[two] = len(catalogue.together.sentences[two])
    return found
