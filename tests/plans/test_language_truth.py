from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.plans.language import TooManyCasesError, Verdict, grade, holds, load
from liandong.plans.language.conditions import AnyOf, Comparison, Test, Unread
from liandong.plans.language.facts import Fact
from liandong.plans.language.truth import cells
from tests.plans import small
from tests.plans.example import FOREST, forest_with

PLAN = load(FOREST)


@settings(max_examples=500, deadline=None)
@given(case=small.cases)
def test_a_verdict_is_what_every_completion_of_the_missing_facts_says(case):
    condition, known = case

    verdict = holds(condition, PLAN, known, small.FACTS, areas=small.TOWNS)

    assert verdict == small.by_every_completion(condition, known)


@settings(max_examples=200, deadline=None)
@given(
    marks=st.lists(st.decimals(0, 9, places=1), min_size=1, max_size=4),
    value=st.decimals(0, 10, places=3),
    word=st.sampled_from(small.WORDS),
)
def test_every_decimal_is_like_one_of_the_cells(marks, value, word):
    fact = Fact(name="d", type="decimal", label="d", ask="", question="", lowest=0, highest=10)
    tests = [Comparison(**{word: mark}) for mark in marks]

    found = [[t.holds(cell, fact, "half_open") for t in tests] for cell in cells(fact, marks)]

    assert found.count([t.holds(value, fact, "half_open") for t in tests]) >= 1


def test_an_integer_has_nothing_between_one_and_two():
    between = Test.model_validate({"deaths": {"above": 1, "below": 2}})

    assert holds(between, PLAN, {}) == Verdict.NOT_MET


def test_a_range_outside_the_facts_domain_is_settled_without_asking():
    always = Test.model_validate({"deaths": {"at_least": 0}})

    assert holds(always, PLAN, {}) == Verdict.MET


def test_what_was_not_recorded_is_never_read_as_no():
    unread = AnyOf(
        any=[Unread(not_recorded="(1)(2)项未取到"), Test.model_validate({"spreading": True})]
    )

    assert holds(unread, PLAN, {"spreading": False}) == Verdict.UNDETERMINED
    assert holds(unread, PLAN, {"spreading": True}) == Verdict.MET


def test_a_comparison_marked_not_recorded_is_open_whatever_the_facts():
    guess = Test.model_validate({"deaths": {"at_least": 3}, "status": "not_recorded"})

    assert holds(guess, PLAN, {"deaths": 0}) == Verdict.UNDETERMINED
    assert holds(guess, PLAN, {"deaths": 9}) == Verdict.UNDETERMINED


def test_a_plan_that_writes_both_bounds_inclusive_is_read_so():
    closed = PLAN.model_copy(update={"bounds": "closed"})
    condition = Test.model_validate({"burned_ha": {"at_least": 10, "below": 50}})

    assert holds(condition, PLAN, {"burned_ha": Decimal(50)}) == Verdict.NOT_MET
    assert holds(condition, closed, {"burned_ha": Decimal(50)}) == Verdict.MET


# Not one of the four pairs of answers to "a death?" and "one missing?" fits all four clauses.
IMPOSSIBLE = """{all: [
      {any: [{deaths: {at_least: 1}}, {missing: {at_least: 1}}]},
      {any: [{deaths: {below: 1}}, {missing: {at_least: 1}}]},
      {any: [{deaths: {at_least: 1}}, {missing: {below: 1}}]},
      {any: [{deaths: {below: 1}}, {missing: {below: 1}}]}]}"""


def test_clauses_that_exclude_one_another_are_seen_through():
    assert grade(load(forest_with(IMPOSSIBLE)), {}).level("IV").verdict == Verdict.NOT_MET


def test_too_many_cases_are_refused_and_the_facts_named(monkeypatch):
    monkeypatch.setattr("liandong.plans.language.truth.MAX_COMPARISONS", 10)

    with pytest.raises(TooManyCasesError, match="deaths、missing"):
        grade(load(forest_with(IMPOSSIBLE)), {})
