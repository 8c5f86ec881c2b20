import csv
import gzip
from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.monitoring.signals.air import DAILY, HOURLY, air_of, table
from tests.architecture.tree import ROOT

BEIJING = ROOT / "../shared/data/air/PRSA_Changping_hourly_2013-2017.csv.gz"
CLEAN = {
    "so2_ugm3": "10", "no2_ugm3": "20", "co_mgm3": "0.5", "o3_ugm3": "40", "pm10_ugm3": "30",
    "pm25_ugm3": "20",
}  # fmt: skip


def air(needed, **more):
    values = {key: Decimal(CLEAN[key[0]]) for key in needed}
    values |= {key: Decimal(more[key[0]]) for key in needed if key[0] in more}
    return air_of(values, needed)


@pytest.mark.parametrize(
    ("scale", "value", "index"),
    [
        # (100−50)/(75−35)·(60−35)+50 = 81.25, and it is rounded up.
        (("pm25_ugm3", 24), "60", 82),
        (("pm25_ugm3", 24), "35", 50),
        (("pm25_ugm3", 24), "35.1", 51),
        # (200−150)/(350−250)·(300−250)+150
        (("pm10_ugm3", 24), "300", 175),
        # (300−200)/(800−400)·(500−400)+200
        (("o3_ugm3", 1), "500", 225),
        # (150−100)/(14−4)·(9−4)+100
        (("co_mgm3", 24), "9", 125),
        (("no2_ugm3", 1), "0", 0),
        (("pm25_ugm3", 24), "500", 500),
        (("pm25_ugm3", 24), "900", 500),
        (("so2_ugm3", 1), "800", 200),
        (("so2_ugm3", 1), "801", None),
        (("o3_ugm3", 8), "801", None),
        (("o3_ugm3", 8), "-1", None),
    ],
)
def test_a_single_index_lies_on_the_line_between_two_points_and_is_rounded_up(
    scale, value, index
):
    assert table().scales[scale].index(Decimal(value)) == index


def test_the_index_is_the_highest_and_names_what_it_is_owed_to():
    found = air(DAILY, pm25_ugm3="160", pm10_ugm3="200")

    # (300−200)/(250−150)·(160−150)+200
    assert (found.index, found.grade, found.primary) == (210, "重度污染", ("pm25_ugm3",))


def test_two_that_are_as_high_are_both_the_primary():
    assert set(air(DAILY, pm25_ugm3="75", pm10_ugm3="150").primary) == {
        "pm25_ugm3",
        "pm10_ugm3",
    }


def test_up_to_fifty_there_is_no_primary_pollutant():
    found = air(HOURLY)

    assert (found.index <= 50, found.grade, found.primary) == (True, "优", ())


def test_without_one_of_the_six_there_is_no_index():
    values = {key: Decimal(1) for key in DAILY[1:]}

    assert air_of(values, DAILY) is None


def test_sulphur_dioxide_beyond_its_hourly_scale_goes_by_the_day():
    values = {key: Decimal(CLEAN[key[0]]) for key in HOURLY}
    values["so2_ugm3", 1] = Decimal(900)

    assert air_of(values, HOURLY) is None
    assert air_of(values | {("so2_ugm3", 24): Decimal(475)}, HOURLY).index == 150


@given(st.sampled_from(sorted(table().scales)), st.integers(0, 900), st.integers(0, 900))
def test_more_of_it_is_never_better(scale, one, other):
    low, high = sorted((one, other))
    found = [table().scales[scale].index(Decimal(value)) for value in (low, high)]

    assert None in found or found[0] <= found[1]


def test_a_real_winter_is_heavy_and_the_scale_holds_it():
    """Changping, Beijing, 2013–2017: days with all of it told."""
    if not BEIJING.exists():
        pytest.skip("the handed data are not here")
    names = {"PM2.5": "pm25_ugm3", "PM10": "pm10_ugm3", "SO2": "so2_ugm3", "NO2": "no2_ugm3"}
    days = defaultdict(lambda: defaultdict(list))
    with gzip.open(BEIJING, "rt") as file:
        for row in csv.DictReader(file):
            day = days[row["year"], row["month"], row["day"]]
            for name, key in names.items():
                day[key, 24] += [Decimal(row[name])] if row[name] != "NA" else []
            day["co_mgm3", 24] += [Decimal(row["CO"]) / 1000] if row["CO"] != "NA" else []
            day["o3_ugm3", 1] += [Decimal(row["O3"])] if row["O3"] != "NA" else []
    found = {}
    for on, day in days.items():
        if all(len(told) >= 20 for told in day.values()) and len(day) == 6:
            eight = max(sum(day["o3_ugm3", 1][n : n + 8]) / 8 for n in range(13))
            values = {key: sum(told) / len(told) for key, told in day.items()}
            found[on] = air_of(values | {("o3_ugm3", 8): eight}, DAILY)

    assert len(found) > 1000
    assert max(air.index for air in found.values()) > 300
    assert {air.grade for air in found.values()} == {name for _most, name in table().grades}
