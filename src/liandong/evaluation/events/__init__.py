"""What evaluation publishes."""

from liandong.evaluation.events.drill import (
    DrillCalledOff,
    DrillEnded,
    DrillPaused,
    DrillPlanned,
    DrillResumed,
    DrillSpeedSet,
    DrillStarted,
    PersonEnrolled,
    PersonStruck,
)
from liandong.evaluation.events.inject import (
    InjectAdded,
    InjectDelivered,
    InjectDropped,
    InjectFailed,
)

__all__ = [
    "DrillCalledOff",
    "DrillEnded",
    "DrillPaused",
    "DrillPlanned",
    "DrillResumed",
    "DrillSpeedSet",
    "DrillStarted",
    "InjectAdded",
    "InjectDelivered",
    "InjectDropped",
    "InjectFailed",
    "PersonEnrolled",
    "PersonStruck",
]
