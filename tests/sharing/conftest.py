from decimal import Decimal

import pytest

from liandong.organization.states import BodyKind
from liandong.sharing.actions import RecordRow, enter_record
from tests.factories import organization as county
from tests.sharing.people import keeper_of

RISK = {
    "kind": "geohazard",
    "grade": "2",
    "people": 34,
    "owner": {"name": "张三", "phone": "13900000001"},
}
TEAM = {"category": "township", "people": 30, "insured_until": "2026-09-30"}


def row(body, **more):
    return RecordRow(**{"name": "孙家沟滑坡", "body_id": str(body.pk), "values": RISK, **more})


@pytest.fixture
def land(db):
    return county.body("land", name="县自然资源局")


@pytest.fixture
def water(db):
    return county.body("water", name="县水利局")


@pytest.fixture
def slope(land):
    return enter_record(
        keeper_of(land),
        kind="risk_source",
        row=row(land, lon=Decimal("105.1"), lat=Decimal("28.7")),
    )


@pytest.fixture
def headquarters(db):
    return county.body("geo-hq", name="地灾指挥部", kind=BodyKind.SPECIAL_HEADQUARTERS)


@pytest.fixture
def office(headquarters):
    return county.body(
        "geo-office",
        name="地灾指挥部办公室",
        kind=BodyKind.HEADQUARTERS_OFFICE,
        parent=headquarters,
    )


@pytest.fixture
def committee_office(db):
    committee = county.body("committee", name="县应急委", kind=BodyKind.COMMITTEE)
    return county.body(
        "committee-office",
        name="县应急委办公室",
        kind=BodyKind.HEADQUARTERS_OFFICE,
        parent=committee,
    )
