from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liandong.monitoring import queries
from liandong.monitoring.actions import SeriesSpec, register_station
from liandong.monitoring.models import Batch, Crossing, Latest, Reading, ReadingVersion, Series
from liandong.monitoring.signals.quality import Flag
from liandong.monitoring.states import Quality, Quantity
from tests.monitoring.conftest import RAIN_CODE, observed, rained, send
from tests.monitoring.people import keeper

pytestmark = pytest.mark.django_db
CODE = "21401560"


@pytest.fixture
def level(db):
    station = register_station(
        keeper(),
        code=CODE,
        name="清溪桥",
        kind="ZZ",
        river="清溪河",
        datum="1985国家高程基准",
        lon=Decimal("122.5"),
        lat=Decimal("39.8"),
        series=[SeriesSpec(quantity=Quantity.LEVEL)],
    )
    return Series.objects.get(station=station)


def rose(values, **more):
    return observed(CODE, Quantity.LEVEL, values, **more)


def flags():
    rows = Reading.objects.filter(series__station__code=CODE).order_by("at")
    return list(rows.values_list("flags", flat=True))


def latest():
    return Latest.objects.get(series__station__code=CODE)


def test_a_spike_is_stored_and_doubted_and_the_last_value_stays(level):
    batch = send(rose([43.1, 43.2, 53.9]))

    assert (batch.count, batch.suspect) == (3, 1)
    assert flags() == [0, 0, Flag.SPIKE]
    assert (latest().value, latest().said_value) == (Decimal("43.2"), Decimal("53.9"))
    assert latest().said_quality == Quality.SUSPECT


def test_the_next_reading_bears_a_jump_out_and_then_it_counts(level):
    send(rose([43.1, 53.9]))

    send(rose([54.0], since=2))

    assert flags() == [0, 0, 0]
    assert latest().value == 54


def test_centimeters_for_meters_are_doubted_as_long_as_they_come(level):
    send(rose([43.1]))
    send(rose([4312], since=1))
    send(rose([4313], since=2))

    send(rose([43.2], since=3))

    assert flags() == [0, Flag.UNIT, Flag.UNIT, 0]
    assert latest().value == Decimal("43.2")


def test_a_level_that_jumps_is_doubted_only_where_no_rain_has_fallen(level):
    register_station(
        keeper(),
        code=RAIN_CODE,
        name="上游",
        kind="PP",
        river="清溪河",
        lon=Decimal("122.5"),
        lat=Decimal("39.9"),
        series=[SeriesSpec(quantity=Quantity.RAIN)],
    )
    send(rained([0, 0, 0, 0]))
    send(rose([43.1, 45.0]))
    dry = flags()
    send(rained([30, 20], since=4))

    send(rose([47.0], since=5))

    assert (dry, flags()) == ([0, Flag.DRY], [0, 0, 0])


def test_a_week_of_silence_and_then_all_of_it_in_one_go(level):
    send(rose([43.1]))

    batch = send(rose([52.0], since=30))

    assert (batch.suspect, latest().value) == (0, 52)


def test_a_gauge_that_hangs_is_doubted_over_batches(rain):
    send(rained([2.5] * 22))
    for number in (22, 23, 24):
        send(rained([2.5], since=number))

    rows = Reading.objects.order_by("at").values_list("flags", flat=True)
    assert list(rows) == [0] * 23 + [Flag.STUCK] * 2


def test_a_reading_ahead_of_the_clock_is_not_the_last_one(level):
    send(rose([43.1]))

    send([*rose([43.5], since=2000)])

    assert (latest().value, latest().said_at) == (
        Decimal("43.1"),
        Reading.objects.get(value=Decimal("43.1")).at,
    )
    assert flags() == [0, Flag.CLOCK]


def test_a_correction_of_the_last_reading_moves_what_was_said_last(level):
    send(rose([43.1, 43.9]))

    send(rose([43.1, 43.2]))

    assert latest().value == Decimal("43.2")


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    values=st.lists(
        st.sampled_from(["43.1", "43.3", "46", "53.9", "54.1", "4312", "4313", "-300"]),
        min_size=2,
        max_size=9,
    ),
    data=st.data(),
)
def test_a_flood_of_late_data_in_any_order_ends_alike(level, values, data):
    order = data.draw(st.permutations(range(len(values))))
    rows = rose(values)

    in_order = state_after(level, [[row] for row in rows])
    mixed = state_after(level, [[rows[number]] for number in order])
    at_once = state_after(level, [rows])

    assert mixed == in_order
    assert at_once == in_order


def state_after(series, batches):
    for kind in (Crossing, Reading, ReadingVersion, Latest):
        kind.objects.all().delete()
    for batch in batches:
        send(batch)
    rows = Reading.objects.filter(series=series).order_by("at")
    last = Latest.objects.get(series=series)
    return (
        list(rows.values_list("at", "value", "quality", "flags")),
        (last.said_at, last.said_value, last.said_quality, last.at, last.value),
    )


def test_every_batch_stays_provable_whatever_was_judged(level):
    send(rose([43.1, 53.9, 43.2]))
    send(rose([43.1, 43.4, 43.2]))

    assert [queries.is_intact(batch) for batch in Batch.objects.all()] == [True, True]


def test_reaching_back_does_not_read_what_is_far_away(level):
    send(rose([43.1]))

    send(rose([90], since=-24 * 40))

    assert flags() == [0, 0]
    assert latest().at - timedelta(days=1) < latest().said_at
