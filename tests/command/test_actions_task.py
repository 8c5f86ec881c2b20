from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import (
    close_consultation,
    end_response,
    open_consultation,
    record_minutes,
    settle_task,
    urge_task,
)
from liandong.command.models import Order, Proposal, StepTask
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer
from liandong.messaging.actions import mark_read
from liandong.messaging.models import Message
from tests.command import county as places
from tests.command.running import begun, plan, task_of

pytestmark = pytest.mark.django_db

ASK = "id: ask, do: decide, to: flood-hq.deputy, text: 是否停课"
THEN = "id: then, do: order, to: water, text: 通知停课, after: [ask]"
CALL = "id: ask, do: call_out, to: water, text: 速到岗, acknowledge_within: PT5M"
MEET = "id: ask, do: consult, to: flood-hq.deputy, text: 主持会商"
START = "id: ask, do: start_plan, plan: town, to: flood-office.director, text: 同时启动城区排涝"


def settled(actor, task, **more):
    said = {"outcome": "停课一天", "expected_version": task.version}
    return settle_task(actor, task=task, **(said | more))


@pytest.fixture
def task(county, flood):
    return task_of(begun(county, flood, ASK, THEN), "ask")


def test_a_decision_is_asked_of_the_named_post_and_holds_back_what_comes_after(county, task):
    assert (task.to_post, task.kind, task.is_open) == (county.posts["deputy"], "decide", True)
    assert Message.objects.get(subject_id=task.pk).title == "提请决定：是否停课"
    assert Entry.objects.filter(name="command.task_asked").count() == 1
    assert not Order.objects.filter(step="then").exists()


def test_saying_what_was_decided_settles_it_and_what_waited_is_ordered(county, task, work):
    settled(county.deputy, task)
    work()

    task.refresh_from_db()
    assert (task.outcome, task.settled_by) == ("停课一天", county.deputy.label)
    assert Entry.objects.get(name="command.task_settled").actor["label"] == county.deputy.label
    assert Order.objects.get(step="then").to_body == county.bodies["water"]


def test_the_desk_writes_down_what_it_was_told_and_others_may_not(county, task):
    with pytest.raises(Forbidden):
        settled(county.water, task)

    assert not settled(county.officer, task).is_open


def test_settle_task_is_refused_without_words_twice_stale_and_across_realms(county, task):
    with pytest.raises(Invalid):
        settled(county.deputy, task, outcome=" ")
    with pytest.raises(Stale):
        settled(county.deputy, task, expected_version=7)
    with pytest.raises(Missing):
        settled(replace(county.deputy, realm="drill-1"), task)
    settled(county.deputy, task)
    with pytest.raises(IllegalMove):
        settled(county.deputy, task)


def test_the_same_key_settles_once(county, task):
    first = settled(county.deputy, task, idempotency_key="k", expected_version=1)
    again = settled(county.deputy, task, idempotency_key="k", expected_version=1)

    assert (first, Entry.objects.filter(name="command.task_settled").count()) == (again, 1)


def test_a_consultation_that_is_closed_settles_what_it_was_asked_for(county, flood, work):
    run = begun(county, flood, MEET, THEN)
    meeting = open_consultation(
        county.office, incident=flood, attendees=[county.posts["chief"]]
    )
    record_minutes(
        county.office,
        consultation=meeting,
        situation="",
        findings="维持",
        expected_version=1,
    )
    before = task_of(run, "ask").is_open

    close_consultation(county.office, consultation=meeting, expected_version=2)
    work()

    assert (before, task_of(run, "ask").outcome) == (True, "第1次会商：维持")
    assert Order.objects.filter(step="then").count() == 1


def test_a_call_that_is_read_is_answered(county, flood, work):
    run = begun(county, flood, CALL, THEN)

    mark_read(county.water, message=Message.objects.get(subject_kind="command.task"))
    work()

    assert task_of(run, "ask").outcome == "李明已应答"
    assert Order.objects.filter(step="then").count() == 1


def test_a_call_nobody_answers_climbs_the_ladder_and_stops_at_the_top(county, flood, at, work):
    begun_at = at("2030-07-14T04:00")
    run = begun(county, flood, CALL)

    for minutes in (6, 20, 40, 60, 80, 120):
        clock.set_clock("actual", begun_at + timedelta(minutes=minutes), rate=0)
        work()

    called = Message.objects.filter(subject_kind="command.task").order_by("sent_at", "id")
    names = ["water", "water", "deputy", "chief", "leader"]
    assert [one.to_post for one in called] == [county.posts[name] for name in names]
    assert task_of(run, "ask").rung == 4
    assert Entry.objects.filter(name="command.task_urged").count() == 4


def test_a_call_that_was_answered_or_whose_plan_has_ended_is_urged_no_more(county, flood):
    run = begun(county, flood, CALL)
    task = task_of(run, "ask")
    settled(county.water, task)
    urge_task(places.timer_actor(), task=task)
    other = begun(county, flood, CALL, key="other")
    flood.refresh_from_db()
    response = flood.responses.get(run=other)
    end_response(
        county.office, response=response, expected_version=flood.version, overrule_reason="x"
    )

    urge_task(places.timer_actor(), task=task_of(other, "ask"))

    assert not Entry.objects.filter(name="command.task_urged").exists()
    assert not Timer.objects.filter(kind="command.task_due", subject_id=task.pk).exists()


def test_urge_task_is_refused_to_people_and_across_realms(county, task):
    with pytest.raises(Forbidden):
        urge_task(county.office, task=task)
    with pytest.raises(Missing):
        urge_task(places.timer_actor("drill-1"), task=task)


def test_another_plan_is_proposed_to_its_deciders_and_started_by_nobody(county, flood):
    other = plan("id: pump, do: order, to: water, text: 开泵")
    run = begun(county, flood, START, THEN, key="main")

    task = task_of(run, "ask")
    assert (task.plan, task.to_post, task.is_open) == ("town", county.posts["office"], True)
    assert Proposal.objects.filter(plan_version=other, state="open").count() == 1
    assert not Order.objects.exists()


def test_a_plan_that_is_started_settles_the_question_and_is_not_asked_for_again(
    county, flood, work
):
    other = plan("id: pump, do: order, to: water, text: 开泵")
    run = begun(county, flood, START, THEN, key="main")

    places.decide(county.office, flood, other)
    work()

    assert task_of(run, "ask").outcome == "已启动Ⅳ级响应"
    assert Order.objects.filter(run=run, step="then").count() == 1
    later = begun(county, flood, START, THEN, key="later")
    assert not StepTask.objects.filter(run=later).exists()
    assert Order.objects.filter(run=run, step="then").get().shared.get().run == later


def test_what_two_plans_ask_of_one_post_is_said_and_answered_once(county, flood, work):
    first = begun(county, flood, ASK, THEN, key="one")
    second = begun(county, flood, ASK, key="two")

    settled(county.deputy, task_of(first, "ask"))
    work()

    assert task_of(second, "ask").outcome == "停课一天"
    assert Message.objects.filter(subject_kind="command.task").count() == 1
