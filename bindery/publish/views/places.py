"""Places that briefings name, on a map: their marks, their names, and what joins them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec

from bindery.model import Authority, AuthorityId
from bindery.publish import coordinates, land
from bindery.publish.coordinates import Coordinates
from bindery.publish.land import FORM, HEIGHT, WIDTH
from bindery.publish.permalinks import Pair, pair_permalink
from bindery.publish.scripts import WIDE, script
from bindery.publish.views.catalogue import Catalogue, Named
from bindery.publish.views.indexes import Row
from bindery.publish.views.network import Tie

MOST = 50
"""Places on a map, those in most briefings."""
SMALLEST, LARGEST = 4, 12
"""Radius of a mark, in pixels."""
NARROW, BROAD = 280, 540
"""Pixels that a map is wide on a phone, and elsewhere at least: names have to find room on both."""
LINE, LETTER, WIDE_LETTER, GAP = 16, 7.2, 13.5, 4
"""Pixels of a name: its height, the width of its letters, its distance from the mark."""
BEND = 0.16
"""How far a route bends, as a share of its length."""
BESIDE = 40
"""Units that a figure stands above or below a route that is too short for it."""
LOCATOR, STEP = 18.0, 6.0
"""Degrees of latitude that the small map on a place's page shows, and the grid it is moved on."""


class Box(msgspec.Struct, frozen=True):
    """In pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


class Label(msgspec.Struct, frozen=True):
    """Where a place's name stands, from the middle of its mark."""

    dx: int
    dy: int
    anchor: str
    """"start", "middle" or "end"."""
    needs_room: bool
    """On a phone it is left out."""


class Mark(msgspec.Struct, frozen=True):
    named: Named
    count: int
    """Briefings that name it."""
    x: str
    """"41.7%"."""
    y: str
    radius: float
    label: Label | None
    """None where its name would lie on another; the table has all."""


class Route(msgspec.Struct, frozen=True):
    tie: Tie
    path: str
    """In units of the land's path."""
    width: float
    x: str
    """Of its figure."""
    y: str


class Map(msgspec.Struct, frozen=True):
    land: str
    marks: tuple[Mark, ...]
    """Large ones first, so that small ones lie above them."""
    routes: tuple[Route, ...]


class MapView(msgspec.Struct, frozen=True):
    map: Map | None
    """None where no record that a briefing names says where it is."""
    total: int
    """Places there are; more than are drawn where there are many."""
    unplaced: int
    """Named records whose place is not known."""

    @property
    def ties(self) -> list[Tie]:
        """Of the routes, most sentences first."""
        return [route.tie for route in reversed(self.map.routes)] if self.map else []

    @property
    def rows(self) -> list[Row]:
        return [Row(mark.named, mark.count) for mark in self.map.marks] if self.map else []


class Locator(msgspec.Struct, frozen=True):
    """A small map on the page of a place."""

    land: str
    x: str
    y: str


def locator(record: Authority) -> Locator | None:
    where = coordinates.of(record)
    if where is None:
        return None
    shown = land.around(where, LOCATOR, STEP)
    x, y = shown.place(where)
    return Locator(land.path(shown), _percent(x), _percent(y))


def placed(catalogue: Catalogue) -> dict[AuthorityId, Coordinates]:
    """Records that a briefing names and whose place is known, those in most briefings first."""
    known = ((key, coordinates.of(record)) for key, record in catalogue.authorities.items() if key in catalogue.briefings)
    found = {key: where for key, where in known if where}
    return {key: found[key] for key in sorted(found, key=lambda key: (-len(catalogue.briefings[key]), key))}


def view(catalogue: Catalogue) -> MapView:
    places = placed(catalogue)
    shown = dict(islice(places.items(), MOST))
    drawn = _Chart(shown, catalogue).map() if shown else None
    return MapView(drawn, len(places), unplaced(catalogue))


def unplaced(catalogue: Catalogue) -> int:
    """Records that a briefing names, of a kind that has places, and whose place is not known."""
    kinds = {kind.name for kind in catalogue.site.kinds if {"latitude", "longitude"} <= {*kind.facts}}
    named = (catalogue.authorities[key] for key in catalogue.briefings if key in catalogue.authorities)
    return sum(record.kind in kinds and coordinates.of(record) is None for record in named)


