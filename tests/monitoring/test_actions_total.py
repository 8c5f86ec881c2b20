from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liandong.monitoring.actions import count_totals, judge_reading
from liandong.monitoring.models import DayTotal, HourTotal, Reading
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Quality
from tests.monitoring.conftest import flowed, hour, rained, send
from tests.people import allowed

pytestmark = pytest.mark.django_db


def days():
    return list(
        DayTotal.objects.order_by("on").values_list("on", "count", "low", "high", "total")
    )


def counted(batch):
    return count_totals(batch.realm, str(batch.pk))


def test_rain_of_a_day_falls_from_eight_to_eight(rain):
    # At 08:00 of the 3rd it is told what fell before: that is of the 2nd.
    counted(send(rained([1, 2, 4], since=7)))

    assert days() == [
        (date(2012, 8, 2), 2, 1, 2, 3),
        (date(2012, 8, 3), 1, 4, 4, 4),
    ]
    assert HourTotal.objects.get(total=1).at == datetime(2012, 8, 2, 22, tzinfo=UTC)


def test_water_of_a_day_runs_from_midnight_and_its_value_at_eight_is_kept(flow):
    counted(send(flowed([10, 20, 30], since=7)))

    (day,) = DayTotal.objects.all()
    assert (day.on, day.count, day.total, day.at_eight) == (date(2012, 8, 3), 3, 60, 20)


def test_what_is_corrected_or_doubted_is_counted_anew(flow):
    counted(send(flowed([10, 20])))

    counted(send(flowed([10, 40])))
    counted(send(flowed([300_000], since=2)))

    assert days() == [(date(2012, 8, 3), 2, 10, 40, 50)]


def test_what_a_person_settles_is_counted_anew(flow, work):
    send(flowed([10, 300_000]))
    work()
    before = days()

    judge_reading(
        allowed(Permission.JUDGE_READINGS),
        series=flow,
        at=hour(1),
        verdict=Quality.CONFIRMED,
        expected_value=Decimal(300_000),
    )
    work()

    assert (before[0][1], days()[0][1:4]) == (1, (2, 10, 300_000))


def test_a_jump_that_is_borne_out_later_comes_into_its_hour(flow):
    flow.jump = Decimal(100)
    flow.save()
    counted(send(flowed([10, 500])))
    before = days()[0][1]

    counted(send(flowed([510], since=2)))

    assert (before, days()[0][1]) == (1, 3)


def test_drills_are_counted_apart(flow, at):
    counted(send(flowed([10])))

    assert set(DayTotal.objects.values_list("realm", flat=True)) == {"actual"}


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_late_data_in_any_order_come_to_the_same(flow, data):
    values = data.draw(st.lists(st.integers(0, 99), min_size=1, max_size=30))
    order = data.draw(st.permutations(range(len(values))))
    for kind in (Reading, HourTotal, DayTotal):
        kind.objects.all().delete()
    rows = flowed(values)

    for start in range(0, len(order), 7):
        counted(send([rows[number] for number in order[start : start + 7]]))

    naive = {}
    for row in Reading.objects.filter(quality="good"):
        naive.setdefault((row.at.timestamp() + 8 * 3600) // 86400, []).append(row.value)
    assert [one[1:] for one in days()] == [
        (len(some), min(some), max(some), sum(some)) for _day, some in sorted(naive.items())
    ]
