import json
import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from liandong.kernel.geo.coordinates import Point, bd09_from_wgs84, gcj02_from_wgs84
from liandong.kernel.geo.shapes import distance_m
from liandong.web.maps.picking import PlacedForm
from tests.web.asking import ask

HERE = Point(112.418, 27.7312)


class Loose(PlacedForm):
    must_be_placed = False


def typed(kind=PlacedForm, **said):
    return kind({"lon": "112.418", "lat": "27.7312", "read_from": "wgs84", **said})


def test_a_place_reaches_the_action_to_a_tenth_of_a_meter():
    form = typed(lon="112.41800049")

    assert form.is_valid()
    assert (form.arguments()["lon"], form.arguments()["lat"]) == (
        Decimal("112.418000"),
        Decimal("27.731200"),
    )
    assert "read_from" not in form.arguments()


@pytest.mark.parametrize(
    ("source", "shift"), [("gcj02", gcj02_from_wgs84), ("bd09", bd09_from_wgs84)]
)
def test_shifted_figures_are_turned_back(source, shift):
    lon, lat = shift(*HERE)
    form = typed(lon=f"{lon:.6f}", lat=f"{lat:.6f}", read_from=source)

    assert form.is_valid()
    made = form.arguments()
    assert distance_m(HERE, Point(float(made["lon"]), float(made["lat"]))) < 0.5
    assert form.spot is not None
    assert distance_m(HERE, form.spot) < 0.5


@pytest.mark.parametrize(
    "said", [{"lon": ""}, {"lon": "NaN"}, {"lat": "91"}, {"lon": "x"}, {"read_from": "moon"}]
)
def test_what_is_no_place_is_refused(said):
    form = typed(**said)

    assert not form.is_valid()


def test_where_no_place_is_due_half_of_one_is_refused():
    whole, blank, half = typed(Loose), typed(Loose, lon="", lat=""), typed(Loose, lat="")

    assert (whole.is_valid(), blank.is_valid(), half.is_valid()) == (True, True, False)
    assert (blank.arguments()["lon"], blank.arguments()["lat"]) == (None, None)
    assert list(half.errors) == ["lat"]


@pytest.mark.parametrize("lon", ["", "NaN", "x", "181"])
def test_a_form_without_a_place_has_no_spot(lon):
    assert typed(lon=lon).spot is None


@pytest.mark.django_db
@pytest.mark.parametrize("folded", [False, True])
def test_the_map_beside_a_form_shows_its_place_and_fills_its_boxes(folded):
    form = typed()

    page = render_to_string(
        "web/map/_pick.html", {"form": form, "folded": folded, "request": ask()}
    )

    config = json.loads(re.search(r'id="pick-map-config"[^>]*>(.*?)</script>', page)[1])
    assert (config["picks"], config["spot"]) == (f"#{form.form_id}", list(HERE))
    assert ("<details" in page) is folded


@pytest.mark.django_db
def test_the_map_beside_a_blank_form_shows_the_county():
    page = render_to_string("web/map/_pick.html", {"form": PlacedForm(), "request": ask()})

    config = json.loads(re.search(r'id="pick-map-config"[^>]*>(.*?)</script>', page)[1])
    assert config["spot"] is None
