from datetime import datetime

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove
from liandong.kernel.timers import Timer
from liandong.messaging.models import Message
from liandong.monitoring.actions import (
    ring_statistic_form,
    urge_filings,
    withdraw_statistic_form,
)
from liandong.monitoring.models import Filing
from liandong.monitoring.states import UrgeStep
from tests.factories import organization as make
from tests.monitoring.filed import (
    NEXT_WEEK,
    WEEK,
    asked,
    clerk_of,
    filed,
    filing_of,
    laid_down,
    watch,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


def next_ring():
    return Timer.objects.get(kind="monitoring.filings_due").due_at


def test_a_period_that_ended_is_owed_by_each_and_asked_for_once(office, cdc):
    town = make.body("town", name="城关镇", kind="township")

    form = asked(office, [cdc], all_townships=True)
    ring_statistic_form(watch(), form=form)

    assert {one.body for one in Filing.objects.all()} == {cdc, town}
    one = filing_of(form, cdc)
    assert (one.from_on, str(one.due_at)) == (WEEK, "2026-07-13 02:00:00+00:00")
    assert f"body:{cdc.pk}" in one.audience
    assert f"body:{town.pk}" not in one.audience
    assert Entry.objects.filter(name="monitoring.filings_asked").count() == 1


def test_it_costs_the_same_for_one_unit_and_for_many(
    office, cdc, django_assert_max_num_queries
):
    units = [make.body(f"u{n}", name=f"{n}局") for n in range(30)]
    few = laid_down(office, [cdc], key="few")
    many = laid_down(office, units, key="many")

    with django_assert_max_num_queries(30):
        ring_statistic_form(watch(), form=few)
    with django_assert_max_num_queries(30):
        ring_statistic_form(watch(), form=many)

    assert Filing.objects.count() == 31


def test_silence_climbs_once_a_step_and_the_clock_goes_on(office, cdc, at):
    form = asked(office, [cdc])
    assert next_ring() == datetime.fromisoformat("2026-07-13T10:00+08:00")

    steps = []
    for moment in ("13T10:01", "13T10:30", "13T12:01", "14T10:01", "15T10:01"):
        at(f"2026-07-{moment}")
        ring_statistic_form(watch(), form=form)
        steps.append(filing_of(form, cdc).urged)

    assert steps == [
        UrgeStep.OVERDUE,
        UrgeStep.OVERDUE,
        UrgeStep.LEADER,
        UrgeStep.OFFICE,
        UrgeStep.OFFICE,
    ]
    assert Entry.objects.filter(name="monitoring.filings_urged").count() == 3
    assert next_ring() == datetime.fromisoformat("2026-07-19T00:00+08:00")


def test_after_a_standstill_each_period_is_owed_and_told_of_once(office, cdc, at):
    form = asked(office, [cdc])
    at("2026-08-03T09:00")

    ring_statistic_form(watch(), form=form)

    assert Filing.objects.count() == 4
    assert Entry.objects.filter(name="monitoring.filings_urged").count() == 3


def test_whoever_filed_is_left_in_peace(office, cdc, at):
    form = asked(office, [cdc])
    filed(form, cdc)
    at("2026-07-14T10:01")

    ring_statistic_form(watch(), form=form)

    assert not Entry.objects.filter(name="monitoring.filings_urged").exists()


def test_a_merged_body_leaves_its_filing_to_its_heir(office, cdc):
    heir = make.body("health", name="县卫健局")
    type(cdc).objects.filter(pk=cdc.pk).update(
        merged_into=heir, merged_at=datetime.fromisoformat("2026-07-01T00:00+08:00")
    )

    asked(office, [cdc])

    assert Filing.objects.get().body == heir


def test_a_withdrawn_form_asks_for_nothing(office, cdc, at):
    form = asked(office, [cdc])
    withdraw_statistic_form(
        clerk_of(office), form=form, reason="不报了", expected_version=form.version
    )
    at("2026-07-27T09:00")

    ring_statistic_form(watch(), form=form)

    assert Filing.objects.count() == 1


def test_the_desk_reminds_by_hand_and_only_whom_it_must(office, cdc):
    form = asked(office, [cdc])

    urge_filings(clerk_of(office), form=form, from_on=WEEK)
    filed(form, cdc)

    assert Entry.objects.filter(name="monitoring.filings_urged").count() == 1
    with pytest.raises(IllegalMove):
        urge_filings(clerk_of(office), form=form, from_on=WEEK)
    with pytest.raises(Forbidden):
        urge_filings(clerk_of(cdc, Role.UNIT_LIAISON), form=form, from_on=WEEK)
    with pytest.raises(Forbidden):
        urge_filings(clerk_of(office, realm="drill:1"), form=form, from_on=WEEK)


def test_the_liaison_then_the_leader_then_the_office_are_told(office, cdc, work, at):
    leader = make.post(at=cdc, title="主任")
    post = make.post(at=cdc, roles=[Role.UNIT_LIAISON], is_liaison=True, superior=leader)
    desk = make.post(at=office, is_liaison=True, title="值班")
    for one, name in ((leader, "王主任"), (post, "李联络"), (desk, "张值班")):
        make.person(name=name, at=one)
    laid_down(office, [cdc])
    told = []

    for moment in ("13T08:01", "13T10:01", "13T12:01", "14T10:01"):
        at(f"2026-07-{moment}")
        work()
        told.append(sorted(Message.objects.values_list("to_post__title", flat=True)))

    assert told == [
        ["联络员"],
        ["联络员", "联络员"],
        ["主任", "联络员", "联络员"],
        ["主任", "值班", "联络员", "联络员"],
    ]
    assert "仍未报送：县疾控中心" in Message.objects.get(to_post=desk).text


def test_the_next_week_comes_by_itself(office, cdc, work, at):
    laid_down(office, [cdc])
    work()
    at("2026-07-20T08:00")

    work()

    assert sorted(Filing.objects.values_list("from_on", flat=True)) == [WEEK, NEXT_WEEK]
