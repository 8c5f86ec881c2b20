import pytest

from liandong.kernel.actors import system_actor
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Missing
from liandong.messaging.actions import CallReport, hear_reply, take_call_reports
from liandong.messaging.models import CallAttempt, Callee
from liandong.messaging.permissions import Permission
from tests.messaging.callees import call, listed, number_of
from tests.people import duty_officer

pytestmark = pytest.mark.django_db


def gateway(realm="actual"):
    return system_actor("node", "语音网关", realm, Permission.DIAL)


def report(**more):
    key = CallAttempt.objects.latest("claimed_at").pk
    return CallReport(
        **{"key": key, "result": "answered", "heard_seconds": 20, "digit": "1", **more}
    )


def test_a_report_said_twice_is_one(board, later):
    listed("甲")
    call()
    later(2)
    said = report()

    take_call_reports(gateway(), reports=[said])
    take_call_reports(gateway(), reports=[said])

    assert Callee.objects.get().tries == 1
    assert Entry.objects.filter(name="messaging.callee_answered").count() == 1


@pytest.mark.parametrize(
    ("heard", "digit", "outcome"),
    [(20, "1", "confirmed"), (19, "1", "partly"), (20, "", "partly"), (20, "2", "passed_on")],
)
def test_only_who_heard_all_and_pressed_the_key_has_answered(
    board, later, heard, digit, outcome
):
    listed("甲")
    call()
    later(2)

    take_call_reports(gateway(), reports=[report(heard_seconds=heard, digit=digit)])

    callee = Callee.objects.get()
    assert callee.outcome == outcome
    assert (callee.state == "answered") == (outcome == "confirmed")


def test_a_word_the_gateway_made_up_is_an_unknown_end(board, later):
    listed("甲")
    call()
    later(2)

    take_call_reports(gateway(), reports=[report(result="exploded")])

    assert (Callee.objects.get().outcome, Callee.objects.get().tries) == ("unknown", 1)


def test_reports_come_from_the_gateway_in_its_own_realm(board, later):
    listed("甲")
    call()
    later(2)

    with pytest.raises(Forbidden):
        take_call_reports(duty_officer(), reports=[report()])
    with pytest.raises(Missing):
        take_call_reports(gateway("drill-1"), reports=[report()])


@pytest.mark.parametrize("text", ["1", "收到", "收到。", "１", "OK", "已收到!"])
def test_a_reply_by_text_counts_and_stops_the_calls(board, later, text):
    row = listed("甲")
    board.habits[number_of(row)] = "silent"
    call()
    later(25)

    hear_reply(gateway(), number=number_of(row), text=text)
    later(60)

    callee = Callee.objects.get()
    assert (callee.state, callee.way, len(board.calls)) == ("answered", "sms", 1)


@pytest.mark.parametrize("text", ["", "不去", "11", "收到没有收到？", "退订"])
def test_any_other_reply_is_not_taken_for_one(board, later, text):
    row = listed("甲")
    call()
    later(1)

    with pytest.raises(Missing):
        hear_reply(gateway(), number=number_of(row), text=text)
    with pytest.raises(Missing):
        hear_reply(gateway(), number="13900000000", text="1")
    assert Callee.objects.get().state == "calling"


def test_a_late_answer_counts_though_somebody_is_on_the_way(board, later):
    row = listed("甲")
    board.habits[number_of(row)] = "silent"
    call()
    later(120)
    assert Callee.objects.get().state == "assigned"

    hear_reply(gateway(), number=number_of(row), text="收到")

    assert Callee.objects.get().state == "answered"
