"""Rows of command."""

from liandong.command.models.action_plan import ActionPlan, PlanTask
from liandong.command.models.assignment import Assignment
from liandong.command.models.command_term import CommandTerm
from liandong.command.models.congress_filing import CongressFiling
from liandong.command.models.consultation import (
    Attendee,
    Consultation,
    ConsultationItem,
    ConsultationOpinion,
)
from liandong.command.models.digest import Digest
from liandong.command.models.dispatch import Dispatch
from liandong.command.models.evacuation import EvacuationHousehold, EvacuationList
from liandong.command.models.fact_choice import FactChoice
from liandong.command.models.field_log import FieldHandover, FieldLogLine
from liandong.command.models.field_people import FieldParty, FieldPresence
from liandong.command.models.field_post import FieldGroup, FieldPost
from liandong.command.models.file import IncidentFile
from liandong.command.models.incident import Incident, Register
from liandong.command.models.instruction import Instruction
from liandong.command.models.link import IncidentLink
from liandong.command.models.missing_person import MissingPerson
from liandong.command.models.nil_round import NilReturn, NilRound
from liandong.command.models.nil_standing import NilStanding
from liandong.command.models.operating_order import OperatingOrder
from liandong.command.models.order import Order, OrderNote
from liandong.command.models.order_phrase import OrderPhrase
from liandong.command.models.precaution import Precaution
from liandong.command.models.proposal import Proposal
from liandong.command.models.report import Report, ReportClock
from liandong.command.models.response import Decision, Response
from liandong.command.models.route import Route
from liandong.command.models.signal import Call, Signal
from liandong.command.models.special_period import SpecialPeriod
from liandong.command.models.step import SharedStep, StepTask
from liandong.command.models.superior_order import SuperiorOrder
from liandong.command.models.transfer import Transfer

__all__ = [
    "ActionPlan",
    "Assignment",
    "Attendee",
    "Call",
    "CommandTerm",
    "CongressFiling",
    "Consultation",
    "ConsultationItem",
    "ConsultationOpinion",
    "Decision",
    "Digest",
    "Dispatch",
    "EvacuationHousehold",
    "EvacuationList",
    "FactChoice",
    "FieldGroup",
    "FieldHandover",
    "FieldLogLine",
    "FieldParty",
    "FieldPost",
    "FieldPresence",
    "Incident",
    "IncidentFile",
    "IncidentLink",
    "Instruction",
    "MissingPerson",
    "NilReturn",
    "NilRound",
    "NilStanding",
    "OperatingOrder",
    "Order",
    "OrderNote",
    "OrderPhrase",
    "PlanTask",
    "Precaution",
    "Proposal",
    "Register",
    "Report",
    "ReportClock",
    "Response",
    "Route",
    "SharedStep",
    "Signal",
    "SpecialPeriod",
    "StepTask",
    "SuperiorOrder",
    "Transfer",
]
