"""How far a fact reaches: of one township, of another plan, or over a time, it is a fact of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from liandong.plans.language.conditions import TAKEN_LABELS, Taken, Test
from liandong.plans.language.durations import duration_label, write_duration
from liandong.plans.language.facts import Dictionary, Fact, Known, Townships, Value

AT: Final = "@"
OVER: Final = "~"
# What rises may have fallen, and what adds up knows no upper bound.
_FREE: Final[dict[str, dict[str, object]]] = {
    "rise": {"lowest": None, "highest": None},
    "total": {"highest": None},
}
PLAN_LEVEL: Final = "response_level"  # the one fact of which every plan has its own


def base_name(name: str) -> str:
    """The dictionary's name of a fact: ``flooded_mu`` of ``flooded_mu@hekou``."""
    return name.partition(AT)[0].partition(OVER)[0]


def fact_named(name: str, facts: Dictionary, areas: Townships) -> Fact | None:
    """The fact that a name means: of the dictionary, or of a township; None where there is none."""
    fact = facts.get(base_name(name))
    place, _, window = name.partition(OVER)
    area = place.partition(AT)[2]
    if fact and area:
        fact = fact_in(fact, area, areas.get(area, area))
    free = _FREE.get(window.partition(OVER)[0])
    return fact.model_copy(update=free) if fact and free else fact


def fact_in(fact: Fact, area: str, called: str) -> Fact:
    """The same fact, of one township."""
    said = {
        "name": f"{fact.name}{AT}{area}",
        "label": f"{called}{fact.label}",
        "negation": f"{called}{fact.negation}" if fact.negation else "",
        "question": f"{called}：{fact.question}",
    }
    return fact.model_copy(update=said)


def fact_of(test: Test, fact: Fact) -> Fact:
    """The fact that a test looks at: itself, that of another plan, or what was taken of it over a time."""
    if test.of_plan:
        fact = fact_in(fact, test.of_plan, f"“{test.of_plan}”预案")
    if test.within is None or test.taken is None:
        return fact
    window = f"{duration_label(test.within)}内{TAKEN_LABELS[test.taken]}"
    said: dict[str, object] = {
        "name": fact.name + _suffix(test),
        "label": f"{window}{fact.label}",
        "negation": f"{window}{fact.negation}" if fact.negation else "",
        "question": f"{window}：{fact.question}",
    }
    return fact.model_copy(update=said | _FREE.get(test.taken, {}))


def looking_back(
    test: Test, fact: Fact, known: Mapping[str, Known], now: datetime
) -> dict[str, Known]:
    """Take what a test asks of a time, everywhere that its fact is known; nothing where that cannot be said."""
    found: dict[str, Known] = {}
    for name, last in known.items():
        if test.within and test.taken and base_name(name) == fact.name and OVER not in name:
            told = (*last.earlier, last)
            value = taken(fact, told, test.taken, now - test.within, now)
            if value is not None:
                found[name + _suffix(test)] = Known(value=value, at=last.at, source=last.source)
    return found


def taken(
    fact: Fact, told: Sequence[Known], how: Taken, since: datetime, now: datetime
) -> Value | None:
    """Take the total, rise, highest or lowest of a time; None where what is known does not reach.

    What was known as the time began still held then: ``rise`` and ``lowest`` need it, since
    without it nobody knows how the time began.
    """
    inside = [one.value for one in told if one.at and since < one.at <= now]
    before = [one.value for one in told if one.at and one.at <= since][-1:]
    if how == "total":
        return sum((Decimal(str(one)) for one in inside), Decimal(0)) if inside else None
    if how == "highest":
        return max((*before, *inside), key=fact.order, default=None)
    if not before:
        return None
    if how == "lowest":
        return min((*before, *inside), key=fact.order)
    return Decimal(str((*before, *inside)[-1])) - Decimal(str(before[0]))


def _suffix(test: Test) -> str:
    return f"{OVER}{test.taken}{OVER}{write_duration(test.within)}" if test.within else ""
