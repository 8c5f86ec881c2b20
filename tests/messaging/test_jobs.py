from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.timers import Timer
from liandong.messaging.models import CallAttempt, Callee, CallOut, ContactPoint, Message
from tests.messaging.callees import COUNTY, TOWN, call, listed, number_of, seat

pytestmark = pytest.mark.django_db


def states():
    return {one.name: one.state for one in Callee.objects.all()}


def told():
    return Counter(Entry.objects.values_list("name", flat=True))


def test_whoever_hears_all_and_confirms_has_answered(board, later):
    row = listed("甲")
    call_out = call()

    later(40)

    callee = Callee.objects.get()
    assert (callee.state, callee.way, callee.tries) == ("answered", "voice", 1)
    assert callee.answered_at == call_out.started_at + timedelta(seconds=23)
    assert callee.recorded_at >= callee.answered_at
    assert CallOut.objects.get().state == "finished"
    assert told()["messaging.callee_answered"] == told()["messaging.call_out_finished"] == 1
    # The number works: that much is known of it now.
    assert ContactPoint.objects.get(person=row.person).verified_at is not None
    assert not Timer.objects.filter(kind__startswith="messaging.").exists()


@pytest.mark.parametrize("habit", ["silent", "busy", "off", "hangs_up", "passes_on"])
def test_whoever_does_not_answer_is_called_three_times_and_then_gone_to(board, later, habit):
    head = listed("镇长", tier=2, area=TOWN, area_name="沔阳镇")
    village = listed("村支书")
    board.habits[number_of(village)] = habit
    call()

    later(200)

    callee = Callee.objects.get(name="村支书")
    begun = [one.begun for one in board.of(number_of(village))]
    assert (callee.state, callee.tries, len(begun)) == ("assigned", 3, 3)
    assert (callee.goer_name, callee.goer_number) == ("镇长", number_of(head))
    assert callee.go_by is not None
    pauses = [after - before for before, after in pairwise(begun)]
    assert min(pauses) >= timedelta(seconds=15)
    assert max(begun) - min(begun) < timedelta(minutes=5)
    assert CallOut.objects.get().state == "finished"
    assert told()["messaging.callee_assigned"] == 1


def test_a_wrong_number_is_dialed_once_and_kept_as_wrong(board, later):
    row = listed("甲")
    board.habits[number_of(row)] = "wrong"
    call()

    later(10)

    assert (states(), len(board.calls)) == ({"甲": "assigned"}, 1)
    point = ContactPoint.objects.get(person=row.person)
    assert (point.is_stale, point.checks.get().result) == (True, "wrong")


def test_the_second_number_is_tried_at_once_and_the_deputy_last(board, later):
    row = listed("甲", numbers=["13800000001", "13800000002"])
    row.deputy = listed("乙", numbers=["13800000003"], from_urgency=4).person
    row.save()
    board.habits = {"13800000001": "silent", "13800000002": "silent"}
    call()

    later(120)

    dialed = [one.number for one in sorted(board.calls.values(), key=lambda one: one.begun)]
    assert dialed == ["13800000001", "13800000002", "13800000001", "13800000003"]
    callee = Callee.objects.get()
    assert (callee.state, callee.answered_by, callee.tries) == ("answered", "乙", 3)


def test_no_more_calls_than_lines_and_the_county_first(board, later, settings):
    settings.VOICE_LINES = 2
    for n in range(4):
        listed(f"村{n}", area=f"{TOWN}{201 + n}")
    chief = listed("县长", tier=1, area=COUNTY)
    call()

    later(80)

    first = min(board.calls.values(), key=lambda one: one.begun)
    assert (first.number, board.most_at_once) == (number_of(chief), 2)
    assert set(states().values()) == {"answered"}


def test_two_people_of_one_telephone_are_called_one_after_the_other(board, later):
    listed("甲", numbers=["13800000001"])
    listed("乙", numbers=["13800000001"], area=f"{TOWN}202")
    call()

    later(70)

    assert board.most_at_once == 1
    assert states() == {"甲": "answered", "乙": "answered"}


def test_what_the_gateway_never_told_is_asked_of_it(board, later):
    listed("甲")
    call()

    later(70, silently=True)

    assert states() == {"甲": "answered"}


def test_a_gateway_that_lost_a_call_is_not_believed_to_have_made_none(board, later):
    listed("甲")
    call()
    later(2)
    board.calls.clear()

    later(60, silently=True)

    attempts = CallAttempt.objects.order_by("claimed_at")
    assert attempts.first().outcome == "unknown"
    assert Callee.objects.get().tries == 1


