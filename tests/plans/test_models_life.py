"""Rows of the life cycle; and a county that kept plans before there was one."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from liandong.kernel import clock
from liandong.kernel.ids import uuid7
from liandong.kernel.journal.models import Entry
from liandong.kernel.timers import Timer
from liandong.plans.models import PlanVersion
from liandong.plans.queries import owed_of
from liandong.plans.states import DutyKind
from tests.plans.example import FOREST

pytestmark = pytest.mark.django_db
BEFORE, LAST = [("plans", "0001_initial")], [("plans", "0003_life_cycle")]


def migrate(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return executor.loader.project_state(to).apps


def test_the_life_cycle_comes_over_a_filled_database(at, work):
    issued = at("2026-09-28T07:00")
    old = migrate(BEFORE).get_model("plans", "PlanVersion")
    for number, state in enumerate(("superseded", "in_force", "draft"), start=1):
        old.objects.create(
            id=uuid7(),
            key="forest-fire",
            number=number,
            title="森林火灾应急预案",
            hazard="11G01",
            text=FOREST,
            document={"kind": "special", "document": {"number": "示府办〔2025〕12号"}},
            digest="d",
            state=state,
            in_force_from=None if state == "draft" else issued,
            drafted_at=timezone.localtime(clock.now("actual")),
        )

    migrate(LAST)

    rows = PlanVersion.objects.order_by("number")
    assert [
        (one.state, one.way, str(one.issued_on), one.issue_number, one.round) for one in rows
    ] == [
        ("superseded", "before", "2026-09-28", "示府办〔2025〕12号", 1),
        ("in_force", "before", "2026-09-28", "示府办〔2025〕12号", 1),
        ("draft", "full", "None", "", 1),
    ]
    assert {one.what: str(one.due_on) for one in owed_of(rows[1])}[DutyKind.FILING] == (
        "2026-10-30"
    )

    at("2026-10-02T09:00")
    Timer.objects.update(due_at=clock.now("actual"))
    work()
    assert {one.label: f"{one.due_at:%F}" for one in Timer.objects.all()} == {
        "filing": "2026-10-20",
        "publication": "2026-10-20",
        "drill": "2029-06-30",
        "evaluation": "2029-06-30",
    }
    assert not Entry.objects.filter(name="plans.duty_fell_due").exists()
