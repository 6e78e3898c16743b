"""A part of the globe → the outline of the land in it, as a path to draw.

The outline is Natural Earth's at 1:110 million (public domain), made by tools/build_land.py. Places are drawn as they stand on a
plain chart, with degrees of longitude as wide as they are in the middle of the part.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from bindery.publish.coordinates import Coordinates

OUTLINE = Path(__file__).with_name("land.json")
WIDTH, HEIGHT = 800, 600
"""Units of a path; every map has this form."""
FORM = WIDTH / HEIGHT
FINEST = 3
"""Units between two points of a path, at least."""
BEYOND = 0.02
"""Share of a map's size by which land is cut beyond its frame, so that the cut is not seen."""
AROUND = 0.14
"""The same that is left free around the outermost places."""
SMALLEST = 12.0
"""Degrees of latitude that a map shows at least: the outline is too coarse for fewer."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the globe, in degrees."""

    west: float
    north: float
    width: float
    height: float

    def place(self, where: Coordinates) -> Point:
        """From the left and from the top, as shares of the map's size."""
        return ((where.longitude - self.west) % 360 / self.width, (self.north - where.latitude) / self.height)


def part(places: Sequence[Coordinates]) -> Part:
    """The smallest that shows all of these, one at least."""
    west, east = _span([place.longitude for place in places])
    latitudes = [place.latitude for place in places]
    middle = (max(latitudes) + min(latitudes)) / 2
    return _part(west + (east - west) / 2, middle, (max(latitudes) - min(latitudes)) * (1 + 2 * AROUND), (east - west) * (1 + 2 * AROUND))


def around(place: Coordinates, height: float, step: float) -> Part:
    """Around a place, its middle put on a grid: places near each other share a map."""
    return _part(round(place.longitude / step) * step, round(place.latitude / step) * step, height, 0)


def _part(longitude: float, latitude: float, height: float, width: float) -> Part:
    """With this middle, at least so high and so wide."""
    stretch = max(math.cos(math.radians(latitude)), 0.2)
    height = max(height, SMALLEST, width * stretch / FORM)
    width = height * FORM / stretch
    return Part(longitude - width / 2, latitude + height / 2, width, height)


def _span(longitudes: Iterable[float]) -> tuple[float, float]:
    """From west to east, the short way round the globe."""
    found = sorted({longitude % 360 for longitude in longitudes})
    gaps = [(following - one, number) for number, (one, following) in enumerate(zip(found, [*found[1:], found[0] + 360], strict=True))]
    _, last = max(gaps)
    west = found[(last + 1) % len(found)]
    return west, west + (found[last] - west) % 360


@lru_cache(maxsize=512)
def path(shown: Part) -> str:
    """The land in a part of the globe, in units of WIDTH and HEIGHT."""
    return "".join(
        _drawn([((x - shown.west) * WIDTH / shown.width, (shown.north - y) * HEIGHT / shown.height) for x, y in cut])
        for ring, (west, south, east, north) in _rings()
        for turn in (-360, 0, 360, 720)
        if west + turn < shown.west + shown.width * (1 + BEYOND)
        and east + turn > shown.west - shown.width * BEYOND
        and north > shown.north - shown.height * (1 + BEYOND)
        and south < shown.north + shown.height * BEYOND
        and len(cut := _cut([(x + turn, y) for x, y in ring], shown)) > 2
    )


@lru_cache(maxsize=1)
def _rings() -> list[tuple[list[Point], tuple[float, float, float, float]]]:
    """Each with its westernmost, southernmost, easternmost and northernmost."""
    rings = [[(x / 10, y / 10) for x, y in ring] for ring in json.loads(OUTLINE.read_text(encoding="utf-8"))]
    return [(ring, (min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring))) for ring in rings]


def _cut(ring: list[Point], shown: Part) -> list[Point]:
    """What of a ring is in the frame, or a little beyond it (Sutherland and Hodgman's way)."""
    beyond_x, beyond_y = shown.width * BEYOND, shown.height * BEYOND
    ring = _beside(ring, 0, shown.west - beyond_x, 1)
    ring = _beside(ring, 0, shown.west + shown.width + beyond_x, -1)
    ring = _beside(ring, 1, shown.north - shown.height - beyond_y, 1)
    return _beside(ring, 1, shown.north + beyond_y, -1)


def _beside(ring: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """What of a ring is on one side of a line: above the limit for sign 1, below it for -1."""
    kept: list[Point] = []
    if not ring:
        return kept
    before = ring[-1]
    was_in = (before[axis] - limit) * sign >= 0
    for point in ring:
        is_in = (point[axis] - limit) * sign >= 0
        if is_in != was_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if is_in:
            kept.append(point)
        before, was_in = point, is_in
    return kept


def _drawn(ring: list[Point]) -> str:
    """A ring as steps from point to point; one that comes to a few units is left out."""
    points = [(round(x), round(y)) for x, y in ring[:1]]
    for x, y in ring[1:]:
        if abs(x - points[-1][0]) + abs(y - points[-1][1]) >= FINEST:
            points.append((round(x), round(y)))
    if len(points) < 3:
        return ""
    steps = (f"{x - before[0]} {y - before[1]}" for before, (x, y) in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")
