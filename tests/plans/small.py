"""Small random conditions of every kind, read in the most literal way, with every completion tried."""

from itertools import product

from hypothesis import strategies as st

from liandong.plans.language import Verdict
from liandong.plans.language.conditions import AllOf, AnyOf, Areas, Count, Test, Unread
from liandong.plans.language.facts import Fact

LEVELS = ("none", "IV", "III", "II", "I")
TOWNS = {"east": "东镇", "west": "西镇"}


def _fact(name, type_, **more):
    return Fact(name=name, type=type_, label=name, ask="", question="", **more)


FACTS = {
    "n": _fact("n", "integer", lowest=0, highest=3),
    "m": _fact("m", "integer", lowest=0, highest=3),
    "b": _fact("b", "boolean"),
    "c": _fact("c", "choice", choices={"x": "", "y": "", "z": ""}),
    "response_level": _fact("response_level", "level"),
}
DOMAIN = {
    "n": range(4),
    "m": range(4),
    "b": (True, False),
    "c": ("x", "y", "z"),
    "response_level": LEVELS,
}
WORDS = ("at_least", "above", "below", "at_most", "equals")
WINDOW = {"within": "P1D", "taken": "highest"}


def comparisons(operand):
    some = st.dictionaries(st.sampled_from(WORDS), operand, min_size=1, max_size=2)
    return st.one_of(
        some, st.fixed_dictionaries({"one_of": st.lists(operand, min_size=1, max_size=3)})
    )


numbers = st.tuples(st.sampled_from("nm"), comparisons(st.integers(0, 3))).map(
    lambda t: {t[0]: t[1]}
)
flags = st.booleans().map(lambda b: {"b": b})
statuses = st.sampled_from([{}] * 6 + [{"status": "assumed"}, {"status": "not_recorded"}])
local_tests = st.tuples(st.one_of(numbers, flags), statuses).map(
    lambda t: Test.model_validate({**t[0], **t[1]})
)
tests = st.one_of(
    local_tests,
    numbers.map(lambda n: Test.model_validate({**n, **WINDOW})),
    comparisons(st.sampled_from("xyz")).map(lambda c: Test.model_validate({"c": c})),
    comparisons(st.sampled_from(LEVELS)).map(
        lambda c: Test.model_validate({"response_level": c, "of_plan": "other"})
    ),
    st.just(Unread(not_recorded="未取到")),
)


def gates(inner):
    parts = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        parts.map(lambda p: AllOf(all=p)),
        parts.map(lambda p: AnyOf(any=p)),
        parts.flatmap(
            lambda p: st.integers(1, len(p)).map(lambda n: Count(at_least_n=n, of=p))
        ),
    )


def areas(where):
    return st.tuples(st.integers(1, 3), where).map(
        lambda t: Areas(areas_at_least=t[0], where=t[1])
    )


within_areas = st.recursive(local_tests, gates, max_leaves=2)
conditions = st.recursive(st.one_of(tests, areas(within_areas)), gates, max_leaves=6)


def name_of(test, area=""):
    """The name under which a test's fact is known."""
    if test.of_plan:
        return f"{test.fact}@{test.of_plan}"
    place = f"@{area}" if area else ""
    return test.fact + place + ("~highest~P1D" if test.within else "")


def unknowns(condition, area="", at=()):
    """Every thing a condition hangs on: names of facts, and places of what was not recorded."""
    if isinstance(condition, Unread) or condition.status == "not_recorded":
        return {(at, area): (True, False)}
    if isinstance(condition, Test):
        return {name_of(condition, area): DOMAIN[condition.fact]}
    if isinstance(condition, Areas):
        parts = [unknowns(condition.where, town, (*at, 0)) for town in TOWNS]
    else:
        parts = [unknowns(one, area, (*at, i)) for i, one in enumerate(_parts(condition))]
    return {key: values for part in parts for key, values in part.items()}


def plainly(condition, values, area="", at=()):
    """Read a condition with nothing missing."""
    if isinstance(condition, Unread) or condition.status == "not_recorded":
        return values[(at, area)]
    if isinstance(condition, Test):
        return _compare(condition, values[name_of(condition, area)])
    if isinstance(condition, Areas):
        true = [plainly(condition.where, values, town, (*at, 0)) for town in TOWNS]
        return sum(true) >= condition.areas_at_least
    true = [plainly(one, values, area, (*at, i)) for i, one in enumerate(_parts(condition))]
    if isinstance(condition, Count):
        return sum(true) >= condition.at_least_n
    return all(true) if isinstance(condition, AllOf) else any(true)


def by_every_completion(condition, known):
    """The verdict that trying all values of all missing things gives."""
    open_ = {key: values for key, values in unknowns(condition).items() if key not in known}
    outcomes = {
        plainly(condition, {**known, **dict(zip(open_, values, strict=True))})
        for values in product(*open_.values())
    }
    return {(True,): Verdict.MET, (False,): Verdict.NOT_MET}.get(
        tuple(outcomes), Verdict.UNDETERMINED
    )


def knowns(condition):
    """Some or all of the facts that a condition looks at."""
    facts = {
        k: st.sampled_from(list(v))
        for k, v in unknowns(condition).items()
        if isinstance(k, str)
    }
    return st.one_of(st.fixed_dictionaries(facts), st.fixed_dictionaries({}, optional=facts))


cases = conditions.filter(lambda one: len(unknowns(one)) <= 6).flatmap(
    lambda one: st.tuples(st.just(one), knowns(one))
)


def _parts(condition):
    return condition.of if isinstance(condition, Count) else condition.parts


def _compare(test, value):
    if isinstance(test.expects, bool):
        return value is test.expects
    scale = {"c": "xyz", "response_level": LEVELS}.get(test.fact)
    rank = scale.index if scale else int
    said = {
        "at_least": lambda v: rank(value) >= rank(v),
        "above": lambda v: rank(value) > rank(v),
        "below": lambda v: rank(value) < rank(v),
        "at_most": lambda v: rank(value) <= rank(v),
        "equals": lambda v: value == v,
    }
    held = [said[word](v) for word in WORDS if (v := getattr(test.expects, word)) is not None]
    return all(held) and (test.expects.one_of is None or value in test.expects.one_of)
