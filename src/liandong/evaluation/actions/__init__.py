"""What evaluation can do."""

from liandong.evaluation.actions.drill import call_off_drill, plan_drill, revise_drill
from liandong.evaluation.actions.enrolment import enrol_people, strike_person
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

__all__ = [
    "add_inject",
    "call_off_drill",
    "deliver_inject",
    "drop_inject",
    "end_drill",
    "enrol_people",
    "let_inject_fail",
    "pause_drill",
    "plan_drill",
    "resume_drill",
    "revise_drill",
    "set_drill_speed",
    "start_drill",
    "strike_person",
]
