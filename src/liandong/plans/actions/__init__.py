"""Writes of plans: one function a deed."""

from liandong.plans.actions.duty import remind_of_duty
from liandong.plans.actions.evaluation import evaluate_version, record_plan_drill
from liandong.plans.actions.fact import record_facts
from liandong.plans.actions.file import attach_plan_file, keep_paper
from liandong.plans.actions.filing import file_version, publish_version
from liandong.plans.actions.issue import approve_version, issue_version, repeal_version
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
from liandong.plans.actions.opinion import ask_opinions, give_opinion, settle_opinion
from liandong.plans.actions.passing import EVERYBODY
from liandong.plans.actions.review import (
    examine_version,
    record_alignment,
    record_expert_review,
)
from liandong.plans.actions.run import (
    change_run_level,
    end_run,
    let_step_fall_due,
    replan_run,
    start_run,
)
from liandong.plans.actions.stage import advance_version, return_to_draft, take_short_way
from liandong.plans.actions.version import (
    adopt_draft,
    adopt_version,
    draft_version,
    revise_draft,
)

__all__ = [
    "EVERYBODY",
    "adopt_draft",
    "adopt_version",
    "advance_version",
    "approve_version",
    "ask_opinions",
    "attach_plan_file",
    "begin_manuscript",
    "change_run_level",
    "confirm_guess",
    "discard_manuscript",
    "draft_version",
    "edit_manuscript",
    "end_run",
    "evaluate_version",
    "examine_version",
    "file_version",
    "give_opinion",
    "issue_version",
    "keep_paper",
    "let_step_fall_due",
    "open_manuscript",
    "publish_version",
    "put_into_draft",
    "record_alignment",
    "record_expert_review",
    "record_facts",
    "record_plan_drill",
    "redo_change",
    "remind_of_duty",
    "repeal_version",
    "replan_run",
    "return_to_draft",
    "revise_draft",
    "settle_opinion",
    "start_run",
    "take_short_way",
    "undo_change",
    "write_manuscript",
]
