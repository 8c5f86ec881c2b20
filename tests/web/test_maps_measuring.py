import pytest

from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.shapes import distance_m
from liandong.kernel.problems import Invalid
from liandong.web.maps.measuring import measure


def test_a_line_is_as_long_as_its_parts():
    a, b, c = Point(112.4, 27.7), Point(112.5, 27.7), Point(112.5, 27.8)

    found = measure("112.4,27.7;112.5,27.7;112.5,27.8")

    assert found.length_m == pytest.approx(distance_m(a, b) + distance_m(b, c))
    assert found.points == 3


def test_a_closed_figure_has_an_area_in_hectares_and_mu():
    found = measure("112.4,27.7;112.41,27.7;112.41,27.71;112.4,27.71")

    assert found.hectares == pytest.approx(109.3, abs=0.3)
    assert found.mu == pytest.approx(found.hectares * 15)


def test_one_point_has_no_length():
    assert (measure("112.4,27.7").length_m, measure("112.4,27.7").area_m2) == (0, 0)


@pytest.mark.parametrize("text", ["", ";", "a,b", "112.4", "1,2,3", "500,27", "nan,27"])
def test_what_are_no_places_is_refused(text):
    with pytest.raises(Invalid):
        measure(text)


def test_too_many_points_are_refused():
    with pytest.raises(Invalid):
        measure(";".join("112.4,27.7" for _ in range(201)))
