from datetime import UTC, datetime, timedelta

import pytest

from liandong.kernel import clock
from liandong.kernel.clock import Pace
from liandong.kernel.opening import close_realm, open_realm

pytestmark = pytest.mark.django_db
FLOOD = datetime(2012, 8, 3, 4, tzinfo=UTC)


def test_a_realm_without_a_row_runs_on_the_real_clock():
    before = clock.real()

    assert before <= clock.now("actual") <= clock.real()


def test_a_realm_lives_in_its_own_hour_at_its_own_speed():
    real = datetime(2026, 7, 14, tzinfo=UTC)
    pace = Pace(real_at=real, told_at=FLOOD, rate=60)

    assert pace.told(real + timedelta(seconds=2)) == FLOOD + timedelta(minutes=2)


def test_a_held_clock_stands_still_and_other_realms_go_on():
    clock.set_clock("drill-1", FLOOD, rate=0)

    assert (clock.now("drill-1"), clock.now("drill-1")) == (FLOOD, FLOOD)
    assert clock.now("actual") > datetime(2026, 1, 1, tzinfo=UTC)


def test_rereading_puts_another_table_in_place_and_empties_none_that_a_thread_may_hold():
    clock.set_clock("drill-1", FLOOD, rate=0)
    clock.now("drill-1")
    held = clock._paces

    clock.forget()
    clock.now("drill-1")

    assert (held["drill-1"].told_at, clock._paces is held) == (FLOOD, False)


def test_a_realm_that_is_over_keeps_its_hour_and_is_asked_for_no_more():
    open_realm("drill-1", title="", told_at=FLOOD, rate=0)
    clock.set_clock("drill-2", FLOOD, rate=0)

    close_realm("drill-1")

    assert (set(clock.every()), clock.now("drill-1")) == ({"drill-2"}, FLOOD)
