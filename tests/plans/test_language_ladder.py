from hypothesis import given, settings

from liandong.plans.language import Ladder, Verdict, ladder, load
from liandong.plans.language.conditions import AnyOf, Test, Unread
from tests.plans import small
from tests.plans.example import FOREST, RELIEF

PLAN = load(FOREST)


def with_condition(condition):
    level = PLAN.levels["IV"].model_copy(update={"when": condition})
    return PLAN.model_copy(update={"levels": {"IV": level}})


@settings(max_examples=500, deadline=None)
@given(case=small.cases)
def test_the_quick_way_and_the_search_say_what_every_completion_says(case):
    condition, known = case

    verdicts = Ladder(with_condition(condition), small.FACTS, small.TOWNS).verdicts(known)

    assert verdicts == (small.by_every_completion(condition, known),)


def test_a_plan_with_both_bounds_inclusive_is_compiled_so():
    plan = with_condition(Test.model_validate({"n": {"at_least": 1, "below": 2}}))
    closed = plan.model_copy(update={"bounds": "closed"})

    found = [
        [Ladder(one, small.FACTS).verdicts({"n": n})[0] for n in range(4)]
        for one in (plan, closed)
    ]

    assert found == [
        ["not_met", "met", "not_met", "not_met"],
        ["not_met", "met", "met", "not_met"],
    ]


def test_what_was_not_recorded_stays_open_with_everything_known():
    part = AnyOf(any=[Unread(not_recorded="未取到"), Test.model_validate({"b": True})])
    made = Ladder(with_condition(part), small.FACTS)

    assert made.verdicts({"b": False}) == (Verdict.UNDETERMINED,)
    assert made.verdicts({"b": True}) == (Verdict.MET,)


def test_a_level_without_a_condition_is_open():
    verdicts = ladder(load(RELIEF)).verdicts(
        {"dead_missing": 5, "relocated": 0, "earthquake_magnitude": 0}
    )

    assert verdicts == ("undetermined", "not_met", "met", "not_met")


def test_a_ladder_is_made_once_for_a_plan_and_anew_for_other_townships():
    assert ladder(PLAN) is ladder(PLAN)
    assert ladder(PLAN) is not ladder(PLAN, areas=small.TOWNS)
    assert ladder(PLAN) is not ladder(load(FOREST))
