from decimal import Decimal

import pytest

from liandong.kernel.permissions import Role
from liandong.sharing.actions import enter_record, withdraw_record
from liandong.sharing.registers import REGISTERS
from liandong.sharing.states import Sensitivity
from tests.monitoring.counting import queries_of
from tests.sharing.conftest import row
from tests.sharing.people import keeper_of
from tests.sharing.test_views_record import signed_in

pytestmark = pytest.mark.django_db
LAYER = "/map/layers/sharing-risk-source.json"
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[105, 28], [105.1, 28], [105.1, 28.1], [105, 28]]],
}


@pytest.fixture
def reader(client, water):
    return signed_in(client, Role.UNIT_LIAISON, water)


def shown(client):
    answer = client.get(LAYER)
    assert answer.status_code == 200
    return {one["properties"]["label"]: one for one in answer.json()["features"]}


def test_a_register_is_drawn_with_its_grade_and_extent(reader, slope, land):
    drawn = row(land, name="沟", extent=SQUARE)
    enter_record(keeper_of(land), kind="risk_source", row=drawn)

    found = shown(reader)

    assert found["孙家沟滑坡"]["properties"]["tone"] == "orange"
    assert found["孙家沟滑坡"]["geometry"]["type"] == "Point"
    assert found["沟"]["geometry"]["type"] == "Polygon"


def test_what_is_withdrawn_restricted_or_without_a_place_is_not_drawn(reader, slope, land):
    keeper = keeper_of(land)
    place = {"lon": Decimal(105), "lat": Decimal(28)}
    hidden = row(land, name="限知", sensitivity=Sensitivity.RESTRICTED, **place)
    enter_record(keeper, kind="risk_source", row=hidden)
    enter_record(keeper, kind="risk_source", row=row(land, name="无坐标"))
    withdraw_record(keeper, record=slope, reason="销号", expected_version=1)

    assert shown(reader) == {}


def test_a_layer_costs_the_same_for_one_and_for_many(reader, slope, land):
    reader.get(LAYER)
    one = queries_of(reader, LAYER)
    for n in range(4):
        placed = row(land, name=f"点{n}", lon=Decimal(105), lat=Decimal(28))
        enter_record(keeper_of(land), kind="risk_source", row=placed)

    assert queries_of(reader, LAYER) == one


def test_what_has_no_place_has_no_layer(reader):
    for kind, register in REGISTERS.items():
        status = reader.get(f"/map/layers/{register.layer}.json").status_code
        assert status == (200 if register.shapes else 404), kind
