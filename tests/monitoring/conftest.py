from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from liandong.monitoring.actions import (
    Observation,
    SeriesSpec,
    record_readings,
    register_station,
    set_rainstorm_signals,
    set_threshold,
)
from liandong.monitoring.models import Series
from liandong.monitoring.states import Quantity, SourceStatus, ThresholdKind
from liandong.organization.models import Body
from tests.factories import organization as make
from tests.monitoring.people import gauge, keeper

START = datetime.fromisoformat("2012-08-03T00:00:00+08:00")
RAIN_CODE, RIVER_CODE = "21401501", "21401550"


def hour(number):
    return START + timedelta(hours=number)


def observed(code, quantity, values, *, since=0, step=1):
    return [
        Observation(code, quantity, hour(since + step * n), Decimal(str(value)), n + 1)
        for n, value in enumerate(values)
        if value is not None
    ]


def rained(values, **more):
    return observed(RAIN_CODE, Quantity.RAIN, values, **more)


def flowed(values, **more):
    return observed(RIVER_CODE, Quantity.FLOW, values, **more)


def send(readings, *, actor=None, **more):
    return record_readings(actor or gauge(), readings=readings, source="遥测", **more)


@pytest.fixture(autouse=True)
def noon_after(at):
    """The clock stands two days after the flood began: nothing of it lies ahead or is too old."""
    return at("2012-08-05T12:00")


@pytest.fixture
def weather(db):
    return Body.objects.create(
        key="weather", name="县气象局", short_name="县气象局", kind="unit"
    )


@pytest.fixture
def water(db):
    return Body.objects.create(key="water", name="县水利局", short_name="县水利局", kind="unit")


@pytest.fixture
def office(db):
    committee = make.body("committee", name="县应急委", kind="committee")
    return make.body(
        "committee-office", name="县应急办", kind="headquarters_office", parent=committee
    )


@pytest.fixture
def cdc(db):
    return make.body("cdc", name="县疾控中心")


@pytest.fixture
def rain(db):
    station = register_station(
        keeper(),
        code=RAIN_CODE,
        name="上游",
        kind="PP",
        lon=Decimal("122.5"),
        lat=Decimal("39.9"),
        series=[SeriesSpec(quantity=Quantity.RAIN, is_areal=True)],
    )
    return Series.objects.get(station=station)


@pytest.fixture
def flow(db):
    station = register_station(
        keeper(),
        code=RIVER_CODE,
        name="出口",
        kind="ZQ",
        river="清溪河",
        lon=Decimal("122.5"),
        lat=Decimal("39.8"),
        series=[SeriesSpec(quantity=Quantity.FLOW, is_main_river=True, is_trunk=True)],
    )
    return Series.objects.get(station=station)


@pytest.fixture
def level(db):
    station = register_station(
        keeper(),
        code="21401570",
        name="石门水库",
        kind="RR",
        river="清溪河",
        lon=Decimal("122.4"),
        lat=Decimal("39.9"),
        datum="1985国家高程基准",
        series=[SeriesSpec(quantity=Quantity.LEVEL)],
    )
    return Series.objects.get(station=station)


@pytest.fixture
def signals(rain, weather):
    set_rainstorm_signals(keeper(), series=rain, issuer=weather, areas=["城关镇"])
    return {row.level: row for row in rain.thresholds.all()}


def bound(series, kind, value, **more):
    return set_threshold(
        keeper(),
        series=series,
        kind=kind,
        bound=Decimal(value),
        status=SourceStatus.ASSUMED,
        **more,
    )


@pytest.fixture
def warning_line(flow, water):
    return bound(
        flow,
        ThresholdKind.WARNING,
        1000,
        clear_margin=Decimal(100),
        hold_minutes=120,
        issuer=water,
        areas=["城关镇", "河口镇"],
    )
