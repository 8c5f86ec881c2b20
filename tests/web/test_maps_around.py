from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point as Spot
from shapely import box

from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.shapes import distance_m
from liandong.kernel.problems import Invalid
from liandong.web.maps.around import around, direction_of
from liandong.web.maps.features import Feature, Sign
from liandong.web.maps.registry import Layer

HERE = Point(112.4, 27.7)


def a_layer(*features):
    made = Layer(
        key="x",
        title="站",
        group="试",
        sign=Sign.STATION,
        order=1,
        permission="",
        live=(),
        shown=True,
        features=lambda request, asked: [],
    )
    return [(made, list(features))]


def at(lon, lat, label="甲"):
    return Feature(key=label, shape=Spot(lon, lat), label=label)


@pytest.mark.django_db
def test_what_lies_within_comes_from_near_to_far():
    found = around(
        HERE, 3000, a_layer(at(112.42, 27.7, "远"), at(112.4, 27.71, "近"), at(113, 27.7, "外"))
    )

    assert [(one.feature.label, one.direction) for one in found.rows] == [
        ("近", "北"),
        ("远", "东"),
    ]


@pytest.mark.django_db
@given(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_distances_are_those_on_the_ellipsoid(east, north):
    lon, lat = HERE.lon + east, HERE.lat + north

    (row,) = around(HERE, 50_000, a_layer(at(lon, lat))).rows

    assert row.distance_m == pytest.approx(distance_m(HERE, Point(lon, lat)), abs=0.01)


@pytest.mark.django_db
def test_an_area_counts_from_its_edge_and_is_around_whoever_stands_in_it():
    inside = Feature(key="a", shape=box(112.3, 27.6, 112.5, 27.8), label="内")
    beside = Feature(key="b", shape=box(112.41, 27.6, 112.5, 27.8), label="旁")
    unknown = Feature(key="c", shape=None, label="不知")

    found = around(HERE, 3000, a_layer(inside, beside, unknown))

    assert [(one.feature.label, one.direction) for one in found.rows] == [
        ("内", "在范围内"),
        ("旁", "东"),
    ]
    assert found.rows[1].distance_m == pytest.approx(
        distance_m(HERE, Point(112.41, 27.7)), rel=1e-3
    )


@pytest.mark.django_db
@pytest.mark.parametrize("radius", [0, -1, 99, 50_001, inf, nan])
def test_radii_nobody_could_mean_are_refused(radius):
    with pytest.raises(Invalid):
        around(HERE, radius, [])


@pytest.mark.parametrize(
    ("east", "north", "said"),
    [(0, 1, "北"), (1, 1, "东北"), (1, 0, "东"), (1, -1, "东南"), (0, -1, "南"), (-1, 0, "西")],
)
def test_directions_are_eighths_of_the_compass(east, north, said):
    assert direction_of(east, north) == said
