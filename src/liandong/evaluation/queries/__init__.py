"""What may be asked of evaluation."""

from liandong.evaluation.queries.drill import (
    Place,
    addresses_of,
    can_be_enrolled,
    drill_for,
    drill_in,
    drills_to_enter,
    enrolments_of,
    part_in,
    people_of_body,
    visible_drills,
)
from liandong.evaluation.queries.inject import (
    inject_by_id,
    inject_for,
    script_of,
    told_to_players,
    upon,
)

__all__ = [
    "Place",
    "addresses_of",
    "can_be_enrolled",
    "drill_for",
    "drill_in",
    "drills_to_enter",
    "enrolments_of",
    "inject_by_id",
    "inject_for",
    "part_in",
    "people_of_body",
    "script_of",
    "told_to_players",
    "upon",
    "visible_drills",
]
