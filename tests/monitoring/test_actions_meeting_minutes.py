import json

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.monitoring.actions import (
    close_meeting,
    give_meeting_opinion,
    receive_minutes,
    record_meeting_minutes,
    sign_meeting_minutes,
)
from liandong.monitoring.queries import minutes_unsigned_by
from tests.monitoring.filed import asked, clerk_of, filed, liaison_of
from tests.monitoring.met import (
    arrived,
    called,
    clerk,
    closed,
    decided,
    fresh,
    opened,
    seat_of,
    signed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


@pytest.fixture
def meeting(office, cdc, water):
    return opened(office, [cdc, water])


def test_minutes_are_drafted_from_what_is_on_record(office, cdc, water):
    filed(asked(office, [cdc]), cdc)
    meeting = opened(office, [cdc, water])
    arrived(meeting, cdc)
    give_meeting_opinion(
        liaison_of(cdc), seat=seat_of(meeting, cdc), words="注意学校", who="王"
    )

    over = closed(meeting)

    assert over.state == "closed"
    assert "流感样病例（例） 12" in over.situation
    assert over.findings == "县疾控中心（王）：注意学校"
    entry = Entry.objects.get(name="monitoring.meeting_closed")
    assert json.loads(entry.payload.text)["missing"] == ["县水利局"]


def test_the_same_key_twice_ends_it_once(office, meeting):
    seen = fresh(meeting).version
    for _again in range(2):
        close_meeting(
            clerk(office), meeting=fresh(meeting), expected_version=seen, idempotency_key="k"
        )

    assert Entry.objects.filter(name="monitoring.meeting_closed").count() == 1


def test_it_ends_once_and_not_before_it_began(office, cdc, meeting):
    closed(meeting)

    with pytest.raises(IllegalMove):
        closed(meeting)
    with pytest.raises(IllegalMove):
        closed(called(office, [cdc]))


def test_another_signs_and_then_nothing_is_changed(office, meeting):
    closed(meeting)
    with pytest.raises(Invalid, match="主持人"):
        sign_meeting_minutes(
            clerk(office, "p2"), meeting=fresh(meeting), expected_version=fresh(meeting).version
        )
    with pytest.raises(Forbidden):
        signed(meeting, person="p1")

    done = signed(meeting)

    assert done.state == "signed"
    with pytest.raises(IllegalMove):
        signed(meeting)
    with pytest.raises(IllegalMove):
        decided(meeting, meeting.office)


def test_who_may_not_write_or_sign(office, cdc, meeting):
    said = {"situation": "", "findings": "", "chair": "张"}
    now = {"meeting": fresh(meeting), "expected_version": fresh(meeting).version}
    with pytest.raises(Forbidden):
        record_meeting_minutes(clerk_of(cdc), **now, **said)
    with pytest.raises(Forbidden):
        record_meeting_minutes(clerk(office, realm="drill:1"), **now, **said)
    with pytest.raises(Stale):
        record_meeting_minutes(clerk(office), **{**now, "expected_version": 1}, **said)
    with pytest.raises(IllegalMove):
        sign_meeting_minutes(clerk(office), **now)
    with pytest.raises(Forbidden):
        sign_meeting_minutes(liaison_of(cdc), **now)


def test_each_body_signs_for_the_minutes_once(meeting, cdc, water):
    closed(meeting)
    with pytest.raises(IllegalMove):
        receive_minutes(liaison_of(cdc), seat=seat_of(meeting, cdc), expected_version=1)
    signed(meeting)
    assert [one.body for one in minutes_unsigned_by(liaison_of(cdc))] == [cdc]
    with pytest.raises(Forbidden):
        receive_minutes(liaison_of(water), seat=seat_of(meeting, cdc), expected_version=1)

    receive_minutes(liaison_of(cdc), seat=seat_of(meeting, cdc), expected_version=1)

    assert minutes_unsigned_by(liaison_of(cdc)) == []
    with pytest.raises(IllegalMove):
        receive_minutes(liaison_of(cdc), seat=seat_of(meeting, cdc), expected_version=2)
    with pytest.raises(Forbidden):
        receive_minutes(
            liaison_of(water, realm="drill:1"), seat=seat_of(meeting, water), expected_version=1
        )
