"""What evaluation can do."""

from liandong.evaluation.actions.conversion import convert_drill
from liandong.evaluation.actions.drill import call_off_drill, plan_drill, revise_drill
from liandong.evaluation.actions.enrolment import enrol_people, strike_person
from liandong.evaluation.actions.evaluation import note_observation, rate_aim, report_drill
from liandong.evaluation.actions.improvement import (
    ask_improvement,
    check_improvement,
    finish_improvement,
)
from liandong.evaluation.actions.inject import (
    add_inject,
    deliver_inject,
    drop_inject,
    let_inject_fail,
)
from liandong.evaluation.actions.running import (
    end_drill,
    pause_drill,
    resume_drill,
    set_drill_speed,
    start_drill,
)
from liandong.evaluation.actions.script_sheet import plan_script, take_script

__all__ = [
    "add_inject",
    "ask_improvement",
    "call_off_drill",
    "check_improvement",
    "convert_drill",
    "deliver_inject",
    "drop_inject",
    "end_drill",
    "enrol_people",
    "finish_improvement",
    "let_inject_fail",
    "note_observation",
    "pause_drill",
    "plan_drill",
    "plan_script",
    "rate_aim",
    "report_drill",
    "resume_drill",
    "revise_drill",
    "set_drill_speed",
    "start_drill",
    "strike_person",
    "take_script",
]
