import json
from datetime import timedelta

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer
from liandong.plans.actions import (
    change_run_level,
    end_run,
    let_step_fall_due,
    replan_run,
    start_run,
)
from liandong.plans.models import Run, RunStep
from liandong.plans.permissions import Permission
from liandong.plans.queries import steps_due, steps_of
from tests.people import allowed, duty_officer, office
from tests.plans.example import FOREST
from tests.plans.people import INCIDENT, adopted, started

pytestmark = pytest.mark.django_db
BOAT = {"id": "boats", "do": "order", "to": "township-3", "text": "调冲锋舟 2 艘到河口镇"}


def told(name):
    entry = Entry.objects.filter(name=name).latest("id")
    return json.loads(entry.payload.text)


def ids(steps):
    return [step.id for step in steps]


def test_start_run_binds_the_version_and_sets_its_clocks(at):
    now = at("2026-07-14T04:07")

    run = started(level="Ⅲ级")

    assert (run.realm, run.level, run.state, run.started_at) == (
        "actual",
        "III",
        "running",
        now,
    )
    assert run.audience == ["duty", f"incident:{INCIDENT}"]
    timer = Timer.objects.get(kind="plans.step_due")
    assert (timer.label, timer.due_at, timer.incident) == (
        "sitrep",
        now + timedelta(hours=6),
        INCIDENT,
    )
    fact = told("plans.run_started")
    assert (fact["plan"], fact["level"], fact["about_id"]) == ("flood-drought", "III", INCIDENT)


def test_a_run_begins_with_every_step_that_waits_for_no_other():
    run = started(level="II")

    due = ids(steps_due(run))

    assert "resettle" not in due
    assert len(due) == len(steps_of(run)) - 1


def test_start_run_refuses_a_version_that_does_not_hold():
    version = adopted(FOREST)
    adopted(FOREST)

    with pytest.raises(Invalid, match="不是现行版本"):
        started(version, level="IV")


@pytest.mark.parametrize("level", ["III", "橙", ""])
def test_start_run_refuses_a_level_the_plan_has_not(level):
    with pytest.raises(Invalid) as refused:
        started(adopted(FOREST), level=level)

    assert refused.value.place == "级别"
    assert not Run.objects.exists()


def test_start_run_refuses_a_second_run_of_the_plan_for_the_subject():
    run = started()

    with pytest.raises(Invalid, match="已经在执行"):
        started(run.plan_version)


def test_start_run_is_refused_without_the_permission():
    version = adopted()

    with pytest.raises(Forbidden):
        start_run(
            duty_officer(), version=version, subject_kind="x", subject_id="1", level="III"
        )

    assert not Run.objects.exists()


def test_start_run_with_the_same_key_is_once():
    version = adopted()

    assert started(version, idempotency_key="k") == started(version, idempotency_key="k")
    assert Run.objects.count() == 1


def test_a_drill_may_run_the_same_plan_beside_the_flood():
    run = started()

    drill = started(run.plan_version, actor=office(realm="drill-1"))

    assert (drill.realm, Run.objects.count()) == ("drill-1", 2)
    with pytest.raises(Missing):
        end_run(office(), run=drill, expected_version=1)


def test_change_run_level_asks_only_for_steps_not_begun_and_quickens_the_reports(at):
    now = at("2026-07-14T04:07")
    run = started()
    begun = {step.id for step in steps_due(run)}

    change_run_level(office(), run=run, level="II", expected_version=1)

    due = ids(steps_due(run, begun=begun))
    assert due == [s.id for s in steps_of(run) if s.id not in begun and s.id != "resettle"]
    assert {"office-watch", "sitrep"} & set(due) == set()
    assert Timer.objects.get(kind="plans.step_due").due_at == now + timedelta(hours=2)
    fact = told("plans.run_level_changed")
    assert (fact["before"], fact["after"], run.version) == ("III", "II", 2)


def test_change_run_level_refuses_no_change_and_who_saw_an_older_state():
    run = started()

    with pytest.raises(Invalid, match="级别没有变化"):
        change_run_level(office(), run=run, level="III", expected_version=1)
    with pytest.raises(Stale):
        change_run_level(office(), run=run, level="II", expected_version=7)


def test_a_step_may_be_given_to_somebody_else_in_other_words():
    run = started()

    replan_run(
        office(),
        run=run,
        reassign="medical-team",
        to="red-cross",
        text="救护员待命",
        reason="无法执行",
        expected_version=1,
    )

    step = {step.id: step for step in steps_of(run)}["medical-team"]
    assert (step.to, step.text) == ("red-cross", "救护员待命")


