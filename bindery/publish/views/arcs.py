"""Names in a column, joined by arcs: who is named with whom, drawn so that no name ever lies on another.

The place of everything follows from the ranking alone, so that the same archive is always the same drawing. Lengths are in
units of a sixteenth of the text size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from bindery.model import AuthorityId
from bindery.publish.permalinks import Pair, pair, pair_permalink
from bindery.publish.views.catalogue import Catalogue, Named

PITCH = 32
"""From one name to the next."""
WIDTH = 136
"""Of the drawing: arcs to the left of the names."""
EDGE = 4
"""Between an arc's ends and the names."""
SHORTEST, LONGEST = 28, WIDTH - EDGE - 14
"""How far an arc reaches to the left."""
THINNEST, THICKEST = 1.0, 5.0
LABEL_HEIGHT, LABEL_PADDING, FIGURE = 15, 4, 8
"""Room that the figure on an arc takes, and each digit of it."""
ALONG = (90, 75, 105, 60, 120, 45, 135, 30, 150)
"""Degrees along an arc where its figure may stand, the best first."""


Place = tuple[str, str]
"""Permalink and fragment."""
NOWHERE: Mapping[Pair, Place] = MappingProxyType({})


class Arc(msgspec.Struct, frozen=True):
    """Two names and the sentences that name both."""

    one: Named
    other: Named
    count: int
    place: Place
    """Where these sentences stand: the pair's page, or the paragraph of the only one."""
    path: str
    """"M132 16A60 48 0 0 0 132 112"."""
    width: float
    x: float
    """Of its figure."""
    y: float
    is_central: bool
    """It begins at the name that the drawing is about."""


class Row(msgspec.Struct, frozen=True):
    named: Named
    count: int
    """Sentences that it shares with the name the drawing is about; with any of those drawn where it is about none."""
    place: Place | None
    """Where these sentences stand; None where the drawing is about no name."""


class Arcs(msgspec.Struct, frozen=True):
    rows: tuple[Row, ...]
    arcs: tuple[Arc, ...]
    width: int
    height: int


def drawing(
    order: Sequence[AuthorityId],
    edges: Mapping[Pair, int],
    catalogue: Catalogue,
    centre: AuthorityId | None = None,
    single: Mapping[Pair, Place] = NOWHERE,
) -> Arcs:
    """Of names from top to bottom, and how many sentences name two of them; `single` are those without a page of their own."""
    return _Drawing(order, edges, catalogue, centre, single).arcs()


def in_order(edges: Mapping[Pair, int]) -> list[AuthorityId]:
    """Names so that those joined stand near each other: the strongest first, then always the one that most joins to those above."""
    weight: dict[AuthorityId, dict[AuthorityId, int]] = {}
    for (one, other), count in edges.items():
        weight.setdefault(one, {})[other] = count
        weight.setdefault(other, {})[one] = count
    left = dict.fromkeys(sorted(weight, key=lambda key: (-sum(weight[key].values()), key)))
    order: list[AuthorityId] = []
    while left:
        tie = {key: _pull(weight[key], order) for key in left}
        following = max(left, key=lambda key: tie[key])  # the first of equals, which is the stronger
        order.append(following)
        del left[following]
    return order


def _pull(joined: Mapping[AuthorityId, int], order: Sequence[AuthorityId]) -> float:
    """How strongly a name is drawn to the end of those that have a place: what is near counts for more."""
    return sum(joined[other] / (len(order) - number) for number, other in enumerate(order) if other in joined)


class _Drawing:
    """A drawing in the making."""

    def __init__(
        self,
        order: Sequence[AuthorityId],
        edges: Mapping[Pair, int],
        catalogue: Catalogue,
        centre: AuthorityId | None,
        single: Mapping[Pair, Place],
    ) -> None:
        self.order, self.edges, self.named, self.centre, self.single = order, edges, catalogue.named, centre, single
        self.place = {key: number for number, key in enumerate(order)}
        self.most = max(edges.values(), default=1)
        self.taken: list[tuple[float, float, float]] = []
        """Where figures stand, and how wide they are."""

    def arcs(self) -> Arcs:
        ranked = sorted(self.edges, key=lambda two: (self.centre not in two, -self.edges[two], two))
        arcs = [self._arc(two) for two in ranked]  # the strongest has the first choice of a place for its figure
        arcs.reverse()  # and is drawn last, above the others
        return Arcs(tuple(map(self._row, self.order)), tuple(arcs), WIDTH, PITCH * len(self.order))

    def _row(self, key: AuthorityId) -> Row:
        if self.centre and key != self.centre:
            two = pair(key, self.centre)
            return Row(self.named[key], self.edges[two], self._sentences(two))
        return Row(self.named[key], sum(count for two, count in self.edges.items() if key in two), None)

    def _sentences(self, two: Pair) -> Place:
        return self.single.get(two) or (pair_permalink(two), "")

    def _arc(self, two: Pair) -> Arc:
        top, bottom = sorted(map(self.place.__getitem__, two))
        right, upper = WIDTH - EDGE, PITCH * top + PITCH // 2
        height = PITCH * (bottom - top) / 2
        reach = SHORTEST + (LONGEST - SHORTEST) * ((bottom - top - 1) / max(len(self.order) - 2, 1)) ** 0.7
        count = self.edges[two]
        x, y = self._spot(right, upper + height, reach, height, FIGURE * len(f"{count:,}") + LABEL_PADDING)
        return Arc(
            one=self.named[two[0]],
            other=self.named[two[1]],
            count=count,
            place=self._sentences(two),
            path=f"M{right} {upper}A{reach:.0f} {height:.0f} 0 0 0 {right} {upper + 2 * height:.0f}",
            width=round(THINNEST + (THICKEST - THINNEST) * math.sqrt(count / self.most), 1),
            x=round(x, 1),
            y=round(y, 1),
            is_central=self.centre in two,
        )

    def _spot(self, right: float, middle: float, reach: float, height: float, width: float) -> tuple[float, float]:
        """Where the figure of an arc stands: in its middle, or as near to it as no other figure is."""
        angles = map(math.radians, ALONG)
        spots = [(right - reach * math.sin(angle), middle - height * math.cos(angle)) for angle in angles]
        x, y = next((one for one in spots if self._is_free(*one, width)), spots[0])
        self.taken.append((x, y, width))
        return x, y

    def _is_free(self, x: float, y: float, width: float) -> bool:
        return all(abs(y - other[1]) >= LABEL_HEIGHT or abs(x - other[0]) >= (width + other[2]) / 2 for other in self.taken)
