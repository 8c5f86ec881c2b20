"""Signals: they ring until taken, climb when nobody answers, and are never lost."""

from datetime import timedelta
from uuid import UUID

import pytest

from liandong.command.actions import (
    climb_signal,
    dismiss_signal,
    hand_to_leader,
    paste_signal,
    raise_signal,
    take_signal,
)
from liandong.command.models import Signal
from liandong.command.states import SignalState
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, KeyReused, Missing
from liandong.kernel.timers import Timer
from liandong.messaging.models import Message
from liandong.organization.models import Appointment
from tests.command import county as places
from tests.people import allowed, duty_officer, visitor

ID = UUID("01890000-0000-7000-8000-000000000001")
SAID = {
    "channel": "phone",
    "caller": "河口镇值班室",
    "number": "尾号 2071",
    "words": "堤脚冒浑水",
}


@pytest.fixture
def signal(county):
    return raise_signal(county.riverside, **SAID)


def names():
    return list(Entry.objects.order_by("id").values_list("name", flat=True))


def test_raise_signal_rings_for_the_desk_and_sets_its_timer(county, at):
    now = at("2026-07-14T04:07")

    signal = raise_signal(county.riverside, **SAID)

    entry = Entry.objects.get(name="command.signal_raised")
    timer = Timer.objects.get(kind="command.signal_untaken")
    assert (signal.state, signal.rung, signal.next_post) == (
        SignalState.RINGING,
        0,
        county.posts["leader"],
    )
    assert timer.due_at == signal.next_at == now + timedelta(seconds=60)
    assert "duty" in entry.audience


def test_raise_signal_is_refused_without_the_permission(county):
    with pytest.raises(Forbidden):
        raise_signal(visitor(), **SAID)

    assert not Signal.objects.exists()


def test_a_signal_that_says_neither_who_nor_what_is_refused(county):
    with pytest.raises(Invalid) as refusal:
        raise_signal(county.riverside, channel="phone", words=" ")

    assert list(refusal.value.fields) == ["words"]


def test_a_signal_from_the_future_is_refused_but_a_clock_may_be_a_little_ahead(county, at):
    now = at("2026-07-14T04:07")

    with pytest.raises(Invalid) as refusal:
        raise_signal(county.riverside, **SAID, received_at=now + timedelta(minutes=6))
    signal = raise_signal(county.riverside, **SAID, received_at=now + timedelta(minutes=4))

    assert list(refusal.value.fields) == ["received_at"]
    assert signal.received_at == now


def test_the_same_call_twice_rings_once(county):
    first = raise_signal(county.riverside, **SAID, idempotency_key="k")
    again = raise_signal(county.riverside, **SAID, idempotency_key="k")
    with pytest.raises(KeyReused):
        raise_signal(county.riverside, **SAID | {"words": "别的"}, idempotency_key="k")

    assert again == first
    assert Signal.objects.count() == 1


def test_with_no_leader_it_rings_on_and_nobody_is_next(county):
    Appointment.objects.update(until_at=clock.now("actual"))

    signal = raise_signal(county.riverside, **SAID)

    assert (signal.next_post, signal.next_at) == (None, None)
    assert not Timer.objects.exists()


def test_take_signal_stops_the_ringing_and_says_how_long_it_rang(county, at):
    now = at("2026-07-14T04:07")
    signal = raise_signal(county.riverside, **SAID)
    clock.set_clock("actual", now + timedelta(seconds=18), rate=0)

    taken = take_signal(county.officer, signal=signal)

    assert (taken.state, taken.taken_by) == (SignalState.TAKEN, county.officer.label)
    assert not Timer.objects.filter(kind="command.signal_untaken").exists()
    assert Entry.objects.get(name="command.signal_taken").payload.text.count("18") >= 1


def test_of_two_who_answer_the_second_is_told_who_was_first(county, signal):
    take_signal(county.officer, signal=signal)
    take_signal(county.officer, signal=signal)

    with pytest.raises(IllegalMove) as refusal:
        take_signal(county.leader, signal=signal)

    assert county.officer.label in refusal.value.title
    assert names().count("command.signal_taken") == 1


def test_take_signal_asks_for_the_permission_and_the_realm(county, signal):
    with pytest.raises(Forbidden):
        take_signal(county.water, signal=signal)
    with pytest.raises(Missing):
        take_signal(duty_officer(realm="drill-1"), signal=signal)
    with pytest.raises(Missing):
        take_signal(allowed("command:signal:take", scopes=frozenset({"county"})), signal=signal)

    signal.refresh_from_db()
    assert signal.state == SignalState.RINGING


