from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import (
    drop_step,
    finish_order,
    issue_due_steps,
    recall_order,
    record_incident_facts,
    repeat_step,
    settle_task,
)
from liandong.command.models import Incident, Order, StepTask
from liandong.command.queries import courses
from liandong.command.queries.report import planned_minutes
from liandong.command.states import VOID
from liandong.kernel import clock
from liandong.kernel.problems import Forbidden, Missing
from liandong.messaging.models import Message
from liandong.plans.actions import end_run, replan_run
from tests.command import county as places
from tests.command.running import begun, finished, order_of, task_of
from tests.people import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def response(county, flood, version):
    return places.decide(county.deputy, flood, version, level="III").response


def standing(response):
    rows = response.orders.exclude(state__in=sorted(VOID)).exclude(step="")
    return sorted(rows.values_list("step", flat=True))


def held(response):
    at = clock.now(response.realm)
    rows = [row for course in courses(response.incident, at) for row in course.rows]
    return [row.step.id for row in rows if row.is_held]


def test_a_recalled_step_is_left_to_people(county, response):
    watch = Order.objects.get(step="watch")
    recall_order(county.office, order=watch, reason="写错", expected_version=1)

    issue_due_steps(county.office, run=response.run)

    assert standing(response) == ["forecast", "patrol"]
    assert held(response) == ["watch"]


def test_a_step_waits_for_those_before_it(county, response):
    patrol = places.accepted(county.riverside, Order.objects.get(step="patrol"))
    issue_due_steps(county.office, run=response.run)
    before = standing(response)

    finish_order(county.riverside, order=patrol, text="x", files=["f"], expected_version=3)
    issue_due_steps(county.office, run=response.run)

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

    issue_due_steps(county.office, run=response.run)

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

    issue_due_steps(county.office, run=response.run)
    Incident.objects.update(state="open")
    end_run(office(), run=response.run, expected_version=response.run.version)
    issue_due_steps(county.office, run=response.run)

    assert standing(response) == ["forecast", "patrol"]


def test_issue_due_steps_is_refused_to_units_and_across_realms(county, response):
    with pytest.raises(Forbidden):
        issue_due_steps(county.water, run=response.run)
    with pytest.raises(Missing):
        issue_due_steps(replace(county.office, realm="drill-1"), run=response.run)


ROUND = "id: round, do: order, to: water, text: 巡闸, every: PT6H"
FIRST = "id: first, do: order, to: water, text: 封桥, when: {spreading: true}"
THEN = "id: then, do: order, to: weather, text: 撤人, after: [first]"
MEET = "id: meet, do: consult, to: flood-hq.deputy, text: 会商, waits_for: {spreading: true}"


def test_what_is_no_plain_order_says_what_it_is(county, flood, work):
    begun(
        county,
        flood,
        "id: tell, do: release, to: water, text: 发布水情",
        "id: ask, do: request, to: weather, text: 请派车",
    )
    work()

    assert list(Order.objects.order_by("number").values_list("kind", flat=True)) == [
        "release",
        "request",
    ]
    titles = Message.objects.filter(subject_kind="command.order").values_list(
        "title", flat=True
    )
    assert sorted(titles) == ["清溪河洪水 1号令（发布信息）", "清溪河洪水 2号令（请求支援）"]


def test_a_step_that_is_ruled_out_later_lets_the_next_begin(county, flood, work):
    run = begun(county, flood, FIRST, THEN)
    recall_order(county.office, order=order_of(run, "first"), reason="误判", expected_version=1)

    record_incident_facts(
        county.office, incident=flood, facts={"spreading": False}, source="现场"
    )
    work()

    assert order_of(run, "then").is_live


def test_a_consultation_is_asked_for_when_what_it_waits_for_is_known(county, flood, work):
    run = begun(county, flood, MEET)
    before = StepTask.objects.exists()

    record_incident_facts(
        county.office, incident=flood, facts={"spreading": True}, source="现场"
    )
    work()

    assert (before, task_of(run, "meet").to_post) == (False, county.posts["deputy"])


def test_a_repeated_step_is_ordered_again_once_it_is_done(county, flood, at, work):
    start = at("2030-07-14T04:00")
    run = begun(county, flood, ROUND)
    first = order_of(run, "round")

    clock.set_clock("actual", start + timedelta(hours=7), rate=0)
    work()
    still_owed = Order.objects.count()
    finished(county.water, Order.objects.get())
    clock.set_clock("actual", start + timedelta(hours=31), rate=0)
    work()

    again = order_of(run, "round")
    assert (still_owed, Order.objects.count()) == (1, 2)
    assert (first.turn, again.turn, again.state) == (0, 1, "issued")


def test_a_repeated_question_is_asked_again_once_it_is_settled(county, flood, at, work):
    start = at("2030-07-14T04:00")
    run = begun(
        county, flood, "id: ask, do: decide, to: flood-hq.deputy, text: 停课吗, every: PT6H"
    )
    settle_task(county.deputy, task=task_of(run, "ask"), outcome="不停", expected_version=1)

    clock.set_clock("actual", start + timedelta(hours=7), rate=0)
    work()

    assert (task_of(run, "ask").turn, task_of(run, "ask").is_open) == (1, True)


def test_repeat_step_does_nothing_for_what_is_owed_recalled_gone_or_ended(county, flood):
    run = begun(county, flood, ROUND)

    repeat_step(county.office, run=run, step="round")
    repeat_step(county.office, run=run, step="nothing")
    recall_order(county.office, order=order_of(run, "round"), reason="x", expected_version=1)
    repeat_step(county.office, run=run, step="round")
    end_run(office(), run=run, expected_version=run.version)
    repeat_step(county.office, run=run, step="round")

    assert Order.objects.count() == 1


def test_repeat_step_is_refused_to_units_and_across_realms(county, flood):
    run = begun(county, flood, ROUND)

    with pytest.raises(Forbidden):
        repeat_step(county.water, run=run, step="round")
    with pytest.raises(Missing):
        repeat_step(replace(county.office, realm="drill-1"), run=run, step="round")


def test_a_report_that_was_replanned_keeps_its_clock(county, flood):
    run = begun(
        county, flood, "id: sitrep, do: report, to: flood-office, text: 续报, every: PT2H"
    )
    response = flood.responses.get()
    before = planned_minutes(response)
    drop_step(county.office, run=run, step="sitrep", reason="并报", expected_version=1)

    assert (before, planned_minutes(flood.responses.get())) == (120, None)
