from datetime import time

import pytest

from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.kernel.timers import Timer
from liandong.monitoring.actions import MeetingPlanSpec, call_planned_meeting, set_meeting_plan
from liandong.monitoring.models import JointMeeting
from tests.monitoring.filed import clerk_of, liaison_of
from tests.monitoring.met import clerk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


def spec(office, units, **more):
    said = {
        "name": "应急联席会议",
        "office": office,
        "bodies": units,
        "months": range(1, 13),
        "day": 5,
        "at": time(9, 0),
        "place": "三楼",
    }
    return MeetingPlanSpec(**(said | more))


def test_it_is_called_by_itself_so_long_ahead_every_month(office, cdc, work, at):
    set_meeting_plan(clerk(office), spec=spec(office, [cdc]))
    work()
    assert not JointMeeting.objects.exists()

    at("2026-07-29T09:01")
    work()
    at("2026-08-31T09:01")
    work()

    assert [str(one) for one in JointMeeting.objects.order_by("begins_at")] == [
        "应急联席会议（2026年8月）",
        "应急联席会议（2026年9月）",
    ]
    first = JointMeeting.objects.order_by("begins_at").first()
    assert f"{first.begins_at:%F %R}" == "2026-08-05 01:00"
    assert [one.body for one in first.seats.all()] == [cdc]


def test_a_day_is_called_once(office, cdc, at):
    plan = set_meeting_plan(clerk(office), spec=spec(office, [cdc]))
    at("2026-08-01T09:00")

    for _n in range(2):
        call_planned_meeting(clerk(office), plan=plan)

    assert JointMeeting.objects.count() == 1


def test_it_is_changed_and_ended(office, cdc):
    plan = set_meeting_plan(clerk(office), spec=spec(office, [cdc]))
    with pytest.raises(Stale):
        set_meeting_plan(clerk(office), spec=spec(office, [cdc]), plan=plan, expected_version=9)

    set_meeting_plan(
        clerk(office),
        spec=spec(office, [cdc], in_force=False),
        plan=plan,
        expected_version=plan.version,
    )

    assert not Timer.objects.filter(kind="monitoring.meeting_plan_due").exists()
    call_planned_meeting(clerk(office), plan=plan)
    assert not JointMeeting.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"months": []}, "months"),
        ({"months": [13]}, "months"),
        ({"bodies": []}, "bodies"),
        ({"day": 32}, "day"),
        ({"ahead_days": 99}, "ahead_days"),
    ],
)
def test_what_cannot_be_is_named(office, cdc, more, field):
    with pytest.raises(Invalid) as problem:
        set_meeting_plan(clerk(office), spec=spec(office, [cdc], **more))

    assert list(problem.value.fields) == [field]


def test_only_its_office_and_never_in_a_drill(office, cdc):
    said = spec(office, [cdc])
    with pytest.raises(Forbidden):
        set_meeting_plan(liaison_of(cdc), spec=said)
    with pytest.raises(Forbidden):
        set_meeting_plan(clerk_of(cdc), spec=said)
    with pytest.raises(Forbidden):
        set_meeting_plan(clerk(office, realm="drill:1"), spec=said)
    one = set_meeting_plan(clerk(office), spec=said, idempotency_key="k")
    assert set_meeting_plan(clerk(office), spec=said, idempotency_key="k") == one
