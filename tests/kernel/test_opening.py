from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from liandong.kernel import clock
from liandong.kernel.journal.models import Delivery, Entry
from liandong.kernel.opening import close_realm, let_reach, open_realm
from liandong.kernel.problems import RealmClosed
from liandong.kernel.realms import Realm, demand_open, is_closed
from liandong.kernel.timers import Timer, set_timer
from tests.kernel.gauges import MOVE, heard, move
from tests.people import allowed

NOON = datetime(2026, 7, 14, 4, tzinfo=UTC)
STEP = [("上游", 1)]


@pytest.fixture(autouse=True)
def quiet():
    heard.clear()


def opened(name="drill-1", rate=0):
    open_realm(name, title="防汛演练", told_at=NOON, rate=rate, reachable=["b@x.cn", "a@x.cn"])
    return allowed(MOVE, realm=name)


@pytest.mark.django_db
def test_a_realm_begins_at_its_hour_with_its_list_and_can_be_written_in():
    player = opened()

    move(player, gauges=STEP)

    row = Realm.objects.get(pk="drill-1")
    assert (clock.now("drill-1"), row.reachable) == (NOON, ["a@x.cn", "b@x.cn"])
    assert Entry.objects.get().realm == "drill-1"
    let_reach("drill-1", ["c@x.cn"])
    row.refresh_from_db()
    assert (row.reachable, is_closed("drill-1")) == (["c@x.cn"], False)


@pytest.mark.django_db
def test_in_a_closed_realm_nothing_is_written_its_clock_stands_and_its_timers_are_gone():
    player = opened(rate=60)
    for realm in ("drill-1", "drill-2"):
        set_timer("x", realm=realm, due_at=NOON, subject_kind="x", subject_id="x")

    close_realm("drill-1")

    with pytest.raises(RealmClosed):
        move(player, gauges=STEP)
    assert (Entry.objects.count(), clock.pace_of("drill-1").rate) == (0, 0)
    assert clock.now("drill-1") - NOON < timedelta(hours=1)
    assert [one.realm for one in Timer.objects.all()] == ["drill-2"]
    move(allowed(MOVE, realm="drill-2"), gauges=STEP)
    move(allowed(MOVE), gauges=STEP)


@pytest.mark.django_db
def test_what_is_real_is_neither_opened_nor_closed():
    with pytest.raises(ValueError, match="real"):
        open_realm("actual", title="", told_at=NOON, rate=1)
    with pytest.raises(ValueError, match="real"):
        close_realm("actual")


@pytest.mark.django_db
def test_what_a_drill_still_owed_when_it_ended_is_not_done_any_more(work):
    move(opened(), gauges=STEP)
    move(allowed(MOVE), gauges=[("下游", 2)])
    close_realm("drill-1")

    work()

    assert (heard, Delivery.objects.count()) == ([("下游", 2)], 0)


@pytest.mark.django_db(transaction=True)
def test_whoever_closes_a_realm_waits_for_whoever_writes_in_it():
    opened()

    def close():
        try:
            with transaction.atomic():
                close_realm("drill-1")
            return clock.real()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            demand_open("drill-1")
            closing = pool.submit(close)
            with pytest.raises(TimeoutError):
                closing.result(timeout=0.5)
            written_until = clock.real()
        assert closing.result(timeout=20) > written_until
