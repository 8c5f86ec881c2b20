from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.plans.language import TooManyCasesError, Verdict, grade, holds, load
from liandong.plans.language.conditions import AllOf, AnyOf, Comparison, Count, Test, Unread
from liandong.plans.language.facts import Fact
from liandong.plans.language.truth import cells
from tests.plans.example import FOREST, forest_with

SMALL = {
    "n": Fact(name="n", type="integer", label="n", ask="", question="", lowest=0, highest=4),
    "m": Fact(name="m", type="integer", label="m", ask="", question="", lowest=0, highest=4),
    "b": Fact(name="b", type="boolean", label="b", ask="", question=""),
    "c": Fact(
        name="c",
        type="choice",
        label="c",
        ask="",
        question="",
        choices={"x": "", "y": "", "z": ""},
    ),
}
EVERY = {"n": range(5), "m": range(5), "b": (True, False), "c": ("x", "y", "z")}
WORDS = ("at_least", "above", "below", "at_most", "equals")
PLAN = load(FOREST)


def comparisons(operand):
    some = st.dictionaries(st.sampled_from(WORDS), operand, min_size=1, max_size=2)
    return st.one_of(
        some, st.fixed_dictionaries({"one_of": st.lists(operand, min_size=1, max_size=3)})
    )


atoms = st.one_of(
    st.tuples(st.sampled_from("nm"), comparisons(st.integers(0, 4))).map(
        lambda t: {t[0]: t[1]}
    ),
    comparisons(st.sampled_from("xyz")).map(lambda c: {"c": c}),
    st.booleans().map(lambda b: {"b": b}),
).map(Test.model_validate)


def gates(inner):
    parts = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        parts.map(lambda p: AllOf(all=p)),
        parts.map(lambda p: AnyOf(any=p)),
        parts.flatmap(
            lambda p: st.integers(1, len(p)).map(lambda n: Count(at_least_n=n, of=p))
        ),
    )


conditions = st.recursive(atoms, gates, max_leaves=10)
knowns = st.fixed_dictionaries(
    {}, optional={k: st.sampled_from(list(v)) for k, v in EVERY.items()}
)


def plainly(condition, values):
    """Read a condition with nothing missing, in the most literal way."""
    if isinstance(condition, Test):
        value = values[condition.fact]
        if isinstance(condition.expects, bool):
            return value is condition.expects
        at = "xyz".index(value) if isinstance(value, str) else value
        rank = lambda v: "xyz".index(v) if isinstance(v, str) else v  # noqa: E731 -- shorter here
        said = {
            "at_least": lambda v: at >= rank(v),
            "above": lambda v: at > rank(v),
            "below": lambda v: at < rank(v),
            "at_most": lambda v: at <= rank(v),
            "equals": lambda v: at == rank(v),
        }
        bounds = all(
            said[w](v) for w in WORDS if (v := getattr(condition.expects, w)) is not None
        )
        one_of = condition.expects.one_of
        return bounds and (one_of is None or value in one_of)
    parts = condition.of if isinstance(condition, Count) else condition.parts
    true = sum(plainly(part, values) for part in parts)
    if isinstance(condition, Count):
        return true >= condition.at_least_n
    return true == len(parts) if isinstance(condition, AllOf) else true > 0


@settings(max_examples=400, deadline=None)
@given(condition=conditions, known=knowns)
def test_a_verdict_is_what_every_completion_of_the_missing_facts_says(condition, known):
    missing = [name for name in EVERY if name not in known]
    outcomes = {
        plainly(condition, {**known, **dict(zip(missing, values, strict=True))})
        for values in product(*(EVERY[name] for name in missing))
    }

    verdict = holds(condition, PLAN, known, SMALL)

    expected = {(True,): Verdict.MET, (False,): Verdict.NOT_MET}
    assert verdict == expected.get(tuple(outcomes), Verdict.UNDETERMINED)


@settings(max_examples=200, deadline=None)
@given(
    marks=st.lists(st.decimals(0, 9, places=1), min_size=1, max_size=4),
    value=st.decimals(0, 10, places=3),
    word=st.sampled_from(WORDS),
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
