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
    PersonRemoved,
)
from liandong.evaluation.events.evaluation import (
    AimRated,
    DrillConverted,
    DrillReported,
    ImprovementAsked,
    ImprovementChecked,
    ImprovementFinished,
    ObservationNoted,
)
from liandong.evaluation.events.inject import (
    InjectAdded,
    InjectDelivered,
    InjectDropped,
    InjectFailed,
    ScriptTaken,
)

__all__ = [
    "AimRated",
    "DrillCalledOff",
    "DrillConverted",
    "DrillEnded",
    "DrillPaused",
    "DrillPlanned",
    "DrillReported",
    "DrillResumed",
    "DrillSpeedSet",
    "DrillStarted",
    "ImprovementAsked",
    "ImprovementChecked",
    "ImprovementFinished",
    "InjectAdded",
    "InjectDelivered",
    "InjectDropped",
    "InjectFailed",
    "ObservationNoted",
    "PersonEnrolled",
    "PersonRemoved",
    "ScriptTaken",
]
