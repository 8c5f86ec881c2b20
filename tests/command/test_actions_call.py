"""A call is written down once: incident, facts, first report and word to the leader follow."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.command.actions import close_incident, raise_signal, register_call, send_report
from liandong.command.models import Call, Incident, Report, Signal
from liandong.command.rules.call import Told
from liandong.command.states import ReportState, SignalState
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, KeyReused, Missing
from liandong.kernel.timers import Timer
from liandong.messaging.models import Message
from liandong.organization.models import Appointment
from liandong.plans import queries as plans
from tests.command import county as places
from tests.people import duty_officer, visitor

LON, LAT = Decimal("112.418000"), Decimal("27.731200")
FIRE = Told(
    caller="东岭乡林业站值班员",
    number="尾号 5518",
    occurred="约 03:50",
    hazard="11G",
    place="东岭乡鹰嘴岩东坡",
    what="雷击起火，过火约 26 公顷，向东蔓延。",
    dead=0,
    missing=0,
    measures="林业站 12 人已上山，请求风力灭火机",
    asked={"burned_ha": "26", "spreading": True},
)


@pytest.fixture
def signal(county):
    return raise_signal(county.riverside, channel="phone", caller="东岭乡林业站值班员")


def facts(incident):
    found = plans.facts_of("command.incident", str(incident.pk), realm="actual")
    return {name: known.value for name, known in found.items()}


def test_register_call_opens_the_incident_with_facts_and_a_drafted_first_report(county, at):
    now = at("2026-07-14T04:07")

    call = register_call(county.officer, told=FIRE)

    incident = call.incident
    report = Report.objects.get()
    entry = Entry.objects.get(name="command.call_registered")
    assert (str(call), incident.title) == ("接报0714-01", "东岭乡鹰嘴岩东坡森林火灾")
    assert (incident.received_at, incident.leader_informed_at) == (now, None)
    assert incident.source == "东岭乡林业站值班员（电话 尾号 5518）"
    assert facts(incident) | {"burned_ha": 26} == {
        "deaths": 0, "missing": 0, "dead_missing": 0, "burned_ha": 26, "spreading": True,
    }  # fmt: skip
    assert (report.state, report.dead, report.injured) == (ReportState.DRAFTED, 0, None)
    assert report.elements["trend"] == "向东蔓延"
    assert report.elements["requests"] == "请求风力灭火机"
    assert report.elements["casualties"] == "死亡 0 人，失踪 0 人，重伤未问到"
    assert entry.incident == str(incident.pk)


def test_a_figure_nobody_could_tell_stays_unknown_everywhere(county):
    call = register_call(county.officer, told=replace(FIRE, dead=None, missing=None, asked={}))

    report = Report.objects.get()
    assert (call.dead, report.dead, report.elements["casualties"]) == (None, None, None)
    assert "伤亡和失联：未问到" in report.text
    assert facts(call.incident) == {}


def test_the_leader_of_the_shift_is_told(county):
    call = register_call(county.officer, told=FIRE)

    message = Message.objects.get(to_post=county.posts["leader"], is_urgent=True)
    assert message.title == "接报：东岭乡鹰嘴岩东坡森林火灾"
    assert message.link == f"/command/incidents/{call.incident_id}/"


def test_a_leader_who_registers_is_not_told_what_they_know(county):
    register_call(county.leader, told=FIRE)

    assert not Message.objects.filter(is_urgent=True).exists()


def test_with_no_leader_the_call_is_registered_all_the_same(county):
    Appointment.objects.filter(post=county.posts["leader"]).update(until_at=clock.now("actual"))

    call = register_call(county.officer, told=FIRE)

    assert call.incident.is_open


def test_the_signal_it_came_by_is_settled(county, signal):
    call = register_call(county.officer, told=FIRE, signal=signal)

    signal.refresh_from_db()
    assert (signal.state, signal.incident) == (SignalState.REGISTERED, call.incident)
    assert signal.taken_by == county.officer.label
    assert not Timer.objects.filter(kind="command.signal_untaken").exists()
    with pytest.raises(IllegalMove):
        register_call(county.officer, told=FIRE, signal=signal)


def test_a_second_call_is_added_to_the_open_incident(county):
    first = register_call(county.officer, told=FIRE)
    more = replace(FIRE, caller="鹰嘴岩村支书", badly_injured=1, asked={})

    second = register_call(county.officer, told=more, incident=first.incident)

    assert (second.incident, second.ordinal) == (first.incident, 2)
    assert Incident.objects.count() == 1
    assert facts(first.incident)["serious_injuries"] == 1
    assert Message.objects.filter(title__startswith="又接报").count() == 1


def test_a_first_report_that_was_written_or_sent_is_left_as_it_is(county):
    first = register_call(county.officer, told=FIRE)
    report = Report.objects.get()
    send_report(
        county.officer, report=report, signed_by="何川", expected_version=report.version
    )

    register_call(county.officer, told=replace(FIRE, what="火已扑灭"), incident=first.incident)

    report.refresh_from_db()
    assert report.state == ReportState.SENT
    assert Report.objects.filter(channel=report.channel).count() == 1
    assert "扑灭" not in report.text


def test_nothing_is_added_to_an_incident_that_is_over(county):
    first = register_call(county.officer, told=FIRE)
    first.incident.refresh_from_db()
    close_incident(
        county.leader,
        incident=first.incident,
        reason="已扑灭",
        expected_version=first.incident.version,
    )

    with pytest.raises(IllegalMove):
        register_call(county.officer, told=FIRE, incident=first.incident)

    assert Call.objects.count() == 1


@pytest.mark.parametrize("field", ["caller", "hazard", "place", "what"])
def test_a_call_without_an_element_is_refused_and_nothing_is_written(field, county, signal):
    with pytest.raises(Invalid) as refusal:
        register_call(county.officer, told=replace(FIRE, **{field: " "}), signal=signal)

    signal.refresh_from_db()
    assert list(refusal.value.fields) == [field]
    assert signal.state == SignalState.RINGING
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"dead": -1}, "dead"), ({"asked": {"burned_ha": "很多"}}, "asked_burned_ha")],
)
def test_figures_that_cannot_be_are_refused_by_name(wrong, field, county):
    with pytest.raises(Invalid) as refusal:
        register_call(county.officer, told=replace(FIRE, **wrong))

    assert list(refusal.value.fields) == [field]
    assert not Call.objects.exists()


def test_moments_ahead_and_unknown_facts_are_refused(county):
    ahead = clock.now("actual") + timedelta(minutes=30)

    for wrong in ({"received_at": ahead}, {"occurred_at": ahead}, {"asked": {"omens": 1}}):
        with pytest.raises(Invalid):
            register_call(county.officer, told=replace(FIRE, **wrong))

    assert not Call.objects.exists()


def test_the_same_key_twice_is_one_call(county):
    first = register_call(county.officer, told=FIRE, idempotency_key="k")
    again = register_call(county.officer, told=FIRE, idempotency_key="k")
    with pytest.raises(KeyReused):
        register_call(county.officer, told=replace(FIRE, dead=1), idempotency_key="k")

    assert (again, Call.objects.count()) == (first, 1)


def test_register_call_asks_for_the_permission_and_the_realm(county, signal):
    first = register_call(county.officer, told=FIRE)
    drill = duty_officer(realm="drill-1")

    for somebody in (county.water, visitor()):
        with pytest.raises(Forbidden):
            register_call(somebody, told=FIRE)
    with pytest.raises(Missing):
        register_call(drill, told=FIRE, incident=first.incident)
    with pytest.raises(Missing):
        register_call(drill, told=FIRE, signal=signal)

    assert Call.objects.count() == 1
    assert Signal.objects.get().state == SignalState.RINGING


def test_calls_are_counted_by_the_day(county, at):
    at("2026-07-14T23:59")
    one = register_call(county.officer, told=FIRE)
    at("2026-07-15T00:01")
    two = register_call(county.officer, told=replace(FIRE, place="石门镇水库"))

    assert (str(one), str(two)) == ("接报0714-01", "接报0715-01")


def test_a_unit_sees_a_call_no_more_than_its_incident(county):
    call = register_call(county.officer, told=FIRE)

    places.order(county.office, call.incident, county.posts["water"])

    assert call.audience == sorted({"duty", f"incident:{call.incident_id}"})


def test_a_place_shown_on_the_map_locates_the_incident(county):
    call = register_call(county.officer, told=replace(FIRE, lon=LON, lat=LAT))

    incident = call.incident
    entry = Entry.objects.get(name="command.call_registered")
    assert (call.lon, call.lat) == (incident.lon, incident.lat) == (LON, LAT)
    assert '"lon":"112.418000"' in entry.payload.text


def test_a_later_caller_locates_what_nobody_had_located_and_moves_nothing(county):
    incident = register_call(county.officer, told=FIRE).incident
    for lon in (LON, LON + 1):
        told = replace(FIRE, lon=lon, lat=LAT)
        call = register_call(county.officer, told=told, incident=incident)

    incident.refresh_from_db()
    assert (incident.lon, incident.lat, call.lon) == (LON, LAT, LON + 1)
    assert Entry.objects.filter(name="command.incident_located").count() == 1


@pytest.mark.parametrize("spot", [{"lon": LON}, {"lat": LAT}, {"lon": LAT, "lat": LON}])
def test_half_a_place_or_one_abroad_is_refused(county, spot):
    with pytest.raises(Invalid):
        register_call(county.officer, told=replace(FIRE, **spot))

    assert not Call.objects.exists()
