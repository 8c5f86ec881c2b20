from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from liandong.monitoring.signals.travel import Way, arrivals

places = st.sampled_from("甲乙丙丁戊")
ways = st.lists(st.builds(Way, places, places, st.integers(1, 500)), max_size=12)


def hours(number):
    return timedelta(hours=number)


def test_it_comes_down_from_station_to_station():
    river = [Way("甲", "乙", 120), Way("乙", "丙", 180), Way("丁", "丙", 60)]

    assert arrivals(river, "甲", None) == {"乙": hours(2), "丙": hours(5)}
    assert arrivals(river, "丙", None) == {}


def test_the_fastest_way_counts():
    river = [Way("甲", "乙", 120), Way("乙", "丙", 180), Way("甲", "丙", 240)]

    assert arrivals(river, "甲", None)["丙"] == hours(4)


def test_more_water_is_faster():
    way = Way("甲", "乙", 300, ((Decimal(1000), 180), (Decimal(3000), 120)))

    taken = [way.taken(flow) for flow in (None, Decimal(999), Decimal(1000), Decimal(5000))]
    assert taken == [300, 300, 180, 120]


def test_a_table_that_runs_in_a_circle_ends():
    assert arrivals([Way("甲", "乙", 60), Way("乙", "甲", 60)], "甲", None) == {"乙": hours(1)}


@given(ways)
def test_nowhere_is_reached_later_than_by_any_single_way_after_another(river):
    found = arrivals(river, "甲", None)

    for way in river:
        begun = timedelta() if way.upstream == "甲" else found.get(way.upstream)
        if begun is not None and way.downstream != "甲":
            assert found[way.downstream] <= begun + timedelta(minutes=way.minutes)
