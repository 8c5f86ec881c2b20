from dataclasses import replace

import pytest

from liandong.command.actions import (
    close_consultation,
    decide_item,
    join_consultation,
    open_consultation,
    record_minutes,
    sign_minutes,
    widen_consultation,
)
from liandong.command.models import Attendee, Consultation, Incident
from liandong.command.queries import visible_consultations
from liandong.kernel.journal.commitments import canonical, digest
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.messaging.models import Message
from tests.command import county as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(county, flood):
    return open_consultation(
        county.office, incident=flood, attendees=[county.posts["deputy"], county.posts["water"]]
    )


def minuted(county, consultation, **more):
    said = {"situation": "水位 52.86 米", "findings": "将超警戒", "dissent": "气象局认为雨停"}
    return record_minutes(
        county.office,
        consultation=consultation,
        expected_version=consultation.version,
        **(said | more),
    )


def closed(county, consultation):
    kept = minuted(county, consultation)
    return close_consultation(county.office, consultation=kept, expected_version=kept.version)


def test_those_called_see_it_and_other_units_do_not(county, flood, order, consultation):
    places.order(county.office, flood, county.posts["riverside"])

    assert list(visible_consultations(county.water)) == [consultation]
    assert list(visible_consultations(county.riverside)) == []
    assert '"number":1' in Entry.objects.get(name="command.consultation_opened").payload.text


def test_each_who_is_called_gets_a_chair_and_a_message(county, consultation):
    told = Message.objects.filter(subject_kind="command.consultation")

    assert [one.name for one in consultation.attendees.all()] == [
        "县防汛抗旱指挥部 常务副指挥长",
        "县水利局 联络员",
    ]
    assert {one.to_post for one in told} == {county.posts["deputy"], county.posts["water"]}
    assert {one.link for one in told} == {f"/command/consultations/{consultation.pk}/"}


def test_an_empty_chair_is_called_without_a_message(county, flood):
    open_consultation(county.office, incident=flood, attendees=[places.empty_post(county)])

    assert Attendee.objects.count() == 1
    assert not Message.objects.exists()


def test_what_was_known_is_kept_and_its_digest_stands_in_the_journal(county, flood, order):
    made = open_consultation(county.office, incident=flood, attendees=[county.posts["deputy"]])

    orders = next(one for one in made.pack["sections"] if one["key"] == "orders")
    entry = Entry.objects.get(name="command.consultation_opened")
    assert [row["cells"][2] for row in orders["rows"]] == ["封闭漫水桥 2 座"]
    assert digest(canonical(made.pack), algorithm="sha256") in entry.payload.text


def test_more_are_called_later_each_once(county, consultation):
    call = {"attendees": [county.posts["weather"], county.posts["water"]]}

    widen_consultation(county.office, consultation=consultation, **call)

    assert consultation.attendees.count() == 3
    assert visible_consultations(county.weather).exists()
    assert (
        "县气象局 联络员" in Entry.objects.get(name="command.consultation_widened").payload.text
    )
    with pytest.raises(Invalid):
        widen_consultation(county.office, consultation=consultation, **call)


def test_widening_is_refused_to_units_in_other_realms_and_once_it_is_over(county, consultation):
    call = {"consultation": consultation, "attendees": [county.posts["weather"]]}

    with pytest.raises(Forbidden):
        widen_consultation(county.water, **call)
    with pytest.raises(Missing):
        widen_consultation(replace(county.office, realm="drill-1"), **call)
    closed(county, consultation)
    with pytest.raises(IllegalMove):
        widen_consultation(county.office, **call)


def test_an_expert_of_the_register_has_a_chair_and_no_post(county, flood):
    expert = places.expert(county, "陈工", workplace="市水利院")

    made = open_consultation(
        county.office, incident=flood, attendees=[county.posts["deputy"]], experts=[expert]
    )

    seat = made.attendees.get(post=None)
    assert (seat.name, seat.expert) == ("陈工（市水利院）", expert.number)


