from datetime import timedelta

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.messaging.actions import record_absence, record_answer
from liandong.messaging.models import Callee, ContactPoint
from tests.messaging.callees import TOWN, call, listed, number_of
from tests.messaging.people import as_holder, person
from tests.people import actor, duty_officer, visitor

pytestmark = pytest.mark.django_db


def answered(callee, who=None, **more):
    given = {"way": "radio", "expected_version": callee.version, **more}
    return record_answer(who or duty_officer(), callee=callee, **given)


def absent(callee, who=None, **more):
    given = {"trouble": "家中无人", "expected_version": callee.version, **more}
    return record_absence(who or duty_officer(), callee=callee, **given)


@pytest.fixture
def gone_to(board, later):
    """Somebody whom no telephone reached; the township's head goes to them."""
    listed("镇长", tier=2, area=TOWN)
    row = listed("村支书")
    board.habits[number_of(row)] = "wrong"
    call()
    later(30)
    return Callee.objects.select_related("call_out", "goer").get(name="村支书")


def test_an_answer_by_radio_has_two_times_and_stops_the_calls(board, later):
    listed("甲")
    call()
    later(2)
    callee = Callee.objects.get()

    at = board.now - timedelta(seconds=1)
    done = answered(callee, answered_at=at, read_back="收到，立即转移", answered_by="甲妻")
    later(90)

    done.refresh_from_db()
    assert (done.state, done.way, done.read_back) == ("answered", "radio", "收到，立即转移")
    assert (done.answered_at, done.answered_by, done.noted_by) == (at, "甲妻", "值班员")
    assert done.recorded_at > done.answered_at
    assert len(board.calls) == 1
    assert Entry.objects.filter(name="messaging.callee_answered").count() == 1
    assert done.call_out.__class__.objects.get().state == "finished"


def test_whoever_answers_before_their_turn_is_never_dialed(board, later, settings):
    settings.VOICE_LINES = 0
    listed("甲")
    call()
    later(1)
    answered(Callee.objects.get())
    settings.VOICE_LINES = 30

    later(30)

    assert board.calls == {}


def test_the_goer_says_what_came_of_it_and_nobody_else_from_outside(gone_to):
    goer = as_holder(gone_to.goer, role="township")
    other = as_holder(person("旁人"), role="township")

    with pytest.raises(Forbidden):
        answered(gone_to, other, way="door")
    done = answered(gone_to, goer, way="gong")

    assert (done.state, done.way) == ("answered", "gong")


def test_whoever_was_not_found_stays_unreached_and_another_goes(gone_to):
    other = person("副镇长")
    ContactPoint.objects.create(person=other, channel="mobile", address="13800007777")

    done = absent(gone_to, goer=other)

    assert (done.state, done.goer_name, done.goer_number) == (
        "assigned",
        "副镇长",
        "13800007777",
    )
    names = Entry.objects.order_by("id").values_list("name", flat=True)
    assert list(names)[-2:] == ["messaging.callee_not_met", "messaging.callee_assigned"]


def test_what_cannot_be_so_is_refused(gone_to, board):
    with pytest.raises(Invalid, match="时间"):
        answered(gone_to, answered_at=board.now + timedelta(hours=1))
    with pytest.raises(Invalid, match="时间"):
        answered(gone_to, answered_at=board.now - timedelta(days=1))
    with pytest.raises(Invalid):
        answered(gone_to, way="voice")
    with pytest.raises(Invalid):
        absent(gone_to, trouble=" ")
    with pytest.raises(Forbidden):
        answered(gone_to, visitor())
    with pytest.raises(Stale):
        answered(gone_to, expected_version=99)
    with pytest.raises(Stale):
        absent(gone_to, expected_version=99)
    with pytest.raises(Forbidden):
        absent(gone_to, actor("expert"))


def test_nobody_answers_twice_and_only_who_is_gone_to_can_be_missed(gone_to):
    done = answered(gone_to, idempotency_key="k")
    with pytest.raises(IllegalMove):
        answered(done)
    with pytest.raises(IllegalMove):
        absent(done)


def test_the_same_key_records_once(gone_to):
    version = gone_to.version
    first = answered(gone_to, idempotency_key="k", expected_version=version)
    again = answered(gone_to, idempotency_key="k", expected_version=version)

    assert first == again
    assert (
        Entry.objects.filter(
            name="messaging.callee_answered", payload__text__contains="村支书"
        ).count()
        == 1
    )


def test_a_drill_changes_nothing_of_what_is_real(gone_to):
    with pytest.raises(Missing):
        answered(gone_to, duty_officer(realm="drill-1"))
    with pytest.raises(Missing):
        absent(gone_to, duty_officer(realm="drill-1"))
