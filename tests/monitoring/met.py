"""A joint meeting of two units, as tests play it."""

from dataclasses import replace
from datetime import date, timedelta

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.monitoring.actions import (
    answer_meeting,
    call_meeting,
    close_meeting,
    decide_in_meeting,
    note_arrival,
    open_meeting,
    record_meeting_minutes,
    sign_meeting_minutes,
)
from liandong.monitoring.models import JointMeeting, MeetingSeat
from tests.monitoring.filed import clerk_of, liaison_of

DAY = date(2026, 7, 31)


def clerk(office, person="", **more):
    return replace(clerk_of(office, **more), person=person)


def called(office, units, **more):
    said = {
        "office": office,
        "title": "七月联席会议",
        "begins_at": clock.now(ACTUAL) + timedelta(days=2),
        "bodies": units,
        "place": "三楼会议室",
        "topics": ["防汛形势"],
    }
    return call_meeting(clerk(office), **(said | more))


def fresh(meeting):
    return JointMeeting.objects.select_related("office").get(pk=meeting.pk)


def seat_of(meeting, body):
    return MeetingSeat.objects.select_related("meeting__office", "body").get(
        meeting=meeting, body=body
    )


def answered(meeting, body, answer="comes", by=None, **more):
    seat = seat_of(meeting, body)
    return answer_meeting(
        by or liaison_of(body), seat=seat, answer=answer, expected_version=seat.version, **more
    )


def opened(office, bodies, **more):
    meeting = called(office, bodies, **more)
    return open_meeting(clerk(office), meeting=meeting, expected_version=meeting.version)


def arrived(meeting, body):
    seat = seat_of(meeting, body)
    return note_arrival(
        clerk(meeting.office), seat=seat, who="王工", expected_version=seat.version
    )


def decided(meeting, owner, text="清理河道", due_on=DAY):
    return decide_in_meeting(
        clerk(meeting.office), meeting=fresh(meeting), text=text, owner=owner, due_on=due_on
    )


def closed(meeting, person="p1"):
    return close_meeting(
        clerk(meeting.office, person),
        meeting=fresh(meeting),
        expected_version=fresh(meeting).version,
    )


def signed(meeting, person="p2"):
    now = fresh(meeting)
    written = record_meeting_minutes(
        clerk(meeting.office, "p1"),
        meeting=now,
        situation=now.situation,
        findings=now.findings,
        chair="张副县长",
        expected_version=now.version,
    )
    return sign_meeting_minutes(
        clerk(meeting.office, person), meeting=written, expected_version=written.version
    )
