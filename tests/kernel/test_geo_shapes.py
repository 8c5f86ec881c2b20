import pytest

from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.shapes import (
    area_m2,
    box_around,
    distance_m,
    distance_to_m,
    is_within,
    shape_of,
)
from liandong.kernel.problems import Invalid

SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[122.4, 39.7], [122.6, 39.7], [122.6, 39.9], [122.4, 39.9], [122.4, 39.7]]
    ],
}
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


def test_shanghai_to_beijing_is_as_far_as_it_is():
    meters = distance_m(Point(121.4737, 31.2304), Point(116.4074, 39.9042))

    assert meters == pytest.approx(1_066_000, rel=0.005)


def test_a_degree_of_the_equator():
    assert distance_m(Point(0, 0), Point(1, 0)) == pytest.approx(111_319.49, abs=0.01)


@pytest.mark.parametrize(
    ("lon", "lat", "inside"), [(122.5, 39.8, True), (122.4, 39.8, True), (122.39, 39.8, False)]
)
def test_is_within_counts_the_border_in(lon, lat, inside):
    assert is_within(lon, lat, shape_of(SQUARE)) is inside


def test_a_box_holds_what_is_near_and_touches_the_circle():
    here = Point(112.418, 27.7312)

    west, south, east, north = box_around(here, 5000)

    assert west < here.lon < east
    for side in (
        Point(west, here.lat), Point(east, here.lat), Point(here.lon, south), Point(here.lon, north)
    ):  # fmt: skip
        assert distance_m(here, side) == pytest.approx(5000, abs=2)


def test_distance_to_a_shape_is_zero_inside_and_geodesic_outside():
    square = shape_of(SQUARE)
    beside = distance_m(Point(122.3, 39.8), Point(122.4, 39.8))

    assert distance_to_m(122.5, 39.8, square) == 0
    assert distance_to_m(122.3, 39.8, square) == pytest.approx(beside, rel=0.001)


def test_area_is_that_of_the_ground():
    assert area_m2(shape_of(SQUARE)) == pytest.approx(17.13e3 * 22.21e3, rel=0.01)


def test_shape_of_reads_text_too():
    assert shape_of('{"type": "Point", "coordinates": [122.5, 39.8]}').geom_type == "Point"


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "Blob"},
        {"type": "Polygon"},
        {},
        "not json",
        BOW_TIE,
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
    ],
)
def test_shape_of_refuses_what_is_no_shape(broken):
    with pytest.raises(Invalid) as refused:
        shape_of(broken)

    assert (refused.value.place, bool(refused.value.remedy)) == ("图形", True)


def test_shape_of_refuses_corners_off_the_earth():
    with pytest.raises(Invalid) as refused:
        shape_of({"type": "Point", "coordinates": [200, 39.8]})

    assert refused.value.place == "图形的顶点"