def test_minutes_keep_dissent_and_name_what_was_decided(county, consultation):
    decide_item(
        county.office,
        consultation=consultation,
        decision="预泄腾库",
        owner=county.posts["water"],
        by="08:00 前",
    )

    kept = minuted(county, consultation, chair="郑平")

    entry = Entry.objects.get(name="command.minutes_recorded")
    assert (kept.dissent, kept.chair, kept.recorder) == (
        "气象局认为雨停",
        "郑平",
        county.office.label,
    )
    assert '"items":"预泄腾库-县水利局 联络员-08:00 前"' in entry.payload.text


def test_minutes_without_findings_are_refused(county, consultation):
    with pytest.raises(Invalid):
        minuted(county, consultation, findings=" ")


def test_a_consultation_closes_with_its_findings_and_then_stands(county, consultation):
    with pytest.raises(IllegalMove):
        close_consultation(county.office, consultation=consultation, expected_version=1)
    kept = minuted(county, consultation)

    over = close_consultation(county.office, consultation=kept, expected_version=2)

    assert over.state == "closed"
    with pytest.raises(IllegalMove):
        minuted(county, over)
    with pytest.raises(IllegalMove):
        close_consultation(county.office, consultation=over, expected_version=3)


def test_whoever_is_there_leaves_when_it_closes(county, consultation):
    seat = consultation.attendees.first()
    join_consultation(county.deputy, attendee=seat, way="room", expected_version=1)

    over = closed(county, consultation)

    seat.refresh_from_db()
    assert seat.left_at == over.closed_at


def test_minutes_are_signed_by_somebody_else_than_who_wrote_them(county, consultation):
    with pytest.raises(IllegalMove):
        sign_minutes(county.deputy, consultation=consultation, expected_version=1)
    over = closed(county, consultation)
    with pytest.raises(Forbidden):
        sign_minutes(county.office, consultation=over, expected_version=over.version)

    signed = sign_minutes(county.deputy, consultation=over, expected_version=over.version)

    assert signed.signed_by == county.deputy.label
    assert county.deputy.label in Entry.objects.get(name="command.minutes_signed").payload.text
    with pytest.raises(IllegalMove):
        sign_minutes(county.chief, consultation=signed, expected_version=signed.version)


def test_signing_is_refused_to_units_older_versions_and_other_realms(county, consultation):
    over = closed(county, consultation)
    call = {"consultation": over, "expected_version": over.version}

    with pytest.raises(Forbidden):
        sign_minutes(county.water, **call)
    with pytest.raises(Stale):
        sign_minutes(county.deputy, **call | {"expected_version": 1})
    with pytest.raises(Missing):
        sign_minutes(replace(county.deputy, realm="drill-1"), **call)


@pytest.mark.parametrize(
    "link", ["http://meet.example/1", "https://", "javascript:alert(1)", "https://a b", "开会"]
)
def test_an_address_that_is_no_secure_one_is_refused(link, county, flood):
    call = {"incident": flood, "attendees": [county.posts["water"]]}

    with pytest.raises(Invalid) as trouble:
        open_consultation(county.office, **call, video_link=link)

    assert "video_link" in trouble.value.fields


def test_open_consultation_refuses(county, flood):
    call = {"incident": flood, "attendees": [county.posts["water"]]}

    with pytest.raises(Invalid):
        open_consultation(county.office, **call | {"attendees": []})
    with pytest.raises(Forbidden):
        open_consultation(county.water, **call)
    with pytest.raises(Missing):
        open_consultation(replace(county.office, realm="drill-1"), **call)
    Incident.objects.update(state="closed")
    with pytest.raises(IllegalMove):
        open_consultation(county.office, **call)


def test_minutes_are_refused_to_units_older_versions_and_other_realms(county, consultation):
    call = {
        "consultation": consultation,
        "situation": "",
        "findings": "x",
        "expected_version": 1,
    }

    with pytest.raises(Forbidden):
        record_minutes(county.water, **call)
    with pytest.raises(Stale):
        record_minutes(county.office, **call | {"expected_version": 3})
    with pytest.raises(Missing):
        record_minutes(replace(county.office, realm="drill-1"), **call)


def test_a_double_click_opens_one_consultation(county, flood):
    call = {"incident": flood, "attendees": [county.posts["water"]], "idempotency_key": "k"}

    open_consultation(county.office, **call)
    open_consultation(county.office, **call)

    assert Consultation.objects.count() == 1
    assert Message.objects.count() == 1
