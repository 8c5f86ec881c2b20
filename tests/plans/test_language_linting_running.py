import copy
import random
from dataclasses import replace
from time import monotonic

import pytest

from liandong.plans.language import PlanInvalidError, load, plain
from liandong.plans.language.linting import Gravity, check_texts, check_up, rules
from liandong.plans.language.linting.example import SOUND
from liandong.plans.language.yaml_text import read_yaml, write_yaml
from liandong.plans.queries import shipped_plans, shipped_text
from tests.plans import counties
from tests.plans.defects import defects

MANY = 200
LIBRARY = {one.key: shipped_text(one.name) for one in shipped_plans()}
OVER_TEXT = [one for one in rules() if one.reads is None]


def everything(text, county):
    """All that is found of a plan beside the others of the library: places and what they are about."""
    try:
        plan = load(text)
    except PlanInvalidError as refused:
        return {(Gravity.MUST, "", flaw.path, "") for flaw in refused.flaws}
    others = [load(other) for key, other in LIBRARY.items() if key != plan.plan]
    found = [
        *(one for one in check_up([plan, *others], OVER_TEXT) if one.plan == plan.plan),
        *check_up([plan], counties.living(county)),
    ]
    return {(one.gravity, one.code, one.path, one.about) for one in found}


@pytest.fixture(scope="module")
def sound():
    """Each plan of the library as data, a county that can carry it out, and what is found even so."""
    made = {}
    for key, text in LIBRARY.items():
        plan = load(text)
        county = counties.sound(plan)
        made[key] = (plain(plan), county, everything(text, county))
    return made


@pytest.mark.parametrize("key", LIBRARY)
def test_a_sound_plan_raises_at_most_one_false_alarm(sound, key):
    alarms = [one for one in sound[key][2] if one[0] == Gravity.MUST]

    assert len(alarms) <= 1, alarms


def test_of_two_hundred_defects_nearly_all_are_found_where_they_are(sound):
    rng = random.Random(2024)
    each = -(-MANY // len(sound))
    missed, made = [], 0
    for key, (plan, county, before) in sound.items():
        for defect in defects(rng, plan, county, min(each, MANY - made)):
            made += 1
            after = everything(write_yaml(defect.plan), defect.county) - before
            if not any(is_there(defect, path, about) for _g, _c, path, about in after):
                missed.append((key, defect.kind, defect.path, sorted(map(str, after))))

    assert made == MANY
    assert len(missed) <= MANY * 0.05, missed


def is_there(defect, path, about):
    """Whether something was found at the very step, clause or level, or about the very post."""
    here = path[: len(defect.path)] == defect.path
    return here and (not defect.about or about in {defect.about, ""})


def test_a_finding_has_the_line_of_its_place():
    text = SOUND.replace("    expected: P2D\n", "")
    (one,) = check_texts([text])

    assert (one.code, one.line) == ("LD202", text.splitlines().index("  IV:") + 1)


def test_a_register_is_read_once_for_all_plans_and_rules():
    read = []

    def county():
        read.append(1)
        return counties.read(counties.sound(load(SOUND)))

    living = [replace(one, reads=county) for one in rules() if one.reads]

    check_up([load(SOUND), load(SOUND)], living)

    assert read == [1]


def test_one_text_alone_is_not_held_against_others():
    start = read_yaml(SOUND).data
    step = copy.deepcopy(start["levels"]["IV"]["steps"][0])
    start["levels"]["IV"]["steps"].append(
        step | {"id": "start", "do": "start_plan", "plan": "rescue", "text": "启动救援预案"}
    )
    text = write_yaml(start)

    alone = [one.code for one in check_texts([text])]
    beside = [one.code for one in check_texts([text, SOUND.replace("forest-fire", "flood")])]

    assert ("LD601" in alone, "LD601" in beside) == (False, True)


def test_ten_thousand_steps_are_checked_in_seconds():
    plan = load(SOUND)
    four = plan.levels["IV"]
    step = four.steps[0]
    many = [
        step.model_copy(update={"id": f"s{n}", "after": [f"s{n - 1}"] if n % 50 else []})
        for n in range(10_000)
    ]
    long = plan.model_copy(update={"levels": {"IV": four.model_copy(update={"steps": many})}})
    began = monotonic()

    check_up([long], [one for one in OVER_TEXT if one.over == "plan"])

    assert monotonic() - began < 20


def test_measures_for_a_warning_are_not_asked_for_what_only_a_response_has():
    found = check_texts([shipped_text("warning_measures")])

    assert {one.code for one in found} == {"LD505"}
