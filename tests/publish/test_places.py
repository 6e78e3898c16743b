"""Maps: the land, the places on it, and what joins them."""

from __future__ import annotations

import re
from datetime import date as Date
from pathlib import Path

import pytest

from bindery.model import Authority, Library
from bindery.publish import coordinates, land
from bindery.publish.coordinates import Coordinates
from bindery.publish.views import places
from bindery.publish.views.catalogue import Catalogue
from bindery.publish.views.places import Box, Map, Mark
from tests.publish.archive import briefing, catalogue_of, site

CITIES = {
    "chongqing": (29.56, 106.55),
    "chengdu": (30.66, 104.07),
    "tokyo": (35.69, 139.69),
    "yokohama": (35.44, 139.64),
    "kawasaki": (35.52, 139.72),
    "budapest": (47.5, 19.04),
}
SENTENCES = (
    ("chongqing", "chengdu"),
    ("chongqing", "chengdu"),
    ("chongqing", "tokyo"),
    ("tokyo", "yokohama"),
    ("kawasaki",),
    ("budapest",),
)


def record(name: str, latitude: object = None, longitude: object = None) -> Authority:
    facts = {} if latitude is None else {"latitude": str(latitude), "longitude": str(longitude)}
    return Authority("city", name, name.capitalize(), id=f"cities/{name}", facts=facts)


def catalogue(root: Path, where: dict[str, tuple[float, float]] | None = None) -> Catalogue:
    records = {one.id: one for one in [*(record(name, *place) for name, place in (where or CITIES).items()), record("nowhere")]}
    bodies = [" and ".join(f"[{name}](../cities/{name}.md)" for name in names) + " met." for names in (*SENTENCES, ("nowhere",))]
    briefings = tuple(briefing(f"b{number}", "Talk", Date(2020, 1, 1), body) for number, body in enumerate(bodies))
    return catalogue_of(Library(briefings, records, {}, {}), site(root))


@pytest.fixture
def drawn(tmp_path: Path) -> Map:
    found = places.view(catalogue(tmp_path)).map
    assert found
    return found


def test_a_place_is_as_large_as_it_has_briefings(drawn: Map) -> None:
    assert [(mark.named.name, mark.count) for mark in drawn.marks[:3]] == [("Chongqing", 3), ("Chengdu", 2), ("Tokyo", 2)]
    assert drawn.marks[0].radius == places.LARGEST
    assert drawn.marks[0].radius > drawn.marks[1].radius > drawn.marks[-1].radius > places.SMALLEST


def test_a_place_stands_where_it_is(drawn: Map) -> None:
    at = {mark.named.name: (float(mark.x[:-1]), float(mark.y[:-1])) for mark in drawn.marks}

    assert at["Budapest"][0] < at["Chengdu"][0] < at["Chongqing"][0] < at["Tokyo"][0]
    assert at["Budapest"][1] < at["Tokyo"][1] < at["Chengdu"][1] < at["Chongqing"][1]
    assert all(5 < x < 95 and 0 < y < 100 for x, y in at.values())


def test_a_route_is_a_pair_of_places_and_leads_to_its_sentences(drawn: Map, tmp_path: Path) -> None:
    ties = places.view(catalogue(tmp_path)).ties
    assert [(tie.one.name, tie.other.name, tie.count) for tie in ties] == [
        ("Chengdu", "Chongqing", 2),
        ("Chongqing", "Tokyo", 1),
        ("Tokyo", "Yokohama", 1),
    ]
    assert {route.tie.permalink for route in drawn.routes} == {
        "together/cities/chengdu/cities/chongqing.html",
        "together/cities/chongqing/cities/tokyo.html",
        "together/cities/tokyo/cities/yokohama.html",
    }


def test_what_says_no_place_is_counted_and_not_drawn(tmp_path: Path) -> None:
    view = places.view(catalogue(tmp_path))
    assert (view.total, view.unplaced) == (len(CITIES), 1)
    assert view.map
    assert "Nowhere" not in {mark.named.name for mark in view.map.marks}


@pytest.mark.parametrize("width", [places.NARROW, places.BROAD])
def test_no_name_lies_on_another(drawn: Map, width: int) -> None:
    shown = [mark for mark in drawn.marks if mark.label and not (width == places.NARROW and mark.label.needs_room)]
    boxes = [box(mark, width) for mark in shown]
    assert len(boxes) >= 4
    assert not [(one, other) for one in boxes for other in boxes if one is not other and one.meets(other)]


def box(mark: Mark, width: int) -> Box:
    assert mark.label
    long = len(mark.named.name) * places.LETTER
    x, y = (float(one[:-1]) / 100 * size for one, size in ((mark.x, width), (mark.y, width / land.FORM)))
    left = x + mark.label.dx - {"start": 0.0, "middle": long / 2, "end": long}[mark.label.anchor]
    middle = y + mark.label.dy
    return Box(left + 0.5, middle - 7, left + long - 0.5, middle + 7)


def test_a_map_goes_the_short_way_round_the_globe() -> None:
    shown = land.part([Coordinates(35.7, 139.7), Coordinates(37.8, -122.4), Coordinates(21.3, -157.9)])
    left, middle, right = (shown.place(Coordinates(30, longitude))[0] for longitude in (139.7, -157.9, -122.4))

    assert shown.width < 160
    assert 0 < left < middle < right < 1
    assert land.path(shown)


@pytest.mark.parametrize("place", [(89.9, 0), (-90, 180), (0, -180), (-33.9, 151.2)])
def test_every_place_of_the_globe_is_on_its_map(place: tuple[float, float]) -> None:
    shown = land.part([Coordinates(*place)])
    assert shown.place(Coordinates(*place)) == pytest.approx((0.5, 0.5))
    assert re.fullmatch(r"(M[-\d ]+l[-\d ]+z)*", land.path(shown))


def test_land_is_where_land_is() -> None:
    """Chongqing is far from any coast: the whole frame is land. In the middle of the Pacific there is none."""
    inland = land.path(land.around(Coordinates(36.0, 95.0), 12.0, 0.1))
    assert inland.count("M") == 1
    assert {*corners(inland)} == {(-16, -12), (816, -12), (816, 612), (-16, 612)}
    assert land.path(land.around(Coordinates(-30.0, -120.0), 12.0, 0.1)) == ""


def corners(path: str) -> list[tuple[int, int]]:
    """The points of a path of one ring."""
    start, steps = path[1:-1].split("l")
    numbers = list(map(int, re.findall(r"-?\d+", steps)))
    points = [tuple(map(int, re.findall(r"-?\d+", start)))]
    for x, y in zip(numbers[::2], numbers[1::2], strict=True):
        points.append((points[-1][0] + x, points[-1][1] + y))
    return [(x, y) for x, y in points]


@pytest.mark.parametrize("written", [("nan", "1"), ("1", "inf"), ("91", "0"), ("0", "-181"), ("north", "0"), ("", "0")])
def test_what_is_no_place_on_the_globe_is_none(written: tuple[str, str]) -> None:
    assert coordinates.of(record("odd", *written)) is None


def test_places_near_each_other_share_the_outline_of_their_small_maps() -> None:
    one, other = (places.locator(record(name, *CITIES[name])) for name in ("tokyo", "yokohama"))
    assert one
    assert other
    assert one.land == other.land
    assert (one.x, one.y) != (other.x, other.y)
    assert places.locator(record("nowhere")) is None