def test_a_call_handed_over_twice_is_one(board, later):
    listed("甲")
    call()
    later(2)
    # As if the worker had died before it could write down that the gateway took it.
    CallAttempt.objects.update(state="claimed", placed_at=None)

    later(40)

    assert (board.repeats, len(board.calls), states()) == (1, 1, {"甲": "answered"})


@pytest.mark.parametrize("status", [503, 429, 401])
def test_a_gateway_that_is_away_costs_nobody_a_try(board, later, status):
    listed("甲")
    listed("乙", area=f"{TOWN}202")
    board.status = status
    call()

    later(60)

    assert set(Callee.objects.values_list("tries", flat=True)) == {0}
    assert (len(board.calls), told()["messaging.voice_lost"]) == (0, 1)
    assert board.handed < 15, "it is left alone for longer and longer"

    board.status = 202
    later(60)

    assert set(states().values()) == {"answered"}
    assert told()["messaging.voice_restored"] == 1


def test_a_gateway_that_stays_away_sends_people_to_the_doors(board, later):
    listed("镇长", tier=2, area=TOWN)
    listed("村支书")
    board.status = 503
    call()

    later(200)

    assert set(states().values()) == {"assigned"}
    callee = Callee.objects.get(name="村支书")
    assert (callee.goer_name, callee.trouble) == ("镇长", "语音线路不通，改为人工叫应")
    assert CallOut.objects.get().state == "finished"


def test_a_call_out_after_the_gateway_came_back_finds_it(board, later):
    row = listed("甲")
    board.status = 503
    call()
    later(200)
    board.status = 202

    call(chain="b")
    later(40)

    assert [one.state for one in Callee.objects.order_by("id")] == ["assigned", "answered"]
    assert len(board.of(number_of(row))) == 1


def test_without_a_gateway_it_is_said_that_there_is_none(board, later, settings):
    settings.VOICE_URL = ""
    listed("甲")
    call()

    later(5)

    assert Entry.objects.filter(name="messaging.voice_lost").exists()
    assert states() == {"甲": "calling"}


def test_whoever_has_no_telephone_is_gone_to_at_once(board, later):
    listed("甲", numbers=[])
    call()

    later(1)

    callee = Callee.objects.get()
    assert (callee.state, callee.trouble) == ("assigned", "没有登记可用的电话")
    assert callee.goer_name == "县值班室"


def test_whoever_goes_is_told_of_all_of_theirs_in_one_message(board, later):
    head = seat("镇长", name="镇长")
    for n in range(3):
        listed(f"村{n}", area=f"{TOWN}{201 + n}", numbers=[])
    call()

    later(40)

    [message] = Message.objects.filter(subject_kind="messaging.callee")
    assert message.to_post == head.post
    assert message.title.startswith("请上门叫应 3 人")
    assert Callee.objects.exclude(goer_told_at=None).count() == 3


def test_a_line_that_fails_for_one_number_only_does_not_hold_him_up_for_ever(board, later):
    row = listed("甲")
    board.habits[number_of(row)] = "fails"
    call()

    later(160)

    assert states() == {"甲": "assigned"}
    assert clock.now("actual") == board.now


@pytest.mark.parametrize("many", [2, 20])
def test_a_round_asks_the_database_as_often_for_twenty_as_for_two(
    board, many, work, django_assert_max_num_queries
):
    for n in range(many):
        listed(f"人{n}", area=f"{TOWN}{201 + n}")
    call()

    with django_assert_max_num_queries(190):
        work()

    assert len(board.calls) == many


def test_whoever_answers_the_former_call_is_not_called_by_the_one_that_took_its_place(
    board, later
):
    row = listed("甲")
    call(chain="w")
    later(2)

    call(chain="w")
    later(90)

    assert len(board.of(number_of(row))) == 1
    assert [one.state for one in Callee.objects.order_by("id")] == ["answered", "answered"]
    assert set(CallOut.objects.values_list("state", flat=True)) == {"stopped", "finished"}


def test_a_call_taken_by_a_gateway_that_could_not_say_so_counts_when_it_is_heard_of(
    board, later
):
    listed("甲")
    call()
    later(2)
    # Handed over, not acknowledged, and then nobody waited for it any more.
    CallAttempt.objects.update(state="ended", outcome="canceled", placed_at=None)
    Callee.objects.update(state="assigned", next_at=None)

    later(40)

    assert states() == {"甲": "answered"}
