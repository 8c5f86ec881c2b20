import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString
from shapely.geometry import Point as Spot

from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.regions import circle, corridor, polygon
from liandong.kernel.geo.shapes import distance_m
from liandong.kernel.problems import Invalid

MIDDLE = Point(105.0, 28.5)


@given(st.floats(-0.06, 0.06), st.floats(-0.06, 0.06), st.floats(300, 8000))
def test_a_circle_holds_what_is_nearer_than_its_radius(east, north, radius):
    there = Point(MIDDLE.lon + east, MIDDLE.lat + north)
    far = distance_m(MIDDLE, there)

    if abs(far - radius) > radius / 1000:
        assert circle(MIDDLE, radius).covers(Spot(*there)) == (far < radius)


def test_a_polygon_wants_three_points_and_an_edge_that_does_not_cross_itself():
    corners = [Point(105, 28), Point(105.1, 28), Point(105.1, 28.1), Point(105, 28.1)]

    assert polygon(corners).area == pytest.approx(0.01)
    with pytest.raises(Invalid, match="围不成"):
        polygon(corners[:2])
    with pytest.raises(Invalid):
        polygon([corners[0], corners[2], corners[1], corners[3]])


def test_a_corridor_is_as_wide_on_both_sides():
    line = LineString([(105, 28.5), (105.1, 28.5)])

    wide = corridor(line, 500)

    assert wide.covers(Spot(105.05, 28.5044))  # 488 m north
    assert not wide.covers(Spot(105.05, 28.5047))  # 521 m north
    assert not wide.interiors
