import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.command.models import Incident
from liandong.command.rules.field_people import (
    LARGEST_PARTY,
    MAJORITY,
    Newcomer,
    burns_forest,
    demand_fit,
    demand_headcount,
    read_newcomers,
)
from liandong.kernel.problems import Invalid

NAMES = st.text(st.characters(categories=["Lo"]), min_size=1, max_size=10)


def accepts(rule, *args):
    try:
        rule(*args)
    except Invalid:
        return False
    return True


@pytest.mark.parametrize(
    ("hazard", "burns"),
    [("11G", True), ("11G01", True), ("forest_fire", True), ("11G02", False), ("11A", False)],
)
def test_which_incidents_are_forest_fires(hazard, burns):
    assert burns_forest(Incident(hazard=hazard)) is burns


@given(st.integers(0, 99))
def test_nobody_younger_than_eighteen_fights_a_forest_fire(age):
    people = [Newcomer("张三", age=age)]

    assert accepts(demand_fit, Incident(hazard="11G"), "fit", people) is (age >= MAJORITY)


@given(st.integers(-5, LARGEST_PARTY + 5), st.integers(0, LARGEST_PARTY))
def test_a_headcount_is_never_below_those_named(headcount, named):
    wanted = max(1, named) <= headcount <= LARGEST_PARTY

    assert accepts(demand_headcount, headcount, named) is wanted


@given(st.lists(NAMES, max_size=20))
def test_a_list_of_names_is_read_line_by_line(names):
    assert [one.name for one in read_newcomers("\n".join(names))] == names
