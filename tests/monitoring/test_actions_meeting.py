from datetime import timedelta

import pytest

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.messaging.models import Message
from liandong.monitoring.actions import (
    add_topic,
    answer_meeting,
    call_meeting,
    cancel_meeting,
    freeze_pack,
    give_meeting_opinion,
    note_arrival,
    open_meeting,
)
from liandong.monitoring.models import MeetingOpinion
from liandong.monitoring.queries import digest_of, meeting_for, topics_of
from tests.factories import organization as make
from tests.monitoring.filed import clerk_of, liaison_of
from tests.monitoring.met import (
    answered,
    arrived,
    called,
    clerk,
    decided,
    fresh,
    opened,
    seat_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


@pytest.fixture
def other(db):
    return make.body("other", name="县教育局")


def test_units_are_invited_and_told(office, cdc, water, work):
    for body in (cdc, water):
        make.person(name="李明", at=make.post(at=body, is_liaison=True))

    meeting = called(office, [cdc, water])
    work()

    assert [str(one) for one in topics_of(meeting)] == ["防汛形势"]
    assert meeting.seats.count() == 2
    titles = set(Message.objects.values_list("title", flat=True))
    assert titles == {"请参加：七月联席会议"}
    assert Message.objects.count() == 2
    assert Entry.objects.get(name="monitoring.meeting_called").audience == meeting.audience


@pytest.mark.parametrize(
    ("more", "field"),
    [({"title": " "}, "title"), ({"bodies": []}, "bodies"), ({"days": -1}, "begins_at")],
)
def test_what_cannot_be_is_named(office, cdc, more, field):
    if "days" in more:
        more = {"begins_at": clock.now(ACTUAL) + timedelta(**more)}

    with pytest.raises(Invalid) as problem:
        called(office, [cdc], **more)

    assert list(problem.value.fields) == [field]


def test_only_its_office_never_in_a_drill_and_once_a_key(office, cdc):
    said = {"office": office, "title": "会", "bodies": [cdc]}
    said["begins_at"] = clock.now(ACTUAL) + timedelta(days=1)
    with pytest.raises(Forbidden):
        call_meeting(liaison_of(cdc), **said)
    with pytest.raises(Forbidden):
        call_meeting(clerk_of(cdc), **said)
    with pytest.raises(Forbidden, match="演练"):
        call_meeting(clerk_of(office, realm="drill:1"), **said)

    one = call_meeting(clerk_of(office), **said, idempotency_key="k")

    assert call_meeting(clerk_of(office), **said, idempotency_key="k") == one


def test_whoever_was_not_invited_does_not_see_it(office, cdc, other):
    meeting = called(office, [cdc])

    with pytest.raises(Missing):
        meeting_for(liaison_of(other), meeting.pk)


def test_what_is_not_done_is_on_the_next_agenda(office, cdc, at):
    decided(opened(office, [cdc]), cdc)
    at("2026-08-03T08:00")

    (first, _second) = topics_of(called(office, [cdc], title="八月联席会议"))

    assert (first.title, first.body, first.carried.text) == (
        "上次议定事项：清理河道",
        cdc,
        "清理河道",
    )


def test_a_body_answers_for_itself_and_anew(office, cdc, other):
    meeting = called(office, [cdc])
    with pytest.raises(Invalid):
        answered(meeting, cdc, "delegates")
    with pytest.raises(Invalid):
        answered(meeting, cdc, "cannot")
    with pytest.raises(Forbidden):
        answered(meeting, cdc, by=liaison_of(other))

    answered(meeting, cdc)
    seat = answered(meeting, cdc, "delegates", delegate="王工")

    assert (seat.answer, seat.delegate) == ("delegates", "王工")
    assert answered(meeting, cdc, by=clerk(office)).answered_by == str(office)
    with pytest.raises(Forbidden):
        answered(meeting, cdc, by=liaison_of(cdc, realm="drill:1"))


def test_of_two_answers_one_is_told(office, cdc):
    meeting = called(office, [cdc])
    seen = seat_of(meeting, cdc)
    answered(meeting, cdc)

    with pytest.raises(Stale):
        answer_meeting(liaison_of(cdc), seat=seen, answer="comes", expected_version=1)


def test_whoever_is_invited_may_put_something_on_the_agenda(office, cdc, other):
    meeting = called(office, [cdc])

    row = add_topic(liaison_of(cdc), meeting=meeting, title="流感形势", minutes=15)

    assert (row.number, row.body, row.minutes) == (2, cdc, 15)
    with pytest.raises(IllegalMove):
        add_topic(liaison_of(other), meeting=meeting, title="停课")
    with pytest.raises(Invalid):
        add_topic(clerk(office), meeting=meeting, title=" ")
    with pytest.raises(Invalid):
        add_topic(clerk(office), meeting=meeting, title="甲", minutes=0)
    with pytest.raises(Forbidden):
        add_topic(clerk(office, realm="drill:1"), meeting=meeting, title="甲")


def test_what_is_known_is_frozen_once_and_vouched_for(office, cdc):
    meeting = called(office, [cdc])

    frozen = freeze_pack(clerk(office), meeting=meeting, expected_version=meeting.version)

    assert frozen.pack_digest == digest_of(fresh(meeting).pack)
    entry = Entry.objects.get(name="monitoring.meeting_pack_frozen")
    assert entry.audience == meeting.audience
    with pytest.raises(IllegalMove):
        freeze_pack(clerk(office), meeting=fresh(meeting), expected_version=2)
    begun = open_meeting(clerk(office), meeting=frozen, expected_version=frozen.version)
    assert begun.pack_digest == frozen.pack_digest


def test_a_meeting_begins_once_by_its_office(office, cdc, other):
    meeting = called(office, [cdc])
    with pytest.raises(Forbidden):
        open_meeting(clerk_of(other), meeting=meeting, expected_version=1)
    with pytest.raises(Stale):
        open_meeting(clerk(office), meeting=meeting, expected_version=9)

    begun = open_meeting(clerk(office), meeting=fresh(meeting), expected_version=1)

    assert begun.state == "open"
    assert begun.packed_at
    with pytest.raises(IllegalMove):
        open_meeting(clerk(office), meeting=begun, expected_version=begun.version)


def test_who_is_there_is_written_down(office, cdc):
    meeting = called(office, [cdc])
    with pytest.raises(IllegalMove):
        arrived(meeting, cdc)
    open_meeting(clerk(office), meeting=meeting, expected_version=1)

    assert arrived(meeting, cdc).came_at
    with pytest.raises(IllegalMove):
        arrived(meeting, cdc)
    with pytest.raises(Forbidden):
        note_arrival(liaison_of(cdc), seat=seat_of(meeting, cdc), expected_version=2)


def test_each_speaks_by_name_and_nothing_is_overwritten(office, cdc, other):
    meeting = opened(office, [cdc])
    seat = seat_of(meeting, cdc)

    give_meeting_opinion(liaison_of(cdc), seat=seat, words="注意学校", who="王工")
    give_meeting_opinion(clerk(office), seat=seat, words="加强监测", who="王工")

    assert [one.words for one in MeetingOpinion.objects.all()] == ["注意学校", "加强监测"]
    with pytest.raises(Invalid):
        give_meeting_opinion(liaison_of(cdc), seat=seat, words=" ")
    with pytest.raises(Forbidden):
        give_meeting_opinion(liaison_of(other), seat=seat, words="甲")
    with pytest.raises(Forbidden):
        give_meeting_opinion(liaison_of(cdc, realm="drill:1"), seat=seat, words="甲")


def test_nobody_speaks_before_it_begins(office, cdc):
    seat = seat_of(called(office, [cdc]), cdc)

    with pytest.raises(IllegalMove):
        give_meeting_opinion(liaison_of(cdc), seat=seat, words="甲")


def test_a_meeting_is_called_off_with_a_reason(office, cdc):
    meeting = called(office, [cdc])
    with pytest.raises(Invalid):
        cancel_meeting(clerk(office), meeting=meeting, reason=" ", expected_version=1)
    with pytest.raises(Forbidden):
        cancel_meeting(
            clerk_of(cdc, Role.UNIT_LIAISON), meeting=meeting, reason="汛情", expected_version=1
        )

    cancel_meeting(clerk(office), meeting=meeting, reason="汛情", expected_version=1)

    assert fresh(meeting).state == "canceled"
    with pytest.raises(IllegalMove):
        answered(meeting, cdc)
    with pytest.raises(IllegalMove):
        open_meeting(clerk(office), meeting=fresh(meeting), expected_version=2)
