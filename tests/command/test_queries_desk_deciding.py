from datetime import timedelta

import pytest

from liandong.command.actions import decide_item, open_consultation, settle_item
from liandong.command.models import ActionPlan
from liandong.command.queries import awaits_signature_of, desk_items
from liandong.kernel import clock
from tests.command import county as places
from tests.command.test_actions_action_plan import in_force, submitted, written

pytestmark = pytest.mark.django_db


def titles(actor, *, later=0):
    now = clock.now("actual") + timedelta(hours=later)
    return [(item.title, item.verb) for item in desk_items(actor, now)]


@pytest.fixture
def response(county, flood, version):
    return places.decide(county.office, flood, version).response


def test_an_action_plan_waits_for_whoever_signs_it(county, flood, response):
    plan = submitted(county, flood)

    assert (f"待签署：{plan}", "看方案") in titles(county.office)
    assert not any("待签署" in title for title, _ in titles(county.officer))
    assert awaits_signature_of(county.office, plan)
    assert not awaits_signature_of(county.chief, ActionPlan(state="draft"))


def test_a_plan_whose_period_is_over_asks_for_the_next_until_one_is_written(
    county, flood, response
):
    plan = in_force(county, flood)
    over = (f"{plan}时段已过，没有下一期", "看方案")

    assert over not in titles(county.officer)
    assert over in titles(county.officer, later=13)
    assert over not in titles(county.water, later=13)


def test_a_written_one_ends_the_asking_once_it_was_laid_before_those_who_sign(
    county, flood, response
):
    in_force(county, flood)
    written(county, flood)
    assert any("没有下一期" in title for title, _ in titles(county.officer, later=13))
    ActionPlan.objects.filter(state="draft").update(state="submitted")

    assert not any("没有下一期" in title for title, _ in titles(county.officer, later=13))


def test_what_a_consultation_decided_waits_at_its_owners_desk_until_it_is_settled(
    county, flood
):
    water = county.posts["water"]
    meeting = open_consultation(county.office, incident=flood, attendees=[water])
    item = decide_item(
        county.office, consultation=meeting, decision="查清涵洞淤积", owner=water, by="今日"
    )

    assert ("议定事项：查清涵洞淤积", "办理") in titles(county.water)
    assert not any("议定事项" in title for title, _ in titles(county.weather))
    settle_item(county.water, item=item, outcome="已清", expected_version=item.version)
    assert titles(county.water) == []
