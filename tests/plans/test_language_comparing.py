import copy
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from liandong.plans.language import (
    dictionary,
    differences,
    dump,
    load,
    plain,
    shipped_names,
    shipped_text,
)
from liandong.plans.language.checking import plan_flaws
from liandong.plans.language.document import Plan
from tests.plans.example import FOREST

NAMES = {"public-security": "公安局", "emergency": "应急局", "flood-hq.commander": "指挥长"}


def told(after, before=FOREST):
    return [one.what for one in differences(load(before), load(after), names=NAMES)]


def test_a_plan_is_like_itself():
    assert told(FOREST) == []


CHANGES = {
    "a threshold": (
        FOREST.replace("at_least: 10,", "at_least: 20,"),
        ["Ⅳ级启动条件：过火面积由 10 公顷以上、50 公顷以下改为 20 公顷以上、50 公顷以下"],
    ),
    "a deadline": (
        FOREST.replace("PT40M", "PT60M"),
        ["措施“对火场周边道路实施交通管制，疏散无关人员”的完成时限由 40分钟改为 1小时"],
    ),
    "a unit": (
        FOREST.replace("to: public-security", "to: emergency"),
        [
            "措施“对火场周边道路实施交通管制，疏散无关人员”的责任单位由公安局改为应急局",
        ],
    ),
    "a decider": (
        FOREST.replace(
            "all_of: [forest-fire-hq.executive-deputy, forest-fire-office.director]",
            "all_of: [flood-hq.commander]",
        ),
        [
            "Ⅳ级决定人由 forest-fire-hq.executive-deputy、forest-fire-office.director共同决定改为指挥长"
        ],
    ),
    "a source": (
        FOREST.replace("status: recorded, cite: 5.2.1", "status: assumed"),
        ["Ⅳ级的出处由有据 5.2.1 改为假定"],
    ),
    "a clause gone": (
        FOREST.replace('        - {superior_demands: true, cite: "(4)"}\n', ""),
        ["Ⅳ级启动条件：取消“上级要求启动”"],
    ),
    "a step gone": (
        FOREST.replace(
            "      - {id: sitrep, do: report, to: forest-fire-office, text: 火情续报, every: PT2H}\n",
            "",
        ),
        ["取消措施“火情续报”（forest-fire-office）"],
    ),
    "the reading of bounds": (
        FOREST.replace("half_open", "closed"),
        ["界限的读法由“以上”含本数、“以下”不含改为“以上”“以下”均含本数"],
    ),
    "the groups in another order": (
        FOREST.replace("[coordination, firefighting,", "[firefighting, coordination,"),
        ["现场工作组的次序有调整"],
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_said_in_words(change):
    after, words = CHANGES[change]

    assert told(after) == words


def test_a_new_step_says_who_and_by_when():
    new = "      - {id: shelter, do: order, to: public-security, text: 疏散游客, finish_within: PT20M}\n"

    assert told(FOREST.replace("      - {id: sitrep", new + "      - {id: sitrep")) == [
        "新增措施“疏散游客”（公安局，20分钟内）"
    ]


def test_a_step_that_moved_to_another_level_is_told_once():
    step = "      - {id: sitrep, do: report, to: forest-fire-office, text: 火情续报, every: PT2H}\n"
    third = f"  III:\n    source: {{status: not_recorded}}\n    steps:\n{step}"
    before = FOREST.replace("levels:\n", "levels:\n" + third.replace("    steps:\n" + step, ""))
    after = FOREST.replace(step, "").replace("levels:\n", "levels:\n" + third)

    found = differences(load(before), load(after))

    assert [(one.level, one.what) for one in found] == [("III", "措施“火情续报”由Ⅳ级改为Ⅲ级")]
    assert found[0].path == ("levels", "III", "steps", 0)


def test_a_step_by_another_name_is_the_same_step():
    assert told(FOREST.replace("id: sitrep", "id: fire-report")) == [
        "措施“火情续报”的代号由 sitrep 改为 fire-report"
    ]


def test_steps_in_another_order_are_told():
    plan = load(FOREST)
    data = plain(plan)
    data["levels"]["IV"]["steps"].reverse()

    assert [one.what for one in differences(plan, Plan.model_validate(data))] == [
        "措施的先后次序有调整"
    ]


def test_differences_come_the_whole_plan_first_then_the_gravest_level():
    flood = shipped_text("flood")
    after = flood.replace("expected: P", "expected: P1").replace("示例县防汛", "甲县防汛")

    levels = [one.level for one in differences(load(flood), load(after))]

    assert levels == [None, "I", "II", "III", "IV"]


# --- nothing is missed


@cache
def library():
    return [load(shipped_text(name)) for name in shipped_names()]


def places(value, path=()):
    """Every part of a plan's data."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    if isinstance(value, list):
        for at, inner in enumerate(value):
            yield from places(inner, (*path, at))


OTHERS = [
    "其他",
    "other",
    "PT7M",
    "P9D",
    "recorded",
    "assumed",
    7,
    77777,
    True,
    False,
    ["other"],
]


@cache
def places_of(at):
    return [path for path in places(plain(library()[at])) if path]


@st.composite
def mutations(draw):
    """A shipped plan, and itself with one part gone, doubled or replaced."""
    at = draw(st.integers(0, len(library()) - 1))
    path = draw(st.sampled_from(places_of(at)))
    data = copy.deepcopy(plain(library()[at]))
    around = data
    for part in path[:-1]:
        around = around[part]
    if draw(st.booleans()):
        del around[path[-1]]
    elif isinstance(around, list) and draw(st.booleans()):
        around.reverse()
    else:
        around[path[-1]] = draw(st.sampled_from(OTHERS))
    return library()[at], data, path


@settings(deadline=None, max_examples=400)
@given(mutations())
def test_whatever_is_changed_is_named_where_it_is(mutation):
    before, data, path = mutation
    try:
        after = Plan.model_validate(data)
    except ValidationError:
        return
    if list(plan_flaws(after, dictionary())):
        return

    found = differences(before, after)

    assert bool(found) == (before != after)
    level = path[1] if path[0] == "levels" and len(path) > 1 else None
    assert not found or level in {one.level for one in found}
    assert all(one.what and one.path for one in found)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 99), st.integers(0, 99))
def test_two_plans_differ_exactly_where_they_are_not_equal(one, other):
    plans = library()
    before, after = plans[one % len(plans)], plans[other % len(plans)]

    assert bool(differences(before, after)) == (before != after)


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_plan_written_and_read_again_has_no_differences(name):
    plan = load(shipped_text(name))

    assert differences(plan, load(dump(plan))) == []
