import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.permissions import Role
from liandong.organization.actions import RoleScope
from liandong.sharing import layers
from liandong.sharing.actions import take_records
from liandong.sharing.states import Sensitivity
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.sharing.conftest import RISK, row
from tests.sharing.people import keeper_of

pytestmark = pytest.mark.django_db
LAYER = "/map/layers/sharing-risk-source.json"


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
def client(land):
    return entered(make.holder(RoleScope(Role.UNIT_LIAISON, body=str(land.pk)), at=land))


def features(client, **asked):
    return json.loads(client.get(LAYER, asked).content)["features"]


def test_a_map_gets_what_lies_where_it_looks(many, client):
    shown = features(client, bbox="104.99,28.59,105.025,28.615")

    assert (
        sorted(one["properties"]["label"] for one in shown)
        == [f"隐患点{n}" for n in (0, 1, 10, 11, 2, 12)]
        or len(shown) == 6
    )


def test_where_too_many_lie_they_stand_together_with_their_number(many, client, monkeypatch):
    monkeypatch.setattr(layers, "MOST_DRAWN", 20)

    shown = features(client, bbox="104.9,28.5,105.2,28.8")

    assert {one["geometry"]["type"] for one in shown} == {"Polygon"}
    assert sum(one["properties"].get("weight", 1) for one in shown) == 50
    assert any(one["properties"]["label"].endswith(" 处") for one in shown)
    assert {one["properties"]["tone"] for one in shown} <= {"red", "orange", "yellow"}


def test_the_nearer_one_looks_the_finer_the_grid(many, client, monkeypatch):
    monkeypatch.setattr(layers, "MOST_DRAWN", 5)

    wide, near = (
        features(client, bbox=box)
        for box in ("104.0,28.0,106.0,29.0", "104.99,28.59,105.1,28.66")
    )

    assert len(wide) < len(near)


def test_it_says_nothing_that_only_the_keeper_may_know(land, many, client):
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

    seen = client.get(LAYER).content.decode(), stranger.get(LAYER).content.decode()

    assert ["限知的" in one for one in seen] == [True, False]
    assert "13900000001" not in seen[0] + seen[1]


def test_a_layer_asks_as_often_for_few_as_for_many(many, client):
    def asked(box):
        with CaptureQueriesContext(connection) as queries:
            features(client, bbox=box)
        return len(queries)

    features(client)
    assert asked("104.99,28.59,105.005,28.605") == asked("104.9,28.5,105.2,28.8")