def test_replan_run_adds_drops_and_reassigns_with_a_reason():
    run = started()

    replan_run(office(), run=run, add=BOAT, reason="河口镇舟坏", expected_version=1)
    replan_run(office(), run=run, drop="slope-watch", reason="无隐患点", expected_version=2)
    replan_run(
        office(),
        run=run,
        reassign="medical-team",
        to="red-cross",
        reason="对案",
        expected_version=3,
    )

    steps = {step.id: step for step in steps_of(run)}
    assert steps["boats"].text == "调冲锋舟 2 艘到河口镇"
    assert ("slope-watch" in steps, steps["medical-team"].to) == (False, "red-cross")
    kinds = RunStep.objects.order_by("id").values_list("kind", "step_id", "reason")
    assert list(kinds) == [
        ("add", "boats", "河口镇舟坏"),
        ("drop", "slope-watch", "无隐患点"),
        ("reassign", "medical-team", "对案"),
    ]
    assert told("plans.run_replanned")["reason"] == "对案"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"drop": "slope-watch", "reason": " "}, "没有写调整理由"),
        ({"drop": "nothing", "reason": "x"}, "没有措施“nothing”"),
        ({"add": {**BOAT, "id": "sitrep"}, "reason": "x"}, "已有措施“sitrep”"),
        ({"add": {**BOAT, "after": ["nothing"]}, "reason": "x"}, "没有措施“nothing”"),
        ({"add": {"id": "boats"}, "reason": "x"}, "措施的写法不对"),
        ({"reassign": "sitrep", "to": "", "reason": "x"}, "措施的写法不对"),
        ({"reason": "x"}, "一次只能调整一项措施"),
        ({"drop": "slope-watch", "add": BOAT, "reason": "x"}, "一次只能调整一项措施"),
    ],
)
def test_replan_run_refuses_what_makes_no_sense(change, says):
    run = started()

    with pytest.raises(Invalid, match=says):
        replan_run(office(), run=run, expected_version=1, **change)

    assert (RunStep.objects.count(), Run.objects.get().version) == (0, 1)


def test_of_two_who_replan_at_once_one_is_told():
    run = started()
    seen_by_another = Run.objects.get(pk=run.pk)

    replan_run(office(), run=run, drop="slope-watch", reason="x", expected_version=1)

    with pytest.raises(Stale):
        replan_run(
            office(), run=seen_by_another, drop="forecast", reason="y", expected_version=1
        )


def test_end_run_stops_its_clocks_and_takes_no_more_changes():
    run = started()

    end_run(office(), run=run, expected_version=1)

    assert (run.state, run.ended_at is not None) == ("ended", True)
    assert not Timer.objects.filter(kind="plans.step_due").exists()
    assert told("plans.run_ended")["level"] == "III"
    with pytest.raises(IllegalMove):
        change_run_level(office(), run=run, level="II", expected_version=2)
    with pytest.raises(IllegalMove):
        end_run(office(), run=run, expected_version=2)


def test_after_the_end_the_plan_may_run_again():
    run = started()
    end_run(office(), run=run, expected_version=1)

    assert started(run.plan_version).pk != run.pk


@pytest.mark.parametrize("deed", [change_run_level, end_run])
def test_a_run_is_left_alone_by_those_who_may_not(deed):
    run = started()
    more = {"level": "II"} if deed is change_run_level else {}

    with pytest.raises(Forbidden):
        deed(duty_officer(), run=run, expected_version=1, **more)


def test_let_step_fall_due_says_so_once_for_a_key_and_sets_the_next_time(at):
    now = at("2026-07-14T04:07")
    run = started()
    pacer = allowed(Permission.LET_STEP_FALL_DUE)

    for _ in range(2):
        let_step_fall_due(pacer, run=run, step_id="sitrep", due_at=now, idempotency_key="k")

    assert Entry.objects.filter(name="plans.step_fell_due").count() == 1
    assert Timer.objects.get(kind="plans.step_due").due_at == now + timedelta(hours=6)


def test_let_step_fall_due_says_nothing_of_a_step_that_is_not_repeated(at):
    now = at("2026-07-14T04:07")
    run = started()

    let_step_fall_due(
        allowed(Permission.LET_STEP_FALL_DUE), run=run, step_id="forecast", due_at=now
    )

    assert not Entry.objects.filter(name="plans.step_fell_due").exists()


def test_nobody_but_the_pacer_lets_steps_fall_due(at):
    now = at("2026-07-14T04:07")
    run = started()

    with pytest.raises(Forbidden):
        let_step_fall_due(office(), run=run, step_id="sitrep", due_at=now)


def test_replanning_does_not_set_a_running_clock_back(at):
    begun = at("2026-07-14T04:00")
    run = started(level="III")
    at("2026-07-14T09:00")

    replan_run(office(), run=run, add=BOAT, reason="水深", expected_version=run.version)

    assert Timer.objects.get(kind="plans.step_due").due_at == begun + timedelta(hours=6)
