import json

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.timers import Timer, sweep
from liandong.plans.actions import end_run, replan_run
from tests.people import office
from tests.plans.people import started

pytestmark = pytest.mark.django_db(transaction=True)


def fell_due():
    entries = Entry.objects.filter(name="plans.step_fell_due").order_by("id")
    return [json.loads(entry.payload.text) for entry in entries]


def test_a_repeated_step_falls_due_each_time(at):
    at("2026-07-14T00:00")
    run = started()

    at("2026-07-14T06:00")
    sweep()
    at("2026-07-14T12:01")
    sweep()

    assert [(f["step"], f["do"], f["to"], f["due_at"]) for f in fell_due()] == [
        ("sitrep", "report", "flood-office.director", "2026-07-13T22:00:00+00:00"),
        ("sitrep", "report", "flood-office.director", "2026-07-14T04:00:00+00:00"),
    ]
    assert Entry.objects.filter(name="plans.step_fell_due")[0].actor["kind"] == "run"
    assert (
        Timer.objects.get(kind="plans.step_due").due_at.isoformat()
        == "2026-07-14T10:00:00+00:00"
    )
    assert fell_due()[0]["subject_id"] == str(run.pk)


def test_after_an_outage_it_falls_due_once_and_the_next_time_lies_ahead(at):
    at("2026-07-14T00:00")
    started()

    at("2026-07-15T03:00")
    sweep()
    sweep()

    assert len(fell_due()) == 1
    assert (
        Timer.objects.get(kind="plans.step_due").due_at.isoformat()
        == "2026-07-14T22:00:00+00:00"
    )


def test_a_dropped_step_and_an_ended_run_fall_due_no_more(at):
    at("2026-07-14T00:00")
    run = started()
    replan_run(office(), run=run, drop="sitrep", reason="由指挥部汇总", expected_version=1)
    assert Timer.objects.filter(kind="plans.step_due").count() == 0
    end_run(office(), run=run, expected_version=2)

    at("2026-07-15T00:00")
    sweep()

    assert fell_due() == []
