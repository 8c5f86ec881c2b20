"""What command tells the journal, and the apps above it."""

from liandong.command.events.consultation import (
    ConsultationClosed,
    ConsultationOpened,
    MinutesRecorded,
)
from liandong.command.events.incident import (
    CommandMoved,
    IncidentClosed,
    IncidentLocated,
    IncidentOpened,
    SeveritySet,
)
from liandong.command.events.order import (
    CounterProposalAnswered,
    OrderAccepted,
    OrderChecked,
    OrderDeclined,
    OrderDelivered,
    OrderEscalated,
    OrderFinished,
    OrderIssued,
    OrderProgressed,
    OrderReadBack,
    OrderRecalled,
    OrderReturned,
)
from liandong.command.events.report import (
    ReportClockSet,
    ReportDeadlinePassed,
    ReportDrafted,
    ReportFellDue,
    ReportSent,
    ReportWaived,
    ReviewRequested,
)
from liandong.command.events.response import DecisionSigned, LevelProposed, ResponseDecided

__all__ = [
    "CommandMoved",
    "ConsultationClosed",
    "ConsultationOpened",
    "CounterProposalAnswered",
    "DecisionSigned",
    "IncidentClosed",
    "IncidentLocated",
    "IncidentOpened",
    "LevelProposed",
    "MinutesRecorded",
    "OrderAccepted",
    "OrderChecked",
    "OrderDeclined",
    "OrderDelivered",
    "OrderEscalated",
    "OrderFinished",
    "OrderIssued",
    "OrderProgressed",
    "OrderReadBack",
    "OrderRecalled",
    "OrderReturned",
    "ReportClockSet",
    "ReportDeadlinePassed",
    "ReportDrafted",
    "ReportFellDue",
    "ReportSent",
    "ReportWaived",
    "ResponseDecided",
    "ReviewRequested",
    "SeveritySet",
]
