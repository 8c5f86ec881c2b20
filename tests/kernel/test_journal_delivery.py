import pytest

from liandong.kernel.journal.delivery import MOST_ATTEMPTS, deliver_pending
from liandong.kernel.journal.models import Delivery, Entry
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.upkeep.erasing import erase_payload
from liandong.kernel.upkeep.permissions import Permission
from liandong.kernel.upkeep.retrying import retry_delivery
from tests.kernel.gauges import MOVE, away, deaf, heard, move
from tests.people import allowed

pytestmark = pytest.mark.django_db
STEPS = [("上游", 1), ("下游", 1), ("上游", 2), ("下游", 2)]


@pytest.fixture(autouse=True)
def quiet():
    heard.clear()
    deaf.clear()
    away.clear()


def test_entries_are_answered_in_order_and_the_debt_is_paid(work):
    move(allowed(MOVE), gauges=STEPS)

    work()

    assert sorted(heard, key=lambda one: one[0]) == sorted(STEPS, key=lambda one: one[0])
    assert Delivery.objects.count() == 0


def test_much_that_is_owed_leaves_others_their_turn(work):
    move(allowed(MOVE), gauges=STEPS)
    sequence(epoch=1)
    owed = Delivery.objects.count()

    assert deliver_pending(limit=1) == 1

    assert (len(heard), Delivery.objects.count()) == (1, owed - 1)
    work()
    assert Delivery.objects.count() == 0


def test_a_failing_subject_is_parked_alone_and_catches_up_in_order(work, caplog):
    deaf.add("上游")
    move(allowed(MOVE), gauges=STEPS)

    work()
    assert heard == [("下游", 1), ("下游", 2)]
    assert "nobody listens" in Delivery.objects.get(attempts=1).trouble

    deaf.clear()
    work()
    assert len(heard) == 2, "it waits before it is tried again"
    Delivery.objects.update(retry_at=None)
    work()
    assert heard[2:] == [("上游", 1), ("上游", 2)]


def test_after_its_last_attempt_a_delivery_is_dead_and_seen_until_it_is_retried(work, caplog):
    deaf.add("上游")
    move(allowed(MOVE), gauges=STEPS[:1])
    work()
    for _ in range(MOST_ATTEMPTS):
        Delivery.objects.update(retry_at=None)
        deliver_pending()
    assert Delivery.objects.get().dead

    deaf.clear()
    deliver_pending()
    assert heard == []
    retry_delivery(allowed("kernel:delivery:retry"), delivery=Delivery.objects.get().pk)
    work()
    assert (heard, Delivery.objects.count()) == ([("上游", 1)], 0)


def test_who_is_only_away_is_asked_for_ever_and_answers_in_the_end(work, caplog):
    away.add("上游")
    move(allowed(MOVE), gauges=STEPS[:1])
    work()
    for _ in range(MOST_ATTEMPTS + 2):
        Delivery.objects.update(retry_at=None)
        deliver_pending()
    kept = Delivery.objects.get()
    assert (kept.dead, kept.attempts > MOST_ATTEMPTS, heard) == (False, True, [])

    away.clear()
    Delivery.objects.update(retry_at=None)
    work()

    assert (heard, Delivery.objects.count()) == ([("上游", 1)], 0)


def test_what_was_erased_before_it_was_answered_holds_up_nothing(work, caplog):
    move(allowed(MOVE), gauges=[("上游", 1), ("上游", 2)])
    sequence(epoch=1)
    first = Entry.objects.order_by("id")[0]
    erase_payload(allowed(Permission.ERASE_PAYLOAD), entry=first.pk, reason="涉个人信息")

    work()

    assert (heard, Delivery.objects.count()) == ([("上游", 2)], 0)
