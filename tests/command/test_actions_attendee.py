import io
from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import (
    answer_invitation,
    close_consultation,
    give_opinion,
    join_consultation,
    leave_consultation,
    open_consultation,
    record_minutes,
)
from liandong.command.models import ConsultationOpinion
from liandong.kernel import clock
from liandong.kernel.files.actions import store_file
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale

pytestmark = pytest.mark.django_db
DEEDS = {
    "answer": (answer_invitation, {"answer": "comes", "expected_version": 1}),
    "join": (join_consultation, {"way": "room", "expected_version": 1}),
    "leave": (leave_consultation, {"expected_version": 1}),
    "opinion": (give_opinion, {"stance": "support"}),
}


@pytest.fixture
def seat(county, flood):
    made = open_consultation(
        county.office,
        incident=flood,
        attendees=[county.posts["water"], county.posts["weather"]],
    )
    return made.attendees.get(post=county.posts["water"])


def over(county, seat):
    meeting = seat.consultation
    record_minutes(
        county.office, consultation=meeting, situation="", findings="x", expected_version=1
    )
    close_consultation(county.office, consultation=meeting, expected_version=2)


def paper(county, meeting, **more):
    about = {"subject_kind": "command.consultation", "subject_id": str(meeting.pk)} | more
    return store_file(
        county.office,
        name="意见.txt",
        content=io.BytesIO("坝体浸润线偏高".encode()),
        audience=meeting.audience,
        **about,
    )


def test_whoever_is_called_answers_for_themselves(county, seat):
    told = answer_invitation(
        county.water, attendee=seat, answer="deputy", deputy="副局长 周敏", expected_version=1
    )

    entry = Entry.objects.get(name="command.consultation_answered")
    assert (told.answer, told.deputy, told.answered_by) == (
        "deputy",
        "副局长 周敏",
        county.water.label,
    )
    assert '"on_behalf":false' in entry.payload.text
    assert '"note":"副局长 周敏"' in entry.payload.text


def test_the_desk_writes_down_what_was_answered_by_telephone(county, seat):
    answer_invitation(
        county.officer, attendee=seat, answer="cannot", reason="在坝上", expected_version=1
    )

    entry = Entry.objects.get(name="command.consultation_answered")
    assert '"on_behalf":true' in entry.payload.text


def test_a_reason_of_another_answer_is_not_kept(county, seat):
    told = answer_invitation(
        county.water, attendee=seat, answer="comes", reason="在坝上", expected_version=1
    )

    assert told.reason == ""


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answer": "perhaps"}, "answer"),
        ({"answer": "deputy", "deputy": " "}, "deputy"),
        ({"answer": "cannot"}, "reason"),
    ],
)
def test_an_answer_that_leaves_something_out_is_refused(wrong, field, county, seat):
    with pytest.raises(Invalid) as trouble:
        answer_invitation(county.water, attendee=seat, expected_version=1, **wrong)

    assert field in trouble.value.fields


def test_somebody_comes_by_telephone_goes_on_by_video_and_leaves(county, seat):
    seat = join_consultation(county.water, attendee=seat, way="phone", expected_version=1)
    since = seat.came_at
    seat = join_consultation(county.office, attendee=seat, way="video", expected_version=2)
    seat = leave_consultation(county.office, attendee=seat, expected_version=3)

    assert (seat.way, seat.came_at, seat.is_there) == ("video", since, False)
    assert Entry.objects.filter(name="command.consultation_joined").count() == 2
    with pytest.raises(IllegalMove):
        leave_consultation(county.office, attendee=seat, expected_version=4)


def test_who_is_there_does_not_come_again_by_the_same_way(county, seat):
    seat = join_consultation(county.water, attendee=seat, way="room", expected_version=1)

    with pytest.raises(IllegalMove):
        join_consultation(county.water, attendee=seat, way="room", expected_version=2)


@pytest.mark.parametrize("minutes", [-600, 600])
def test_a_moment_outside_the_consultation_is_refused(minutes, county, seat):
    at = clock.now(county.water.realm) + timedelta(minutes=minutes)

    with pytest.raises(Invalid):
        join_consultation(
            county.water, attendee=seat, way="room", came_at=at, expected_version=1
        )
    with pytest.raises(Invalid):
        give_opinion(county.water, attendee=seat, stance="support", told_at=at)
    seat = join_consultation(county.water, attendee=seat, way="room", expected_version=1)
    with pytest.raises(Invalid):
        leave_consultation(county.water, attendee=seat, left_at=at, expected_version=2)


def test_a_later_opinion_stands_beside_the_earlier(county, seat):
    give_opinion(county.water, attendee=seat, stance="differ", words="水位还会涨")
    give_opinion(county.water, attendee=seat, stance="conditions", words="先预泄再说")

    kept = ConsultationOpinion.objects.filter(attendee=seat)
    said = Entry.objects.filter(name="command.consultation_opinion_given")
    assert [(one.stance, one.words) for one in kept] == [
        ("differ", "水位还会涨"),
        ("conditions", "先预泄再说"),
    ]
    assert said.count() == 2


def test_an_opinion_told_by_telephone_says_who_wrote_it_down(county, seat):
    told = give_opinion(county.office, attendee=seat, stance="support", words="同意")

    assert (told.on_behalf, told.by) == (True, county.office.label)


@pytest.mark.parametrize("stance", ["differ", "conditions", "maybe"])
def test_to_differ_without_words_is_refused(stance, county, seat):
    with pytest.raises(Invalid):
        give_opinion(county.water, attendee=seat, stance=stance, words=" ")


def test_a_written_opinion_is_kept_with_its_digest(county, seat):
    file = paper(county, seat.consultation)

    told = give_opinion(county.office, attendee=seat, stance="differ", file=file)

    entry = Entry.objects.get(name="command.consultation_opinion_given")
    assert told.file == file
    assert file.digest in entry.payload.text


def test_a_paper_that_belongs_elsewhere_is_refused(county, seat):
    file = paper(county, seat.consultation, subject_kind="command.incident")

    with pytest.raises(IllegalMove):
        give_opinion(county.office, attendee=seat, stance="differ", file=file)


@pytest.mark.parametrize("name", DEEDS)
def test_nobody_speaks_for_another_nor_in_another_realm_nor_after_the_end(name, county, seat):
    deed, more = DEEDS[name]

    with pytest.raises(Forbidden):
        deed(county.weather, attendee=seat, **more)
    with pytest.raises(Forbidden):
        deed(replace(county.water, grants=frozenset()), attendee=seat, **more)
    with pytest.raises(Missing):
        deed(replace(county.water, realm="drill-1"), attendee=seat, **more)
    over(county, seat)
    with pytest.raises(IllegalMove):
        deed(county.water, attendee=seat, **more)


@pytest.mark.parametrize("name", ["answer", "join"])
def test_whoever_saw_an_older_state_is_told(name, county, seat):
    deed, more = DEEDS[name]

    with pytest.raises(Stale):
        deed(county.water, attendee=seat, **more | {"expected_version": 7})


def test_a_double_click_is_one_opinion(county, seat):
    call = {"attendee": seat, "stance": "support", "idempotency_key": "k"}

    give_opinion(county.water, **call)
    give_opinion(county.water, **call)

    assert ConsultationOpinion.objects.count() == 1
