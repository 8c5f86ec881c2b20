from decimal import Decimal

import pytest

from liandong.kernel.basemaps.actions import load_basemap
from liandong.kernel.basemaps.permissions import Permission
from liandong.kernel.files.permissions import Permission as Files
from liandong.organization.layers import townships, units
from liandong.organization.states import BodyKind
from liandong.web.maps.registry import Asked
from tests.factories import organization as make
from tests.kernel.grounds import collection, feature, township
from tests.people import allowed
from tests.web.asking import ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ground(settings, tmp_path):
    backend = settings.STORAGES["default"]["BACKEND"]
    options = {"location": str(tmp_path), "base_url": None}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": options},
    }
    seat = feature("place", [112.05, 27.05], "Point", name="石门镇")
    actor = allowed(Permission.LOAD_BASEMAP, Files.STORE_FILE)
    load_basemap(actor, name="县.geojson", content=collection(township(), seat))


def body(key, name, code=""):
    return make.body(key, name=name, kind=BodyKind.TOWNSHIP, division_code=code)


def shown():
    found = townships(ask(actor=allowed()), Asked())
    return {one.label: one.shape and one.shape.coords[0] for one in found}


def test_a_township_stands_at_its_seat_else_on_its_ground_else_nowhere():
    body("shimen", "石门镇")
    body("hekou", "另名镇", "990101101")
    body("yunxi", "云溪乡", "990101109")

    assert shown() == {"石门镇": (112.05, 27.05), "另名镇": (112.1, 27.1), "云溪乡": None}


@pytest.mark.parametrize("many", [1, 3])
def test_townships_are_asked_for_at_once(many, django_assert_num_queries):
    for at in range(many):
        body(f"t{at}", f"乡{at}")
    shown()

    with django_assert_num_queries(2):
        assert len(shown()) == many


def seat(row, lon, lat):
    row.lon, row.lat = Decimal(lon), Decimal(lat)
    row.save()


def test_a_township_with_a_seat_of_its_own_stands_there():
    body("shimen", "石门镇")
    seat(make.body("hekou", name="河口镇", kind=BodyKind.TOWNSHIP), "112.5", "27.5")

    assert shown() == {"石门镇": (112.05, 27.05), "河口镇": (112.5, 27.5)}


def test_units_are_the_bodies_whose_seat_is_known_but_for_townships():
    seat(make.body("water", name="县水利局"), "112.4", "27.7")
    seat(make.body("hekou", name="河口镇", kind=BodyKind.TOWNSHIP), "112.5", "27.5")
    make.body("forestry", name="县林业局")

    found = units(ask(actor=allowed()), Asked())

    assert [(one.label, one.shape.coords[0]) for one in found] == [("县水利局", (112.4, 27.7))]
