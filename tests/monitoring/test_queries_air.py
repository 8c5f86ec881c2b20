from decimal import Decimal

import pytest

from liandong.monitoring.actions import SeriesSpec, register_station
from liandong.monitoring.models import Reading
from liandong.monitoring.states import Quantity
from tests.monitoring.conftest import bound, hour, observed, send
from tests.monitoring.people import gauge, keeper

pytestmark = pytest.mark.django_db
CODE = "1010A"
FEW = {
    Quantity.SO2: 10, Quantity.NO2: 20, Quantity.CO: "0.5", Quantity.O3: 40, Quantity.PM10: 30,
}  # fmt: skip


@pytest.fixture
def air(db):
    return register_station(
        keeper(),
        code=CODE,
        name="昌平",
        kind="AQ",
        lon=Decimal("116.2"),
        lat=Decimal("40.2"),
        series=[SeriesSpec(quantity=one) for one in (*FEW, Quantity.PM25, Quantity.AQI)],
    )


def breathed(pm25, *, without=()):
    """As many hours as there are figures of PM2.5, little of everything else."""
    rows = observed(CODE, Quantity.PM25, pm25)
    for quantity, value in FEW.items():
        if quantity not in without:
            rows += observed(CODE, quantity, [value] * len(pm25))
    return rows


def indices(realm="actual"):
    rows = Reading.objects.filter(realm=realm, series__quantity=Quantity.AQI).order_by("at")
    return [(one.at, one.value) for one in rows]


def test_the_index_follows_the_readings_once_enough_of_a_day_is_told(air, work):
    send(breathed([60] * 21))

    work()

    assert indices() == [(hour(19), 82), (hour(20), 82)]


def test_without_one_of_the_six_there_is_none(air, work):
    send(breathed([60] * 24, without={Quantity.O3}))

    work()

    assert indices() == []


def test_a_bound_on_the_index_is_crossed_like_any_other(air, work):
    series = air.series.get(quantity=Quantity.AQI)
    row = bound(series, "own", 200, level="橙", name="空气重污染")
    send(breathed([300] * 20))

    work()

    assert (row.crossings.get().value, row.crossings.get().began_at) == (350, hour(19))


def test_a_drills_air_stays_in_the_drill(air, work, at):
    at("2012-08-05T12:00", realm="drill-1")
    send(breathed([60] * 20), actor=gauge("drill-1"))

    work()

    assert (indices(), len(indices("drill-1"))) == ([], 1)


def test_where_no_station_keeps_an_index_nothing_is_asked(
    rain, work, django_assert_num_queries
):
    from liandong.monitoring.queries.air import air_due

    with django_assert_num_queries(1):
        assert air_due("actual", "01980000-0000-7000-8000-000000000000") == []