def test_hand_to_leader_rings_there_and_sends_word(county, signal):
    handed = hand_to_leader(county.officer, signal=signal)

    message = Message.objects.get()
    assert (handed.state, handed.rung_post) == (SignalState.HANDED, county.posts["leader"])
    assert (message.to_post, message.is_urgent) == (county.posts["leader"], True)
    assert message.link == f"/command/signals/{signal.pk}/"
    assert Timer.objects.get(kind="command.signal_untaken").due_at == handed.next_at


def test_the_leader_does_not_hand_to_themselves(county, signal):
    with pytest.raises(IllegalMove) as refusal:
        hand_to_leader(county.leader, signal=signal)

    assert refusal.value.title == "您就是带班领导。"


def test_without_a_leader_nobody_can_be_handed_to(county, signal):
    Appointment.objects.update(until_at=clock.now("actual"))

    with pytest.raises(Missing) as refusal:
        hand_to_leader(county.officer, signal=signal)

    assert "空缺" in refusal.value.title


def test_an_untaken_signal_climbs_from_rung_to_rung_by_its_timer(county, at, work):
    now = at("2026-07-14T04:07")
    signal = raise_signal(county.riverside, **SAID)

    told = []
    for minute in range(1, 5):
        clock.set_clock("actual", now + timedelta(minutes=minute), rate=0)
        work()
        signal.refresh_from_db()
        told.append((signal.rung, signal.rung_post.title, signal.next_post is None))

    assert told[:3] == [(1, "带班领导", False), (2, "常务副指挥长", False), (3, "指挥长", True)]
    assert told[3] == told[2]
    assert signal.state == SignalState.RINGING
    assert Message.objects.filter(subject_kind="command.signal").count() == 3
    assert names().count("command.signal_climbed") == 3


def test_one_that_was_handed_over_in_vain_rings_for_all_again(county, at, work):
    now = at("2026-07-14T04:07")
    signal = raise_signal(county.riverside, **SAID)
    hand_to_leader(county.officer, signal=signal)

    clock.set_clock("actual", now + timedelta(seconds=61), rate=0)
    work()

    signal.refresh_from_db()
    assert (signal.state, signal.rung) == (SignalState.RINGING, 2)


def test_climb_signal_does_nothing_once_it_was_taken(county, signal):
    take_signal(county.officer, signal=signal)

    climb_signal(places.timer_actor(), signal=signal)

    assert "command.signal_climbed" not in names()
    with pytest.raises(Forbidden):
        climb_signal(county.officer, signal=signal)


def test_dismiss_signal_keeps_the_reason_and_settles_it(county, signal):
    done = dismiss_signal(county.officer, signal=signal, reason="打错了", idempotency_key="k")
    again = dismiss_signal(county.officer, signal=signal, reason="打错了", idempotency_key="k")

    assert (done.state, done.reason, again) == (SignalState.DISMISSED, "打错了", done)
    assert names().count("command.signal_dismissed") == 1
    assert not Timer.objects.filter(kind="command.signal_untaken").exists()
    with pytest.raises(IllegalMove):
        take_signal(county.officer, signal=signal)


def test_nothing_is_dismissed_without_a_reason_or_the_permission(county, signal):
    with pytest.raises(Invalid):
        dismiss_signal(county.officer, signal=signal, reason=" ")
    with pytest.raises(Forbidden):
        dismiss_signal(county.water, signal=signal, reason="打错了")

    signal.refresh_from_db()
    assert signal.state == SignalState.RINGING


def test_paste_signal_lies_in_the_hands_of_whoever_pasted_it(county):
    signal = paste_signal(county.officer, signal_id=ID, words="张三: 山上着火了")

    assert (signal.pk, signal.state, signal.taken_post) == (
        ID,
        SignalState.TAKEN,
        county.officer.post,
    )
    assert not Timer.objects.exists()


def test_paste_signal_wants_words_or_a_file_and_the_permission(county):
    with pytest.raises(Invalid):
        paste_signal(county.officer, signal_id=ID, words="  ")
    with pytest.raises(Forbidden):
        paste_signal(county.water, signal_id=ID, words="山上着火了")

    assert not Signal.objects.exists()
