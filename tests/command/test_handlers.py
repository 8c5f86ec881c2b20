import dataclasses
import json
from datetime import timedelta

import pytest
from django.db import connection

from liandong.command import handlers
from liandong.command.actions import close_incident, finish_order, record_incident_facts
from liandong.command.events import IncidentOpened, OrderFinished
from liandong.command.models import Incident, Order, Proposal
from liandong.command.states import VOID
from liandong.kernel.events import Cause
from liandong.kernel.ids import uuid7
from liandong.kernel.journal.models import Delivery, Entry
from liandong.kernel.timers import Timer, sweep
from liandong.messaging.actions import mark_read
from liandong.messaging.models import Message
from liandong.monitoring.events import ThresholdCrossed, WarningIssued, WarningLifted
from liandong.plans.actions import start_run
from liandong.plans.events import (
    FactsRecorded,
    RunEnded,
    RunLevelChanged,
    RunStarted,
    StepFellDue,
)
from liandong.plans.models import FactValue
from tests.command import county as places
from tests.command.running import begun

pytestmark = pytest.mark.django_db


def warned(chain="w1", **more):
    told = {
        "subject_id": chain,
        "category": "暴雨",
        "hazard": "11B03",
        "level": "橙",
        "body_id": "",
        "starts_at": "",
        "published_at": "",
        "scope": "清溪河流域",
        "areas": ["河口镇"],
        "cautions": "",
        "measures": "",
        "chain": chain,
    }
    return WarningIssued(**told | more)


def finish(actor, order):
    order = places.accepted(actor, order, back=order.text)
    return finish_order(actor, order=order, text="办完", expected_version=order.version)


def test_when_one_is_finished_what_waits_for_it_begins_and_is_told(county, flood, order, work):
    later = places.order(county.office, flood, county.posts["weather"], after=order)

    finish(county.water, order)
    work()

    later.refresh_from_db()
    assert not later.waits
    assert Message.objects.filter(
        to_post=county.posts["weather"], title="2号令可以开始了"
    ).exists()


def test_when_its_last_part_is_finished_the_unit_is_asked_to_finish_the_whole(
    county, flood, order, work
):
    from liandong.command.actions import split_order

    parts = [(county.posts["weather"], "甲桥"), (county.posts["riverside"], "乙桥")]
    whole = split_order(county.office, order=order, parts=parts, expected_version=1)
    first, second = whole.parts.order_by("number")

    finish(county.weather, first)
    work()
    early = Message.objects.filter(title__contains="汇总报完成").count()
    finish(county.riverside, second)
    work()

    assert early == 0
    assert Message.objects.get(title__contains="汇总报完成").to_post == county.posts["water"]


def cause(at, key="k", incident=""):
    return Cause(entry=None, realm="actual", key=key, at=at, incident=incident)


@pytest.fixture
def now(at):
    return at("2030-01-01T08:00")


def test_a_warning_opens_one_incident(county, version, now):
    handlers.answer_warning(warned(), cause(now))
    handlers.answer_warning(warned(), cause(now))
    handlers.answer_warning(warned("w2", level="红"), cause(now, "k2"))

    incident = Incident.objects.get()
    assert (incident.hazard, incident.title, incident.received_at) == (
        "11A",
        "河口镇暴雨洪涝",
        now,
    )
    assert (incident.source, incident.townships) == ("暴雨橙色预警", ["河口镇"])
    assert Entry.objects.get(name="command.incident_opened").actor["label"] == "系统研判"


def test_snow_and_icy_roads_are_one_incident(county, now):
    handlers.answer_warning(warned(category="暴雪", hazard="11B04"), cause(now))
    handlers.answer_warning(warned("w2", category="道路结冰", hazard="11B21"), cause(now, "k2"))

    incident = Incident.objects.get()
    assert (incident.hazard, incident.title) == ("11B04", "河口镇低温雨雪冰冻")


def test_a_warning_about_an_incident_that_is_over_does_not_open_it_again(county, now):
    handlers.answer_warning(warned(), cause(now))
    Incident.objects.update(state="closed")

    handlers.answer_warning(warned(), cause(now, "k2"))

    assert Incident.objects.count() == 1


def test_a_crossing_without_a_warning_opens_nothing(county, version, now):
    handlers.follow_crossing(crossed(), cause(now))

    assert not Incident.objects.exists()


def crossed():
    return blank(ThresholdCrossed, window_hours=1)


def blank(kind, **more):
    return kind(**dict.fromkeys((one.name for one in dataclasses.fields(kind)), "") | more)


def test_people_who_record_facts_get_a_proposal(county, flood, version, work):
    record_incident_facts(
        county.officer, incident=flood, facts={"stations_above_warning": 1}, source="水文站"
    )

    work()

    assert Proposal.objects.get().level == "III"
    assert not Delivery.objects.exists()


