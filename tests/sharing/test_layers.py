import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.permissions import Role
from liandong.organization.actions import RoleScope
from liandong.sharing import layers
from liandong.sharing.actions import enter_record, take_records, withdraw_record
from liandong.sharing.registers import REGISTERS
from liandong.sharing.states import Sensitivity
from tests.factories import organization as make
from tests.monitoring.counting import queries_of
from tests.organization.browser import entered
from tests.sharing.conftest import RISK, row
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


@pytest.fixture
def many(land):
    rows = [
        row(
            land,
            name=f"隐患点{n}",
            values={**RISK, "grade": str(1 + n % 3)},
            lon=Decimal(105) + Decimal(n % 10) / 100,
            lat=Decimal("28.6") + Decimal(n // 10) / 100,
        )
        for n in range(50)
    ]
    take_records(keeper_of(land), kind="risk_source", rows=rows, source="x.xlsx")


@pytest.fixture
def looker(land):
    return entered(make.holder(RoleScope(Role.UNIT_LIAISON, body=str(land.pk)), at=land))


def features(looker, **asked):
    return json.loads(looker.get(LAYER, asked).content)["features"]


def test_a_map_gets_what_lies_where_it_looks(many, looker):
    shown = features(looker, bbox="104.99,28.59,105.025,28.615")

    assert {one["properties"]["label"] for one in shown} == {
        f"隐患点{n}" for n in (0, 1, 2, 10, 11, 12)
    }


def test_where_too_many_lie_they_stand_together_with_their_number(many, looker, monkeypatch):
    monkeypatch.setattr(layers, "MOST_DRAWN", 20)

    shown = features(looker, bbox="104.9,28.5,105.2,28.8")

    assert {one["geometry"]["type"] for one in shown} == {"Polygon"}
    assert sum(one["properties"].get("weight", 1) for one in shown) == 50
    assert any(one["properties"]["label"].endswith(" 处") for one in shown)
    assert {one["properties"]["tone"] for one in shown} <= {"red", "orange", "yellow"}


def test_the_nearer_one_looks_the_finer_the_grid(many, looker, monkeypatch):
    monkeypatch.setattr(layers, "MOST_DRAWN", 5)

    wide, near = (
        features(looker, bbox=box)
        for box in ("104.0,28.0,106.0,29.0", "104.99,28.59,105.1,28.66")
    )

    assert len(wide) < len(near)


def test_it_says_nothing_that_only_the_keeper_may_know(land, many, looker):
    rows = [
        row(
            land,
            name="限知的",
            sensitivity=Sensitivity.RESTRICTED,
            lon=Decimal("105.5"),
            lat=Decimal("28.5"),
        )
    ]
    take_records(keeper_of(land), kind="risk_source", rows=rows, source="y.xlsx")
    other = make.body("other", name="县教育局")
    stranger = entered(make.holder(RoleScope(Role.UNIT_LIAISON, body=str(other.pk)), at=other))

    seen = looker.get(LAYER).content.decode(), stranger.get(LAYER).content.decode()

    assert ["限知的" in one for one in seen] == [True, False]
    assert "13900000001" not in seen[0] + seen[1]


def test_a_layer_asks_as_often_for_few_as_for_many(many, looker):
    def asked(box):
        with CaptureQueriesContext(connection) as queries:
            features(looker, bbox=box)
        return len(queries)

    features(looker)
    assert asked("104.99,28.59,105.005,28.605") == asked("104.9,28.5,105.2,28.8")
