"""What is another's business is handed on, and stays ours until they take it over."""

from datetime import timedelta

import pytest

from liandong.command.actions import (
    accept_transfer,
    raise_signal,
    read_back_call,
    refuse_transfer,
    register_call,
    take_signal,
    transfer_call,
    transfer_signal,
    urge_transfer,
)
from liandong.command.queries import desk_items
from liandong.command.rules.call import Told
from liandong.command.states import SignalState, TransferState
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer
from liandong.messaging.models import Message
from liandong.organization.queries.handover import open_items
from tests.command import county as places
from tests.people import duty_officer

SAID = {"channel": "phone", "caller": "群众", "words": "河口镇水管爆裂"}


@pytest.fixture
def signal(county):
    found = raise_signal(county.riverside, **SAID)
    return take_signal(county.officer, signal=found)


def hand_on(county, signal, to="water", **more):
    asked = {"text": "河口镇水管爆裂", "reason": "供水归水利局"} | more
    return transfer_signal(county.officer, signal=signal, to_body=county.bodies[to], **asked)


def told_of(county, name):
    return [one.key for one in desk_items(getattr(county, name), clock.now("actual"))]


def test_it_is_handed_on_and_lies_with_the_first_until_taken_over(county, signal):
    made = hand_on(county, signal)

    signal.refresh_from_db()
    assert (signal.state, made.to_post) == (SignalState.TRANSFERRING, county.posts["water"])
    assert Message.objects.get(to_post=county.posts["water"]).is_urgent
    assert Timer.objects.get(kind="command.transfer_unanswered").due_at == made.answer_by
    assert f"transfer-{made.pk}" in told_of(county, "officer")
    assert f"transfer-{made.pk}" in told_of(county, "water")
    assert f"transfer-{made.pk}" in {one.key for one in open_items(county.officer)}
    with pytest.raises(IllegalMove):
        take_signal(county.leader, signal=signal)


def test_taken_over_it_is_theirs(county, signal):
    made = hand_on(county, signal)

    taken = accept_transfer(county.water, transfer=made, expected_version=1)

    signal.refresh_from_db()
    assert (taken.state, signal.state) == (TransferState.ACCEPTED, SignalState.TRANSFERRED)
    assert not Timer.objects.filter(kind="command.transfer_unanswered").exists()
    assert f"transfer-{made.pk}" not in told_of(county, "officer")


def test_sent_back_it_lies_where_it_came_in(county, signal):
    made = hand_on(county, signal)

    with pytest.raises(Invalid):
        refuse_transfer(county.water, transfer=made, answer=" ", expected_version=1)
    refuse_transfer(county.water, transfer=made, answer="是自来水公司的", expected_version=1)

    signal.refresh_from_db()
    assert signal.state == SignalState.TAKEN
    assert f"signal-{signal.pk}" in told_of(county, "officer")
    assert hand_on(county, signal, to="schools").state == TransferState.WAITING


def test_the_desk_writes_down_who_answered_by_telephone(county, signal):
    made = hand_on(county, signal)

    with pytest.raises(Invalid) as refusal:
        accept_transfer(county.officer, transfer=made, expected_version=1)
    taken = accept_transfer(
        county.officer, transfer=made, told_by="水利局李明", expected_version=1
    )

    assert list(refusal.value.fields) == ["told_by"]
    assert (taken.answered_by, taken.is_on_behalf) == ("水利局李明", True)


def test_nobody_else_answers_and_nobody_twice(county, signal):
    made = hand_on(county, signal)

    with pytest.raises(Missing):
        accept_transfer(county.bystander, transfer=made, expected_version=1)
    with pytest.raises(Stale):
        accept_transfer(county.water, transfer=made, expected_version=9)
    accept_transfer(county.water, transfer=made, expected_version=1)
    with pytest.raises(IllegalMove):
        refuse_transfer(county.water, transfer=made, answer="不", expected_version=2)


def test_unanswered_the_receiver_is_reminded_then_the_leader_told(county, signal):
    made = hand_on(county, signal)

    urge_transfer(places.timer_actor(), transfer=made)
    first = set(Message.objects.values_list("to_post", flat=True))
    clock.set_clock("actual", clock.now("actual") + timedelta(minutes=10), rate=0)
    urged = urge_transfer(places.timer_actor(), transfer=made)

    assert county.posts["leader"].pk not in first
    assert (urged.rung, urged.rung_post) == (2, county.posts["leader"])
    assert Timer.objects.filter(kind="command.transfer_unanswered").count() == 1
    accept_transfer(county.water, transfer=made, expected_version=1)
    assert urge_transfer(places.timer_actor(), transfer=made).rung == 2


def test_handing_on_asks_for_permission_reason_another_and_realm(county, signal):
    with pytest.raises(Forbidden):
        transfer_signal(
            county.water, signal=signal, to_body=county.bodies["schools"], text="x", reason="x"
        )
    for wrong in ({"reason": " "}, {"text": " "}, {"to": "duty"}):
        with pytest.raises(Invalid):
            hand_on(county, signal, **wrong)
    with pytest.raises(Missing):
        transfer_signal(
            duty_officer(realm="drill-1"),
            signal=signal,
            to_body=county.bodies["water"],
            text="x",
            reason="x",
        )


def test_the_same_key_hands_on_once(county, signal):
    one = hand_on(county, signal, idempotency_key="k")

    assert hand_on(county, signal, idempotency_key="k") == one
    assert Entry.objects.filter(name="command.transfer_made").count() == 1


def told(county, **more):
    said = {"caller": "石门村支书", "hazard": "11A", "place": "河口镇", "what": "三断"} | more
    return register_call(county.officer, told=Told(**said))


def test_a_registered_call_is_handed_on_once_at_a_time(county):
    call = told(county)
    asked = {"to_body": county.bodies["water"], "text": "x", "reason": "x"}
    made = transfer_call(county.officer, call=call, **asked)

    with pytest.raises(IllegalMove):
        transfer_call(county.officer, call=call, **asked)

    entry = Entry.objects.get(name="command.transfer_made")
    assert (made.call, entry.incident) == (call, str(call.incident_id))


def test_a_village_cut_off_is_entered_for_and_read_back_once(county):
    call = told(county, channel="satellite", on_behalf_of="石门村", read_back=False)

    assert (call.on_behalf_of, call.read_back_at) == ("石门村", None)
    read = read_back_call(county.officer, call=call)
    with pytest.raises(IllegalMove):
        read_back_call(county.officer, call=call)
    with pytest.raises(Forbidden):
        read_back_call(county.water, call=call)

    assert read.read_back_by == county.officer.label
    assert Entry.objects.filter(name="command.call_read_back").count() == 1
