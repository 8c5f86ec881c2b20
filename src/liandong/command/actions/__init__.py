"""What command can do."""

from liandong.command.actions.answer import (
    accept_order,
    decline_order,
    finish_order,
    note_delivery,
    read_back_order,
    report_progress,
)
from liandong.command.actions.consultation import (
    close_consultation,
    open_consultation,
    record_minutes,
)
from liandong.command.actions.escalation import escalate_order
from liandong.command.actions.incident import (
    close_incident,
    move_command,
    open_incident,
    set_severity,
)
from liandong.command.actions.location import locate_incident
from liandong.command.actions.order import (
    answer_counter_proposal,
    check_order,
    issue_order,
    recall_order,
    return_order,
)
from liandong.command.actions.proposal import propose_level, record_incident_facts
from liandong.command.actions.report import (
    add_report,
    call_follow_up,
    draft_report,
    miss_report,
    request_review,
    send_report,
)
from liandong.command.actions.report_clock import set_report_clock
from liandong.command.actions.response import decide_response, end_response, sign_decision
from liandong.command.actions.step import issue_due_steps

__all__ = [
    "accept_order",
    "add_report",
    "answer_counter_proposal",
    "call_follow_up",
    "check_order",
    "close_consultation",
    "close_incident",
    "decide_response",
    "decline_order",
    "draft_report",
    "end_response",
    "escalate_order",
    "finish_order",
    "issue_due_steps",
    "issue_order",
    "locate_incident",
    "miss_report",
    "move_command",
    "note_delivery",
    "open_consultation",
    "open_incident",
    "propose_level",
    "read_back_order",
    "recall_order",
    "record_incident_facts",
    "record_minutes",
    "report_progress",
    "request_review",
    "return_order",
    "send_report",
    "set_report_clock",
    "set_severity",
    "sign_decision",
]
