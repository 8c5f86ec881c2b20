import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.opening import close_realm, open_realm
from liandong.kernel.problems import Missing
from liandong.kernel.timers import (
    MOST_ATTEMPTS,
    Timer,
    drop_timers,
    next_due,
    set_timer,
    set_timers,
    sweep,
    timer,
)
from liandong.kernel.upkeep.retrying import retry_timer
from tests.kernel.gauges import MOVE, move
from tests.people import allowed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 7, 14, 4, tzinfo=UTC)
rung: list[tuple[str, str]] = []
broken: set[str] = set()


@timer("test.gauge_due")
def ring(due):
    if due.subject_id in broken:
        raise RuntimeError("bell broken")
    rung.append((due.realm, due.subject_id))
    if due.subject_id == "移":
        set_at(9 * 60, "下游")
    move(
        allowed(MOVE, realm=due.realm, label="计时"),
        gauges=[(due.subject_id, 1)],
        idempotency_key=due.key,
    )


@pytest.fixture(autouse=True)
def quiet():
    rung.clear()
    broken.clear()


def set_at(minutes, subject="上游", realm="actual", label=""):
    set_timer(
        "test.gauge_due",
        realm=realm,
        due_at=NOON + timedelta(minutes=minutes),
        subject_kind="test.gauge",
        subject_id=subject,
        label=label,
    )


def test_timers_ring_once_in_order_of_time_when_their_realm_says_so():
    set_at(30, "晚")
    set_at(10, "早")
    clock.set_clock("actual", NOON + timedelta(minutes=20), rate=0)
    assert (sweep(), rung) == (1, [("actual", "早")])

    clock.set_clock("actual", NOON + timedelta(hours=2), rate=0)

    assert (sweep(), sweep()) == (1, 0)
    assert (rung[1:], Timer.objects.count(), Entry.objects.count()) == (
        [("actual", "晚")],
        0,
        2,
    )


def test_a_drills_timer_waits_for_the_drills_clock():
    set_at(10, realm="drill-1")
    clock.set_clock("actual", NOON + timedelta(hours=9), rate=0)
    clock.set_clock("drill-1", NOON, rate=0)
    assert sweep() == 0

    clock.set_clock("drill-1", NOON + timedelta(minutes=10), rate=0)

    assert (sweep(), Entry.objects.get().realm) == (1, "drill-1")


def test_setting_again_moves_and_dropping_takes_away():
    set_at(10)
    set_at(40)
    set_at(5, label="其他")
    assert next_due("actual") == NOON + timedelta(minutes=5)

    drop_timers(realm="actual", subject_kind="test.gauge", subject_id="上游")

    assert (Timer.objects.count(), next_due("actual")) == (0, None)


def test_a_failing_timer_is_kept_with_its_trouble_and_holds_up_no_other(caplog):
    broken.add("上游")
    set_at(1)
    set_at(2, "下游")
    clock.set_clock("actual", NOON + timedelta(hours=1), rate=0)

    assert (sweep(), rung) == (1, [("actual", "下游")])
    kept = Timer.objects.get()
    assert (kept.attempts, kept.dead, "bell broken" in kept.trouble) == (1, False, True)

    for _ in range(MOST_ATTEMPTS):
        Timer.objects.update(retry_at=None)
        sweep()
    assert Timer.objects.get().dead

    broken.clear()
    retry_timer(allowed("kernel:timer:retry"), timer=kept.pk)

    assert (sweep(), rung[1:]) == (1, [("actual", "上游")])
    with pytest.raises(Missing):
        retry_timer(allowed("kernel:timer:retry"), timer=kept.pk)


def test_a_timer_moved_by_an_earlier_bell_of_the_same_sweep_waits_for_its_new_time():
    set_at(1, "移")
    set_at(2, "下游")
    clock.set_clock("actual", NOON + timedelta(hours=1), rate=0)

    assert (sweep(), rung) == (1, [("actual", "移")])
    assert next_due("actual") == NOON + timedelta(hours=9)


def test_a_timer_set_anew_forgets_what_went_wrong_before():
    set_at(1)
    Timer.objects.update(dead=True, trouble="bell broken")

    set_at(2)

    assert Timer.objects.values_list("dead", "trouble").get() == (False, "")


SUBJECT = 42


@timer("test.holding")
def hold_subject(due):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SUBJECT])


def waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


def until(happens):
    for _ in range(500):
        if happens():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen")


def swept():
    try:
        return sweep()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_who_answers_at_the_very_moment_is_not_caught_with_the_bell(caplog):
    at = NOON + timedelta(hours=1)
    clock.set_clock("actual", at, rate=0)
    subject = {"realm": "actual", "subject_kind": "test.order", "subject_id": "1"}
    set_timer("test.holding", due_at=NOON, **subject)

    with ThreadPoolExecutor(1) as worker:
        with transaction.atomic():
            hold_subject(None)
            bell = worker.submit(swept)
            until(waits)
            drop_timers(**subject)
        assert bell.result() == 0
    assert not Timer.objects.exists()
    assert "deadlock" not in caplog.text


def test_several_subjects_get_their_timers_at_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        set_timers(
            "test.gauge_due",
            {"甲": NOON, "乙": NOON + timedelta(hours=1)},
            realm="actual",
            subject_kind="gauge",
            incident="i",
        )

    rows = Timer.objects.order_by("due_at").values_list("subject_id", "due_at", "incident")
    assert list(rows) == [("甲", NOON, "i"), ("乙", NOON + timedelta(hours=1), "i")]


def test_in_a_realm_that_is_over_nothing_rings_by_any_clock():
    open_realm("drill-1", title="", told_at=NOON, rate=0)
    close_realm("drill-1")
    set_at(-10, realm="drill-1")

    assert (sweep(), rung) == (0, [])
