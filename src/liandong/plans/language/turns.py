"""When time alone may turn a verdict: something leaves the time looked back on, a period begins or ends."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

from liandong.plans.language.checking import comparisons_in, conditions_of
from liandong.plans.language.conditions import Test
from liandong.plans.language.document import Plan
from liandong.plans.language.facts import Known
from liandong.plans.language.grading import COUNTY
from liandong.plans.language.reach import OVER, base_name

YEAR = 366


def windows_of(plan: Plan) -> list[Test]:
    """The comparisons of a plan that look back on a time."""
    tests = (test for one in conditions_of(plan) for _, test in comparisons_in(one))
    return [test for test in tests if test.within]


def next_turn(plan: Plan, facts: Mapping[str, Known], at: datetime) -> datetime | None:
    """Give the first moment after ``at`` when a verdict may differ though nobody says anything new."""
    moments = [*_left_behind(plan, facts), *_turns_of_year(plan, at)]
    return min((one for one in moments if one > at), default=None)


def _left_behind(plan: Plan, facts: Mapping[str, Known]) -> Iterator[datetime]:
    """When each value falls out of a time that is looked back on."""
    for test in windows_of(plan):
        for name, last in facts.items():
            if test.within and OVER not in name and base_name(name) == test.fact:
                for one in (*last.earlier, last):
                    if one.at:
                        yield one.at + test.within


def _turns_of_year(plan: Plan, at: datetime) -> Iterator[datetime]:
    """The next midnight at which each period of the plan begins or ends."""
    today = at.astimezone(COUNTY).date()
    for period in plan.periods:
        holds = period.covers(today)
        days = (today + timedelta(days=ahead) for ahead in range(1, YEAR + 1))
        turn = next((day for day in days if period.covers(day) != holds), None)
        if turn:
            yield datetime.combine(turn, time.min, COUNTY)
