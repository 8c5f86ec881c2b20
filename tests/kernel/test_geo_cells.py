import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.kernel.geo.cells import (
    around,
    cell_at,
    cells_covering,
    center_of,
    outline_of,
    range_within,
)
from liandong.kernel.geo.shapes import distance_m
from liandong.kernel.problems import Invalid

SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[122.4, 39.7], [122.6, 39.7], [122.6, 39.9], [122.4, 39.9], [122.4, 39.7]]
    ],
}


@given(st.floats(-180, 180), st.floats(-89, 89))
def test_a_cell_fits_bigint_and_lies_where_it_was_asked(lon, lat):
    cell = cell_at(lon, lat)

    assert 0 < cell < 2**63
    assert distance_m(center_of(cell), (lon, lat)) < 400


def test_a_cell_is_a_hexagon_and_has_six_neighbors():
    cell = cell_at(122.5, 39.8)

    assert len(outline_of(cell)) == 6
    assert len(around(cell, rings=1)) == 7


def test_finer_cells_of_one_cell_are_one_range():
    coarse, fine = cell_at(122.5, 39.8, resolution=6), cell_at(122.5, 39.8, resolution=9)
    elsewhere = cell_at(123.5, 39.8, resolution=9)

    first, last = range_within(coarse)

    assert first <= fine <= last
    assert not first <= elsewhere <= last


def test_cells_covering_a_polygon_holds_the_cell_of_a_place_in_it():
    cells = cells_covering(SQUARE, resolution=7)

    assert cell_at(122.5, 39.8, resolution=7) in cells
    assert cell_at(123.5, 39.8, resolution=7) not in cells


@pytest.mark.parametrize("resolution", [-1, 16])
def test_a_resolution_out_of_range_is_refused(resolution):
    with pytest.raises(Invalid) as refused:
        cell_at(122.5, 39.8, resolution=resolution)

    assert refused.value.place == "网格级别"


def test_a_number_that_is_no_cell_is_refused():
    with pytest.raises(Invalid) as refused:
        center_of(12345)

    assert refused.value.title == "“12345”不是有效的网格编号。"


def test_a_range_of_coarser_cells_is_refused():
    with pytest.raises(Invalid):
        range_within(cell_at(122.5, 39.8, resolution=9), resolution=6)
