from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.kernel.geo.coordinates import (
    Point,
    bd09_from_gcj02,
    bd09_from_wgs84,
    gcj02_from_bd09,
    gcj02_from_wgs84,
    point,
    wgs84_from_bd09,
    wgs84_from_gcj02,
)
from liandong.kernel.geo.shapes import distance_m
from liandong.kernel.problems import Invalid

# The public test vectors of the algorithm: Shanghai, Shenzhen, Beijing.
KNOWN = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]
lons = st.floats(73.5, 135.1)
lats = st.floats(18.1, 53.6)


@pytest.mark.parametrize(("true", "drawn"), KNOWN)
def test_gcj02_from_wgs84_meets_the_known_offsets(true, drawn):
    assert gcj02_from_wgs84(*true) == pytest.approx(drawn, abs=1e-9)


def test_bd09_from_gcj02_meets_a_known_offset():
    shifted = bd09_from_gcj02(116.404, 39.915)

    assert shifted == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)


@given(lons, lats)
def test_gcj02_goes_and_comes_back_within_a_millimeter(lon, lat):
    back = wgs84_from_gcj02(*gcj02_from_wgs84(lon, lat))

    assert distance_m(Point(lon, lat), back) < 0.001


@given(lons, lats)
def test_bd09_goes_and_comes_back_within_a_millimeter(lon, lat):
    back = wgs84_from_bd09(*bd09_from_wgs84(lon, lat))

    assert distance_m(Point(lon, lat), back) < 0.001


@given(lons, lats)
def test_bd09_and_gcj02_undo_each_other(lon, lat):
    assert distance_m(gcj02_from_bd09(*bd09_from_gcj02(lon, lat)), Point(lon, lat)) < 0.001


@given(lons, lats)
def test_the_shift_is_some_hundred_meters_everywhere_in_china(lon, lat):
    assert 10 < distance_m(Point(lon, lat), gcj02_from_wgs84(lon, lat)) < 1000


def test_nothing_is_shifted_abroad():
    assert gcj02_from_wgs84(2.3522, 48.8566) == (2.3522, 48.8566)


@pytest.mark.parametrize(("lon", "lat"), [(180.1, 0), (-181, 0), (nan, 0), (float("inf"), 1)])
def test_point_refuses_an_impossible_longitude(lon, lat):
    with pytest.raises(Invalid) as refused:
        point(lon, lat, place="第 3 行")

    assert (refused.value.place, list(refused.value.fields)) == ("第 3 行", ["lon"])


@pytest.mark.parametrize("lat", [90.1, -91, nan])
def test_point_refuses_an_impossible_latitude_and_says_what_to_do(lat):
    with pytest.raises(Invalid) as refused:
        point(120, lat)

    assert list(refused.value.fields) == ["lat"]
    assert refused.value.remedy == "请检查经纬度是否填反，并以度为单位填写。"
