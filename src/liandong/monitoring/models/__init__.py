"""Tables of monitoring."""

from liandong.monitoring.models.datastream import Datastream
from liandong.monitoring.models.filing import (
    FiledStation,
    Filing,
    FilingEdition,
    FilingReceipt,
    StatisticForm,
)
from liandong.monitoring.models.inlet import Inlet, Presence
from liandong.monitoring.models.issuing import IssuingRule, WarningTemplate
from liandong.monitoring.models.meeting import (
    JointMeeting,
    MeetingDecision,
    MeetingOpinion,
    MeetingPlan,
    MeetingSeat,
    MeetingTopic,
)
from liandong.monitoring.models.reach import Reach
from liandong.monitoring.models.reading import Batch, Latest, Reading, ReadingVersion
from liandong.monitoring.models.received import Original, Received
from liandong.monitoring.models.station import Series, Station
from liandong.monitoring.models.threshold import Crossing, Threshold
from liandong.monitoring.models.total import DayTotal, HourTotal
from liandong.monitoring.models.warning import Warning  # noqa: A004 -- the county's word for it

__all__ = [
    "Batch",
    "Crossing",
    "Datastream",
    "DayTotal",
    "FiledStation",
    "Filing",
    "FilingEdition",
    "FilingReceipt",
    "HourTotal",
    "Inlet",
    "IssuingRule",
    "JointMeeting",
    "Latest",
    "MeetingDecision",
    "MeetingOpinion",
    "MeetingPlan",
    "MeetingSeat",
    "MeetingTopic",
    "Original",
    "Presence",
    "Reach",
    "Reading",
    "ReadingVersion",
    "Received",
    "Series",
    "Station",
    "StatisticForm",
    "Threshold",
    "Warning",
    "WarningTemplate",
]
