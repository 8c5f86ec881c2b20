"""Writes of plans: one function a deed."""

from liandong.plans.actions.fact import record_facts
from liandong.plans.actions.manuscript import (
    begin_manuscript,
    confirm_guess,
    discard_manuscript,
    edit_manuscript,
    open_manuscript,
    put_into_draft,
    redo_change,
    undo_change,
    write_manuscript,
)
from liandong.plans.actions.run import (
    change_run_level,
    end_run,
    let_step_fall_due,
    replan_run,
    start_run,
)
from liandong.plans.actions.version import adopt_draft, adopt_version, draft_version

__all__ = [
    "adopt_draft",
    "adopt_version",
    "begin_manuscript",
    "change_run_level",
    "confirm_guess",
    "discard_manuscript",
    "draft_version",
    "edit_manuscript",
    "end_run",
    "let_step_fall_due",
    "open_manuscript",
    "put_into_draft",
    "record_facts",
    "redo_change",
    "replan_run",
    "start_run",
    "undo_change",
    "write_manuscript",
]
