from datetime import timedelta

import pytest

from liandong.kernel import clock
from liandong.kernel.heartbeats import Heartbeat, beat
from liandong.kernel.journal.checkpoints import checkpoint as write_checkpoint
from liandong.kernel.timers import set_timer
from liandong.web.vitals import checkpoint, vitals
from tests.people import allowed
from tests.web.journal_rows import note, note_sample

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_quiet_node_owes_nothing():
    found = vitals()

    assert (found.outbox, found.owed, found.dead, found.overdue) == (0, 0, 0, 0)
    assert found.lag is None
    assert found.head is None
    assert found.database_bytes > 0


def test_an_entry_that_waits_for_its_place_is_counted_and_timed():
    note_sample(allowed("test:note:make"), text="水位上涨")

    found = vitals()

    assert found.outbox == 1
    assert timedelta() <= found.lag < timedelta(seconds=30)
    assert found.lagging is False


def test_a_timer_that_should_have_rung_is_overdue(at):
    told = at("2026-07-14T04:07")
    for label, minutes in (("late", -5), ("due soon", 5)):
        set_timer(
            "x.y",
            realm="actual",
            due_at=told + timedelta(minutes=minutes),
            subject_kind="x",
            subject_id="1",
            label=label,
        )

    found = vitals()

    assert (found.timers, found.overdue) == (2, 1)


def test_a_process_is_late_after_half_a_minute():
    beat("worker")
    Heartbeat.objects.create(part="live", process="x", at=clock.real() - timedelta(minutes=1))

    parts = {part.name: part.late for part in vitals().parts}

    assert parts == {"worker": False, "live": True}


def test_no_head_outside_the_database_is_said(tmp_path):
    assert checkpoint(tmp_path) is None
    assert checkpoint(None) is None


def test_the_head_outside_is_read_back(tmp_path):
    link = note("水位上涨")
    write_checkpoint(tmp_path / "checkpoints")

    found = checkpoint(tmp_path)

    assert found.head.digest == link.digest
    assert found.late is False
