"""Rows of command."""

from liandong.command.models.consultation import Consultation
from liandong.command.models.field_post import FieldGroup, FieldPost
from liandong.command.models.file import IncidentFile
from liandong.command.models.incident import Incident, Register
from liandong.command.models.order import Order, OrderNote
from liandong.command.models.proposal import Proposal
from liandong.command.models.report import Report, ReportClock
from liandong.command.models.response import Decision, Response
from liandong.command.models.route import Route
from liandong.command.models.signal import Call, Signal

__all__ = [
    "Call",
    "Consultation",
    "Decision",
    "FieldGroup",
    "FieldPost",
    "Incident",
    "IncidentFile",
    "Order",
    "OrderNote",
    "Proposal",
    "Register",
    "Report",
    "ReportClock",
    "Response",
    "Route",
    "Signal",
]
