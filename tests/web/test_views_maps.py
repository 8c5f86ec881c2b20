import json
from xml.etree import ElementTree as ET

import pytest

from liandong.kernel.problems import Forbidden, Invalid, Missing
from liandong.web.maps.features import Feature, Sign, spot
from liandong.web.maps.registry import forget, layer
from liandong.web.views import maps
from tests.people import allowed
from tests.web.asking import ask, text

pytestmark = pytest.mark.django_db
SECRET = "tests:secret:read"


@pytest.fixture(autouse=True)
def stations():
    @layer("test-stations", "试站", group="试", sign=Sign.STATION)
    def features(request, asked):
        yield Feature(key="1", shape=spot("112.4", "27.7"), label="城关站", note="1.2 m")
        yield Feature(key="2", shape=None, label="不知在哪")

    @layer("test-secret", "密站", group="试", sign=Sign.STATION, permission=SECRET)
    def secret(request, asked):
        yield Feature(key="3", shape=spot("112.4", "27.7"), label="秘密")

    yield
    forget("test-stations")
    forget("test-secret")


def test_a_layer_is_told_as_geojson_with_its_moment():
    response = maps.layer(ask(), "test-stations")

    told = json.loads(text(response))
    first, second = told["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [112.4, 27.7]}
    assert (first["properties"]["label"], first["properties"]["note"]) == ("城关站", "1.2 m")
    assert second["geometry"] is None
    assert told["at"] != ""
    assert "no-store" in response["Cache-Control"]


def test_a_layer_is_kept_from_whoever_may_not_see_it():
    with pytest.raises(Forbidden):
        maps.layer(ask(), "test-secret")

    assert "秘密" in text(maps.layer(ask(actor=allowed(SECRET)), "test-secret"))


def test_a_layer_of_no_incident_is_missing():
    with pytest.raises(Missing):
        maps.layer(ask("/?incident=../../x"), "test-stations")


def test_what_lies_around_a_place_is_listed_with_distance_and_direction():
    shown = text(
        maps.around(ask("/?lon=112.41&lat=27.7&km=3&layers=test-stations,test-secret"))
    )

    assert ("城关站" in shown, "西 986 米" in shown, "秘密" in shown) == (True, True, False)


@pytest.mark.parametrize(
    "query",
    ["", "lon=a&lat=1", "lon=112&lat=27&km=x", "lon=999&lat=27", "lon=112&lat=27&km=1e9"],
)
def test_a_query_nobody_could_mean_is_refused_in_words(query):
    response = maps.around(ask(f"/?{query}"))

    assert response.status_code == 422
    assert "notice-bad" in text(response)


def test_a_measure_is_told():
    shown = text(maps.measure(ask("/?points=112.4,27.7;112.5,27.7;112.5,27.8")))

    assert ("20.9 公里" in shown, "围成面积" in shown) == (True, True)


def test_the_sheet_is_a_drawing_of_the_part_that_was_asked_for():
    response = maps.sheet_svg(ask("/?bbox=112.3,27.6,112.5,27.8&layers=test-stations"))

    svg = text(response)
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert ET.fromstring(svg).get("width") == "1120"
    assert "城关站" in svg


@pytest.mark.parametrize(
    "bbox", ["1,2,3", "a,b,c,d", "112,27,111,28", "-10,-10,10,10", "nan,1,2,3"]
)
def test_a_part_of_no_world_is_refused(bbox):
    with pytest.raises(Invalid):
        maps.sheet_svg(ask(f"/?bbox={bbox}"))


@pytest.mark.parametrize(
    ("query", "width"),
    [
        ("width=400&height=320", "400"),
        ("width=1", "240"),
        ("width=99999", "2400"),
        ("width=x", "1120"),
        ("width=-5", "1120"),
        ("width=9999999", "1120"),
    ],
)
def test_the_sheet_is_as_large_as_was_asked_within_reason(query, width):
    svg = text(maps.sheet_svg(ask(f"/?{query}")))

    assert ET.fromstring(svg).get("width") == width
