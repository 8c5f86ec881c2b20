from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from liandong.command.actions import ring_nil_standing, set_nil_standing, withdraw_nil_standing
from liandong.command.models import NilRound, NilStanding
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.kernel.timers import Timer
from liandong.kernel.worker import work_until_quiet
from tests.command import county as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(at):
    return at("2030-07-01T08:00+08:00")


def daily(county, **more):
    said = {"question": "险情、伤亡", "at": time(17), "minutes": 60}
    return set_nil_standing(county.office, **(said | more))


def rings():
    return [one.due_at for one in Timer.objects.filter(kind="command.nil_standing_due")]


def test_set_nil_standing_rings_at_its_hour(county, now):
    row = daily(county)

    assert rings() == [now + timedelta(hours=9)]
    told = Entry.objects.get(name="command.nil_standing_set")
    assert (told.subject_id, row.in_force) == (str(row.pk), True)


def test_at_its_hour_every_township_is_asked_and_the_next_day_again(county, flood, now, at):
    daily(county)

    at("2030-07-01T17:00+08:00")
    work_until_quiet(epoch=1)

    (asked,) = NilRound.objects.all()
    assert asked.incident == flood
    assert [one.body for one in asked.returns.all()] == [county.bodies["riverside"]]
    assert rings() == [now + timedelta(hours=33)]
    at("2030-07-01T18:00+08:00")
    work_until_quiet(epoch=1)
    asked.refresh_from_db()
    assert asked.overdue_at is not None
    at("2030-07-02T17:00+08:00")
    work_until_quiet(epoch=1)
    assert NilRound.objects.count() == 2


def test_it_asks_where_it_is_meant_to(county, flood, version, now):
    daily(county, hazard="11A", level="III")
    other = places.incident(county.officer, title="林火", hazard="11G")
    row = NilStanding.objects.get()

    ring_nil_standing(places.timer_actor(), standing=row)
    places.decide(county.office, flood, version)
    ring_nil_standing(places.timer_actor(), standing=row)
    assert not NilRound.objects.exists()
    NilStanding.objects.update(level="IV")
    ring_nil_standing(places.timer_actor(), standing=row)

    (asked,) = NilRound.objects.all()
    assert asked.incident == flood != other


def test_setting_refuses_what_asks_nothing_and_whoever_may_not(county, now):
    with pytest.raises(Invalid):
        daily(county, question=" ")
    with pytest.raises(Invalid):
        daily(county, minutes=0)
    with pytest.raises(Invalid):
        daily(county, from_on=date(2030, 7, 2), until_on=date(2030, 7, 1))
    with pytest.raises(Forbidden):
        set_nil_standing(county.officer, question="险情", at=time(17), minutes=60)
    with pytest.raises(Forbidden):
        set_nil_standing(
            replace(county.office, realm="drill-1"), question="险情", at=time(17), minutes=60
        )
    assert not NilStanding.objects.exists()


def test_the_same_key_sets_one(county, now):
    for _ in range(2):
        daily(county, idempotency_key="k")

    assert NilStanding.objects.count() == 1


def test_withdrawn_it_asks_no_longer(county, flood, now):
    row = daily(county)
    with pytest.raises(Invalid):
        withdraw(county, row, reason=" ")
    with pytest.raises(Stale):
        withdraw(county, row, expected_version=9)
    with pytest.raises(Forbidden):
        withdraw_nil_standing(
            county.water, standing=row, reason="汛期已过", expected_version=row.version
        )

    withdraw(county, row)

    assert rings() == []
    ring_nil_standing(places.timer_actor(), standing=row)
    assert not NilRound.objects.exists()
    with pytest.raises(IllegalMove):
        withdraw(county, row)
    assert Entry.objects.filter(name="command.nil_standing_withdrawn").count() == 1


def withdraw(county, row, **more):
    said = {"reason": "汛期已过", "expected_version": row.version}
    return withdraw_nil_standing(county.office, standing=row, **(said | more))
