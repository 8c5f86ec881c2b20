import pytest
from shapely.geometry import LineString, MultiLineString

from liandong.kernel.basemaps.reading import Drawn
from liandong.kernel.basemaps.rivers import downstream
from liandong.kernel.geo.coordinates import Point
from liandong.kernel.problems import Invalid


def river(name, *points):
    return Drawn("river", {"name": name}, LineString(points))


UPPER = river("清溪河", (105.0, 28.5), (105.05, 28.5))
LOWER = river("清溪河", (105.05, 28.5), (105.1, 28.5))
MAIN = river("大江", (105.1, 28.6), (105.1001, 28.5), (105.1, 28.3))
ELSEWHERE = river("西河", (104.0, 28.5), (104.1, 28.5))
ALL = [MAIN, ELSEWHERE, LOWER, UPPER]
KM_A_DEGREE = 97.9  # of longitude, at 28.5° north


def test_the_water_goes_down_as_the_line_is_drawn_from_where_it_is():
    course = downstream(ALL, Point(105.02, 28.501), 2000)

    first, last = course.line.coords[0], course.line.coords[-1]
    assert first == pytest.approx((105.02, 28.5), abs=1e-4)
    assert last == pytest.approx((105.02 + 2 / KM_A_DEGREE, 28.5), abs=1e-4)
    assert course.length_m == pytest.approx(2000, abs=3)


def test_it_goes_on_in_the_next_piece_and_into_the_river_it_flows_into():
    course = downstream(ALL, Point(105.04, 28.5), 10_000)

    assert course.names == ("清溪河", "大江")
    assert course.line.coords[-1][1] < 28.47
    assert course.length_m == pytest.approx(10_000, abs=30)


def test_it_ends_where_the_map_ends_and_says_how_far_that_was():
    assert downstream([UPPER], Point(105.0, 28.5), 50_000).length_m == pytest.approx(
        4897, abs=10
    )


def test_pieces_of_one_river_are_one_line():
    pieces = MultiLineString([UPPER.shape, LOWER.shape])

    course = downstream([Drawn("river", {"name": "清溪河"}, pieces)], Point(105.0, 28.5), 8000)

    assert course.length_m == pytest.approx(8000, abs=10)


def test_a_place_far_from_every_river_is_refused():
    with pytest.raises(Invalid, match="没有河流"):
        downstream(ALL, Point(105.02, 28.6), 2000)
    with pytest.raises(Invalid, match="没有河流"):
        downstream([], Point(105.02, 28.6), 2000)


def test_a_mouth_has_nothing_below_it():
    with pytest.raises(Invalid, match="末端"):
        downstream([UPPER], Point(105.05, 28.5), 2000)


def test_rivers_drawn_in_a_ring_end():
    ring = [
        river("甲", (105.0, 28.5), (105.01, 28.5)),
        river("乙", (105.01, 28.5), (105.0, 28.5)),
    ]

    assert downstream(ring, Point(105.0, 28.5), 90_000).length_m < 3000
