from datetime import timedelta

import pytest

from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.timers import Timer
from liandong.messaging.actions import set_next_test, start_contact_test
from liandong.messaging.models import Callee, CallOut, ContactPoint
from tests.messaging.callees import TOWN, call, listed, number_of
from tests.people import office, visitor

pytestmark = pytest.mark.django_db
DAY, NIGHT = "2026-07-14T10:00", "2026-07-14T02:10"


@pytest.fixture
def by_day(board, at):
    board.now = at(DAY)
    return board


def test_a_part_is_called_once_each_and_what_works_is_known(by_day, later):
    rows = [listed(f"人{n}", area=f"{TOWN}{201 + n}") for n in range(4)]
    fresh = number_of(rows[0])
    ContactPoint.objects.filter(address=fresh).update(verified_at=by_day.now)
    by_day.habits = {number_of(rows[1]): "silent", number_of(rows[2]): "wrong"}

    made = start_contact_test(office(), percent=75)
    later(60)

    assert {one.name: one.state for one in Callee.objects.all()} == {
        "人1": "silent",
        "人2": "silent",
        "人3": "answered",
    }
    assert all(len(by_day.of(number_of(one))) <= 1 for one in rows)
    assert all("试呼" in one.text for one in by_day.calls.values())
    assert ContactPoint.objects.get(address=number_of(rows[2])).is_stale
    assert ContactPoint.objects.get(address=number_of(rows[3])).verified_at is not None
    made.refresh_from_db()
    assert (made.state, made.is_test) == ("finished", True)


def test_nobody_is_tested_at_night_in_a_drill_or_while_others_are_called(at):
    at(NIGHT)
    listed("甲")
    with pytest.raises(IllegalMove, match="时间"):
        start_contact_test(office(), percent=10)
    at(DAY)
    with pytest.raises(Forbidden):
        start_contact_test(office(realm="drill-1"), percent=10)
    with pytest.raises(Forbidden):
        start_contact_test(visitor(), percent=10)
    with pytest.raises(Invalid):
        start_contact_test(office(), percent=0)
    call()
    with pytest.raises(IllegalMove, match="正在叫应"):
        start_contact_test(office(), percent=10)


def test_an_empty_list_is_said(at):
    at(DAY)
    with pytest.raises(Invalid, match="没有可试呼"):
        start_contact_test(office(), percent=10, idempotency_key="k")


def test_a_test_does_not_count_as_having_heard_a_warning(by_day, later):
    listed("甲")
    start_contact_test(office(), percent=100)
    later(60)

    assert call(chain="w").callees.count() == 1


@pytest.mark.parametrize(("percent", "tests"), [(50, 1), (0, 0)])
def test_every_tuesday_morning_by_itself_where_the_county_has_it_so(
    at, work, settings, percent, tests
):
    settings.VOICE_TEST_PERCENT, settings.VOICE_LINES = percent, 0
    now = at("2026-07-13T22:00")
    listed("甲")
    set_next_test(now)
    work()
    before = CallOut.objects.count()

    tuesday = at("2026-07-14T10:00:01")
    work()

    assert (before, CallOut.objects.filter(is_test=True).count()) == (0, tests)
    following = Timer.objects.get(kind="messaging.contact_test").due_at
    assert following - tuesday > timedelta(days=6)


def test_a_test_the_node_slept_through_is_not_made_at_night(at, work, settings):
    settings.VOICE_TEST_PERCENT = 50
    set_next_test(at("2026-07-13T22:00"))
    listed("甲")

    at("2026-07-14T23:30")
    work()

    assert not CallOut.objects.exists()
