from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from liandong.monitoring.signals.combinations import Stretch, counts

START = datetime(2026, 6, 1, tzinfo=UTC)
stretches = st.lists(
    st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 30), st.integers(1, 10) | st.none()),
    max_size=12,
)


def hour(number):
    return START + timedelta(hours=number)


def made(rows):
    return [
        Stretch(group, hour(began), None if length is None else hour(began + length))
        for group, began, length in rows
    ]


def test_a_group_counts_once_and_only_while_one_of_its_conditions_is_over():
    found = counts(made([("甲", 0, 5), ("甲", 2, 6), ("乙", 4, 1)]), since=START)

    assert [((s.at - START) // timedelta(hours=1), s.value) for s in found] == [
        (0, 1),
        (2, 1),
        (4, 2),
        (5, 1),
        (8, 0),
    ]


@given(stretches, st.integers(0, 20))
def test_at_each_change_the_count_is_that_of_looking_at_every_stretch(rows, since):
    every = made(rows)

    for sample in counts(every, since=hour(since)):
        over = {
            one.group
            for one in every
            if one.began_at <= sample.at and (one.ended_at is None or sample.at < one.ended_at)
        }
        assert sample.value == len(over)
