from datetime import date

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.kernel.timers import Timer
from liandong.messaging.models import Message
from liandong.monitoring.actions import (
    accept_decision,
    decide_in_meeting,
    finish_decision,
    urge_decision,
    withdraw_decision,
)
from liandong.monitoring.queries import decisions_owed_by, meeting_for
from liandong.monitoring.states import UrgeStep
from tests.factories import organization as make
from tests.monitoring.filed import clerk_of, liaison_of, watch
from tests.monitoring.met import DAY, called, clerk, decided, fresh, opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


@pytest.fixture
def meeting(office, cdc):
    return opened(office, [cdc])


def test_what_is_decided_is_on_the_owners_desk(meeting, cdc):
    row = decided(meeting, cdc)

    assert (row.number, row.due_on) == (1, DAY)
    assert decisions_owed_by(liaison_of(cdc)) == [row]
    assert Entry.objects.get(name="monitoring.meeting_decided").audience == meeting.audience
    assert decided(meeting, cdc, "再清一次").number == 2


def test_an_owner_who_was_not_invited_is_let_see_the_meeting(meeting, water):
    decided(meeting, water)

    assert meeting_for(liaison_of(water), meeting.pk)


def test_what_cannot_be_decided_is_refused(meeting, office, cdc):
    with pytest.raises(Invalid) as problem:
        decided(meeting, cdc, " ", date(2026, 7, 1))
    assert set(problem.value.fields) == {"text", "due_on"}
    with pytest.raises(IllegalMove):
        decided(called(office, [cdc]), cdc)
    said = {"meeting": fresh(meeting), "text": "甲", "owner": cdc, "due_on": DAY}
    with pytest.raises(Forbidden):
        decide_in_meeting(clerk_of(cdc), **said)
    with pytest.raises(Forbidden):
        decide_in_meeting(clerk(office, realm="drill:1"), **said)
    one = decide_in_meeting(clerk(office), **said, idempotency_key="k")
    assert decide_in_meeting(clerk(office), **said, idempotency_key="k") == one


def test_it_is_accepted_and_done_by_its_owner(meeting, office, cdc, water):
    row = decided(meeting, cdc)
    with pytest.raises(Forbidden):
        accept_decision(liaison_of(water), decision=row, expected_version=1)
    with pytest.raises(Stale):
        accept_decision(liaison_of(cdc), decision=row, expected_version=7)
    accept_decision(liaison_of(cdc), decision=row, expected_version=1)
    with pytest.raises(IllegalMove):
        accept_decision(liaison_of(cdc), decision=row, expected_version=2)
    with pytest.raises(Invalid):
        finish_decision(liaison_of(cdc), decision=row, outcome=" ", expected_version=2)
    with pytest.raises(Forbidden):
        finish_decision(liaison_of(water), decision=row, outcome="已清", expected_version=2)

    finish_decision(liaison_of(cdc), decision=row, outcome="已清", expected_version=2)

    assert (row.state, row.outcome) == ("done", "已清")
    assert decisions_owed_by(liaison_of(cdc)) == []
    assert not Timer.objects.filter(kind="monitoring.meeting_decision_due").exists()
    with pytest.raises(IllegalMove):
        withdraw_decision(clerk(office), decision=row, reason="重复", expected_version=3)


def test_it_is_withdrawn_by_the_office_with_a_reason(meeting, office, cdc):
    row = decided(meeting, cdc)
    with pytest.raises(Invalid):
        withdraw_decision(clerk(office), decision=row, reason="", expected_version=1)
    with pytest.raises(Forbidden):
        withdraw_decision(liaison_of(cdc), decision=row, reason="难", expected_version=1)
    with pytest.raises(Forbidden):
        withdraw_decision(
            clerk(office, realm="drill:1"), decision=row, reason="难", expected_version=1
        )

    withdraw_decision(clerk(office), decision=row, reason="重复", expected_version=1)

    assert row.state == "withdrawn"


def test_what_is_late_climbs_once_a_step(meeting, cdc, at):
    row = decided(meeting, cdc)
    steps = []

    for moment in ("30T09:00", "31T09:00", "31T10:00"):
        at(f"2026-07-{moment}")
        steps.append(urge_decision(watch(), decision=row).urged)
    for moment in ("01T09:00", "02T09:00", "04T09:00", "09T09:00"):
        at(f"2026-08-{moment}")
        steps.append(urge_decision(watch(), decision=row).urged)

    assert steps == [
        UrgeStep.ASKED,
        UrgeStep.REMINDED,
        UrgeStep.REMINDED,
        UrgeStep.OVERDUE,
        UrgeStep.LEADER,
        UrgeStep.OFFICE,
        UrgeStep.OFFICE,
    ]
    assert Entry.objects.filter(name="monitoring.meeting_decision_urged").count() == 4


def test_the_owner_the_leader_and_the_office_are_told(meeting, office, cdc, work, at):
    leader = make.post(at=cdc, title="主任")
    post = make.post(at=cdc, roles=[Role.UNIT_LIAISON], is_liaison=True, superior=leader)
    desk = make.post(at=office, is_liaison=True, title="值班")
    for one, name in ((leader, "王主任"), (post, "李联络"), (desk, "张值班")):
        make.person(name=name, at=one)
    decided(meeting, cdc)
    for moment in ("07-13T08:01", "07-31T09:00", "08-01T09:00", "08-02T09:00", "08-04T09:00"):
        at(f"2026-{moment}")
        work()

    told = Message.objects.filter(title__contains="议定事项").order_by("sent_at", "pk")

    assert [one.to_post.title for one in told] == ["联络员", "联络员", "联络员", "主任", "值班"]
