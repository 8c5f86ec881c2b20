import random
from dataclasses import replace

import pytest

from liandong.command.actions import (
    answer_counter_proposal,
    decline_order,
    finish_order,
    issue_due_steps,
    recall_order,
)
from liandong.command.models import Incident, Order
from liandong.command.queries import step_rows
from liandong.command.states import LIVE, VOID
from liandong.kernel.problems import Forbidden, Missing
from liandong.plans.actions import replan_run
from tests.command import county as places
from tests.people import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def response(county, flood, version):
    return places.decide(county.deputy, flood, version, level="III").response


def standing(response):
    rows = response.orders.exclude(state__in=sorted(VOID)).exclude(step="")
    return sorted(rows.values_list("step", flat=True))


def test_a_recalled_step_is_ordered_again_and_others_are_not(county, response):
    watch = Order.objects.get(step="watch")
    recall_order(county.office, order=watch, reason="写错", expected_version=1)

    issue_due_steps(county.office, response=response)
    issue_due_steps(county.office, response=response)

    assert standing(response) == ["forecast", "patrol", "watch"]
    assert Order.objects.filter(step="watch").count() == 2


def test_a_step_waits_for_those_before_it(county, response):
    patrol = places.accepted(county.riverside, Order.objects.get(step="patrol"))
    issue_due_steps(county.office, response=response)
    before = standing(response)

    finish_order(county.riverside, order=patrol, text="x", files=["f"], expected_version=3)
    issue_due_steps(county.office, response=response)

    assert before == ["forecast", "patrol", "watch"]
    assert standing(response) == ["forecast", "patrol", "shelter", "watch"]


def test_a_step_that_was_added_is_ordered(county, response):
    run = response.run
    replan_run(
        office(),
        run=run,
        reason="河口镇请求",
        add={"id": "boats", "do": "order", "to": "water", "text": "调冲锋舟"},
        expected_version=run.version,
    )

    issue_due_steps(county.office, response=response)

    assert "boats" in standing(response)


def test_a_step_asked_of_a_superior_goes_to_the_office(county, flood):
    from liandong.organization.models import Body
    from liandong.organization.states import BodyKind

    Body.objects.create(
        key="city", name="市应急管理局", short_name="市局", kind=BodyKind.SUPERIOR, sort_key="c"
    )
    hq, desk = county.bodies["flood-hq"], county.bodies["flood-office"]
    version = places.plan(places.PLAN.replace("to: weather", "to: city"))

    places.decide(county.office, flood, version)

    order = Order.objects.get(step="forecast")
    assert order.to_body in {hq, desk}
    assert order.text == "向市应急管理局指令：滚动预报"


def test_nothing_is_ordered_once_the_response_has_ended_or_the_incident_is_closed(
    county, response
):
    Order.objects.filter(step="watch").update(state="recalled")
    Incident.objects.update(state="closed")

    issue_due_steps(county.office, response=response)
    Incident.objects.update(state="open")
    response.state = "ended"
    issue_due_steps(county.office, response=response)

    assert standing(response) == ["forecast", "patrol"]


def test_issue_due_steps_is_refused_to_units_and_across_realms(county, response):
    with pytest.raises(Forbidden):
        issue_due_steps(county.water, response=response)
    with pytest.raises(Missing):
        issue_due_steps(replace(county.office, realm="drill-1"), response=response)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_a_step_has_at_most_one_order_that_is_not_void(seed, county, response):
    chance = random.Random(seed)

    for _turn in range(12):
        live = list(Order.objects.filter(state__in=sorted(LIVE)).exclude(step=""))
        if live:
            befall(county, chance.choice(live), chance)
        issue_due_steps(county.office, response=response)

    names = standing(response)
    due = [row.step.id for row in step_rows(response) if row.order is None]
    assert len(names) == len(set(names))
    assert set(due) <= {"shelter"}


def befall(county, order, chance):
    unit = {"water": county.water, "weather": county.weather}.get(
        order.to_body.key, county.riverside
    )
    what = chance.choice(["decline", "recall", "finish"])
    if what == "recall":
        recall_order(county.office, order=order, reason="x", expected_version=order.version)
    elif what == "finish" and order.state == "issued":
        order = places.accepted(unit, order)
        finish_order(unit, order=order, text="x", files=["f"], expected_version=order.version)
    elif order.state == "issued":
        order = decline_order(
            unit, order=order, reason="x", counter_proposal="y", expected_version=order.version
        )
        answer_counter_proposal(
            county.office,
            order=order,
            answer=chance.choice(["accepted", "insisted"]),
            reason="x",
            expected_version=order.version,
        )