def test_a_lifted_warning_grades_anew_and_ends_nothing(county, flood, version, now):
    places.decide(county.office, flood, version)

    handlers.follow_lifted_warning(blank(WarningLifted, hazard="11B03"), cause(now))

    assert Incident.objects.get().responses.get().state == "active"


def test_an_order_is_told_to_its_post_once_and_reading_it_delivers(county, order, work):
    work()
    message = Message.objects.get(subject_id=str(order.pk))

    mark_read(county.water, message=message)
    work()

    order.refresh_from_db()
    assert message.to_post == county.posts["water"]
    assert (order.state, order.version) == ("delivered", 1)


def test_finishing_a_step_orders_what_waited_for_it(county, flood, version, work):
    response = places.decide(county.deputy, flood, version, level="III").response
    patrol = Order.objects.get(step="patrol")
    before = sorted(response.orders.values_list("step", flat=True))

    patrol = places.accepted(county.riverside, patrol)
    finish_order(
        county.riverside,
        order=patrol,
        text="已巡",
        files=["f"],
        expected_version=patrol.version,
    )
    work()
    handlers.order_next_steps(finished(patrol), cause(patrol.issued_at, "again"))

    steps = response.orders.exclude(state__in=sorted(VOID)).values_list("step", flat=True)
    assert before == ["forecast", "patrol", "watch"]
    assert sorted(steps) == ["forecast", "patrol", "shelter", "watch"]


def finished(order):
    entry = Entry.objects.get(name="command.order_finished", subject_id=str(order.pk))
    return OrderFinished(**json.loads(entry.payload.text))


def test_the_plans_informs_are_told_of_a_decision(county, flood, version, work):
    places.decide(county.office, flood, version)

    work()

    told = Message.objects.filter(subject_kind="command.response")
    assert [(one.to_post, one.title) for one in told] == [
        (county.posts["deputy"], "清溪河洪水：决定启动Ⅳ级响应")
    ]


def test_what_an_empty_chair_should_know_is_told_to_the_one_above(county, flood, work):
    text = places.PLAN.replace(
        "informs: [{post: flood-hq.deputy", "informs: [{post: flood-hq.none"
    )
    version = places.plan(text)
    places.decide(county.office, flood, version)

    work()

    [told] = Message.objects.filter(subject_kind="command.response")
    assert told.to_post == county.posts["leader"]
    assert told.text.startswith("（原应由“flood-hq.none”办理，该岗位空缺）")


def test_leaders_are_asked_to_consult_and_not_ordered(county, flood, version):
    response = places.decide(county.deputy, flood, version, level="III").response

    asked = Message.objects.filter(subject_kind="command.task", title="提请会商：主持会商")
    assert asked.get().to_post == county.posts["deputy"]
    assert not response.orders.filter(step="consult").exists()


def test_a_handler_that_comes_twice_leaves_one_of_everything(county, version, work, now):
    handlers.answer_warning(warned(), cause(now))
    work()
    counted = counts()

    handlers.answer_warning(warned(), cause(now))
    work()

    assert counts() == counted


def counts():
    tables = ["command_incident", "command_proposal", "plans_factvalue", "messaging_message"]
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
    return found


def test_an_incident_id_that_is_gone_does_not_stop_the_queue(county, now):
    fact = blank(StepFellDue, subject_id=str(uuid7()), do="report")

    handlers.call_repeated_step(fact, cause(now))


def test_an_incident_with_a_long_name_holds_up_no_message(county, version, work):
    flood = places.incident(county.officer, title="长" * 200)
    places.order(county.office, flood, county.posts["water"])
    places.decide(county.office, flood, version)

    work()

    assert Delivery.objects.count() == 0
    assert Message.objects.filter(subject_kind="command.order").count() == 3


def test_a_gauge_whose_clock_is_ahead_is_believed_as_of_now(county, flood, now):
    handlers._record(
        handlers._watch(cause(now)),
        flood,
        {"stations_above_warning": 1},
        "出口站",
        now + timedelta(minutes=4),
        "k",
    )

    assert FactValue.objects.get().observed_at == now


def test_a_step_that_waited_for_a_fact_is_ordered_when_it_is_said(county, flood, now):
    places.decide(county.office, flood, places.plan(places.ENDING_PLAN))
    before = set(Order.objects.values_list("step", flat=True))
    record_incident_facts(
        county.officer, incident=flood, facts={"open_flame_out": True}, source="前方"
    )
    fact = FactsRecorded(
        subject_id=str(flood.pk),
        kind="command.incident",
        facts={},
        shown="",
        source="",
        observed_at="",
    )

    handlers.grade_by_facts(fact, cause(now))
    handlers.grade_by_facts(fact, cause(now))

    ordered = list(Order.objects.values_list("step", flat=True))
    assert (before, sorted(ordered)) == ({"watch", "forecast"}, ["forecast", "guard", "watch"])


