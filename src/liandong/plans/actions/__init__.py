"""Writes of plans: one function a deed."""

from liandong.plans.actions.fact import record_facts
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
    "change_run_level",
    "draft_version",
    "end_run",
    "let_step_fall_due",
    "record_facts",
    "replan_run",
    "start_run",
]
