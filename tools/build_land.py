"""Natural Earth → bindery/publish/land.json: the outline of the land, without borders, for the maps.

Not part of the program: run by hand when the outline is to be renewed, in an environment of its own,

    pip download --no-deps geopandas==0.14.4
    python tools/build_land.py geopandas-0.14.4-py3-none-any.whl

The package carries "Admin 0 - Countries" of Natural Earth at 1:110 million, which is in the public domain
(naturalearthdata.com). What two countries share is left out: the maps show where land is, and say nothing about whose it is.
"""

from __future__ import annotations

import json
import struct
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

OUTPUT = Path(__file__).resolve().parent.parent / "bindery/publish/land.json"
SHAPES = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp"
HEADER, RECORD_HEADER = 100, 8
"""Bytes, by ESRI's description of shape files (1998)."""
TENTHS = 10

Point = tuple[int, int]
"""Longitude and latitude in tenths of a degree."""


def rings(shapes: bytes) -> Iterator[list[Point]]:
    """Every ring of every polygon, its first point not repeated at its end."""
    position = HEADER
    while position < len(shapes):
        _, words = struct.unpack_from(">2i", shapes, position)
        position += RECORD_HEADER
        part_count, point_count = struct.unpack_from("<2i", shapes, position + 36)
        starts = struct.unpack_from(f"<{part_count}i", shapes, position + 44)
        first = position + 44 + 4 * part_count
        points = [_point(*struct.unpack_from("<2d", shapes, first + 16 * number)) for number in range(point_count)]
        for start, end in zip(starts, (*starts[1:], point_count), strict=True):
            yield [point for point, following in zip(points[start:end], points[start + 1 : end], strict=False) if point != following]
        position += 2 * words


def _point(longitude: float, latitude: float) -> Point:
    return round(longitude * TENTHS), round(latitude * TENTHS)


def coasts(found: Iterable[list[Point]]) -> list[list[Point]]:
    """The rings that are left when every stretch is dropped that two polygons have in common, which run it in opposite ways."""
    stretches = {(one, other) for ring in found for one, other in zip(ring, (*ring[1:], *ring[:1]), strict=True)}
    following: dict[Point, list[Point]] = {}
    for one, other in sorted(stretches):
        if (other, one) not in stretches:
            following.setdefault(one, []).append(other)
    closed = []
    while following:
        ring = [min(following)]
        while ring[-1] in following:
            onward = following[ring[-1]]
            ring.append(onward.pop())
            if not onward:
                del following[ring[-2]]
        if len(ring) > 3:
            closed.append(ring[:-1] if ring[0] == ring[-1] else ring)
    return closed


if __name__ == "__main__":
    with zipfile.ZipFile(sys.argv[1]) as package:
        land = coasts(rings(package.read(SHAPES)))
    OUTPUT.write_text(json.dumps(land, separators=(",", ":")) + "\n", encoding="utf-8")
