import pytest

from liandong.evaluation.actions import call_off_drill, plan_drill, revise_drill
from liandong.evaluation.models import Drill
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from tests.evaluation.drills import NOON, inside, planned


def revised(actor, drill, version, **more):
    said = {
        "name": "清溪河夜间防汛演练",
        "kind": "tabletop",
        "plans": [version],
        "objectives": "夜间叫应",
        "planned_for": NOON,
        "expected_version": drill.version,
    }
    return revise_drill(actor, drill=drill, **(said | more))


def test_a_drill_is_planned_with_a_realm_of_its_own(county, version):
    drill = planned(county, version)

    entry = Entry.objects.get(name="evaluation.drill_planned")
    assert drill.realm == f"drill-{drill.pk.hex}"
    assert (drill.state, drill.rate, list(drill.plans.all())) == ("planned", 1, [version])
    assert drill.aims == ["30 分钟内启动响应", "指令全部复诵"]
    assert (entry.realm, entry.audience) == ("actual", ["duty"])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"objectives": ""}, "objectives"),
        ({"plans": []}, "plans"),
        ({"rate": 0}, "rate"),
        ({"rate": 61}, "rate"),
    ],
)
def test_a_drill_that_lacks_something_is_refused_and_the_field_named(
    county, version, changed, field
):
    with pytest.raises(Invalid) as refused:
        planned(county, version, **changed)

    assert (list(refused.value.fields), Drill.objects.count()) == ([field], 0)


def test_only_whoever_may_plan_does_and_not_from_within_a_drill(county, drill, version):
    with pytest.raises(Forbidden):
        plan_drill(
            county.water,
            name="x",
            kind="full",
            plans=[version],
            objectives="x",
            planned_for=NOON,
        )
    with pytest.raises(Forbidden):
        revised(inside(county.office, drill), drill, version)


def test_the_same_key_twice_is_one_drill(county, version):
    one, two = (planned(county, version, idempotency_key="k") for _ in range(2))

    assert (one, Drill.objects.count()) == (two, 1)


def test_a_plan_is_changed_until_the_drill_starts(county, drill, version):
    changed = revised(county.office, drill, version, rate=60)

    assert (changed.name, changed.kind, changed.rate) == ("清溪河夜间防汛演练", "tabletop", 60)
    assert changed.told_from is None
    drill.version -= 1
    with pytest.raises(Stale):
        revised(county.office, drill, version)


def test_what_has_begun_is_neither_changed_nor_called_off(county, running, version):
    with pytest.raises(IllegalMove):
        revised(county.office, running, version)
    with pytest.raises(IllegalMove):
        call_off_drill(
            county.office, drill=running, reason="x", expected_version=running.version
        )


def test_a_drill_is_called_off_with_a_reason(county, drill):
    with pytest.raises(Invalid):
        call_off_drill(county.office, drill=drill, reason=" ", expected_version=drill.version)
    off = call_off_drill(
        county.office, drill=drill, reason="实战防汛", expected_version=drill.version
    )

    assert (off.state, off.words) == ("called_off", "实战防汛")
    assert Entry.objects.filter(name="evaluation.drill_called_off").count() == 1