def test_a_fire_entered_by_hand_is_graded_by_its_plan(county, now):
    places.plan(places.PLAN.replace("hazard: 11A", "hazard: 11G"))
    fire = places.incident(county.officer, title="鹰嘴岩森林火灾", hazard="11G")
    fact = IncidentOpened(
        subject_id=str(fire.pk),
        number="",
        title="",
        hazard="11G",
        place="",
        source="",
        received_at="",
    )

    handlers.grade_new_incident(fact, cause(now))

    assert Proposal.objects.get().headline.startswith("建议先核实")


def test_a_plan_that_looks_at_anothers_level_is_graded_when_that_moves(county, flood, now):
    version = places.plan()
    relief = places.PLAN.replace("plan: flood-drought", "plan: relief").replace(
        "{stations_above_warning: {at_least: 1}}",
        "{response_level: {at_least: IV}, of_plan: flood-drought}",
    )
    places.plan(relief)
    run = start_run(
        county.office,
        version=version,
        subject_kind="command.incident",
        subject_id=str(flood.pk),
        level="IV",
        incident=str(flood.pk),
    )
    fact = RunStarted(
        subject_id=str(run.pk),
        plan="flood-drought",
        title="",
        number=1,
        level="IV",
        about_kind="command.incident",
        about_id=str(flood.pk),
    )

    handlers.grade_by_started_plan(dataclasses.replace(fact, plan="relief"), cause(now))
    unmoved = Proposal.objects.count()
    handlers.grade_by_started_plan(fact, cause(now))

    assert unmoved == 0
    assert Proposal.objects.get(plan="relief").level == "III"


@pytest.mark.parametrize(
    ("answer", "kind", "levels"),
    [
        (handlers.grade_by_ended_plan, RunEnded, {"level": "IV"}),
        (handlers.grade_by_moved_plan, RunLevelChanged, {"before": "IV", "after": "III"}),
    ],
)
def test_it_is_graded_when_the_other_ends_or_moves_too(
    county, flood, now, answer, kind, levels
):
    places.plan()
    looking = places.PLAN.replace("plan: flood-drought", "plan: relief").replace(
        "{rainstorm_signal: {at_least: 橙}}",
        "{response_level: {equals: none}, of_plan: flood-drought}",
    )
    places.plan(looking)
    fact = kind(subject_id="r", plan="flood-drought", about_id=str(flood.pk), **levels)

    answer(fact, cause(now))

    assert Proposal.objects.get(plan="relief").level == "IV"


SMOKELESS = "{smoke_out: true, within: PT3H, taken: lowest}"


def test_what_time_alone_makes_true_is_ordered_when_its_time_has_come(county, flood, at, work):
    at("2030-01-01T08:00")
    waiting = f"id: leave, do: order, to: water, text: 撤离, waits_for: {SMOKELESS}"
    begun(county, flood, "id: watch, do: order, to: water, text: 看守", waiting)
    record_incident_facts(
        county.officer, incident=flood, facts={"smoke_out": True}, source="前方指挥员"
    )
    work()

    at("2030-01-01T10:59")
    sweep()
    before = Order.objects.filter(step="leave").count()
    at("2030-01-01T11:00")
    sweep()
    work()

    assert (before, Order.objects.filter(step="leave").count()) == (0, 1)
    assert not Timer.objects.filter(kind="command.turn_due").exists()


def test_an_ending_that_time_alone_makes_true_is_proposed(county, flood, at, work):
    at("2030-01-01T08:00")
    version = places.plan(places.PLAN + f"ends_when: {SMOKELESS}\n")
    places.decide(county.office, flood, version)
    record_incident_facts(
        county.officer, incident=flood, facts={"smoke_out": True}, source="前方指挥员"
    )
    work()

    at("2030-01-01T11:00")
    sweep()

    assert Proposal.objects.latest("ordinal").kind == "end"


def test_a_closed_incident_waits_for_no_time(county, flood, at, work):
    at("2030-01-01T08:00")
    places.plan(places.PLAN + f"ends_when: {SMOKELESS}\n")
    record_incident_facts(
        county.officer, incident=flood, facts={"smoke_out": True}, source="前方指挥员"
    )
    work()
    waited = Timer.objects.filter(kind="command.turn_due").count()

    flood.refresh_from_db()
    close_incident(
        county.office, incident=flood, reason="烟已散", expected_version=flood.version
    )

    assert (waited, Timer.objects.filter(kind="command.turn_due").count()) == (1, 0)
