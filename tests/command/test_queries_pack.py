import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.command.actions import propose_level, record_incident_facts
from liandong.command.queries import data_pack
from liandong.command.rules.pack import changes_between
from liandong.kernel import clock
from tests.command import county as places

pytestmark = pytest.mark.django_db


def packed(county, flood):
    flood.refresh_from_db()
    return data_pack(county.office, flood, clock.now(flood.realm))


def rows(pack, key):
    section = next(one for one in pack["sections"] if one["key"] == key)
    return [row["cells"] for row in section["rows"]]


def test_it_holds_what_is_known_graded_ordered_and_in_force(county, flood, order, version):
    record_incident_facts(
        county.officer, incident=flood, facts={"rainstorm_signal": "橙"}, source="气象局"
    )
    propose_level(county.officer, incident=flood, plan_version=version)
    places.decide(county.office, flood, version)

    pack = packed(county, flood)

    assert rows(pack, "facts")[0][1:] == ["橙色", rows(pack, "facts")[0][2]]
    assert rows(pack, "facts")[0][2].startswith("气象局")
    assert any("示例县防汛抗旱应急预案" in row[0] for row in rows(pack, "grading"))
    assert "封闭漫水桥 2 座" in [row[2] for row in rows(pack, "orders")]
    assert any("Ⅳ级响应" in row[1] for row in rows(pack, "head"))


def test_it_is_plain_text_that_the_journal_can_hold(county, flood, order):
    pack = packed(county, flood)

    assert json.loads(json.dumps(pack)) == pack


def test_what_happens_later_is_told_as_a_change(county, flood):
    before = packed(county, flood)
    places.order(county.office, flood, county.posts["water"])

    told = changes_between(before, packed(county, flood))

    assert [(one.section, one.kind) for one in told] == [("未办完的指令", "new")]


def test_it_asks_as_often_for_three_orders_as_for_one(county, flood, order):
    with CaptureQueriesContext(connection) as once:
        packed(county, flood)
    for _n in range(2):
        places.order(county.office, flood, county.posts["weather"])
    with CaptureQueriesContext(connection) as thrice:
        packed(county, flood)

    assert len(thrice) == len(once)