class _Chart:
    """A map in the making."""

    def __init__(self, places: Mapping[AuthorityId, Coordinates], catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.part = land.part(list(places.values()))
        self.points = {key: self.part.place(where) for key, where in places.items()}
        self.counts = {key: len(catalogue.briefings[key]) for key in places}
        self.most = max(self.counts.values())
        self.narrow, self.broad = ([self._disc(key, width) for key in places] for width in (NARROW, BROAD))
        """What is taken on a map of either width."""

    def map(self) -> Map:
        marks = tuple(map(self._mark, self.points))
        ties = [two for two in self.catalogue.together.routes if two[0] in self.points and two[1] in self.points]
        most = max((self.catalogue.together.count(*two) for two in ties), default=1)
        routes = [self._route(two, most) for two in ties]
        return Map(land.path(self.part), marks, tuple(reversed(routes)))

    def _radius(self, key: AuthorityId) -> float:
        return round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(self.counts[key] / self.most), 1)

    def _disc(self, key: AuthorityId, width: int) -> Box:
        (x, y), radius = self.points[key], self._radius(key)
        return Box(x * width - radius, y * width / FORM - radius, x * width + radius, y * width / FORM + radius)

    def _mark(self, key: AuthorityId) -> Mark:
        x, y = self.points[key]
        return Mark(self.catalogue.named[key], self.counts[key], _percent(x), _percent(y), self._radius(key), self._label(key))

    def _label(self, key: AuthorityId) -> Label | None:
        """Right, left, above or below its mark, where no other name or mark is and the map does not end."""
        radius = round(self._radius(key)) + GAP
        width = _width(self.catalogue.named[key].name)
        choices = [
            (radius, 0, "start", Box(radius, -LINE / 2, radius + width, LINE / 2)),
            (-radius, 0, "end", Box(-radius - width, -LINE / 2, -radius, LINE / 2)),
            (0, -radius - LINE // 2, "middle", Box(-width / 2, -radius - LINE, width / 2, -radius)),
            (0, radius + LINE // 2, "middle", Box(-width / 2, radius, width / 2, radius + LINE)),
        ]
        on_both = [choice for choice in choices if self._is_free(key, choice[3], NARROW) and self._is_free(key, choice[3], BROAD)]
        fitting = on_both or [choice for choice in choices if self._is_free(key, choice[3], BROAD)]
        if not fitting:
            return None
        dx, dy, anchor, box = fitting[0]
        self.broad.append(self._moved(key, box, BROAD))
        if on_both:
            self.narrow.append(self._moved(key, box, NARROW))
        return Label(dx, dy, anchor, not on_both)

    def _moved(self, key: AuthorityId, box: Box, width: int) -> Box:
        x, y = self.points[key][0] * width, self.points[key][1] * width / FORM
        return Box(x + box.left, y + box.top, x + box.right, y + box.bottom)

    def _is_free(self, key: AuthorityId, box: Box, width: int) -> bool:
        here, taken = self._moved(key, box, width), self.narrow if width == NARROW else self.broad
        is_inside = here.left >= 0 and here.top >= 0 and here.right <= width and here.bottom <= width / FORM
        return is_inside and not any(here.meets(other) for other in taken)

    def _route(self, two: Pair, most: int) -> Route:
        (x, y), (x2, y2) = sorted(self.points[key] for key in two)  # from west to east, so that all bend the same way
        left, top, right, bottom = x * WIDTH, y * HEIGHT, x2 * WIDTH, y2 * HEIGHT
        bent = ((left + right) / 2 + (bottom - top) * BEND * 2, (top + bottom) / 2 - (right - left) * BEND * 2)
        count = self.catalogue.together.count(*two)
        named = self.catalogue.named
        u, v = self._figure((left, top), bent, (right, bottom), len(f"{count:,}"))
        return Route(
            tie=Tie(named[two[0]], named[two[1]], count, pair_permalink(two)),
            path=f"M{left:.0f} {top:.0f}Q{bent[0]:.0f} {bent[1]:.0f} {right:.0f} {bottom:.0f}",
            width=round(1 + 3 * math.sqrt(count / most), 1),
            x=_percent(u / WIDTH),
            y=_percent(v / HEIGHT),
        )

    def _figure(self, start: tuple[float, float], bent: tuple[float, float], end: tuple[float, float], digits: int) -> tuple[float, float]:
        """Where on a route, or beside a short one, its figure lies on nothing else; its middle where there is no such place."""
        spots = list(_along(start, bent, end))
        (x, y), *_ = spots
        if math.dist(start, end) < 2 * BESIDE:
            spots += [(x, y - BESIDE), (x, y + BESIDE)]
        half = WIDE_LETTER * digits / 2
        for x, y in spots:
            middle, line = x * BROAD / WIDTH, y * BROAD / WIDTH
            box = Box(middle - half, line - LINE / 2, middle + half, line + LINE / 2)
            if not any(box.meets(other) for other in self.broad):
                self.broad.append(box)
                return x, y
        return spots[0]


def _along(start: tuple[float, float], bent: tuple[float, float], end: tuple[float, float]) -> Iterator[tuple[float, float]]:
    for share in (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86):
        first, second, third = (1 - share) ** 2, 2 * share * (1 - share), share**2
        yield (
            first * start[0] + second * bent[0] + third * end[0],
            first * start[1] + second * bent[1] + third * end[1],
        )


def _width(name: str) -> float:
    return sum(WIDE_LETTER if script(letter) in WIDE else LETTER for letter in name)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
