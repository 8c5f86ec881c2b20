import json

import pytest
from shapely import Point
from shapely.geometry import shape

from liandong.demo.facts import facts
from liandong.demo.ground import DRAWING, lay_ground
from liandong.kernel.basemaps import geojson
from liandong.kernel.basemaps.models import Basemap

FEATURES = json.loads(DRAWING.read_text(encoding="utf-8"))["features"]
GROUNDS = {
    one["properties"]["code"]: shape(one["geometry"])
    for one in FEATURES
    if one["properties"]["layer"] == "township"
}


def test_the_drawing_is_a_map_that_a_county_could_load():
    with DRAWING.open("rb") as content:
        found = geojson.examine("底图.geojson", content)

    assert {"county", "township", "river", "road", "place", "forest"} <= set(found.counts)
    assert DRAWING.stat().st_size < 200_000


def test_every_township_is_drawn_and_they_do_not_overlap():
    codes = {one["code"] for one in facts()["townships"]}
    (county,) = [
        shape(one["geometry"]) for one in FEATURES if one["properties"]["layer"] == "county"
    ]

    assert GROUNDS.keys() == codes
    assert sum(one.area for one in GROUNDS.values()) == pytest.approx(county.area, rel=0.01)


@pytest.mark.parametrize("station", facts()["stations"], ids=lambda one: one["name"])
def test_a_station_stands_in_its_township_and_beside_its_river(station):
    spot = Point(float(station["lon"]), float(station["lat"]))
    rivers = [
        shape(one["geometry"])
        for one in FEATURES
        if one["properties"].get("name") == station["river"]
    ]

    assert GROUNDS[station["township"]].covers(spot)
    assert not rivers or station.get("rain") or min(one.distance(spot) for one in rivers) < 0.02


@pytest.mark.django_db
def test_it_is_loaded_as_any_other():
    lay_ground()

    assert Basemap.objects.get().counts["township"] == 12
