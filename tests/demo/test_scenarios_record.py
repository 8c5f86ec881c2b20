import itertools
from datetime import datetime, timedelta
from decimal import Decimal

from liandong.demo.scenarios.record import CHINA, hours


def read(*, shift=timedelta(), rain_factor="1"):
    return hours(shift=shift, rain_factor=Decimal(rain_factor))


def test_the_record_has_an_hour_a_row_without_gaps():
    record = read()

    steps = {after.at - before.at for before, after in itertools.pairwise(record)}
    assert (len(record), steps) == (96, {timedelta(hours=1)})
    assert record[0].at == datetime(2012, 8, 2, 12, tzinfo=CHINA)
    assert max(hour.flow_m3s for hour in record) == Decimal("3355.259")


def test_less_rain_means_less_water_above_the_first_flow():
    whole, third = read(), read(rain_factor="0.3")

    assert third[0].flow_m3s == whole[0].flow_m3s
    peak = max(range(96), key=lambda n: whole[n].flow_m3s)
    risen = whole[peak].flow_m3s - whole[0].flow_m3s
    expected = whole[0].flow_m3s + risen * Decimal("0.3")
    assert abs(third[peak].flow_m3s - expected) < Decimal("0.01")
    assert third[peak].rain_mm == (whole[peak].rain_mm * Decimal("0.3")).quantize(
        Decimal("0.001")
    )


def test_a_shift_moves_every_hour():
    moved = read(shift=timedelta(hours=1))

    assert [hour.at - timedelta(hours=1) for hour in moved] == [hour.at for hour in read()]
