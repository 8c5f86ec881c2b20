import pytest

from liandong.monitoring import queries
from liandong.monitoring.states import Quantity, ThresholdKind
from tests.monitoring.conftest import bound, flowed, observed, rained, send
from tests.monitoring.test_queries_facts import second_station

pytestmark = pytest.mark.django_db


def spark_of(series):
    (row,) = [one for one in queries.strip_of("actual", limit=8) if one.pk == series.pk]
    return queries.sparks_of([row], "actual")[row.pk]


def test_below_a_bound_it_says_how_far_and_how_fast(flow, warning_line):
    send(flowed([800, "980.5"]))

    found = spark_of(flow)

    assert (found.words, found.is_over) == ("距警戒 19.5 ↑180.5/时", False)


def test_over_bounds_it_counts_from_the_highest(flow, warning_line):
    bound(flow, ThresholdKind.GUARANTEE, 2000)
    send(flowed([3100, 3088]))

    found = spark_of(flow)

    assert (found.words, found.is_over) == ("超保证 1088 ↓12/时", True)


def test_what_stands_still_or_was_told_once_has_no_pace(flow, warning_line):
    send(flowed([900, None, None, 900]))

    assert spark_of(flow).words == "距警戒 100"


def test_rain_says_what_fell_in_the_hours_shown(rain):
    send(rained([5] + [1] * 12))

    assert spark_of(rain).words == "12 小时 12 mm"


def test_many_series_take_two_queries(flow, rain, django_assert_num_queries):
    second_station()
    send(flowed([1, 2]) + rained([1, 2]) + observed("21401560", Quantity.LEVEL, [51, 52]))
    rows = queries.strip_of("actual", limit=8)

    with django_assert_num_queries(2):
        found = queries.sparks_of(rows, "actual")

    assert (len(found), queries.sparks_of([], "actual")) == (3, {})


def test_each_series_shows_the_hours_before_its_own_last_word(flow, rain):
    send(flowed([10, 20]) + rained([3], since=0) + rained([4], since=30))

    rows = queries.strip_of("actual", limit=8)
    found = queries.sparks_of(rows, "actual")

    assert (found[flow.pk].words, found[rain.pk].words) == ("↑10/时", "12 小时 4 mm")
