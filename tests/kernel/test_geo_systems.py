import pytest
from shapely import Polygon

from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.shapes import distance_m
from liandong.kernel.geo.systems import belts, system_of, system_of_wkt
from liandong.kernel.problems import Invalid

# The arc of the meridian from the equator to 45°, in tables of the ellipsoid.
ARC_45 = 4_984_944.378
# Published with the algorithms: Shanghai in GCJ-02, Beijing in BD-09.
SHANGHAI, SHANGHAI_GCJ = (121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)
BEIJING_BD, BEIJING_GCJ = (116.41036949371029, 39.92133699351021), (116.404, 39.915)


def test_a_place_of_a_web_map_is_found_on_the_ground():
    assert distance_m(system_of("gcj02").place(*SHANGHAI_GCJ), Point(*SHANGHAI)) < 0.01
    ours = system_of("bd09").place(*BEIJING_BD)
    assert distance_m(ours, system_of("GCJ-02").place(*BEIJING_GCJ)) < 0.01


def test_cgcs2000_is_taken_as_it_is():
    assert system_of("cgcs2000").place(105.0668, 28.7237) == (105.0668, 28.7237)


@pytest.mark.parametrize(("code", "easting"), [(4544, 500_000), (4523, 35_500_000)])
def test_a_belt_is_turned_back_with_and_without_its_number(code, easting):
    found = system_of(f"epsg:{code}").place(easting, ARC_45)

    assert distance_m(found, Point(105, 45)) < 0.01


def test_the_belts_are_called_by_their_meridian():
    titles = [str(one.title) for one in belts()]

    assert (len(titles), titles[0][-3:], titles[10][-4:], titles[-1][-4:]) == (
        21, "75°", "105°", "135°",
    )  # fmt: skip


def test_a_shape_moves_whole():
    square = Polygon([(121.53, 31.17), (121.54, 31.17), (121.54, 31.18), (121.53, 31.17)])

    moved = system_of("gcj02").shape(square)

    assert moved.is_valid
    assert moved.exterior.coords[0] == pytest.approx((121.5257, 31.1721), abs=0.001)


@pytest.mark.parametrize("name", ["mars", "epsg:1", "epsg:99999"])
def test_a_system_there_is_none_of_is_refused_with_those_there_are(name):
    with pytest.raises(Invalid) as refused:
        system_of(name)

    assert "epsg:" in refused.value.remedy


def test_a_description_that_is_none_is_refused():
    with pytest.raises(Invalid, match="prj"):
        system_of_wkt("GEOGCS[")
