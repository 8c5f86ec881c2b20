import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from liandong.command.actions import close_incident, open_incident, recall_order, set_severity
from liandong.command.models import Incident, Register, Report
from liandong.kernel import clock
from liandong.kernel.identity import Node
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from tests.command import county as places
from tests.people import chief, duty_officer, visitor


@pytest.fixture
def node(db):
    return Node.objects.create(division_code="990101", name="示例县", public_key="k")


def test_open_incident_numbers_it_and_keeps_its_anchors(county, node, at):
    now = at("2026-07-14T04:07")

    incident = open_incident(
        county.officer,
        title="清溪河洪水",
        hazard="11A",
        source="河口镇电话",
        received_at=now - timedelta(minutes=2),
        occurred_at=now - timedelta(minutes=17),
        place="清溪河河口段",
        townships=["河口镇"],
    )

    entry = Entry.objects.get(name="command.incident_opened")
    assert (incident.number, incident.severity) == ("示应急〔2026〕1号", None)
    assert (entry.incident, entry.happened_at) == (str(incident.pk), incident.received_at)
    assert set(entry.audience) == {"duty", f"incident:{incident.pk}"}


@pytest.mark.django_db
def test_numbers_follow_one_another_and_begin_anew_each_year(node, at):
    at("2026-12-31T23:00")
    two = [places.incident(duty_officer()).number for _ in range(2)]
    at("2027-01-01T01:00")
    third = places.incident(duty_officer()).number
    in_drill = places.incident(duty_officer(realm="drill-1")).number

    assert two == ["示应急〔2026〕1号", "示应急〔2026〕2号"]
    assert third == "示应急〔2027〕1号"
    assert in_drill.startswith("示演练应急〔")


@pytest.mark.django_db
def test_a_number_that_was_not_used_is_given_again(node, at):
    at("2026-07-14T04:07")
    places.incident(duty_officer(), warning="w1")
    with pytest.raises(IllegalMove):
        places.incident(duty_officer(), warning="w1")

    assert places.incident(duty_officer()).number == "示应急〔2026〕2号"


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_get_ten_numbers():
    def enter():
        try:
            places.incident(duty_officer())
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = sorted(int(one.split("〕")[1][:-1]) for one in all_numbers())
    assert numbers == list(range(1, 11))
    assert Register.objects.get().last == 10


def all_numbers():
    return Incident.objects.values_list("number", flat=True)


@pytest.mark.parametrize("field", ["title", "hazard", "source"])
def test_an_incident_without_an_element_is_refused_and_the_element_named(field, county):
    with pytest.raises(Invalid) as refusal:
        places.incident(county.officer, **{field: " "})

    assert list(refusal.value.fields) == [field]
    assert not Incident.objects.exists()


def test_an_incident_from_the_future_is_refused(county):
    ahead = clock.now("actual") + timedelta(minutes=5)

    with pytest.raises(Invalid) as refusal:
        places.incident(county.officer, occurred_at=ahead)

    assert refusal.value.title == "发生时间晚于现在。"


@pytest.mark.django_db
def test_open_incident_is_refused_without_the_permission(county):
    for somebody in (county.water, visitor()):
        with pytest.raises(Forbidden):
            places.incident(somebody)


def test_a_double_click_opens_one_incident(county):
    first = places.incident(county.officer, idempotency_key="k")
    again = places.incident(county.officer, idempotency_key="k")

    assert (first, Incident.objects.count()) == (again, 1)


def test_severity_is_fixed_with_a_reason_and_may_become_unknown_again(county, flood):
    graded = set_severity(
        county.officer, incident=flood, severity=2, reason="失踪 3 人", expected_version=1
    )
    unknown = set_severity(
        county.officer, incident=graded, severity=None, reason="待核实", expected_version=2
    )

    said = Entry.objects.filter(name="command.severity_set").order_by("id")
    assert unknown.severity is None
    assert [one.payload.text.count("未定") for one in said] == [1, 1]


def test_set_severity_refuses(county, flood):
    call = {"incident": flood, "severity": 2, "reason": "x", "expected_version": 1}

    with pytest.raises(Invalid):
        set_severity(county.officer, **call | {"reason": ""})
    with pytest.raises(Stale):
        set_severity(county.officer, **call | {"expected_version": 9})
    with pytest.raises(Missing):
        set_severity(replace(county.officer, realm="drill-1"), **call)
    with pytest.raises(Forbidden):
        set_severity(county.water, **call)


def test_an_incident_is_not_closed_while_orders_are_live(county, flood, order):
    close = {"incident": flood, "reason": "水已退"}

    with pytest.raises(IllegalMove) as refusal:
        close_incident(county.office, **close, expected_version=1)
    recall_order(county.office, order=order, reason="不再需要", expected_version=1)
    closed = close_incident(county.office, **close, expected_version=1)

    assert refusal.value.title == "还有 1 条指令没有办完：1号令（县水利局）。"
    assert closed.state == "closed"
    assert Entry.objects.get(name="command.incident_closed").incident == str(flood.pk)


def test_an_incident_is_not_closed_while_a_response_is_in_force(county, flood, version):
    response = places.decide(county.office, flood, version).response
    response.orders.update(state="checked")

    with pytest.raises(IllegalMove) as refusal:
        close_incident(county.office, incident=flood, reason="x", expected_version=2)

    assert refusal.value.title == "Ⅳ级响应还没有终止。"


def test_close_incident_refuses_whoever_saw_an_older_version_and_a_second_time(county, flood):
    with pytest.raises(Stale):
        close_incident(county.office, incident=flood, reason="x", expected_version=7)
    close_incident(county.office, incident=flood, reason="x", expected_version=1)
    with pytest.raises(IllegalMove):
        close_incident(county.office, incident=flood, reason="x", expected_version=2)


@pytest.mark.django_db
def test_close_incident_is_refused_to_the_desk_and_from_a_drill(county, flood):
    with pytest.raises(Forbidden):
        close_incident(county.officer, incident=flood, reason="x", expected_version=1)
    with pytest.raises(Missing):
        close_incident(chief(realm="drill-1"), incident=flood, reason="x", expected_version=1)


def test_opening_starts_the_clocks_of_the_first_reports(county, at):
    from liandong.command.actions import set_report_clock
    from tests.people import office

    now = at("2026-07-14T03:52")
    set_report_clock(office(), kind="first", channel="phone", to="市应急管理局", minutes=30)

    places.incident(county.officer)

    report = Report.objects.get()
    assert (report.due_at, report.counted) == (now + timedelta(minutes=30), "接报起 30 分钟")
