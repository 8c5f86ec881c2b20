from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.kernel.geo.written import are_swapped, degrees, meters
from liandong.kernel.problems import Invalid


@pytest.mark.parametrize(
    "text",
    [
        "105.066944",
        "105°04′01″",
        "105°4'1\"",
        "105 4 1",
        "东经105度4分1秒",
        "E105°04′01″",
        "105°04′01″E",
        "经度：105º4’1”",
        "１０５．０６６９４４",
        "105°4.016667′",
        "105°04'01''",
    ],
)
def test_one_place_is_read_however_it_is_written(text):
    assert round(degrees(text), 6) == Decimal("105.066944")


@pytest.mark.parametrize("text", ["-28.5", "28.5S", "南纬28.5"])
def test_south_and_west_count_backward(text):
    assert degrees(text) == Decimal("-28.5")


@pytest.mark.parametrize(
    "text", ["", "水", "105°61′", "105.5°4′", "105°4.5′1″", "1050668", "105,0668", "nan"]
)
def test_what_is_no_coordinate_is_refused_with_a_remedy(text):
    with pytest.raises(Invalid) as refused:
        degrees(text)

    assert "105.0668" in refused.value.remedy


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59))
def test_minutes_are_sixtieths(whole, minutes, seconds):
    read = degrees(f"{whole}°{minutes:02}′{seconds:02}″")

    assert abs(read * 3600 - (whole * 3600 + minutes * 60 + seconds)) < Decimal("0.000001")


@given(st.floats(73.5, 135.1), st.floats(3.5, 53.6))
def test_a_place_in_china_is_known_from_the_same_place_turned_round(lon, lat):
    lon, lat = Decimal(str(lon)), Decimal(str(lat))

    assert (are_swapped(lat, lon), are_swapped(lon, lat)) == (True, False)


def test_a_plane_coordinate_is_read_in_meters():
    assert meters("506,543.21米") == Decimal("506543.21")
    with pytest.raises(Invalid):
        meters("105.06")
